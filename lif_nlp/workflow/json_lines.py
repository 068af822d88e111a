"""JSON Lines as commands without a workspace read and write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lif_nlp.errors import LifError


def read_json_lines(source: Path) -> Iterator[tuple[int, object]]:
    """Number and value of each line that is not blank.

    Raises
    ------
    LifError
        When the file cannot be read, or a line is not JSON; names the line.
    """
    try:
        content = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LifError(
            f"{source}: cannot be read ({type(error).__name__}); give a UTF-8 file of JSON Lines"
        ) from error
    # splitlines() would also cut at separators that may stand inside a JSON string
    for number, raw in enumerate(content.split("\n"), start=1):
        if not raw.strip():
            continue
        try:
            yield number, json.loads(raw)
        except json.JSONDecodeError as error:
            raise LifError(
                f"{source}: line {number} is not JSON ({error.msg}); nothing was written"
            ) from error


def dump_json_lines(rows: Iterable[Mapping[str, object]]) -> bytes:
    """The rows in UTF-8, one line each."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")
