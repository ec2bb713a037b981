"""What the tables make of one sentence: each sentence with its statements, one a line, defaults left out."""

from __future__ import annotations

import pytest

from ascribe import data
from ascribe.mark import mark
from ascribe.relate import relate
from ascribe.schema import STANCES, TYPES, Report, Statement


def case(sentence: str, *lines: str) -> object:
    return pytest.param(sentence, list(lines), id=sentence[:40])


CASES = [
    case(
        "Brazil offered Peru a loan on Monday.",
        "AGREE offered | actor: Brazil | recipient: Peru | object: loan | time: Monday",
    ),
    case(
        "Peru rejected a Brazilian offer of a loan.",
        "REJECT rejected | actor: Peru | recipient: Brazilian | object: offer of a loan",
        "AGREE offer | actor: Brazilian | object: loan",
    ),
    case(
        "Brazil said it would support Peru in its dispute with Chile in exchange for a base.",
        "AGREE would support | actor: it | recipient: Peru | object: dispute",
        "REQUEST in exchange for | actor: it | recipient: Peru | object: base",
    ),
    case(
        "Peru and Chile met in Lima on Tuesday.",
        "CONSULT met | actor: Peru + Chile | place: Lima | time: Tuesday",
    ),
    case(
        "President Olga Stern will meet Premier Jan Holt in Geneva next week.",
        "AGREE will meet | actor: President Olga Stern + Premier Jan Holt | place: Geneva | time: next week",
    ),
    case(
        "Chilean troops attacked the rebels near Arica on 3 May 2021.",
        "ASSAULT attacked | actor: Chilean troops | recipient: rebels | place: Arica | time: 3 May 2021",
    ),
    case(
        "The rebels were attacked by Chilean troops.",
        "ASSAULT attacked | actor: Chilean troops | recipient: rebels",
    ),
    case(
        "Chile urged Peru to withdraw its troops.",
        "REQUEST urged | actor: Chile | recipient: Peru | object: withdraw its troops",
    ),
    case(
        "Peru has not signed the treaty.",
        "SUPPORT signed | actor: Peru | object: treaty | negated",
    ),
    case(
        "Chile could attack Peru, analysts warned.",
        "ASSAULT attack | actor: Chile | recipient: Peru | hypothetical | on the word of analysts",
    ),
    case(
        "Chile claims the islands as its own.",
        "CLAIM claims | actor: Chile | object: islands",
    ),
    case(
        "Chile sailed to the Peru-controlled islands.",
        "MOBILIZE sailed | actor: Chile",
        "CONTROL controlled | actor: Peru | object: islands",
    ),
    case(
        "The islands, which Chile calls the Nortes, are small.",
        "CLAIM calls | actor: Chile | object: Nortes",
    ),
    case(
        "Chile condemned the Peruvian attack on Arica.",
        "ACCUSE condemned | actor: Chile | recipient: Peruvian | object: attack",
        "ASSAULT attack | actor: Peruvian | recipient: Arica",
    ),
    case(
        "Police arrested two protesters in Lima.",
        "COERCE arrested | actor: Police | recipient: protesters | place: Lima",
    ),
    case(
        "Chile imposed sanctions on Peru.",
        "SANCTION imposed | actor: Chile | recipient: Peru | object: sanctions",
    ),
    case(
        "Peru threatened Chile with war.",
        "THREATEN threatened | actor: Peru | recipient: Chile",
    ),
    case(
        "Chile usually refuses to deal with Peru.",
        "STANCE refuses to | actor: Chile | object: deal",
    ),
    case(
        "Tensions between Chile and Peru remain high.",
        "RELATION Tensions | actor: Chile + Peru",
    ),
    case(
        "There is no peace treaty between Chile and Peru.",
        "RELATION peace treaty | actor: Chile + Peru | negated",
    ),
    case(
        "Chile withdrew its troops from Arica.",
        "RETREAT withdrew | actor: Chile | recipient: Arica | object: troops",
    ),
    case(
        "Peru deployed warships near the islands.",
        "MOBILIZE deployed | actor: Peru | object: warships",
    ),
    case(
        "Protesters demonstrated against the government in Lima.",
        "PROTEST demonstrated against | actor: Protesters | recipient: government | place: Lima",
    ),
    case(
        "Chile sent aid to Peru.",
        "AID sent aid | actor: Chile | recipient: Peru",
    ),
    case(
        "The minister apologised to Peru.",
        "CONCEDE apologised | actor: minister | recipient: Peru",
    ),
    case(
        "Soviet troops took the islands in 1945.",
        "ASSAULT took | actor: Soviet troops | object: islands | time: in 1945 | historical",
    ),
    case(
        "Chile welcomed the decision of Peru.",
        "SUPPORT welcomed | actor: Chile | object: decision of Peru",
    ),
    case(
        "Peru denied that its troops attacked Arica.",
        "ASSAULT attacked | actor: troops | recipient: Arica | hypothetical | denies | on the word of Peru",
    ),
    case(
        "Chile believes that Peru attacked the base.",
        "ASSAULT attacked | actor: Peru | object: base | hedges | on the word of Chile",
    ),
    case(
        "Chile opposes the plan.",
        "STANCE opposes | actor: Chile | object: plan",
    ),
    case("The weather in Lima was fine."),
    case("Peru has many rivers, and its capital is Lima."),
]


def line(statement: Statement) -> str:
    roles = [
        ("actor", statement.actors),
        ("recipient", statement.recipients),
        *((role, (one,)) for role in ("object", "place", "time") if (one := getattr(statement, role))),
    ]
    parts = [f"{statement.type} {statement.trigger.text}"]
    parts += [f"{role}: {' + '.join(one.text for one in mentions)}" for role, mentions in roles if mentions]
    parts += [word for word in (statement.status, statement.stance) if word not in ("actual", "asserts")]
    parts += ["quoted"] if statement.quoted else []
    if statement.chain:
        parts.append("on the word of " + " ← ".join(link.mention.text for link in statement.chain))
    return " | ".join(parts)


@pytest.mark.parametrize(("sentence", "lines"), CASES)
def test_sentence(sentence: str, lines: list[str]) -> None:
    report = Report("r", sentence, published="2021-05-10")
    assert [line(statement) for statement in relate(mark(report))] == lines


def test_every_mark_lies_in_its_sentence() -> None:
    text = "Peru and Chile met in Lima on Tuesday. Peru rejected an offer, the minister said, citing aides.\nThey left."
    reading = mark(Report("r", text))
    spans = [span for one in reading.triggers for span in (one.span, *(arc.span for arc in one.arcs))]
    spans += [span for one in reading.told for span in (one.cue, one.source, *one.content) if span]
    spans += [name.span for name in reading.names]
    assert spans
    assert all(any(sentence.covers(span) for sentence in reading.sentences) for span in spans)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "!!!", "said", "“", "Peru", "x" * 50])
def test_next_to_nothing_gives_no_statement(text: str) -> None:
    assert relate(mark(Report("r", text))) == []


# ---- the tables themselves ----


def test_triggers_are_of_known_types_and_shapes() -> None:
    for row in data.rows("triggers"):
        assert row["type"] in TYPES, row
        assert row["pos"] in ("verb", "noun", "adj", "modal", "price"), row
        assert row["direct"] in ("", "actor", "recipient", "object"), row
        assert row["needs"] in ("", "armed", "party", "renames", "territory"), row
        assert 0 < float(row["score"]) < 1, row


def test_cues_are_of_known_kinds() -> None:
    for row in data.rows("cues"):
        assert row["kind"] in ("says", "names", "cites", "relays"), row
        assert row["stance"] in STANCES, row


@pytest.mark.parametrize("table", ["abbreviations", "cues", "pronouns", "source_kinds", "status_words", "triggers"])
def test_tables_are_sorted_by_their_first_column(table: str) -> None:
    firsts = [next(iter(row.values())) for row in data.rows(table)]
    assert firsts == sorted(firsts)
