"""Who said that a finding belongs to a theme: people by their decisions, else the machine."""

from __future__ import annotations

from collections.abc import Iterable

from lif_nlp.themes.revision.edit_log import Edit, made_id

NAMELESS = "people"
"""Coder of decisions whose author was not given."""


def coders(edits: Iterable[Edit]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The people behind each (finding id, theme id) that decisions name, first to last.

    A finding that moved with a whole theme (merge) counts as a person's only where a
    person had put it there: nobody looked at the others one by one.

    >>> log = [Edit("add", "a", finding_ids=("f1",), author="AB"), Edit("merge", "a", "b")]
    >>> coders(log)
    {('f1', 'b'): ('AB',)}
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for edit in edits:
        source, target = _ends(edit)
        moved = edit.finding_ids
        if edit.action == "merge":
            moved = tuple(finding_id for finding_id, theme_id in found if theme_id == source)
        for finding_id in moved:
            before = found.pop((finding_id, source), ())
            if target:
                new = before if edit.action == "merge" else (edit.author or NAMELESS,)
                key = (finding_id, target)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *new)))
    return found


def _ends(edit: Edit) -> tuple[str, str]:
    """The theme that a decision takes findings from, and the one that it puts them in."""
    if edit.action in {"split", "create"}:
        return edit.theme_id, made_id(edit)
    if edit.action == "add":
        return "", edit.theme_id
    return edit.theme_id, edit.value
