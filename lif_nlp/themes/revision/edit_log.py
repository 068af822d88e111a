"""Which edits are in force, the themes they made, and the themes they changed."""

from __future__ import annotations

from collections.abc import Iterable

from lif_nlp.ids import person_theme_id
from lif_nlp.records import Edit

MAKING = frozenset({"split", "create"})
"""Actions that make a theme."""

LABELLING = frozenset({"relabel"})
"""Actions on the labels of findings, which do not change themes."""

UNCLEAR = "unclear"
"""Action of a row that could not be read, or that contradicts another; never applied."""


def in_force(log: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that are applied and not undone, oldest first."""
    return tuple(edit for edit in log if edit.active and edit.status != "conflict")


def shaped_theme_ids(log: Iterable[Edit]) -> frozenset[str]:
    """IDs of the themes that people changed; a build keeps these themes."""
    ids: set[str] = set()
    for edit in in_force(log):
        ids |= {edit.theme_id, made_id(edit)}
        if edit.action in {"merge", "reassign"}:
            ids.add(edit.value)
    return frozenset(ids - {""})


def corrected_roles(log: Iterable[Edit]) -> dict[str, str]:
    """The role that people gave each finding they corrected, the last one if several."""
    return {
        finding_id: edit.value.removeprefix("role:")
        for edit in log
        if edit.active and edit.action in LABELLING and edit.value.startswith("role:")
        for finding_id in edit.finding_ids
    }


def made_id(edit: Edit) -> str:
    """Id of the theme that a split or create makes, or empty.

    The id is stored with the edit, since its findings may be read again under other ids.
    """
    if edit.action not in MAKING:
        return ""
    return edit.new_theme_id or person_theme_id(
        edit.action, edit.theme_id, edit.value, edit.finding_ids
    )
