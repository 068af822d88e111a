"""Reports as plain text, as they come out of mail and old web pages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sample_corpus.source import FICTION, Piece, Report, Run, cover_lines, plain


def build_txt(report: Report) -> bytes:
    """The report as plain text, wrapped at 78 characters."""
    meta = report.meta
    lines = [meta["publisher"], "", meta["title"].upper(), "", *cover_lines(meta), ""]
    lines += [*wrap(f"FICTION. {FICTION}."), ""]
    for piece in report.pieces:
        lines += [*piece_txt(piece, report), ""]
    lines += [line for n, runs in report.notes.items() for line in wrap(f"[{n}] {plain(runs)}")]
    lines += ["", "-" * 40, *wrap(FICTION)]
    return ("\n".join(lines).rstrip() + "\n").encode()


def wrap(words: str, indent: str = "", first: str = "") -> list[str]:
    """Words as lines of at most 78 characters, never broken inside a word."""
    return textwrap.wrap(
        words, 78, initial_indent=first or indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def piece_txt(piece: Piece, report: Report) -> list[str]:
    """One piece as lines of plain text."""

    def words(runs: Sequence[Run]) -> str:
        return "".join(run.text + (f" [{run.note}]" if run.note else "") for run in runs)

    rows = [[words(cell) for cell in row] for row in piece.rows]
    if piece.kind == "heading":
        text = words(piece.runs)
        return [text.upper(), "=" * len(text)] if piece.level == 1 else [text]
    if piece.kind == "paragraph":
        first = f"{piece.number:<6}" if piece.number else ""
        return wrap(words(piece.runs), indent=" " * len(first), first=first)
    if piece.kind == "contents":
        tops = [plain(p.runs) for p in report.pieces if p.kind == "heading" and p.level == 1]
        return ["CONTENTS", *[f"  {top}" for top in tops]]
    lines = {
        "bullets": [(row[0], "   ", "-  ") for row in rows],
        "numbers": [(row[0], "   ", f"{i}. ") for i, row in enumerate(rows, start=1)],
        "box": [(row[0], "    ", "") for row in rows],
        "table": [(labelled(rows[0], row), "  ", "") for row in rows[1:]] if rows else [],
        "pagebreak": [],
    }[piece.kind]
    return [line for text, indent, first in lines for line in wrap(text, indent, first)]


def labelled(head: Sequence[str], row: Sequence[str]) -> str:
    """A table row in words: "Owner: Police; By: June"."""
    return "; ".join(f"{name}: {cell}" for name, cell in zip(head, row, strict=True) if cell)
