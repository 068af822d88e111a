"""Labels Documents: a Document in, its Findings out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lif_nlp.about import MODELS
from lif_nlp.annotate.finding_titles import finding_titles
from lif_nlp.annotate.findings import collect
from lif_nlp.annotate.models.linear import find_model
from lif_nlp.annotate.pipeline import AFTER_ROLES, build_pipeline
from lif_nlp.annotate.role_context import RoleSettler
from lif_nlp.framework.model import HEADED_BY_SUBJECT, Framework
from lif_nlp.model_files import ROLE_CONTEXT
from lif_nlp.protocols import Encode
from lif_nlp.records import Annotated, Block, Document, Finding

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WHOLE_KINDS = ("bullet", "table_row", "note", "heading")
"""Kinds of block that are one finding, however many sentences they hold."""

_BATCH = 64
"""Blocks that spaCy takes, and the encoder encodes, at a time.

More is no faster; chosen by judgement.
"""

_IN_CONTEXT = 1000
"""Blocks whose units see each other as neighbours and section when roles are settled.

More keeps more Docs in memory, and few reports are longer; chosen by judgement.
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
    in_context
        Settle the roles of a report in context.  Without it, and by rules alone, a role is what
        words and heading say.

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
        in_context: bool = True,
    ) -> None:
        self.nlp = build_pipeline(
            framework,
            encode=encode,
            spacy_model=spacy_model,
            models=None if rules_only else models,
        )
        settles = in_context and not rules_only
        self._roles = RoleSettler(
            find_model(models, ROLE_CONTEXT, encode=encode) if settles else None
        )
        self._headed_by_subject = frozenset(
            kind.id for kind in framework.review_types if kind.family in HEADED_BY_SUBJECT
        )

    def annotate(self, document: Document) -> Annotated:
        """The findings of one document, in reading order.

        The result's `boilerplate` counts the units left out.  Headings are units only if they
        are findings (`finding_titles`).
        """
        findings = tuple(
            finding
            for blocks, docs in self.until_roles(document)
            for block, doc in zip(blocks, self._finished(document, docs), strict=True)
            for finding in collect(doc, document=document, block=block)
        )
        return Annotated(document.doc_id, findings, self._count_boilerplate(document))

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

    def until_roles(self, document: Document) -> Iterator[tuple[list[Block], list[Doc]]]:
        """Blocks of a report, and their Docs with all labels that need no neighbours.

        In reading order and in groups of at most `_IN_CONTEXT`, for a report of any length.
        """
        own_blocks = (b for b in self._read_blocks(document) if not b.boilerplate)
        while blocks := list(islice(own_blocks, _IN_CONTEXT)):
            made = (self._doc(document, block) for block in blocks)
            yield blocks, list(self.nlp.pipe(made, batch_size=_BATCH, disable=self._after_roles()))

    def _after_roles(self) -> list[str]:
        """Names of the components that read roles."""
        names = self.nlp.pipe_names
        return names[names.index(AFTER_ROLES) :]

    def _finished(self, document: Document, docs: Sequence[Doc]) -> Iterator[Doc]:
        """The Docs with roles settled in context, and with all labels that depend on roles."""
        # The model of context was taught reviews; letters and inspections are written otherwise.
        if document.review_type not in self._headed_by_subject:
            self._roles.settle(docs)
        components = [self.nlp.get_pipe(name) for name in self._after_roles()]
        for doc in docs:
            yield reduce(lambda labelled, component: component(labelled), components, doc)

    def _read_blocks(self, document: Document) -> Iterator[Block]:
        """The blocks of a document without the headings that only name what follows."""
        titles = {document.blocks[at] for at in finding_titles(document, self._headed_by_subject)}
        return (b for b in document.blocks if b.kind != "heading" or b in titles)

    def _doc(self, document: Document, block: Block) -> Doc:
        doc = self.nlp.make_doc(document.slice(block.start, block.end))
        doc._.heading, doc._.kind = block.heading, block.kind
        doc._.whole = block.kind in WHOLE_KINDS
        doc._.review_type = document.review_type
        doc._.position = block.start / len(document.text)
        return doc

    def _doc_of_text(self, text: str, heading: tuple[str, ...]) -> Doc:
        doc = self.nlp.make_doc(text)
        doc._.heading, doc._.whole = heading, True
        return doc

    def _count_boilerplate(self, document: Document) -> int:
        """How many units the blocks of boilerplate hold."""
        split = self.nlp.get_pipe("lif_sentences")
        # No heading of boilerplate is a finding (`finding_titles`), so none is read.
        blocks = (b for b in document.blocks if b.boilerplate and b.kind != "heading")
        docs = (self._doc(document, block) for block in blocks)
        return sum(1 for doc in docs for _ in split(doc).sents)
