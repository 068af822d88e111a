"""Hostile reports remain text in every format, and nothing leaves the machine."""

import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from lif_nlp.api.workspace import Workspace
from lif_nlp.config import Branding
from lif_nlp.workflow.digest import Digest, ThemeMove, write_digest

SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"""# Review: Child {SCRIPT} [x](javascript:alert(2)) & more

Published 3 May 2022

## Findings

1.1 Schools and health visitors work well together on neglect and share what they know early.

1.2 Plans for children who live with neglect are not clear about what must change and by when.

1.3 The partnership should ensure that all agencies use the Graded Care Profile 2 for neglect.

2.1 The police failed to tell the school about the neglect {SCRIPT} on the Friday night.

2.2 The health visitor did not share her worries about neglect with the
<img src=https://evil.example/x.png onerror=alert(3)> GP because the rota had changed twice.

2.3 The school nurse asked about neglect and [wrote it
down](javascript:alert(4)) on the same day **as she heard**.
"""
FORMULAS = ("=cmd|' /C calc'!A0", "+SUM(1)", "-2+3", "@import", "\tTab", '=HYPERLINK("http://x")')

# Runs before anything else in every Python process that has it on its path
NO_SOCKETS = """
import socket
def refuse(*arguments, **options):
    with open({log!r}, "a") as log:
        log.write("asked\\n")
    raise OSError("no network here")
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.getaddrinfo = refuse
socket.create_connection = refuse
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A workspace made from the hostile report, with briefs in the formats of the core."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "report.md").write_text(HOSTILE, encoding="utf-8")
    with Workspace(place / "w", encoder="hashed") as space:
        briefs = space.mine(place / "report.md", formats=("html", "md", "docx"))
        yield space, briefs


def test_a_script_in_a_report_remains_text_in_html(hostile):
    _, briefs = hostile
    pages = [path.read_text("utf-8") for path in briefs if path.suffix == ".html"]
    assert pages
    for page in pages:
        assert "<script>alert" not in page.lower()
        assert "<img src=https" not in page
        assert 'href="javascript:' not in page


def test_a_script_in_a_title_remains_text_in_a_digest(tmp_path):
    row = {"doc_id": "d-1", "title": SCRIPT, "source": SCRIPT, "review_type": SCRIPT}
    row |= {"published": "2024", "area": SCRIPT}
    move = ThemeMove("t", SCRIPT, 0, 1)
    digest = Digest("run", (row,), ({"source": SCRIPT, "reason": SCRIPT},), (move,), (SCRIPT,))
    page = write_digest(tmp_path, digest, Branding(partnership=SCRIPT))[0].read_text("utf-8")
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 6


def test_markdown_in_a_report_gives_no_link_in_a_brief(hostile):
    markdown = pytest.importorskip("markdown_it")
    _, briefs = hostile
    pages = [path.read_text("utf-8") for path in briefs if path.suffix == ".md"]
    assert pages
    for page in pages:
        html = markdown.MarkdownIt("commonmark", {"html": True}).render(page)
        assert "<script>alert" not in html
        assert "<img src=https" not in html
        assert 'href="javascript:' not in html


def test_a_docx_brief_has_no_external_link(hostile):
    _, briefs = hostile
    for path in (path for path in briefs if path.suffix == ".docx"):
        with zipfile.ZipFile(path) as archive:
            parts = {n: archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}
        assert not any("evil.example" in text for n, text in parts.items() if n.endswith(".rels"))
        assert not any("javascript:" in text for n, text in parts.items() if n.endswith(".rels"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_cell_of_an_export_is_a_formula(tmp_path, suffix):
    quoted = [cell.replace('"', '""') for cell in FORMULAS]
    rows = "\n".join(f'{n},School,"{c} was written here",Good' for n, c in enumerate(quoted))
    (tmp_path / "audit.csv").write_text(
        "Child,Agency,Area for development,Grade\n" + rows + "\n", encoding="utf-8"
    )
    with Workspace(tmp_path / "w", encoder="hashed") as space:
        space.add(tmp_path / "audit.csv")
        for name in ("findings", "documents", "facts", "skipped_parts"):
            path = tmp_path / f"{name}{suffix}"
            space.export(name, path)
            frame = (
                pd.read_csv(path, keep_default_na=False, dtype=str)
                if suffix == ".csv"
                else pd.read_excel(path, keep_default_na=False, dtype=str)
            )
            cells = [str(cell) for cell in frame.to_numpy().ravel()]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
            if suffix == ".xlsx":
                sheet = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
                assert b"<f>" not in sheet.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_exports_for_programs_keep_the_words_unchanged(hostile, tmp_path, suffix):
    space, _ = hostile
    path = tmp_path / f"findings{suffix}"
    space.export("findings", path)
    read = pd.read_json(path, lines=True) if suffix == ".jsonl" else pd.read_parquet(path)
    assert set(read["text"]) == set(space.findings()["text"])


ATTACKS = {
    "bomb.zip": "zip bomb",
    "inner.zip": "unpack it and add the folder",
    "entities.docx": "",
    "text.pdf": "",
    "empty.pdf": "",
    "noise.docx": "",
}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A workspace to which a folder of attacks and one good report was added."""
    place = tmp_path_factory.mktemp("attacks")
    folder = place / "in"
    folder.mkdir()
    (folder / "good.md").write_text("# Review: Child Q\n\n1 The plan drifted.\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * (64 << 20))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.txt", "The plan drifted.")
    with zipfile.ZipFile(folder / "inner.zip", "w") as archive:
        archive.writestr("again.zip", inner.getvalue())
    with zipfile.ZipFile(folder / "tricks.zip", "w") as archive:
        archive.writestr("../../escaped.md", "# Review: Child T\n\n1 The plan drifted again.\n")
        archive.writestr("/etc/absolute.md", "# Review: Child U\n\n1 The plan was not shared.\n")
    lol = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "' + "&a;" * 50 + '">]>'
    with zipfile.ZipFile(folder / "entities.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", lol + "<w>&b;</w>")
    (folder / "text.pdf").write_bytes(b"<html>Report not found</html>")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "noise.docx").write_bytes(bytes(range(256)) * 40)
    (folder / "link.md").symlink_to("/etc/passwd")
    before = {path for path in place.rglob("*") if "w" not in path.relative_to(place).parts}
    with Workspace(place / "w", encoder="hashed") as space:
        documents = space.add(folder)
    after = {path for path in place.rglob("*") if "w" not in path.relative_to(place).parts}
    return documents, after - before


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_an_attack_is_quarantined_with_its_reason(attacked, name):
    documents, _ = attacked
    [row] = documents[documents["source"].str.contains(name, regex=False)].itertuples()
    assert row.status == "quarantined"
    assert row.reason
    assert ATTACKS[name] in row.reason


def test_a_good_report_among_attacks_is_read(attacked):
    documents, _ = attacked
    assert "Review: Child Q" in set(documents.loc[documents["status"] == "ok", "title"])


def test_members_with_tricky_paths_are_read_and_written_nowhere(attacked):
    documents, made = attacked
    titles = set(documents.loc[documents["status"] == "ok", "title"])
    assert {"Review: Child T", "Review: Child U"} <= titles
    assert made == set()
    assert not Path("/etc/absolute.md").exists()


def test_a_link_out_of_the_folder_is_not_followed(attacked):
    documents, _ = attacked
    assert not documents["source"].str.contains("passwd").any()
    assert not (documents["source"].str.endswith("link.md") & (documents["status"] == "ok")).any()


@pytest.mark.parametrize("theme", ["../../../escaped", "/etc/x", "a\0b"])
def test_ids_given_by_a_user_cannot_leave_the_workspace(hostile, theme):
    from lif_nlp.errors import UnknownNameError

    space, _ = hostile
    with pytest.raises(UnknownNameError):
        space.brief(theme=theme)


def test_the_whole_job_works_with_sockets_blocked(tmp_path):
    log = tmp_path / "asked.log"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        NO_SOCKETS.format(log=str(log)), encoding="utf-8"
    )
    (tmp_path / "report.md").write_text(HOSTILE, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "site"),
        "LIF_ENCODER": os.environ.get("LIF_TEST_ENCODER", "hashed"),
    }
    lif = Path(sys.executable).with_name("lif")
    done = subprocess.run(
        [lif, "mine", tmp_path / "report.md", "-w", tmp_path / "w", "--jobs", "2", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["briefs"]
    assert not log.exists()


def test_the_block_on_sockets_works(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        NO_SOCKETS.format(log=str(tmp_path / "log")), encoding="utf-8"
    )
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no network here" in done.stderr
    assert (tmp_path / "log").exists()


def test_nothing_in_the_package_opens_a_socket_but_fetching():
    import lif_nlp

    package = Path(lif_nlp.__file__).parent
    names = ("socket", "urllib.request", "http.client", "requests", "httpx", "aiohttp")
    speaking = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if line.strip().startswith(("import ", "from "))
        and any(line.split()[1].split(".")[0] == n.split(".")[0] and n in line for n in names)
    }
    assert speaking == {"fetch"}
    assert socket


def test_a_refused_link_is_listed_once(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "link.md").symlink_to("/etc/passwd")
    (folder / "good.md").write_text("# Review: Child Q\n\n1 The plan drifted.\n", encoding="utf-8")
    with Workspace(tmp_path / "w", encoder="hashed") as space:
        space.add(folder)
        space.add(folder)
        documents = space.documents()
    refused = documents[documents["status"] == "quarantined"]
    assert refused["source"].tolist() == [str(folder / "link.md")]
    assert "leads out of the folder" in refused["reason"].item()
