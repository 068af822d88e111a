"""Quotes of written briefs, found again in the PDFs by a program that is not ours."""

import contextlib
import shutil
from pathlib import Path

import pytest

from lif_nlp.briefs import FORMATS, KINDS
from lif_nlp.errors import EmptyBriefError
from tests.briefs.quotecheck import Shown, check, found_on_page, pages_told, plain

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="needs pdftotext: apt-get install poppler-utils"
)
SAMPLE = Path("corpora/sample")


def test_the_page_is_read_from_the_end_of_the_source():
    assert pages_told("A review, page 3 of many, 9 March 2021, page 12, paragraph 4.2") == (12, 12)
    assert pages_told("A review, pages 6 and 7") == (6, 7)


def test_only_white_space_hyphens_ligatures_and_marks_are_levelled():
    assert plain("“\ufb01ne”\n  words") == '"fine" words'
    assert plain("well-being") == "well-being"


def checked(sources, folder, *, refused, printed=tuple(KINDS), **settings):
    """Every kind from these reports, `printed` ones as PDF too, then what the check found.

    `refused` names the kinds about which these reports say nothing.
    """
    from lif_nlp.api.workspace import Workspace

    with Workspace(folder / "w", encoder="hashed", **settings) as workspace:
        workspace.add([str(source) for source in sources])
        workspace.themes()
        for kind in KINDS:
            subject = {"priority": "neglect"} if KINDS[kind].subject == "one" else {}
            forms = [form for form in FORMATS if form != "pdf" or kind in printed]
            with pytest.raises(EmptyBriefError) if kind in refused else contextlib.nullcontext():
                workspace.brief(kind=kind, format=forms, out=folder / "b", **subject)
        documents = workspace.documents()
    return check(folder / "b", dict(zip(documents["doc_id"], documents["source"], strict=True)))


def missed(counts):
    return {name: n for name, n in counts.items() if name.endswith(" lost") and n}


def test_every_quote_of_the_sample_stands_on_its_page(tmp_path):
    pytest.importorskip("pptx")
    pytest.importorskip("weasyprint")
    source = SAMPLE / "01_lcspr_child_k_harrowmere_2021.pdf"
    # One report is too little for what covers a workspace, and nothing follows it up.
    refused = {"horizon", "cdop", "points", "voice", "programme"}
    counts, wrong = checked([source], tmp_path, refused=refused, printed=("seven-minute",))
    assert [(one.file, one.finding_id, one.page) for one in wrong] == []
    assert counts["found"] == counts["looked up"] > 100
    assert missed(counts) == {}


def test_the_check_itself_sees_a_changed_word_and_a_wrong_page():
    source = SAMPLE / "01_lcspr_child_k_harrowmere_2021.pdf"
    words = "the partnership should ensure that all agencies use the Graded Care Profile 2"
    right = Shown("x", words[4:], "d:0-1", 10, 10)
    assert found_on_page(right, source)
    assert not found_on_page(Shown("x", words[4:], "d:0-1", 2, 2), source)
    assert not found_on_page(Shown("x", words[4:].replace("all", "most"), "d:0-1", 10, 10), source)


@pytest.mark.real
def test_every_quote_of_real_reports_stands_on_its_page(real, tmp_path):
    sources = [
        *sorted((real / "jtai").glob("*.pdf"))[:4],
        *sorted((real / "ilacs").glob("*.pdf"))[:3],
    ]
    counts, wrong = checked(sources, tmp_path, refused={"cdop", "programme"})
    share = counts["found"] / counts["looked up"]
    # A few letters draw a word apart from its line; no brief quotes those, the explorer shows all.
    assert share >= 0.99, [(one.file, one.finding_id, one.page) for one in wrong][:20]
    assert [one for one in wrong if one.file != "explorer.html"] == []
    assert missed(counts) == {}
