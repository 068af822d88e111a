"""Every count that more than one kind of brief prints, so that they cannot differ.

Findings that only give background are in no count that is told: they say nothing of practice.
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

    @property
    def judged(self) -> str:
        """The findings that say something of practice, by role; empty where none does.

        >>> RoleCounts(3, 12, 7, 2, 0).judged
        'seven problems and two strengths'
        """
        return english.listed(
            [
                english.some(count, noun)
                for count, noun in (
                    (self.problems, "problem"),
                    (self.strengths, "strength"),
                    (self.actions, "action"),
                )
                if count
            ]
        )


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
        **counts,
    )


def reports_that(rows: pd.DataFrame, verb: str) -> str:
    """How many reports hold findings, with a verb, to begin a sentence: "Four reports say"."""
    reports = int(rows["doc_id"].nunique())
    return f"{english.capital(english.some(reports, 'report'))} {english.agree(reports, verb)}"
