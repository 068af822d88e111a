"""Phrases that could name a theme: short runs of content words, no people, no places.

A phrase is what stands between words of grammar; words of judgement ("effective") cannot
begin or end it, and what the corpus does not use as a noun cannot end it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lif_nlp.themes.vocabulary import TOKEN, WORD, Vocabulary, word_list

LONGEST = 4


_NOTHING_KNOWN = Vocabulary()


def phrases(text: str, vocabulary: Vocabulary = _NOTHING_KNOWN) -> list[str]:
    """Candidate phrases of one to four words in `text`, lower case, with repeats.

    >>> phrases("Safety plans were not written promptly when children went missing.")
    ['safety plans']
    """
    found: list[str] = []
    for run in _runs(text, vocabulary.names):
        for size in range(min(LONGEST, len(run)), 0, -1):
            found.extend(
                " ".join(run[i : i + size])
                for i in range(len(run) - size + 1)
                if _may_name(run[i : i + size], vocabulary)
            )
    return found


def _runs(text: str, names: frozenset[str]) -> Iterable[list[str]]:
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


def _may_name(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    judgement = word_list("judgement")
    first, last = words[0], words[-1]
    return (
        first not in judgement
        and last not in judgement
        and not {first, last} & vocabulary.verbal
        and last not in vocabulary.modifiers
        and not word_list("actors").issuperset(words)
        and (len(words) > 1 or _may_stand_alone(last, vocabulary))
    )


def _may_stand_alone(word: str, vocabulary: Vocabulary) -> bool:
    return len(word) > 3 and word not in word_list("alone") and vocabulary.can_name(word)
