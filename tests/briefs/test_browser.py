"""What a reader meets in a browser: pages, filters, search, keyboard, accessibility."""

import os
import shutil
import time
from io import BytesIO
from pathlib import Path

import pytest

from lif_nlp.briefs import KINDS
from lif_nlp.schema import TABLES
from tests.briefs.conftest import SENTENCES, SHARE, VOICE, invented

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
# Fetched for development only (npm install axe-core); never part of the package.
AXE = Path(os.environ.get("LIF_AXE", "node_modules/axe-core/axe.min.js"))


@pytest.fixture(scope="module")
def browser():
    sync = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync.sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def opened(browser, make):
    """Opens a brief of some kind and returns the page."""
    pages = []

    def go(given=None, scheme="light", **options):
        path = make(**({"tables": given} if given else {}), **options)[0]
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(path.as_uri())
        pages.append(context)
        return page

    yield go
    for context in pages:
        context.close()


def findings(page):
    return int(page.inner_text("#count").split()[0].replace(",", ""))


@pytest.mark.parametrize("subject", [{"theme": SHARE}, {"priority": "neglect"}])
def test_a_seven_minute_briefing_prints_on_two_pages(opened, subject):
    import pypdfium2

    printed = opened(**subject).pdf(prefer_css_page_size=True, print_background=True)
    assert len(pypdfium2.PdfDocument(BytesIO(printed))) <= 2


@pytest.mark.parametrize("kind", ["summary", "board"])
def test_a_page_for_the_wall_or_the_board_is_one_page(opened, kind):
    import pypdfium2

    subject = {"theme": SHARE} if kind == "summary" else {}
    printed = opened(kind=kind, **subject).pdf(prefer_css_page_size=True)
    assert len(pypdfium2.PdfDocument(BytesIO(printed))) == 1


# without these and a recommendation "voice", "cdop" and "programme" are refused as empty
SPOKEN_OF = [
    ("strength", [VOICE], [], [], False, [],
     "Care leavers told inspectors that they feel safe and well supported in their flats."),
    ("problem", [VOICE], [], [], False, [],
     "Young people told inspectors that it is hard to tell their story again and again."),
    ("problem", [SHARE], [], ["police"], False, [],
     "Partners do not share learning from child deaths with every service in good time."),
    ("strength", [SHARE], [], ["police"], False, [],
     "Information from child deaths is shared by police with every service in good time."),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_axe_finds_no_violation(opened, kind, scheme):
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm install axe-core, or set LIF_AXE")
    subject = {"theme": SHARE} if KINDS[kind].subject == "one" else {}
    given = invented([*SENTENCES, *SPOKEN_OF])
    asked = given[0]["findings"].query("role == 'action'").iloc[:1]
    row = {"ask_id": "a-1", "number": "1", "addressees": "", "position": "accepted"}
    given[0]["programme"] = (
        asked[["doc_id", "finding_id", "page"]]
        .assign(
            **dict.fromkeys(set(TABLES["programme"].names) - {"doc_id", "finding_id", "page"}, "")
        )
        .assign(**row)
    )
    page = opened(given, kind=kind, scheme=scheme, **subject)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate('axe.run(document, {resultTypes: ["violations"]})')["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_filters_narrow_the_findings_and_clear_again(opened):
    page = opened(kind="explorer")
    everything = findings(page)
    page.select_option("#role", label="strength")
    assert 0 < findings(page) < everything
    assert set(page.locator("#list b").all_inner_texts()) == {"strength"}
    page.select_option("#agency", label="General practice")
    assert findings(page) == 4
    page.click("button[type=reset]")
    page.wait_for_function(
        f"document.getElementById('count').textContent.startsWith('{everything}')"
    )


def test_search_finds_words_and_years_bound_the_reports(opened):
    page = opened(kind="explorer")
    page.fill("#q", "discharge letters")
    page.wait_for_function("document.getElementById('count').textContent.startsWith('8 ')")
    assert page.locator("#list blockquote").first.inner_text().count("discharge letters") == 1
    page.select_option("#from", label="2020")
    assert findings(page) < 8


def test_a_theme_in_the_table_filters_by_keyboard(opened):
    page = opened(kind="explorer")
    page.locator("#themes button", has_text="Voice of the child").focus()
    page.keyboard.press("Enter")
    assert page.locator("#theme option:checked").inner_text() == "Voice of the child"
    assert "Voice of the child" in page.locator("#list .tags").first.inner_text()


def test_a_link_opens_its_finding(opened):
    page = opened(kind="explorer")
    link = page.locator("#list .source a").nth(3).get_attribute("href")
    page.goto(page.url + link)
    page.reload()
    wanted = link.removeprefix("#")
    assert page.evaluate("document.activeElement.id") == wanted


def test_words_of_a_report_cannot_run_as_a_script(opened):
    row = list(SENTENCES[0])
    row[6] = "Officers tell schools </script><img src=x onerror=document.title='run'> each morning."
    page = opened((invented([tuple(row)])), kind="explorer")
    assert page.title().startswith("Learning explorer")
    assert "</script><img" in page.locator("#list blockquote").first.inner_text()


@pytest.mark.slow
def test_fifty_thousand_findings_answer_within_a_second(opened):
    page = opened(invented(SENTENCES * 750, reports=12), kind="explorer")
    assert findings(page) == 51000
    start = time.perf_counter()
    page.select_option("#role", label="problem")
    assert findings(page) == 27000
    assert time.perf_counter() - start < 1
