"""The child a review is about: age band and harm, as the review itself says them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact

# fmt: off
_WORDS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
# fmt: on
_NUMBERS = {name: value for value, name in enumerate(_WORDS, 1)}
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_AGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_N}[\s-](?P<unit>year)s?(?:[\s,]+(?:and\s+)?[\w-]+\s+(?:month|week|day)s?)?[\s-]+old\b",
        rf"(?<!years and )(?<!year and )\b{_N}[\s-](?P<unit>day|week|month)s?[\s-]old\b",
        rf"\b(?:aged|at the age of|(?:boy|girl|child|baby|son|daughter|infant) of) {_N}\b"
        rf"(?:\s{_UNIT}\b)?(?!\s*(?:to|-|–|and|or) (?:\d|{'|'.join(_WORDS)}))",
    )
)
_PLAIN = re.compile(
    rf"\b(?:when (?:he|she|they)|was|is|now|were|then|turned)(?: was| were)? {_N}\b"
    rf"(?:\s{_UNIT}\b)?(?=\s+(?:when|s?he|they|at the time)\b|[,.;)])",
    re.IGNORECASE,
)
"""An age without a word for it ("Sam was 15."), trusted beside the child's name only."""

_BANDS = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))
_CALLED = re.compile(
    r"\b(?:Child(?:ren)?|Baby|Twins?|Boy|Girl|Young [Pp]erson|Family|Siblings?) "
    r"(?:[A-Z]{1,2}\d{0,2}|\d{1,2})\b"
)
_PLURAL = re.compile(r"^(Twin|Sibling|Child)(?:s|ren) ")
_TAIL = re.compile(r"(?:.*[:–]|.*\b(?:concerning|into|regarding|death of|named)\b)\s*(?P<who>.+)$")
_SAYS_WHO = re.compile(
    r"\b(?:this (?:review|report) (?:concerns|is about|considers)|subject of this|death of"
    r"|investigation into)\b",
    re.IGNORECASE,
)
_FIRST = 80
_HARMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("neglect", r"\bneglect"),
        ("sexual abuse", r"\bsexual(?:ly)? (?:abus|assault|exploit|harm|violence)|\braped?\b"),
        ("domestic abuse", r"\bdomestic (?:abuse|violence|homicide)|coercive control"),
        ("physical abuse", r"\bphysical(?:ly)? (?:abuse|assault)|non-accidental|\bfracture|\bbruis"
                           r"|inflicted injur|bodily harm"),
        ("emotional abuse", r"\bemotional(?:ly)? abus"),
        ("exploitation", r"\bcriminal(?:ly)? exploit|county lines|\bexploitation of"),
        ("serious violence", r"\bstabb|\bknife\b|\bgang\b|\bshot\b"),
        ("suicide or self-harm", r"\bsuicid|own li(?:fe|ves)\b|\bself-harm|\boverdose"),
        ("unexpected death of a baby", r"sudden (?:and )?unexpected|co-?sleeping|safe sleep"),
    )
)  # fmt: skip
_MOST_HARMS = 3


def find_child(pieces: Sequence[Piece], title: str) -> list[Fact]:
    """Facts "age_band" and "harm", as far as the title and the first pages say them.

    The age is that in the first sentence about the child whom the title names; an
    adult's age there means that no child is the subject.
    """
    first = [p for p in pieces if not p.boilerplate and p.kind != "note"][:_FIRST]
    facts = [_age(first, subject_names(title)), _harm(first, title)]
    return [fact for fact in facts if fact]


def subject_names(title: str) -> tuple[str, ...]:
    """Names in a title of whom the review is about.

    >>> subject_names("Serious case review: Child J")
    ('Child J',)
    >>> subject_names("Learning review: Juno and Kit")
    ('Juno', 'Kit')
    """
    called = tuple(_PLURAL.sub(r"\1 ", name) for name in _CALLED.findall(title))
    if called:
        return called
    tail = _TAIL.match(title)
    names = re.findall(r"\b[A-Z][\w’'-]+", tail["who"]) if tail else []
    return tuple(name for name in names if name.lower() not in ("baby", "the", "review", "report"))


def _age(pieces: Sequence[Piece], names: tuple[str, ...]) -> Fact | None:
    for piece, sentence, sure in _about(pieces, names):
        found = _said_age(sentence, plain=sure)
        if found:
            band = age_band(found["n"], found["unit"] or "year")
            return Fact("age_band", band, sentence[:200], piece.page) if band else None
    return None


def _about(pieces: Sequence[Piece], names: tuple[str, ...]) -> Iterator[tuple[Piece, str, bool]]:
    """Sentences about the child, those of its name first; True where the name stands there."""
    named = re.compile("|".join(map(re.escape, names)), re.IGNORECASE) if names else None
    for piece in pieces:
        known = False
        for sentence in _sentences(piece.text):
            here = bool(named and named.search(sentence))
            known = known or here
            if here or (known and re.search(r"\b(?:he|she|they)\b", sentence, re.IGNORECASE)):
                yield piece, sentence, True
    for piece in pieces:
        yield from ((piece, s, False) for s in _sentences(piece.text) if _SAYS_WHO.search(s))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def _said_age(sentence: str, *, plain: bool) -> re.Match[str] | None:
    patterns = (*_AGES, _PLAIN) if plain else _AGES
    found = [match for pattern in patterns if (match := pattern.search(sentence))]
    return min(found, key=lambda match: match.start(), default=None)


def age_band(number: str, unit: str = "year") -> str:
    """The band of an age, or empty for an adult.

    >>> age_band("eleven", "week"), age_band("15"), age_band("34")
    ('under 1', '10 to 15', '')
    """
    age = _NUMBERS.get(number.lower()) or int(number)
    if unit.lower() != "year":
        age = age // 12 if unit.lower() == "month" else 0
    return next((name for limit, name in _BANDS if age < limit), "")


def _harm(pieces: Sequence[Piece], title: str) -> Fact | None:
    """Up to three kinds of harm that the title names or the first pages return to."""
    start = pieces[: _FIRST // 4]
    cover = [piece for piece in start if piece.page == start[0].page and _is_line(piece)]
    said = [(title, 0, 3), *((p.text, p.page, 2 if p in cover else 1) for p in start)]
    weights: Counter[str] = Counter()
    words: dict[str, tuple[str, int]] = {}
    for text, page, weight in said:
        for name, pattern in _HARMS:
            found = len(pattern.findall(text))
            if found:
                weights[name] += weight * found
                words.setdefault(name, (text[:200], page))
    # Of harms named equally often, the one named first stands first.
    ranked = [name for name, _ in weights.most_common()]
    if not ranked:
        return None
    kept = [name for name in ranked if weights[name] > 1] or ranked[:1]
    return Fact("harm", "; ".join(kept[:_MOST_HARMS]), *words[kept[0]])


def _is_line(piece: Piece) -> bool:
    """A short line without a full stop, as a cover's subtitle is."""
    return len(piece.text.split()) <= 12 and not piece.text.endswith(".")
