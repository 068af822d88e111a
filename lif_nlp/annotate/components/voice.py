"""Voice: what children and families said or felt, so that it can be shown separately.

Their words are testimony: they are labelled, never corrected.  A sentence about how well a
service listens ("the voice of the child is strong in plans") is not testimony.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.extensions import add_evidence
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.records import LabelEvidence
from lif_nlp.text.pattern_set import PatternIndex, distinct_words

_SPEECH_VERBS = (
    r"(?:said|says|told|tells|felt|feels|feel|describe[ds]?|explained|recalled|remember(?:s|"
    r"ed)?|wished|wishes|wanted"
    r"|asked|wrote|spoke|speaks|thought|think|thinks|believe[ds]?|reported|expressed|commented|"
    r"disclosed|shared|hoped)"
)
# "The mother, who was at home, also said": words allowed between name and verb
_INSERTION = (
    r"(?:,? (?:who [^,]{1,40},|has|have|had|also|then|later|\w+ly|who|herself|himself|both|"
    r"all|spoken with|we spoke to|inspectors met))*"
)
_CHILD = (
    r"(?:child|children|boy|girl|young (?:people|person|woman|man)|sister|sisters|brother|"
    r"brothers|siblings?|care leavers?|pupils?|son|daughter|teenager)"
)
_FAMILY = (
    r"(?:mother|father|parents?|mum|dad|family|families|grandmother|grandfather|grandparents|"
    r"aunt|uncle|carers?|foster carers?|relatives|stepfather|stepmother)"
)
_REPORTED = (
    ("child", re.compile(rf"\b{_CHILD}\b{_INSERTION} {_SPEECH_VERBS}\b", re.IGNORECASE)),
    ("family", re.compile(rf"\b{_FAMILY}\b{_INSERTION} {_SPEECH_VERBS}\b", re.IGNORECASE)),
    (
        "child",
        re.compile(rf"\b(?:in the words of|as) (?:one|a|the) (?:\w+ )?{_CHILD}\b", re.IGNORECASE),
    ),
    (
        "family",
        re.compile(
            rf"\b(?:according to|in the words of) (?:the|her|his) {_FAMILY}\b", re.IGNORECASE
        ),
    ),
)
# Most sentences lack a word for a speaker or a verb of speech, and are not searched.
_INDEX = PatternIndex((pattern.pattern for _, pattern in _REPORTED), re.IGNORECASE)
# At least 12 characters, so that single quoted words do not count as speech.
_QUOTE = re.compile(r"[“\"‘]([^”\"’]{12,})[”\"’]")
_HEADINGS = (
    (
        "child",
        re.compile(
            r"(?:voice|views?|words|experience)s? of (?:the )?(?:child|children)|"
            r"child.s (?:voice|lived|view)|pen picture",
            re.IGNORECASE,
        ),
    ),
    (
        "family",
        re.compile(
            r"family (?:perspective|views?|involvement|contribution)|parents?.? views?|"
            r"views? of the family",
            re.IGNORECASE,
        ),
    ),
)


@Language.factory("lif_voice", requires=["doc.sents"], assigns=["span._.marks"])
def make_voice(nlp: Language, name: str) -> VoiceTagger:
    """The component that labels what children and families said or felt."""
    return VoiceTagger()


class VoiceTagger:
    """Labels of the layer "voice", code "child" or "family"."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with labels on its units."""
        speaker = _speaker_of_headings(doc._.heading)
        for unit in units_of(doc):
            # Who is named as speaking goes before whom the heading announces.
            evidence = _reported_speech(unit.raw) or _quotation(unit.raw, speaker)
            if evidence:
                add_evidence(unit.span, evidence)
        return doc


def _reported_speech(text: str) -> LabelEvidence | None:
    """What a child or family is reported as saying, from their name to the end."""
    for place in _INDEX.possible(distinct_words(text)):
        code, pattern = _REPORTED[place]
        match = pattern.search(text)
        if match:
            end = len(text.rstrip())
            return LabelEvidence("voice", code, match.start(), end, by="rule:tells")
    return None


def _speaker_of_headings(headings: Sequence[str]) -> str:
    """Whose words the headings announce: "child", "family" or ""."""
    return next((c for c, p in _HEADINGS if any(p.search(h) for h in headings)), "")


def _quotation(text: str, code: str) -> LabelEvidence | None:
    """A quotation under a heading that announces whose words follow."""
    quote = _QUOTE.search(text) if code else None
    return (
        LabelEvidence("voice", code, quote.start(), quote.end(), by="rule:quoted")
        if quote
        else None
    )
