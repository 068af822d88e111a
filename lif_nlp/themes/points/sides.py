"""Good news that was read as a problem: it states no point on that side."""

from __future__ import annotations

import re

from lif_nlp.records import Finding
from lif_nlp.themes.points.membership import TURN

_GOOD_NEWS = re.compile(
    r"\b(?:turnover|vacanc(?:y|ies)|agency (?:staff|(?:social )?workers)|caseloads?|sickness"
    r"|exclusions?|waiting (?:times?|lists?)|delays?|drift)\b[^.;:]{0,60}"
    r"\b(?:is|are|was|were|remains?|stays?) (?:now |very |relatively |generally )*"
    r"(?:low|rare|minimal|manageable)\b"
    r"|\bnot\b[^.;:]{0,30}\bunnecessarily\b"
    r"|\bassessments include consideration of\b",
    re.IGNORECASE,
)
"""Little of what is bad, and what is done where a defect would be its lack: kinds of sentences that
a reader of quotes found under problems (November 2026)."""


def is_good_news(finding: Finding) -> bool:
    """Whether a finding with the role of a problem says plainly that there is none.

    >>> is_good_news(Finding("f", "d", 0, 17, "Turnover is low.", 1, role="problem"))
    True
    """
    if finding.role != "problem" or TURN.search(finding.text):
        return False
    return bool(_GOOD_NEWS.search(finding.text))
