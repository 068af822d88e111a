"""Properties of every document: offsets, order, and that no word is lost."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from lif_nlp.ingest.boilerplate import mark_boilerplate
from lif_nlp.ingest.formats.text import read_text
from lif_nlp.ingest.pdf.document import read_pdf
from lif_nlp.ingest.pieces import Piece, assemble
from tests.ingest.makers import Line, make_pdf

# PDFium takes single letters below one another for vertical writing.
WORDS = st.text(alphabet="abcdefgh ", min_size=1, max_size=30).map(lambda w: f"ab{w}".strip())
PIECES = st.lists(
    st.builds(
        Piece,
        text=WORDS,
        page=st.integers(1, 5),
        kind=st.sampled_from(("heading", "paragraph", "bullet", "note")),
        level=st.integers(0, 4),
    ),
    max_size=12,
)


@given(PIECES)
def test_every_block_is_its_slice_and_blocks_do_not_overlap(pieces: list[Piece]) -> None:
    text, blocks = assemble(pieces)
    assert [text[b.start : b.end] for b in blocks] == [piece.text for piece in pieces]
    assert all(one.end <= other.start for one, other in pairwise(blocks))


@given(PIECES)
def test_levels_of_a_heading_path_descend(pieces: list[Piece]) -> None:
    levels = {}
    _, blocks = assemble(pieces)
    for piece, block in zip(pieces, blocks, strict=True):
        assert all(name in levels for name in block.heading)
        if piece.kind == "heading":
            levels[piece.text] = piece.level


@given(PIECES)
def test_marking_boilerplate_changes_no_words(pieces: list[Piece]) -> None:
    assert [piece.text for piece in mark_boilerplate(pieces)] == [piece.text for piece in pieces]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=3), st.booleans())
def test_no_word_of_a_pdf_is_lost(pages: list[list[str]], tagged: bool) -> None:
    made = [
        [
            Line(words, 800 - 40 * place, tag=f"P_{place}" if tagged else "")
            for place, words in enumerate(page)
        ]
        for page in pages
    ]
    reading = read_pdf(make_pdf(made), "a.pdf")
    got = " ".join(
        [*(p.text for p in reading.pieces), *(d.text for d in reading.removed_text)]
    ).split()
    assert sorted(got) == sorted(word for page in pages for words in page for word in words.split())


@given(st.lists(WORDS, min_size=1, max_size=10))
def test_no_word_of_a_text_is_lost(paragraphs: list[str]) -> None:
    reading = read_text("\n\n".join(paragraphs).encode(), "a.txt")
    assert " ".join(p.text for p in reading.pieces).split() == " ".join(paragraphs).split()
