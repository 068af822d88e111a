"""One vector per unit, encoded once and read by every trained component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.protocols import Encode


@Language.factory("lif_vectors", requires=["doc.sents"], assigns=["span._.vector"])
def make_vectors(nlp: Language, name: str) -> UnitEncoder:
    """The component that encodes units, or does nothing without an encoder."""
    return UnitEncoder(resources_of(nlp).encode)


class UnitEncoder:
    """Sets `unit._.vector`; a whole batch of Docs is encoded in one call."""

    def __init__(self, encode: Encode | None) -> None:
        self.encode = encode

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with a vector on each unit."""
        self._set_vectors([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The same Docs, encoded `batch_size` Docs at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._set_vectors(batch)
            yield from batch

    def _set_vectors(self, docs: list[Doc]) -> None:
        if self.encode is None:
            return
        units = [unit for doc in docs for unit in units_of(doc)]
        if not units:
            return
        rows = self.encode([unit.raw.strip() for unit in units])
        for unit, row in zip(units, rows, strict=True):
            unit.span._.vector = row
