"""Which agencies and professional groups a sentence names, and which of them acts.

Names, abbreviations and roles come from the framework; the longest name at a place
wins, and a name with other meanings ("ED", "surgery", "front door") counts only in
the company that `agency_context` asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.actors import actors
from lif_nlp.annotate.enumeration import sentence_spans
from lif_nlp.annotate.marking import add_found
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.agency_context import context_of
from lif_nlp.annotate.unit_tokens import phrases_of
from lif_nlp.framework.model import Framework
from lif_nlp.records import LabelEvidence
from lif_nlp.text.folding import tokenize
from lif_nlp.text.phrase_matching import PhraseMatch, PhraseMatcher

ACTOR = "actor"
"""Note of a mark whose agency does, or should do, what the sentence speaks of."""


class AgencyFinder:
    """Finds the agencies and groups of a framework in a text."""

    def __init__(self, framework: Framework) -> None:
        names = {a.id: (*a.names, *a.abbreviations, *a.roles, a.name) for a in framework.agencies}
        self.table = PhraseMatcher(names)

    def find(self, text: str) -> list[LabelEvidence]:
        """One mark per mention, in reading order; `note` is "actor" where the agency acts."""
        marks: list[LabelEvidence] = []
        for start, end in sentence_spans(text):
            marks += self._in_sentence(text[start:end], start)
        return marks

    def _in_sentence(self, sentence: str, offset: int) -> list[LabelEvidence]:
        hits = longest(hit for hit in self.table.find(sentence) if _fits(hit, sentence))
        acting = actors(hits, sentence)
        return [
            LabelEvidence(
                "agency",
                hit.label,
                offset + hit.start,
                offset + hit.end,
                1.0,
                "rule:agency",
                ACTOR if hit in acting else "",
            )
            for hit in hits
        ]


def longest(hits: Iterable[PhraseMatch[str]]) -> list[PhraseMatch[str]]:
    """Hits that no longer hit overlaps, in reading order."""
    kept: list[PhraseMatch[str]] = []
    for hit in sorted(hits, key=lambda h: (-h.length, h.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _fits(hit: PhraseMatch[str], sentence: str) -> bool:
    """Whether an ambiguous name is meant here."""
    context = context_of(" ".join(word.folded for word in tokenize(hit.phrase)))
    before, after = sentence[: hit.start], sentence[hit.end :]
    name = sentence[hit.start : hit.end]
    return context is None or context.allows(before, name, after, listed=hit.phrase)


@Language.factory("lif_agencies", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"])
def make_agencies(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that marks agencies on each unit."""
    finder = AgencyFinder(resources_of(nlp).framework)

    def mark_agencies(doc: Doc) -> Doc:
        for phrase in phrases_of(doc):
            for mark in finder.find(phrase.raw):
                add_found(phrase.unit, mark)
        return doc

    return mark_agencies
