"""What a source holds: front matter and the pieces of a report, whatever it will be built as."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FICTION = "Fictional report written for lif_nlp; no real child, family, worker or place"
NUMBERED = re.compile(r"(\d+(?:\.\d+)+)\s+")

Meta = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """Words in one style; `note` is the number of the footnote that follows, or 0."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int = 0


@dataclass(frozen=True)
class Piece:
    """A part of a report: heading, paragraph, list, box, table, contents or break.

    `rows` hold list items (one cell each), box paragraphs, or table rows.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    number: str = ""
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


@dataclass(frozen=True)
class Report:
    """A parsed source: front matter, pieces in order, footnotes by number."""

    meta: Meta
    pieces: tuple[Piece, ...]
    notes: dict[int, tuple[Run, ...]] = field(default_factory=dict)


def long_date(iso: str) -> str:
    """The date as printed in reports: "9 March 2021"."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def plain(runs: Sequence[Run]) -> str:
    """The words of some runs, without style."""
    return "".join(run.text for run in runs)


def cover_lines(meta: Meta) -> list[str]:
    """What stands under the title: subtitle, authors and date."""
    author = meta.get("author", [])
    authors = [author] if isinstance(author, str) else list(author)
    lines = [meta.get("subtitle", ""), *authors, f"Published {long_date(meta['published'])}"]
    return [line for line in lines if line]


def read_report(path: Path) -> Report:
    """The report that a Markdown source holds."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from mdit_py_plugins.footnote import footnote_plugin

    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    meta = tomllib.loads(front)
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin, inline=False)
    if meta.get("quotes") == "curly":
        parser.options["typographer"] = True
        parser.enable("smartquotes")
    tree = SyntaxTreeNode(parser.parse(body))
    pieces: list[Piece] = []
    notes: dict[int, tuple[Run, ...]] = {}
    for node in tree.children:
        if node.type == "footnote_block":
            for item in node.children:
                notes[int(item.meta["id"]) + 1] = tuple(runs_of(item.children[0]))
        else:
            pieces.extend(pieces_of(node))
    return Report(meta=meta, pieces=tuple(pieces), notes=notes)


def pieces_of(node: Any) -> Iterator[Piece]:
    """The pieces of one top-level Markdown node."""
    if node.type == "heading":
        yield Piece("heading", tuple(runs_of(node)), level=int(node.tag[1]))
    elif node.type == "paragraph":
        yield paragraph(tuple(runs_of(node)))
    elif node.type in ("bullet_list", "ordered_list"):
        kind = "bullets" if node.type == "bullet_list" else "numbers"
        yield Piece(kind, rows=tuple((tuple(runs_of(item)),) for item in node.children))
    elif node.type == "blockquote":
        yield Piece("box", rows=tuple((tuple(runs_of(part)),) for part in node.children))
    elif node.type == "table":
        rows = [row for part in node.children for row in part.children]
        yield Piece("table", rows=tuple(tuple(tuple(runs_of(c)) for c in r.children) for r in rows))
    else:
        raise ValueError(f"the source uses Markdown that the builder does not know: {node.type}")


def paragraph(runs: tuple[Run, ...]) -> Piece:
    """A paragraph, with its printed number apart, or the directive that it is."""
    words = plain(runs)
    if words in ("[[contents]]", "[[pagebreak]]"):
        return Piece(words.strip("[]"))
    if match := NUMBERED.match(words):
        first = Run(runs[0].text[match.end() :], runs[0].bold, runs[0].italic, runs[0].note)
        return Piece("paragraph", (first, *runs[1:]), number=match.group(1))
    return Piece("paragraph", runs)


def runs_of(node: Any, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    """The styled words under a node, in order."""
    for child in node.children:
        if child.type == "text":
            yield Run(child.content, bold, italic)
        elif child.type in ("softbreak", "hardbreak"):
            yield Run(" ", bold, italic)
        elif child.type == "footnote_ref":
            yield Run("", note=int(child.meta["id"]) + 1)
        elif child.type == "footnote_anchor":
            continue
        else:
            strong, stressed = child.type == "strong", child.type == "em"
            yield from runs_of(child, bold=bold or strong, italic=italic or stressed)
