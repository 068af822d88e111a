"""A report that refers to another file or a server is read without opening either."""

import io
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from threading import Thread

import pytest

import lif_nlp
from lif_nlp.api.workspace import Workspace

SECRET = "the words of another file"
SENTENCE = "The school did not tell the police about the neglect."


@pytest.fixture
def server():
    """A listening port, and the connections made to it."""
    made = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def count():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                made.append(connection)
                connection.close()

        Thread(target=count, daemon=True).start()
        yield listening.getsockname()[1], made


def docx(address, secret):
    """A Word file with another file as an entity, and a picture on a server."""
    import docx as word

    made = word.Document()
    made.add_paragraph(f"{SENTENCE} HERE")
    plain, out = io.BytesIO(), io.BytesIO()
    made.save(plain)
    entity = f'<!DOCTYPE w:document [<!ENTITY here SYSTEM "{secret.as_uri()}">]><w:document '
    picture = (
        f'<Relationship Id="rIdOut" TargetMode="External" Target="{address}/p.png" '
        'Type="http://schemas'
        '.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                content = content.replace("<w:document ", entity, 1).replace("HERE", "&here;")
            if name == "word/_rels/document.xml.rels":
                content = content.replace("</Relationships>", picture)
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
    return out.getvalue()


def odt(address, secret):
    """An OpenDocument text of the same kind."""
    out = io.BytesIO()
    content = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY here SYSTEM "{secret.as_uri()}">]>'
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"<text:p>{SENTENCE} &here;</text:p></office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        new.writestr("content.xml", content)
    return out.getvalue()


def html(address, secret):
    """A page with pictures, styles, frames and a script from a server, and a file in a frame."""
    return f"""<html><head><title>Review: Child W</title><link rel=stylesheet href={address}/s.css>
<script src={address}/s.js></script><base href="{address}/"></head><body><h1>Findings</h1>
<p>{SENTENCE}</p><img src={address}/i.png><iframe src="{secret.as_uri()}"></iframe>
<object data={address}/o></object></body></html>""".encode()


def test_nothing_is_fetched_and_no_other_file_is_read(tmp_path, server):
    port, made = server
    address, secret = f"http://127.0.0.1:{port}", tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    for name, write in (("a.docx", docx), ("b.odt", odt), ("c.html", html)):
        (folder / name).write_bytes(write(address, secret))
    with Workspace(tmp_path / "w", encoder="hashed") as space:
        documents = space.mine(folder, formats=("html", "docx")) and space.documents()
        texts = " ".join(space.findings()["text"])
    assert len(documents) == 3
    assert set(documents["status"]) <= {"ok", "quarantined"}
    assert documents.loc[documents["source"].str.endswith("c.html"), "status"].tolist() == ["ok"]
    assert SENTENCE in texts
    assert SECRET not in texts
    everything = b"".join(path.read_bytes() for path in (tmp_path / "w").rglob("*.*"))
    assert SECRET.encode() not in everything
    pages = [path.read_text() for path in (tmp_path / "w" / "briefs").glob("*.html")]
    assert pages
    assert not any(address in page for page in pages)
    assert made == []


def test_no_program_among_the_reports_is_run(many):
    ran = many / "ran"
    for name in ("pickle.py", "email.py"):
        (many / name).write_text(f"open({str(ran)!r}, 'w').close()\n", encoding="utf-8")
    code = (
        "from pathlib import Path; from lif_nlp.config import load_settings;"
        "from lif_nlp.runtime.worker import Worker;"
        "[document] = Worker(load_settings()).read(Path('a.md')); print(document.title)"
    )
    home = str(Path(lif_nlp.__file__).parent.parent)
    found = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=many,
        env=os.environ | {"PYTHONPATH": home},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "Review: Child A\n"
    assert not ran.exists()
