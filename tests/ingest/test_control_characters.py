"""Characters that print nothing go on reading, in every format, and offsets hold."""

from __future__ import annotations

import pytest

from lif_nlp.ingest.control_characters import clean_reading
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.records import Document, Fact
from tests.ingest.makers import make_docx, make_odt, make_xlsx

WORDS = "The sch\u200bool\u000brang\u202e twice."
CLEAN = "The school rang twice."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.txt", f"Review of Child A1\n\n{WORDS}\x07\n".encode()),
        ("r.md", f"# Review of Child A1\n\n\x1b{WORDS}\n".encode()),
        ("r.html", f"<html><h1>Review</h1><p>{WORDS}\ufeff</p></html>".encode()),
        (
            "r.eml",
            b"From: a@b.org\r\nTo: c@d.org\r\nDate: Mon, 3 May 2021 10:00:00\r\n"
            b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + f"{WORDS}\x07\r\n".encode(),
        ),
        ("r.odt", make_odt("<text:p>The sch\u200bool rang\u202e twice.\u2066</text:p>")),
        ("r.docx", make_docx([("Normal", "The sch\u200bool rang\u202e twice.\u2066")])),
        (
            "r.xlsx",
            make_xlsx(
                {
                    "Cases": [
                        ["Case ref", "Strengths"],
                        ["A1", "The sch\u200bool rang\u202e twice.\u2066"],
                        ["A2", "Nobody was told of it."],
                    ]
                }
            ),
        ),
        (
            "r.csv",
            f'Case ref,Strengths\nA1,"{WORDS}\x07"\nA2,Nobody was told of it.\n'.encode(),
        ),
    ],
)
def test_they_go_in_every_format_and_are_counted(read_file, name: str, content: bytes) -> None:
    (document,) = read_file(name, content)
    assert isinstance(document, Document)
    assert CLEAN in [document.slice(block.start, block.end) for block in document.blocks]
    [count] = [fact for fact in document.facts if fact.name == "control_characters_removed"]
    assert int(count.value) >= 3


def test_clean_text_is_not_counted(read_file) -> None:
    (document,) = read_file("r.txt", f"Café review\n\n{CLEAN}\n".encode())
    assert not [fact for fact in document.facts if fact.name.startswith("control")]


def test_page_turns_move_with_the_words() -> None:
    piece = Piece("\x07One\x07 two three.", 1, turns=((6, 2),), cells=(("a\x07", "b\x07"),))
    reading, count = clean_reading(Reading((piece,), title="A\x1b title"))
    [clean] = reading.pieces
    assert (clean.text, clean.turns, clean.cells) == ("One two three.", ((4, 2),), (("a", "b"),))
    assert (count, reading.title) == (2, "A title")


def test_a_piece_of_nothing_else_is_empty(read_file) -> None:
    (document,) = read_file("r.txt", b"Review of Child A1\n\n\x07\n\nNobody rang.\n")
    assert [document.slice(b.start, b.end) for b in document.blocks] == [
        "Review of Child A1",
        "Nobody rang.",
    ]
    assert Fact("control_characters_removed", "1") in document.facts
