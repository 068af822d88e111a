"""Which priorities a text gives real evidence on, with sub-area and evidence.

A priority comes from the phrases of the framework, so one that a partnership adds
there works at once.  For three known harms `priority_guards` tells evidence from
near-misses.  A harm that is one of more than three things listed is a mention: it
gets a score below the line and goes to review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.enumeration import listed_with, names_other_things, sentence_spans
from lif_nlp.annotate.marking import add_found
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.patterns import wordings
from lif_nlp.annotate.rules.priority_guards import Guards, guards_for
from lif_nlp.annotate.unit_tokens import phrases_of
from lif_nlp.framework.model import Framework, Priority
from lif_nlp.records import LabelEvidence
from lif_nlp.text.folding import fold_word
from lif_nlp.text.phrase_matching import PhraseMatch, PhraseMatcher

MOST_LISTED = 3
"""A harm in a list counts when the list holds at most this many things."""

SCORES = {"substantive": 0.95, "short list": 0.85, "weak with company": 0.7, "long list": 0.4}
SCORES |= {"weak": 0.3, "mask": 0.0}
"""Score of each kind of evidence; from 0.5 a text carries the priority."""

UNCERTAIN = (0.3, 0.5)
"""Scores in this band go to a person: a long list, a weak word without company."""


_Word = tuple[int, int, bool]


class PriorityFinder:
    """Finds the priorities of a framework in texts of any length."""

    def __init__(self, framework: Framework) -> None:
        self.readers = [_Reader(priority) for priority in framework.priorities]
        self._phrases = PhraseMatcher({p.id: p.phrases for p in framework.priorities})
        self._harms = wordings(
            {
                (reader.id, weak): reader.guards.weak if weak else reader.guards.strong
                for reader in self.readers
                for weak in (False, True)
            }
        )
        self._weak = {reader.id: reader.guards.weak_phrases for reader in self.readers}

    def find(self, text: str) -> list[LabelEvidence]:
        """At most one mark per priority, in the order of the framework: the best evidence."""
        words = [(start, end, self._words(text[start:end])) for start, end in sentence_spans(text)]
        marks = (
            reader.read(text, [(start, end, found[reader.id]) for start, end, found in words])
            for reader in self.readers
            if any(reader.id in found for _, _, found in words)
        )
        return [mark for mark in marks if mark is not None]

    def _words(self, sentence: str) -> dict[str, list[_Word]]:
        """Start, end and weakness of every word of a harm, by priority."""
        words: dict[str, list[_Word]] = defaultdict(list)
        for hit in self._phrases.find(sentence):
            weak = hit.phrase.lower() in self._weak[hit.label]
            words[hit.label].append((hit.start, hit.end, weak))
        for (priority, weak), matches in self._harms.find(sentence).items():
            words[priority] += [(*match.span(), weak) for match in matches]
        return words


class _Reader:
    """Weighs the words of one harm."""

    def __init__(self, priority: Priority) -> None:
        self.id = priority.id
        self.guards: Guards = guards_for(priority.id)
        # A near-miss that the guards know is left to them: their patterns look further.
        left = [n for n in priority.near_misses if not self.guards.masks.search(n)]
        self.masks = PhraseMatcher({"near miss": left})
        self.sub_areas = PhraseMatcher({area.id: area.phrases for area in priority.sub_areas})

    def read(
        self, text: str, words: Iterable[tuple[int, int, list[_Word]]]
    ) -> LabelEvidence | None:
        """The best evidence in `text`, given the words of the harm in each of its sentences."""
        found = [
            evidence
            for start, end, listed in words
            if listed
            for evidence in self._evidence(text, start, end, listed)
        ]
        if not found:
            return None
        best = max(found, key=lambda e: (e.score, -e.start))
        score = best.score
        weak = {fold_word(text[e.start : e.end]) for e in found if e.kind == "weak"}
        if best.kind == "weak" and len(weak) > 1:
            score = SCORES["weak with company"]
        if self._about_others(text):
            score = min(score, SCORES["weak"])
        note = self._sub_area(text)
        rule = "rule:" + best.kind.replace(" ", "-")
        return LabelEvidence("priority", self.id, best.start, best.end, score, rule, note)

    def _evidence(
        self, text: str, start: int, end: int, words: Iterable[_Word]
    ) -> Iterator[_Evidence]:
        sentence = text[start:end]
        masked = self._masked(sentence)
        around = text if self.guards.company_anywhere else sentence
        shift = start if self.guards.company_anywhere else 0
        for a, b, weak in words:
            if any(mask_start <= a and b <= mask_end for mask_start, mask_end in masked):
                continue
            kind = "substantive"
            if weak:
                beside = f"{around[: shift + a]} | {around[shift + b :]}"
                kind = "weak with company" if self.guards.company.search(beside) else "weak"
            else:
                kind = self._listed(sentence, a, b)
            yield _Evidence(start + a, start + b, kind)

    def _masked(self, sentence: str) -> list[tuple[int, int]]:
        spans = [match.span() for match in self.guards.masks.finditer(sentence)]
        return spans + [(hit.start, hit.end) for hit in self.masks.find(sentence)]

    def _listed(self, sentence: str, start: int, end: int) -> str:
        items = listed_with(sentence, start, end)
        if len(items) == 1:
            return "substantive"
        many = names_other_things(items, self.guards.own)
        return "short list" if many <= MOST_LISTED else "long list"

    def _about_others(self, text: str) -> bool:
        return bool(self.guards.elsewhere.search(text)) and not self.guards.here.search(text)

    def _sub_area(self, text: str) -> str:
        hits: list[PhraseMatch[str]] = self.sub_areas.find(text)
        return max(hits, key=lambda hit: (hit.length, -hit.start)).label if hits else ""


@dataclass(frozen=True, slots=True)
class _Evidence:
    start: int
    end: int
    kind: str

    @property
    def score(self) -> float:
        return SCORES[self.kind]


@Language.factory(
    "lif_priorities", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"]
)
def make_priorities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that marks priorities on each unit."""
    finder = PriorityFinder(resources_of(nlp).framework)

    def mark_priorities(doc: Doc) -> Doc:
        for phrase in phrases_of(doc):
            for mark in finder.find(phrase.raw):
                add_found(phrase.unit, mark)
        return doc

    return mark_priorities
