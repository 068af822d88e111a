"""The bare words of a built file, read without any of the package's own readers."""

import re
import tomllib
import zipfile
from html import unescape
from pathlib import Path

FICTION = "Fictional report written for lif_nlp; no real child, family, worker or place"


def bare(text: str) -> str:
    """Letters and digits only: layout, quotes and line breaks do not count."""
    return re.sub(r"\W+", "", text).lower()


def pdf_pages(path: Path) -> list[str]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded() for page in pdf]


def strip_tags(markup: str) -> str:
    # Tags inside a paragraph must not part words, those between paragraphs must.
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(w:p|p|li|td|th|c)>", "\n", markup)))


def words_of(path: Path, source: Path | None = None) -> str:
    """All bare words of a built file; what is printed round the text of a PDF is taken out."""
    if path.suffix != ".pdf":
        return bare(plain_text(path))
    text = bare(re.sub(r"Page\s+\d+\s+of\s+\d+", "", " ".join(pdf_pages(path))))
    for words in [FICTION, *around(source)] if source else [FICTION]:
        text = re.sub(bare(words), "", text)
    return text


def around(source: Path) -> list[str]:
    """The running header of a source and its footnotes."""
    _, front, body = source.read_text("utf-8").split("+++\n", 2)
    # The number of a footnote is printed before its words.
    notes = ["".join(note) for note in re.findall(r"^\[\^(\d+)\]: (.+)$", body, re.M)]
    return [words for words in [tomllib.loads(front).get("header", ""), *notes] if words]


def plain_text(path: Path) -> str:
    """The words of a file that is not a PDF."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            parts = [n for n in archive.namelist() if re.search(r"(document|sheet\d+)\.xml$", n)]
            return "\n".join(strip_tags(archive.read(n).decode("utf-8")) for n in parts)
    text = path.read_text(encoding="utf-8-sig")
    return strip_tags(text) if path.suffix == ".html" else text.replace('""', '"')
