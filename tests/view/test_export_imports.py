"""Rows of event data sets as statements, `ascribe import`, and `ascribe compare`: as a person meets them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ascribe import cli
from ascribe.data import rows
from ascribe.errors import UsageError
from ascribe.store import open_dossier
from ascribe.view.compare import Happening, compare
from ascribe.view.exports.events import columns_of

Run = Callable[..., tuple[int, str, str]]

GDELT = {
    "GLOBALEVENTID": "410412347", "SQLDATE": "20140206", "Actor1Code": "RUSGOV", "Actor1Name": "RUSSIA",
    "Actor1CountryCode": "RUS", "Actor1Type1Code": "GOV", "Actor2Code": "ROM", "Actor2Name": "ROMANIA",
    "Actor2CountryCode": "ROM", "EventCode": "1241", "QuadClass": "3", "ActionGeo_FullName": "Bucharest",
    "ActionGeo_CountryCode": "RO", "ActionGeo_Lat": "44.43", "ActionGeo_Long": "26.1", "DATEADDED": "20140207",
    "SOURCEURL": "https://news.example/a/1",
}  # fmt: skip
ICEWS = {
    "Event ID": "17", "Event Date": "2014-02-06", "Source Name": "Foreign Affairs (Japan)",
    "Source Sectors": "Foreign Ministry,Executive,Government",
    "Source Country": "Japan", "Event Text": "Make an appeal or request", "CAMEO Code": "020", "Intensity": "3.0",
    "Target Name": "China", "Target Sectors": "", "Target Country": "China", "Story ID": "5", "Sentence Number": "2",
    "Publisher": "Kita Shimbun", "City": "Tokyo", "Country": "Japan", "Latitude": "35.7", "Longitude": "139.7",
}  # fmt: skip
POLECAT = {
    "Event ID": "20140206-1", "Event Date": "2014-02-06", "Event Type": "REJECT", "Event Mode": "meet",
    "Contexts": "territory;odd",
    "Actor Name": "Russia", "Actor Country": "RUS", "Primary Actor Sector": "GOV", "Recipient Name": "China",
    "Recipient Country": "CHN", "Primary Recipient Sector": "GOV", "Source": "Meridian Press",
    "Publication Date": "2014-02-07",
}  # fmt: skip
ROW = {"gdelt": GDELT, "icews": ICEWS, "polecat": POLECAT}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = cli.run(arguments)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


def file(format: str, *given: dict[str, str], name: str | None = None) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
    columns = columns_of(format)
    if format != "gdelt":
        writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in given)
    path = Path(name or f"{format}.txt")
    path.write_text(out.getvalue(), encoding="utf-8")
    return str(path)


SAID = {
    "gdelt": ("RUS", "GOV", "REJECT", "yield", "ROU", "GOV", "news.example", "2014-02-07", "1241"),
    "icews": ("JPN", "GOV", "REQUEST", None, "CHN", "GOV", "Kita Shimbun", "2014-02-06", "Make an appeal or request"),
    "polecat": ("RUS", "GOV", "REJECT", "meet", "CHN", "GOV", "Meridian Press", "2014-02-07", "REJECT"),
}


@pytest.mark.parametrize("format", ROW)
def test_a_row_is_a_statement_on_the_word_of_its_publisher(run: Run, format: str) -> None:
    assert run("import", file(format, ROW[format]), "-d", "d.dossier")[0] == 0
    with open_dossier("d.dossier", create=False) as dossier:
        [made] = dossier.records()
    [told] = made.statements
    actor, recipient = (next(i for i in made.identities if i.role == role) for role in ("actor", "recipient"))
    found = (actor.country, actor.sector, told.type, told.mode, recipient.country, recipient.sector)
    assert (*found, made.report.publisher, made.report.published, told.trigger.text) == SAID[format]
    assert (told.chain, told.status, made.report.format) == ((), "actual", format)
    mentions = [told.trigger, *told.actors, *told.recipients, told.time, told.place]
    assert all(m.span.of(made.report.text) == m.text for m in mentions if m)
    assert "so in the row of" in actor.because


@pytest.mark.parametrize("format", ROW)
def test_what_comes_in_is_stored_or_there_or_refused(run: Run, format: str) -> None:
    id, kind = {
        "gdelt": ("GLOBALEVENTID", "EventCode"),
        "icews": ("Event ID", "CAMEO Code"),
        "polecat": ("Event ID", "Event Type"),
    }[format]
    day = "SQLDATE" if format == "gdelt" else "Event Date"
    good = ROW[format]
    path = file(
        format,
        good,
        good | {id: "2"},
        good | {id: "3", kind: "HUG"},
        good | {id: "4", day: "2014-02-31"},
        good | {id: ""},
        good,
    )
    code, out, err = run("import", path, "-d", "d.dossier")
    first = 1 if format == "gdelt" else 2
    assert code == 3
    assert out.count("stored ") == 2
    assert [line.split(": ")[1] for line in err.split("\n")[:-2]] == [f"line {first + n}" for n in (2, 3, 4)]
    assert err.split("\n")[-2] == "6 in, 2 stored, 1 already there, 3 refused"
    assert (
        run("import", path, "-d", "d.dossier", "--format", format)[2].split("\n")[-2]
        == "6 in, 0 stored, 3 already there, 3 refused"
    )


def test_statements_that_are_no_events_are_refused_with_the_reason(run: Run) -> None:
    err = run("import", file("icews", ICEWS | {"CAMEO Code": "016"}), "-d", "d.dossier")[2]
    assert err.startswith("refused icews.txt: line 2: CAMEO 016 (Deny responsibility) says no event that the codebook has")


def test_lost_zeros_and_wrong_lines(run: Run) -> None:
    path = file("icews", ICEWS | {"CAMEO Code": "20"})
    with open(path, "ab") as more:
        more.write(b"short\tline\n\xff\xfe" + b"\t" * 19 + b"\n")
    err = run("import", path, "-d", "d.dossier")[2].split("\n")
    assert err[0] == "refused icews.txt: line 3: has 2 cells, not 20; mend the line"
    assert err[1].startswith("refused icews.txt: line 4: holds bytes that are no UTF-8")
    assert err[2] == "3 in, 1 stored, 0 already there, 2 refused"


def test_what_cannot_be_imported_is_one_line(run: Run) -> None:
    Path("notes.txt").write_text("nothing of the kind\n")
    for arguments in (["notes.txt"], ["notes.txt", "--format", "polecat"], ["none.txt"], ["notes.txt", "--format", "csv"]):
        code, out, err = run("import", *arguments, "-d", "d.dossier")
        assert code in (1, 2, 3)
        assert out == ""
        assert "Traceback" not in err


def test_every_code_of_cameo_is_imported_or_refused(run: Run) -> None:
    made = [ICEWS | {"Event ID": row["code"], "CAMEO Code": row["code"]} for row in rows("cameo") if len(row["code"]) > 2]
    err = run("import", file("icews", *made), "-d", "d.dossier")[2].split("\n")
    dropped = sum(not row["type"] for row in rows("cameo") if len(row["code"]) > 2)
    assert err[-2] == f"{len(made)} in, {len(made) - dropped} stored, 0 already there, {dropped} refused"


# ---- compare ----


def event(day: str, type: str = "REJECT", actor: str = "RUS", recipient: str = "CHN") -> Happening:
    quad = next(int(row["quad"]) for row in rows("plover_types") if row["type"] == type)
    return Happening(day, actor, recipient, quad, type, ("words",), (f"{day}{type}",))


def matched(a: list[Happening], b: list[Happening], **given: object) -> list[tuple[str | None, str | None]]:
    pairs = compare(a, b, period=("2014-01-01", "2014-12-31"), **given)  # type: ignore[arg-type]
    return [(pair.a and pair.a.day[5:], pair.b and pair.b.day[5:]) for pair in pairs]  # type: ignore[misc]


def test_events_match_by_day_parties_and_kind() -> None:
    one = [event("2014-02-06")]
    assert matched(one, [event("2014-02-07")]) == [("02-06", "02-07")]
    assert matched(one, [event("2014-02-08")]) == [("02-06", None), (None, "02-08")]
    assert matched(one, [event("2014-02-08")], days=2) == [("02-06", "02-08")]
    assert matched(one, [event("2014-02-06", "ACCUSE")]) == [("02-06", "02-06")]
    assert len(matched(one, [event("2014-02-06", "ACCUSE")], by="type")) == 2
    assert len(matched(one, [event("2014-02-06", actor="CHN", recipient="RUS")])) == 2


def test_as_many_match_as_can() -> None:
    a, b = [event("2014-02-06"), event("2014-02-07")], [event("2014-02-05"), event("2014-02-06")]
    assert matched(a, b) == [("02-06", "02-05"), ("02-07", "02-06")]
    assert matched(a, a[:1]) == [("02-06", "02-06"), ("02-07", None)]


def test_only_days_that_both_know_are_compared() -> None:
    pairs = compare([event("2014-01-01"), event("2014-02-06")], [event("2014-02-01"), event("2014-02-06")])
    assert [pair.where for pair in pairs] == ["only B", "both"]
    with pytest.raises(UsageError, match="no day in common"):
        compare([event("2014-01-01")], [event("2014-02-01")])


def test_a_dossier_against_a_file(run: Run) -> None:
    other = POLECAT | {"Event ID": "2", "Actor Country": "JPN", "Actor Name": "Japan"}
    run("import", file("polecat", POLECAT), "-d", "d.dossier")
    path = file("polecat", POLECAT | {"Event Date": "2014-02-07"}, other)
    code, out, _ = run("compare", "d.dossier", path, "--format", "jsonl", "--until", "2014-02-09", "--from", "2014")
    lines = [json.loads(line) for line in out.split("\n")[:-1]]
    assert code == 0
    assert [(line["where"], line["actor"], line["day_a"], line["day_b"]) for line in lines] == [
        ("only B", "JPN", None, "2014-02-06"),
        ("both", "RUS", "2014-02-06", "2014-02-07"),
    ]
    out = run("compare", "d.dossier", path, "--from", "2014")[1]
    assert "verbal conflict               1        0        1   100%    50%" in out
    assert run("compare", "d.dossier", path, "--from", "2014", "--format", "csv", "-o", "c.csv")[0] == 0
    assert len(Path("c.csv").read_text().split("\n")) == 4


def test_the_codes_of_a_data_set_are_not_made_again(run: Run) -> None:
    run("import", file("polecat", POLECAT), "-d", "d.dossier")
    before = run("export", "-d", "d.dossier", "--format", "jsonl")[1]
    assert run("resolve", "-d", "d.dossier")[:2] == (0, "")
    assert run("export", "-d", "d.dossier", "--format", "jsonl")[1] == before
