"""Finds the age band of the child a review is about, and the harm, as the review states them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact
from lif_nlp.text.ages import NUMBERS, age_band

_N = rf"(?P<n>\d{{1,3}}|{'|'.join(NUMBERS)})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_AGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_N}[\s-](?P<unit>year)s?(?:[\s,]+(?:and\s+)?[\w-]+\s+(?:month|week|day)s?)?[\s-]+old\b",
        # "Three years and six months old" is an age of three years.
        rf"(?<!years and )(?<!year and )\b{_N}[\s-](?P<unit>day|week|month)s?[\s-]old\b",
        # "Aged 11 to 14" is the range of a service or a study, and no child's age.
        rf"\b(?:aged|at the age of|(?:boy|girl|child|baby|son|daughter|infant) of) {_N}\b"
        rf"(?:\s{_UNIT}\b)?(?!\s*(?:to|-|–|and|or) (?:\d|{'|'.join(NUMBERS)}))",
    )
)
_BARE_AGE = re.compile(
    rf"\b(?:when (?:he|she|they)|was|is|now|were|then|turned)(?: was| were)? {_N}\b"
    rf"(?:\s{_UNIT}\b)?(?=\s+(?:when|s?he|they|at the time)\b|[,.;)])",
    re.IGNORECASE,
)
"""An age without a word for it ("Sam was 15."); believed only next to the child's name."""

_PSEUDONYM = re.compile(
    r"\b(?:Child(?:ren)?|Baby|Twins?|Boy|Girl|Young [Pp]erson|Family|Siblings?) "
    r"(?:[A-Z]{1,2}\d{0,2}|\d{1,2})\b"
)
_PLURAL = re.compile(r"^(Twin|Sibling|Child)(?:s|ren) ")
_TITLE_END = re.compile(
    r"(?:.*[:–]|.*\b(?:concerning|into|regarding|death of|named)\b)\s*(?P<who>.+)$"
)
_INTRODUCES_CHILD = re.compile(
    r"\b(?:this (?:review|report) (?:concerns|is about|considers)|subject of this|death of"
    r"|investigation into)\b",
    re.IGNORECASE,
)
FIRST_PIECES = 80
"""Blocks at the start that introduce the child; later ones describe relatives. Chosen by
judgement (November 2026); more find more ages, and more that are not the child's."""

HARM_PIECES = FIRST_PIECES // 4
"""Blocks at the start in which harm is searched; later ones describe other families and risks."""

# How much a mention of harm counts in the title, on the cover and in the text below. Chosen by
# judgement (November 2026): the title says what the review is about.
_TITLE_WEIGHT, _COVER_WEIGHT, _TEXT_WEIGHT = 3, 2, 1

MAX_SUBTITLE_WORDS = 12
"""Words of a line on the cover, such as a subtitle."""

EVIDENCE_CHARACTERS = 200
"""Characters of a sentence or block that are stored as evidence."""

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

MAX_HARMS = 3
"""Kinds of harm in the fact; further ones are mentioned less. Chosen by judgement
(November 2026)."""


def find_child_facts(pieces: Sequence[Piece], title: str) -> list[Fact]:
    """Facts "age_band" and "harm", as far as the title and the first pages state them.

    The age comes from the first sentence about the child in the title that states one. If that
    is an adult's age, there is no age band.
    """
    first_pieces = [p for p in pieces if not p.boilerplate and p.kind != "note"][:FIRST_PIECES]
    facts = [_age(first_pieces, subject_names(title)), _harm(first_pieces, title)]
    return [fact for fact in facts if fact]


def subject_names(title: str) -> tuple[str, ...]:
    """Names in a title of the children the review is about.

    >>> subject_names("Serious case review: Child J")
    ('Child J',)
    >>> subject_names("Learning review: Juno and Kit")
    ('Juno', 'Kit')
    """
    pseudonyms = tuple(_PLURAL.sub(r"\1 ", name) for name in _PSEUDONYM.findall(title))
    if pseudonyms:
        return pseudonyms
    match = _TITLE_END.match(title)
    names = re.findall(r"\b[A-Z][\w’'-]+", match["who"]) if match else []
    return tuple(name for name in names if name.lower() not in ("baby", "the", "review", "report"))


def _age(pieces: Sequence[Piece], names: tuple[str, ...]) -> Fact | None:
    for piece, sentence, has_name in _sentences_about_child(pieces, names):
        match = _find_age(sentence, allow_bare=has_name)
        if match:
            band = age_band(match["n"], match["unit"] or "year")
            evidence = sentence[:EVIDENCE_CHARACTERS]
            return Fact("age_band", band, evidence, piece.page) if band else None
    return None


def _sentences_about_child(
    pieces: Sequence[Piece], names: tuple[str, ...]
) -> Iterator[tuple[Piece, str, bool]]:
    """Sentences about the child, and whether they do so by name; those with a name first.

    After a sentence with the name, one with a pronoun in the same block counts as such.
    """
    name = re.compile("|".join(map(re.escape, names)), re.IGNORECASE) if names else None
    pronoun = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
    for piece in pieces:
        after_name = False
        for sentence in _sentences(piece.text):
            has_name = bool(name and name.search(sentence))
            after_name = after_name or has_name
            if has_name or (after_name and pronoun.search(sentence)):
                yield piece, sentence, True
    for piece in pieces:
        for sentence in _sentences(piece.text):
            if _INTRODUCES_CHILD.search(sentence):
                yield piece, sentence, False


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def _find_age(sentence: str, *, allow_bare: bool) -> re.Match[str] | None:
    patterns = (*_AGES, _BARE_AGE) if allow_bare else _AGES
    matches = [match for pattern in patterns if (match := pattern.search(sentence))]
    return min(matches, key=lambda match: match.start(), default=None)


def _harm(pieces: Sequence[Piece], title: str) -> Fact | None:
    """Up to three kinds of harm that the title names or the first pages mention repeatedly."""
    start = pieces[:HARM_PIECES]
    cover = [piece for piece in start if piece.page == start[0].page and _is_line(piece)]
    texts = [(title, 0, _TITLE_WEIGHT)]
    texts += [(p.text, p.page, _COVER_WEIGHT if p in cover else _TEXT_WEIGHT) for p in start]
    weights: Counter[str] = Counter()
    evidence: dict[str, tuple[str, int]] = {}
    for text, page, weight in texts:
        for harm, pattern in _HARMS:
            count = len(pattern.findall(text))
            if count:
                weights[harm] += weight * count
                evidence.setdefault(harm, (text[:EVIDENCE_CHARACTERS], page))
    # most_common keeps the order of first mention among equals.
    ranking = [harm for harm, _ in weights.most_common()]
    if not ranking:
        return None
    # What is mentioned once may concern somebody else; it counts where there is nothing better.
    harms = [harm for harm in ranking if weights[harm] > 1] or ranking[:1]
    return Fact("harm", "; ".join(harms[:MAX_HARMS]), *evidence[harms[0]])


def _is_line(piece: Piece) -> bool:
    """A short line without a full stop, such as a subtitle."""
    return len(piece.text.split()) <= MAX_SUBTITLE_WORDS and not piece.text.endswith(".")
