"""What people decide about themes: a log of edits that every later run replays.

An edit never changes a model; it is applied to a theme set and kept in it
(`settings["edits"]`), and `build_themes` applies the log again to the set it makes.
Applying an edit twice changes nothing.  Findings that a person moved carry
`by="person"`, so that their labels and the machine's stay apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from lif_nlp.errors import UnknownNameError
from lif_nlp.records import Assignment, Theme, ThemeSet


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


@dataclass(frozen=True, slots=True)
class Revised:
    """A theme set after edits, and one sentence for each edit that could not be done."""

    themes: ThemeSet
    conflicts: tuple[str, ...] = ()


def revise(themes: ThemeSet, edits: Iterable[Edit]) -> Revised:
    """`themes` with `edits` applied in order and added to its log.

    An edit that names a theme or finding that is not there is left out, stays in
    the log for later runs and is told in `conflicts`.  Raises UnknownNameError for
    an unknown action.
    """
    edits = tuple(edits)
    for edit in edits:
        if edit.action not in _ACTIONS:
            raise UnknownNameError("edit", edit.action, sorted(_ACTIONS))
    log = list(edit_log(themes))
    conflicts: list[str] = []
    for edit in edits:
        if not _stands(log, edit):
            themes, fault = _apply(themes, edit)
            conflicts += [fault] * bool(fault)
            log.append(edit)
    settings = {**themes.settings, "edits": [_as_data(e) for e in log]}
    return Revised(replace(_settle(themes), settings=settings), tuple(conflicts))


def replay(themes: ThemeSet, edits: Iterable[Edit]) -> Revised:
    """`themes` with edits of an earlier time applied again, its log left as it is.

    Where a person put a finding before, it stays: a later edit may have moved it.
    """
    put = [a for a in themes.assignments if a.by == "person"]
    conflicts = []
    for edit in edits:
        themes, fault = _apply(themes, edit)
        conflicts += [fault] * bool(fault)
    ids = {t.theme_id for t in themes.themes}
    stay = [a for a in put if a.theme_id in ids]
    themes = _settle(replace(themes, assignments=(*themes.assignments, *stay)))
    return Revised(themes, tuple(conflicts))


def _apply(themes: ThemeSet, edit: Edit) -> tuple[ThemeSet, str]:
    fault = _fault(themes, edit)
    return (themes, fault) if fault else (_ACTIONS[edit.action](themes, edit), "")


def _stands(log: Sequence[Edit], edit: Edit) -> bool:
    """Whether the log holds this very edit with nothing later that undoes it."""
    later = [e for e in log if e.theme_id == edit.theme_id or e == edit]
    if edit not in later:
        return False
    rivals = _RIVALS.get(edit.action, ())
    after = later[len(later) - later[::-1].index(edit) :]
    return not any(e.action in rivals for e in after)


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


def _as_data(edit: Edit) -> dict[str, object]:
    return {**asdict(edit), "finding_ids": list(edit.finding_ids)}


def _fault(themes: ThemeSet, edit: Edit) -> str:
    """Why an edit cannot be applied; empty when it can, or when it already is."""
    ids = {t.theme_id for t in themes.themes}
    if edit.action == "merge" and edit.theme_id not in ids and edit.value in ids:
        return ""
    if edit.action != "create" and edit.theme_id not in ids:
        return f"{edit.action}: there is no theme {edit.theme_id}"
    if edit.action in {"merge", "reassign"} and edit.value and edit.value not in ids:
        return f"{edit.action} {edit.theme_id}: there is no theme {edit.value} to go to"
    if edit.action in {"rename", "split", "create", "merge"} and not edit.value:
        return f"{edit.action} {edit.theme_id}: the value is empty"
    if edit.action in {"rename", "split", "create"} and _name_taken(themes, edit):
        return f"{edit.action} {edit.theme_id}: another theme has this name"
    return ""


def _name_taken(themes: ThemeSet, edit: Edit) -> bool:
    own = edit.theme_id if edit.action == "rename" else made_id(edit)
    wanted = edit.value.strip().lower()
    return any(t.name.lower() == wanted and t.theme_id != own for t in themes.themes)


def _change(themes: ThemeSet, theme_id: str, **changes: str) -> ThemeSet:
    return replace(
        themes,
        themes=tuple(
            replace(t, **changes) if t.theme_id == theme_id else t  # type: ignore[arg-type]
            for t in themes.themes
        ),
    )


def _approve(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return _change(themes, edit.theme_id, status="approved")


def _reject(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return _change(themes, edit.theme_id, status="rejected")


def _rename(themes: ThemeSet, edit: Edit) -> ThemeSet:
    return _change(themes, edit.theme_id, name=edit.value.strip())


def _merge(themes: ThemeSet, edit: Edit) -> ThemeSet:
    if edit.theme_id == edit.value:
        return themes
    return replace(
        themes,
        themes=tuple(
            replace(t, parent=edit.value) if t.parent == edit.theme_id else t
            for t in themes.themes
            if t.theme_id != edit.theme_id
        ),
        assignments=tuple(
            replace(a, theme_id=edit.value, by="person") if a.theme_id == edit.theme_id else a
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
    """Findings out of `source` and into `target`; an empty id stands for no theme."""
    moving = set(finding_ids)
    leaving = {source} - {target}
    rest = [a for a in themes.assignments if not (a.finding_id in moving and a.theme_id in leaving)]
    rest = [a for a in rest if not (a.finding_id in moving and a.theme_id == target)]
    joined = [Assignment(f, target, 1.0, "person") for f in sorted(moving)] if target else []
    unassigned = (*themes.unassigned, *sorted(moving))
    return replace(themes, assignments=(*rest, *joined), unassigned=unassigned)


def _settle(themes: ThemeSet) -> ThemeSet:
    """One assignment per finding and theme, sorted; the bucket holds what has none."""
    best: dict[tuple[str, str], Assignment] = {}
    for a in themes.assignments:
        key = (a.finding_id, a.theme_id)
        held = best.get(key)
        if held is None or (a.by == "person", a.strength) > (held.by == "person", held.strength):
            best[key] = a
    carried = {finding_id for finding_id, _ in best}
    return replace(
        themes,
        assignments=tuple(best[key] for key in sorted(best)),
        unassigned=tuple(sorted(set(themes.unassigned) - carried)),
    )


# A decision that a later one of these undoes may be taken again.
_RIVALS: Mapping[str, tuple[str, ...]] = {
    "approve": ("reject",),
    "reject": ("approve",),
    "rename": ("rename",),
    "reassign": ("reassign", "add"),
    "add": ("reassign",),
}

_ACTIONS: Mapping[str, Callable[[ThemeSet, Edit], ThemeSet]] = {
    "approve": _approve,
    "reject": _reject,
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "reassign": _reassign,
    "add": _add,
    "create": _create,
}
