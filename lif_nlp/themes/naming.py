"""Names that a practitioner would say: unique, made of the theme's own phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lif_nlp.themes.topics import Weighted

_FEWEST = 2
_LEAST_SHARE = 0.2
_LEAST_SHARE_OF_ONE_WORD = 0.35
_ENOUGH_ALONE = 0.6
_LONGER_IS_CLEARER = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase, the share of the theme's findings that use it, and its worth."""

    phrase: str
    share: float
    worth: float


def rank_phrases(terms: Weighted, used: Sequence[Collection[str]]) -> tuple[Candidate, ...]:
    """Phrases of a theme, best name first.

    `terms` come with their class tf-idf; `used` holds the phrases of each finding.
    A phrase counts more the more findings use it, and longer phrases, being
    clearer, more than single words.

    >>> used = [{"home interviews", "home"}, {"home interviews", "home"}, {"home"}]
    >>> ranked = rank_phrases((("home", 0.5), ("home interviews", 0.4)), used)
    >>> [(c.phrase, round(c.share, 2)) for c in ranked]
    [('home interviews', 0.67), ('home', 1.0)]
    """
    found = []
    for phrase, weight in terms:
        count = sum(phrase in one for one in used)
        share = count / max(1, len(used))
        least = _LEAST_SHARE if " " in phrase else _LEAST_SHARE_OF_ONE_WORD
        if count >= _FEWEST and share >= least:
            length = 1 + _LONGER_IS_CLEARER * phrase.count(" ")
            found.append(Candidate(phrase, share, weight * share**0.5 * length))
    return tuple(sorted(found, key=lambda c: (-c.worth, c.phrase)))


def name_of(candidates: Sequence[Candidate], *, parent: str = "", taken: Iterable[str] = ()) -> str:
    """A name not among `taken`, from the fewest phrases that tell enough.

    One phrase when most findings use it, otherwise two that share no word.
    `parent` goes before a colon.  Empty when there is no usable phrase.
    """
    used = {name.lower() for name in taken}
    picked = _distinct(candidates)
    enough = 1 if picked and picked[0].share >= _ENOUGH_ALONE else 2
    for size in range(min(enough, len(picked)), len(picked) + 1):
        if size and (name := _write(picked[:size], parent)).lower() not in used:
            return name
    return ""


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates whose words are new against those before."""
    picked: list[Candidate] = []
    stems: set[str] = set()
    for candidate in candidates:
        mine = {_stem(word) for word in candidate.phrase.split()}
        if not mine & stems:
            picked.append(candidate)
            stems |= mine
    return picked[:4]


def _stem(word: str) -> str:
    return word.rstrip("s")[:6]


def _write(picked: Sequence[Candidate], parent: str) -> str:
    phrases = [c.phrase for c in picked]
    listed = phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} and {phrases[-1]}"
    return f"{parent}: {listed}" if parent else listed[0].upper() + listed[1:]


def restore_capitals(name: str, written: Mapping[str, str]) -> str:
    """`name` with abbreviations as reports write them.

    >>> restore_capitals("Camhs waiting lists", {"camhs": "CAMHS"})
    'CAMHS waiting lists'
    """
    return " ".join(written.get(word.lower().strip(",:"), word) for word in name.split(" "))
