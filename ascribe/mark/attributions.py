"""Who is said to say so: cues, their sources and the words told, in whatever order the sentence has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ascribe import data
from ascribe.mark import phrases
from ascribe.mark.lexicon import Entry, cues_at, is_cue, is_verb, is_verb_form
from ascribe.mark.phrases import Stretch
from ascribe.mark.words import Word
from ascribe.schema import Span, Told

_QUOTES = frozenset('"“”«»')
_OPENING = frozenset('"“«‘:')
_GO_ON = ("conjunction", "auxiliary", "be", "relative", "preposition")
_COMPLEMENTS = frozenset({"of", "in", "from", "for"})  # "sources in Vess"
_QUOTED_BACK = 14  # words between "quoted" and "as saying"
_INSERTION = 10  # words of an insertion between a cue and "that"
_SCORE = 0.8


def attributions(words: Sequence[Word]) -> tuple[Told, ...]:
    """Every attribution of one sentence, in the order of its cues."""
    found: list[Told] = []
    at = 0
    while at < len(words):
        step = 1
        for entry, stop in cues_at(words, at):
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
        if entry.form == "ing":
            return list(_in_passing(words, at, stop, earlier)) if entry.get("stance") == "asserts" else []
        return list(_said(words, at, stop, entry))
    source = phrases.after(words, stop)
    if source is None or not _can_tell(words, source):
        return []
    source = _whole(words, source)
    if kind == "relays":
        return [_told(words, (at, stop), source, [(0, at), _to_end(words, source[1])])]
    if kind == "cites" and entry.form != "ing" and (citing := _speaker(words, at)):
        return [_told(words, (at, stop), citing, [(source[0], len(words))])] if _can_tell(words, citing) else []
    return [_told(words, (at, stop), source, _rest(words, at, source))]


# ---- X said S; S, X said; S, said X ----


def _said(words: Sequence[Word], at: int, stop: int, entry: Entry) -> Iterator[Told]:
    if _passive(words, at) or (entry.form in ("base", "s", "one") and _nominal(words, at)):
        return
    inverted = _inverted(words, at, stop)
    source = inverted or _speaker(words, at)
    if source is None or not _can_tell(words, source):
        return
    cue, source = (at, stop), _whole(words, source)
    hearer = phrases.after(words, stop) if entry.get("hearer") else None
    end = max(source[1] if inverted else stop, hearer[1] if hearer else stop)
    contents = _contents(words, min(source[0], at), end, inverted is not None)
    if contents is None:
        return
    if hearer and _is_medium(words, hearer):  # "told Kyodo": the agency passes on what it was told
        yield _told(words, cue, hearer, [(0, at), _to_end(words, hearer[1])])
    yield _told(words, cue, source, contents)


def _contents(words: Sequence[Word], begin: int, end: int, inverted: bool) -> list[Stretch] | None:
    """What is told around a speaker and his cue, who stand from `begin` to `end`; None where nothing is."""
    if not inverted and not _is_last(words, begin, end):
        return [_to_end(words, end)] if _tells(words, end) else None
    before = [(0, begin)] if begin > 1 else []
    opened = next((at for at in range(end, len(words)) if words[at].low in _OPENING), None)
    if opened is not None or not before:
        return [*before, _to_end(words, end if opened is None else opened)]
    rest = _going_on(words, end)
    return [*before, rest] if rest else before


def _is_medium(words: Sequence[Word], stretch: Stretch) -> bool:
    last, name = words[stretch[1] - 1], " ".join(word.text for word in words[stretch[0] : stretch[1]])
    return words[stretch[0]].capital and (phrases.kinds().get(last.low) == "media" or name in _media())


@cache
def _media() -> frozenset[str]:
    cells = (row[column] for row in data.rows("publishers") for column in ("name", "names"))
    return frozenset(name for cell in cells for name in cell.split(";") if name)


# ---- X said A, adding S; X was quoted by Y as saying S; Y quoted X as saying S ----


def _in_passing(words: Sequence[Word], at: int, stop: int, earlier: Sequence[Told]) -> Iterator[Told]:
    source = _quoted_as(words, at) if words[at - 1].low == "as" and at else _speaker(words, at)
    if not _tells(words, stop) or (at and words[at - 1].has("preposition") and words[at - 1].low != "as"):
        return
    speaker = next((told.source for told in reversed(earlier) if told.source), None)
    if speaker and words[at - 1].low != "as":
        yield replace(_told(words, (at, stop), (at, stop), [_to_end(words, stop)]), source=speaker)
    elif source and _can_tell(words, source):
        yield _told(words, (at, stop), _whole(words, source), [_to_end(words, stop)])


def _quoted_as(words: Sequence[Word], at: int) -> Stretch | None:
    """Who is quoted "as saying": the subject of "was quoted by", else the object of "quoted"."""
    quoted = next((back for back in range(at - 1, max(at - _QUOTED_BACK, -1), -1) if is_cue(words[back])), None)
    if quoted is None:
        return None
    return _speaker(words, quoted) if _passive(words, quoted) else phrases.before(words, at - 1)


def _speaker(words: Sequence[Word], at: int) -> Stretch | None:
    return phrases.subject(words, at)


def _inverted(words: Sequence[Word], at: int, stop: int) -> Stretch | None:
    """The speaker after the cue: `…," said the minister`."""
    if at == 0 or not (words[at - 1].low in _QUOTES or words[at - 1].low == ","):
        return None
    found = phrases.after(words, stop)
    if found is None or not _can_tell(words, found) or words[found[0]].has("time"):
        return None
    goes_on = found[1] < len(words) and (words[found[1]].has("auxiliary", "be", "modal") or is_verb_form(words[found[1]]))
    return None if goes_on else found


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
    if _inserted(words, at):
        return True
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
    """The source with what makes it known: "sources in Vess", "report by the League of Towns"."""
    if phrases.kinds().get(words[source[1] - 1].low) != "document":
        return phrases.with_complement(words, source, _COMPLEMENTS)
    start, stop = source
    while stop < len(words) and words[stop].low in ("by", "of") and (more := phrases.after(words, stop + 1)):
        stop = more[1]
    return start, stop


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
    return (at + 1, len(words)) if words[at + 1].has(*_GO_ON) or is_verb_form(words[at + 1]) else None


def _inserted(words: Sequence[Word], at: int) -> int:
    """Where "that" stands after an insertion: "said, according to the paper, that …"; 0 where there is none."""
    if at + 1 >= len(words) or words[at].low != ",":
        return 0
    return next(
        (
            that
            for that in range(at + 1, min(at + _INSERTION, len(words)))
            if words[that].low == "that" and words[that - 1].low == ","
        ),
        0,
    )


def _to_end(words: Sequence[Word], start: int) -> Stretch:
    start = _inserted(words, start) or start
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
