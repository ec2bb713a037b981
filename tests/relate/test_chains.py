"""On whose word: relayed sources in every position, from tables and from readings made by hand."""

from __future__ import annotations

import pytest
from readings import chain, cued, reading, told, trigger

from ascribe.relate import relate

# ---- a text with the attributions that the cues show, the words of a trigger, its chain ----

TEXTS = {
    "S, X reported": ("{S}, the Evening Courier reported.", ["Evening Courier (reported)"]),
    "X reported that S": ("The Evening Courier reported that {S}.", ["Evening Courier (reported)"]),
    "According to X, S": ("According to the Evening Courier, {S}.", ["Evening Courier (According to)"]),
    "S, according to X": ("{S}, according to the Evening Courier.", ["Evening Courier (according to)"]),
    "S, X reported, citing Y": (
        "{S}, the Evening Courier reported, citing military sources in Vess.",
        ["Evening Courier (reported)", "military sources in Vess (citing)"],
    ),
    "S, X said on Monday, quoting Y": (
        "{S}, the paper said on Monday, quoting two officers.",
        ["paper (said)", "officers (quoting)"],
    ),
    "Citing Y, X said that S": (
        "Citing diplomats, the Evening Courier said that {S}.",
        ["Evening Courier (said)", "diplomats (Citing)"],
    ),
    "X said Y had told him that S": (
        "The minister said the governor had told him that {S}.",
        ["minister (said)", "governor (told)"],
    ),
    "Y said, according to X, that S": (
        "Residents said, according to the Evening Courier, that {S}.",
        ["Evening Courier (according to)", "Residents (said)"],
    ),
    "S, Y told X": ("{S}, a spokesman told the Vess Tribune.", ["Vess Tribune (told)", "spokesman (told)"]),
    "“S,” said Y in an interview with X": (
        '"{S}," said Mayor Ilse Brandt in an interview with the Vess Tribune.',
        ["Vess Tribune (in an interview with)", "Mayor Ilse Brandt (said)"],
    ),
    "S: report": ("{S}: report", ["report (…)"]),
    "S: X": ("{S}: Evening Courier", ["Evening Courier (…)"]),
    "Y, quoted by X, said S": (
        "Mayor Ilse Brandt, quoted by the Evening Courier, said {S}.",
        ["Evening Courier (quoted by)", "Mayor Ilse Brandt (said)"],
    ),
    "Y were quoted by X as saying that S": (
        "Witnesses were quoted by the Vess Tribune as saying that {S}.",
        ["Vess Tribune (quoted by)", "Witnesses (saying)"],
    ),
    "X quoted Y as saying that S": (
        "The Vess Tribune quoted witnesses as saying that {S}.",
        ["Vess Tribune (quoted)", "witnesses (saying)"],
    ),
    "The report, released by Y, says S": ("The report, released by a rights group, says {S}.", ["report (says)"]),
    "A report by X shows that S": (
        "A report by the League of Towns shows that {S}.",
        ["report by the League of Towns (shows)"],
    ),
    "in the middle": (
        "The offer, the Evening Courier said, citing aides, is dead since {S}.",
        ["Evening Courier (said)", "aides (citing)"],
    ),
    "after the attribution": ("Sudland left, the agency reported, and {S}.", ["agency (reported)"]),
    "“S,” Y said": ('"{S}," the mayor said.', ["mayor (said)"]),
    "Y said: “S”": ('The mayor said: "{S}."', ["mayor (said)"]),
    "“…,” Y said. “S”": ('"We waited," the mayor said. "{S}."', ["mayor (…)"]),
    "Y said A, adding that S": (
        "Nobody slept, Foreign Minister Karl Moor said Tuesday, adding that {S}.",
        ["Foreign Minister Karl Moor (adding)"],
    ),
    "Y said its troops …": ("Norland said {S}.", ["Norland (said)"]),
    "Y's office has announced": ("{S}, the president's office has announced.", ["president's office (announced)"]),
    "a speech after a colon": ("The minister said:\nWe are few.\n{S}.", ["minister (…)"]),
    "a statement after a colon": ("The council released the following statement:\n{S}.", ["council (…)"]),
    "a quotation goes on": ('"We are few," Mayor Ilse Brandt said.\n"{S}."', ["Mayor Ilse Brandt (…)"]),
    "a quotation closed later": ('"{S}.\n"Nobody came to help," the mayor said.', ["mayor (…)"]),
    "hearsay goes on": ("Reports said people fled.\nAllegedly {S}.", ["Reports (…)"]),
    "no source": ("{S}.", []),
    "the publisher is none": ("{S}, the Strelsau Wire reported.", []),
    "narration after a source": ("People fled, the mayor said.\n{S} a day before.", []),
}


@pytest.mark.parametrize(("text", "links"), TEXTS.values(), ids=TEXTS.keys())
def test_chain_of_a_text(text: str, links: list[str]) -> None:
    text = text.format(S="Norland troops attacked the rebels")
    attack = trigger(text, "attacked", "ASSAULT", actor="Norland troops", recipient="rebels")
    assert chain(relate(reading(text, attack, *cued(text)))[0]) == links


# ---- relate alone: arcs and attributions as a reader may give them ----


def only(*marks: object, text: str) -> list[str]:
    return chain(relate(reading(text, *marks))[0])  # type: ignore[arg-type]


RAID = "Norland raided Vess, the Courier said, citing aides who had heard it from the mayor."


def test_arcs_make_the_chain_from_relays_to_the_source() -> None:
    raid = trigger(RAID, "raided", "ASSAULT", source="mayor", relay=["aides", "Courier"], cue=["said", "citing", "heard"])
    attributions = [
        told(RAID, "said", "Courier", "Norland raided Vess"),
        told(RAID, "citing", "aides", "raided"),
        told(RAID, "heard it from", "mayor", "raided"),
    ]
    assert only(raid, *attributions, text=RAID) == ["Courier (said)", "aides (citing)", "mayor (heard it from)"]


def test_arcs_without_attributions_take_the_nearest_cue() -> None:
    raid = trigger(RAID, "raided", "ASSAULT", source="aides", relay="Courier", cue=["said", "citing"])
    assert only(raid, text=RAID) == ["Courier (said)", "aides (citing)"]


def test_attributions_that_tell_all_of_the_arcs_and_more_are_the_chain() -> None:
    raid = trigger(RAID, "raided", "ASSAULT", source="Courier", cue=["said"])
    marks = [told(RAID, "said", "Courier", "Norland raided Vess"), told(RAID, "citing", "aides", "raided")]
    assert only(raid, *marks, text=RAID) == ["Courier (said)", "aides (citing)"]
    other = trigger(RAID, "raided", "ASSAULT", source="mayor", cue=["heard"])
    assert only(other, *marks, text=RAID) == ["mayor (heard)"]


def test_the_better_of_two_sources_is_the_innermost() -> None:
    raid = trigger(RAID, "raided", "ASSAULT", source=[("Courier", 0.6), ("aides", 0.8)], cue=["said", "citing"])
    assert only(raid, text=RAID) == ["aides (citing)"]


def test_who_tells_of_the_telling_stands_outside() -> None:
    text = "The Courier reported that the mayor said Norland raided Vess."
    marks = [
        told(text, "said", "mayor", "Norland raided Vess"),
        told(text, "reported", "Courier", "the mayor said Norland raided Vess"),
    ]
    assert only(trigger(text, "raided", "ASSAULT"), *marks, text=text) == ["Courier (reported)", "mayor (said)"]


def test_an_attribution_that_names_nobody_adds_nothing() -> None:
    text = "Norland reportedly raided Vess."
    assert only(trigger(text, "raided", "ASSAULT"), told(text, "reportedly", None, "raided Vess"), text=text) == []


def test_the_cue_itself_is_not_on_its_own_word() -> None:
    text = "Norland denied the raid."
    assert only(trigger(text, "denied", "REJECT"), told(text, "denied", "Norland", "denied the raid"), text=text) == []


# ---- the speaker who performs the act himself ----

SPEAKERS = [
    ("Norland said it would help Vess.", "would help", "AGREE", "it", []),
    ("Norland said it raided Vess.", "raided", "ASSAULT", "it", ["Norland (said)"]),
    ("Norland said that Sudland would help Vess.", "would help", "AGREE", "Sudland", ["Norland (said)"]),
    ('"I condemn the raid," Norland said.', "condemn", "ACCUSE", "I", []),
    ('"We want peace," Norland said.', "want", "STANCE", "We", ["Norland (said)"]),
    ('"We condemn the raid," Norland said.', "condemn", "ACCUSE", "We", []),
    ("Norland said that it and Sudland would help Vess.", "would help", "AGREE", ["it", "Sudland"], ["Norland (said)"]),
    (
        "Norland told Sudland, which had long asked for it, that they rejected it.",
        "rejected",
        "REJECT",
        "they",
        ["Norland (told)"],
    ),
]


@pytest.mark.parametrize(("text", "words", "type_", "actor", "links"), SPEAKERS, ids=[case[0] for case in SPEAKERS])
def test_speaker(text: str, words: str, type_: str, actor: str, links: list[str]) -> None:
    cue = "told" if "told" in text else "said"
    content = text.split('"')[1] if '"' in text else text[text.index(cue) + len(cue) + 1 :]
    assert only(trigger(text, words, type_, actor=actor), told(text, cue, "Norland", content), text=text) == links


# ---- carried over ----


def test_a_speech_puts_its_speaker_outside_of_what_it_cites() -> None:
    text = "The minister said:\nThis report finds that Norland raided Vess.\nSudland helped.\nThe mayor said Sudland fled."
    marks = [
        told(text, "said", "minister"),
        trigger(text, "raided", "ASSAULT"),
        told(text, "finds", "report", "Norland raided Vess"),
        trigger(text, "helped", "AID"),
        trigger(text, "fled", "RETREAT"),
        told(text, "said", "mayor", "Sudland fled", nth=1),
    ]
    found = [chain(one) for one in relate(reading(text, *marks))]
    assert found == [["minister (…)", "report (finds)"], ["minister (…)"], ["mayor (said)"]]


def test_who_was_heard_in_an_interview_stays_so() -> None:
    text = "Norland raided Vess, Mayor Ilse Brandt said in an interview with the Tribune.\nSudland fled, Brandt said."
    marks = [
        trigger(text, "raided", "ASSAULT"),
        told(text, "said", "Mayor Ilse Brandt", "Norland raided Vess"),
        told(text, "in an interview with", "Tribune", "Norland raided Vess", "said"),
        trigger(text, "fled", "RETREAT"),
        told(text, "said", "Brandt", "Sudland fled", nth=1, source_nth=1),
    ]
    first, again = relate(reading(text, *marks))
    assert chain(first) == ["Tribune (in an interview with)", "Mayor Ilse Brandt (said)"]
    assert chain(again) == ["Tribune (…)", "Brandt (said)"]


def test_a_pronoun_is_what_it_takes_up() -> None:
    text = "A ministry official said Norland raided Vess. He said Sudland fled."
    marks = [
        trigger(text, "raided", "ASSAULT"),
        told(text, "said", "ministry official", "Norland raided Vess"),
        trigger(text, "fled", "RETREAT"),
        told(text, "said", "He", "Sudland fled", nth=1),
    ]
    first, second = relate(reading(text, *marks))
    assert (first.chain[0].kind, first.chain[0].named) == ("person", False)
    assert (second.chain[0].kind, second.chain[0].named) == ("person", False)
