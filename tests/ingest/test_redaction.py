"""With `redact = true`, what is stored passes the test of what circulates."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from lif_nlp.about import GOLD
from lif_nlp.circulation import KnownWords, may_circulate
from lif_nlp.ingest.pieces import Piece
from lif_nlp.ingest.redaction import redact_pieces, redacted
from lif_nlp.records import WITHHELD
from tests.ingest.makers import make_xlsx

PHONE = "01632 960123"
AUDIT = [["Child ref", "Strength", "Grade"], ["A1", f"Mrs Hart rang {PHONE} on the day.", "2"]]

REVIEW = """# Learning review: Tamsin Vale

Published 3 March 2024

## Findings

The school did not share what it knew with the health visitor. Tamsin hid in the boathouse.

## Recommendations

The school should keep one record of every alert.
"""


def test_a_sentence_that_may_identify_is_withheld_and_the_next_stays():
    text = "Plans were late. Bond's notes were brief. Records were kept well."
    assert redacted(text) == f"Plans were late. {WITHHELD} Records were kept well."


def test_what_the_guard_keeps_in_is_not_stored():
    rows = map(json.loads, (GOLD / "circulation_08.jsonl").read_text("utf-8").splitlines())
    kept = [row["text"] for row in rows if row["identifying"] and not may_circulate(row["text"])]
    assert len(kept) > 100
    assert all(may_circulate(redacted(text).replace(WITHHELD, "")) for text in kept)


def test_own_names_are_replaced_or_withheld_anywhere():
    known = KnownWords(own_names=["Ash Lane"])
    assert "ash lane" not in redacted("staff met at Ash Lane. they left.", known).casefold()


@given(st.text(max_size=80))
def test_any_text_can_be_redacted_and_pages_stay_in_order(text: str) -> None:
    turns = tuple((offset, 2 + offset) for offset in range(0, len(text), 7))
    ((piece,), _) = redact_pieces([Piece(text, turns=turns)], ())
    assert piece.text == redacted(text)
    offsets = [offset for offset, _ in piece.turns]
    assert offsets == sorted(offsets) and all(0 <= n <= len(piece.text) for n in offsets)


def test_a_page_that_turns_behind_a_withheld_sentence_turns_there():
    text = "Kayleigh hid under the pier. Plans were late."
    ((piece,), _) = redact_pieces([Piece(text, turns=((29, 2),))], ())
    assert piece.text[piece.turns[0][0] :] == "Plans were late."


def test_a_paragraph_of_withheld_sentences_is_no_finding():
    text = "Kayleigh hid under the pier. Kayleigh was found there."
    ((piece,), _) = redact_pieces([Piece(text)], ())
    assert (piece.text, piece.boilerplate) == (f"{WITHHELD} {WITHHELD}", "withheld")


def test_no_name_of_a_sheet_or_column_is_stored(read_file) -> None:
    header = ["Child ref", "Strength", "Kayleigh Hart's view"]
    hidden = [header, ["A1", "Plans were shared with all.", "ok"], ["A2", "ok", "ok"]]
    content = make_xlsx({"Cases": AUDIT, "Kayleigh Hart": hidden}, hidden=("Kayleigh Hart",))
    (document,) = read_file("audit.xlsx", content, redact=True)
    assert "Kayleigh" not in repr(document)
    assert ("hidden_sheet", "number 2") in [(fact.name, fact.value) for fact in document.facts]
    assert f"sheet {WITHHELD}, row 3" in [part.where for part in document.unused]


def test_a_report_is_stored_without_its_childs_name(read_file) -> None:
    (document,) = read_file("review.md", REVIEW.encode(), redact=True)
    assert "Tamsin" not in repr(document) and "boathouse" not in repr(document)
    assert "The school should keep one record of every alert." in document.text
    assert "sentence: 2" in [fact.value for fact in document.facts if fact.name == "redacted"]


def test_redaction_changes_what_is_stored_in_text_and_cells(read_file) -> None:
    (document,) = read_file("audit.xlsx", make_xlsx({"Cases": AUDIT}), redact=True)
    assert document.text == "Mrs [name] rang [phone] on the day."
    assert ("Strength", "Mrs [name] rang [phone] on the day.") in document.blocks[0].cells
    assert [fact.value for fact in document.facts if fact.name == "redacted"] == [
        "name: 1",
        "phone: 1",
    ]
    assert "Hart" not in repr(document)
    assert PHONE not in repr(document)
