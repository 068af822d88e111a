"""What people decide about themes: a log of edits that every later run replays.

An edit never changes a model; it is applied to a theme set and kept in it
(`settings["edits"]`), and `build_themes` applies the log again to the set it makes.
Applying an edit twice changes nothing.  Findings that a person moved carry
`by="person"`, so that their labels and the machine's stay apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lif_nlp.errors import UnknownNameError
from lif_nlp.records import Assignment, ThemeSet
from lif_nlp.themes.revision.actions import ACTIONS, change
from lif_nlp.themes.revision.conflicts import disputes
from lif_nlp.themes.revision.edit_log import Edit, as_data, edit_log, made_id


@dataclass(frozen=True, slots=True)
class Revised:
    """A theme set after edits.

    `conflicts` holds a sentence for each edit that could not be done, `disputes` one for
    each that was done against what another person, or another row, had said.
    """

    themes: ThemeSet
    conflicts: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()


def revise(
    themes: ThemeSet, edits: Iterable[Edit], *, findings: Collection[str] | None = None
) -> Revised:
    """`themes` with `edits` applied in order and added to its log.

    An edit that names a theme or finding that is not there is left out, stays in
    the log for later runs and is told in `conflicts`; `findings` are the ids there are.
    Raises UnknownNameError for an unknown action.
    """
    edits = tuple(edits)
    for edit in edits:
        if edit.action not in ACTIONS:
            raise UnknownNameError("edit", edit.action, sorted(ACTIONS))
    log = list(edit_log(themes))
    told = disputes(log, edits)
    conflicts: list[str] = []
    for edit in edits:
        if not _stands(log, edit):
            themes, fault = _apply(themes, edit)
            conflicts += filter(None, (fault, _lost(edit, findings)))
            log.append(edit)
    settings = {**themes.settings, "edits": [as_data(e) for e in log]}
    settled = replace(_settle(themes, findings), settings=settings)
    return Revised(settled, tuple(conflicts), told)


def replay(
    themes: ThemeSet, edits: Iterable[Edit], *, findings: Collection[str] | None = None
) -> Revised:
    """`themes` with edits of an earlier time applied again, its log left as it is.

    Where a person put a finding before, it stays: a later edit may have moved it.  A
    name that a person gave is theirs: a theme that came upon the same one makes way.
    """
    edits = tuple(edits)
    put = [a for a in themes.assignments if a.by == "person"]
    named = {e.theme_id if e.action == "rename" else made_id(e) for e in edits}
    conflicts = []
    for edit in edits:
        if edit.action in _NAMING:
            themes = _make_way(themes, edit, named)
        themes, fault = _apply(themes, edit)
        if fault:
            conflicts.append(fault)
    placed = {finding_id for edit in edits for finding_id in edit.finding_ids}
    lost = set() if findings is None else placed.difference(findings)
    if lost:
        conflicts.append(f"{len(lost)} findings that people had placed are not counted any more")
    ids = {t.theme_id for t in themes.themes}
    stay = [a for a in put if a.theme_id in ids]
    themes = replace(themes, assignments=(*themes.assignments, *stay))
    return Revised(_settle(themes, findings), tuple(conflicts))


def _make_way(themes: ThemeSet, edit: Edit, named: Collection[str]) -> ThemeSet:
    """The set in which no theme but those that people named holds the edit's name."""
    wanted = edit.value.strip().casefold()
    for theme in themes.themes:
        if theme.name.casefold() == wanted and theme.theme_id not in named:
            themes = change(themes, theme.theme_id, name=f"{theme.name} ({theme.theme_id})")
    return themes


def _lost(edit: Edit, findings: Collection[str] | None) -> str:
    """A sentence where an edit names findings that are not there; empty where all are."""
    lost = [] if findings is None else [f for f in edit.finding_ids if f not in findings]
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    return f"{edit.action} {edit.theme_id}: there is no finding {lost[0]}{more}" if lost else ""


def _apply(themes: ThemeSet, edit: Edit) -> tuple[ThemeSet, str]:
    fault = _fault(themes, edit)
    return (themes, fault) if fault else (ACTIONS[edit.action](themes, edit), "")


def _stands(log: Sequence[Edit], edit: Edit) -> bool:
    """Whether the log holds this very edit with nothing later that undoes it."""
    later = [e for e in log if e.theme_id == edit.theme_id or e == edit]
    if edit not in later:
        return False
    rivals = _RIVALS.get(edit.action, ())
    after = later[len(later) - later[::-1].index(edit) :]
    return not any(e.action in rivals for e in after)


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


def _settle(themes: ThemeSet, findings: Collection[str] | None) -> ThemeSet:
    """One assignment per finding and theme, sorted; the bucket holds what has none.

    What is not among `findings` is left out.
    """
    best: dict[tuple[str, str], Assignment] = {}
    for a in themes.assignments:
        key = (a.finding_id, a.theme_id)
        held = best.get(key)
        if findings is not None and a.finding_id not in findings:
            continue
        if held is None or (a.by == "person", a.confidence) > (
            held.by == "person",
            held.confidence,
        ):
            best[key] = a
    carried = {finding_id for finding_id, _ in best}
    bucket = set(themes.unassigned) - carried
    return replace(
        themes,
        assignments=tuple(best[key] for key in sorted(best)),
        unassigned=tuple(sorted(bucket if findings is None else bucket.intersection(findings))),
    )


_NAMING = ("rename", "split", "create")

# A decision that a later one of these undoes may be taken again.
_RIVALS: Mapping[str, tuple[str, ...]] = {
    "approve": ("reject",),
    "reject": ("approve",),
    "rename": ("rename",),
    "reassign": ("reassign", "add"),
    "add": ("reassign",),
}
