"""Parts of a brief that several kinds share: each returns the lines of one box.

A box never says that there is nothing to show: it is left out (no lines), or counts what
there is and says where to read it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lif_nlp.briefs.audiences import Audience, advice_of, meaning
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import FORM, follow_up
from lif_nlp.briefs.sections.claims import (
    Quoter,
    action,
    agency_counts,
    count,
    list_counts,
    places,
    questions,
    reasons_in_words,
    statement,
)
from lif_nlp.briefs.sections.counts import findings_in_reports
from lif_nlp.briefs.sections.discussion_questions import discussion_questions
from lif_nlp.briefs.sections.evidence_strength import assess_evidence
from lif_nlp.briefs.sections.recurring_points import (
    point_lines,
    recurring_points,
    tension_lines,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

_SIGNS = 4
"""Signs that a brief lists; all of them would leave no room for quotes."""


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
        lines += meaning(material, audience, subject)
    elif named:
        units = "reports" if subject.reports > 1 else "findings"
        lines.append(count(f"Services named most, by number of {units}: {named}.", subject.rows))
    else:
        names = {a.id: english.lower_first(a.name) for a in material.framework.agencies}
        groups = [names[group] for group in subject.groups if group in names and group != "all"]
        concerned = english.listed(groups[:5]) or "every service"
        lines.append(statement(f"It mainly concerns {concerned}."))
    advice = advice_of(material.framework, audience, subject.priority)
    if advice and audience.group and subject.priority:
        lines.append(statement(f"Signs that {audience.name} may notice:"))
        lines += [action(sign) for sign in advice.signs[:_SIGNS]]
    return lines


def strengths(subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    """What works, in the words of up to `shown` reports."""
    rows = subject.strengths
    if rows.empty:
        return [
            statement(
                "Reviews tend to look for what went wrong, and these describe no strength. Ask the "
                "team where this goes well, and what helps."
            )
        ]
    lead = f"{findings_in_reports(rows)} {english.agree(len(rows), 'say')} what works."
    return _told(lead, rows, quoter, "strength", shown)


def problems(subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    """What is difficult, in the words of up to `shown` reports."""
    rows = subject.problems
    if rows.empty:
        return []
    lead = f"{findings_in_reports(rows)} {english.agree(len(rows), 'say')} what is difficult."
    # The next box quotes those that come with a reason.
    plain = rows[~rows["why"].astype(bool)]
    return _told(lead, rows, quoter, "problem", shown, plain if len(plain) >= 3 * shown else rows)


def reasons(material: Material, subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    """Why practice was as it was; without any reason given, what to ask."""
    rows, bad = subject.explained, len(subject.problems)
    if not bad:
        return []
    if rows.empty:
        prompts = material.framework.prompts[4:6]
        ask = f" Ask: {' '.join(prompts)}" if prompts else ""
        of = f" for any of the {english.some(bad, 'problem')}" if bad > 1 else ""
        return [statement(f"No reason is given{of}.{ask}")]
    of = f"{english.capital(english.number(len(rows)))} of the {english.some(bad, 'problem')}"
    lead = f"{of} {english.agree(len(rows), 'come')} with a reason. {reasons_in_words(rows)}"
    shows = subject.shown_why
    chosen = quoter.quotes(shows, shown) or quoter.quotes(rows, shown)
    return quotes_or_places(material, lead.strip(), rows, chosen, shown)


def remember(subject: Subject, quoter: Quoter, shown: int, changed: Sequence[Claim]) -> list[Claim]:
    """The point to keep, what has `changed`, where reports differ, and what was asked for."""
    material, rows = quoter.material, subject.actions
    lines = list(changed)
    points = recurring_points(material, subject, "problem", quoter.group)
    lines += tension_lines(material, points, 1)
    if rows.empty:
        return [*lines, statement("These reports ask for no action on it. What would you ask for?")]
    verbs = f"{english.agree(len(rows), 'ask')} for or {english.agree(len(rows), 'report')}"
    return [*lines, *_told(f"{findings_in_reports(rows)} {verbs} action.", rows, quoter, "action",
                           shown)]  # fmt: skip


def do(material: Material, subject: Subject, audience: Audience) -> list[Claim]:
    """Stop, start, keep, questions, and a date to look again; the readers' own where there are."""
    advice = advice_of(material.framework, audience, subject.priority)
    source = advice or subject
    steps = (("Stop", source.stop), ("Start", source.start), ("Keep", source.keep))
    lines = [action(f"{name}: {text}") for name, text in steps if text]
    own = (*(advice.questions if advice else ()), *audience.questions)
    lines += questions(discussion_questions(material, subject, own))
    return [*lines, action(follow_up(material.created)), FORM]


def quotes_or_places(
    material: Material, lead: str, rows: pd.DataFrame, quotes: list[Claim], shown: int = 1
) -> list[Claim]:
    """A count with its quotes, or with the places to read where none can be quoted."""
    if quotes or not shown or rows.empty:
        return [count(lead, rows), *quotes]
    return [count(f"{lead} {places(material, rows)}", rows)]


def _told(
    lead: str,
    rows: pd.DataFrame,
    quoter: Quoter,
    role: str,
    shown: int,
    single: pd.DataFrame | None = None,
) -> list[Claim]:
    """The count, then the points that came back with a quote each, then `single` quotes."""
    material = quoter.material
    points = recurring_points(material, quoter.subject, role, quoter.group)[:shown]
    lines = point_lines(quoter, points)
    quoted = sum(claim.kind == "quote" for claim in lines)
    lines += quoter.quotes(rows if single is None else single, shown - max(quoted, len(points)))
    if any(claim.kind == "quote" for claim in lines):
        return [count(lead, rows), *lines]
    return [*quotes_or_places(material, lead, rows, [], shown), *lines]
