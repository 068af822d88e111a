"""One vector per unit, made once and read by every trained component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.annotate.resources import resources_of
from lif_nlp.annotate.unit_tokens import phrases_of
from lif_nlp.protocols import Encode


@Language.factory("lif_vectors", requires=["doc.sents"], assigns=["span._.vector"])
def make_vectors(nlp: Language, name: str) -> UnitVectors:
    """The component that encodes units, or leaves them alone without an encoder."""
    return UnitVectors(resources_of(nlp).encode)


class UnitVectors:
    """Sets `unit._.vector`; encodes a whole batch of Docs in one call."""

    def __init__(self, encode: Encode | None) -> None:
        self.encode = encode

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with a vector on each unit."""
        self._set([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The same Docs, encoded `batch_size` Docs at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._set(batch)
            yield from batch

    def _set(self, docs: list[Doc]) -> None:
        if self.encode is None:
            return
        phrases = [phrase for doc in docs for phrase in phrases_of(doc)]
        if not phrases:
            return
        rows = self.encode([phrase.raw.strip() for phrase in phrases])
        for phrase, row in zip(phrases, rows, strict=True):
            phrase.unit._.vector = row
