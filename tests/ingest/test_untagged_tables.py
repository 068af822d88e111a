"""Tables of PDFs, most of them without tags, and text in two columns."""

from __future__ import annotations

from lif_nlp.ingest.pdf.chunks import Chunk
from lif_nlp.ingest.pdf.document import read_pdf
from lif_nlp.ingest.pdf.tagged_tables import read_tables
from tests.ingest.makers import Line, make_pdf

LEFT, MIDDLE, RIGHT = 72, 330, 470


def cells(*texts: tuple[float, float, str]) -> list[Line]:
    return [Line(text, y, x=x, size=10) for x, y, text in texts]


HEADER = cells((LEFT, 700, "Recommendation"), (MIDDLE, 700, "Owner"), (RIGHT, 700, "Date"))
BY_CELL = cells(
    (LEFT, 680, "1. Schools should record who collects each child"),
    (LEFT, 668, "and read the record every term."),
    (MIDDLE, 680, "Director of"),
    (MIDDLE, 668, "education"),
    (RIGHT, 680, "March 2026"),
    (LEFT, 648, "2. Managers should hold supervision every month."),
    (MIDDLE, 648, "Named nurse"),
    (RIGHT, 648, "June 2026"),
)
ROWS = [
    {
        "Recommendation": "1. Schools should record who collects each child "
        "and read the record every term.",
        "Owner": "Director of education",
        "Date": "March 2026",
    },
    {
        "Recommendation": "2. Managers should hold supervision every month.",
        "Owner": "Named nurse",
        "Date": "June 2026",
    },
]


def rows(lines: list[Line]) -> list[dict[str, str]]:
    pieces = read_pdf(make_pdf([lines]), "report.pdf").pieces
    return [dict(piece.cells) for piece in pieces if piece.cells]


def test_a_table_without_tags_keeps_its_columns() -> None:
    assert rows([*HEADER, *BY_CELL]) == ROWS


def test_a_table_drawn_line_by_line_is_the_same() -> None:
    across = sorted(BY_CELL, key=lambda line: (-line.y, line.x))
    assert rows([*HEADER, *across]) == ROWS


def test_names_of_narrow_columns_run_over_two_lines() -> None:
    names = [
        (LEFT, 712, "Recommend"),
        (LEFT, 700, "ation"),
        (MIDDLE, 712, "Owner"),
        (RIGHT, 712, "Date"),
    ]
    header = [Line(text, y, x=x, size=10, bold=True) for x, y, text in names]
    assert rows([*header, *BY_CELL]) == ROWS


def test_what_follows_a_table_is_text_again() -> None:
    after = Line("The partnership agreed these recommendations in May of that year.", 600)
    pieces = read_pdf(make_pdf([[*HEADER, *BY_CELL, after]]), "report.pdf").pieces
    assert (pieces[-1].kind, pieces[-1].text) == ("paragraph", after.text)


def test_words_far_apart_that_do_not_name_columns_are_not_a_table() -> None:
    lines = cells((LEFT, 700, "Ann Lee"), (MIDDLE, 700, "Ben May"), (LEFT, 680, "Chair of it"))
    assert rows(lines) == []


def test_two_columns_are_read_one_after_the_other() -> None:
    lines = [
        Line("The school nurse met the family in", 700),
        Line("March and was told of the move.", 686),
        Line("The housing officer knew of the", 700, x=320),
        Line("debt and did not tell anyone.", 686, x=320),
    ]
    pieces = read_pdf(make_pdf([lines]), "report.pdf").pieces
    assert [piece.text for piece in pieces] == [
        "The school nurse met the family in March and was told of the move.",
        "The housing officer knew of the debt and did not tell anyone.",
    ]


def test_a_table_and_its_row_continue_over_the_page() -> None:
    second = cells(
        (LEFT, 780, "by the end of term."),
        (LEFT, 750, "3. Police should share their notices."),
        (MIDDLE, 750, "Head of the hub"),
        (RIGHT, 750, "July 2026"),
    )
    first = [*HEADER, *BY_CELL[:5], *cells((LEFT, 648, "2. Managers should hold supervision"))]
    first += cells((MIDDLE, 648, "Named nurse"), (RIGHT, 648, "June 2026"))
    pieces = read_pdf(make_pdf([first, second]), "report.pdf").pieces
    assert [(dict(p.cells)["Recommendation"], p.turns) for p in pieces if p.cells][1:] == [
        ("2. Managers should hold supervision by the end of term.", ((36, 2),)),
        ("3. Police should share their notices.", ()),
    ]


def cell(kind: str, row: int, column: int, text: str) -> Chunk:
    tags = (("Table", 1), ("TR", row), (kind, 10 * row + column))
    return Chunk(text, 1, 0, 50, 50, 0, 0, 12, False, False, tags, 1)


def test_a_first_row_tagged_as_header_names_the_columns_of_short_cells() -> None:
    rows = (("TH", "Family", "First seen"), ("TD", "A", "2015"), ("TD", "B", "2016"))
    chunks = [cell(k, row, n, t) for row, (k, *ts) in enumerate(rows) for n, t in enumerate(ts)]
    head, *body = read_tables(chunks, lambda chunk: False)
    assert head.boilerplate == "table header"
    assert [dict(piece.cells) for piece in body] == [
        {"Family": "A", "First seen": "2015"},
        {"Family": "B", "First seen": "2016"},
    ]
