"""The phrases of a corpus and the findings that contain them, in one sparse table."""

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
from lif_nlp.themes.discovery.stable_clustering import Bools
from lif_nlp.themes.discovery.vocabulary import Vocabulary, word_list
from lif_nlp.themes.subthemes.selection import belonging
from lif_nlp.themes.thresholds import SUBTHEMES

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix, csr_matrix


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases that could lead a sub-theme, and the findings that contain them.

    Parameters
    ----------
    forms
        Each phrase as it is mostly written.
    folded
        The folded forms by which texts are matched; abbreviations follow the long form.
    contains : sparse, shape (findings, phrases)
        1 where a finding contains a phrase.
    """

    forms: tuple[str, ...]
    folded: tuple[tuple[str, ...], ...]
    contains: csr_matrix


@dataclass(frozen=True)
class PhraseIndex:
    """A corpus with its phrases, and how often each occurs in each report."""

    corpus: Corpus
    lexicon: Lexicon
    vocabulary: Vocabulary

    @cached_property
    def reports(self) -> tuple[str, ...]:
        """Ids of the reports, sorted."""
        return tuple(sorted({f.doc_id for f in self.corpus.findings}))

    @cached_property
    def report_of(self) -> Rows:
        """Number of the report of each finding, shape (findings,)."""
        number = {name: place for place, name in enumerate(self.reports)}
        return np.array([number[f.doc_id] for f in self.corpus.findings], dtype=np.intp)

    @cached_property
    def per_report(self) -> csc_matrix:
        """Findings that contain each phrase, by report; shape (reports, phrases)."""
        from scipy.sparse import csr_matrix as table

        n = len(self.corpus)
        places = (self.report_of, np.arange(n))
        belongs_to = table((np.ones(n, dtype=np.float32), places), shape=(len(self.reports), n))
        return (belongs_to @ self.lexicon.contains).tocsc()


def find_homes(lexicon: Lexicon, themes: Sequence[Rows]) -> Bools:
    """Whether a phrase is at home in a theme, shape (themes, phrases); themes are given by rows.

    A phrase is at home where it belongs most, or nearly so: it leads a part of that theme,
    not of every theme that mentions it.
    """
    n = lexicon.contains.shape[0]
    in_corpus = np.asarray(lexicon.contains.sum(axis=0)).ravel()
    belongs = np.array(
        [
            belonging(
                np.asarray(lexicon.contains[rows].sum(axis=0)).ravel(), in_corpus, len(rows) / n
            )
            for rows in themes
        ]
    )
    return np.asarray(belongs >= SUBTHEMES.at_home * belongs.max(axis=0))


def learn_lexicon(corpus: Corpus, framework: Framework, vocabulary: Vocabulary) -> Lexicon:
    """Phrases that recur in `corpus` and those of the framework, with their abbreviations."""
    sample = corpus.take(sample_rows(corpus, SUBTHEMES.max_findings_for_phrases).tolist())
    framework_forms = _framework_forms(framework)
    forms = framework_forms | _recurring_forms(sample, vocabulary)
    long_forms = abbreviation_meanings((f.text for f in sample.findings), vocabulary.written)
    short_forms: dict[str, list[str]] = {}
    for short, long in long_forms.items():
        short_forms.setdefault(fold_phrase(long), []).append(short)
        # The abbreviation counts as its long form and leads nothing by itself.
        forms[fold_phrase(long)] = long
        forms.pop(short, None)
    # Somebody has fixed these as terms, so that plain words in them need not be doubted.
    set_terms = forms.keys() & framework_forms.keys() | short_forms.keys()
    order = sorted(
        phrase
        for phrase, form in forms.items()
        if (" " in phrase or vocabulary.can_stand_alone(form))
        and _may_lead(phrase, is_set_term=phrase in set_terms)
    )
    folded = tuple((phrase, *short_forms.get(phrase, ())) for phrase in order)
    capitals = _capitals(vocabulary.written)
    return Lexicon(
        tuple(_with_abbreviation(forms[p], short_forms.get(p, ()), capitals) for p in order),
        folded,
        _contains(corpus, folded),
    )


def _framework_forms(framework: Framework) -> dict[str, str]:
    """The framework's phrases of several words, by their folded form."""
    forms = [phrase for theme in framework.themes for phrase in theme.phrases]
    forms += [phrase for priority in framework.priorities for phrase in priority.phrases]
    return {folded: phrase for phrase in forms if " " in (folded := fold_phrase(phrase))}


def _recurring_forms(corpus: Corpus, vocabulary: Vocabulary) -> dict[str, str]:
    """Phrases of enough findings, by their folded form, as they are mostly written."""
    counts: Counter[str] = Counter()
    for finding in corpus.findings:
        counts.update(set(phrases(finding.text, vocabulary)))
    forms: dict[str, list[str]] = {}
    for phrase in counts:
        forms.setdefault(fold_phrase(phrase), []).append(phrase)
    return {
        folded: min(variants, key=lambda phrase: (-counts[phrase], phrase))
        for folded, variants in forms.items()
        if folded and sum(counts[phrase] for phrase in variants) >= SUBTHEMES.phrase_min_findings
    }


def _may_lead(folded: str, *, is_set_term: bool) -> bool:
    """Whether a phrase says what, and is not only grammar, judgement or an actor.

    A set term, from the framework or with an abbreviation, needs less.
    """
    words = folded.split()
    if folded in _folded_list("alone") or _folded_list("actors").issuperset(words):
        return False
    if is_set_term:
        return _folded_list("grammar").isdisjoint((words[0], words[-1]))
    return (_folded_list("breaks") | _folded_list("judgement")).isdisjoint((words[0], words[-1]))


@cache
def _folded_list(name: str) -> frozenset[str]:
    return frozenset(fold_phrase(word) for word in word_list(name))


def _capitals(written: Mapping[str, str]) -> dict[str, str]:
    """Abbreviations by their folded form; a slip without the last letter gives way.

    >>> _capitals({"camhs": "CAMHS", "camh": "CAMH", "fgc": "FGC"})
    {'camh': 'CAMHS', 'fgc': 'FGC'}
    """
    # "CAMH" sorts before "CAMHS", so that the longer one overwrites it.
    return dict(sorted((fold_phrase(short), capitals) for short, capitals in written.items()))


def _with_abbreviation(form: str, short_forms: Sequence[str], capitals: Mapping[str, str]) -> str:
    return f"{form} ({capitals[short_forms[0]]})" if short_forms else form


def _contains(corpus: Corpus, folded: Sequence[tuple[str, ...]]) -> csr_matrix:
    from scipy.sparse import csr_matrix as table

    matcher = PhraseMatcher(dict(enumerate(folded)), for_themes=True)
    columns_of_row = [sorted(matcher.labels_in(finding.text)) for finding in corpus.findings]
    columns = np.fromiter((c for row in columns_of_row for c in row), dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum([len(row) for row in columns_of_row])])
    ones = np.ones(len(columns), dtype=np.float32)
    return table((ones, columns, ends), shape=(len(columns_of_row), len(folded)))
