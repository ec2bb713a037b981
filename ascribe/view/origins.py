"""On how many independent origins what is told rests: the count, the tree and the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ascribe.store import Dossier, Question
from ascribe.thread import Group
from ascribe.thread.origins import Origins, Path, Root
from ascribe.view.record import Json
from ascribe.view.terminal import safe
from ascribe.view.told import Told, arrow, counted, group_json, group_schema, told, when, who, words, wrapped

if TYPE_CHECKING:
    import pyarrow as pa


def origins(dossier: Dossier, question: Question | None = None) -> pa.Table:
    """Groups of statements with their origins, one a row, as an Arrow table."""
    return arrow(lines(told(dossier, question)), group_schema())


def lines(found: Told) -> Iterator[Json]:
    """The same, one object a group."""
    return (group_json(group, found) for group in found.view.groups)


def page(found: Told, *, columns: int, least: int = 2) -> str:
    """The groups that `least` reports or more tell, those with most reports first."""
    shown = [group for group in found.view.groups if len(group.event.reports) >= least]
    shown.sort(key=lambda group: (-len(group.event.reports), group.id))
    return "\n".join(line for group in shown for line in [*group_page(group, found, columns=columns), ""])


def group_page(group: Group, found: Told, *, columns: int) -> Iterator[str]:
    """One group: what happened, the count in one line, and for each origin who rests on it."""
    yield f"{when(group, found)}  {who(group)}  {group.event.type}  {words(group, found)}"
    yield from wrapped(summary(group, found), columns, "  ")
    for number, root in enumerate(group.origins.roots, 1):
        yield f"  {number}  {root_words(root, group.origins)}"
        for path in group.origins.paths:
            if path.root == root:
                yield from _path_page(path, group, found, columns)
    for id in group.members:
        if found.statements[id].stance == "denies":
            report = found.reports[found.statements[id].report]
            yield from wrapped(f"denied: {report.publisher or report.id}: {found.sentence(id)}", columns, "     ")
    for circle in group.origins.circles:
        yield from wrapped(f"in a circle: {' cites '.join(circle)}", columns, "  ")


def summary(group: Group, found: Told) -> str:
    """ "4 reports, 3 outlets, 1 origin: Mainichi Shimbun ← diplomatic sources in Russia and Japan (unnamed)"."""
    outlets = {found.reports[report].publisher or report for report in group.event.reports}
    head = f"{counted(len(group.event.reports), 'report')}, {counted(len(outlets), 'outlet')}, {count(group.origins)}"
    if group.event.background:
        return f"{head} (background, retold)"
    return f"{head}: {'; '.join(root_words(root, group.origins) for root in group.origins.roots)}"


def count(origins: Origins) -> str:
    """ "1 origin", "2 origins", "2 to 3 origins (cannot be told)"."""
    if origins.count is not None:
        return counted(origins.count, "origin")
    return f"{origins.least} to {origins.most} origins (cannot be told)"


def root_words(root: Root, origins: Origins) -> str:
    """The last steps to a root, outermost first: "Mainichi Shimbun ← diplomats (unnamed)"."""
    shortest = min((path.steps for path in origins.paths if path.root == root), key=lambda steps: (len(steps), steps))
    told_by = " ← ".join(safe(step) for step in shortest[-2:])
    return f"{told_by} (unnamed)" if root.kind == "insider" else told_by


def _path_page(path: Path, group: Group, found: Told, columns: int) -> Iterator[str]:
    report = found.reports[path.report]
    ids = [id for id in group.members if found.statements[id].report == path.report]
    said = found.sentence(ids[0]) if ids else ""
    yield f"     {safe(report.publisher or report.id)} {(report.published or '')[:10]}: {safe(path.because)}"
    yield from wrapped(f"“{said}”", columns, "       ")
