"""Who the mentions of a report are: by their own words, by where the report introduces a name, by what went before."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ascribe.resolve.hints import guess, hints_of
from ascribe.resolve.index import Index
from ascribe.resolve.lexicon import key_of
from ascribe.resolve.phrases import Party, Phrase, has_role, officer, phrase_of, read, roles
from ascribe.schema import Mention, Span, Statement

_WINDOW = 14  # tokens of an apposition that are read
_PRONOUNS = ("person", "speaker", "speakers", "addressee", "thing", "many", "pair", "nobody", "relative")
_SHAPES = {"person": ("person",), "many": ("group", "body", "several"), "thing": ("state", "body")}
_CHOICES = 3  # last mentions among which a pronoun prefers one that is well understood
_SURE = 0.5
_OF_THE_STATE = ("GOV", "MIL", "UNK")  # who these are by default is said from where a government stands
UNEXPLAINED = 0.2  # score of a party that no table and no words explain
_SILENT = ("MED", "UNK")  # what reports and documents are; "we" is somebody else
_STATED = ("body", "person")
_COARSE = {"SPY": "COP"}


def coarse(sector: str | None) -> str | None:
    """The codebook's sector for one of the tables."""
    return _COARSE.get(sector, sector) if sector else None


@lru_cache(4096)
def _part_of(text: str) -> str | None:
    if text.isupper() and len(text) > 1:
        return None  # "US" is not "us"
    words = key_of(text).split(" ")
    key = " ".join(words[1:] if len(words) > 1 and has_role(words[0], "describes") else words)
    found = [part for part in sorted(roles().get(key, ())) if part in _PRONOUNS or part.startswith("last-")]
    return found[0] if found else None


def _describes(phrase: Phrase) -> bool:
    """Whether words around a name say more of it than another name does."""
    return any(
        item.word or (item.hit and item.hit.entries[0].kind in ("organisation", "publisher", "metonym"))
        for item in phrase.head
    )


def parts_of(statement: Statement) -> list[tuple[str, list[Mention]]]:
    """The mentions of a statement by the part they play."""
    sources = [source.mention for source in statement.chain]
    return [("actor", list(statement.actors)), ("recipient", list(statement.recipients)), ("source", sources)]


def acts_of(role: str, statement: Statement, mention: Mention) -> list[str]:
    """What a mention does in a statement, as sector_hints.csv words it: "recipient ASSAULT", "source person"."""
    kinds = [f"source {source.kind}" for source in statement.chain if role == "source" and source.mention == mention]
    return [role, f"{role} {statement.type}", *kinds]


def beside(role: str, statement: Statement) -> set[int]:
    """Where the parties begin that stand on the other side of the act, and so are not the same."""
    others = {"actor": statement.recipients, "recipient": statement.actors}.get(role, ())
    return {mention.span.start for mention in others}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention that was understood by itself: what a pronoun or short form may go back to."""

    start: int
    party: Party
    text: str  # of the words that name it, in lower case
    source: bool
    named: int  # where these words begin
    part: str = ""  # of a pronoun that was understood: "person", "many", "thing"


@dataclass(slots=True)
class Seen:
    """A stretch of text that is a party somewhere, with every part that it plays in the statements."""

    mention: Mention
    part: str | None  # of a pronoun or bare short form
    plays: list[tuple[str, Statement]] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.mention.span

    @property
    def is_source(self) -> bool:
        """Whether anything is on its word."""
        return any(role == "source" for role, _ in self.plays)

    @property
    def only_speaks(self) -> bool:
        """Whether it does nothing else."""
        return all(role == "source" for role, _ in self.plays)

    @property
    def acts(self) -> list[str]:
        """What it does, as sector_hints.csv words it."""
        return [act for role, statement in self.plays for act in acts_of(role, statement, self.mention)]

    @property
    def beside(self) -> set[int]:
        """Where the parties begin that stand on the other side of its acts."""
        return {start for role, statement in self.plays for start in beside(role, statement)}


@dataclass
class Parties:
    """The parties of one report. What was found is kept, since statements share mentions."""

    index: Index
    seen: dict[tuple[int, int], Seen] = field(default_factory=dict)  # by start and stop
    sectors: Counter[str] = field(default_factory=Counter)  # of the mentions that tables or words explain
    _own: dict[tuple[int, int], Party] = field(default_factory=dict)
    _introduced: dict[str, Party | None] = field(default_factory=dict)
    _rows: dict[tuple[str, ...], list[tuple[int, tuple[str, str]]]] = field(default_factory=dict)  # what `_stated` found
    _titles: dict[int, bool] = field(default_factory=dict)  # tokens to whether they are words of sectors.csv
    _anchors: list[Anchor] = field(default_factory=list)

    def learn(self, statements: Sequence[Statement]) -> None:
        """Understand every mention that stands for itself, so that pronouns and short forms can go back to them."""
        for statement in statements:
            for role, several in parts_of(statement):
                for mention in several:
                    key = mention.span.start, mention.span.stop
                    seen = self.seen.get(key)
                    if seen is None:
                        seen = self.seen[key] = Seen(mention, _part_of(mention.text))
                    seen.plays.append((role, statement))
        ordered = sorted(self.seen.values(), key=lambda seen: seen.span.start)
        full = [seen for seen in ordered if not seen.part]
        known = [self.own(seen.mention) for seen in full]
        self.sectors.update(party.sector for party in known if party.sector and party.score > UNEXPLAINED)
        for seen, party in zip(full, known, strict=True):
            party = self._guessed(seen, party)
            self._own[seen.span.start, seen.span.stop] = party
            start = seen.span.start
            self._anchors.append(Anchor(start, party, seen.mention.text.lower(), seen.is_source, start))
        for seen in ordered:
            if seen.part in _SHAPES:
                self._follow(seen, seen.part)

    def _follow(self, seen: Seen, part: str) -> None:
        """Remember whom a pronoun goes back to; a later one may go back to the same."""
        anchor = self._antecedent(seen, part)
        if anchor is not None:
            self._own[seen.span.start, seen.span.stop] = self._again(anchor)
            again = replace(anchor, start=seen.span.start, source=seen.is_source, part=part)
            insort(self._anchors, again, key=lambda each: each.start)

    def _antecedent(self, seen: Seen, part: str) -> Anchor | None:
        """Whom a pronoun means: the first who fits in its sentence, in the one before, else the last; never a party that
        stands on the other side of the same act. "They" is the last who fit; "he said" is who spoke last."""
        beside = seen.beside
        fitting = [
            anchor
            for anchor in self._before(seen.mention)
            if (anchor.part == part or (not anchor.part and anchor.party.shape in _SHAPES[part]))
            and anchor.start not in beside
        ]
        spoke = [anchor for anchor in fitting if anchor.source] if seen.only_speaks else []
        if not fitting:
            return None
        if spoke or part == "many":
            return (spoke or fitting)[-1]
        here = self.index.sentence(seen.span.start)
        last = self.index.sentence(max(0, here.start - 2))
        inside = [anchor for anchor in fitting if anchor.start >= here.start]
        previous = [anchor for anchor in fitting if last.start <= anchor.start < here.start]
        return (inside or previous or fitting[-1:])[0]

    def understood(self, seen: Seen) -> Party | None:
        """Who a mention that was learned is by itself; None of a pronoun."""
        return None if seen.part else self._own[seen.span.start, seen.span.stop]

    def _guessed(self, seen: Seen, party: Party) -> Party:
        """With a sector for what nothing explains, by what it does and by who else is in the report."""
        if party.score > UNEXPLAINED:
            return party
        sector, why = guess(hints_of(self.index, seen.span, seen.acts, self.sectors))
        return replace(party, sector=sector or party.sector, because=f"{party.because}; {why}")

    def identify(self, mention: Mention, statement: Statement | None = None) -> Party:
        """Who a mention of a statement is."""
        part = self._part(mention)
        if part is None:
            return self.own(mention)
        return self._by_context(mention, part, statement) or self._in_report(self.own(mention))

    # ---- by its own words ----

    def own(self, mention: Mention) -> Party:
        """Who a mention is by its own words and by where the report introduces the name."""
        key = mention.span.start, mention.span.stop
        party = self._own.get(key)
        if party is None:
            party = self._own[key] = self._understand(mention)
        return party

    def _understand(self, mention: Mention) -> Party:
        phrase = phrase_of(self.index, mention.span.start, mention.span.stop)
        party = self._of_office(read(self.index, phrase), phrase)
        if phrase.names and (party.sector is None or party.country is None) and not party.country_known:
            party = self._with_introduction(party, phrase)
        if party.sector is None:
            party = self._unknown(party, phrase)
        if party.country is None and not party.country_known:
            party = self._as_elsewhere(party, phrase)
        return self._in_report(party)

    def _as_elsewhere(self, party: Party, phrase: Phrase) -> Party:
        """With the country that the same words have at another place of the report: "the foreign ministry" after or before
        "Iran's foreign ministry"."""
        last = phrase.head[-1] if phrase.head else None
        if last is None or last.word is None or last.word.shape not in _STATED:
            return party
        stated = self._stated(last.first, last.last)
        before = [found for at, found in stated if at < last.first]
        if not stated:
            return party
        country, words = before[-1] if before else stated[0][1]
        return replace(
            party,
            country=country,
            score=min(party.score, 0.6),
            because=f'{party.because}; of {country} as in "{words}"',
            country_known=True,
        )

    def _stated(self, first: int, last: int) -> list[tuple[int, tuple[str, str]]]:
        """Where the words of the tokens `first` to `last` stand with a state, which one, and in which words."""
        tokens, text = self.index.tokens, self.index.text
        row = tuple(token.key for token in tokens[first:last])
        if row not in self._rows:
            found = self._rows[row] = []
            for at in self._places(row):
                start = at
                while start and at - start < _WINDOW and self._continues(start):
                    start -= 1
                phrase = phrase_of(self.index, tokens[start].start, tokens[at + len(row) - 1].stop)
                party = read(self.index, phrase) if start < at else Party()
                if party.country is not None:
                    words = text[tokens[start].start : tokens[at + len(row) - 1].stop]
                    found.append((at, (party.country, words)))
        return self._rows[row]

    def _places(self, row: tuple[str, ...]) -> list[int]:
        tokens = self.index.tokens
        starts = [at for at, token in enumerate(tokens) if token.key == row[0]]
        return [at for at in starts if tuple(token.key for token in tokens[at : at + len(row)]) == row]

    def _of_office(self, party: Party, phrase: Phrase) -> Party:
        """With the sector of the body whose officer is meant, where the report spells it out: "KPCC president"."""
        title = officer(phrase)
        if title is None or party.entity is not None:
            return party
        for name in phrase.names:
            token = self.index.tokens[name]
            short = self.index.text[token.start : token.stop]
            if name >= title.first or len(short) < 3 or not short.isupper():
                continue
            known = self._introduction(token.key)
            if known is not None and known.sector is not None:
                return replace(
                    party,
                    sector=known.sector,
                    country=party.country or known.country,
                    country_known=party.country_known or known.country_known,
                    because=f'officer of "{short}": {known.because}',
                )
        return party

    def _with_introduction(self, party: Party, phrase: Phrase) -> Party:
        known = self._introduction(self.index.tokens[phrase.names[-1]].key)
        if known is None:
            return party
        return replace(
            party,
            entity=party.entity or known.entity,
            country=party.country or known.country,
            sector=party.sector or known.sector,
            name=party.name or known.name,
            shape=party.shape or known.shape,
            score=max(party.score, 0.7),
            because="; ".join(reason for reason in (party.because, known.because) if reason),
            country_known=party.country_known or known.country_known,
        )

    def _introduction(self, name: str) -> Party | None:
        if name not in self._introduced:
            self._introduced[name] = None  # an introduction may name itself
            self._introduced[name] = self._search(name)
        return self._introduced[name]

    def _search(self, name: str) -> Party | None:
        best: Party | None = None
        for at in self.index.capitals.get(name, ()):
            for start, stop in self._windows(at):
                phrase = phrase_of(self.index, start, stop)
                party = read(self.index, phrase) if _describes(phrase) else Party()
                if party.sector is None or party.shape == "report":
                    continue
                party = replace(
                    party, shape="person", because=f'introduced as "{self.index.text[start:stop]}": {party.because}'
                )
                if party.country is not None or party.country_known:
                    return party
                best = best or party
        return best

    def _windows(self, at: int) -> list[tuple[int, int]]:
        """The words around a name that may say who it is: before it, and between commas after and before it."""
        tokens, text = self.index.tokens, self.index.text
        windows = []
        first = at
        while first and at - first < _WINDOW and self._continues(first):
            first -= 1
        if first < at:
            windows.append((tokens[first].start, tokens[at].start))
        after = tokens[at].stop
        if text[after : after + 2] == ", ":
            windows += self._apposition(after + 2)
        if text[tokens[at].start - 1] == "(" and tokens[at].start > 2:
            windows.append(self._spelled_out(at))
        before = text[tokens[first].start - 2 : tokens[first].start]
        if before == ", " and first > 1 and self._is_title(first - 1):
            windows.append((self._clause_start(tokens[first].start - 2), tokens[first].start - 2))
        return windows

    def _apposition(self, start: int) -> list[tuple[int, int]]:
        """The words after a comma where they begin as a description does: "the party's leader", "who is the mayor of"."""
        low = bisect_left(self.index.token_starts, start)
        stop = self._clause_end(start)
        begins = [token.key for token in self.index.tokens[low : low + 2]]
        if begins and (has_role(begins[0], "describes") or self._is_title(low)):
            return [(start, stop)]
        if len(begins) > 1 and begins[0] == "who" and has_role(begins[1], "describes"):
            return [(self.index.tokens[low + 1].stop, stop)]
        capital = low < len(self.index.tokens) and self.index.tokens[low].capital
        return [(start, stop)] if capital and low + 1 < len(self.index.tokens) and self._is_title(low + 1) else []

    def _spelled_out(self, at: int) -> tuple[int, int]:
        """The words before "(SIT)": as many as it may stand for."""
        first = at - 1
        while first > 0 and at - first < 9 and self._continues(first):
            first -= 1
        return self.index.tokens[first].start, self.index.tokens[at - 1].stop

    def _continues(self, at: int) -> bool:
        """Whether the token before `at` may belong to the same name and title."""
        left, here = self.index.tokens[at - 1], self.index.tokens[at]
        between = self.index.text[left.stop : here.start]
        if any(mark in between for mark in ',;:"“”()\n?!') or (". " in between and len(left.key) > 4):
            return False
        if left.capital or len(left.key) == 1:
            return True
        part = roles().get(left.key, frozenset())
        return (
            bool(part & {"former"})
            or self._is_title(at - 1)
            or (left.key in ("of", "the", "for", "and") and at > 1 and self._is_title(at - 2))
        )

    def _is_title(self, at: int) -> bool:
        if at not in self._titles:
            start, stop = self.index.tokens[at].start, self.index.tokens[at].stop
            self._titles[at] = any(item.word is not None for item in phrase_of(self.index, start, stop).head)
        return self._titles[at]

    def _clause_end(self, start: int) -> int:
        text = self.index.text
        ends = [
            place for mark in (",", ";", ")", "\n", ". ", "”", '"', " – ", " — ") if (place := text.find(mark, start)) >= 0
        ]
        low = bisect_left(self.index.token_starts, start)
        last = self.index.tokens[min(low + _WINDOW, len(self.index.tokens)) - 1].stop
        return min([*ends, last])

    def _clause_start(self, stop: int) -> int:
        text = self.index.text
        starts = [place + 1 for mark in (",", ";", "(", "\n", ". ", "”", '"') if (place := text.rfind(mark, 0, stop)) >= 0]
        high = bisect_left(self.index.token_starts, stop)
        return max([*starts, self.index.tokens[max(0, high - _WINDOW)].start])

    def _unknown(self, party: Party, phrase: Phrase) -> Party:
        if phrase.names:
            return replace(
                party,
                sector="CVL",
                shape="person",
                score=0.2,
                because="a name that no table and no words of the report explain",
            )
        return replace(party, sector="UNK", score=0.1, because="no word of it is in the tables")

    def _in_report(self, party: Party) -> Party:
        """With the report's country where the words name none."""
        if party.country is not None or party.country_known or self.index.country is None:
            return party
        country, why = self.index.country
        if (party.sector in _OF_THE_STATE or party.score <= UNEXPLAINED) and self.index.publishing_state is not None:
            country, why = self.index.publishing_state, "the government that publishes the report"
        return replace(
            party,
            country=country,
            score=min(party.score, 0.4),
            because=f"{party.because}; no country named: {why}".lstrip("; "),
        )

    # ---- by what went before ----

    def _part(self, mention: Mention) -> str | None:
        """The part of a pronoun or bare short form: "person", "speaker", "pair", "last-media"; None for a full mention."""
        return _part_of(mention.text)

    def _by_context(self, mention: Mention, part: str, statement: Statement | None) -> Party | None:
        if part == "pair":
            return Party(sector="GOV", shape="group", score=0.5, because="several parties at once", country_known=True)
        if part in ("speaker", "speakers"):
            return self._speaker(mention, part, statement)
        if part in _SHAPES:
            return self._own.get((mention.span.start, mention.span.stop))
        if part == "last-media":
            return self._last_media(mention)
        return self._same_words(mention, part)

    def _speaker(self, mention: Mention, part: str, statement: Statement | None) -> Party | None:
        home = self.index.publishing_state
        if home is not None and statement is not None and not statement.quoted:
            why = f"the government that publishes the report speaks, {home}"
            return Party(home, None, home, "GOV", "state", 0.6, why, country_known=True)
        source = statement.chain[-1].mention if statement and statement.chain else None
        if source is not None and source.span != mention.span and self._part(source) not in ("speaker", "speakers"):
            party = self.identify(source, statement)
        else:
            anchor = self._nearest_source(mention.span.start)
            if anchor is None:
                return self._back(mention, ("person",))
            party = anchor.party
        return self._told(party, part)

    def _told(self, party: Party, part: str) -> Party:
        shape = "person" if part == "speaker" else "group"
        sector = party.sector
        return replace(
            party,
            sector=sector,
            shape=shape,
            score=min(party.score, 0.6),
            because=f"the speaker: {party.because}",
            country_known=True,
        )

    def _nearest_source(self, position: int) -> Anchor | None:
        sources = [anchor for anchor in self._anchors if anchor.source and anchor.party.sector not in _SILENT]
        return min(sources, key=lambda anchor: (abs(anchor.start - position), anchor.start), default=None)

    def _back(self, mention: Mention, shapes: Sequence[str]) -> Party | None:
        """The last mention of such a shape, one that is well understood before one that is guessed."""
        fitting = [anchor for anchor in reversed(self._before(mention)) if anchor.party.shape in shapes]
        sure = [anchor for anchor in fitting[:_CHOICES] if anchor.party.score >= _SURE]
        return self._again((sure or fitting)[0]) if fitting else None

    def _before(self, mention: Mention) -> list[Anchor]:
        return [anchor for anchor in self._anchors if anchor.start < mention.span.start]

    def _again(self, anchor: Anchor) -> Party:
        words = f'as "{self.index.text[anchor.named : anchor.named + len(anchor.text)]}" before'
        return replace(
            anchor.party, score=min(anchor.party.score, 0.6), because=f"{words}: {anchor.party.because}", country_known=True
        )

    def _last_media(self, mention: Mention) -> Party | None:
        for anchor in reversed(self._before(mention)):
            if anchor.party.sector == "MED" and anchor.party.entity:
                return self._again(anchor)
        return None

    def _same_words(self, mention: Mention, part: str) -> Party | None:
        own = self.own(mention)
        words = mention.text.lower()
        for anchor in reversed(self._before(mention)):
            if own.sector == "UNK" and anchor.party.entity and anchor.party.shape in ("body", "group"):
                return self._again(anchor)
            same = anchor.party.sector == own.sector and (
                words in anchor.text or anchor.party.entity not in (None, anchor.party.country)
            )
            if same and anchor.party.shape == own.shape and has_role(words, part):
                return self._again(anchor)
        return None
