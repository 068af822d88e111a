"""The annual report section: learning, action, evidence of impact, and gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.board import what_came_back
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.boxes import counted_quotes
from lif_nlp.briefs.sections.change_over_time import TOO_FEW, moves
from lif_nlp.briefs.sections.claims import (
    Quoter,
    action,
    count,
    reason_counts,
    statement,
    with_role,
)
from lif_nlp.briefs.sections.counts import reports_that, role_counts
from lif_nlp.briefs.sections.evidence_strength import assess_evidence, levels_in_words
from lif_nlp.briefs.sections.followed_up import HEADING, followed_up, seen_by_checks
from lif_nlp.briefs.sections.messages import bearing_out, messages, own_message
from lif_nlp.briefs.sections.recurring_points import (
    differing,
    recurring_points,
    with_contraries,
)
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.framework.model import Priority
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_POINTS = 6
"""Learning points that came back, each with a quote, on about half a page. Chosen by judgement, as
are all figures here."""

_STRENGTHS = 3
"""Strengths that came back, beside the problems: whoever reads of hundreds wants to see some."""

_TITLES = 3
"""Own reports up to which their titles are told."""

_TENSIONS = 2
"""Pairs of points that say the contrary; more would hide that reports mostly agree."""

_REASONS = 3
"""Kinds of reason named for a priority, without their numbers: a table of causes is no learning."""

_RECENT = 5
"""Years back in which a report's words on improvement are a sign of impact now."""

_ABOVE = {"problem": "What is difficult:", "strength": "What worked:"}
"""What stands above words of either side of a priority."""

_CHECKS = 2
"""What later checks saw, in their words: the nearest to a change for children that papers tell."""

_TURN = 3
"""The kind's place among those that share quotes (`Quoter`), so that each shows others."""


def annual(material: Material, subject: Subject, audience: Audience) -> Brief:
    """What the partnership learnt, with a part for each of its priorities."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    # What is said of each priority needs words of its own, so the priorities choose first.
    parts = [
        (priority.name, _priority(material, quoter, priority))
        for priority in material.framework.priorities
    ]
    found = what_came_back(quoter, _POINTS)
    worked = messages(quoter, "strength", _STRENGTHS)
    points = recurring_points(material, subject, "problem")
    changed, untold = _changed(material)
    return assemble(
        ("annual", _title(material)),
        quoter,
        audience,
        [
            ("What we read", _read(material)),
            ("What came back most", with_contraries(material, found.shown, found.lines)),
            ("What worked", worked),
            ("Where reports differ", differing(material, points, _TENSIONS)),
            *parts,
            ("What has changed", changed),
            (HEADING, followed_up(material) or _asked_of_us(material)),
            *_impact(material, quoter),
            ("Gaps: what these reports cannot tell us", [*_gaps(material), *untold]),
        ],
    )


def _title(material: Material) -> str:
    """What was learnt from the kinds of report that there are: no inspection is called a review."""
    families = {material.family(str(doc_id)) for doc_id in material.reports["doc_id"]}
    names = [_NAMES[family] for family in _NAMES if family in families]
    if not names or families - set(_NAMES):
        names = ["reviews", *names]
    return f"What we learnt from {english.listed(names)}"


_NAMES = {"audit": "audits", "inspection": "inspections"}
"""Families of report that are no reviews, with their names in the title."""


def _read(material: Material) -> list[Claim]:
    """How many reports of which years were read, and what strong means below."""
    read = f"We read {_reports_and_years(material)}.{_newest(material)}"
    how = (
        "Two words (“moderate to strong”) mean that somebody who read them all might count fewer "
        "reports. They say how surely reports speak of something, not how bad it is."
    )
    return [count(read, material.findings), statement(f"{levels_in_words()} {how}")]


def _reports_and_years(material: Material) -> str:
    """How many reports, of which years, and how many of them have a date."""
    years = [int(year) for year in material.reports["year"].dropna()]
    of = len(material.reports)
    reports = english.some(of, "report")
    if len(years) == of:
        return f"{reports} of {english.span(years)}" if years else reports
    if not years:
        return f"{reports}, {'none of them' if of > 1 else 'not'} dated"
    dated = f"{english.number(len(years))} of them dated"
    return f"{reports}, {dated}: {english.span(years)}"


def _newest(material: Material) -> str:
    """Of which day the newest report is, as a sentence after another; empty without dates."""
    return f" The newest is of {english.day(material.newest)}." if material.newest else ""


def _changed(material: Material) -> tuple[list[Claim], list[Claim]]:
    """What checks saw and how often each priority comes up; and, apart, what cannot be told."""
    lines, untold = seen_by_checks(material, _CHECKS), []
    for priority in material.framework.priorities:
        subject = subject_of(material, priority=priority.id)
        for claim in moves(material, subject) if len(subject.rows) else []:
            lead, _, _ = claim.text.partition(": ")
            if lead.rstrip(".") == TOO_FEW:
                untold.append(english.lower_first(subject.name))
            else:
                lines.append(replace(claim, text=f"{subject.name}. {claim.text}"))
    told = "There are too few reports to tell whether more or fewer of them speak of"
    line = f"{told} {english.listed(untold, 'or')} than before."
    return lines, [count(line)] if untold else []


def _priority(material: Material, quoter: Quoter, priority: Priority) -> list[Claim]:
    """Learning, reasons, what is asked for and what staff can do now, on one priority."""
    subject = subject_of(material, priority=priority.id)
    rows = subject.rows
    if rows.empty:
        return []
    own = quoter.for_subject(subject)
    actions = subject.actions
    weight = assess_evidence(material, subject)
    lines = [count(f"{weight.share} The evidence is {weight.word}.", rows)]
    for role, of_role in (("problem", subject.problems), ("strength", subject.strengths)):
        lines += _shown(own, role, of_role)
    if not any(line.kind == "quote" for line in lines):
        lines.append(statement("No sentence on it can be shown on a page that goes round."))
    with_reason = subject.explained
    if len(with_reason):
        kinds = [name for name, _ in reason_counts(with_reason)[:_REASONS]]
        if kinds:
            # The names of kinds hold an "and" of their own.
            lead = f"Reasons that reports give most often: {'; '.join(kinds)}."
            lines.append(count(lead, with_reason))
    if len(actions):
        asking = english.capital(english.some(actions["doc_id"].nunique(), "report"))
        verbs = [english.agree(actions["doc_id"].nunique(), verb) for verb in ("ask", "say")]
        on = english.lower_first(subject.name)
        lead = f"{asking} {verbs[0]} for action on {on} or {verbs[1]} what was done:"
        lines += counted_quotes(lead, actions, own.quotes(actions, 1))
    if priority.start:
        lines.append(action(f"What staff can do now: {english.lower_first(priority.start)}"))
    quoter.identifying += own.identifying
    return lines


def _shown(quoter: Quoter, role: str, rows: pd.DataFrame) -> list[Claim]:
    """What comes back most of one role: the priority's own line, a point or a theme, and words."""
    lead = own_message(quoter, role)
    if words := quoter.quotes(bearing_out(rows), 1) if lead else []:
        return [*lead, *words]
    lines = messages(quoter, role, 1)
    lines = lines or quoter.quotes(rows, 1)
    # Else praise would seem to bear out the problem above it.
    return [count(_ABOVE[role], rows), *lines] if lines else []


def _asked_of_us(material: Material) -> list[Claim]:
    """What our own reports ask for, where nothing that followed it is in the workspace."""
    asked = material.recommendations
    asked = asked[asked["doc_id"].isin(material.own_reports)] if len(asked) else asked
    if asked.empty:
        return []
    docs = sorted({str(doc_id) for doc_id in asked["doc_id"]})
    titles = [f"“{material.title(one)}”" for one in docs if not material.is_unpublished(one)]
    told = f": {english.listed(titles)}" if 0 < len(titles) <= _TITLES else ""
    number = english.some(asked["finding_id"].nunique(), "recommendation")
    reports = english.capital(english.some(len(docs), "report"))
    return [
        count(
            f"{reports} on our own area {english.agree(len(docs), 'make')} {number}{told}. No "
            "response, plan or check is here yet; draw no conclusion from that.",
        )
    ]


def _impact(material: Material, quoter: Quoter) -> list[tuple[str, list[Claim]]]:
    """What reports say has improved: ours as evidence, other areas' as that."""
    rows = with_role(material.findings, "strength")
    changes_told = rows[rows["text"].str.contains(_CHANGED, regex=True).astype(bool)]
    newest = date.fromisoformat(material.created).year if material.created else rows["year"].max()
    changes_told = changes_told[changes_told["year"].ge(newest - _RECENT)]
    is_ours = changes_told["doc_id"].isin(material.own_reports)
    ours, others = changes_told[is_ours], changes_told[~is_ours]
    whose = "reports on other areas" if material.knows_its_area else "these reports"
    return [
        ("Signs of impact here", _improved(quoter, ours, "Take it as a sign, not as a measure.")),
        (
            f"Improvement that {whose} describe",
            _improved(quoter, others, "Ask what was done there, and whether it would help here."),
        ),
    ]


def _improved(quoter: Quoter, rows: pd.DataFrame, then: str) -> list[Claim]:
    if rows.empty:
        return []
    lead = f"{reports_that(rows, 'tell')} of improvement. {then}"
    # These rows come from words, not from a theme, so they have no confidence to be ranked by.
    quotes = quoter.quotes(rows.assign(confidence=1.0), 2)
    return counted_quotes(lead, rows, quotes)


# "Letters say what has improved" tells of letters.
_CHANGED = (
    r"(?i)(?<!what )\b(?:has|have) improved|\bimprovements? (?:in|to|made)|"
    r"\bsince (?:the|our) (?:last|previous)"
)


def _gaps(material: Material) -> list[Claim]:
    counts_by_name = {p.name: role_counts(material.of_priority(p.id)) for p in
               material.framework.priorities}  # fmt: skip
    unseen = [
        english.lower_first(name) for name, counts in counts_by_name.items() if not counts.findings
    ]
    without_year = material.reports[material.reports["year"].isna()]
    lines = [
        statement(
            "These reports cannot show how often something happens, whether training changed "
            "practice, or what children think of any change. Audit, feedback and a second audit "
            "can."
        )
    ]
    if unseen:
        none = f"No report mentions {english.listed(unseen, 'or')}."
        lines.append(statement(f"{none} That may say more of the reports than of practice."))
    if len(without_year):
        lead = english.capital(english.some(len(without_year), "report"))
        verb = "has" if len(without_year) == 1 else "have"
        lines.append(count(f"{lead} {verb} no date, so no change over time is drawn from "
                           f"{'it' if verb == 'has' else 'them'}."))  # fmt: skip
    return lines
