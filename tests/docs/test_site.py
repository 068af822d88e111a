"""The documentation as a site names everything public, and is built without a warning."""

import subprocess
import sys

import pytest

import lif_nlp
from tests.docs.test_docs import GUIDES, ROOT

# The front page, and pages that others lead to.
ELSEWHERE = {"README.md"}


@pytest.fixture
def build_docs(script):
    """The script, as a module."""
    return script("build_docs")


def test_the_menu_names_every_public_object_and_every_guide(build_docs):
    assert sorted(build_docs.public_names()) == lif_nlp.__all__
    assert build_docs.navigation()[-1]["Python"][1:] == [
        {name: f"python/{name}.md"} for name in build_docs.public_names()
    ]
    listed = {page for pages in build_docs.GUIDES.values() for page in pages.values()}
    guides = {path.relative_to(ROOT).as_posix() for path in GUIDES}
    assert guides - listed == ELSEWHERE
    assert all((ROOT / page).is_file() for page in listed)


def test_pages_stand_where_links_expect_them(build_docs, tmp_path):
    build_docs.write_pages(tmp_path / "pages")
    start = (tmp_path / "pages" / "README.md").read_text("utf-8")
    assert "(notebooks/01_start_here.md)" in start
    for name in ("notebooks/01_start_here.md", "notebooks/images/brief.png", "CHANGELOG.md"):
        assert (tmp_path / "pages" / name).is_file()
    assert (tmp_path / "pages" / "python" / "Workspace.md").read_text("utf-8") == (
        "::: lif_nlp.api.workspace.Workspace\n"
    )


def test_the_site_is_built_without_a_warning_and_fetches_nothing(tmp_path):
    pytest.importorskip("mkdocstrings", reason="needs the extra docs")
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_docs.py", "--out", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > len(lif_nlp.__all__)
    for page in pages:
        text = page.read_text("utf-8")
        assert 'src="http' not in text and 'rel="stylesheet" href="http' not in text
