"""Which agencies and professional groups a sentence names, and which of them acts.

Names, abbreviations and roles come from the framework; the longest name at a place wins.
A name with other meanings ("ED", "surgery", "front door") counts only in the contexts of
`agency_context.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.actors import acting_matches
from lif_nlp.annotate.enumeration import sentence_spans
from lif_nlp.annotate.extensions import add_evidence
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.rules.agency_context import context_of
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.framework.model import Framework
from lif_nlp.records import LabelEvidence
from lif_nlp.text.folding import tokenize
from lif_nlp.text.phrase_matching import PhraseMatch, PhraseMatcher

_STAFF_CODE = re.compile(r"\b([A-Z]{2,4})(\d{1,2})\b")
ACTOR = "actor"
"""Note of the evidence for an agency that does, or should do, what the sentence is about."""


class AgencyFinder:
    """Finds the agencies and groups of a framework in a text."""

    def __init__(self, framework: Framework) -> None:
        names = {a.id: (*a.names, *a.abbreviations, *a.roles, a.name) for a in framework.agencies}
        self._names = PhraseMatcher(names)

    def find(self, text: str) -> list[LabelEvidence]:
        """Evidence for each mention, in reading order; `note` is "actor" if the agency acts."""
        return [
            evidence
            for start, end in sentence_spans(text)
            for evidence in self._in_sentence(text[start:end], start)
        ]

    def _in_sentence(self, sentence: str, offset: int) -> list[LabelEvidence]:
        candidates = self._names.find(_without_code_numbers(sentence))
        mentions = longest_matches(m for m in candidates if _is_agency(m, sentence))
        actors = acting_matches(mentions, sentence)
        return [
            LabelEvidence(
                "agency",
                mention.label,
                offset + mention.start,
                offset + mention.end,
                1.0,
                "rule:agency",
                ACTOR if mention in actors else "",
            )
            for mention in mentions
        ]


def longest_matches(matches: Iterable[PhraseMatch[str]]) -> list[PhraseMatch[str]]:
    """Matches that no longer match overlaps, in reading order."""
    longest: list[PhraseMatch[str]] = []
    for match in sorted(matches, key=lambda m: (-m.length, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in longest):
            longest.append(match)
    return sorted(longest, key=lambda m: m.start)


def _without_code_numbers(sentence: str) -> str:
    """The sentence with the numbers of anonymised staff blanked: "SW4" is a social worker."""
    # Blanks, so that offsets stay.
    return _STAFF_CODE.sub(lambda code: code[1] + " " * len(code[2]), sentence)


def _is_agency(match: PhraseMatch[str], sentence: str) -> bool:
    """Whether a name means the agency here; most names, and numbered codes, mean one thing."""
    # A code with a number names a person's post, whatever the letters else mean.
    if sentence[match.end : match.end + 1].isdigit():
        return True
    context = context_of(" ".join(word.folded for word in tokenize(match.phrase)))
    before, after = sentence[: match.start], sentence[match.end :]
    name = sentence[match.start : match.end]
    return context is None or context.allows(before, name, after, listed=match.phrase)


@Language.factory("lif_agencies", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"])
def make_agencies(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that labels agencies on each unit."""
    finder = AgencyFinder(resources_of(nlp).framework)

    def label_agencies(doc: Doc) -> Doc:
        for unit in units_of(doc):
            for evidence in finder.find(unit.raw):
                add_evidence(unit.span, evidence)
        return doc

    return label_agencies
