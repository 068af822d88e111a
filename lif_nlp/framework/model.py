"""The shapes of a framework: what a partnership wants to learn, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SubArea:
    """A part of a priority, with the phrases that speak of it."""

    id: str
    name: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Priority:
    """A harm that the partnership has put first.

    `phrases` are raw material for a lexicon; `near_misses` are phrases that hold
    the same words and mean something else.  `includes` and `excludes` settle
    borders, for people.  `groups` are agency ids most concerned, or "all".
    `colour` is the accent in briefs; `stop`, `start` and `keep` are one line each.
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
    stop: str = ""
    start: str = ""
    keep: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PracticeTheme:
    """A theme of practice, known beforehand: one code of the codebook.

    `problems` and `good` are invented example sentences; `phrases` carry no
    polarity.  `groups` are agency ids most concerned, or "all".
    `stop`, `start` and `keep` are one line each for a brief; `note` warns of a trap.
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
    stop: str = ""
    start: str = ""
    keep: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two themes (or a theme and a priority) often confused, and how to decide."""

    between: tuple[str, str]
    decide: str


@dataclass(frozen=True, slots=True)
class ReviewType:
    """A kind of source, with its names over time.

    `aliases` are names and abbreviations as printed in titles; `family` groups
    kinds (practice review, child death, coroner, inspection, audit ...).
    `statutory` says whether law requires it.
    """

    id: str
    name: str
    family: str
    aliases: tuple[str, ...] = ()
    statutory: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency or professional group: names as written in reports, and roles."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One bullet of the framework chapter: what it asks, and its evidence."""

    id: str
    part: str
    text: str
    toolkit: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HindsightCode:
    """One kind of hindsight wording: its test and the questions a brief asks.

    `questions` maps the name of a pattern to its local-rationality question;
    `question` serves where no pattern has one of its own.  `forms` are typical
    wordings, `not_this` says what to leave alone, `advice` is a line for authors.
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
        """The question for this pattern, or the code's own where it has none.

        >>> code = HindsightCode("blame", "Fault", "", "Why?", {"failed_to": "What competed?"})
        >>> code.ask("failed_to"), code.ask("let_down")
        ('What competed?', 'Why?')
        """
        return self.questions.get(pattern, self.question)


@dataclass(frozen=True, slots=True)
class Framework:
    """Everything a partnership wants to learn, checked on load.

    `prompts` are local-rationality questions for anyone, `trainer_prompts` and
    `board_prompts` for these readers; `rewrite_frame` is for authors.  `everyone`
    are words that mean all agencies.  `weak_words` need company to show a theme;
    `terms_to_question` sound like findings and hide the reason.
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
    confusions: tuple[Confusion, ...] = ()
    terms_to_question: tuple[str, ...] = ()
    everyone: tuple[str, ...] = ()
    trainer_prompts: tuple[str, ...] = ()
    board_prompts: tuple[str, ...] = ()
    rewrite_frame: str = ""

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

    def _repr_html_(self) -> str:
        from lif_nlp.framework.display import framework_html

        return framework_html(self)
