"""Which priorities a text gives real evidence on, with sub-area and evidence.

A priority is found by its phrases in the framework, so one that a partnership adds works
at once.  For three known harms, `priority_guards` separates evidence from near-misses.  A
harm that is one of more than three things in a list is a mention: it scores below 0.5 and
goes to review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.enumeration import listed_with, names_other_things, sentence_spans
from lif_nlp.annotate.extensions import add_evidence
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.patterns import text_patterns
from lif_nlp.annotate.rules.priority_guards import Guards, guards_for
from lif_nlp.annotate.thresholds import PRIORITIES
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.framework.model import Framework, Priority
from lif_nlp.records import LabelEvidence
from lif_nlp.text.folding import fold_word
from lif_nlp.text.phrase_matching import PhraseMatcher

_HarmWord = tuple[int, int, bool]
"""Words of a harm in a sentence: start, end, and whether they are weak evidence."""


class PriorityFinder:
    """Finds the priorities of a framework in texts of any length."""

    def __init__(self, framework: Framework) -> None:
        self._finders = [_HarmFinder(priority) for priority in framework.priorities]
        self._phrases = PhraseMatcher({p.id: p.phrases for p in framework.priorities})
        self._patterns = text_patterns(
            {
                (finder.id, weak): finder.guards.weak if weak else finder.guards.strong
                for finder in self._finders
                for weak in (False, True)
            }
        )
        self._weak_phrases = {finder.id: finder.guards.weak_phrases for finder in self._finders}

    def find(self, text: str) -> list[LabelEvidence]:
        """The best evidence for each priority, in the order of the framework."""
        sentences = [
            (start, end, self._harm_words(text[start:end])) for start, end in sentence_spans(text)
        ]
        best = (
            finder.find(text, [(start, end, words[finder.id]) for start, end, words in sentences])
            for finder in self._finders
            if any(finder.id in words for _, _, words in sentences)
        )
        return [evidence for evidence in best if evidence is not None]

    def _harm_words(self, sentence: str) -> dict[str, list[_HarmWord]]:
        """The words of each harm in a sentence, by priority."""
        words: dict[str, list[_HarmWord]] = defaultdict(list)
        for match in self._phrases.find(sentence):
            weak = match.phrase.lower() in self._weak_phrases[match.label]
            words[match.label].append((match.start, match.end, weak))
        for (priority, weak), matches in self._patterns.find(sentence).items():
            words[priority] += [(*match.span(), weak) for match in matches]
        return words


class _HarmFinder:
    """Judges the words of one harm."""

    def __init__(self, priority: Priority) -> None:
        self.id = priority.id
        self.guards: Guards = guards_for(priority.id)
        # Near-misses that the guards know are left to them: their patterns look further.
        others = [n for n in priority.near_misses if not self.guards.masks.search(n)]
        self._near_misses = PhraseMatcher({"near miss": others})
        self._sub_areas = PhraseMatcher({area.id: area.phrases for area in priority.sub_areas})

    def find(
        self, text: str, words: Iterable[tuple[int, int, list[_HarmWord]]]
    ) -> LabelEvidence | None:
        """The best evidence in `text`, given start, end and harm words of each sentence."""
        evidence = [
            item
            for start, end, harm_words in words
            if harm_words
            for item in self._evidence(text, start, end, harm_words)
        ]
        if not evidence:
            return None
        best = max(evidence, key=lambda e: (e.score, -e.start))
        score = best.score
        weak_words = {fold_word(text[e.start : e.end]) for e in evidence if e.kind == "weak"}
        if best.kind == "weak" and len(weak_words) > 1:
            score = PRIORITIES.scores["weak with company"]
        if self._is_about_adults(text):
            score = min(score, PRIORITIES.scores["weak"])
        rule = "rule:" + best.kind.replace(" ", "-")
        return LabelEvidence(
            "priority", self.id, best.start, best.end, score, rule, self._sub_area(text)
        )

    def _evidence(
        self, text: str, start: int, end: int, words: Iterable[_HarmWord]
    ) -> Iterator[_Evidence]:
        sentence = text[start:end]
        masks = self._masks(sentence)
        context, offset = (text, start) if self.guards.company_anywhere else (sentence, 0)
        for a, b, weak in words:
            if any(mask_start <= a and b <= mask_end for mask_start, mask_end in masks):
                continue
            if weak:
                # The word itself must not count as its own company.
                other_words = f"{context[: offset + a]} | {context[offset + b :]}"
                has_company = self.guards.company.search(other_words)
                kind = "weak with company" if has_company else "weak"
            else:
                kind = self._kind_in_list(sentence, a, b)
            yield _Evidence(start + a, start + b, kind)

    def _masks(self, sentence: str) -> list[tuple[int, int]]:
        """Spans in which words of the harm mean something else."""
        spans = [match.span() for match in self.guards.masks.finditer(sentence)]
        return spans + [(match.start, match.end) for match in self._near_misses.find(sentence)]

    def _kind_in_list(self, sentence: str, start: int, end: int) -> str:
        items = listed_with(sentence, start, end)
        if len(items) == 1:
            return "substantive"
        things = names_other_things(items, self.guards.own)
        return "short list" if things <= PRIORITIES.max_listed else "long list"

    def _is_about_adults(self, text: str) -> bool:
        return bool(self.guards.elsewhere.search(text)) and not self.guards.here.search(text)

    def _sub_area(self, text: str) -> str:
        matches = self._sub_areas.find(text)
        return max(matches, key=lambda m: (m.length, -m.start)).label if matches else ""


@dataclass(frozen=True, slots=True)
class _Evidence:
    start: int
    end: int
    kind: str

    @property
    def score(self) -> float:
        return PRIORITIES.scores[self.kind]


@Language.factory(
    "lif_priorities", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"]
)
def make_priorities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that labels priorities on each unit."""
    finder = PriorityFinder(resources_of(nlp).framework)

    def label_priorities(doc: Doc) -> Doc:
        for unit in units_of(doc):
            for evidence in finder.find(unit.raw):
                add_evidence(unit.span, evidence)
        return doc

    return label_priorities
