"""One decision of a person about themes, and the log of them that a theme set keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from lif_nlp.records import ThemeSet


@dataclass(frozen=True, slots=True)
class Edit:
    """One decision of a person.

    | action   | theme_id | value            | finding_ids                     |
    |----------|----------|------------------|---------------------------------|
    | approve  | theme    |                  |                                 |
    | reject   | theme    |                  |                                 |
    | rename   | theme    | new name         |                                 |
    | merge    | theme    | id it goes into  |                                 |
    | split    | theme    | name of new part | findings that leave             |
    | reassign | theme    | id, or empty     | findings that move (or go out)  |
    | add      | theme    |                  | findings that join              |
    | create   |          | name of new code | findings it begins with         |

    `author` and `at` (ISO date) say who decided and when.
    """

    action: str
    theme_id: str = ""
    value: str = ""
    finding_ids: tuple[str, ...] = ()
    author: str = ""
    at: str = ""


def edit_log(themes: ThemeSet | None) -> tuple[Edit, ...]:
    """The edits that were made to a theme set, oldest first."""
    stored: Any = themes.settings.get("edits", ()) if themes else ()
    return tuple(Edit(**{**e, "finding_ids": tuple(e["finding_ids"])}) for e in stored)


def touched(edits: Iterable[Edit]) -> frozenset[str]:
    """Ids of the themes that a person shaped; they are not sought anew."""
    ids: set[str] = set()
    for edit in edits:
        ids.add(edit.theme_id)
        if edit.action in {"merge", "reassign"}:
            ids.add(edit.value)
        if edit.action in {"split", "create"}:
            ids.add(made_id(edit))
    return frozenset(ids - {""})


def made_id(edit: Edit) -> str:
    """Id of the theme that a split or create makes: always the same for the same edit."""
    content = "|".join([edit.action, edit.theme_id, edit.value, *sorted(edit.finding_ids)])
    return f"p-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def as_data(edit: Edit) -> dict[str, object]:
    """The edit as it is stored in the log."""
    return {**asdict(edit), "finding_ids": list(edit.finding_ids)}
