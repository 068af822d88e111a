"""Phrases that could name a theme: short runs of content words, no people, no places.

A phrase is what stands between words of grammar; words of judgement ("effective") cannot
begin or end it, and what the corpus does not use as a noun cannot end it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from lif_nlp.themes.discovery.vocabulary import TOKEN, WORD, Vocabulary, word_list

LONGEST = 4


_NOTHING_KNOWN = Vocabulary()


def phrases(text: str, vocabulary: Vocabulary = _NOTHING_KNOWN) -> list[str]:
    """Candidate phrases of one to four words in `text`, lower case, with repeats.

    >>> phrases("Safety plans were not written promptly when children went missing.")
    ['safety plans']
    """
    return [
        " ".join(run[start : start + size])
        for run in _runs(text, vocabulary.names)
        for start, size in _places(run, vocabulary)
    ]


def _runs(text: str, names: frozenset[str]) -> Iterator[list[str]]:
    """Stretches of words without grammar, names or punctuation between them."""
    breaks = word_list("breaks")
    run: list[str] = []
    for token in TOKEN.findall(text.replace("’", "'")):
        word = token.lower()
        # A single letter stands for a person ("Child J").
        if len(word) == 1 or not WORD.match(token) or word in breaks or word in names:
            if run:
                yield run
            run = []
        else:
            run.append(word)
    if run:
        yield run


def _places(run: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Start and size of each phrase of a run, the longest first."""
    judgement, actors = word_list("judgement"), word_list("actors")
    begins = [word not in judgement and word not in vocabulary.verbal for word in run]
    # For each word, the last one up to it that names no actor.
    others = list(accumulate((-1 if w in actors else at for at, w in enumerate(run)), max))
    for size in range(min(LONGEST, len(run)), 0, -1):
        for start in range(len(run) - size + 1):
            last = start + size - 1
            if (
                begins[start]
                and begins[last]
                and others[last] >= start
                and run[last] not in vocabulary.modifiers
                and (size > 1 or _may_stand_alone(run[last], vocabulary))
            ):
                yield start, size


def _may_stand_alone(word: str, vocabulary: Vocabulary) -> bool:
    return len(word) > 3 and word not in word_list("alone") and vocabulary.can_name(word)
