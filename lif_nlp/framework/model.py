"""The records of a framework: what a partnership wants to learn, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from lif_nlp.framework.brief_texts import (
    GENERAL,
    AudienceGroup,
    Case,
    Challenge,
    Decision,
    QuizQuestion,
    Scenario,
    SessionPlan,
)


@dataclass(frozen=True, slots=True)
class SubArea:
    """A part of a priority, with the phrases that mention it."""

    id: str
    name: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Priority:
    """A harm that the partnership has made a priority.

    Attributes
    ----------
    phrases, near_misses
        Phrases that mention it, and phrases with the same words but another meaning.
    includes, excludes
        Where it ends and another begins, for people.
    problems, good
        Invented example sentences.
    groups
        IDs of the agencies most concerned, or "all".
    colour
        Accent colour of its briefs.
    problem_in_short
        What a report says that finds a problem here, as wide as the priority itself; a brief
        prints it with the number of such reports.
    stop, start, keep
        One line each for a brief.
    befell
        What happened to a child, as it follows "A child ..." in a brief on one review.
    note
        Warns of a trap.
    """

    id: str
    name: str
    definition: str
    phrases: tuple[str, ...]
    near_misses: tuple[str, ...] = ()
    sub_areas: tuple[SubArea, ...] = ()
    problems: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    colour: str = "#335c81"
    why_it_matters: str = ""
    includes: str = ""
    excludes: str = ""
    problem_in_short: str = ""
    stop: str = ""
    start: str = ""
    keep: str = ""
    befell: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PracticeTheme:
    """A known theme of practice: one code of the codebook.

    The attributes are those of `Priority`; `phrases` imply neither praise nor criticism, and
    `strength_in_short` is to strengths what `problem_in_short` is to problems.
    """

    code: str
    name: str
    definition: str
    includes: str = ""
    excludes: str = ""
    phrases: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    why_it_matters: str = ""
    problem_in_short: str = ""
    strength_in_short: str = ""
    stop: str = ""
    start: str = ""
    keep: str = ""
    befell: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two themes, or a theme and a priority, that are easily confused, and how to decide."""

    between: tuple[str, str]
    decide: str


OF_SERVICES = frozenset({"inspection", "audit"})
"""Families of review types about services: their titles name no person, and no one family takes
part in them."""

HEADED_BY_SUBJECT = ("inspection", "coroner", "abroad")
"""Families of review types that are written as letters: their headings name a subject or a
grade and never are findings, and their sentences stand for themselves."""


@dataclass(frozen=True, slots=True)
class ReviewType:
    """A type of review or other source, with its names over time.

    `aliases` are names and abbreviations as printed in titles; `family` groups types
    (practice review, child death, coroner, inspection, audit ...); `statutory` says
    whether the law requires it; `of_practice` whether it reviews practice in a case, so that
    the criteria of such reviews can be asked of it.
    """

    id: str
    name: str
    family: str
    aliases: tuple[str, ...] = ()
    statutory: bool = False
    of_practice: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency or professional group, with its names as written in reports and its roles."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One bullet of the framework chapter: what it requires, and the evidence for it."""

    id: str
    part: str
    text: str
    toolkit: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HindsightCode:
    """One type of hindsight wording, with its test and the questions a brief asks.

    Attributes
    ----------
    questions, question
        Local-rationality questions by name of the pattern, and one for all other patterns.
    forms
        Typical wordings.
    not_this
        Similar wording that does not count.
    advice
        One line for authors.
    """

    code: str
    name: str
    test: str
    question: str
    questions: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    not_this: str = ""
    advice: str = ""

    def ask(self, pattern: str = "") -> str:
        """The question for this pattern, or the general one.

        >>> code = HindsightCode("blame", "Fault", "", "Why?", {"failed_to": "What competed?"})
        >>> code.ask("failed_to"), code.ask("let_down")
        ('What competed?', 'Why?')
        """
        return self.questions.get(pattern, self.question)


@dataclass(frozen=True, slots=True)
class Aspect:
    """A part of practice that learning points are about, such as return home interviews.

    Attributes
    ----------
    name
        As it begins the name of a point: "Return home interviews".
    phrases
        Words that mention it; they imply neither praise nor criticism.
    theme
        Code of the practice theme it belongs to.
    general
        Whether it is too wide to make a point with a defect that no known point names: a
        group of people, plans of any kind, or thresholds, which cannot be late.
    """

    id: str
    name: str
    phrases: tuple[str, ...] = ()
    theme: str = ""
    general: bool = False


@dataclass(frozen=True, slots=True)
class Defect:
    """A way in which practice falls short, with its positive side.

    Attributes
    ----------
    name, positive
        The defect and its positive side as they end the name of a point: "late", "timely".
    direction
        The end of a scale it names ("late", "high", "many"), or empty.
    opposite
        ID of the defect at the other end of the scale, or empty.
    phrases, positive_phrases
        Words that express the defect, and its positive side.
    general
        Whether it says too little to make a point with an aspect that no known point names:
        "not done", "too many".
    """

    id: str
    name: str
    positive: str = ""
    direction: str = ""
    opposite: str = ""
    phrases: tuple[str, ...] = ()
    positive_phrases: tuple[str, ...] = ()
    general: bool = False


@dataclass(frozen=True, slots=True)
class SeedPoint:
    """A learning point known beforehand; reports are asked whether they state it.

    Attributes
    ----------
    role
        "problem", "strength" or "action".
    name
        The point in one sentence.
    theme
        Code of its practice theme.
    aspect, defect
        IDs of aspects and defects: a finding that combines one of each states the point.
    phrases
        Phrases that state it by themselves.
    broad
        Whether it is a judgement without a subject of its own ("plans are uneven"): true of most
        reports, and shown after the points that say what to do differently.
    part_of
        ID of the point that it became a part of, or empty: what states it states that point.
    """

    id: str
    role: str
    name: str
    theme: str = ""
    aspect: tuple[str, ...] = ()
    defect: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    broad: bool = False
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """Everything a partnership wants to learn, checked when it is loaded.

    Attributes
    ----------
    prompts, trainer_prompts, board_prompts
        Local-rationality questions for everyone, for trainers and for boards.
    voice_prompts, cdop_prompts
        Questions for briefs on the voice of children and on child deaths.
    rewrite_frame
        How authors can reword hindsight.
    everyone
        Words that mean all agencies.
    weak_words
        Words that indicate a theme only together with others.
    terms_to_question
        Words that sound like findings but hide the reason.
    aspects, defects, points
        What learning points are made of, and the points known beforehand.
    audiences, scenarios, session
        Advice by service and priority, stories to practise with, and the session.
    cases
        What may have befallen the child of one review, with advice.
    quiz
        Questions of the short quiz, by theme or priority.
    short_forms
        Abbreviations that briefs spell out beside those of the glossary.
    challenges, decisions
        What a board can be asked when a comparison holds.
    smallest_count, smallest_group
        Tables that circulate show no count of children or cases below the first, and no
        combination of age band, harm, place and year that fewer reports than the second share;
        a brief on one report shows age band and harm only if that many reports share them.
    this_week
        Small steps for a newsletter, by priority ID or "general".
    """

    name: str
    partnership: str
    priorities: tuple[Priority, ...]
    themes: tuple[PracticeTheme, ...]
    review_types: tuple[ReviewType, ...]
    agencies: tuple[Agency, ...]
    requirements: tuple[Requirement, ...]
    hindsight: tuple[HindsightCode, ...]
    glossary: Mapping[str, str]
    prompts: tuple[str, ...] = ()
    weak_words: tuple[str, ...] = ()
    support_line: str = ""
    version: str = ""
    smallest_count: int = 5
    smallest_group: int = 3
    confusions: tuple[Confusion, ...] = ()
    terms_to_question: tuple[str, ...] = ()
    everyone: tuple[str, ...] = ()
    trainer_prompts: tuple[str, ...] = ()
    board_prompts: tuple[str, ...] = ()
    rewrite_frame: str = ""
    aspects: tuple[Aspect, ...] = ()
    defects: tuple[Defect, ...] = ()
    points: tuple[SeedPoint, ...] = ()
    audiences: tuple[AudienceGroup, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    cases: tuple[Case, ...] = ()
    session: SessionPlan = field(default_factory=SessionPlan)
    quiz: tuple[QuizQuestion, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    decisions: tuple[Decision, ...] = ()
    voice_prompts: tuple[str, ...] = ()
    cdop_prompts: tuple[str, ...] = ()
    this_week: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    short_forms: Mapping[str, str] = field(default_factory=dict)

    def priority(self, priority_id: str) -> Priority:
        """The priority with this id; raises KeyError if there is none."""
        return {p.id: p for p in self.priorities}[priority_id]

    def theme(self, code: str) -> PracticeTheme:
        """The practice theme with this code; raises KeyError if there is none."""
        return {t.code: t for t in self.themes}[code]

    def agency(self, agency_id: str) -> Agency:
        """The agency or group with this id; raises KeyError if there is none."""
        return {a.id: a for a in self.agencies}[agency_id]

    def review_type(self, type_id: str) -> ReviewType:
        """The review type with this id; raises KeyError if there is none."""
        return {r.id: r for r in self.review_types}[type_id]

    def hindsight_code(self, code: str) -> HindsightCode:
        """The hindsight code with this name; raises KeyError if there is none."""
        return {h.code: h for h in self.hindsight}[code]

    def audience_group(self, audience: str) -> AudienceGroup | None:
        """The group that an agency, a role or a group's own ID belongs to; None if there is none.

        >>> from lif_nlp.framework import load_framework
        >>> load_framework().audience_group("substance").id
        'mental_health'
        """
        groups = {name: g for g in self.audiences for name in (*g.agencies, *g.roles)}
        return groups.get(audience) or {g.id: g for g in self.audiences}.get(audience)

    def scenarios_on(
        self, priority: str = "", audience: str = "", themes: Iterable[str] = ()
    ) -> tuple[Scenario, ...]:
        """Scenarios on the first of `themes` that has any, else on the priority.

        Without a priority either, those on learning and hindsight.  Those through the eyes of the
        audience's own group come first.
        """
        group = self.audience_group(audience) if audience else None
        on_themes = {scenario.theme for scenario in self.scenarios if scenario.theme}
        theme = next((theme for theme in themes if theme in on_themes), "")
        wanted = ("", theme) if theme else (priority, "")
        own = [one for one in self.scenarios if (one.priority, one.theme) == wanted]
        # The sort is stable: apart from that, the order of the file stays.
        return tuple(sorted(own, key=lambda one: not (group and one.audience == group.id)))

    def steps_on(self, priority: str = "") -> tuple[str, ...]:
        """Small steps for this week on a priority, or in general."""
        return self.this_week.get(priority) or self.this_week.get(GENERAL, ())

    def without_brief_texts(self) -> Framework:
        """The framework as findings and themes depend on it, without what only briefs print."""
        return replace(
            self,
            audiences=(),
            scenarios=(),
            cases=(),
            session=SessionPlan(),
            quiz=(),
            short_forms={},
            challenges=(),
            decisions=(),
            voice_prompts=(),
            cdop_prompts=(),
            this_week={},
        )

    def _repr_html_(self) -> str:
        parts = [
            _html_list("Priorities", ((p.id, p.name, p.definition) for p in self.priorities)),
            _html_list("Practice themes", ((t.code, t.name, t.definition) for t in self.themes)),
            _html_list("Agencies and groups", ((a.id, a.name, "") for a in self.agencies)),
        ]
        heading = f"{self.partnership}: {self.name} {self.version}".strip()
        return f"<p><strong>{escape(heading)}</strong></p>{''.join(parts)}"


def _html_list(title: str, entries: Iterable[tuple[str, str, str]]) -> str:
    """Entries (ID, name, definition) as a list that unfolds."""
    items = [
        f"<li><code>{escape(id)}</code> {escape(name)}"
        + (f": <small>{escape(text)}</small>" if text else "")
        + "</li>"
        for id, name, text in entries
    ]
    return (
        f"<details><summary>{escape(title)} ({len(items)})</summary><ul>{''.join(items)}</ul>"
        "</details>"
    )
