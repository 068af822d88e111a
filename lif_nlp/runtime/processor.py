"""Reads one file and labels its documents, without a store.

The same work runs in this process, in a worker process or on another machine.  Its result
depends on the file and the settings alone, so the tables are the same wherever the work
was done, and in whatever order.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from lif_nlp.config import Settings
from lif_nlp.errors import LifError, traceback_of
from lif_nlp.framework import Framework, load_framework
from lif_nlp.ids import text_key
from lif_nlp.protocols import deep_encode
from lif_nlp.records import Annotated, Document, Quarantined, Recommendation
from lif_nlp.runtime.models import load_encoder_of, make_annotator

if TYPE_CHECKING:
    from lif_nlp.annotate import Annotator
    from lif_nlp.protocols import Encode, Encoder, Vectors

_log = logging.getLogger(__name__)

Source = Path | tuple[bytes, str]
"""A file, or its bytes and its name."""


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document with its findings, and the vectors of its texts.

    `vectors` has shape (len(keys), dim), float32; `keys` are the `text_key`s of its rows.
    """

    document: Document
    annotated: Annotated
    recommendations: tuple[Recommendation, ...]
    keys: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class FileResult:
    """The documents of one file, and what could not be used, with reasons."""

    documents: tuple[LabelledDocument, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()


class DocumentProcessor:
    """Reader, encoder and annotator for one set of settings, loaded when first used.

    Parameters
    ----------
    settings
        Settings for reading and labelling.
    framework
        The framework; None loads the one that the settings name.
    load
        Loads the encoder; None loads the one that the settings name.
    """

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
        """Import what reading needs, so that the first file's time is not spent on it."""
        import lif_nlp.ingest.reader  # noqa: F401

    def read(self, source: Source) -> list[Document | Quarantined]:
        """The documents of one file, or the reason why there are none; never empty."""
        if isinstance(source, Path):
            return self._read(source)
        content, name = source
        with TemporaryDirectory(prefix="lif-") as folder:
            # Only the name: a path of another machine must not lead out of the folder.
            path = Path(folder, Path(name).name)
            path.write_bytes(content)
            return [
                replace(item, source=name + item.source.removeprefix(str(path)))
                for item in self._read(path)
            ]

    def _read(self, path: Path) -> list[Document | Quarantined]:
        from lif_nlp.ingest import read

        items = list(read(path, framework=self._framework, settings=self.settings))
        return items or [Quarantined(str(path), "it holds no report; open it to check")]

    def label(self, document: Document) -> LabelledDocument | Quarantined:
        """The document with its labels, or the reason why it has none.

        Raises
        ------
        LifError
            For a damaged model or an invalid setting, which concern every document.  Any
            other exception quarantines this document, and the run continues.
        """
        try:
            return self._label(document)
        except LifError:
            raise
        except Exception as error:
            _log.error("%s: not labelled\n%s", document.doc_id, traceback_of(error))
            reason = (
                f"its sentences could not be labelled ({type(error).__name__}); "
                "report the fault, with the report's id and lif.log"
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
        # The annotator encodes the framework's phrases, which belong to no document.
        self._encode.take()
        return annotator


class RecordingEncoder:
    """An `Encode` that keeps the vectors it makes until they are taken.

    Labelling needs the deep rows, (n, 2 * dim); the store keeps the first `dim` columns
    only, so the vectors cannot be taken from the store instead.

    Parameters
    ----------
    encode
        Texts to vectors, plain or deep.
    dim
        Columns to keep.
    """

    def __init__(self, encode: Encode, dim: int) -> None:
        self._encode, self._dim = encode, dim
        self._recorded: dict[str, Any] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Rows of `texts`, as the wrapped `encode` gives them."""
        rows = self._encode(texts)
        self._recorded.update(zip(map(text_key, texts), rows[:, : self._dim], strict=True))
        return rows

    def take(self) -> tuple[tuple[str, ...], Vectors]:
        """Keys and vectors of all texts encoded since the last call."""
        # Emptied at each document, so that vectors go to the store with the document they belong
        # to.
        vectors_by_key, self._recorded = self._recorded, {}
        rows = (
            np.stack(list(vectors_by_key.values()))
            if vectors_by_key
            else np.zeros((0, self._dim), np.float32)
        )
        return tuple(vectors_by_key), rows


def label_all(
    items: Sequence[Document | Quarantined],
    label: Callable[[Document], LabelledDocument | Quarantined],
) -> FileResult:
    """The result of one file: its documents labelled, and what was quarantined."""
    return collect_results([label(item) if isinstance(item, Document) else item for item in items])


def collect_results(results: Sequence[LabelledDocument | Quarantined]) -> FileResult:
    """The results of one file's documents, as one record."""
    return FileResult(
        tuple(result for result in results if isinstance(result, LabelledDocument)),
        tuple(result for result in results if isinstance(result, Quarantined)),
    )
