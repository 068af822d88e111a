"""Labels Documents: a Document in, its Findings out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lif_nlp.about import MODELS
from lif_nlp.annotate.finding_titles import finding_titles
from lif_nlp.annotate.findings import collect
from lif_nlp.annotate.pipeline import build_pipeline
from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Encode
from lif_nlp.records import Annotated, Block, Document, Finding

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WHOLE_KINDS = ("bullet", "table_row", "note", "heading")
"""Kinds of block that are one finding, however many sentences they hold."""

HEADED_BY_SUBJECT = ("inspection", "coroner", "abroad")
"""Families of review types whose headings name a subject or a grade, and never are findings."""

_BATCH = 64
"""Blocks that spaCy takes, and the encoder encodes, at a time.

More is no faster, and keeps more Docs in memory; chosen by judgement.
"""


class Annotator:
    """Labels each sentence of a document.

    Parameters
    ----------
    framework
        Agencies, priorities and practice themes to look for.
    encode
        Texts to vectors.  Without it, the models that use words alone are taken.
    spacy_model
        Installed spaCy package to build on, or a pipeline; "" for a blank English tokeniser.
    models
        Folder of trained models; those that ship with the package unless given.
    rules_only
        Label by rules alone and load no model.  Labels of role, reason and practice
        themes are then clearly less accurate (figures in METHODS.md).

    Raises
    ------
    ModelError
        If a model is missing or was altered.
    """

    def __init__(
        self,
        framework: Framework,
        *,
        encode: Encode | None = None,
        spacy_model: str | Language = "",
        models: Path = MODELS,
        rules_only: bool = False,
    ) -> None:
        self.nlp = build_pipeline(
            framework,
            encode=encode,
            spacy_model=spacy_model,
            models=None if rules_only else models,
        )
        self._headed_by_subject = frozenset(
            kind.id for kind in framework.review_types if kind.family in HEADED_BY_SUBJECT
        )

    def annotate(self, document: Document) -> Annotated:
        """The findings of one document, in reading order.

        The result's `boilerplate` counts the units left out.  Headings are units only if they
        are findings (`finding_titles`).
        """
        titles = {document.blocks[at] for at in finding_titles(document, self._headed_by_subject)}
        blocks = [b for b in document.blocks if b.kind != "heading" or b in titles]
        own_blocks = [b for b in blocks if not b.boilerplate]
        docs = self.nlp.pipe((self._doc(document, b) for b in own_blocks), batch_size=_BATCH)
        findings = tuple(
            finding
            for block, doc in zip(own_blocks, docs, strict=True)
            for finding in collect(doc, document=document, block=block)
        )
        return Annotated(document.doc_id, findings, self._count_boilerplate(document, blocks))

    def label(self, texts: Sequence[str], headings: Sequence[str] | None = None) -> list[Finding]:
        """One Finding per text that belongs to no document, in order.

        Parameters
        ----------
        texts
            Sentences or paragraphs; each is one unit.
        headings
            For each text the headings above it, outermost first, joined with " > ".
        """
        paths = headings or [""] * len(texts)
        docs = (
            self._doc_of_text(text, tuple(h for h in path.split(" > ") if h))
            for text, path in zip(texts, paths, strict=True)
        )
        return [collect(doc)[0] for doc in self.nlp.pipe(docs, batch_size=_BATCH)]

    def _doc(self, document: Document, block: Block) -> Doc:
        doc = self.nlp.make_doc(document.slice(block.start, block.end))
        doc._.heading, doc._.kind = block.heading, block.kind
        doc._.whole = block.kind in WHOLE_KINDS
        doc._.review_type = document.review_type
        return doc

    def _doc_of_text(self, text: str, heading: tuple[str, ...]) -> Doc:
        doc = self.nlp.make_doc(text)
        doc._.heading, doc._.whole = heading, True
        return doc

    def _count_boilerplate(self, document: Document, blocks: Iterable[Block]) -> int:
        """How many units the blocks of boilerplate hold."""
        split = self.nlp.get_pipe("lif_sentences")
        docs = (self._doc(document, b) for b in blocks if b.boilerplate)
        return sum(1 for doc in docs for _ in split(doc).sents)
