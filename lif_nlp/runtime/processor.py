"""What one file asks for: read it and annotate it, with no store at hand.

The same work runs in this process, in a worker process or on another machine.  What
it gives depends on the file and the settings alone, so that tables are the same
whoever did the work, and in whatever order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from lif_nlp.config import Settings
from lif_nlp.errors import LifError
from lif_nlp.framework import Framework, load_framework
from lif_nlp.ids import text_key
from lif_nlp.protocols import deep_encode
from lif_nlp.records import Annotated, Document, Quarantined, Recommendation
from lif_nlp.runtime.models import load_encoder_of, make_annotator

if TYPE_CHECKING:
    from lif_nlp.annotate import Annotator
    from lif_nlp.protocols import Encode, Encoder, Vectors

Read = list[Document | Quarantined]

Source = Path | tuple[bytes, str]
"""A file, or the bytes of one with its name."""


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document with its findings, and the vectors made on the way.

    `vectors` has shape (len(keys), dim); `keys` are the `text_key`s of its rows.
    """

    document: Document
    annotated: Annotated
    recommended: tuple[Recommendation, ...]
    keys: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class FileResult:
    """All that one file gave: documents, and what could not be used, with reasons."""

    read: tuple[LabelledDocument, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()


class DocumentProcessor:
    """Reader, encoder and annotator for one set of settings, loaded when first used."""

    def __init__(
        self,
        settings: Settings,
        *,
        framework: Framework | None = None,
        load: Callable[[], Encoder] | None = None,
    ) -> None:
        self.settings = settings
        self._framework = framework or load_framework(settings.framework)
        self._load = load or (lambda: load_encoder_of(settings))

    def get_ready(self) -> None:
        """Load what reading needs, so that the first file is not charged for it."""
        import lif_nlp.ingest.reader  # noqa: F401

    def read(self, source: Source) -> Read:
        """The documents that one file holds, or why there are none."""
        if isinstance(source, Path):
            return self._read(source)
        content, name = source
        with TemporaryDirectory(prefix="lif-") as folder:
            path = Path(folder, Path(name).name)
            path.write_bytes(content)
            return [
                replace(item, source=name + item.source.removeprefix(str(path)))
                for item in self._read(path)
            ]

    def _read(self, path: Path) -> Read:
        from lif_nlp.ingest import read

        found = list(read(path, framework=self._framework, settings=self.settings))
        return found or [Quarantined(str(path), "nothing was found in it; open it and see")]

    def label(self, document: Document) -> LabelledDocument | Quarantined:
        """The document with its labels, or why it has none.

        One odd report must not stop a night's run; a LifError (a damaged model, a
        wrong setting) concerns every document and is raised.
        """
        try:
            return self._label(document)
        except LifError:
            raise
        except Exception as error:
            reason = (
                f"its sentences could not be labelled ({type(error).__name__}); "
                "report the fault with the document's id"
            )
            return Quarantined(document.source, reason, document.doc_id)

    def _label(self, document: Document) -> LabelledDocument:
        annotated = self._annotator.annotate(document)
        from lif_nlp.annotate import find_recommendations

        keys, vectors = self._encode.take()
        return LabelledDocument(
            document,
            annotated,
            tuple(find_recommendations(annotated.findings, document)),
            keys,
            vectors,
        )

    @cached_property
    def _encode(self) -> RecordingEncoder:
        encoder = self._load()
        return RecordingEncoder(deep_encode(encoder), encoder.dim)

    @cached_property
    def _annotator(self) -> Annotator:
        annotator = make_annotator(self._framework, self._encode, self.settings)
        self._encode.take()
        return annotator


class RecordingEncoder:
    """An `Encode` that keeps the vectors it made, the first `dim` columns, until they are taken.

    It never asks the store, which holds the vectors alone: labelling also reads what
    the encoder's middle layer tells.
    """

    def __init__(self, encode: Encode, dim: int) -> None:
        self._encode, self._dim = encode, dim
        self._made: dict[str, Any] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Rows of `texts`, in the shape that the wrapped `encode` gives."""
        rows = self._encode(texts)
        self._made.update(zip(map(text_key, texts), rows[:, : self._dim], strict=True))
        return rows

    def take(self) -> tuple[tuple[str, ...], Vectors]:
        """Keys and vectors made since the last call."""
        made, self._made = self._made, {}
        rows = np.stack(list(made.values())) if made else np.zeros((0, self._dim), np.float32)
        return tuple(made), rows


def finish(items: Read, label: Callable[[Document], LabelledDocument | Quarantined]) -> FileResult:
    """All that a file gave, its documents labelled by `label`."""
    return as_done([label(item) if isinstance(item, Document) else item for item in items])


def as_done(results: Sequence[LabelledDocument | Quarantined]) -> FileResult:
    """What came of the documents of one file, as one."""
    return FileResult(
        tuple(result for result in results if isinstance(result, LabelledDocument)),
        tuple(result for result in results if isinstance(result, Quarantined)),
    )
