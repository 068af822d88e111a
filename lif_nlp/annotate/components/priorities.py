"""Which priorities a text gives real evidence on, with sub-area and evidence.

A priority is found by its phrases in the framework, so one that a partnership adds works
at once.  For three known harms, `priority_guards` separates evidence from near-misses.  A
harm that is one of more than three things in a list is a mention: it scores below 0.5 and
goes to review.

Where no rule gives a priority, a trained model may ("he kept her wages and her phone"): it reads
vectors, words and what the rules have seen, and knows the priorities of the framework that ships.
Where a rule gives one, its words are the evidence, and the model is not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.enumeration import listed_with, names_other_things, sentence_spans
from lif_nlp.annotate.extensions import ACCEPT, add_evidence
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.unit_rows import extra_rows, vectors_of
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.patterns import text_patterns
from lif_nlp.annotate.rules.priority_guards import Guards, guards_for
from lif_nlp.annotate.thresholds import PRIORITIES
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.framework.model import Framework, Priority
from lif_nlp.records import LabelEvidence
from lif_nlp.text.folding import fold_word
from lif_nlp.text.phrase_matching import PhraseMatcher

BY_MODEL = "model:priorities"
"""Source of evidence that no rule gave."""

_JUST_BELOW = 0.49
"""Score of a text that the model would give a priority, were it a paragraph."""

_LISTED = "rule:long-list"
"""Source of evidence for a harm that is one of many things in a list."""

_KINDS = tuple(kind for kind in PRIORITIES.scores if kind != "mask")
"""Kinds of evidence, strongest first."""

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

    def sub_area(self, text: str, priority: str) -> str:
        """The sub-area of a priority that a text speaks of, or ""."""
        return next((f.sub_area(text) for f in self._finders if f.id == priority), "")

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
            "priority", self.id, best.start, best.end, score, rule, self.sub_area(text)
        )

    def sub_area(self, text: str) -> str:
        """The sub-area whose phrase in `text` is longest, or ""."""
        matches = self._sub_areas.find(text)
        return max(matches, key=lambda m: (m.length, -m.start)).label if matches else ""

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


@dataclass(frozen=True, slots=True)
class _Evidence:
    start: int
    end: int
    kind: str

    @property
    def score(self) -> float:
        return PRIORITIES.scores[self.kind]


def priority_feature_names(priorities: Iterable[str]) -> tuple[str, ...]:
    """Names of the columns of `priority_features`; they are stored in trained models."""
    return tuple(f"{priority}:{kind}" for priority in priorities for kind in (*_KINDS, "score"))


def priority_features(
    evidence: Iterable[LabelEvidence], priorities: Collection[str]
) -> list[float]:
    """For each priority the kind of its best evidence by the rules, and its score."""
    row = dict.fromkeys(priority_feature_names(priorities), 0.0)
    for item in evidence:
        kind = item.by.removeprefix("rule:").replace("-", " ")
        if item.code in priorities:
            row[f"{item.code}:score"] = item.score
            if kind in _KINDS:
                row[f"{item.code}:{kind}"] = 1.0
    return list(row.values())


class PriorityTagger:
    """Labels the priorities of a framework on the units of a Doc.

    Parameters
    ----------
    framework
        Priorities with their phrases.
    model
        The trained model, or None to use rules alone.
    """

    def __init__(self, framework: Framework, model: LinearModel | None = None) -> None:
        self.finder = PriorityFinder(framework)
        self.model = model
        self._in_framework = {priority.id for priority in framework.priorities}

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with evidence on its units."""
        units = units_of(doc)
        found = [self.finder.find(unit.raw) for unit in units]
        if self.model and units:
            scores = self._scores(self.model, units, found)
            bounds = self.model.uncertain
            found = [
                self._with_model(unit.raw, evidence, row, bounds)
                for unit, evidence, row in zip(units, found, scores, strict=True)
            ]
        for unit, evidence in zip(units, found, strict=True):
            for item in evidence:
                add_evidence(unit.span, item)
        return doc

    def _scores(
        self,
        model: LinearModel,
        units: Sequence[TokenizedUnit],
        found: Sequence[Sequence[LabelEvidence]],
    ) -> list[dict[str, float]]:
        """The model's scores of each unit, by priority."""
        rows = [priority_features(evidence, model.labels) for evidence in found]
        names = priority_feature_names(model.labels)
        vectors = vectors_of(units) if model.features.dim else None
        scores = model.scores(
            [unit.raw for unit in units],
            vectors=vectors,
            extra=extra_rows(rows, names, model.features.extra),
        )
        return [dict(zip(model.labels, map(float, row), strict=True)) for row in scores]

    def _with_model(
        self,
        text: str,
        evidence: Sequence[LabelEvidence],
        scores: Mapping[str, float],
        bounds: Mapping[str, tuple[float, float]],
    ) -> list[LabelEvidence]:
        """The evidence of the rules, and in place of what they doubt that of the model.

        The model has no words to show: words that the rules doubted are shown, or the whole text.
        A harm in a long list stays a mention, since the guidelines count the things in a list.
        """
        by_code = {item.code: item for item in evidence}
        for code, score in scores.items():
            doubted, own = by_code.get(code), _own_score(score, words=len(text.split()))
            if code not in self._in_framework or own < bounds[code][0]:
                continue
            if doubted is None:
                area = self.finder.sub_area(text, code)
                by_code[code] = LabelEvidence("priority", code, 0, len(text), own, BY_MODEL, area)
            elif doubted.by != _LISTED and doubted.score < min(own, ACCEPT):
                by_code[code] = replace(doubted, score=own, by=BY_MODEL)
        return list(by_code.values())


def _own_score(score: float, *, words: int) -> float:
    """What a model's score counts for a text with so many words."""
    if words < PRIORITIES.fewest_words:
        return 0.0
    if words < PRIORITIES.paragraph_words and ACCEPT <= score < PRIORITIES.in_sentence:
        return _JUST_BELOW
    return score


@Language.factory(
    "lif_priorities", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"]
)
def make_priorities(nlp: Language, name: str) -> PriorityTagger:
    """The component that labels priorities on each unit."""
    resources = resources_of(nlp)
    return PriorityTagger(resources.framework, resources.model("priorities"))
