"""In which way and in what field of politics: sentences with trigger and object, and the mode or contexts they tell."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from ascribe import data
from ascribe.relate.modes import contexts_of, mode_of
from ascribe.schema import POSITIONS, TYPES

SHARED = Path(os.environ.get("ASCRIBE_SHARED", Path(__file__).parents[3] / "shared"))

# Type, the trigger in its sentence between ‹ ›, the object between « », the mode.
MODES = [
    ("CONSULT", "The Norland premier ‹visited› Sudland on Monday.", "visit"),
    ("CONSULT", "The two premiers ‹spoke› by telephone about «the canal».", "phone"),
    ("CONSULT", "Westland ‹mediated› between Norland and Sudland.", "third-party"),
    ("CONSULT", "The premiers ‹met› at the G20 summit.", "multilateral"),
    ("CONSULT", "The premiers ‹met› on Monday.", None),
    ("RETREAT", "Norland ‹pulled out› of «the valley».", "withdraw"),
    ("RETREAT", "The rebels ‹freed› «nine hostages».", "release"),
    ("RETREAT", "The rebels ‹laid down› their arms.", "disarm"),
    ("RETREAT", "The guns fell silent as «a truce» ‹took hold› along the canal.", "ceasefire"),
    ("RETREAT", "Norland ‹let in› «UN inspectors».", "access"),
    ("RETREAT", "The mayor of Vess ‹stepped down›.", "resign"),
    ("RETREAT", "Norland ‹returned› «the looted statues» to Sudland.", "return"),
    ("REQUEST", "Sudland ‹asked› Norland for «a loan».", "assist"),
    ("REQUEST", "Students ‹demanded› «electoral reform».", "change"),
    ("REQUEST", "The council ‹urged› Norland to «release the prisoners».", "yield"),
    ("REQUEST", "Sudland ‹called for› «talks» with Norland.", "meet"),
    ("REQUEST", "Sudland ‹asked› Norland for it.", None),
    ("REJECT", "Norland ‹turned down› «humanitarian aid».", "assist"),
    ("REJECT", "Norland ‹rejected› «the draft constitution».", "change"),
    ("REJECT", "The rebels ‹refused› to «lay down their weapons».", "yield"),
    ("REJECT", "The rebels ‹refused› to «negotiate».", "meet"),
    ("ACCUSE", "Norland ‹condemned› «the raid».", "disapprove"),
    ("ACCUSE", "Vess police are ‹looking into› «the deal».", "investigate"),
    ("ACCUSE", "Prosecutors ‹charged› the mayor with «bribery».", "allege"),
    ("THREATEN", "Norland ‹threatened› to «close the strait».", "restrict"),
    ("THREATEN", "The police ‹warned› that «they would detain marchers».", "arrest"),
    ("THREATEN", "Norland ‹threatened› to «sever ties».", "relations"),
    ("THREATEN", "Norland ‹threatened› to «throw out the envoys».", "expel"),
    ("THREATEN", "Norland ‹threatened› to «annex the valley».", "territory"),
    ("THREATEN", "Norland ‹threatened› to «bomb the dam».", "violence"),
    ("THREATEN", "The court ‹threatened› to «outlaw the party».", "ban"),
    ("THREATEN", "The junta ‹threatened› to «curb press freedom».", "rights"),
    ("PROTEST", "Thousands ‹protested› in Vess.", "demo"),
    ("PROTEST", "Thousands ‹protested›; mobs torched cars and looted shops.", "riot"),
    ("PROTEST", "Dockers ‹walked out› over «pay».", "strike"),
    ("PROTEST", "The jailed poet began a ‹hunger strike›.", "hunger"),
    ("PROTEST", "Farmers ‹blocked› «the highway».", "obstruct"),
    ("PROTEST", "Five towns ‹boycotted› «the games».", "boycott"),
    ("PROTEST", "Marchers ‹daubed› «the monument» with paint.", "vandalize"),
    ("SANCTION", "A Vess court ‹convicted› the general.", "convict"),
    ("SANCTION", "Sudland ‹expelled› two diplomats.", "expel"),
    ("SANCTION", "Sudland ‹recalled› its ambassador.", "withdraw"),
    ("SANCTION", "Norland ‹suspended› «aid» to Sudland.", "discontinue"),
    ("MOBILIZE", "Norland ‹sent› «infantry» to the valley.", "troops"),
    ("MOBILIZE", "Norland ‹deployed› «missiles» in the valley.", "weapons"),
    ("MOBILIZE", "Riot squads ‹took up positions› in Vess.", "police"),
    ("MOBILIZE", "The militia ‹called up› «its members».", "militia"),
    ("COERCE", "Police ‹confiscated› «the archive».", "seize"),
    ("COERCE", "The junta ‹imposed› «a lockdown».", "restrict"),
    ("COERCE", "The ministry ‹shut down› «three newspapers».", "censor"),
    ("COERCE", "The governor ‹imposed› «a curfew».", "curfew"),
    ("COERCE", "The junta ‹declared› «martial law».", "martial-law"),
    ("COERCE", "Police ‹rounded up› forty marchers.", "arrest"),
    ("COERCE", "Norland ‹deported› the poet.", "deport"),
    ("COERCE", "Norland ‹cut off› «the power supply» of Vess.", "withhold"),
    ("COERCE", "Norland ‹spread› «fake news».", "misinformation"),
    ("COERCE", "Hackers ‹crippled› «the ministry's servers».", "cyber"),
    ("COERCE", "The court ‹outlawed› «the party».", "ban"),
    ("ASSAULT", "Gunmen ‹kidnapped› a priest.", "abduct"),
    ("ASSAULT", "Guards ‹beat› the prisoners.", "beat"),
    ("ASSAULT", "Guards ‹tortured› the prisoners.", "torture"),
    ("ASSAULT", "Soldiers ‹raped› refugees.", "sexual"),
    ("ASSAULT", "The envoy died in what lawyers called an ‹extrajudicial killing›.", "targeted"),
    ("ASSAULT", "Soldiers ‹razed› «the farm».", "destroy"),
    ("ASSAULT", "Two men ‹attacked› a guard with knives.", "primitive"),
    ("ASSAULT", "Gunmen ‹opened fire› on the guards.", "firearms"),
    ("ASSAULT", "A roadside bomb ‹killed› two guards.", "explosives"),
    ("ASSAULT", "A suicide bomber ‹killed› two guards.", "suicide-attack"),
    ("ASSAULT", "An air strike ‹killed› two guards.", "aerial"),
    ("ASSAULT", "A drone ‹killed› two guards.", "drone"),
    ("ASSAULT", "Norland ‹shelled› the valley.", "heavy-weapons"),
    ("ASSAULT", "Police ‹fired› «tear gas» at the crowd.", "crowd-control"),
    ("ASSAULT", "Sarin ‹killed› forty in the valley.", "unconventional"),
    ("ASSAULT", "The premier was ‹assassinated› in Vess.", "assassinate"),
    ("ASSAULT", "The army ‹drove out› the hill people in «a campaign of ethnic cleansing».", "cleansing"),
    ("ASSAULT", "The rebels ‹beheaded› a captive.", "execute"),
    ("ASSAULT", "The rebels ‹massacred› the hill people.", "massacre"),
    ("ASSAULT", "Two guards were ‹killed›.", None),
    ("AID", "Norland ‹sent› «missiles» to Sudland.", None),  # a type without modes
]

CONTEXTS = [
    ("Norland's navy sent two warships.", {"military"}),
    ("The spy was caught in Vess.", {"intelligence"}),
    ("The cabinet met in Vess.", {"executive"}),
    ("Lawmakers left the hall.", {"legislative"}),
    ("Voters queue in Vess.", {"election"}),
    ("The two camps agreed on power sharing.", {"political_institutions"}),
    ("They call for civilian rule.", {"pro_democracy"}),
    ("The junta rules Vess.", {"pro_autocracy"}),
    ("Norland raised tariffs.", {"economic"}),
    ("The judge left the hall.", {"legal"}),
    ("Norland apologized and will pay reparations.", {"reparations"}),
    ("They speak of human rights.", {"human_rights"}),
    ("They speak of free speech.", {"rights_freedoms"}),
    ("The regime ended it with a crackdown.", {"repression", "pro_autocracy"}),
    ("Housing is short in Vess.", {"human_security"}),
    ("The town wants gender equality.", {"gender", "inequality"}),
    ("A same-sex couple lives there.", {"lgbt"}),
    ("The bishop spoke to the Muslims of Vess.", {"religion_ethnicity"}),
    ("The wealth gap grows in Vess.", {"inequality"}),
    ("The ambassador came to Vess.", {"diplomatic"}),
    ("Norland annexed the valley.", {"territory"}),
    ("Blue helmets came to the valley.", {"peacekeeping"}),
    ("Cholera came to the valley.", {"health"}),
    ("The poet sought asylum.", {"asylum", "migration"}),
    ("Many immigrants came to the valley.", {"migration"}),
    ("An earthquake shook Vess.", {"disasters"}),
    ("The pipeline runs through the valley.", {"natural_resource"}),
    ("Emissions fell in Vess.", {"environment"}),
    ("Vess buys semiconductors.", {"technology"}),
    ("The jihadists left the valley.", {"terrorism"}),
    ("Centrifuges turn in Vess.", {"cbrn"}),
    ("Hackers came through the door.", {"cyber"}),
    ("Trolls wrote all night.", {"misinformation"}),
    ("Robbers took the road to Vess.", {"crime"}),
    ("The mayor lived on bribes.", {"corruption"}),
    ("Heroin is sold in Vess.", {"illegal_drugs"}),
    ("Smugglers cross the valley.", {"trafficking", "crime"}),
    ("Nobody slept.", set()),
    ("The president slept.", set()),  # a weak word alone
    ("The president thanked his government.", {"executive"}),  # two of them
    ("He swam off the West Bank of the canal.", {"territory"}),  # no bank
    ("They met on a tennis court.", set()),  # no court
]


def parts(shown: str) -> tuple[str, str, str]:
    """Trigger, object and sentence of a case."""
    trigger = shown.split("‹")[1].split("›")[0]
    object_ = shown.split("«")[1].split("»")[0] if "«" in shown else ""
    return trigger, object_, "".join(letter for letter in shown if letter not in "‹›«»")


@pytest.mark.parametrize(("type_", "shown", "mode"), MODES, ids=[f"{case[0]} {case[2]}" for case in MODES])
def test_modes(type_: str, shown: str, mode: str | None) -> None:
    assert mode_of(type_, *parts(shown)) == mode


@pytest.mark.parametrize(("sentence", "contexts"), CONTEXTS, ids=[case[0] for case in CONTEXTS])
def test_contexts(sentence: str, contexts: set[str]) -> None:
    assert set(contexts_of(sentence)) == contexts


@pytest.mark.parametrize(
    ("trigger", "object_", "sentence", "mode"),
    [
        ("shelled", "", "Norland shelled the valley after a suicide attack.", "heavy-weapons"),
        ("attacked", "a drone base", "Shells hit as they attacked a drone base.", "drone"),
        ("attacked", "", "Gunmen attacked.", "firearms"),
        ("SHELLED", "", "", "heavy-weapons"),
        ("", "", "", None),
    ],
)
def test_near_words_tell_first(trigger: str, object_: str, sentence: str, mode: str | None) -> None:
    assert mode_of("ASSAULT", trigger, object_, sentence) == mode


def test_the_strongest_context_comes_first() -> None:
    assert contexts_of("The judge of the tribunal spoke to the navy.") == ("legal", "military")


@pytest.mark.parametrize("type_", TYPES)
def test_a_mode_is_always_of_its_type(type_: str) -> None:
    own = {row["mode"] for row in data.rows("modes") if row["type"] == type_}
    told = {mode_of(type_, "", "", sentence) for *_, sentence in (parts(shown) for _, shown, _ in MODES)}
    assert told <= own | {None}
    assert type_ not in POSITIONS or told == {None}


# ---- the tables ----


def test_every_mode_is_known_and_has_words() -> None:
    known = {(row["type"], row["mode"]) for row in data.rows("modes")}
    count = Counter((row["type"], row["mode"]) for row in data.rows("mode_words"))
    assert set(count) == known
    assert min(count.values()) >= 8


def test_every_context_is_of_the_manual_and_has_words() -> None:
    count = Counter(row["context"] for row in data.rows("context_words") if row["weight"] != "0")
    assert min(count.values()) >= 8
    path = SHARED / "data" / "ontology" / "plover_contexts.csv"
    if not path.exists():
        pytest.skip("the list of contexts is not at hand; set ASCRIBE_SHARED to the folder that holds data/ontology")
    with path.open(encoding="utf-8", newline="") as lines:
        assert set(count) == {row["context"] for row in csv.DictReader(lines)}


@pytest.mark.parametrize(
    ("table", "key", "weights"),
    [("mode_words", ("type", "mode", "words"), {"1", "2", "3"}), ("context_words", ("context", "words"), {"0", "1", "2"})],
)
def test_lines_are_sorted_and_can_be_found(table: str, key: tuple[str, ...], weights: set[str]) -> None:
    rows = data.rows(table)
    keys = [tuple(row[column] for column in key) for row in rows]
    assert keys == sorted(set(keys))
    assert {row["weight"] for row in rows} == weights
    unheard = {"s", "a", "an", "the", "my", "your", "his", "her", "its", "our", "their"}
    for row in rows:
        words = row["words"].split()
        assert all(word.removesuffix("*").isalnum() and word == word.lower() for word in words), row
        assert not unheard & set(words), f"{row}: articles and possessives are not heard"
