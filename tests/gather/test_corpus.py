"""Every input of the corpus gives what is written beside it, in this process and in the worker."""

import pytest
from corpus import CASES, Case, Got

from ascribe.gather import Options, gather, plain
from ascribe.schema import Refusal, Report


def test_the_corpus_is_large_and_its_names_are_its_own():
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_corpus(case: Case, tmp_path):
    path = tmp_path / "input"  # the name tells nothing
    path.write_bytes(case.content)
    found = list(gather([str(path)]))
    assert [isinstance(item, Report) for item in found] == [isinstance(wanted, Got) for wanted in case.expected], found
    for item, wanted in zip(found, case.expected, strict=True):
        if isinstance(wanted, Got):
            assert isinstance(item, Report)
            compare(item, wanted)
        else:
            assert isinstance(item, Refusal)
            assert wanted.reason in item.reason
            assert ";" in item.reason
            assert "\n" not in str(item)
            assert wanted.place is None or (item.place or "").startswith(wanted.place)


def compare(report: Report, wanted: Got) -> None:
    assert report.headline == wanted.title
    body = report.text.removeprefix(f"{wanted.title}\n" if wanted.title else "")
    if wanted.first == "":
        assert report.text == report.headline
    else:
        assert wanted.first is None or body.startswith(wanted.first)
        assert wanted.last is None or body.endswith(wanted.last)
    assert wanted.published is None or report.published == wanted.published
    assert wanted.publisher is None or report.publisher == wanted.publisher
    assert wanted.format is None or report.format == wanted.format


def test_a_plain_text_is_the_same_inside_of_the_worker_and_outside(tmp_path, monkeypatch):
    path = tmp_path / "input"
    outside = {}
    for case in CASES:
        path.write_bytes(case.content)
        if report := plain.read_plain(str(path), Options()):
            outside[case.name] = (case.content, report)
    assert len(outside) > 5
    monkeypatch.setattr(plain, "MOST", 0)
    for content, report in outside.values():
        assert report.format == "text"
        path.write_bytes(content)
        assert list(gather([str(path)])) == [report]
