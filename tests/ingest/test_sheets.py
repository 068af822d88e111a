"""Audit sheets and tables of coroners' reports: every row is a finding or is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lif_nlp.errors import ConfigError
from lif_nlp.ingest import explain_columns
from lif_nlp.ingest.sheets.audit import normalise_grade, split_strength_and_gap
from lif_nlp.ingest.sheets.column_roles import load_mapping, understand_columns
from lif_nlp.records import Document
from tests.ingest.makers import make_xlsx

AUDIT = [
    ["Multi-agency audit: neglect", None, None, None, None],
    ["Northmoor Safeguarding Children Partnership, 4 March 2024", None, None, None, None],
    ["Child ref", "Agency", "What went well", "Areas for development", "Grade"],
    ["A1", "Police", "Seen alone by the same officer.", "No referral was made for weeks.", "2"],
    ["A2", "School", "N/A", "", "RI"],
    ["A3", "School", "Seen alone by the same officer.", "Chronology was out of date.", "Red"],
    [None, None, None, None, None],
]


def rows(document: Document) -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (block.number, block.heading, document.slice(block.start, block.end))
        for block in document.blocks
        if block.kind == "table_row"
    ]


def test_each_free_text_cell_is_a_finding_under_its_column(read_file) -> None:
    (document,) = read_file("audit.xlsx", make_xlsx({"Cases": AUDIT}))
    assert rows(document) == [
        ("row 4", ("Cases", "Strength"), "Seen alone by the same officer."),
        ("row 4", ("Cases", "Area for development"), "No referral was made for weeks."),
        ("row 6", ("Cases", "Area for development"), "Chronology was out of date."),
    ]
    assert document.blocks[-1].cells == (
        ("Child ref", "A3"),
        ("Agency", "School"),
        ("What went well", "Seen alone by the same officer."),
        ("Areas for development", "Chronology was out of date."),
        ("Grade", "Red"),
        ("grade", "inadequate"),
    )


def test_every_skipped_row_is_listed_with_the_reason(read_file) -> None:
    (document,) = read_file("audit.xlsx", make_xlsx({"Cases": AUDIT}))
    assert [(item.where, item.reason) for item in document.unused] == [
        ("sheet Cases, row 5", "it has no free text (only N/A, grades or single words)"),
        ("sheet Cases, row 6, Strength", "it has the same words as row 4 (perhaps a sibling's)"),
    ]


def test_title_rows_above_the_header_describe_the_audit(read_file) -> None:
    (document,) = read_file("audit.xlsx", make_xlsx({"Cases": AUDIT}))
    assert (document.title, document.review_type, document.area) == (
        "Multi-agency audit: neglect",
        "multi_agency_audit",
        "Northmoor",
    )


def test_hidden_sheets_are_read_and_named(read_file) -> None:
    content = make_xlsx({"Cases": AUDIT, "Old": AUDIT}, hidden=("Old",))
    (document,) = read_file("audit.xlsx", content)
    assert ("hidden_sheet", "Old") in [(fact.name, fact.value) for fact in document.facts]
    assert {block.page for block in document.blocks} == {1, 2}


def test_a_merged_question_belongs_to_the_rows_below_it(read_file) -> None:
    content = (
        "Standard,Question,Evidence\n1 Voice,Was she seen?,Seen twice at school.\n"
        ",Was he asked?,Not asked at all.\n"
    )
    (document,) = read_file("audit.csv", content.encode())
    assert [heading for _, heading, _ in rows(document)] == [
        ("1 Voice", "Was she seen?", "Evidence"),
        ("1 Voice", "Was he asked?", "Evidence"),
    ]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        (
            "Strengths: seen alone. AFD: no plan.",
            [("Strength", "seen alone."), ("Area for development", "no plan.")],
        ),
        (
            "WWW - prompt visit\nEBI - share the plan",
            [("Strength", "prompt visit"), ("Area for development", "share the plan")],
        ),
        ("The strength of the plan was clear.", [("", "The strength of the plan was clear.")]),
    ],
)
def test_one_cell_may_hold_a_strength_and_a_gap(cell: str, parts: list[tuple[str, str]]) -> None:
    assert split_strength_and_gap(cell, "") == parts


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Outstanding", "outstanding"),
        ("2", "good"),
        ("2.0", "good"),
        ("RI", "requires improvement"),
        ("AMBER", "requires improvement"),
        ("Not met", "inadequate"),
        ("Fully met", "good"),
        ("tbc", ""),
    ],
)
def test_grades_are_normalised(printed: str, grade: str) -> None:
    assert normalise_grade(printed) == grade


def test_a_mapping_overrides_the_guess(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('[columns]\n"Box 7" = "gap"\n')
    (column,) = understand_columns(["Box 7"], [], load_mapping(path))
    assert (column.role, column.by, column.heading) == ("gap", "mapping", "Area for development")


def test_a_mapping_to_an_unknown_role_names_the_key(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('[columns]\n"Box 7" = "bad"\n')
    with pytest.raises(ConfigError, match=r"columns\.Box 7 = 'bad'; use one of: action, agency"):
        load_mapping(path)


PFD = """id,date,area,circumstances,concerns
2021-0001,2021-05-04,Northmoor,"He was seen twice.

He was not asked.","(1) No one shared the plan."
2021-0002,2021-06-04,Eastleigh,She rang.,No one rang back.
"""


def test_a_table_of_coroners_reports_gives_one_document_per_row(read_file) -> None:
    first, second = read_file("pfd.csv", PFD.encode())
    assert (first.review_type, first.published, first.area) == ("pfd", "2021-05-04", "Northmoor")
    assert [
        (b.heading, first.slice(b.start, b.end)) for b in first.blocks if b.kind != "heading"
    ] == [
        (("Circumstances",), "He was seen twice."),
        (("Circumstances",), "He was not asked."),
        (("Concerns",), "No one shared the plan."),
    ]
    assert first.doc_id != second.doc_id
    assert second.source.endswith("pfd.csv!/row 3")


def test_the_role_of_each_column_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    path.write_bytes(make_xlsx({"Cases": AUDIT}))
    notes = explain_columns(path)
    assert [(note.column, note.role, note.by, note.findings) for note in notes] == [
        ("Child ref", "child", "its name", False),
        ("Agency", "agency", "its name", False),
        ("What went well", "strength", "its name", True),
        ("Areas for development", "gap", "its name", True),
        ("Grade", "grade", "its name", False),
    ]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Mgmt oversight", "supervision"),
        ("So what?", "comment"),
        ("Actions / by whom", "action"),
        ("Action by", "owner"),
        ("By whom", "owner"),
        ("VoC", "voice"),
        ("Recs", "action"),
        ("Needs to develop", "gap"),
        ("Working well", "strength"),
        ("Not working well", "gap"),
    ],
)
def test_note_form_names_of_columns_are_understood(name: str, role: str) -> None:
    assert [column.role for column in understand_columns([name], [])] == [role]


def test_a_column_of_unknown_name_is_listed_as_not_used(read_file) -> None:
    sheet = [
        ["Case ref", "Strengths", "Chron"],
        ["A1", "Seen alone each time", "stops in March"],
        ["A2", "Wrote to the chair", "up to date"],
    ]
    (document,) = read_file("audit.xlsx", make_xlsx({"Cases": sheet}))
    assert [(item.where, item.reason) for item in document.unused] == [
        (
            "sheet Cases, column Chron",
            "its name is not known, and its cells are short; give it a role in a mapping file",
        )
    ]


def test_a_row_of_a_csv_with_too_many_cells_is_named(read_file) -> None:
    lines = [
        "Child;Strength;Grade",
        "1;Seen alone twice; in her words.;Good",
        "2;Wrote to the chair.;RI",
    ]
    (document,) = read_file("audit.csv", "\r\n".join(lines).encode("cp1252"))

    (row,) = document.unused
    assert row.where == "row 2" and row.reason.startswith("it has more cells than the header has")


def test_a_remark_in_a_row_of_its_own_is_read(read_file) -> None:
    sheet = [
        ["Case ref", "Year", "Strengths", "Actions"],
        ["A1", "Y6", "Seen alone each time", "memo withdrawn"],
        ["A2", "Y7", None, None],
        ["Auditor's remark", "We counted the genograms and we missed the men.", None, None],
    ]
    (document,) = read_file("audit.xlsx", make_xlsx({"Cases": sheet}))
    words = [(document.slice(b.start, b.end), b.heading) for b in document.blocks]
    assert words == [
        ("Seen alone each time", ("Cases", "Strength")),
        ("memo withdrawn", ("Cases", "Action")),
        ("We counted the genograms and we missed the men.", ("Cases", "Auditor's remark")),
    ]
