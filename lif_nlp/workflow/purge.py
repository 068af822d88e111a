"""A document out of the workspace, with all that came from it."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lif_nlp.errors import UnknownNameError
from lif_nlp.framework import Framework
from lif_nlp.workflow.manifest import Run
from lif_nlp.workflow.session import Session

_TAG = re.compile(r"<[^>]*>")
_NOT_WORDS = re.compile(r"\W+")
_LEAST = 20
"""Words of a finding shorter than this many characters do not tell one report from another."""


@dataclass(frozen=True, slots=True)
class Purged:
    """The document removed, and the files written while it was here that speak of it."""

    doc_id: str
    briefs: tuple[str, ...]


def purge(session: Session, doc_id: str, run: Run) -> Purged:
    """Remove a document, its findings, assignments and vectors from the workspace.

    Briefs and digests are files that may have been sent, so they are named, not
    deleted: those that show the document's title, id or words.  Raises
    UnknownNameError when there is no such document.
    """
    known = session.store.frame("documents")
    ids = known.loc[known["status"] == "ok", "doc_id"].tolist()
    if doc_id not in ids:
        raise UnknownNameError("document", doc_id, ids)
    findings = session.store.frame("findings")
    said = findings.loc[findings["doc_id"] == doc_id, "text"].tolist()
    title = str(known.set_index("doc_id").loc[doc_id, "title"])
    marks = {_letters(words) for words in (doc_id, title, *said) if len(words) >= _LEAST} | {
        _letters(doc_id)
    }
    briefs = [Path(path) for path in session.store.briefs()]
    written = [*briefs, *sorted((session.store.folder / "digests").glob("*.*"))]
    speaking = [str(path) for path in written if _speaks(path, marks, session.framework)]
    session.store.purge(doc_id)
    run.results["purge"] = {"document": doc_id, "briefs": speaking}
    return Purged(doc_id, tuple(speaking))


def _speaks(path: Path, marks: Iterable[str], framework: Framework) -> bool:
    if not path.is_file():
        return False
    words = _letters(" ".join(_texts(path, framework)))
    return any(mark in words for mark in marks)


def _texts(path: Path, framework: Framework) -> Iterator[str]:
    """The words of a file that this workspace wrote."""
    if path.suffix == ".pdf":
        from lif_nlp.ingest import read

        yield from (getattr(item, "text", "") for item in read(path, framework=framework))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    yield _without_tags(archive.read(name).decode("utf-8", "replace"))
    else:
        yield _without_tags(path.read_text(encoding="utf-8", errors="replace"))


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _letters(text: str) -> str:
    """Letters and digits alone, so that markup, escapes and line ends make no difference."""
    return _NOT_WORDS.sub("", text).replace("_", "").casefold()
