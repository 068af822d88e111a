"""The facilitated session: an hour with a team, from a scenario in three acts to one change.

The scenario and the sheet for the facilitator are written by people and stand in the framework;
what reports say comes only after people have said what they would do.
"""

from __future__ import annotations

from dataclasses import replace

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import CIRCLE, WRITTEN_ON, assemble
from lif_nlp.briefs.sections.claims import Quoter, action, questions, statement
from lif_nlp.briefs.sections.safe_end import HEADING, safe_end
from lif_nlp.briefs.subjects import Subject
from lif_nlp.framework.brief_texts import Scenario, SessionPlan
from lif_nlp.records import Brief, Chart, Claim, Section

_OWN = (
    "Bring a situation from your own work. Tell it up to the moment of the decision, with only "
    "what was known then, and change anything that could identify someone."
)
_FORM = "Hand out the form, then be quiet. The answers are for counting."
_ACTS = {"morning": "Act one: morning", "noon": "Act two: noon", "five": "Act three: five o'clock"}

# Heading and the note of the framework's session that belongs to it.
_NOTES = {
    "What it is, and why it matters": "background",
    "What reports say works": "strengths",
    "What came back in reports": "problems",
    "Why it makes sense on the day": "reasons",
    "Then and now": "then_and_now",
    "One thing to change": "advice",
    **{heading: act for act, heading in _ACTS.items()},
}
_FOR_LEADER = ("The hour", "Before the day", HEADING, "When it is difficult", "On this story",
               "If you meet online")  # fmt: skip


def session(material: Material, subject: Subject, audience: Audience) -> Brief:
    """The session on a subject, with the facilitator's sheet, slides, handout and form."""
    quoter = Quoter(material, subject, audience.group)
    plan = material.framework.session
    scenarios = material.framework.scenarios_on(subject.priority, audience.id, [subject.theme])
    story = _story(scenarios[0], plan) if scenarios else [("The scenario", [statement(_OWN)])]
    closing = scenarios[0].closing if scenarios else ""
    opening = boxes.about(material, subject, audience)[:2]
    brief = assemble(
        ("session", "Learning session"),
        quoter,
        audience,
        [
            ("The hour", _hour(plan)),
            ("Before the day", _before(plan)),
            ("What it is, and why it matters", opening),
            *story,
            ("Then and now", questions([closing] if closing else ())),
            (HEADING, safe_end(plan, scenarios[0] if scenarios else None)),
            ("What reports say works", boxes.strengths(subject, quoter, 1, 1)),
            ("What came back in reports", boxes.problems(subject, quoter, 2, 3)),
            ("Why it makes sense on the day", boxes.reasons(subject, quoter, 1)),
            ("One thing to change", boxes.do(material, subject, audience)),
            ("When it is difficult", _reactions(plan)),
            ("On this story", _on_story(scenarios[:1])),
            ("If you meet online", [action(line) for line in plan.online]),
        ],
        _sheets(plan),
    )
    return replace(brief, sections=tuple(_annotated(part, plan) for part in brief.sections))


def _annotated(section: Section, plan: SessionPlan) -> Section:
    """A section with its presenter's note, and marked if only the facilitator reads it."""
    note = plan.notes.get(_NOTES.get(section.heading.partition(" (")[0], ""), "")
    return replace(section, notes=note, for_leader=section.heading in _FOR_LEADER)


def _hour(plan: SessionPlan) -> list[Claim]:
    return [
        action(f"{step.name.replace(':', ',')} ({step.minutes} minutes): {step.lead}")
        for step in plan.steps
    ]


def _before(plan: SessionPlan) -> list[Claim]:
    lines = [action(line) for line in plan.before_the_day]
    return [*lines, *[action(f"Bring: {'; '.join(plan.materials)}.")] * bool(plan.materials)]


def _story(scenario: Scenario, plan: SessionPlan) -> list[tuple[str, list[Claim]]]:
    """The three acts, each with its decision; the first says that all is invented."""
    acts = []
    for at, act in enumerate(scenario.acts):
        lead = [statement(f"{scenario.byline} {plan.fiction}".strip())] if at == 0 else []
        heading = f"{_ACTS.get(act.id, act.id)} ({act.time})"
        acts.append((heading, [*lead, statement(act.text), *questions([act.question])]))
    return acts


def _reactions(plan: SessionPlan) -> list[Claim]:
    return [action(f"{r.name}: say, “{r.say}” {r.do}") for r in plan.reactions]


def _on_story(scenarios: tuple[Scenario, ...]) -> list[Claim]:
    """What people often say of a story, and what helps the talk along."""
    lines: list[Claim] = []
    for scenario in scenarios:
        if scenario.often_said:
            sayings = " ".join(f"“{line}”" for line in scenario.often_said)
            lines.append(action(f"Often said: {sayings}"))
        lines += [action(line) for line in scenario.helps]
    return lines


def _sheets(plan: SessionPlan) -> list[Chart]:
    """The form for before and for after, and the handout, as tables to fill in."""
    sheets = []
    if plan.form.items:
        blank = tuple((item, *(CIRCLE for _ in plan.form.levels)) for item in plan.form.items)
        columns = ("Circle one in each line", *plan.form.levels)
        sheets = [
            Chart("table", "Form, before", columns, blank, plan.notes.get("form_before", _FORM)),
            Chart("table", "Form, after", columns, blank, plan.notes.get("form_after", _FORM)),
        ]
    if plan.handout:
        rows = tuple((part.name, part.text, "\n" * part.lines) for part in plan.handout)
        alt = "The handout: one for each person, to write on and take away."
        sheets.append(Chart("table", "Handout", ("Part", "To think about", WRITTEN_ON), rows, alt))
    return sheets


def examples(material: Material, subject: Subject) -> tuple[str, ...]:
    """Invented examples of difficulty that the framework holds for a subject."""
    problems = {t.code: t.problems for t in material.framework.themes}
    problems |= {t.name: t.problems for t in material.framework.themes}
    problems |= {p.id: p.problems for p in material.framework.priorities}
    return problems.get(subject.id) or problems.get(subject.borrowed) or ()
