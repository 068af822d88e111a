"""Phrases that could name a theme: short runs of content words without people or places.

A phrase is what lies between function words.  Words of judgement ("effective") cannot
begin or end it, and a word that the corpus does not use as a noun cannot end it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from lif_nlp.themes.discovery.vocabulary import TOKEN, WORD, Vocabulary, word_list
from lif_nlp.themes.thresholds import NAMING

_EMPTY = Vocabulary()


def phrases(text: str, vocabulary: Vocabulary = _EMPTY) -> list[str]:
    """Candidate phrases of one to four words in `text`, lower case, with repeats.

    >>> phrases("Safety plans were not written promptly when children went missing.")
    ['safety plans']
    """
    return [
        " ".join(run[start : start + size])
        for run in _runs(text, vocabulary.names)
        for start, size in _spans(run, vocabulary)
    ]


def _runs(text: str, names: frozenset[str]) -> Iterator[list[str]]:
    """Runs of words with no function word, name or punctuation between them."""
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


def _spans(run: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Start and length of each phrase of a run, the longest first."""
    judgement, actors = word_list("judgement"), word_list("actors")
    can_border = [word not in judgement and word not in vocabulary.verbal for word in run]
    # For each word, the last one up to it that is not an actor: actors alone say who, not what.
    last_subject = list(accumulate((-1 if w in actors else at for at, w in enumerate(run)), max))
    for size in range(min(NAMING.max_phrase_words, len(run)), 0, -1):
        for start in range(len(run) - size + 1):
            last = start + size - 1
            if (
                can_border[start]
                and can_border[last]
                and last_subject[last] >= start
                and run[last] not in vocabulary.modifiers
                and (size > 1 or _may_stand_alone(run[last], vocabulary))
            ):
                yield start, size


def _may_stand_alone(word: str, vocabulary: Vocabulary) -> bool:
    return (
        len(word) >= NAMING.min_letters
        and word not in word_list("alone")
        and vocabulary.can_name(word)
    )
