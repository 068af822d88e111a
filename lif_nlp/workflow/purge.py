"""Removes a document from the workspace, with everything derived from it."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from lif_nlp.atomic_write import write_atomically
from lif_nlp.runtime.log import LOG_FILE
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.store.purge import without_names
from lif_nlp.workflow.decisions import Logs, commit
from lif_nlp.workflow.report_lookup import report_id_of

_STORED = ("learning.db", "vectors", "manifest")
"""Files and folders of the store, which looks after them itself."""

_MIN_LINE = 30
"""Characters of the shortest line that is looked for in other files: a shorter one, such as
"Plans were late.", stands in other reports too.  Judgement."""

_MAX_MB = 200
"""Largest file of the workspace that is searched for words, in megabytes."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did.

    Attributes
    ----------
    doc_id
        The removed document.
    briefs
        Briefs and digests that mentioned it: deleted here, to be withdrawn elsewhere.
    holding
        Other files in the workspace that still hold its words or name.
    finished
        False while another program reads the database, which keeps the words in its files.
    """

    doc_id: str
    briefs: tuple[str, ...]
    holding: tuple[str, ...] = ()
    finished: bool = True


def purge(session: Session, doc_id: str, run: Run) -> Purged:
    """Remove a document, its findings, assignments, vectors and decisions on them.

    The briefs that quote the document and the digests that list it are deleted from the
    workspace and listed, because copies may have been sent.  Files that a person put there
    are only listed.  Raises UnknownNameError if there is no such document.
    """
    store = session.store
    # a response, an audit or a version of a plan: no finding and no brief came of it
    follows = store.ledger.holds(doc_id)
    if not follows:
        doc_id = report_id_of(store.frame("documents"), doc_id)
    digest_paths = list(_digests(store.folder / "digests", doc_id))
    speaking = [*store.briefs_quoting(doc_id), *(str(path) for path in digest_paths)]
    names = store.names_of(doc_id)
    # Read before the report goes: afterwards nobody knows what to look for.
    lines = _lines(store.ledger.text_of(doc_id) if follows else store.text_of(doc_id))
    finished = store.purge(doc_id)
    if not follows:
        # points are counted again without the findings that are gone
        commit(session, Logs.of(store))
    for path in map(Path, speaking):
        # A brief that was written elsewhere is named to its owner and not deleted.
        if path.resolve().is_relative_to(store.folder.resolve()):
            path.unlink(missing_ok=True)
    # Manifests and log name files, and a file may be named after a child.
    _clean_manifests(store.folder / "manifest", names)
    for log in sorted(store.folder.glob(f"{LOG_FILE}*")):
        _clean_log(log, names)
    holding = tuple(str(path) for path in _holding(store.folder, {*names, *lines}))
    # a brief of one report is named after it, so only the number is recorded
    run.results["purge"] = {"document": doc_id, "briefs": len(speaking)}
    return Purged(doc_id, tuple(speaking), holding, finished)


def _digests(folder: Path, doc_id: str) -> Iterator[Path]:
    """Both files of each digest that lists the document."""
    for path in sorted(folder.glob("*.json")):
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        if doc_id in {document["doc_id"] for document in documents}:
            yield from (path, path.with_suffix(".html"))


def _lines(text: str) -> set[str]:
    """Lines of a report that are long enough to be its own."""
    lines = (_spaced(line) for line in text.splitlines())
    return {line for line in lines if len(line) >= _MIN_LINE}


def _clean_manifests(folder: Path, names: Collection[str]) -> None:
    """Take the names of a report out of the records of runs."""
    for path in sorted(folder.glob("*.json")):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        remainder = without_names(manifest, names)
        if remainder != manifest:
            write_atomically(path, json.dumps(remainder, indent=1, ensure_ascii=False).encode())


def _clean_log(path: Path, names: Collection[str]) -> None:
    """Take the lines with a name of a report out of the log, which is open for writing."""
    if not names:
        return
    with path.open("r+", encoding="utf-8") as stream:
        lines = stream.readlines()
        stream.seek(0)
        stream.writelines(line for line in lines if not any(name in line for name in names))
        stream.truncate()


def _holding(folder: Path, words: Collection[str]) -> Iterator[Path]:
    """Files of the workspace, beside the store's own, that hold any of these words."""
    for path in sorted(folder.rglob("*")):
        own = path.relative_to(folder).parts[0].startswith(_STORED)
        if own or not path.is_file() or path.stat().st_size > _MAX_MB << 20:
            continue
        # one regex of all the lines would try each of them at every letter
        if any(word in text for text in _texts(path.read_bytes()) for word in words):
            yield path


def _texts(content: bytes) -> Iterator[str]:
    """What a file says: its own text, or that of the files in an archive or office file."""
    # A .docx, .xlsx or .pptx is a zip archive of XML.
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield _spaced(_plain(archive.read(name)))
    else:
        yield _spaced(_plain(content))


def _plain(content: bytes) -> str:
    """Text without marks, as far as bytes are text: what an XML or HTML page shows."""
    text = content.decode("utf-8", "ignore")
    # A sentence of which a word is bold is cut by marks; without them it can be found.
    return html.unescape(re.sub(r"<[^<>]*>", "", text)) if "<" in text[:200] else text


def _spaced(text: str) -> str:
    return " ".join(text.split())
