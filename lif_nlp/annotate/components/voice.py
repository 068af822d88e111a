"""Voice: what children and families said or felt, found so that it can be kept apart.

Their words are testimony: they are marked, never corrected.  A sentence about how well
a service hears children ("the voice of the child is strong in plans") is not one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.marking import add_found
from lif_nlp.annotate.unit_tokens import phrases_of
from lif_nlp.records import LabelEvidence
from lif_nlp.text.pattern_set import WordIndex, words_in

_TELLS = (
    r"(?:said|says|told|tells|felt|feels|feel|describe[ds]?|explained|recalled|remember(?:s|"
    r"ed)?|wished|wishes|wanted"
    r"|asked|wrote|spoke|speaks|thought|think|thinks|believe[ds]?|reported|expressed|commented|"
    r"disclosed|shared|hoped)"
)
_BETWEEN = (
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
_VOICES = (
    ("child", re.compile(rf"\b{_CHILD}\b{_BETWEEN} {_TELLS}\b", re.IGNORECASE)),
    ("family", re.compile(rf"\b{_FAMILY}\b{_BETWEEN} {_TELLS}\b", re.IGNORECASE)),
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
_INDEX = WordIndex((pattern.pattern for _, pattern in _VOICES), re.IGNORECASE)
_QUOTE = re.compile(r"[“\"‘]([^”\"’]{12,})[”\"’]")
_HEADING = (
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
def make_voice(nlp: Language, name: str) -> Voice:
    """The component that marks what children and families said or felt."""
    return Voice()


class Voice:
    """Gives marks of the layer "voice", code "child" or "family"."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with marks on its units."""
        quoted = _side_of(doc._.heading)
        for phrase in phrases_of(doc):
            mark = _told(phrase.raw) or _quoted(phrase.raw, quoted)
            if mark:
                add_found(phrase.unit, mark)
        return doc


def _told(text: str) -> LabelEvidence | None:
    """What somebody is said to have said, from their name to the end of the text."""
    for place in _INDEX.possible(words_in(text)):
        code, pattern = _VOICES[place]
        match = pattern.search(text)
        if match:
            end = len(text.rstrip())
            return LabelEvidence("voice", code, match.start(), end, by="rule:tells")
    return None


def _side_of(headings: Sequence[str]) -> str:
    """Whose words the headings promise: "child", "family" or ""."""
    return next((c for c, p in _HEADING if any(p.search(h) for h in headings)), "")


def _quoted(text: str, code: str) -> LabelEvidence | None:
    quote = _QUOTE.search(text) if code else None
    return (
        LabelEvidence("voice", code, quote.start(), quote.end(), by="rule:quoted")
        if quote
        else None
    )
