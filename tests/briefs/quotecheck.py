"""Every quote of written briefs looked up in the PDFs they name, with pdftotext alone.

It knows nothing of how briefs are made: it reads the files as a sceptical reader
would, and the page numbers as printed.

    python -m tests.briefs.quotecheck WORKSPACE FOLDER_OF_BRIEFS
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_MARKS = {"‘": "'", "’": "'", "“": '"', "”": '"', "\u00ad": "", "\u00a0": " "}
_FIGURE = re.compile(
    r"<blockquote>“(.*?)”</blockquote>\s*<figcaption data-finding=\"([^\"]+)\">(.*?)</figcaption>",
    re.S,
)
_BREAK = "\x00"
"""Stands for a hyphen at the end of a line, which may or may not belong to the word."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as a reader meets it, with the pages it claims."""

    file: str
    quote: str
    finding_id: str
    page: int
    page_end: int

    @property
    def doc_id(self) -> str:
        """The report that the finding stands in."""
        return self.finding_id.rpartition(":")[0]


def quotes_of_page(path: Path) -> list[Shown]:
    """The quotes of a brief's web page, or of an explorer, in order."""
    text = path.read_text(encoding="utf-8")
    if found := re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.S):
        return [
            Shown(path.name, row[5], row[0], row[2], row[12])
            for row in json.loads(found.group(1))["findings"]
        ]
    return [
        Shown(path.name, unescape(quote), finding, *pages_told(unescape(told)))
        for quote, finding, told in _FIGURE.findall(text)
    ]


def pages_told(cited: str) -> tuple[int, int]:
    """First and last page of a printed source.

    >>> pages_told("A review, 2021, pages 3 and 4, paragraph 2")
    (3, 4)
    >>> pages_told('<a href="https://x.example/a.pdf#page=3">A review, pages 3 and 4</a>')
    (3, 4)
    """
    plainly = re.sub(r"<[^>]+>", "", cited)
    found = re.findall(r", pages? (\d+)(?: and (\d+))?(?=$|,)", plainly)
    first, last = found[-1] if found else ("0", "")
    return int(first), int(last or first)


def missing_in_file(path: Path, shown: Iterable[Shown]) -> list[Shown]:
    """Quotes of the web page that the same brief in another format does not hold."""
    told = plain(_text_of(path))
    return [one for one in shown if not _pattern(one.quote).search(told)]


def found_on_page(one: Shown, source: Path) -> bool:
    """Whether pdftotext sees the quote on its page; it may run on to the next if told so."""
    for layout in ("", "-raw"):
        page = _page(source, one.page, layout)
        if _pattern(one.quote).search(page):
            return True
        if one.page_end > one.page:
            following = _page(source, one.page_end, layout)
            if _runs_on(one.quote, page, following):
                return True
    return False


def plain(text: str) -> str:
    """The text with white space, line-end hyphens, ligatures and quote marks levelled."""
    text = re.sub(r"(?<=\w)[-\u2010\u2011\u00ad]\s*\n\s*", _BREAK, text)
    for table in (_LIGATURES, _MARKS):
        for sign, usual in table.items():
            text = text.replace(sign, usual)
    return re.sub(r"\s+", " ", text)


@cache
def _pattern(quote: str) -> re.Pattern[str]:
    level = plain(quote).strip()
    return re.compile("".join(_letter(sign) for sign in level))


def _letter(sign: str) -> str:
    if sign in "-\u2010\u2011":
        return f"(?:[-\u2010\u2011] ?|{_BREAK})?"  # pdftotext itself joins a word cut at a line end
    if sign == "/":
        return "/ ?"  # a line may end after it
    return " ?" if sign == " " else f"{re.escape(sign)}{_BREAK}?"


def _runs_on(quote: str, page: str, following: str) -> bool:
    """Whether the quote is cut by the page's end, between two words or at a hyphen."""
    level = plain(quote).strip()
    cuts = [found.end() for found in re.finditer(r"[ \-\u2010\u2011]", level)]
    return any(
        _pattern(level[:cut].strip()).search(page)
        and _pattern(level[cut:].strip()).search(following)
        for cut in cuts
    )


@cache
def _page(source: Path, number: int, layout: str) -> str:
    """The words of a page, levelled, as pdftotext sees them."""
    command = ["pdftotext", "-f", str(number), "-l", str(number), "-enc", "UTF-8"]
    command += [layout] if layout else []
    told = subprocess.run([*command, str(source), "-"], capture_output=True, check=False)
    return plain(told.stdout.decode("utf-8", errors="replace"))


def _text_of(path: Path) -> str:
    if path.suffix == ".docx":
        import docx

        return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    if path.suffix == ".pptx":
        import pptx

        slides = pptx.Presentation(BytesIO(path.read_bytes())).slides
        shapes = (s for slide in slides for s in slide.shapes if s.has_text_frame)
        return "\n".join(shape.text_frame.text for shape in shapes)
    if path.suffix == ".pdf":
        told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        return told.stdout.decode("utf-8")
    return re.sub(r"\\(?=[^A-Za-z0-9\s])", "", path.read_text(encoding="utf-8"))


def check(folder: Path, source_of: Mapping[str, str]) -> tuple[Counter[str], list[Shown]]:
    """Counts of what was looked at, and the quotes that are not where they say."""
    counts: Counter[str] = Counter()
    wrong: list[Shown] = []
    for page in sorted(folder.glob("*.html")):
        shown = quotes_of_page(page)
        for one in shown:
            source = Path(source_of[one.doc_id])
            if source.suffix.lower() != ".pdf":
                counts["not in a PDF"] += 1
                continue
            counts["looked up"] += 1
            if found_on_page(one, source):
                counts["found"] += 1
            else:
                wrong.append(one)
        for form in ("docx", "pptx", "pdf", "md"):
            other = page.with_suffix(f".{form}")
            if other.exists():
                lost = missing_in_file(other, shown)
                counts[f"{form} shown"] += len(shown) - len(lost)
                counts[f"{form} lost"] += len(lost)
    return counts, wrong


if __name__ == "__main__":
    from lif_nlp.store import Store

    with Store(Path(sys.argv[1])) as store:
        documents = store.frame("documents")
    told, wrong = check(
        Path(sys.argv[2]), dict(zip(documents["doc_id"], documents["source"], strict=True))
    )
    print(dict(told))  # noqa: T201
    for one in wrong:
        print(one.file, one.finding_id, "page", one.page, one.page_end)  # noqa: T201
