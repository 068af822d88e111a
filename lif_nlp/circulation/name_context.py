"""A third witness: how much a word stands where the name of a person or place stands.

`names.py` lists what is no name; a word of these lists may be a name all the same ("Early told the
panel", "sky not at school again"), and a word that no list has may be a tool.  A small model reads how a word is written, which lists have it
and what stands beside it (`name_context.json`, trained by `scripts/train_name_context.py` on
invented sentences).  Where it is sure it keeps in what rules let pass, and lets out what only lists
hold back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import tanh
from pathlib import Path
from typing import Any

from lif_nlp.circulation.names import DAY_WORDS, ENDING, is_latin, is_prose
from lif_nlp.circulation.rules import patterns
from lif_nlp.circulation.word_lists import (
    is_abstract,
    is_field_word,
    is_ordinary,
    names_no_thing,
    without_accents,
    without_harmless_phrases,
    words,
)
from lif_nlp.text.months import MONTH_NUMBERS

FILE = Path(__file__).with_name("name_context.json")
"""Weights of the features, the bias, and facts of the training."""

_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+(?:[’'‘\-‐‑][^\W_]+)*)|(?P<number>\d[\d.,/:-]*)|(?P<sign>[^\w\s])"
)
_ADDRESS = re.compile(
    r"\bhttps?://\S+|\bwww\.\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|org|com|net)\b\S*"
)
"""Addresses, which are for `numbers.py` to judge."""
_LOOK_BACK = 60
"""Characters before a word in which what it follows is looked for: no pattern needs more."""
_LOOK_AHEAD = 300
"""The same behind a word; more would read the rest of a long text again for each of its words."""
_FURTHEST = 20
"""Words, numbers and signs to each side in which a run of capitalised words is looked for: a title
is shorter, and an index in capitals would be walked whole for each of its words."""
_LONGEST_CAPITALS = 5
"""Capitals told apart by their number up to here; longer ones are alike."""
_LONGEST_NUMBER = 3
"""Digits told apart by their number up to here: a year is as long as a phone number."""

_LONGEST_RUN = 5
"""Capitalised words together, told apart by their number up to here: longer titles are alike."""
_LINKS = frozenset({"of", "for", "and", "the", "in", "to", "on", "&", "-", "’", "'"})
"""What may stand within a title between its capitalised words."""

_BEHIND = ("acts", "rarely_acts", "cited", "authored", "invented", "institution", "as_said", "colours", "had")  # fmt: skip
_BEFORE = ("spoken_to", "told_of", "in_area", "by_author", "labelled", "holder", "addressed")
"""Patterns of `names.toml` that are asked behind and before a word."""

_LISTS = (
    ("forename", "forename_words"), ("word forename", "word_forenames"),
    ("rare forename", "rarely_forenames"), ("surname", "surname_words"),
    ("note name", "low_forenames"), ("note name", "short_names"),
    ("institution", "institution_words"),
)  # fmt: skip
"""Lists that are asked for a word in small letters, under the name of the feature."""

_LISTS_AS_WRITTEN = (
    ("forename area", "area_forenames"), ("area", "large_areas"), ("author", "authors"),
    ("harmless", "harmless"), ("language", "languages"), ("role part", "role_parts"),
)  # fmt: skip


_HARMLESS = {"harmless", "known", "area", "language", "month"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, number or sign of a text, and where it stands."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Written:
    """How a word is written, and which lists have it."""

    low: str
    ending: str
    case: str
    kinds: tuple[str, ...]

    @property
    def frequency(self) -> str:
        """Whether reviews write the word, only other English, or neither."""
        return next(kind for kind in ("unknown", "field", "ordinary") if kind in self.kinds)

    @property
    def group(self) -> str:
        """What the lists say, in one word."""
        if not _HARMLESS.isdisjoint(self.kinds):
            return "harmless"
        if self.frequency != "unknown" and "forename" in self.kinds:
            return "forename"
        return self.frequency

    @property
    def may_be_asked(self) -> bool:
        """Whether the word is not plain English in small letters, nor a framework's own."""
        if self.case == "low" and len(self.low) == 1:
            return False
        if self.low in words("small_words") and self.case in {"low", "title"}:
            return False
        if "known" in self.kinds and {"forename", "surname"}.isdisjoint(self.kinds):
            return False
        if self.case != "low":
            return True
        named = {"forename", "note name", "surname", "unknown"}
        plain = self.low in words("kin_words") or self.low in words("role_words")
        return not plain and not named.isdisjoint(self.kinds)


@lru_cache(maxsize=1 << 16)
def _written(token: str, is_known: bool) -> _Written:
    base = ENDING.sub("", token) or token
    low = base.lower()
    kinds = [kind for kind, name in _LISTS if low in words(name)]
    kinds += [kind for kind, name in _LISTS_AS_WRITTEN if base in words(name)]
    kinds += ["known"] if is_known else []
    kinds += ["month"] if base in DAY_WORDS or low in MONTH_NUMBERS else []
    parts = [part for part in re.split(r"[-‐‑’'‘]", low) if part]
    if all(map(is_field_word, parts)):
        kinds.append("field")
    else:
        kinds.append("ordinary" if all(map(is_ordinary, parts)) else "unknown")
    kinds += ["abstract"] if is_abstract(low) else []
    kinds += ["no thing"] if names_no_thing(low) else []
    kinds += ["accent"] if without_accents(low) != low else []
    ending = token[len(base) :].lower().replace("’", "'")
    return _Written(low, ending, _case(base), tuple(dict.fromkeys(kinds)))


def _case(base: str) -> str:
    if not is_latin(base):
        return "script"
    if base == base.lower():
        return "low"
    if len(base) == 1:
        return "letter"
    if base.isupper():
        return f"capitals{min(len(base), _LONGEST_CAPITALS)}"
    if base[0].isupper() and base[1:] == base[1:].lower():
        return "title"
    return "joined" if re.search(r"[-’']", base) else "mixed"


def _beside(piece: _Piece | None, known: Collection[str]) -> tuple[str, ...]:
    """What stands beside a word: its kind, the word itself, and whether it is of kin or a role."""
    if piece is None:
        return ("edge",)
    if piece.kind == "number":
        return (f"number{min(_LONGEST_NUMBER, len(piece.text))}",)
    if piece.kind == "sign":
        return (piece.text,)
    word = _written(piece.text, piece.text in known)
    marks = [f"{word.case}/{word.frequency if word.case == 'low' else word.group}"]
    # A capitalised word counts as itself too: "Operation", "Child", "Mr".
    marks.append(f"={word.low}" if word.case == "low" else f"={word.low.capitalize()}")
    marks += [name for name in ("kin", "role") if word.low in words(f"{name}_words")]
    marks += ["forename"] if "forename" in word.kinds and word.case != "low" else []
    if word.case == "low":
        marks += [end for end in ("ed", "ing", "ly", "s") if word.low.endswith(end)][:1]
    marks += ["'s"] if word.ending else []
    return tuple(marks)


def doubtful_words(text: str, known: Collection[str] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each word that may be a name, with its features.

    >>> [word for word, _ in doubtful_words("Early told the hv, sky was away.")]
    ['Early', 'sky']
    """
    text = without_harmless_phrases(_ADDRESS.sub("it", text))
    pieces = [_Piece(str(m.lastgroup), m.group(), m.start()) for m in _PIECE.finditer(text)]
    whole = _whole(text, pieces)
    is_quoted = False
    for place, piece in enumerate(pieces):
        if piece.text in {"“", "”", '"'}:
            is_quoted = piece.text == "“" or (piece.text == '"' and not is_quoted)
        if piece.kind != "word":
            continue
        word = _written(piece.text, piece.text in known)
        if word.may_be_asked:
            where = f"{whole}{' quoted' if is_quoted else ''}"
            yield piece.text, tuple(_features(word, text, pieces, place, known, where))


def _whole(text: str, pieces: Sequence[_Piece]) -> str:
    """What kind of text a word stands in: a note, a heading in capitals, one that tells of kin."""
    has_kin = any(piece.text.lower() in words("kin_words") for piece in pieces)
    marks = {
        "note": text[:1].islower(),
        "shouted": text.isupper(),
        "cut": not is_prose(text),
        "kin": has_kin,
    }
    return " ".join(mark for mark, holds in marks.items() if holds)


def _features(
    word: _Written,
    text: str,
    pieces: Sequence[_Piece],
    place: int,
    known: Collection[str],
    where: str,
) -> Iterator[str]:
    """How a word is written, which lists have it, what stands beside it, alone and together."""
    rules, start = patterns("names"), pieces[place].start
    before = text[max(0, start - _LOOK_BACK) : start]
    end = start + len(pieces[place].text) - len(word.ending)
    after = text[end : end + _LOOK_AHEAD]
    opens = rules["opens"].search(before) and not rules["abbreviation"].search(before)
    position = "first" if opens else "inside"
    group = f"{word.group} {position}"
    yield f"{word.case} {position} {where}"
    yield f"all {'+'.join(word.kinds)} {position} {word.case}"
    yield f"ends {word.ending}"
    for kind in word.kinds:
        yield f"is {kind}"
        yield f"is {kind} {position} {word.case}"
    kin = "kin" if "kin" in where else "no kin"
    yield kin
    yield f"{kin} {group}"
    beside = {}
    for step in (-2, -1, 1, 2):
        there = place + step
        piece = pieces[there] if 0 <= there < len(pieces) else None
        beside[step] = _beside(piece, known)
        for mark in beside[step]:
            yield f"{step} {mark}"
            if abs(step) == 1:
                yield f"{step} {mark} {group}"
    yield f"between {beside[-1][0]} {beside[1][0]}"
    first, last = _run(pieces, place)
    head = _written(pieces[last].text, pieces[last].text in known)
    if last > place:
        yield f"head {head.low}"
        yield f"head {head.group} {word.group}"
    if last > first:
        yield f"in a run of {min(_LONGEST_RUN, last - first + 1)} {group}"
        lead = pieces[first - 1].text.lower() if first else "edge"
        yield f"run after {lead} {head.group}"
        plain = all(
            _written(piece.text, piece.text in known).group in {"field", "harmless"}
            for piece in pieces[first : last + 1]
            if piece.text[0].isupper() and piece is not pieces[place]
        )
        yield f"run of {'plain' if plain else 'other'} words {group}"
    met = [name for name in _BEHIND if rules[name].match(after)]
    met += [name for name in _BEFORE if rules[name].search(before)]
    for name in met:
        yield f"met {name}"
        yield f"met {name} {group}"


def _run(pieces: Sequence[_Piece], place: int) -> tuple[int, int]:
    """First and last place of the capitalised words that a word stands among, "of" and the like within."""

    def reach(step: int) -> int:
        end, here = place, place + step
        while 0 <= here < len(pieces) and abs(here - place) <= _FURTHEST:
            if pieces[here].kind == "word" and pieces[here].text[0].isupper():
                end = here
            elif pieces[here].text not in _LINKS:
                break
            here += step
        return end

    return reach(-1), reach(1)


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return model


def name_probability(text: str, known: Collection[str] = ()) -> float:
    """Highest probability, 0 to 1, that a word of a text names a person or place.

    Parameters
    ----------
    text
        A sentence or paragraph.
    known
        Capitalised words that name nobody, as in `identifying_names`.

    >>> name_probability("Early told us.") > name_probability("Early help was offered.")
    True
    """
    model = _model()
    weights = model["weights"]
    scores = [
        sum(weights.get(feature, 0.0) for feature in features)
        for _, features in doubtful_words(text, known)
    ]
    # The logistic function, written so that no score is too large for it.
    return (1 + tanh((model["bias"] + max(scores)) / 2)) / 2 if scores else 0.0
