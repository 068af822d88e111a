"""What objects show of themselves: escaped, with words beside every picture."""

import pandas as pd
import pytest

from lif_nlp import LifError, load_framework, show
from lif_nlp.display import page
from lif_nlp.display.file_links import FileLinks
from lif_nlp.display.findings import FindingTable
from lif_nlp.display.points import PointTable
from lif_nlp.display.progress import bars


def test_the_workspace_tells_its_counts(ws):
    shown = ws._repr_html_()

    assert "<caption" in shown and "files that could not be read" in shown
    assert repr(ws).endswith("2 documents, 8 findings)")


def test_themes_show_years_balance_and_quotes_with_their_page(ws):
    table = ws.show_themes(top=3)
    shown = table._repr_html_()

    assert len(table) == min(3, len(ws.themes()))
    assert shown.count("<img alt=") == 2 * len(table)
    assert "Reports by year. 2021: 1" in shown
    assert "page 1</a>" in shown or "page 1</small>" in shown


def test_what_each_figure_of_a_theme_counts_is_said(ws):
    assert "bars count findings" in ws.show_themes(top=3)._repr_html_()


def test_words_of_a_report_are_escaped(ws):
    rows = ws.findings().head(1).assign(text="<b>5 > 4</b>")

    shown = ws.show_findings(rows, interactive=False)._repr_html_()
    assert "&lt;b&gt;5 &gt; 4&lt;/b&gt;" in shown and "<b>5" not in shown


def test_a_long_plain_table_says_how_much_is_left():
    rows = pd.DataFrame({"text": ["x", "y"], "role": "problem", "page": 1, "source": "gone.pdf"})

    shown = FindingTable(rows, {}, max_rows=1, interactive=False)._repr_html_()
    assert "1 more; increase `max_rows`." in shown
    assert "<a " not in shown


def test_where_no_notebook_listens_the_table_is_plain(ws):
    assert ws.show_findings()._repr_html_().startswith("<table")


def test_without_a_notebook_points_are_lines_and_show_no_folder():
    data = pd.DataFrame([{"name": "Plans drift", "documents": 3, "of_documents": 9, "likely": 5}])
    quotes = {"lp-1": pd.DataFrame([{"source": "/home/me/reviews/a.pdf"}])}
    table = PointTable(data, pd.DataFrame(), quotes, pd.DataFrame())
    assert repr(table) == "Plans drift: at least 3 of 9 reports (likely about 5)"


def test_a_brief_shows_links_and_its_page_without_scripts(ws):
    written = ws.brief(priority="neglect", format=["html", "md"])
    shown = written._repr_html_()

    assert isinstance(written, list) and len(written) == 2
    assert "(web page)" in shown and "<iframe sandbox " in shown


def test_no_page_no_frame(tmp_path):
    assert "<iframe" not in FileLinks([tmp_path / "a.docx"])._repr_html_()


def test_a_framework_lists_the_ids_to_ask_for():
    shown = load_framework()._repr_html_()

    assert "<code>neglect</code> Neglect" in shown and "<summary>Practice themes (27)" in shown


def test_bars_of_strengths_and_problems_say_their_figures():
    assert 'alt="3 strengths, 5 problems"' in page.balance_bars(3, 5, 5)


def test_nothing_is_shown_of_what_is_done_at_once(capsys):
    with bars() as show:
        show("reading", 1, 2)
        show("reading", 2, 2)

    assert capsys.readouterr().err.strip() == ""


def test_a_trend_of_too_few_reports_is_said_and_not_drawn(ws, tmp_path):
    picture = ws.plot("trend", priority="neglect")

    assert picture._repr_html_() == (
        "<p><strong>Neglect, earlier and later reports</strong>: "
        "Share of the reports: too few reports</p>"
    )
    with pytest.raises(LifError, match="nothing to draw for 'Neglect, earlier and later reports'"):
        picture.save(tmp_path / "trend.png")


def test_pictures_carry_their_words(ws):
    shown = ws.plot("balance")._repr_html_()

    assert 'alt="Strengths and problems of each theme: ' in shown


@pytest.mark.parametrize(
    ("kind", "unit"), [("balance", "number of findings"), ("recurrence", "number of reports")]
)
def test_an_axis_says_what_it_counts(ws, tmp_path, kind, unit):
    assert unit in ws.plot(kind).save(tmp_path / "chart.svg").read_text("utf-8")


def test_a_frame_is_shown_with_whole_texts():
    text = "word " * 40 + "<end>"
    shown = show(pd.DataFrame({"text": [text, text], "codes": [("a", "b")] * 2}), max_rows=1)

    assert f"{'word ' * 40}&lt;end&gt;" in shown._repr_html_()
    assert "<td" in shown._repr_html_() and "a, b" in shown._repr_html_()
    assert "1 of 2 rows" in shown._repr_html_()


def test_a_frame_spells_kinds_of_report_and_keeps_dates_on_one_line():
    rows = {"review_type": ["pfd", "own kind"], "published": ["2021-03-09", "2021-03"]}
    shown = show(pd.DataFrame(rows))._repr_html_()

    assert ">pfd<" not in shown and ">own kind<" in shown
    assert shown.count('<span style="white-space:nowrap">2021-03') == 2


def test_a_frame_shows_no_page_0_no_folder_and_headings_that_can_wrap():
    rows = {"source": ["/home/me/audit 1.csv"], "page": [0], "later_of_reports": [12]}
    shown = show(pd.DataFrame(rows))._repr_html_()

    assert ">0<" not in shown and ">audit 1.csv<" in shown and "home" not in shown
    assert "later_<wbr>of_<wbr>reports" in shown
