"""Who assigned a finding to a theme: people by their decisions, otherwise the machine."""

from __future__ import annotations

from collections.abc import Iterable

from lif_nlp.records import Edit
from lif_nlp.themes.revision.edit_log import LABELLING, in_force, made_id

NAMELESS = "people"
"""Coder of decisions without an author."""


def coders(log: Iterable[Edit]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The people behind each (finding id, theme id) that decisions in force name, in order.

    A finding that moved because its theme was merged counts as a person's only if a person
    had placed it there before: nobody reviewed the others individually.

    >>> log = [Edit("add", "a", finding_ids=("f1",), author="AB"), Edit("merge", "a", "b")]
    >>> coders(log)
    {('f1', 'b'): ('AB',)}
    """
    people: dict[tuple[str, str], tuple[str, ...]] = {}
    for edit in in_force(log):
        if edit.action in LABELLING:
            continue
        source, target = _ends(edit)
        finding_ids = edit.finding_ids
        # A merge moves whoever was there; the person who merged did not judge each finding.
        if edit.action == "merge":
            finding_ids = tuple(finding_id for finding_id, theme_id in people if theme_id == source)
        for finding_id in finding_ids:
            earlier = people.pop((finding_id, source), ())
            if target:
                authors = earlier if edit.action == "merge" else (edit.author or NAMELESS,)
                key = (finding_id, target)
                people[key] = tuple(dict.fromkeys((*people.get(key, ()), *authors)))
    return people


def _ends(edit: Edit) -> tuple[str, str]:
    """The theme that an edit takes findings from, and the one that it puts them in."""
    if edit.action in {"split", "create"}:
        return edit.theme_id, made_id(edit)
    if edit.action == "add":
        return "", edit.theme_id
    return edit.theme_id, edit.value
