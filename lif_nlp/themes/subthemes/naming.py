"""What stands in one known theme: the phrases at home there, and how a part of it is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lif_nlp.text.folding import fold_phrase
from lif_nlp.themes.corpus import Rows
from lif_nlp.themes.discovery.naming import kin, restore_capitals, says_more
from lif_nlp.themes.subthemes.phrase_index import Reading
from lif_nlp.themes.subthemes.selection import Bools, Counts, Floors, Subject, Table

FLOORS = Floors(reports=3, findings=8, share_of_reports=0.13, times_root=0.8)
"""How often a part of a known theme must occur."""

# Shares of the findings that a phrase must stand in to be looked at or to give the name.
_NEARLY = 0.7
_MOST = 0.6
_MUCH = 0.3
_NEARLY_ALL = 0.9
_ADDS = 0.25

_TERMS = 8
_FEWEST_WITH_TERM = 3
_TELLING = 0.7
"""Least log of how much oftener a term stands in a part than in the whole theme."""


@dataclass(frozen=True)
class Inside:
    """A known theme to be divided: rows of its findings, and which phrases are at home."""

    reading: Reading
    title: str
    rows: Rows
    home: Bools

    @cached_property
    def columns(self) -> Rows:
        """Phrases at home here, nearly frequent enough, that say more than the title."""
        lexicon, title = self.reading.lexicon, fold_phrase(self.title)
        counts = np.asarray(lexicon.held[self.rows].sum(axis=0)).ravel()
        enough = counts >= _NEARLY * FLOORS.least_findings(len(self.rows))
        return np.array(
            [
                column
                for column in np.flatnonzero(enough & self.home)
                if _says_more(lexicon.folded[column], title)
            ],
            dtype=np.intp,
        )

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The phrases in their folded form."""
        return tuple(self.reading.lexicon.folded[column][0] for column in self.columns)

    @cached_property
    def set_terms(self) -> Bools:
        """Whether a phrase has an abbreviation of its own."""
        return np.array([len(self.reading.lexicon.folded[c]) > 1 for c in self.columns], dtype=bool)

    @cached_property
    def table(self) -> Table:
        """Which of the phrases stand in which findings."""
        reading = self.reading
        particular = [kin(phrase, fold_phrase(self.title)) for phrase in self.folded]
        number = {stems: place for place, stems in enumerate(dict.fromkeys(particular))}
        return Table(
            held=reading.lexicon.held[self.rows][:, self.columns].toarray() > 0,
            report=reading.report_of[self.rows],
            anywhere=reading.per_report[:, self.columns].toarray().astype(np.int64),
            all_of=np.bincount(reading.report_of, minlength=len(reading.reports)),
            names=reading.reports,
            words=np.array([len(phrase.split()) for phrase in self.folded], dtype=np.int64),
            kin=np.array([number[stems] for stems in particular], dtype=np.int64),
        )

    def name(self, subject: Subject) -> str:
        """The title and the phrase, or two, that stand for most of a subject."""
        held, size = self.table.held, int(subject.rows.sum())
        first = self._wider(subject, self._fullest(subject))
        rest = subject.rows & ~held[:, first]
        spoken = [first]
        others = [place for place in subject.phrases if self._is_other(place, first)]
        if others and rest.sum() > (1 - _MOST) * size:
            adds = [int((held[:, place] & rest).sum()) for place in others]
            spoken += [others[int(np.argmax(adds))]] if max(adds) >= _ADDS * size else []
        return f"{self.title}: {' and '.join(self._spoken(spoken))}"

    def _fullest(self, subject: Subject) -> int:
        """The longest phrase that stands in most findings of a subject's lead.

        Of a set term less is asked: after its first mention a text may shorten it.
        """
        within = self._within(subject)
        least = np.where(self.set_terms, _MUCH, _MOST) * within[subject.lead]
        lead, same = self.folded[subject.lead], self.table.kin[subject.lead]
        return max(
            (
                place
                for place in np.flatnonzero(within >= least).tolist()
                if f" {lead} " in f" {self.folded[place]} " or self.table.kin[place] == same
            ),
            key=lambda place: (len(self.folded[place].split()), within[place]),
        )

    def _wider(self, subject: Subject, first: int) -> int:
        """The part of a phrase that nearly all findings hold, where few hold the whole."""
        within, size = self._within(subject), int(subject.rows.sum())
        if self.set_terms[first] or within[first] >= _MOST * size:
            return first
        whole = f" {self.folded[first]} "
        parts = [place for place in subject.phrases if f" {self.folded[place]} " in whole]
        most = max(parts, key=lambda place: int(within[place]), default=first)
        return most if within[most] >= _NEARLY_ALL * size else first

    def _within(self, subject: Subject) -> Counts:
        return np.asarray((self.table.held & subject.rows[:, None]).sum(axis=0))

    def _is_other(self, place: int, first: int) -> bool:
        """Whether a phrase names another thing than the first, not a part or a variant of it."""
        one, other = f" {self.folded[first]} ", f" {self.folded[place]} "
        return bool(self.table.kin[place] != self.table.kin[first]) and not (
            one in other or other in one
        )

    def terms(self, subjects: Sequence[Subject]) -> list[tuple[str, ...]]:
        """For each subject its phrases, then those that tell it from its siblings.

        A phrase is a term of one subject only: of that in which it tells most.
        """
        if not subjects:
            return []
        held = self.table.held
        inside = np.array([held[subject.rows].sum(axis=0) for subject in subjects])
        share = inside / np.array([[max(1, int(subject.rows.sum()))] for subject in subjects])
        lift = np.log(np.maximum(share, 1e-9) / np.maximum(held.mean(axis=0), 1e-9))
        telling = np.where((inside >= _FEWEST_WITH_TERM) & (lift >= _TELLING), share * lift, 0.0)
        telling[:, [place for subject in subjects for place in subject.phrases]] = 0.0
        telling = np.where(telling == telling.max(axis=0), telling, 0.0)
        terms = []
        for subject, row in zip(subjects, telling, strict=True):
            others = np.flatnonzero(row)[np.argsort(-row[row > 0], kind="stable")]
            places = [*subject.phrases, *others.tolist()]
            terms.append(tuple(_without_parts(self._spoken(places))[:_TERMS]))
        return terms

    def _spoken(self, places: Sequence[int]) -> list[str]:
        """The phrases at these places as they are written."""
        forms = [self.reading.lexicon.forms[self.columns[place]] for place in places]
        return [restore_capitals(form, self.reading.vocabulary.written) for form in forms]


def _says_more(forms: Sequence[str], title: str) -> bool:
    phrase, *short = forms
    return says_more(phrase, title, named=bool(short)) and not set(short) & set(title.split())


def _without_parts(forms: Sequence[str]) -> list[str]:
    """`forms` without those that are a piece of one before.

    >>> _without_parts(["return home interviews", "home interviews", "police"])
    ['return home interviews', 'police']
    """
    kept: list[str] = []
    for form in forms:
        if not any(f" {fold_phrase(form)} " in f" {fold_phrase(other)} " for other in kept):
            kept.append(form)
    return kept
