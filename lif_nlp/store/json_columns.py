"""Converts records to JSON cells and back; tuples come back as tuples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from sys import intern
from typing import Any

from lif_nlp.frame_record import Frame
from lif_nlp.record_values import values_of
from lif_nlp.records import Block, LabelEvidence

# Made once: `json.dumps` with options of its own makes another at each call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_values_of_block, _values_of_mark = values_of(Block), values_of(LabelEvidence)
_values_of_frame = values_of(Frame)


def dump(value: object) -> str:
    """Compact JSON text of plain values."""
    return _ENCODER.encode(value)


@lru_cache(maxsize=20_000)
def dump_strings(values: tuple[str, ...]) -> str:
    """Compact JSON text of strings, cached: most findings share the same few."""
    return dump(values)


@lru_cache(maxsize=20_000)
def strings(cell: str) -> tuple[str, ...]:
    """The tuple of strings written by `dump_strings`."""
    return tuple(json.loads(cell)) if cell else ()


def numbers(cell: str, only: str = "") -> Mapping[str, float]:
    """The mapping of scores written by `dump`, or those of them whose name begins with `only`."""
    scores: dict[str, float] = json.loads(cell)
    # One string for each name: of 60,000 findings they would take a hundred megabytes.
    return {intern(name): score for name, score in scores.items() if name.startswith(only)}


def dump_blocks(blocks: Iterable[Block]) -> str:
    """JSON text of a document's blocks."""
    return dump([_values_of_block(block) for block in blocks])


def load_blocks(cell: str) -> tuple[Block, ...]:
    """The blocks written by `dump_blocks`."""
    return tuple(_block(row) for row in json.loads(cell))


def dump_marks(marks: Iterable[LabelEvidence]) -> str:
    """JSON text of a finding's marks."""
    return dump([_values_of_mark(mark) for mark in marks])


def load_marks(cell: str) -> tuple[LabelEvidence, ...]:
    """The marks written by `dump_marks`."""
    return tuple(LabelEvidence(*row) for row in json.loads(cell))


def dump_frames(frames: Iterable[Frame]) -> str:
    """JSON text of a finding's frames."""
    return dump([_values_of_frame(frame) for frame in frames])


def load_frames(cell: str) -> tuple[Frame, ...]:
    """The frames written by `dump_frames`."""
    return tuple(_frame(row) for row in json.loads(cell))


def _frame(row: list[Any]) -> Frame:
    # The same few ids of aspects and defects come back in every finding.
    values: list[Any] = [intern(value) if isinstance(value, str) else value for value in row]
    return Frame(*values)


def _block(row: list[Any]) -> Block:
    start, end, page, kind, heading, number, level, turns, cells, boilerplate = row
    return Block(
        start,
        end,
        page,
        kind,
        tuple(heading),
        number,
        level,
        tuple((at, to) for at, to in turns),
        tuple((column, value) for column, value in cells),
        boilerplate,
    )
