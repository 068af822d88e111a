"""Adjusts membership of known themes to roles that people corrected."""

from __future__ import annotations

from collections.abc import Iterable

from lif_nlp.records import Finding, ThemeSet
from lif_nlp.themes.known import assignments_of, counted_codes
from lif_nlp.themes.revision.actions import Draft


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
    for machine_finding, corrected in relabelled:
        for code in set(counted_codes(machine_finding)) - set(counted_codes(corrected)):
            draft.remove(corrected.finding_id, code)
        for assignment in assignments_of(corrected):
            if assignment.theme_id in draft.themes and assignment.theme_id not in counted_codes(
                machine_finding
            ):
                draft.put(assignment)
        draft.await_theme(corrected.finding_id, waits=corrected.role != "context")
    return draft.finished(None)
