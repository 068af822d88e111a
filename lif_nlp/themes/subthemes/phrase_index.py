"""The phrases of a corpus and which findings carry them, in one sparse table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from lif_nlp.framework.model import Framework
from lif_nlp.text.abbreviations import abbreviation_meanings
from lif_nlp.text.folding import fold_phrase
from lif_nlp.text.phrase_matching import PhraseMatcher
from lif_nlp.themes.corpus import Corpus, Rows, sample_rows
from lif_nlp.themes.discovery.phrases import phrases
from lif_nlp.themes.discovery.vocabulary import Vocabulary, word_list
from lif_nlp.themes.subthemes.selection import Bools, belonging

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix, csr_matrix

_AT_HOME = 0.8
_READ = 60_000
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases that could lead a theme, and the findings that carry them.

    `forms` gives each phrase as it is mostly written, `folded` the forms by which texts
    are matched; `held` has a row per finding and a column per phrase.
    """

    forms: tuple[str, ...]
    folded: tuple[tuple[str, ...], ...]
    held: csr_matrix


@dataclass(frozen=True)
class Reading:
    """A corpus with its phrases, and how often each stands in each report."""

    corpus: Corpus
    lexicon: Lexicon
    vocabulary: Vocabulary

    @cached_property
    def reports(self) -> tuple[str, ...]:
        """Ids of the reports."""
        return tuple(sorted({f.doc_id for f in self.corpus.findings}))

    @cached_property
    def report_of(self) -> Rows:
        """Number of the report of each finding."""
        number = {name: place for place, name in enumerate(self.reports)}
        return np.array([number[f.doc_id] for f in self.corpus.findings], dtype=np.intp)

    @cached_property
    def per_report(self) -> csc_matrix:
        """Findings with each phrase in each report, shape (reports, phrases)."""
        from scipy.sparse import csr_matrix as table

        n = len(self.corpus)
        places = (self.report_of, np.arange(n))
        stands_in = table((np.ones(n, dtype=np.float32), places), shape=(len(self.reports), n))
        return (stands_in @ self.lexicon.held).tocsc()


def homes(lexicon: Lexicon, themes: Sequence[Rows]) -> Bools:
    """Whether a phrase is at home in a theme, given by its rows; shape (themes, phrases).

    A phrase belongs to the theme in which it stands beyond what the theme's size makes
    likely; it leads a part of that theme, not of each one that mentions it.
    """
    n = lexicon.held.shape[0]
    anywhere = np.asarray(lexicon.held.sum(axis=0)).ravel()
    belongs = np.array(
        [
            belonging(np.asarray(lexicon.held[rows].sum(axis=0)).ravel(), anywhere, len(rows) / n)
            for rows in themes
        ]
    )
    return np.asarray(belongs >= _AT_HOME * belongs.max(axis=0))


def learn_lexicon(corpus: Corpus, framework: Framework, vocabulary: Vocabulary) -> Lexicon:
    """Phrases that recur in `corpus` and those of the framework; abbreviations joined in."""
    read = corpus.take(sample_rows(corpus, _READ).tolist())
    framework_forms = _framework_forms(framework)
    forms = framework_forms | _recurring_forms(read, vocabulary)
    longs = abbreviation_meanings((f.text for f in read.findings), vocabulary.written)
    shorts: dict[str, list[str]] = {}
    for short, long in longs.items():
        shorts.setdefault(fold_phrase(long), []).append(short)
        forms[fold_phrase(long)] = long
        forms.pop(short, None)
    given = forms.keys() & framework_forms.keys() | shorts.keys()
    order = sorted(
        phrase
        for phrase, form in forms.items()
        if (" " in phrase or vocabulary.can_stand_alone(form))
        and _may_lead(phrase, given=phrase in given)
    )
    folded = tuple((phrase, *shorts.get(phrase, ())) for phrase in order)
    written = _as_written(vocabulary.written)
    return Lexicon(
        tuple(_spoken(forms[p], shorts.get(p, ()), written) for p in order),
        folded,
        _held(corpus, folded),
    )


def _framework_forms(framework: Framework) -> dict[str, str]:
    """The framework's phrases of several words, by their folded form."""
    said = [phrase for theme in framework.themes for phrase in theme.phrases]
    said += [phrase for priority in framework.priorities for phrase in priority.phrases]
    return {folded: phrase for phrase in said if " " in (folded := fold_phrase(phrase))}


def _recurring_forms(corpus: Corpus, vocabulary: Vocabulary) -> dict[str, str]:
    """Phrases of at least five findings, by their folded form, as they are mostly written."""
    written: Counter[str] = Counter()
    for finding in corpus.findings:
        written.update(set(phrases(finding.text, vocabulary)))
    forms: dict[str, list[str]] = {}
    for phrase in written:
        forms.setdefault(fold_phrase(phrase), []).append(phrase)
    return {
        folded: min(same, key=lambda phrase: (-written[phrase], phrase))
        for folded, same in forms.items()
        if folded and sum(written[phrase] for phrase in same) >= _FEWEST
    }


def _may_lead(folded: str, *, given: bool) -> bool:
    """Whether a phrase says what: no grammar, judgement or actor stands for it.

    Of a phrase that is `given`, by the framework or by its abbreviation, less is asked.
    """
    words = folded.split()
    if folded in _folded_list("alone") or _folded_list("actors").issuperset(words):
        return False
    if given:
        return _folded_list("grammar").isdisjoint((words[0], words[-1]))
    return (_folded_list("breaks") | _folded_list("judgement")).isdisjoint((words[0], words[-1]))


@cache
def _folded_list(name: str) -> frozenset[str]:
    return frozenset(fold_phrase(word) for word in word_list(name))


def _as_written(written: Mapping[str, str]) -> dict[str, str]:
    """Abbreviations by their folded form; a slip that leaves the last letter out gives way.

    >>> _as_written({"camhs": "CAMHS", "camh": "CAMH", "fgc": "FGC"})
    {'camh': 'CAMHS', 'fgc': 'FGC'}
    """
    # "CAMH" sorts before "CAMHS", so that the longer one is kept.
    return dict(sorted((fold_phrase(short), capitals) for short, capitals in written.items()))


def _spoken(form: str, shorts: Sequence[str], written: Mapping[str, str]) -> str:
    return f"{form} ({written[shorts[0]]})" if shorts else form


def _held(corpus: Corpus, folded: Sequence[tuple[str, ...]]) -> csr_matrix:
    from scipy.sparse import csr_matrix as table

    matcher = PhraseMatcher(dict(enumerate(folded)), for_themes=True)
    found = [sorted(matcher.labels_in(finding.text)) for finding in corpus.findings]
    columns = np.fromiter((column for row in found for column in row), dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum([len(row) for row in found])])
    ones = np.ones(len(columns), dtype=np.float32)
    return table((ones, columns, ends), shape=(len(found), len(folded)))
