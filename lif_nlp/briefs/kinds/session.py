"""The facilitated session: an hour with a team, from a scenario in three acts to one change.

The scenario and the sheet for the facilitator are written by people and stand in the framework;
what reports say comes only after people have said what they would do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.one_report import MUST, ReportParts, assemble_report, report_parts
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.report_cases import case_speaks
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import CIRCLE, WRITTEN_ON, assemble, care_note
from lif_nlp.briefs.sections.claims import Quoter, action, questions, statement
from lif_nlp.briefs.sections.safe_end import HEADING, safe_end
from lif_nlp.briefs.subjects import Subject
from lif_nlp.framework.brief_texts import Case, Scenario, SessionPlan
from lif_nlp.records import Brief, Chart, Claim, Section
from lif_nlp.text.ages import NUMBERS, age_band

_OWN = (
    "Bring a situation from your own work. Tell it up to the moment of the decision, with only "
    "what was known then, and change anything that could identify someone."
)
_READ_FIRST = (
    "Read in the report what happened, and tell it in two sentences without names, ages or dates."
)
_FORM = "Hand out the form, then be quiet. The answers are for counting."
_ACTS = {"morning": "Act one: morning", "noon": "Act two: noon", "five": "Act three: five o'clock"}

# Heading and the note of the framework's session that belongs to it.
_NOTES = {
    "What it is, and why it matters": "background",
    "What the inspectors decided": "sources",
    "What reports say works": "strengths",
    "What came back in reports": "problems",
    "What worked there": "strengths",
    "What the report found": "problems",
    MUST: "asked",
    "What the report asks for": "asked",
    "Why it makes sense on the day": "reasons",
    "Then and now": "then_and_now",
    "One thing to change": "advice",
    **{heading: act for act, heading in _ACTS.items()},
}
_FOR_LEADER = ("The hour", "Before the day", HEADING, "When it is difficult", "On this story",
               "If you meet online")  # fmt: skip


def session(material: Material, subject: Subject, audience: Audience) -> Brief:
    """The session on a subject, with the facilitator's sheet, slides, handout and form."""
    parts = report_parts(material, subject, audience) if subject.kind == "report" else None
    quoter = parts.quoter if parts else Quoter(material, subject, audience.group)
    # A report's story and advice are on what it teaches.
    subject = parts.topic if parts else subject
    plan = material.framework.session
    scenarios = material.framework.scenarios_on(subject.priority, audience.id, [subject.theme])
    if parts:
        scenarios = _on_case(material, subject, scenarios)
        scenarios = _nearest_in_age(scenarios, material.facts_of(subject.id).get("age_band", ""))
    story = _story(scenarios[0], plan) if scenarios else [("The scenario", [statement(_OWN)])]
    closing = scenarios[0].closing if scenarios else ""
    is_letter = bool(parts and parts.decided)
    sections = [
        ("The hour", _hour(plan, is_letter=is_letter)),
        ("Before the day", [*_before(plan), *(_to_read(parts) if parts else ())]),
        *(_opening_of_report(parts) if parts else _opening(material, subject, audience)),
        *story,
        ("Then and now", questions([closing] if closing else ())),
        (HEADING, safe_end(plan, scenarios[0] if scenarios else None)),
        *(_told_in_report(parts) if parts else _told(subject, quoter)),
        (
            "One thing to change",
            parts.todo if parts else boxes.do(material, subject, audience),
        ),
        ("When it is difficult", _reactions(plan)),
        ("On this story", _on_story(scenarios[:1])),
        ("If you meet online", [action(line) for line in plan.online]),
    ]
    kind = ("session", "Learning session")
    brief = (
        assemble_report(kind, parts, audience, sections, _sheets(plan))
        if parts
        else assemble(kind, quoter, audience, sections, _sheets(plan))
    )
    if is_letter:
        # The letter tells of no child, and the story does.
        brief = replace(brief, cautions=(care_note(material), *brief.cautions))
    sections_with_notes = [_annotated(part, plan) for part in brief.sections]
    return replace(brief, sections=tuple(_with_safe_end(sections_with_notes)))


def _with_safe_end(sections: list[Section]) -> list[Section]:
    """The parts with the safe ending in the notes of the slide before it.

    It is on no slide, and who presents from the slides must not end with a child at risk.
    """
    at = next((n for n, part in enumerate(sections) if part.heading == HEADING), 0)
    if not at:
        return sections
    spoken = " ".join(claim.text for claim in sections[at].claims)
    before = sections[at - 1]
    notes = f"{before.notes} Then end the story safely. {spoken}".strip()
    return [*sections[: at - 1], replace(before, notes=notes), *sections[at:]]


def _on_case(
    material: Material, subject: Subject, scenarios: tuple[Scenario, ...]
) -> tuple[Scenario, ...]:
    """The stories that speak most of what befell the child, else those on the subject."""
    case = subject.case
    if case is None:
        return scenarios
    told = {story.id: _speaks_of(case, story) for story in material.framework.scenarios}
    most = max(told.values(), default=0)
    if most == 0:
        return scenarios
    return tuple(story for story in material.framework.scenarios if told[story.id] == most)


def _speaks_of(case: Case, story: Scenario) -> int:
    """How many acts of a story, or its title, speak of a case."""
    return sum(case_speaks(case, text) for text in (story.title, *(a.text for a in story.acts)))


def _nearest_in_age(scenarios: Sequence[Scenario], band: str) -> tuple[Scenario, ...]:
    """The stories with those first whose child is of the report's age."""
    return tuple(sorted(scenarios, key=lambda story: not band or _band(story.age) != band))


def _band(age: str) -> str:
    """The age band of an age as a story tells it.

    >>> _band("ten months"), _band("fourteen"), _band("eight and a half")
    ('under 1', '10 to 15', '5 to 9')
    """
    words = age.split()
    number = next((word for word in words if word in NUMBERS or word.isdigit()), "")
    if re.search(r"hour|day|week|month", age):
        return "under 1"
    return age_band(number) if number else ""


def _opening(
    material: Material, subject: Subject, audience: Audience
) -> list[tuple[str, list[Claim]]]:
    lines = boxes.about(material, subject, audience)[:2]
    return [("What it is, and why it matters", lines)]


def _opening_of_report(parts: ReportParts) -> list[tuple[str, list[Claim]]]:
    """What the report is and why it matters; its own story comes after the invented one."""
    heading = "What the inspectors decided" if parts.decided else "What it is, and why it matters"
    return [(heading, [*parts.decided, *parts.why[:1]])]


def _told(subject: Subject, quoter: Quoter) -> list[tuple[str, list[Claim]]]:
    """What reports say, after people have said what they would do."""
    return [
        ("What reports say works", boxes.strengths(subject, quoter, 1)),
        ("What came back in reports", boxes.problems(subject, quoter, 2)),
        ("Why it makes sense on the day", boxes.reasons(subject, quoter, 1)),
    ]


def _told_in_report(parts: ReportParts) -> list[tuple[str, list[Claim]]]:
    """What the one report says."""
    return [
        ("What happened in the report", parts.story),
        ("What worked there", parts.good),
        ("What the report found", parts.learnt),
        (MUST if parts.decided else "What the report asks for", parts.asked),
        ("Why it makes sense on the day", parts.behind),
    ]


def _annotated(section: Section, plan: SessionPlan) -> Section:
    """A section with its presenter's note, and marked if only the facilitator reads it."""
    note = plan.notes.get(_NOTES.get(section.heading.partition(" (")[0], ""), "")
    return replace(section, notes=note, for_leader=section.heading in _FOR_LEADER)


def _hour(plan: SessionPlan, *, is_letter: bool) -> list[Claim]:
    """The parts of the hour with their minutes; an inspection's letter has some of its own."""
    lines = []
    for step in plan.steps:
        own_name, _, own_lead = step.letter.partition(": ") if is_letter else ("", "", "")
        name = (own_name or step.name).replace(":", ",")
        lines.append(action(f"{name} ({step.minutes} minutes): {own_lead or step.lead}"))
    return lines


def _before(plan: SessionPlan) -> list[Claim]:
    lines = [action(line) for line in plan.before_the_day]
    return [*lines, *[action(f"Bring: {'; '.join(plan.materials)}.")] * bool(plan.materials)]


def _to_read(parts: ReportParts) -> list[Claim]:
    """What the facilitator reads first where the report's story cannot be quoted."""
    is_pointed_to = parts.story and not any(claim.evidence for claim in parts.story)
    return [action(_READ_FIRST)] if is_pointed_to else []


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
