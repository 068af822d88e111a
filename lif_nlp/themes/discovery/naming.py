"""Names of themes: unique, and made of phrases that the theme's own findings use."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from lif_nlp.text.folding import fold_word
from lif_nlp.themes.discovery.topic_model import Weighted
from lif_nlp.themes.discovery.vocabulary import word_list
from lif_nlp.themes.thresholds import NAMING

_WORDS = re.compile(r"[A-Za-z'-]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase, the share of the theme's findings that use it (0..1), and its score."""

    phrase: str
    share: float
    score: float


def rank_phrases(
    terms: Weighted, phrases_of_findings: Sequence[Collection[str]]
) -> tuple[Candidate, ...]:
    """Phrases of a theme, the best name first.

    A phrase scores by its class tf-idf, by the share of findings that use it, and by its
    length: longer phrases are clearer than single words.  Parts of longer ones are left out.

    Parameters
    ----------
    terms
        Phrases with their class tf-idf.
    phrases_of_findings
        The phrases of each finding of the theme.

    >>> used = [{"home interviews", "home"}, {"home interviews", "home"}, {"home"}]
    >>> ranked = rank_phrases((("home", 0.5), ("home interviews", 0.4)), used)
    >>> [(c.phrase, round(c.share, 2)) for c in ranked]
    [('home interviews', 0.67), ('home', 1.0)]
    """
    shares = {}
    for phrase, _ in terms:
        count = sum(phrase in phrases for phrases in phrases_of_findings)
        if count >= NAMING.min_uses:
            shares[phrase] = count / len(phrases_of_findings)
    candidates = [
        Candidate(
            phrase,
            shares[phrase],
            weight * shares[phrase] ** NAMING.share_power * _clearness(phrase),
        )
        for phrase, weight in terms
        if shares.get(phrase, 0.0) >= _least_share(phrase) and not _is_part(phrase, shares)
    ]
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.phrase)))


def _clearness(phrase: str) -> float:
    return 1 + NAMING.longer_is_clearer * phrase.count(" ")


def _least_share(phrase: str) -> float:
    return NAMING.min_share if " " in phrase else NAMING.min_share_one_word


def _is_part(phrase: str, shares: Mapping[str, float]) -> bool:
    """Whether `phrase` is mostly part of one longer phrase ("mental" of "mental health")."""
    return any(
        longer != phrase
        and f" {phrase} " in f" {longer} "
        and share >= NAMING.part_of_longer * shares[phrase]
        for longer, share in shares.items()
    )


def name_of(
    candidates: Sequence[Candidate],
    *,
    taken: Iterable[str] = (),
    known_words: Collection[str] = (),
) -> str:
    """A name from as few phrases as say enough, or "" where there is none.

    One phrase where most findings use it, otherwise two that share no word.

    Parameters
    ----------
    candidates
        Ranked phrases, the best first.
    taken
        Names of other themes, which must not be used again.
    known_words
        Words that are no news.  A phrase must contain another word; where the best phrase
        does not, the theme is not new and gets no name.
    """
    names_in_use = {name.lower() for name in taken}
    known_stems = frozenset(_stem(word) for word in known_words)
    phrases = _distinct(candidates, known_stems)
    # A weaker phrase that is new would name the theme by a side issue.
    if known_words and phrases[:1] != list(candidates[:1]):
        return ""
    fewest = 1 if phrases and phrases[0].share >= NAMING.enough_alone else 2
    for size in range(min(fewest, len(phrases)), len(phrases) + 1):
        # Further phrases are added only until the name is unique.
        if size and (name := _write(phrases[:size])).lower() not in names_in_use:
            return name
    return ""


def _distinct(candidates: Sequence[Candidate], known_stems: frozenset[str]) -> list[Candidate]:
    """Candidates that share no stem with those before them, nor say only what is known."""
    distinct: list[Candidate] = []
    stems_before: set[str] = set()
    for candidate in candidates:
        stems = _stems(candidate.phrase)
        if _new_stems(stems, known_stems) and not stems & stems_before:
            distinct.append(candidate)
            stems_before |= stems
    return distinct[: NAMING.max_names]


def says_more(phrase: str, parent: str, *, is_set_term: bool = False) -> bool:
    """Whether `phrase` says anything that the name of its parent does not.

    `is_set_term` is for a phrase with an abbreviation of its own: it counts however plain
    its words are.

    >>> says_more("assessments", "Assessment and risk"), says_more("drift", "Assessment and risk")
    (False, True)
    """
    stems, parent_stems = _stems(phrase), _stems(parent.lower())
    if is_set_term:
        return bool(stems - parent_stems - _stems_of("judgement", "breaks"))
    return bool(_new_stems(stems, parent_stems))


def particular_stems(phrase: str, parent: str) -> frozenset[str]:
    """The stems that make `phrase` particular; phrases with the same ones are variants.

    >>> particular_stems("unborn babies", "Babies and pre-birth work")
    frozenset({'unborn'})
    """
    stems = _stems(phrase) - _stems_of("grammar")
    wide_words = _stems_of("actors", "alone", "judgement", "breaks")
    # Half of a wide word is as wide: "multi-agency" is two words here.
    halves = {half for stem in wide_words for half in stem.split("-")}
    return frozenset(stems - _stems(parent.lower()) - halves or stems)


def _stems(phrase: str) -> set[str]:
    return {_stem(word) for word in phrase.replace("-", " ").split()}


def _new_stems(stems: Set[str], known_stems: Set[str]) -> Set[str]:
    """The stems that are new: "children experience neglect" says no more than "neglect".

    Sharing an actor alone is no repetition: "children's views" says more than "child".
    """
    new = stems - known_stems - _stems_of("judgement", "breaks")
    if stems.isdisjoint(known_stems - _stems_of("actors")):
        return new
    return new - _stems_of("actors", "alone")


@cache
def _stems_of(*lists: str) -> frozenset[str]:
    return frozenset(_stem(word) for name in lists for word in word_list(name))


def _stem(word: str) -> str:
    return fold_word(word)[: NAMING.stem_letters]


def _write(candidates: Sequence[Candidate]) -> str:
    *first, last = [c.phrase for c in candidates]
    words = f"{', '.join(first)} and {last}" if first else last
    return words[0].upper() + words[1:]


def restore_capitals(name: str, written: Mapping[str, str]) -> str:
    """`name` with abbreviations as reports write them.

    >>> restore_capitals("Camhs, mash and waiting lists", {"camhs": "CAMHS", "mash": "MASH"})
    'CAMHS, MASH and waiting lists'
    """
    return _WORDS.sub(lambda match: written.get(match[0].lower(), match[0]), name)
