"""Names that a practitioner would say: unique, made of the theme's own phrases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from lif_nlp.text.folding import fold_word
from lif_nlp.themes.discovery.ctfidf import Weighted
from lif_nlp.themes.discovery.vocabulary import word_list

_WORDS = re.compile(r"[A-Za-z'-]+")
_FEWEST = 2
_LEAST_SHARE = 0.2
_LEAST_SHARE_OF_ONE_WORD = 0.35
_ENOUGH_ALONE = 0.6
_LONGER_IS_CLEARER = 0.6
_MOSTLY = 0.7


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
    clearer, more than single words; mere pieces of longer ones are left out.

    >>> used = [{"home interviews", "home"}, {"home interviews", "home"}, {"home"}]
    >>> ranked = rank_phrases((("home", 0.5), ("home interviews", 0.4)), used)
    >>> [(c.phrase, round(c.share, 2)) for c in ranked]
    [('home interviews', 0.67), ('home', 1.0)]
    """
    shares = {}
    for phrase, _ in terms:
        count = sum(phrase in one for one in used)
        if count >= _FEWEST:
            shares[phrase] = count / len(used)
    found = [
        Candidate(phrase, shares[phrase], weight * shares[phrase] ** 0.5 * _clearness(phrase))
        for phrase, weight in terms
        if shares.get(phrase, 0.0) >= _least_share(phrase) and not _is_part(phrase, shares)
    ]
    return tuple(sorted(found, key=lambda c: (-c.worth, c.phrase)))


def _clearness(phrase: str) -> float:
    return 1 + _LONGER_IS_CLEARER * phrase.count(" ")


def _least_share(phrase: str) -> float:
    return _LEAST_SHARE if " " in phrase else _LEAST_SHARE_OF_ONE_WORD


def _is_part(phrase: str, shares: Mapping[str, float]) -> bool:
    """Whether `phrase` is mostly a piece of one longer phrase ("mental" of "mental health")."""
    return any(
        longer != phrase and f" {phrase} " in f" {longer} " and share >= _MOSTLY * shares[phrase]
        for longer, share in shares.items()
    )


def name_of(
    candidates: Sequence[Candidate], *, taken: Iterable[str] = (), said: Collection[str] = ()
) -> str:
    """A name not among `taken`, from the fewest phrases that tell enough.

    One phrase when most findings use it, otherwise two that share no word.  A phrase
    must hold a word that is not in `said`.  Empty when no phrase is left that makes a
    name, and when the best one is `said` already: then the theme is that, and not new.
    """
    used = {name.lower() for name in taken}
    old = frozenset(_stem(word) for word in said)
    picked = _distinct(candidates, old)
    if said and picked[:1] != list(candidates[:1]):
        return ""
    enough = 1 if picked and picked[0].share >= _ENOUGH_ALONE else 2
    for size in range(min(enough, len(picked)), len(picked) + 1):
        if size and (name := _write(picked[:size])).lower() not in used:
            return name
    return ""


def _distinct(candidates: Sequence[Candidate], old: frozenset[str]) -> list[Candidate]:
    """Candidates that say something new against those before and against `old` stems."""
    picked: list[Candidate] = []
    stems: set[str] = set()
    for candidate in candidates:
        mine = _stems(candidate.phrase)
        if _news(mine, old) and not mine & stems:
            picked.append(candidate)
            stems |= mine
    return picked[:4]


def says_more(phrase: str, parent: str, *, named: bool = False) -> bool:
    """Whether `phrase` says anything that the name of its parent does not.

    `named` is for a phrase with an abbreviation of its own: a set term, however plain
    its words.

    >>> says_more("assessments", "Assessment and risk"), says_more("drift", "Assessment and risk")
    (False, True)
    """
    mine, old = _stems(phrase), _stems(parent.lower())
    return bool(mine - old - _stems_of("judgement", "breaks") if named else _news(mine, old))


def kin(phrase: str, parent: str) -> frozenset[str]:
    """What is particular in `phrase`; phrases of which it is the same speak of one thing.

    >>> kin("unborn babies", "Babies and pre-birth work")
    frozenset({'unborn'})
    """
    mine = _stems(phrase) - _stems_of("grammar")
    wide = _stems_of("actors", "alone", "judgement", "breaks")
    # Half of a wide word is as wide: "multi-agency" is two words here.
    halves = {half for stem in wide for half in stem.split("-")}
    return frozenset(mine - _stems(parent.lower()) - halves or mine)


def _stems(phrase: str) -> set[str]:
    return {_stem(word) for word in phrase.replace("-", " ").split()}


def _news(mine: Set[str], old: Set[str]) -> Set[str]:
    """The stems that are new: "children experience neglect" says no more than "neglect".

    To share a mere actor is no repetition: "children's views" says more than "child".
    """
    new = mine - old - _stems_of("judgement", "breaks")
    if mine.isdisjoint(old - _stems_of("actors")):
        return new
    return new - _stems_of("actors", "alone")


@cache
def _stems_of(*lists: str) -> frozenset[str]:
    return frozenset(_stem(word) for name in lists for word in word_list(name))


def _stem(word: str) -> str:
    return fold_word(word)[:6]


def _write(picked: Sequence[Candidate]) -> str:
    phrases = [c.phrase for c in picked]
    listed = phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} and {phrases[-1]}"
    return listed[0].upper() + listed[1:]


def restore_capitals(name: str, written: Mapping[str, str]) -> str:
    """`name` with abbreviations as reports write them.

    >>> restore_capitals("Camhs, mash and waiting lists", {"camhs": "CAMHS", "mash": "MASH"})
    'CAMHS, MASH and waiting lists'
    """
    return _WORDS.sub(lambda found: written.get(found[0].lower(), found[0]), name)
