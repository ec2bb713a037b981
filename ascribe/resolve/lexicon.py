"""The names of the tables as one look-up, and how names are found in a text.

A text is cut into runs of letters and digits; a name is a row of such tokens without case and accents, so that "U.S.",
"al-Qaida", "Côte d'Ivoire" and "Cote d'Ivoire" need no rules of their own. Whether letters were capital is asked afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ascribe.data import rows

_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ \u00a0.'’‘`´/&()+-]{0,3}")
_ARTICLES = ("al-", "el-")
_PLURAL_ALREADY = ("s", "sh", "ch", "ese", "x", "men", "z", "è")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name: a line of a table."""

    id: str
    name: str
    kind: str  # "state", "adjective", "people", "capital", "metonym", "organisation", "publisher", "person", "family",
    #            "place" or "dispute"
    country: str | None
    sector: str | None
    table: str
    since: str = ""
    until: str = ""
    sort: str = ""  # organisations and publishers: the kind in their table; disputes: the party that uses the name


class Token(NamedTuple):
    """A run of letters or digits, folded: "Côte" is "cote". A tuple, since a report has thousands."""

    start: int
    stop: int
    key: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the tables found in a text, with all its meanings."""

    first: int  # index of its first token
    last: int  # index after its last token
    start: int
    stop: int
    entries: tuple[Entry, ...]


def fold(text: str) -> str:
    """Lower case without accents: "Élysée" -> "elysee"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens_of(text: str, start: int = 0) -> list[Token]:
    """The tokens of `text`, counted from `start`."""
    new = tuple.__new__  # past what a named tuple's own maker does: this runs for every word that is ever read
    if text.isascii():
        low = text.lower()
        spans = [found.span() for found in _TOKEN.finditer(text)]
        return [
            new(Token, (first + start, last + start, low[first:last], not text[first].islower())) for first, last in spans
        ]
    found = [(*match.span(), match.group()) for match in _TOKEN.finditer(text)]
    return [new(Token, (first + start, last + start, _folded(word), not word[0].islower())) for first, last, word in found]


@lru_cache(50_000)
def _folded(word: str) -> str:
    return fold(word)


def key_of(name: str) -> str:
    """The row of tokens by which a name is looked up."""
    return " ".join(fold(word) for word in _TOKEN.findall(name))


class Names:
    """Names that can be looked up, each with its meanings in the order in which they were added."""

    def __init__(self, pairs: Iterator[tuple[str, Entry]]) -> None:
        found: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for form, entry in pairs:
            key = key_of(form)
            if key:
                found[key].append((_shape(form), entry))
        self._entries = {key: tuple(meanings) for key, meanings in found.items()}
        self._known: dict[str, tuple[Entry, ...]] = {}  # by the letters of a text: what `_written` found
        self._small: dict[str, bool] = {}  # words with which names begin: whether also in small letters
        self._longest: dict[str, int] = {}  # pairs of words with which longer names begin: how many words these have at most
        for key, meanings in self._entries.items():
            words = key.split(" ")
            self._small[words[0]] = self._small.get(words[0], False) or any(shape == "small" for shape, _ in meanings)
            if len(words) > 1:
                pair = f"{words[0]} {words[1]}"
                self._longest[pair] = max(self._longest.get(pair, 0), len(words))

    def get(self, name: str) -> tuple[Entry, ...]:
        """All meanings of a name, whatever its capitals."""
        return tuple(entry for _, entry in self._entries.get(key_of(name), ()))

    def find(self, text: str, tokens: list[Token], offset: int = 0) -> list[Hit]:
        """The longest names in `tokens`, left to right, never overlapping. `text` begins at character `offset`."""
        hits: list[Hit] = []
        small = self._small
        begins = [at for at, token in enumerate(tokens) if token[2] in small and (token[3] or small[token[2]])]
        after = 0
        for at in begins:
            if at >= after and (hit := self._at(text, tokens, at, offset)) is not None:
                hits.append(hit)
                after = hit.last
        return hits

    def _at(self, text: str, tokens: list[Token], index: int, offset: int) -> Hit | None:
        token = tokens[index]
        longest = self._longest.get(f"{token.key} {tokens[index + 1].key}", 1) if index + 1 < len(tokens) else 1
        for length in range(min(longest, len(tokens) - index), 0, -1):
            row = tokens[index : index + length]
            key = " ".join([word.key for word in row]) if length > 1 else token.key
            if key not in self._entries or not _joined(text, row, offset):
                continue
            fitting = self._written(key, text[token.start - offset : row[-1].stop - offset])
            if fitting:
                return Hit(index, index + length, token.start, row[-1].stop, fitting)
        return None

    def _written(self, key: str, surface: str) -> tuple[Entry, ...]:
        """The meanings of a name that is written like this: "US" is a state, "us" is not."""
        if surface not in self._known:
            self._known[surface] = tuple(entry for shape, entry in self._entries[key] if _fits(shape, surface))
        return self._known[surface]


def within(hits: list[Hit], starts: list[int], start: int, stop: int) -> list[Hit]:
    """The hits that lie inside the characters `start` to `stop`; `starts` are their beginnings."""
    first, last = bisect_left(starts, start), bisect_left(starts, stop)
    if first < last and hits[last - 1].stop > stop:
        last -= 1
    return hits[first:last]


def _shape(form: str) -> str:
    letters = [letter for letter in form if letter.isalpha()]
    if len(letters) <= 6 and all(letter.isupper() for letter in letters):
        return "upper"
    return "capital" if letters and (letters[0].isupper() or form[0].isdigit()) else "small"


def _fits(shape: str, surface: str) -> bool:
    if shape == "upper":
        return surface.isupper()
    return shape == "small" or surface[0].isupper() or surface[0].isdigit()


def _joined(text: str, row: list[Token], offset: int) -> bool:
    for left, right in pairwise(row):
        gap = text[left.stop - offset : right.start - offset]
        if gap != " " and not _GAP.fullmatch(gap):
            return False
    return True


# ---- the tables as entries ----


def split(cell: str) -> list[str]:
    """The several values of one cell: "Tokyo;Edo"."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def names() -> Names:
    """Everything that can be named: states, organisations, publishers, persons, metonyms, places, disputes."""
    return Names(_pairs())


def _pairs() -> Iterator[tuple[str, Entry]]:
    yield from _states()
    yield from _metonyms()
    yield from _organisations()
    yield from _publishers()
    yield from _people()
    yield from _capitals()
    yield from _disputes()
    yield from _places()


def _states() -> Iterator[tuple[str, Entry]]:
    for row in rows("states"):
        for form in [row["name"], *split(row["names"])]:
            yield form, _state(row, "state")
        for form in split(row["adjectives"]):
            yield form, _state(row, "adjective")
            if not form.endswith(_PLURAL_ALREADY):
                yield form + "s", _state(row, "people")
        for form in split(row["people"]):
            yield form, _state(row, "people")


def _state(row: dict[str, str], kind: str) -> Entry:
    return Entry(row["id"], row["name"], kind, row["id"], None, "states.csv", row["from"], row["until"], row["kind"])


def _capitals() -> Iterator[tuple[str, Entry]]:
    for row in rows("states"):
        for form in split(row["capital"]):
            yield form, _state(row, "capital")


def _metonyms() -> Iterator[tuple[str, Entry]]:
    for row in rows("metonyms"):
        yield (
            row["name"],
            Entry(
                key_of(row["name"]).replace(" ", "-"),
                row["means"],
                "metonym",
                row["country"] or None,
                row["sector"],
                "metonyms.csv",
                row["from"],
                row["until"],
            ),
        )


def _organisations() -> Iterator[tuple[str, Entry]]:
    for row in rows("organisations"):
        entry = Entry(
            row["id"],
            row["name"],
            "organisation",
            row["country"] or None,
            row["sector"],
            "organisations.csv",
            sort=row["kind"],
        )
        for form in [row["name"], *split(row["names"])]:
            yield form, entry


def _publishers() -> Iterator[tuple[str, Entry]]:
    for row in rows("publishers"):
        entry = Entry(row["id"], row["name"], "publisher", row["country"] or None, "MED", "publishers.csv", sort=row["kind"])
        for form in [row["name"], *split(row["names"])]:
            yield form, entry


def _people() -> Iterator[tuple[str, Entry]]:
    for row in rows("people"):
        entry = Entry(row["id"], row["name"], "person", row["country"] or None, None, "people.csv")
        for form in [row["name"], *split(row["names"])]:
            yield form, entry
        for form, sort in _families(row):
            yield form, Entry(row["id"], row["name"], "family", row["country"] or None, None, "people.csv", sort=sort)


def _families(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The family name, also without the Arabic article; where none is given, a part that needs a title ("President Roh")."""
    if row["family"]:
        yield row["family"], ""
        if row["family"].startswith(_ARTICLES):
            yield row["family"][3:], ""
    else:
        parts = row["name"].split()
        for part in {parts[0], parts[-1]}:
            yield part, "titled"


def _disputes() -> Iterator[tuple[str, Entry]]:
    names_of = {row["id"]: row["name"] for row in rows("disputes")}
    for row in rows("dispute_names"):
        yield (
            row["name"],
            Entry(row["dispute"], names_of[row["dispute"]], "dispute", None, None, "dispute_names.csv", sort=row["party"]),
        )


def _places() -> Iterator[tuple[str, Entry]]:
    for row in rows("places"):
        entry = Entry(row["id"], row["name"], "place", row["country"] or None, None, "places.csv", sort=row["kind"])
        for form in [row["name"], *split(row["names"])]:
            yield form, entry
