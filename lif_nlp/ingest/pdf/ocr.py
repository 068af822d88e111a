"""Reads scanned pages with Tesseract on this machine, into segments like those of text pages.

Headings, bullets and running headers of a scan are then found by the same rules as elsewhere;
only the words are less certain.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lif_nlp.errors import MissingExtraError
from lif_nlp.ingest.pdf.page import Segment
from lif_nlp.ingest.pdf.thresholds import (
    BOX_HEIGHT,
    DEFAULT_SIZE,
    SCAN_DPI,
    SCAN_SIZE_TOLERANCE,
)

_POINTS_PER_INCH = 72  # by definition of the PDF point
_PAGE_SEGMENTATION = "--psm 4"
"""Tesseract's mode for one column of text of different sizes, as in reports."""

_BULLET = re.compile(r"^[¢«»©*°] ")
"""Characters that Tesseract mistakes bullets for."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """Lines of one scanned page, and Tesseract's mean confidence in its words (0..1)."""

    segments: tuple[Segment, ...]
    confidence: float


def ocr_is_ready() -> bool:
    """Whether both the program tesseract and the package pytesseract are installed."""
    from importlib.util import find_spec

    return bool(shutil.which("tesseract")) and find_spec("pytesseract") is not None


def read_scan(page: Any) -> OcrPage:
    """The text of a scanned pypdfium2 page; raises MissingExtraError without pytesseract."""
    try:
        import pytesseract
    except ImportError as error:
        raise MissingExtraError("pytesseract", "ocr", "reading scanned pages") from error
    # Passed on to the program: with more threads, single pages take five times as long.
    pytesseract.pytesseract.environ["OMP_THREAD_LIMIT"] = "1"
    picture = page.render(scale=SCAN_DPI / _POINTS_PER_INCH, grayscale=True).to_pil()
    data = pytesseract.image_to_data(
        picture, lang="eng", config=_PAGE_SEGMENTATION, output_type=pytesseract.Output.DICT
    )
    words = [index for index, word in enumerate(data["text"]) if word.strip()]
    confidences = [float(data["conf"][index]) / 100 for index in words]
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return OcrPage(tuple(_lines(data, words, page.get_height())), round(mean, 3))


def _lines(data: dict[str, list[Any]], words: list[int], height: float) -> Iterator[Segment]:
    """One segment for each line that Tesseract found, in points from the lower left corner."""
    scale = _POINTS_PER_INCH / SCAN_DPI
    sizes = sorted(data["height"][index] * scale / BOX_HEIGHT for index in words)
    median_size = round(sizes[len(sizes) // 2], 1) if sizes else DEFAULT_SIZE
    lines: dict[tuple[int, int, int], list[int]] = {}
    for index in words:
        key = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
        lines.setdefault(key, []).append(index)
    for number, line in enumerate(lines.values()):
        line_sizes = sorted(data["height"][index] * scale / BOX_HEIGHT for index in line)
        size = line_sizes[len(line_sizes) // 2]
        # The median, because letters such as "g" and "p" reach below the baseline.
        bottoms = sorted(data["top"][index] + data["height"][index] for index in line)
        y = height - bottoms[len(bottoms) // 2] * scale
        last = line[-1]
        is_usual = abs(size - median_size) < SCAN_SIZE_TOLERANCE * median_size
        yield Segment(
            text=_BULLET.sub("• ", " ".join(data["text"][index] for index in line)),
            x0=data["left"][line[0]] * scale,
            x1=(data["left"][last] + data["width"][last]) * scale,
            y=y,
            size=median_size if is_usual else round(size, 1),
            bold=False,
            italic=False,
            tags=(),
            artifact=False,
            line=number,
            y_end=y,
        )
