"""What each decision of a person does to a theme set.

A `Draft` is a theme set taken apart into dictionaries, so that an edit costs no more than
the findings it moves.  An action takes an edit that can be applied (`faults` looks first).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from lif_nlp.records import Assignment, Edit, Theme, ThemeSet
from lif_nlp.themes.revision.edit_log import made_id

PERSON = "person"


class Draft:
    """A mutable theme set to which edits are applied."""

    def __init__(self, themes: ThemeSet) -> None:
        self._set = themes
        self.themes = {theme.theme_id: theme for theme in themes.themes}
        self.members: dict[str, dict[str, Assignment]] = {}
        self._bucket = set(themes.unassigned)
        for assignment in themes.assignments:
            self.put(assignment)

    def theme_id_for(self, name_or_id: str) -> str:
        """ID of the theme with this ID or name (ignoring case); empty if there is none."""
        if name_or_id in self.themes:
            return name_or_id
        folded = name_or_id.strip().casefold()
        # People type names into a workbook, with capitals as they come.
        return next((t.theme_id for t in self.themes.values() if t.name.casefold() == folded), "")

    def themes_of(self, finding_ids: Iterable[str]) -> list[str]:
        """Names of the themes of any of these findings, in the order of the set."""
        ids = set(finding_ids)
        return [
            theme.name
            for theme_id, theme in self.themes.items()
            if not ids.isdisjoint(self.members.get(theme_id, ()))
        ]

    def change(self, theme_id: str, **changes: str) -> None:
        """Change fields of one theme."""
        self.themes[theme_id] = replace(self.themes[theme_id], **changes)  # type: ignore[arg-type]

    def put(self, assignment: Assignment) -> None:
        """Assign a finding; a person's assignment, then the higher confidence, takes precedence."""
        members = self.members.setdefault(assignment.theme_id, {})
        other = members.get(assignment.finding_id)
        if other is None or _rank(assignment) > _rank(other):
            members[assignment.finding_id] = assignment

    def move(self, finding_ids: Iterable[str], source: str, target: str) -> None:
        """Move findings out of `source` and into `target`; an empty ID means no theme.

        A finding that leaves a theme leaves its sub-themes; one that joins a sub-theme joins
        its parent.
        """
        parents = {theme_id: theme.parent for theme_id, theme in self.themes.items()}
        joining = {target, parents.get(target, "")} - {""}
        # Out of a theme is out of its parts too, but not out of where it is going.
        leaving = {t for t in parents if source and source in {t, parents[t]}} - joining
        for finding_id in finding_ids:
            for theme_id in leaving:
                self.members.get(theme_id, {}).pop(finding_id, None)
            for theme_id in joining:
                self.put(Assignment(finding_id, theme_id, 1.0, PERSON))
            self._bucket.add(finding_id)

    def remove(self, finding_id: str, theme_id: str) -> None:
        """Remove a finding from a theme and its sub-themes."""
        for place, theme in self.themes.items():
            if theme_id in {place, theme.parent}:
                self.members.get(place, {}).pop(finding_id, None)

    def await_theme(self, finding_id: str, *, waits: bool) -> None:
        """Set whether a finding is listed as unassigned while it belongs to no theme."""
        if waits:
            self._bucket.add(finding_id)
        else:
            self._bucket.discard(finding_id)

    def drop(self, theme_id: str) -> dict[str, Assignment]:
        """Remove a theme; returns its assignments, whose findings become unassigned."""
        self.themes.pop(theme_id, None)
        members = self.members.pop(theme_id, {})
        self._bucket |= set(members)
        return members

    def finished(self, findings: Collection[str] | None) -> ThemeSet:
        """The resulting theme set; with `findings`, only with assignments of these."""
        counted_ids = None if findings is None else set(findings)
        assignments = [
            assignment
            for theme_id in self.themes
            for finding_id, assignment in self.members.get(theme_id, {}).items()
            if counted_ids is None or finding_id in counted_ids
        ]
        with_theme = {assignment.finding_id for assignment in assignments}
        # Findings of reports that were removed since are in no theme, and wait for none.
        bucket = self._bucket if counted_ids is None else self._bucket & counted_ids
        return replace(
            self._set,
            themes=tuple(self.themes.values()),
            assignments=tuple(sorted(assignments, key=lambda a: (a.finding_id, a.theme_id))),
            unassigned=tuple(sorted(bucket - with_theme)),
        )


def _rank(assignment: Assignment) -> tuple[bool, float]:
    return assignment.by == PERSON, assignment.confidence


def _approve(draft: Draft, edit: Edit) -> None:
    draft.change(edit.theme_id, status="approved")


def _reject(draft: Draft, edit: Edit) -> None:
    draft.change(edit.theme_id, status="rejected")


def _rename(draft: Draft, edit: Edit) -> None:
    draft.change(edit.theme_id, name=edit.value.strip())


def _merge(draft: Draft, edit: Edit) -> None:
    target = draft.theme_id_for(edit.value)
    # Merged before, in this log or by the machine: nothing is left to do.
    if target == edit.theme_id or edit.theme_id not in draft.themes:
        return
    parts = [t for t, theme in draft.themes.items() if theme.parent == edit.theme_id]
    # findings of its sub-themes stay there, though they lack the code of the new parent
    for part in parts:
        draft.change(part, parent=target)
        for finding_id, assignment in draft.members.get(part, {}).items():
            draft.members[part][finding_id] = replace(assignment, by=PERSON)
    for assignment in draft.drop(edit.theme_id).values():
        draft.put(replace(assignment, theme_id=target, by=PERSON))


def _make(draft: Draft, edit: Edit) -> None:
    """Make the theme of a split or create, and move its findings there."""
    theme_id = made_id(edit)
    source = draft.themes.get(edit.theme_id)
    parent = source.parent if source else ""
    earlier = draft.themes.get(theme_id)
    draft.themes[theme_id] = Theme(
        theme_id,
        edit.value.strip(),
        kind="sub" if parent else "emergent",
        exemplars=edit.finding_ids[:5],
        parent=parent,
        status="approved",
        # A build since gave it a centre, which the decision keeps when it is applied again.
        centroid=earlier.centroid if earlier else (),
    )
    draft.move(edit.finding_ids, edit.theme_id, theme_id)


def _reassign(draft: Draft, edit: Edit) -> None:
    draft.move(
        edit.finding_ids, edit.theme_id, draft.theme_id_for(edit.value) if edit.value else ""
    )


def _add(draft: Draft, edit: Edit) -> None:
    draft.move(edit.finding_ids, "", edit.theme_id)


ACTIONS: Mapping[str, Callable[[Draft, Edit], None]] = {
    "approve": _approve,
    "reject": _reject,
    "rename": _rename,
    "merge": _merge,
    "split": _make,
    "reassign": _reassign,
    "add": _add,
    "create": _make,
}
"""The function for each action on themes."""


def fault(draft: Draft, edit: Edit) -> str:
    """Why an edit cannot be applied; empty if it can be, or is already."""
    if (
        edit.action == "merge"
        and edit.theme_id not in draft.themes
        and draft.theme_id_for(edit.value)
    ):
        return ""
    if edit.action != "create" and edit.theme_id not in draft.themes:
        return f"there is no theme {edit.theme_id}"
    if edit.action in {"merge", "reassign"} and edit.value and not draft.theme_id_for(edit.value):
        return f"there is no theme {edit.value} to move to"
    if edit.action in {"rename", "split", "create", "merge"} and not edit.value.strip():
        return "the value is empty"
    if edit.action in {"rename", "split", "create"}:
        own = edit.theme_id if edit.action == "rename" else made_id(edit)
        # Two themes with one name could not be told apart in a workbook.
        if draft.theme_id_for(edit.value) not in {"", own}:
            return "another theme has this name"
    return ""
