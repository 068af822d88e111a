import io
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("mdit_py_plugins", reason="the corpus builder needs mdit-py-plugins")

from build_sample_corpus import build
from sample_corpus.source import Report, long_date, plain, read_report

SOURCE = """+++
title = "Learning review: Ash"
publisher = "Testmere SCP"
review_type = "learning_review"
published = "2020-02-03"
area = "Testmere"
format = "{format}"
header = "Testmere"
quotes = "{quotes}"
+++
[[contents]]

# 1. Facts

1.1 The **ward** wrote "no concerns".[^1] It was wrong.

- first
- second

| Action | Owner |
|---|---|
| Ring the school | Ward |

[^1]: Said by two nurses.
"""

SHEET = """title = "Audit"
publisher = "Testmere SCP"
review_type = "multi_agency_audit"
published = "2020-02-03"
area = "Testmere"
format = "{format}"
[[sheet]]
name = "Findings"
title_rows = ["Audit of two"]
groups = [["Child", 1], ["Grade", 2]]
header = ["Ref", "Agency", "Grade"]
rows = [["A1", "Police", "2 {{amber}}"], ["^", "School", "{{red}}"]]
"""


def write(folder: Path, kind: str, quotes: str = "straight") -> Path:
    sheet = kind in ("xlsx", "csv")
    path = folder / ("01_ash.toml" if sheet else "01_ash.md")
    path.write_text((SHEET if sheet else SOURCE).format(format=kind, quotes=quotes), "utf-8")
    return path


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return read_report(write(tmp_path, "txt"))


def test_printed_numbers_are_kept_apart_from_the_words(report):
    numbered = next(p for p in report.pieces if p.number)
    assert (numbered.number, plain(numbered.runs)) == (
        "1.1",
        'The ward wrote "no concerns". It was wrong.',
    )


def test_footnotes_are_found_by_their_number(report):
    assert {n: plain(runs) for n, runs in report.notes.items()} == {1: "Said by two nurses."}


def test_kinds_of_pieces(report):
    assert [p.kind for p in report.pieces] == [
        "contents",
        "heading",
        "paragraph",
        "bullets",
        "table",
    ]


def test_curly_quotes_on_request(tmp_path):
    curly = read_report(write(tmp_path, "txt", quotes="curly"))
    assert "“no concerns”" in "".join(plain(p.runs) for p in curly.pieces)


def test_unknown_markdown_is_refused(tmp_path):
    path = write(tmp_path, "txt")
    path.write_text(path.read_text("utf-8") + "\n***\n", "utf-8")
    with pytest.raises(ValueError, match="Markdown that the builder does not know: hr"):
        read_report(path)


def test_text_file_in_full(tmp_path):
    name, data, _ = build(write(tmp_path, "txt"))
    assert name == "01_ash.txt"
    assert data.decode().splitlines()[-11:] == [
        '1.1   The ward wrote "no concerns". [1] It was wrong.',
        "",
        "-  first",
        "-  second",
        "",
        "  Action: Ring the school; Owner: Ward",
        "",
        "[1] Said by two nurses.",
        "",
        "-" * 40,
        "Fictional report written for lif_nlp; no real child, family, worker or place",
    ]


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "xlsx", "csv"])
def test_building_twice_gives_the_same_bytes(tmp_path, kind):
    source = write(tmp_path, kind)
    assert build(source)[1] == build(source)[1]


def test_docx_has_real_footnotes_and_styles(tmp_path):
    _, data, _ = build(write(tmp_path, "docx"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"Said by two nurses." in archive.read("word/footnotes.xml")
        assert b'w:val="Heading1"' in archive.read("word/document.xml")
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_xlsx_has_merged_titles_groups_and_colours(tmp_path):
    from openpyxl import load_workbook

    _, data, _ = build(write(tmp_path, "xlsx"))
    sheet = load_workbook(io.BytesIO(data))["Findings"]
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A1:C1", "A2:C2", "B3:C3", "A5:A6"}
    assert (sheet["C5"].value, sheet["C6"].value) == (2, None)
    assert sheet["C6"].fill.fgColor.rgb == "00F4B6B0"


def test_csv_leaves_merged_and_coloured_cells_empty(tmp_path):
    _, data, _ = build(write(tmp_path, "csv"))
    assert data.decode("utf-8-sig").splitlines()[-3:] == [
        "Ref,Agency,Grade",
        "A1,Police,2",
        ",School,",
    ]


def test_dates_are_printed_as_reports_print_them():
    assert long_date("2021-03-09") == "9 March 2021"


def test_committed_text_files_are_those_of_their_sources(sample, manifest):
    for line in manifest:
        if line["file"].endswith((".txt", ".html", ".csv")):
            assert (
                build(sample.parent / line["source"])[1] == (sample / line["file"]).read_bytes()
            ), line["file"]
