"""Frames: what each clause of a unit claims about practice (see `annotate.frames`)."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.components.role import BY_HEADING
from lif_nlp.annotate.extensions import accepted
from lif_nlp.annotate.frames.finder import FrameFinder
from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.unit_tokens import units_of

_MAX_WORDS_LISTED = 14
"""Most words of a list entry whose heading alone decides its side.  A longer entry is a
sentence and says it itself.  Set by judgement; a higher number trusts headings more."""


@Language.factory("lif_frames", requires=["doc.sents", "span._.marks"], assigns=["span._.frames"])
def make_frames(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that frames the claims of each unit."""
    finder = FrameFinder(resources_of(nlp).framework)

    def find_frames(doc: Doc) -> Doc:
        for unit in units_of(doc):
            role = next(accepted(unit.span, "role"), None)
            # A unit of signs alone has no role.
            if role is not None:
                text = unit.raw.strip()
                is_listed = role.by.startswith(BY_HEADING) and len(unit.words) <= _MAX_WORDS_LISTED
                unit.span._.frames = finder.find(text, role.code, listed=is_listed)
        return doc

    return find_frames
