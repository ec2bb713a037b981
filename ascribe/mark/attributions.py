"""Who is said to say so: cues, their sources and the words told, in whatever order the sentence has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ascribe.mark import phrases
from ascribe.mark.lexicon import Entry, entries_at, is_verb
from ascribe.mark.phrases import Stretch
from ascribe.mark.words import Word
from ascribe.schema import Span, Told

_QUOTES = frozenset('"“”«»')
_OPENING = frozenset('"“«‘:')
_SCORE = 0.8


def attributions(words: Sequence[Word]) -> tuple[Told, ...]:
    """Every attribution of one sentence, in the order of its cues."""
    found: list[Told] = []
    at = 0
    while at < len(words):
        step = 1
        for entry, stop in entries_at("cues", words, at):
            if made := _by_kind(words, at, stop, entry, found):
                found.extend(made)
                step = stop - at
                break
        at += step
    return tuple(_apart(found) or _after_colon(words) or _announcing(words))


def _apart(found: Sequence[Told]) -> list[Told]:
    """What one says at the beginning ends where another is named at the end: "X said S, Y reported"."""
    return [replace(told, content=tuple(_cut(span, told, found) for span in told.content)) for told in found]


def _cut(span: Span, told: Told, found: Sequence[Told]) -> Span:
    for other in found:
        begin = min(part.start for part in (other.cue, other.source) if part) if other.cue or other.source else span.stop
        around = other.content and other.content[0].start < span.start and begin > span.start
        if other is not told and around and span.start < begin < span.stop:
            return Span(span.start, begin)
    return span


def _by_kind(words: Sequence[Word], at: int, stop: int, entry: Entry, earlier: Sequence[Told]) -> list[Told]:
    kind = entry.get("kind")
    if kind == "says":
        speaker = next((told.source for told in reversed(earlier) if told.source), None) if entry.form == "ing" else None
        made = list(_said(words, at, stop, entry))
        return [replace(told, source=speaker) for told in made] if speaker else made
    source = phrases.after(words, stop)
    if source is None or not _can_tell(words, source):
        return []
    if kind == "relays" and words[at].low == "told":
        return []
    source = _whole(words, source)
    content = _rest(words, at, source) if kind != "relays" else _all_but(words, at, source)
    return [_told(words, (at, stop), source, content)]


# ---- X said S; S, X said; S, said X; X, saying S ----


def _said(words: Sequence[Word], at: int, stop: int, entry: Entry) -> Iterator[Told]:
    cue = (at, stop)
    if entry.form == "ing":
        source = _speaker_of_participle(words, at)
        if source and _tells(words, cue[1]):
            yield _told(words, cue, source, [_to_end(words, cue[1])])
        return
    if _passive(words, at) or (entry.form in ("base", "s", "one") and _nominal(words, at)):
        return
    inverted = _inverted(words, at, cue[1])
    source = inverted or _speaker(words, at)
    if source is None or not _can_tell(words, source):
        return
    source = _whole(words, source)
    begin, end = min(source[0], cue[0]), max(source[1], cue[1])
    yield from _through_media(words, cue, begin)
    if inverted or _is_last(words, begin, cue[1]):
        contents = [(0, begin)] if begin > 1 else []
        opened = next((i for i in range(end, len(words)) if words[i].low in _OPENING), None)
        if opened is not None or not contents:
            contents.append(_to_end(words, end if opened is None else opened))
        elif rest := _going_on(words, end):
            contents.append(rest)
        yield _told(words, cue, source, contents)
    elif _tells(words, cue[1]):
        yield _told(words, cue, source, [_to_end(words, cue[1])])


def _through_media(words: Sequence[Word], cue: Stretch, begin: int) -> Iterator[Told]:
    """ "told Kyodo": the paper or agency that passes on what it was told."""
    heard = phrases.after(words, cue[1]) if words[cue[0]].low in ("told", "tells") else None
    if heard and words[heard[0]].capital and phrases.kinds().get(words[heard[1] - 1].low) == "media":
        yield _told(words, cue, heard, [(0, cue[0]), _to_end(words, heard[1])])


def _speaker(words: Sequence[Word], at: int) -> Stretch | None:
    return phrases.subject(words, at)


def _speaker_of_participle(words: Sequence[Word], at: int) -> Stretch | None:
    found = _speaker(words, at)
    return found if found and _can_tell(words, found) else None


def _inverted(words: Sequence[Word], at: int, stop: int) -> Stretch | None:
    """The speaker after the cue: `…," said the minister`."""
    if at == 0 or not (words[at - 1].low in _QUOTES or words[at - 1].low == ","):
        return None
    found = phrases.after(words, stop)
    return found if found and _can_tell(words, found) and not words[found[0]].has("time") else None


def _is_last(words: Sequence[Word], begin: int, stop: int) -> bool:
    """Whether the speaker and cue come after what is told: a comma or quotation mark before them, nothing told after."""
    at = begin
    while at > 0 and words[at - 1].has("determiner", "possessive"):
        at -= 1
    if at < 3 or words[at - 1].low not in {",", *_QUOTES}:
        return False
    return not _tells(words, stop) or words[at - 1].low in _QUOTES


def _tells(words: Sequence[Word], at: int) -> bool:
    """Whether a clause or quotation follows: not the end, not "on Monday" alone."""
    while at < len(words) and (words[at].has("time", "adverb", "month") or words[at].text.isdigit()):
        at += 1
    if at < len(words) and (words[at].has("preposition", "time-preposition") or words[at].low == "reporters"):
        rest = words[at:]
        return any(word.low in {"that", *_OPENING} for word in rest)
    opened = any(word.low in _OPENING for word in words[at:])
    return opened or (at < len(words) - 1 and words[at].low not in {".", ",", ";", ")"})


def _passive(words: Sequence[Word], at: int) -> bool:
    before = at - 1
    while before > 0 and words[before].has("adverb", "negation"):
        before -= 1
    return before >= 0 and words[before].has("be")


def _nominal(words: Sequence[Word], at: int) -> bool:
    """Whether "claims", "report" is a noun here."""
    if not words[at].has("also-noun"):
        return False
    if at == 0 or words[at - 1].has("determiner", "possessive", "preposition") or words[at - 1].genitive:
        return True
    if words[at - 1].has("pronoun", "modal", "adverb"):
        return False
    return not (
        at + 1 < len(words) and (words[at + 1].low in {"that", ",", '"', "“"} or words[at + 1].has("pronoun", "determiner"))
    )


# ---- what stands around a source ----


def _can_tell(words: Sequence[Word], stretch: Stretch) -> bool:
    return phrases.is_party(words, stretch) or phrases.kinds().get(words[stretch[1] - 1].low) == "document"


def _whole(words: Sequence[Word], source: Stretch) -> Stretch:
    return phrases.with_complement(words, source)


def _rest(words: Sequence[Word], at: int, source: Stretch) -> list[Stretch]:
    """What an "according to X" or "citing X" speaks of: all before it, or all after it where it comes first."""
    if at <= 2:
        return [_to_end(words, source[1])]
    rest = _going_on(words, source[1])
    return [(0, at), rest] if rest else [(0, at)]


def _going_on(words: Sequence[Word], at: int) -> Stretch | None:
    """What is told after an attribution in the middle: "The offer stands, the paper said, but was never taken"."""
    while at < len(words) and (
        words[at].has("time", "adverb", "month") or words[at].text.isdigit() or words[at].low == "on"
    ):
        at += 1
    if at + 4 > len(words) or words[at].low != ",":
        return None
    if words[at + 1].low.endswith("ing"):
        comma = next((i for i in range(at + 1, len(words)) if words[i].low == ","), len(words))
        return _going_on(words, comma)
    return (at + 1, len(words)) if words[at + 1].has("conjunction", "auxiliary", "be", "relative", "preposition") else None


def _all_but(words: Sequence[Word], at: int, source: Stretch) -> list[Stretch]:
    return [part for part in ((0, at), _to_end(words, source[1])) if part[0] < part[1]]


def _to_end(words: Sequence[Word], start: int) -> Stretch:
    while start < len(words) and words[start].low in {"that", ",", ":"}:
        start += 1
    return min(start, len(words)), len(words)


def _after_colon(words: Sequence[Word]) -> list[Told]:
    """ "…: Report" at the end of a headline."""
    last = len(words)
    for at in range(max(last - 6, 2), last - 1):
        source = phrases.after(words, at + 1) if words[at].low == ":" else None
        if source and source[1] == last and _can_tell(words, source):
            return [Told(None, phrases.span(words, source), (phrases.span(words, (0, at)),), _SCORE)]
    return []


def _announcing(words: Sequence[Word]) -> list[Told]:
    """Who or what speaks after "The minister released the following statement:"."""
    texts = [at for at, word in enumerate(words) if phrases.kinds().get(word.low) == "document"]
    if not texts or words[-1].low != ":":
        return []
    document = phrases.before(words, texts[-1] + 1)
    verb = next((at for at in range(texts[-1], 0, -1) if is_verb(words[at]) and not words[at].low.endswith("ing")), 0)
    speaker = phrases.subject(words, verb) if verb else None
    if speaker and phrases.is_party(words, speaker):
        return [_told(words, (texts[-1], texts[-1] + 1), speaker, [])]
    return [Told(None, phrases.span(words, document), (), _SCORE)] if document else []


def _told(words: Sequence[Word], cue: Stretch, source: Stretch, contents: Sequence[Stretch]) -> Told:
    spans = tuple(phrases.span(words, part) for part in contents if part[0] < part[1])
    return Told(phrases.span(words, cue), phrases.span(words, source), spans, _SCORE)
