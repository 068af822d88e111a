"""Parts of a brief that several kinds share: each returns the lines of one box."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lif_nlp.briefs.audiences import Audience, meaning
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import FORM, follow_up
from lif_nlp.briefs.sections.claims import (
    Quoter,
    action,
    agency_counts,
    count,
    list_counts,
    questions,
    reason_counts,
    statement,
    with_role,
)
from lif_nlp.briefs.sections.discussion_questions import discussion_questions
from lif_nlp.briefs.sections.evidence_strength import assess_evidence
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english


def background(material: Material, subject: Subject) -> list[Claim]:
    """What the subject is and how strong the evidence on it is."""
    lines = [statement(english.full_stop(subject.definition))] if subject.definition else []
    lines.append(count(assess_evidence(material, subject).sentence, subject.rows))
    return lines


def why(material: Material, subject: Subject, audience: Audience) -> list[Claim]:
    """Why it matters, and whom it concerns."""
    lines = [statement(subject.why_it_matters)] if subject.why_it_matters else []
    named = list_counts(agency_counts(material, subject.rows), 5)
    if audience.group:
        lines += meaning(material, audience, subject.rows)
    elif named:
        units = "reports" if subject.reports > 1 else "findings"
        lines.append(count(f"Agencies named, by number of {units}: {named}.", subject.rows))
    else:
        names = {a.id: english.lower_first(a.name) for a in material.framework.agencies}
        groups = [names[group] for group in subject.groups if group in names and group != "all"]
        concerned = english.listed(groups[:5]) or "every agency"
        lines.append(statement(f"It mainly concerns {concerned}."))
    return lines


def strengths(subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    """What works, in the words of up to `shown` reports."""
    rows = subject.strengths
    if rows.empty:
        return [
            statement(
                "These reports describe no strengths here. Reviews tend to look for what went "
                "wrong, so ask the team where this goes well and what helps."
            )
        ]
    lead = f"{_found(rows)} {english.agree(len(rows), 'describe')} what works."
    return [count(lead, rows), *quotes_or_explanation(quoter.quotes(rows, shown), len(rows))]


def problems(subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    """What is difficult, in the words of up to `shown` reports."""
    rows = subject.problems
    if rows.empty:
        return [statement("These reports describe no problems here.")]
    lead = f"{_found(rows)} {english.agree(len(rows), 'describe')} difficulties."
    plain_why = rows[~rows["why"].astype(bool)]
    chosen = quoter.quotes(plain_why if len(plain_why) >= 3 * shown else rows, shown)
    return [count(lead, rows), *quotes_or_explanation(chosen, len(rows))]


def reasons(material: Material, subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    """Why practice was as it was; without any reason given, what to ask."""
    rows, bad = subject.explained, len(subject.problems)
    if rows.empty:
        prompts = material.framework.prompts[4:6]
        ask = f" Ask: {' '.join(prompts)}" if prompts else ""
        of = f" for any of the {english.some(bad, 'problem')}" if bad > 1 else ""
        return [statement(f"No reason is given{of}.{ask}")]
    counts = reason_counts(rows)
    said = list_counts(counts, 3)
    lead = f"{_found(rows)} {english.agree(len(rows), 'explain')} why"
    often = "most often " if counts and counts[0][1] > 1 else ""
    lines = [count(f"{lead}: {often}{said}." if said else f"{lead}.", rows)]
    shows = subject.shown_why
    chosen = quoter.quotes(with_role(shows, "problem"), shown) or quoter.quotes(shows, shown)
    return [*lines, *quotes_or_explanation(chosen, len(rows))]


def remember(subject: Subject, quoter: Quoter, shown: int, changed: Sequence[Claim]) -> list[Claim]:
    """The point to keep, what has `changed`, and what was asked for."""
    rows = subject.actions
    lines = list(changed)
    if rows.empty:
        return [*lines, statement("These reports record no action on this yet.")]
    verbs = " or ".join(english.agree(len(rows), verb) for verb in ("recommend", "report"))
    lead = f"{_found(rows)} {verbs} action."
    return [*lines, count(lead, rows), *quoter.quotes(rows, shown)]


def do(material: Material, subject: Subject, audience: Audience) -> list[Claim]:
    """Stop, start, keep, questions, and a date to look again."""
    steps = (("Stop", subject.stop), ("Start", subject.start), ("Keep", subject.keep))
    lines = [action(f"{name}: {text}") for name, text in steps if text]
    lines += questions(discussion_questions(material, subject, audience.questions))
    return [*lines, action(follow_up(material.created)), FORM]


def quotes_or_explanation(quotes: list[Claim], found: int) -> list[Claim]:
    """The quotes, or a line that says why there is none."""
    if quotes or not found:
        return quotes
    return [
        statement(
            "None of these can be quoted safely out of context. The findings export lists them all."
        )
    ]


def _found(rows: pd.DataFrame) -> str:
    reports = english.some(rows["doc_id"].nunique(), "report")
    return f"{english.capital(english.some(len(rows), 'finding'))} in {reports}"
