"""The records of what people wrote for briefs: advice by service, scenarios, the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

GENERAL = "general"
"""ID of the advice, and of the small steps, for a brief that is not on a priority."""

ROLES = ("frontline", "managers", "trainers", "board")
"""Audiences that are not agencies."""

OPTIONS = 3
"""Options of a question of the quiz, as in most quizzes on paper."""

ACTS = ("morning", "noon", "five")
"""The acts of a scenario, in order."""

COMPARISONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "recurring": frozenset({"theme", "reports", "of"}),
        "asked_again": frozenset({"theme", "first", "last"}),
        "after_action": frozenset(
            {"theme", "action", "later", "asked", "found", "request", "again", "recorded", "next"}
        ),
        "no_reason": frozenset({"theme", "problems", "explained"}),
        "no_owner": frozenset({"asked", "unowned"}),
        "no_outcome": frozenset({"done", "unproven"}),
        "mixed": frozenset({"theme", "strengths", "problems"}),
        "rising": frozenset({"theme", "earlier", "earlier_of", "later", "later_of"}),
        "elsewhere": frozenset({"theme", "reports"}),
        "unheard": frozenset({"silent", "of"}),
        "point": frozenset({"point", "reports", "of"}),
        "differs": frozenset({"point", "reports", "contrary", "others"}),
        "overdue": frozenset({"actions", "day", "oldest"}),
        "not_routine": frozenset({"checks", "steps"}),
    }
)
"""What must hold before a board is asked a question, and the figures that fill it."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What one service can do about one priority, or in general.

    Attributes
    ----------
    priority
        ID of the priority, or "general".
    stop, start, keep
        One line each.
    questions
        One or two for a team.
    signs
        Four to six things that the service may meet.
    also
        Further lines, each after a word for what it is about: "Files: read three."
    """

    priority: str
    stop: str
    start: str
    keep: str
    questions: tuple[str, ...]
    signs: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """Agencies or roles that read the same advice.

    Attributes
    ----------
    agencies
        IDs of agencies of the framework; each belongs to one group at most.
    roles
        Audiences that are not agencies; see `ROLES`.
    advice
        One for each priority, and one in general.
    """

    id: str
    name: str
    agencies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()

    def on(self, priority: str = "") -> Advice | None:
        """The advice on a priority; the general one if there is none, or None."""
        own = {advice.priority: advice for advice in self.advice}
        return own.get(priority) or own.get(GENERAL)


@dataclass(frozen=True, slots=True)
class Case:
    """What may have befallen the child of one review, and what to do about it.

    Attributes
    ----------
    cues
        Regular expressions, in small letters; a sentence that holds one speaks of it.
    in_place_of
        IDs of priorities whose texts give way to these; with another priority it adds a line.
    is_added
        Whether it only ever adds a line.
    is_of_baby
        Whether only a baby can meet it.
    is_of_older
        Whether it is told only where no case of babies is.
    is_setting
        Whether it is where a child lived, and leads only where nothing else may.
    not_with
        IDs of priorities to which it adds none.
    befell
        What happened to the child, as it follows "A child ..."; empty for what only adds a line.
    why, stop, start, keep, questions, signs
        For everyone.
    readers
        For audience groups with work of their own in it; `priority` holds the group's ID.
    """

    id: str
    name: str
    cues: tuple[str, ...]
    why: str
    stop: str
    start: str
    keep: str
    questions: tuple[str, ...]
    signs: tuple[str, ...]
    befell: str = ""
    in_place_of: tuple[str, ...] = ()
    is_added: bool = False
    is_of_baby: bool = False
    is_of_older: bool = False
    is_setting: bool = False
    not_with: tuple[str, ...] = ()
    readers: tuple[Advice, ...] = ()

    def advice_for(self, group: str = "") -> Advice:
        """The lines for an audience group, or those for everyone."""
        own = {advice.priority: advice for advice in self.readers}
        everyone = Advice(self.id, self.stop, self.start, self.keep, self.questions, self.signs)
        return own.get(group, everyone)


@dataclass(frozen=True, slots=True)
class Act:
    """One hour of a scenario: what the person knows then, and the decision to take."""

    id: str
    time: str
    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """An invented day through one person's eyes, without a verdict or an ending.

    Attributes
    ----------
    priority
        ID of its priority; empty for learning and hindsight, and for a story on a theme.
    theme
        ID of its practice theme; empty for a story on a priority or on hindsight.
    role, audience
        Whose eyes, in words, and the ID of that person's audience group.
    child, age
        First name of the invented child, and the age in words.
    acts
        Morning, noon and five o'clock.
    often_said, helps
        For the facilitator: what people often say, and what helps the talk along.
    closing
        One question for the end.
    safety
        What must happen tonight, which the facilitator says at the end.
    """

    id: str
    title: str
    role: str
    child: str
    age: str
    acts: tuple[Act, ...]
    priority: str = ""
    audience: str = ""
    often_said: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    closing: str = ""
    theme: str = ""
    safety: tuple[str, ...] = ()

    @property
    def byline(self) -> str:
        """Whose eyes and which child, marked as fictional.

        >>> Scenario("x", "A day", "a nurse", "Ada", "two", ()).byline
        'Through the eyes of a nurse. Ada (a fictional child), aged two.'
        """
        return (
            f"Through the eyes of {self.role}. {self.child} (a fictional child), aged {self.age}."
        )


@dataclass(frozen=True, slots=True)
class SessionStep:
    """A part of the session: how long, what to do and say, and how online.

    `letter` is name and lead, with a colon between them, for a session on an inspection's letter.
    """

    id: str
    minutes: int
    name: str
    lead: str
    online: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """Something difficult that may happen in the room: how to notice it, what to say and do."""

    id: str
    name: str
    say: str
    do: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class HandoutPart:
    """A part of the sheet that people take away, with empty lines to write on."""

    id: str
    name: str
    text: str
    lines: int = 3


@dataclass(frozen=True, slots=True)
class SessionForm:
    """Items rated on the same levels before and after, and questions for later."""

    items: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    after_questions: tuple[str, ...] = ()
    later_questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """The learning session as a facilitator leads it.

    Attributes
    ----------
    minutes
        Length; the minutes of the steps add up to it.
    fiction
        Printed above every scenario.
    before_the_day, materials, online
        Lists for the facilitator.
    notes
        What the presenter says, by kind of slide; no two alike.
    safety
        What the facilitator says at the end of every story, whatever the groups decided.
    """

    minutes: int = 0
    fiction: str = ""
    before_the_day: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    steps: tuple[SessionStep, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    handout: tuple[HandoutPart, ...] = ()
    form: SessionForm = field(default_factory=SessionForm)
    notes: Mapping[str, str] = field(default_factory=dict)
    safety: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """An invented moment of practice with three things that one could do, of which one is best.

    `best` is its place, 1 to 3, and `because` says why it is a good start.  It is on a practice
    theme or on a priority.
    """

    id: str
    question: str
    options: tuple[str, ...]
    best: int
    because: str
    theme: str = ""
    priority: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A question for a board, built on a comparison that the reports show.

    `only_ours` says that it is fair only for reports of one area; see `COMPARISONS`.
    """

    id: str
    comparison: str
    question: str
    only_ours: bool = False

    def ask(self, **figures: object) -> str:
        """The question with its figures; raises KeyError for one that is not given.

        >>> Challenge("x", "unheard", "In {silent} of {of}?").ask(silent=2, of=9)
        'In 2 of 9?'
        """
        return self.question.format_map(figures)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that a board can be asked for when a comparison holds.

    With a `theme` it is asked for only where the comparison is about that theme.
    """

    id: str
    comparison: str
    text: str
    only_ours: bool = False
    theme: str = ""

    def ask(self, **figures: object) -> str:
        """The decision with its figures; raises KeyError for one that is not given."""
        return self.text.format_map(figures)
