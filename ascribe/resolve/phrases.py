"""What a phrase says of a party by its own words: "a Russian foreign ministry spokesman" is RUS, GOV.

A phrase is a row of items: names of the tables and head words with a sector. The items before the first preposition are
the head and decide; those after "of", "from" or "in" help where the head says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ascribe.data import rows
from ascribe.resolve.index import Index
from ascribe.resolve.lexicon import Entry, Hit, key_of
from ascribe.resolve.persons import best, holder, last_term, offices_called, term_on, terms

_STATES = ("state", "adjective", "people", "capital")
_BODIES = ("organisation", "publisher", "metonym")
_PERSONS = ("person", "family")
_NO_ROLES: frozenset[str] = frozenset()
_JOINTS = frozenset(("of", "about", "relative"))
_PLACELESS = ("several", "report")  # shapes that have no country unless one is named: "countries", "reports"


@dataclass(frozen=True, slots=True)
class Party:
    """Who is meant. `sector` may be finer than the codebook's: "SPY" is intelligence, "COP" in an Identity."""

    entity: str | None = None
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    shape: str = ""  # "person", "group", "body", "state", "several" or "report"
    score: float = 0.0
    because: str = ""
    country_known: bool = False  # the words say which country, or that there is none


@dataclass(frozen=True, slots=True)
class Word:
    """A head word with its sector: a line of sectors.csv."""

    word: str
    sector: str
    weight: str  # "strong", "title" or "weak"
    shape: str


@dataclass(frozen=True, slots=True)
class Item:
    """A name or head word in a phrase, by the indices of its tokens."""

    first: int
    last: int
    hit: Hit | None = None
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """The items of a phrase before and after its first preposition, and the capitalised words that are neither."""

    head: tuple[Item, ...]
    tail: tuple[Item, ...]
    joint: str  # role of the preposition: "of", "about" or ""
    names: tuple[int, ...]  # tokens
    former: bool
    nowhere: bool  # "from both sides", "international": no single country


@cache
def _words() -> tuple[dict[str, Word], dict[str, int]]:
    words = {key_of(row["word"]): Word(row["word"], row["sector"], row["weight"], row["shape"]) for row in rows("sectors")}
    longest: dict[str, int] = {}
    for key in words:
        parts = key.split(" ")
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return words, longest


@cache
def roles() -> dict[str, frozenset[str]]:
    """Small words to the parts they play: "of" -> {"of"}, "he" -> {"person"}."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("words"):
        found[key_of(row["word"])].add(row["role"])
    return {word: frozenset(parts) for word, parts in found.items()}


def has_role(key: str, role: str) -> bool:
    """Whether a word plays a part."""
    return role in roles().get(key, ())


# ---- cut a phrase into items ----


def phrase_of(index: Index, start: int, stop: int) -> Phrase:
    """The items of the characters `start` to `stop`."""
    low, high = index.tokens_in(start, stop)
    hits = {hit.first: hit for hit in index.names_in(start, stop)}
    head: list[Item] = []
    tail: list[Item] = []
    names: list[int] = []
    joint, former, nowhere, at = "", False, False, low
    known, tokens = roles(), index.tokens
    while at < high:
        item = _item(index, hits, at, high)
        if at > low and not joint and _comma(index, at):
            joint = "of"
        if item is not None:
            (tail if joint else head).append(item)
            if item.hit is not None and not joint and all(entry.kind == "family" for entry in item.hit.entries):
                names.extend(range(item.first, item.last))
            at = item.last
            continue
        token = tokens[at]
        parts = known.get(token.key, _NO_ROLES)
        if parts and at > low and not joint and not parts.isdisjoint(_JOINTS):
            joint = "of" if "of" in parts else "about"
        elif "pair" in parts or ("nowhere" in parts and not joint):
            nowhere = True
        elif "former" in parts and not joint:
            former = True
        elif token.capital and not joint and "honorific" not in parts and len(token.key) > 1:
            names.append(at)
        at += 1
    return Phrase(tuple(head), tuple(tail), joint, tuple(names), former, nowhere)


def _item(index: Index, hits: dict[int, Hit], at: int, high: int) -> Item | None:
    word = _word(index, at, high)
    hit = hits.get(at)
    if hit is not None and _is_party(hit) and (word is None or (hit.last >= word.last and not _foreign(index, hit))):
        return Item(hit.first, hit.last, hit=hit)
    return word


def _foreign(index: Index, hit: Hit) -> bool:
    """Whether a word that is also a name ("Congress") names organisations of other states than the report's only."""
    states = [entry.country for entry in hit.entries if entry.kind == "organisation"]
    return len(states) > 1 and len(states) == len(hit.entries) and (index.country is None or index.country[0] not in states)


def _is_party(hit: Hit) -> bool:
    return any(entry.kind not in ("dispute",) for entry in hit.entries)


def _word(index: Index, at: int, high: int) -> Item | None:
    words, longest = _words()
    token = index.tokens[at]
    most = longest.get(token.key)
    if most is None:
        return None
    for length in range(min(most, high - at), 0, -1):
        key = " ".join([each.key for each in index.tokens[at : at + length]]) if length > 1 else token.key
        if key in words:
            return Item(at, at + length, word=words[key])
    return None


def _comma(index: Index, at: int) -> bool:
    between = index.text[index.tokens[at - 1].stop : index.tokens[at].start]
    return between != " " and any(mark in between for mark in ",;:—–")


# ---- decide ----


def read(index: Index, phrase: Phrase) -> Party:
    """The party that a phrase names by its own words; fields are None where it does not say."""
    head, tail = list(phrase.head), list(phrase.tail) if phrase.joint == "of" else []
    country, why_country, known = _country(index, head, tail)
    sector_item = _sector_item(index, head, tail)
    person = _person(index, head, phrase, country)
    body = _body(index, head, country) or (_body(index, tail, country) if _weak(head) else None)
    word = sector_item.word if sector_item is not None else None
    if sector_item is None or word is None:
        party = Party(country=country, because=why_country, country_known=known)
    else:
        because = _and(why_country, _said(sector_item))
        party = Party(None, None, country, word.sector, word.shape, 0.8, because, country_known=known)
    if body is not None:
        party = _with_body(index, party, body, sector_item, known or country is not None)
    if person is not None:
        return _with_person(index, party, person, phrase)
    if party.sector is None and country is not None:
        return _as_state(index, party, [*head, *tail])
    if party.sector is None and body is None:
        party = _as_place(index, party, head)
    shape = _shape(head) or party.shape
    placeless = phrase.nowhere or (party.country is None and (shape in _PLACELESS or party.sector == "IGO"))
    if shape != party.shape or (placeless and not party.country_known):
        party = replace(party, shape=shape, country_known=placeless or party.country_known)
    return _with_holder(index, party, phrase, body)


def _shape(head: Sequence[Item]) -> str:
    """What the last word of the head is: "foreign ministry official" is a person, whoever decides the sector."""
    last = head[-1].word if head else None
    return last.shape if last is not None else ""


def _said(item: Item) -> str:
    return f'"{item.word.word}" is {item.word.sector}, sectors.csv' if item.word else ""


def _and(*reasons: str) -> str:
    return "; ".join(reason for reason in reasons if reason)


def _country(index: Index, head: list[Item], tail: list[Item]) -> tuple[str | None, str, bool]:
    named = _states(index, head)
    if len(named) > 1 and len(distinct := {country for country, _ in named}) > 1 and _coordinated(index, head):
        return None, "several states: " + " and ".join(sorted(distinct)), True
    if not named and tail:
        named = _states(index, tail)
        if len({country for country, _ in named}) > 1 and _coordinated(index, tail):
            return None, "several states: " + " and ".join(sorted({country for country, _ in named})), True
    if not named:
        named = _of_places(index, head, tail)
    return (named[0][0], named[0][1], True) if named else (None, "", False)


def _of_places(index: Index, head: Sequence[Item], tail: Sequence[Item]) -> list[tuple[str, str]]:
    """The states of the cities and regions before or after the head words: "Okinawa governor", "police in Kharkiv"; after a
    title a place is mostly the name of a person ("Colonel Lyons")."""
    words = [at for at, item in enumerate(head) if item.word]
    beside = [*head[: words[-1]], *tail] if words else []
    places = [entry for item in beside if (entry := _entry(index, item, ("place",))) is not None]
    return [(entry.country, f"{entry.name}, {entry.table}") for entry in places if entry.country]


def _states(index: Index, items: Sequence[Item]) -> list[tuple[str, str]]:
    found = []
    for item in items:
        entry = _entry(index, item, _STATES)
        if entry is not None and entry.country and (len(items) == 1 or not _affixed(index, item)):
            found.append(as_of(entry, index.date))
    return found


def _affixed(index: Index, item: Item) -> bool:
    after = index.tokens[item.last] if item.last < len(index.tokens) else None
    if after is not None and has_role(after.key, "affix") and index.text[after.start - 1] in "- ":
        return True
    before = index.tokens[item.first - 1] if item.first else None
    return before is not None and has_role(before.key, "prefix")


def _coordinated(index: Index, items: Sequence[Item]) -> bool:
    places = [item for item in items if _entry(index, item, _STATES) is not None]
    for left, right in pairwise(places):
        between = index.tokens[left.last : right.first]
        if any(has_role(token.key, "and") for token in between) or (
            not between and index.text[index.tokens[right.first].start - 1] in "-/–,"
        ):
            return True
        if not between and _comma(index, right.first):
            return True
    return False


def as_of(entry: Entry, date: str | None) -> tuple[str, str]:
    """The code of a state on a day, and why: "Slovenia" in 1988 is YUG."""
    code, why = entry.country or entry.id, f"{_kind(entry)} of {entry.id}, states.csv"
    while date is not None and _befores().get(code, ("", ""))[0] > date[:10] and _befores()[code][1]:
        code = _befores()[code][1]
        why = f"{_kind(entry)} of {entry.id}, which was part of {code} on {date}, states.csv"
    return code, why


def _kind(entry: Entry) -> str:
    return {"state": "name", "adjective": "adjective", "people": "demonym", "capital": "capital"}.get(entry.kind, entry.kind)


@cache
def _befores() -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["from"], row["before"]) for row in rows("states")}


def _entry(index: Index, item: Item, kinds: Sequence[str]) -> Entry | None:
    """The meaning of an item that is of one of the kinds, where its first meaning is so."""
    if item.hit is None:
        return None
    entry = index.valid(item.hit.entries)
    return entry if entry is not None and entry.kind in kinds else None


def _sector_item(index: Index, head: list[Item], tail: list[Item]) -> Item | None:
    """The item that decides the sector: the last strong one of the head, one of its complement, a title, a weak word."""
    strong = [item for item in head if (item.word and item.word.weight == "strong") or _decides(index, item, len(head))]
    if strong:
        return strong[-1]
    beyond = [item for item in tail if (item.word and item.word.weight == "strong") or _entry(index, item, _BODIES)]
    if beyond and _weak(head):
        return beyond[0]
    for weight in ("title", "weak"):
        found = [item for item in head if item.word and item.word.weight == weight]
        if found:
            return _whose(found[-1], [*head, *tail]) or found[-1]
    return None


def officer(phrase: Phrase) -> Item | None:
    """The title of a phrase that says of itself no more than an office: "president", "spokesman"."""
    titles = [item for item in phrase.head if item.word]
    words = [item.word for item in titles if item.word]
    plain = all(word.weight != "strong" and word.sector == "GOV" for word in words)
    return titles[-1] if words and plain and words[-1].shape in ("person", "group") else None


def _whose(title: Item, items: Sequence[Item]) -> Item | None:
    """The body whose officer a title names, where that is no organ of state: "campaign spokesman", "leader of the group"."""
    if not title.word or title.word.shape not in ("person", "group") or title.word.sector != "GOV":
        return None
    bodies = [item for item in items if item.word and item.word.shape == "body" and item.word.sector != "GOV"]
    return bodies[0] if bodies else None


def _decides(index: Index, item: Item, items: int) -> bool:
    """Whether a name of a body says the sector; a people ("Kurdish") does so only where it stands alone."""
    body = _entry(index, item, _BODIES)
    return body is not None and (body.sort != "people" or items == 1)


def _weak(head: list[Item]) -> bool:
    return all(item.word is not None and item.word.weight != "strong" for item in head)


def _body(index: Index, items: Sequence[Item], country: str | None) -> Entry | None:
    for item in reversed(items):
        entry = _entry(index, item, _BODIES)
        if entry is None or item.hit is None:
            continue
        same = [each for each in item.hit.entries if each.kind == entry.kind and index.valid((each,)) is not None]
        wanted = country or (index.country[0] if len(same) > 1 and index.country else None)
        return next((each for each in same if each.country == wanted), entry)
    return None


def _with_body(index: Index, party: Party, body: Entry, decisive: Item | None, stated: bool) -> Party:
    sector, why = standing(body, index.date)
    by_body = decisive is None or decisive.word is None
    country = party.country if stated else body.country
    if by_body and sector == "IGO":
        country = None
    elif by_body and body.kind != "publisher" and body.country and not stated:
        country = body.country
    return replace(
        party,
        entity=body.id,
        name=body.name,
        country=country,
        sector=sector if by_body else party.sector,
        shape="body" if by_body else party.shape,
        score=0.9,
        because=_and(why, party.because),
        country_known=True,
    )


@cache
def _standings() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("standings"):
        found[row["organisation"]].append(row)
    return found


def standing(body: Entry, date: str | None) -> tuple[str | None, str]:
    """The sector of an organisation on a day, and why: Hamas, the ANC and the Taliban changed theirs."""
    held = [
        row
        for row in _standings().get(body.id, ())
        if date is not None and row["from"] <= date and (not row["until"] or date <= row["until"])
    ]
    if body.kind == "organisation" and held:
        return held[-1]["sector"], f"{body.name}, {held[-1]['from']} – {held[-1]['until'] or 'today'}, standings.csv"
    return body.sector, f"{body.name}, {body.table}"


def rules(body: str, date: str | None) -> bool:
    """Whether an organisation governs on a day."""
    return any(
        row["rules"] == "yes" and date is not None and row["from"] <= date and (not row["until"] or date <= row["until"])
        for row in _standings().get(body, ())
    )


# ---- persons ----


def _person(index: Index, head: list[Item], phrase: Phrase, country: str | None) -> Entry | None:
    for item in reversed(head):
        entry = _entry(index, item, _PERSONS)
        if entry is None or item.hit is None:
            continue
        if entry.kind == "person":
            return entry
        if any(not item.first <= name < item.last for name in phrase.names):
            return None  # "Mike Johnson" is not the Johnson of the table
        return _of_family(index, item.hit, head, country)
    return None


def _of_family(index: Index, hit: Hit, head: list[Item], country: str | None) -> Entry | None:
    same = [entry for entry in hit.entries if entry.kind == "family"]
    full = {entry.id for each in index.hits for entry in each.entries if entry.kind == "person"}
    in_report = [entry for entry in same if entry.id in full]
    if in_report:
        return in_report[-1]
    office = next((offices_called().get(key_of(item.word.word)) for item in reversed(head) if item.word), None)
    if _another(index, hit):
        return None
    known = [entry.id for entry in same if office is not None or entry.sort != "titled"]
    term = best(known, index.date, office, country)
    return next((entry for entry in same if term and entry.id == term.person), None)


def _another(index: Index, hit: Hit) -> bool:
    """Whether the report names somebody of that family whom the table does not know: "Wang Sicong"."""
    inside = {at for each in index.hits for at in range(each.first, each.last) if each.entries[0].kind != "family"}
    for at in index.capitals.get(index.tokens[hit.last - 1].key, ()):
        for other in (at - 1, at + 1):
            if 0 <= other < len(index.tokens) and other not in inside and _given(index, min(at, other), other):
                return True
    return False


def _given(index: Index, left: int, other: int) -> bool:
    first, second, name = index.tokens[left], index.tokens[left + 1], index.tokens[other]
    if (
        index.text[first.stop : second.start] != " "
        or not name.capital
        or not roles().get(name.key, frozenset()) <= {"describes"}
    ):
        return False
    begins_sentence = other == left and index.sentence(name.start).start == name.start
    return len(name.key) > 1 and not begins_sentence and _word(index, other, other + 1) is None


def _with_person(index: Index, party: Party, person: Entry, phrase: Phrase) -> Party:
    term = None if phrase.former else term_on(person.id, index.date)
    past = last_term(person.id, index.date)
    country = party.country or (term.country if term else None) or person.country
    if term is not None and term.sector == "IGO":
        country = None
    undated = "" if index.date else "report date unknown"
    sector, why = party.sector, f"{person.name}, people.csv"
    if term is not None:
        sector, why = party.sector or term.sector, _and(str(term), undated)
    elif past is not None:
        sector, why = party.sector or past.sector, f"formerly {past}"
    elif terms(person.id):
        sector, why = party.sector or terms(person.id)[0].sector, f"later {terms(person.id)[0]}"
    now = term_on(person.id, index.date) if phrase.former and index.date else None
    if now is not None and now.sector in ("PTY", "OPP"):
        sector, why = now.sector, f"now {now}"
    if party.sector == "MIL" and party.shape == "person" and term is not None and term.sector == "GOV":
        sector = "GOV"  # "General Prayut" the prime minister
    if party.sector is not None and term is not None and term.sector in ("IGO", "REB"):
        sector = term.sector
    return Party(
        person.id,
        person.name,
        country,
        sector,
        "person",
        0.95 if index.date else 0.7,
        _and(why, party.because),
        country_known=True,
    )


# ---- states and office holders ----


def _as_state(index: Index, party: Party, head: list[Item]) -> Party:
    entry = next((entry for item in head if (entry := _entry(index, item, _STATES)) is not None), None)
    people = entry is not None and entry.kind == "people"
    sector, shape = ("CVL", "group") if people else ("GOV", "state")
    score = 0.9 if entry is not None else 0.4
    return replace(party, entity=party.country, name=entry.name if entry else None, sector=sector, shape=shape, score=score)


def _as_place(index: Index, party: Party, head: list[Item]) -> Party:
    """A city or region that acts stands for its authorities: "Europe", "Okinawa"."""
    entry = next((entry for item in head if (entry := _entry(index, item, ("place",))) is not None), None)
    if entry is None:
        return party
    return Party(
        entry.id, entry.name, entry.country, "GOV", "state", 0.5, f"the place {entry.name}, places.csv", country_known=True
    )


def _with_holder(index: Index, party: Party, phrase: Phrase, body: Entry | None) -> Party:
    place = party.country or (body.id if body is not None and body.kind == "organisation" else None)
    if place is None or index.date is None or phrase.former or phrase.names:
        return party
    for item in reversed(phrase.head):
        office = offices_called().get(key_of(item.word.word)) if item.word and item.word.shape == "person" else None
        term = holder(office, place, index.date) if office else None
        if term is not None:
            return replace(
                party, entity=term.person, name=term.name, shape="person", score=0.95, because=_and(str(term), party.because)
            )
    return party
