"""Words of scanned pages, read on this machine by Tesseract, as segments of a page.

What comes out is what a page with text gives, so that headings, bullets and
furniture of a scan are found by the same rules; only the words carry doubt.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lif_nlp.errors import MissingExtraError
from lif_nlp.ingest.pdf.page import Segment

_DPI = 200
_POINTS = 72
_X_HEIGHT = 0.72
"""A word's box is about so much of its font's size."""

_ALIKE = 0.35
"""Lines whose heights differ by less than this share are printed alike: boxes are rough."""


_BULLET = re.compile(r"^[¢«»©*°] ")
"""What Tesseract takes a bullet for."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """Lines of one scanned page and how sure Tesseract is of its words (0..1, their mean)."""

    segments: tuple[Segment, ...]
    confidence: float


def ocr_is_ready() -> bool:
    """Whether both the program tesseract and the package pytesseract are installed."""
    from importlib.util import find_spec

    return bool(shutil.which("tesseract")) and find_spec("pytesseract") is not None


def read_scan(page: Any) -> OcrPage:
    """What a pypdfium2 page shows; raises MissingExtraError where pytesseract is missing."""
    try:
        import pytesseract
    except ImportError as error:
        raise MissingExtraError("pytesseract", "ocr", "reading scanned pages") from error
    # What pytesseract hands to the program; more threads make single pages five times slower.
    pytesseract.pytesseract.environ["OMP_THREAD_LIMIT"] = "1"
    picture = page.render(scale=_DPI / _POINTS, grayscale=True).to_pil()
    data = pytesseract.image_to_data(
        picture, lang="eng", config="--psm 4", output_type=pytesseract.Output.DICT
    )
    words = [place for place, word in enumerate(data["text"]) if word.strip()]
    sure = [float(data["conf"][place]) / 100 for place in words]
    mean = sum(sure) / len(sure) if sure else 0.0
    return OcrPage(tuple(_lines(data, words, page.get_height())), round(mean, 3))


def _lines(data: dict[str, list[Any]], words: list[int], height: float) -> Iterator[Segment]:
    """One segment for each line that Tesseract saw, in points from the lower left corner."""
    scale = _POINTS / _DPI
    sizes = sorted(data["height"][place] * scale / _X_HEIGHT for place in words)
    usual = round(sizes[len(sizes) // 2], 1) if sizes else 12.0
    lines: dict[tuple[int, int, int], list[int]] = {}
    for place in words:
        key = (data["block_num"][place], data["par_num"][place], data["line_num"][place])
        lines.setdefault(key, []).append(place)
    for number, places in enumerate(lines.values()):
        heights = sorted(data["height"][place] * scale / _X_HEIGHT for place in places)
        size = heights[len(heights) // 2]
        bottoms = sorted(data["top"][place] + data["height"][place] for place in places)
        y = height - bottoms[len(bottoms) // 2] * scale
        last = places[-1]
        yield Segment(
            text=_BULLET.sub("• ", " ".join(data["text"][place] for place in places)),
            x0=data["left"][places[0]] * scale,
            x1=(data["left"][last] + data["width"][last]) * scale,
            y=y,
            size=usual if abs(size - usual) < _ALIKE * usual else round(size, 1),
            bold=False,
            italic=False,
            tags=(),
            artifact=False,
            line=number,
            y_end=y,
        )
