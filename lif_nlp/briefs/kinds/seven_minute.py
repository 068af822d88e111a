"""The seven-minute briefing: seven boxes on two pages, for a team to talk about."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs import plain
from lif_nlp.briefs.claims import (
    Quoter,
    action,
    agencies_said,
    count,
    of_role,
    questions,
    reasons_said,
    statement,
    topmost,
)
from lif_nlp.briefs.closing import FORM, cautions, follow_up, methods
from lif_nlp.briefs.figures import balance_of_agencies, balance_of_themes, trend
from lif_nlp.briefs.inquiry import asked
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.measure import words_of
from lif_nlp.briefs.movement import changes
from lif_nlp.briefs.subjects import Subject
from lif_nlp.briefs.weight import weigh
from lif_nlp.records import Brief, Claim, Section

HEADINGS = (
    "Background",
    "Why it matters",
    "What we found: strengths",
    "What we found: problems",
    "What we found: reasons",
    "What to remember, and what has changed",
    "What to do, and questions to ask",
)
MAX_WORDS = 900

# Quotes shown as (strengths, problems, reasons, actions), the fullest first: the first
# that keeps the brief within its words is taken.
_FITS = ((3, 3, 2, 2), (3, 3, 2, 1), (2, 3, 2, 1), (2, 2, 2, 1), (2, 2, 1, 1), (1, 1, 1, 0))


def seven_minute(material: Material, subject: Subject, audience: str = "") -> Brief:
    """The briefing of a theme, a priority or one report, at most `MAX_WORDS` words."""
    brief = _compose(material, subject, audience, _FITS[0])
    for fit in _FITS[1:]:
        if words_of(brief) <= MAX_WORDS:
            break
        brief = _compose(material, subject, audience, fit)
    return brief


def _compose(
    material: Material, subject: Subject, audience: str, fit: tuple[int, int, int, int]
) -> Brief:
    quoter = Quoter(material, subject)
    bodies = (
        _background(material, subject),
        _why(material, subject),
        _strengths(subject, quoter, fit[0]),
        _problems(subject, quoter, fit[1]),
        _reasons(material, subject, quoter, fit[2]),
        _remember(material, subject, quoter, fit[3]),
        _do(material, subject),
    )
    sections = [Section(head, tuple(body)) for head, body in zip(HEADINGS, bodies, strict=True)]
    balance = balance_of_agencies if subject.kind == "theme" else balance_of_themes
    charts = [balance(material, subject)]
    if subject.kind != "report":
        charts.append(trend(material, subject))
    return Brief(
        brief_id=f"seven-minute-{subject.kind}-{subject.id}",
        kind="seven-minute",
        subject=subject.name,
        title=f"Seven-minute briefing: {subject.name}",
        sections=tuple(sections),
        charts=tuple(chart for chart in charts if chart),
        audience=audience,
        priority=subject.priority,
        methods=methods(material, subject, quoter),
        cautions=cautions(material, subject),
        created=material.created,
        run_id=material.run_id,
    )


def _background(material: Material, subject: Subject) -> list[Claim]:
    lines = [statement(plain.full_stop(subject.definition))] if subject.definition else []
    lines.append(count(weigh(material, subject).sentence, subject.rows))
    return lines


def _why(material: Material, subject: Subject) -> list[Claim]:
    lines = [statement(subject.why_it_matters)] if subject.why_it_matters else []
    named = topmost(agencies_said(material, subject.rows), 5)
    if named:
        lines.append(count(f"Named most often, by reports: {named}.", subject.rows))
    else:
        groups = [material.framework.agency(group).name for group in subject.groups[:5]]
        lines.append(statement(f"It concerns {plain.listed(groups) or 'every agency'}."))
    return lines


def _strengths(subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    rows = of_role(subject.rows, "strength")
    if rows.empty:
        return [
            statement(
                "These reports name no strength here. Reviews look for what went wrong, so ask "
                "the team where this goes well, and what helps."
            )
        ]
    lead = f"{plain.capital(plain.some(len(rows), 'finding'))} {_in(rows)} tell of what works."
    return [count(lead, rows), *_shown(quoter.quotes(rows, shown), len(rows))]


def _problems(subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    rows = of_role(subject.rows, "problem")
    if rows.empty:
        return [statement("These reports name no problem here.")]
    lead = f"{plain.capital(plain.some(len(rows), 'finding'))} {_in(rows)} tell of difficulties."
    plain_why = rows[~rows["why"].astype(bool)]
    chosen = quoter.quotes(plain_why if len(plain_why) >= 3 * shown else rows, shown)
    return [count(lead, rows), *_shown(chosen, len(rows))]


def _reasons(material: Material, subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    about = subject.rows[subject.rows["role"].isin(["strength", "problem", "context"])]
    rows = about[about["why"].astype(bool)]
    bad = len(of_role(subject.rows, "problem"))
    if rows.empty:
        prompts = material.framework.prompts[4:6]
        ask = f" Ask: {' '.join(prompts)}" if prompts else ""
        return [statement(f"None of the {plain.some(bad, 'problem')} comes with a reason.{ask}")]
    said = topmost(reasons_said(rows), 3)
    lead = f"{plain.capital(plain.some(len(rows), 'finding'))} {_in(rows)} say why"
    lines = [count(f"{lead}: most often {said}." if said else f"{lead}.", rows)]
    chosen = quoter.quotes(of_role(rows, "problem"), shown)
    return [*lines, *(chosen or _shown(quoter.quotes(rows, shown), len(rows)))]


def _remember(material: Material, subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    rows = of_role(subject.rows, "action")
    lines = changes(material, subject)
    if rows.empty:
        return [*lines, statement("These reports record no action on it yet.")]
    lead = (
        f"{plain.capital(plain.some(len(rows), 'finding'))} {_in(rows)} ask for or report action."
    )
    return [*lines, count(lead, rows), *quoter.quotes(rows, shown)]


def _do(material: Material, subject: Subject) -> list[Claim]:
    steps = (("Stop", subject.stop), ("Start", subject.start), ("Keep", subject.keep))
    lines = [action(f"{name}: {text}") for name, text in steps if text]
    lines += questions(asked(material, subject))
    return [*lines, action(follow_up(material.created)), FORM]


def _shown(quotes: list[Claim], found: int) -> list[Claim]:
    if quotes or not found:
        return quotes
    return [statement("None can stand alone safely here; the export of findings lists them all.")]


def _in(rows: pd.DataFrame) -> str:
    return f"in {plain.some(rows['doc_id'].nunique(), 'report')}"
