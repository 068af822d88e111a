"""Words of scanned pages, read on this machine by Tesseract, with their confidence."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lif_nlp.errors import MissingExtraError
from lif_nlp.ingest.pieces import Piece

_DPI = 200
_POINTS = 72


@dataclass(frozen=True, slots=True)
class OcrPage:
    """Paragraphs of one scanned page and how sure Tesseract is (0..1, mean over words)."""

    pieces: tuple[Piece, ...]
    confidence: float


def ocr_is_ready() -> bool:
    """Whether both the program tesseract and the package pytesseract are installed."""
    from importlib.util import find_spec

    return bool(shutil.which("tesseract")) and find_spec("pytesseract") is not None


def read_scan(page: Any, number: int) -> OcrPage:
    """What a pypdfium2 page shows; raises MissingExtraError where pytesseract is missing."""
    try:
        import pytesseract  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("pytesseract", "ocr", "reading scanned pages") from error
    # More threads make Tesseract five times slower on small pages.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    picture = page.render(scale=_DPI / _POINTS, grayscale=True).to_pil()
    data = pytesseract.image_to_data(picture, lang="eng", output_type=pytesseract.Output.DICT)
    sure = [float(c) for c, word in zip(data["conf"], data["text"], strict=True) if word.strip()]
    mean = sum(sure) / len(sure) / 100 if sure else 0.0
    return OcrPage(tuple(_paragraphs(data, number)), round(mean, 3))


def _paragraphs(data: dict[str, list[Any]], number: int) -> Iterator[Piece]:
    words: dict[tuple[int, int], list[str]] = {}
    for block, paragraph, word in zip(
        data["block_num"], data["par_num"], data["text"], strict=True
    ):
        if word.strip():
            words.setdefault((block, paragraph), []).append(word)
    for paragraph_words in words.values():
        yield Piece(" ".join(paragraph_words), number)
