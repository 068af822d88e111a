"""What each decision of a person does to a theme set.

An action takes an edit that can be applied (`revise` looks first) and gives a new set.  It
may leave a finding twice in a theme, or in the bucket although it has a theme: `revise`
settles that once at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lif_nlp.records import Assignment, Theme, ThemeSet
from lif_nlp.themes.revision.edit_log import Edit, made_id


def change(themes: ThemeSet, theme_id: str, **changes: str) -> ThemeSet:
    """The set with other values for these fields of one theme."""
    return replace(
        themes,
        themes=tuple(
            replace(t, **changes) if t.theme_id == theme_id else t  # type: ignore[arg-type]
            for t in themes.themes
        ),
    )


def _approve(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return change(themes, edit.theme_id, status="approved")


def _reject(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return change(themes, edit.theme_id, status="rejected")


def _rename(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return change(themes, edit.theme_id, name=edit.value.strip())


def _merge(themes: ThemeSet, edit: Edit) -> ThemeSet:
    if edit.theme_id == edit.value:
        return themes
    # what lies in its parts stays there, though it lacks the code of the new whole
    parts = {t.theme_id for t in themes.themes if t.parent == edit.theme_id}
    place = {edit.theme_id: edit.value} | {part: part for part in parts}
    return replace(
        themes,
        themes=tuple(
            replace(t, parent=edit.value) if t.theme_id in parts else t
            for t in themes.themes
            if t.theme_id != edit.theme_id
        ),
        assignments=tuple(
            replace(a, theme_id=place[a.theme_id], by="person") if a.theme_id in place else a
            for a in themes.assignments
        ),
    )


def _split(themes: ThemeSet, edit: Edit) -> ThemeSet:
    made = _made(themes, edit)
    return _move(made, edit.finding_ids, edit.theme_id, made_id(edit))


def _create(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return _move(_made(themes, edit), edit.finding_ids, "", made_id(edit))


def _made(themes: ThemeSet, edit: Edit) -> ThemeSet:
    theme_id = made_id(edit)
    if any(t.theme_id == theme_id for t in themes.themes):
        return themes
    parents = {t.theme_id: t.parent for t in themes.themes}
    theme = Theme(
        theme_id,
        edit.value.strip(),
        kind="sub" if parents.get(edit.theme_id) else "emergent",
        exemplars=edit.finding_ids[:5],
        parent=parents.get(edit.theme_id, ""),
        status="approved",
    )
    return replace(themes, themes=(*themes.themes, theme))


def _reassign(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return _move(themes, edit.finding_ids, edit.theme_id, edit.value)


def _add(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return _move(themes, edit.finding_ids, "", edit.theme_id)


def _move(themes: ThemeSet, finding_ids: Sequence[str], source: str, target: str) -> ThemeSet:
    """Findings out of `source` and into `target`; an empty id stands for no theme.

    What leaves a theme leaves its parts, what joins a part joins the whole.
    """
    moving, parents = set(finding_ids), {t.theme_id: t.parent for t in themes.themes}
    joining = {target, parents.get(target, "")} - {""}
    leaving = {t for t in parents if source and source in {t, parents[t]}} - joining
    rest = [
        a
        for a in themes.assignments
        if a.finding_id not in moving or a.theme_id not in leaving | joining
    ]
    joined = [Assignment(f, t, 1.0, "person") for f in sorted(moving) for t in sorted(joining)]
    unassigned = (*themes.unassigned, *sorted(moving))
    return replace(themes, assignments=(*rest, *joined), unassigned=unassigned)


ACTIONS: Mapping[str, Callable[[ThemeSet, Edit], ThemeSet]] = {
    "approve": _approve,
    "reject": _reject,
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "reassign": _reassign,
    "add": _add,
    "create": _create,
}
"""What is done for each word of `Edit.action`."""
