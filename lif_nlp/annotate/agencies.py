# ruff: noqa: E501
"""Which agencies and professional groups a sentence names, and which of them acts.

Names, abbreviations and roles come from the framework; the longest name at a place
wins, and a name with other meanings ("ED", "surgery", "front door") counts only in
the company that `agency_context` asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.agency_context import CONTEXTS, Context
from lif_nlp.annotate.enumeration import sentence_spans
from lif_nlp.annotate.lexicon import Hit, PhraseTable, is_abbreviation, words_of
from lif_nlp.annotate.marking import add_found
from lif_nlp.annotate.resources import resources_of
from lif_nlp.framework.model import Framework
from lif_nlp.records import Mark

ACTOR = "actor"
"""Note of a mark whose agency does, or should do, what the sentence speaks of."""

_HEADED_BY = (
    r"\b(?:to|from|with|of|for|in|into|at|on|via|through|between|among|against|about|within|without"
    r"|towards?|including|like|contact(?:ed|ing)?|inform(?:ed|ing)?|told|telling|alerted|notified"
    r"|rang|phoned|called|asked|advised|referred|consult(?:ed|ing)?|involv(?:ed|ing))"
)
_MODIFIERS = r"(?:\s+(?:the|a|an|any|all|both|local|her|his|their|its|other|another|adult|new|named|key|allocated|duty|same|family['’]s|child['’]s|mother['’]s|[A-Z]\w+))*\s*$"
_GOVERNED = re.compile(_HEADED_BY + _MODIFIERS)
_BY = re.compile(r"\bby" + _MODIFIERS)
_PARTNERS_IN_ACT = re.compile(r"^\s*(?:,|and|or|,\s*and|&|/|as well as)\s*(?:the\s+|local\s+)*$")
_NOUNS_AFTER = (
    r"(?:\s+(?:services?|teams?|staff|officers?|workers?|practitioners?|professionals?|managers?|partners?"
    r"|department|agency|agencies|trust|practice|nurses?|colleagues|leaders|leads?|representatives?|unit"
    r"|and|,|in|across|[A-Z]\w+)){0,4}?"
)
_ACTS = re.compile(
    r"^(?:['’]s?\b)?"
    + _NOUNS_AFTER
    + r"\s+(?:\w+ly\s+|also\s+|often\s+|always\s+|never\s+|then\s+|both\s+|who\s+)*"
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|could|should|must|may|might|can|cannot|need(?:s|ed)?"
    r"|ought|\w{3,}ed|ma[kd]e|ma?kes|took|takes?|g[ai]ves?|held|holds?|saw|sees?|knew|knows?|met|sent|found|left|led"
    r"|leads?|wrote|heard|felt|thought|spoke|sought|kept|began|became|came|went|told|put|ran|set|shares?|works?"
    r"|offers?|provides?|uses?|understands?|understood|lacks?|remains?|responds?|records?|reviews?|identif(?:y|ies)"
    r"|recogni[sz]es?|visits?|refers?|attends?|contributes?|ensures?|assess(?:es)?|plans?|complete[s]?|receives?)\b"
)

_TOLD = re.compile(
    r"^"
    + _NOUNS_AFTER
    + r"\s+(?:is|are|was|were|being|be|been|had been|has been|have been)\s+(?:\w+ly\s+|not\s+|never\s+|also\s+)*"
    r"(?:told|informed|invited|given|asked|sent|notified|contacted|consulted|involved|alerted|advised|aware"
    r"|unaware|(?:\w+\s+){1,4}?by\s)"
)


class AgencyFinder:
    """Finds the agencies and groups of a framework in a text."""

    def __init__(self, framework: Framework) -> None:
        names = {a.id: (*a.names, *a.abbreviations, *a.roles, a.name) for a in framework.agencies}
        self.table = PhraseTable(names)

    def find(self, text: str) -> list[Mark]:
        """One mark per mention, in reading order; `note` is "actor" where the agency acts."""
        marks: list[Mark] = []
        for start, end in sentence_spans(text):
            marks += self._in_sentence(text[start:end], start)
        return marks

    def _in_sentence(self, sentence: str, offset: int) -> list[Mark]:
        hits = longest(hit for hit in self.table.find(sentence) if _fits(hit, sentence))
        acting = _actors(hits, sentence)
        return [
            Mark(
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


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that no longer hit overlaps, in reading order."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.length, h.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _fits(hit: Hit, sentence: str) -> bool:
    """Whether an ambiguous name is meant here."""
    folded = " ".join(word.folded for word in words_of(hit.phrase))
    context = CONTEXTS.get(folded)
    return context is None or _allows(context, hit, sentence)


def _allows(context: Context, hit: Hit, sentence: str) -> bool:
    before, after = sentence[: hit.start], sentence[hit.end :]
    around = f"{before} {after}"
    if context.as_written and not sentence[hit.start : hit.end].startswith(hit.phrase[:1].upper()):
        return False
    if context.as_written and not is_abbreviation(hit.phrase) and not before.strip():
        return False
    return (
        (context.need is None or bool(context.need.search(around)))
        and not (context.refuse and context.refuse.search(around))
        and not (context.before and context.before.search(before))
        and not (context.after and context.after.search(after))
    )


def _actors(hits: Sequence[Hit], sentence: str) -> list[Hit]:
    """The hits whose agency acts; "police and social care decided" has two."""
    acting = [hit for hit in hits if _acts(hit, sentence)]
    for hit in reversed(hits):
        follows = next((h for h in acting if h.start > hit.start), None)
        if hit not in acting and follows and not _governed(hit, sentence):
            between = sentence[hit.end : follows.start]
            if _PARTNERS_IN_ACT.match(between):
                acting.insert(0, hit)
    return acting


def _acts(hit: Hit, sentence: str) -> bool:
    before, after = sentence[: hit.start], sentence[hit.end :]
    if _BY.search(before):
        return True
    # "The GP was not told by the ward": the subject of a passive is not the one that acts.
    if _governed(hit, sentence) or _TOLD.match(after):
        return False
    return bool(_ACTS.match(after))


def _governed(hit: Hit, sentence: str) -> bool:
    return bool(_GOVERNED.search(sentence[: hit.start]))


@Language.factory("lif_agencies", requires=["doc.sents"], assigns=["span._.marks", "span._.scores"])
def make_agencies(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that marks agencies on each unit."""
    finder = AgencyFinder(resources_of(nlp).framework)

    def mark_agencies(doc: Doc) -> Doc:
        for unit in doc.sents:
            for mark in finder.find(unit.text):
                add_found(unit, mark)
        return doc

    return mark_agencies
