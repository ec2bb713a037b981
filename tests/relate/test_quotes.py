"""What stands in quotation marks: texts in which ‹ › show what must be found."""

from __future__ import annotations

import pytest

from ascribe.relate.quotes import quotations

CASES = {
    "straight": 'He said: "‹We agree.›" Then he left.',
    "two of them": '"‹We agree,›" he said. "‹We sign.›"',
    "typographic": "“‹We agree,›” he said.",
    "guillemets": "«‹We agree,›» he said.",
    "over two lines": 'He said: "‹We agree.\nWe sign.›" Then he left.',
    "opened anew at each paragraph": "“‹We agree.\n“We sign,›” he said.",
    "never closed": "“‹We agree.›\nHe left.",
    "opened anew and never closed": "“‹We agree.\nWe wait.\n“We sign.›\nHe left.",
    "single": "He spoke of a ‘‹great day›’ in Vess.",
    "apostrophes are none": "The mayors’ plan isn’t Vess’s.",
    "double inside single stays one": "“‹They call it ‘peace’ there,›” he said.",
    "two apostrophes close": "\"‹We agree.›'' He left.",
    "none": "He left.",
}


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES.keys())
def test_quotations(shown: str) -> None:
    text = shown.replace("‹", "").replace("›", "")
    found = [span.of(text) for span in quotations(text)]
    assert found == [part.split("›")[0] for part in shown.split("‹")[1:]]
