"""The phrases that are at home in one known theme, and the names of its sub-themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lif_nlp.text.folding import fold_phrase
from lif_nlp.themes.corpus import Rows
from lif_nlp.themes.discovery.naming import particular_stems, restore_capitals, says_more
from lif_nlp.themes.discovery.stable_clustering import Bools
from lif_nlp.themes.subthemes.phrase_index import PhraseIndex
from lif_nlp.themes.subthemes.selection import Counts, PhraseCounts, PhraseGroup
from lif_nlp.themes.thresholds import NAMING, SUBTHEMES


@dataclass(frozen=True)
class ThemePhrases:
    """A known theme to be divided: its title, its rows, and which phrases are at home in it.

    Phrases are numbered in two ways: by their column in the index of the whole corpus, and
    by their place among `columns`, the phrases that may lead a part of this theme.
    """

    index: PhraseIndex
    title: str
    rows: Rows
    at_home: Bools

    @cached_property
    def columns(self) -> Rows:
        """Columns of phrases at home here, nearly frequent enough, that add to the title."""
        lexicon, title = self.index.lexicon, fold_phrase(self.title)
        sizes = np.asarray(lexicon.contains[self.rows].sum(axis=0)).ravel()
        least = SUBTHEMES.near_min_findings * SUBTHEMES.least_findings(len(self.rows))
        return np.array(
            [
                column
                for column in np.flatnonzero((sizes >= least) & self.at_home)
                if _adds_to_title(lexicon.folded[column], title)
            ],
            dtype=np.intp,
        )

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The phrases in their folded form."""
        return tuple(self.index.lexicon.folded[column][0] for column in self.columns)

    @cached_property
    def is_set_term(self) -> Bools:
        """Whether a phrase has an abbreviation of its own."""
        return np.array([len(self.index.lexicon.folded[c]) > 1 for c in self.columns], dtype=bool)

    @cached_property
    def counts(self) -> PhraseCounts:
        """Which of the phrases occur in which findings."""
        index = self.index
        # Compared without the words of the title, which many of these phrases share.
        stems = [particular_stems(phrase, fold_phrase(self.title)) for phrase in self.folded]
        number = {one: place for place, one in enumerate(dict.fromkeys(stems))}
        return PhraseCounts(
            contains=index.lexicon.contains[self.rows][:, self.columns].toarray() > 0,
            report=index.report_of[self.rows],
            corpus_counts=index.per_report[:, self.columns].toarray().astype(np.int64),
            corpus_sizes=np.bincount(index.report_of, minlength=len(index.reports)),
            report_ids=index.reports,
            words=np.array([len(phrase.split()) for phrase in self.folded], dtype=np.int64),
            variant=np.array([number[one] for one in stems], dtype=np.int64),
        )

    def name(self, group: PhraseGroup) -> str:
        """The title, and the phrase or two that cover most of the group."""
        contains, size = self.counts.contains, int(group.rows.sum())
        first = self._shorter_if_common(group, self._longest_common(group))
        rest = group.rows & ~contains[:, first]
        places = [first]
        others = [place for place in group.phrases if self._is_other(place, first)]
        if others and rest.sum() > (1 - SUBTHEMES.name_share) * size:
            gains = [int((contains[:, place] & rest).sum()) for place in others]
            if max(gains) >= SUBTHEMES.second_phrase_share * size:
                places.append(others[int(np.argmax(gains))])
        return f"{self.title}: {' and '.join(self._written(places))}"

    def terms(self, groups: Sequence[PhraseGroup]) -> list[tuple[str, ...]]:
        """For each group its phrases, then phrases that distinguish it from its siblings.

        A phrase is a term of one group only: the one that it distinguishes best.
        """
        if not groups:
            return []
        contains = self.counts.contains
        sizes = np.array([contains[group.rows].sum(axis=0) for group in groups])
        share = sizes / np.array([[max(1, int(group.rows.sum()))] for group in groups])
        lift = np.log(np.maximum(share, 1e-9) / np.maximum(contains.mean(axis=0), 1e-9))
        distinguishes = (sizes >= SUBTHEMES.term_min_findings) & (lift >= SUBTHEMES.term_min_lift)
        weight = np.where(distinguishes, share * lift, 0.0)
        # The phrases of the groups stand first anyway.
        weight[:, [place for group in groups for place in group.phrases]] = 0.0
        # Siblings with the same term could not be told apart by their terms.
        weight = np.where(weight == weight.max(axis=0), weight, 0.0)
        terms = []
        for group, row in zip(groups, weight, strict=True):
            further = np.flatnonzero(row)[np.argsort(-row[row > 0], kind="stable")]
            places = [*group.phrases, *further.tolist()]
            terms.append(tuple(_without_parts(self._written(places))[: NAMING.terms]))
        return terms

    def _longest_common(self, group: PhraseGroup) -> int:
        """The longest phrase that most findings with the group's lead contain.

        Of a set term a smaller share will do: after the first mention a text may shorten it.
        """
        sizes = self._sizes(group)
        share = np.where(self.is_set_term, SUBTHEMES.name_share_set_term, SUBTHEMES.name_share)
        lead, variant = self.folded[group.lead], self.counts.variant[group.lead]
        return max(
            (
                place
                for place in np.flatnonzero(sizes >= share * sizes[group.lead]).tolist()
                if f" {lead} " in f" {self.folded[place]} " or self.counts.variant[place] == variant
            ),
            key=lambda place: (len(self.folded[place].split()), sizes[place]),
        )

    def _shorter_if_common(self, group: PhraseGroup, longest: int) -> int:
        """The part of a phrase that nearly all findings contain, where few contain it whole."""
        sizes, size = self._sizes(group), int(group.rows.sum())
        if self.is_set_term[longest] or sizes[longest] >= SUBTHEMES.name_share * size:
            return longest
        phrase = f" {self.folded[longest]} "
        parts = [place for place in group.phrases if f" {self.folded[place]} " in phrase]
        common = max(parts, key=lambda place: int(sizes[place]), default=longest)
        return common if sizes[common] >= SUBTHEMES.name_share_wider * size else longest

    def _sizes(self, group: PhraseGroup) -> Counts:
        """Findings of the group that contain each phrase."""
        return np.asarray((self.counts.contains & group.rows[:, None]).sum(axis=0))

    def _is_other(self, place: int, first: int) -> bool:
        """Whether a phrase names something else than the first, not a part or variant of it."""
        one, other = f" {self.folded[first]} ", f" {self.folded[place]} "
        variant = self.counts.variant
        return bool(variant[place] != variant[first]) and not (one in other or other in one)

    def _written(self, places: Sequence[int]) -> list[str]:
        """The phrases at these places as reports write them."""
        forms = [self.index.lexicon.forms[self.columns[place]] for place in places]
        return [restore_capitals(form, self.index.vocabulary.written) for form in forms]


def _adds_to_title(forms: Sequence[str], title: str) -> bool:
    phrase, *short_forms = forms
    is_title = set(short_forms) & set(title.split())
    return says_more(phrase, title, is_set_term=bool(short_forms)) and not is_title


def _without_parts(forms: Sequence[str]) -> list[str]:
    """`forms` without those that are part of one before.

    >>> _without_parts(["return home interviews", "home interviews", "police"])
    ['return home interviews', 'police']
    """
    whole: list[str] = []
    for form in forms:
        if not any(f" {fold_phrase(form)} " in f" {fold_phrase(other)} " for other in whole):
            whole.append(form)
    return whole
