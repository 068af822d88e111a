"""What was asked before, and what is recorded of it: figures of the life lines.

A stage that is not recorded is silence: nothing is said of it, and no agency is named.
"""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import count, statement
from lif_nlp.records import Claim
from lif_nlp.text import english

HEADING = "What was asked before, and what is recorded of it"
"""Heading of the part in every brief that has it."""

_STAGES = (
    ("answered", "had an answer"),
    ("action", "became an action"),
    ("done", "had every action reported or verified as done"),
    ("checked", "{} checked later"),
    ("found again", "came back in a later review of the area"),
)

_VERDICTS = {
    "improved": "practice had improved",
    "mixed": "some of it had improved",
    "not embedded": "the change was not yet routine",
    "too early": "it was too early to tell",
    "no evidence": "no evidence of a change was found",
    "not tested": "the effect was not tested",
}
"""What a later check found, in words that a board reads."""


def followed_up(material: Material) -> list[Claim]:
    """How many recommendations have each stage on record; empty where none has any."""
    lines = material.life_lines
    if lines.empty:
        return []
    # That something was asked is on record for all of them.
    records = lines[lines["recorded"].astype(bool) & lines["stage"].ne("asked")]
    recommendations = records["ask_id"].nunique()
    if not recommendations:
        return []
    by_stage = records.groupby("stage")["ask_id"].nunique()
    stages = [
        f"{by_stage[stage]} {words.format('was' if by_stage[stage] == 1 else 'were')}"
        for stage, words in _STAGES
        if stage in by_stage
    ]
    claims = [
        count(
            f"We followed {english.some(recommendations, 'recommendation')}"
            f"{': ' if stages else ''}{english.listed(stages)}."
        )
    ]
    if verdicts := verdicts_in_words(records):
        claims.append(count(f"What the latest checks saw of practice: {verdicts}."))
    late = material.ageing
    if len(late):
        oldest = int(late["days_past"].max())
        claims.append(
            count(
                f"{english.capital(english.some(len(late), 'open action'))} "
                f"{english.agree(len(late), 'be')} past the date in the latest plan, the oldest "
                f"by {oldest} days. A missed date does not say why."
            )
        )
    claims.append(
        statement(
            "Done means that a service has told us so. Where nothing is recorded, draw no "
            "conclusion from that."
        )
    )
    return claims


def verdicts_in_words(recorded: pd.DataFrame) -> str:
    """Verdicts of later checks with their numbers, as part of a sentence; empty without any.

    `recorded` are rows of `life_lines` of which something is recorded.
    """
    checks = recorded.loc[recorded["stage"].eq("effect"), "words"].astype(str)
    verdicts = checks.str.split("; ").explode().value_counts().sort_index()
    words_and_numbers = [
        f"{_VERDICTS.get(str(verdict), str(verdict))} ({number})"
        for verdict, number in verdicts.items()
    ]
    more = "; one check can find more than one thing" if verdicts.sum() > len(checks) else ""
    return f"{english.listed(words_and_numbers)}{more}"
