"""The theme set in force: the machine's own set with people's decisions applied to it.

The machine's set is never edited.  What people decided is a log of edits, and the set in
force is the log replayed on the machine's set.  An edit is undone by replaying the log
without it, so decisions can be undone in any order, merges and splits included.
Findings that a person moved carry `by="person"`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from lif_nlp.errors import UnknownNameError
from lif_nlp.records import Edit, Finding, ThemeSet
from lif_nlp.themes.known import assignments_of, counted_codes
from lif_nlp.themes.revision.actions import ACTIONS, PERSON, Draft, fault
from lif_nlp.themes.revision.edit_log import LABELLING, MAKING, UNCLEAR, made_id


@dataclass(frozen=True, slots=True)
class Revised:
    """The theme set in force, and the log with the outcome of each edit."""

    themes: ThemeSet
    log: tuple[Edit, ...]

    @property
    def conflicts(self) -> tuple[Edit, ...]:
        """Edits that cannot be applied and that nobody has undone."""
        return tuple(edit for edit in self.log if edit.active and edit.status == "conflict")


def revise(
    machine: ThemeSet, log: Iterable[Edit], *, findings: Collection[str] | None = None
) -> Revised:
    """The machine's set with the edits of a log applied in order.

    Parameters
    ----------
    machine
        The set as `build_themes` gives it.
    log
        All edits, oldest first; undone ones are left out.  Settled ones are part of the
        machine's set already.
    findings
        Ids of the findings that count; assignments of others are left out.

    Returns
    -------
    Revised
        An edit that names a theme or finding that is not there has the status "conflict"
        with the reason; it is tried again whenever the log is applied.

    Raises
    ------
    UnknownNameError
        For an action that does not exist.
    """
    log = tuple(log)
    _check_actions(log)
    draft = Draft(machine)
    # A theme whose split was undone goes, unless another decision made it as well.
    in_use = {made_id(edit) for edit in log if edit.active}
    for edit in log:
        if edit.action in MAKING and made_id(edit) not in in_use:
            draft.drop(made_id(edit))
    named_ids = _named_by_people(log)
    outcomes = tuple(_outcome(draft, edit, named_ids, findings) for edit in log)
    return Revised(draft.finished(findings), outcomes)


def follow_roles(machine: ThemeSet, relabelled: Iterable[tuple[Finding, Finding]]) -> ThemeSet:
    """The machine's set with its known themes adjusted to corrected roles.

    A fact of the case (role context) counts towards a known theme only where the label is
    sure, so a finding that a person calls a problem may join themes, and one that they
    call context may leave them.  Emergent themes are left as they are.

    Parameters
    ----------
    machine
        The set as `build_themes` gives it.
    relabelled
        Findings as the machine labelled them, each with the same finding as corrected.
    """
    draft = Draft(machine)
    for machine_finding, person_finding in relabelled:
        for code in set(counted_codes(machine_finding)) - set(counted_codes(person_finding)):
            draft.remove(person_finding.finding_id, code)
        for assignment in assignments_of(person_finding):
            if assignment.theme_id in draft.themes and assignment.theme_id not in counted_codes(
                machine_finding
            ):
                draft.put(assignment)
        draft.await_theme(person_finding.finding_id, waits=person_finding.role != "context")
    return draft.finished(None)


def apply_settled(
    themes: ThemeSet, edits: Sequence[Edit], *, findings: Collection[str] | None = None
) -> ThemeSet:
    """A newly built machine set with settled edits applied again.

    Settled edits come from a workspace of version 0.1, where they changed the only theme
    set.  Findings that people placed then stay where they are, since a later edit may have
    moved them.
    """
    draft = Draft(themes)
    # Taken before the edits are replayed, which would move them again.
    placements = [a for a in themes.assignments if a.by == PERSON]
    named_ids = _named_by_people(edits)
    for edit in edits:
        if edit.action in ACTIONS:
            _apply(draft, replace(edit, status="applied"), named_ids)
    for assignment in placements:
        if assignment.theme_id in draft.themes:
            draft.put(assignment)
    return draft.finished(findings)


def _outcome(
    draft: Draft, edit: Edit, named_ids: Collection[str], findings: Collection[str] | None
) -> Edit:
    """Apply an edit; returns it with its status, reason, before and after."""
    if not edit.active or edit.settled or edit.action == UNCLEAR:
        return edit
    if edit.action in LABELLING:
        return replace(edit, status="applied")
    missing = [] if findings is None else [f for f in edit.finding_ids if f not in findings]
    if missing and len(missing) == len(edit.finding_ids):
        return replace(edit, status="conflict", reason=_no_finding(missing))
    before = _summary(draft, edit)
    if reason := _apply(draft, edit, named_ids):
        return replace(edit, status="conflict", reason=reason)
    # What stood there is noted once; on later runs the edit itself is part of what stands there.
    first = not (edit.before or edit.after)
    note = _no_finding(missing) if missing else "" if edit.status == "conflict" else edit.reason
    return replace(
        edit,
        status="applied",
        reason=note,
        before=before if first else edit.before,
        after=_summary(draft, edit) if first else edit.after,
    )


def _apply(draft: Draft, edit: Edit, named_ids: Collection[str]) -> str:
    """Apply an edit; returns why it cannot be, or empty.

    A name given by a person takes precedence: a machine theme that got the same name in a
    later build is renamed.
    """
    # It was in force before: a theme that the machine found since must not take its name.
    if edit.status == "applied" and edit.action in {"rename", *MAKING}:
        _make_way(draft, edit, named_ids)
    reason = fault(draft, edit)
    if not reason:
        ACTIONS[edit.action](draft, edit)
    return reason


def _make_way(draft: Draft, edit: Edit, named_ids: Collection[str]) -> None:
    other = draft.theme_id_for(edit.value)
    if other and other not in named_ids:
        draft.change(other, name=f"{draft.themes[other].name} ({other})")


def _named_by_people(log: Iterable[Edit]) -> set[str]:
    return {
        edit.theme_id if edit.action == "rename" else made_id(edit)
        for edit in log
        if edit.active and edit.action in {"rename", *MAKING}
    }


def _summary(draft: Draft, edit: Edit) -> str:
    """Current state of what an edit changes: a status, a name, or themes."""
    theme = draft.themes.get(edit.theme_id)
    if edit.action in {"approve", "reject"}:
        return theme.status if theme else ""
    if edit.action == "rename":
        return theme.name if theme else ""
    if edit.action == "merge":
        theme = theme or draft.themes.get(draft.theme_id_for(edit.value))
        size = len(draft.members.get(theme.theme_id, ())) if theme else 0
        return f"{theme.name} ({size} finding{'' if size == 1 else 's'})" if theme else ""
    if not edit.finding_ids:
        new_theme = draft.themes.get(made_id(edit))
        return new_theme.name if new_theme else ""
    return "; ".join(draft.themes_of(edit.finding_ids)) or "no theme"


def _no_finding(missing: Sequence[str]) -> str:
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return f"there is no finding {missing[0]}{more}"


def _check_actions(log: Iterable[Edit]) -> None:
    actions = {*ACTIONS, *LABELLING, UNCLEAR}
    for edit in log:
        if edit.action not in actions:
            raise UnknownNameError("edit", edit.action, sorted(actions - {UNCLEAR}))
