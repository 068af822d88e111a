"""Every count that more than one kind of brief prints, so that they cannot differ.

A finding has one role, so the four numbers of `RoleCounts` add up to all findings.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lif_nlp.text import english


@dataclass(frozen=True, slots=True)
class RoleCounts:
    """Findings by what they say, and the reports that hold them."""

    reports: int
    findings: int
    problems: int
    strengths: int
    actions: int
    background: int

    @property
    def parts(self) -> str:
        """The findings by role, as the end of a sentence; they add up to `findings`.

        >>> RoleCounts(3, 12, 7, 2, 0, 3).parts
        'seven problems, two strengths and three that give background'
        """
        parts = [
            english.some(count, noun)
            for count, noun in (
                (self.problems, "problem"),
                (self.strengths, "strength"),
                (self.actions, "action"),
            )
            if count
        ]
        if self.background:
            gives = english.agree(self.background, "give")
            parts.append(f"{english.number(self.background)} that {gives} background")
        return english.listed(parts)


def role_counts(rows: pd.DataFrame) -> RoleCounts:
    """Count findings by role, each once."""
    rows = rows.drop_duplicates("finding_id")
    by_role = rows["role"].value_counts()
    counts = {
        name: int(by_role.get(role, 0))
        for name, role in (("problems", "problem"), ("strengths", "strength"),
                           ("actions", "action"))
    }  # fmt: skip
    return RoleCounts(
        reports=int(rows["doc_id"].nunique()),
        findings=len(rows),
        background=len(rows) - sum(counts.values()),
        **counts,
    )


def findings_in_reports(rows: pd.DataFrame) -> str:
    """How many findings in how many reports, to begin a sentence: "Four findings in one report"."""
    counts = role_counts(rows)
    findings = english.some(counts.findings, "finding")
    return f"{english.capital(findings)} in {english.some(counts.reports, 'report')}"
