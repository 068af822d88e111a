"""Themes follow a role that a person corrected, as they follow the machine's."""

from __future__ import annotations

from collections.abc import Iterable

from lif_nlp.records import Finding, ThemeSet
from lif_nlp.themes.known import assignments_of, counted_codes
from lif_nlp.themes.revision.actions import Draft


def follow_roles(machine: ThemeSet, relabelled: Iterable[tuple[Finding, Finding]]) -> ThemeSet:
    """The machine's set as it would be, had it read the corrected roles.

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
    for before, now in relabelled:
        for code in set(counted_codes(before)) - set(counted_codes(now)):
            draft.remove(now.finding_id, code)
        for assignment in assignments_of(now):
            if assignment.theme_id in draft.themes and assignment.theme_id not in counted_codes(
                before
            ):
                draft.put(assignment)
        draft.await_theme(now.finding_id, waits=now.role != "context")
    return draft.finished(None)
