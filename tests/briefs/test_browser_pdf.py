"""A PDF by the browser of the machine, where WeasyPrint cannot be had."""

import shutil
import sys

import pytest

from lif_nlp.briefs.writers.browser import PROGRAMS, find_browser, print_page

PAGE = b"<!doctype html><html lang=en><title>Brief</title><h1>Neglect</h1></html>"


def make_program(path, code):
    path.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def printer(tmp_path):
    """A program with the options of a browser, which copies the page and notes the options."""
    return make_program(
        tmp_path / "printer",
        "import shutil, sys, urllib.parse as u\n"
        "options = dict(a.partition('=')[::2] for a in sys.argv[1:-1])\n"
        "page = u.unquote(u.urlparse(sys.argv[-1]).path)\n"
        "assert options['--host-resolver-rules'] == 'MAP * ~NOTFOUND'\n"
        "shutil.copy(page, options['--print-to-pdf'])",
    )


def test_the_page_is_given_as_a_file_and_the_pdf_is_read_back(printer):
    assert print_page(printer, PAGE) == PAGE


@pytest.mark.parametrize("code", ["raise SystemExit(1)", ""], ids=["fails", "prints nothing"])
def test_a_browser_that_prints_nothing_gives_none(tmp_path, code):
    assert print_page(make_program(tmp_path / "other", code), PAGE) is None


def test_a_browser_is_looked_for_on_the_path_and_in_its_usual_places(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    elsewhere = tmp_path / "Edge" / "msedge.exe"
    assert find_browser(PROGRAMS, [str(elsewhere)]) is None
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"")
    assert find_browser(PROGRAMS, [str(elsewhere)]) == str(elsewhere)
    on_path = make_program(tmp_path / "chromium", "")
    assert find_browser(PROGRAMS, [str(elsewhere)]) == on_path


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_chromium_prints_a_tagged_pdf():
    printed = print_page(shutil.which("chromium"), PAGE)
    assert printed is not None and printed.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in printed
