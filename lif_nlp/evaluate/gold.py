"""Gold standard: sentences and passages that people labelled by reading them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from lif_nlp.errors import LifError

Gold = TypeVar("Gold")


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """One sentence with its labels; None where the readers disagreed.

    `codes_sure` are the hindsight codes that both readers gave, `codes_any` those that either
    of them gave.
    """

    id: str
    text: str
    codes_sure: frozenset[str]
    codes_any: frozenset[str]
    hindsight: bool | None = None
    aware: bool | None = None
    role: str | None = None
    why: bool | None = None


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """One paragraph with the priorities and practice themes that readers gave it.

    Both readers gave those that are "sure", at least one of them those that are "any".
    """

    id: str
    text: str
    priorities_sure: frozenset[str]
    priorities_any: frozenset[str]
    themes_sure: frozenset[str]
    themes_any: frozenset[str]


def read_sentences(path: Path) -> list[GoldSentence]:
    """Gold sentences of a JSON Lines file; raises LifError with the number of a faulty line."""
    return _parse(path, _sentence)


def read_passages(path: Path) -> list[GoldPassage]:
    """Gold passages of a JSON Lines file; raises LifError with the number of a faulty line."""
    return _parse(path, _passage)


def _parse(path: Path, make: Callable[[dict[str, Any]], Gold]) -> list[Gold]:
    items: list[Gold] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            items.append(make(json.loads(line)))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise LifError(
                f"{path}: line {number} is not a gold line ({type(error).__name__}: {error}); "
                "see corpora/README.md for the fields"
            ) from error
    return items


def _sentence(row: dict[str, Any]) -> GoldSentence:
    return GoldSentence(
        row["id"],
        row["text"],
        frozenset(row["codes_sure"]),
        frozenset(row["codes_any"]),
        row["hindsight"],
        row["aware"],
        row["role"],
        row["why"],
    )


def _passage(row: dict[str, Any]) -> GoldPassage:
    names = ("priorities_sure", "priorities_any", "themes_sure", "themes_any")
    return GoldPassage(row["id"], row["text"], *(frozenset(row[name]) for name in names))
