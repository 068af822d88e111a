"""What a brief is about: a priority, a theme, one report, or the whole workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.quotability import gives_reason
from lif_nlp.briefs.report_topic import report_topic
from lif_nlp.errors import UnknownNameError
from lif_nlp.framework.brief_texts import Case
from lif_nlp.framework.model import PracticeTheme, Priority
from lif_nlp.records import Claim
from lif_nlp.text import english

DEFAULT_ACCENT = "#2b5672"
_UNNAMED = (
    "Reports keep returning to this, and it is not one of the framework's themes. Decide whether "
    "to name it, merge it with another theme or set it aside."
)
_SAID = ("questions", "stop", "start", "keep", "phrases", "groups", "problem_in_short")
"""Fields that a priority, a theme and a subject have in common."""

_NEAR = 0.2
"""Share of an emergent theme's findings that must also carry a known one to lend its words."""


_SETTING, _HARM, _HARM_SHARE = "care_and_care_leavers", "exploitation_and_missing", 0.05
"""Theme of where a child lived, theme of a harm that goes before it, and the share of sentences
from which it does; chosen by judgement on fifteen invented reviews, November 2026."""

_QUOTES_OF_TOPIC = 2
"""Shown quotes of a report that speak of a theme before advice on it stands beside them."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A brief's subject with what the framework says of it, and its findings.

    `kind` is "theme", "priority", "report" or "all".  `theme` and `priority` are IDs of the
    framework's entry whose texts serve the brief, one of them at most.  `borrowed` names the known
    theme whose questions serve an emergent one, or what a report is about, and `case` is what
    befell the child of a review.
    """

    kind: str
    id: str
    name: str
    rows: pd.DataFrame
    definition: str = ""
    why_it_matters: str = ""
    problem_in_short: str = ""
    questions: tuple[str, ...] = ()
    stop: str = ""
    start: str = ""
    keep: str = ""
    phrases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    accent: str = ""
    priority: str = ""
    borrowed: str = ""
    theme: str = ""
    case: Case | None = None

    @property
    def reports(self) -> int:
        """How many distinct reports speak of the subject."""
        return int(self.rows["doc_id"].nunique())

    @cached_property
    def finding_ids(self) -> frozenset[str]:
        """IDs of the subject's findings."""
        return frozenset(self.rows["finding_id"])

    def rows_of(self, finding_ids: pd.Series) -> pd.DataFrame:
        """The rows of these findings, as far as the subject holds them, in its order."""
        places = self._places.get_indexer_for(pd.Index(finding_ids.unique()))
        return self.rows.iloc[np.sort(places[places >= 0])]

    @cached_property
    def _places(self) -> pd.Index[Any]:
        """Finding ids by row: each of hundreds of points asks for its few among all findings."""
        places: pd.Index[Any] = pd.Index(self.rows["finding_id"])
        return places

    # Kept, since a briefing is composed anew for each number of quotes that might fit.
    @cached_property
    def strengths(self) -> pd.DataFrame:
        """The findings that say what works."""
        return self.rows[self.rows["role"].eq("strength")]

    @cached_property
    def problems(self) -> pd.DataFrame:
        """The findings that say what is difficult."""
        return self.rows[self.rows["role"].eq("problem")]

    @cached_property
    def actions(self) -> pd.DataFrame:
        """The findings that ask for or report a step."""
        return self.rows[self.rows["role"].eq("action")]

    @cached_property
    def explained(self) -> pd.DataFrame:
        """The problems that come with a reason; why something works is told with strengths."""
        about = self.rows["role"].eq("problem")
        return self.rows[about & self.rows["why"].astype(bool)]

    @cached_property
    def shown_why(self) -> pd.DataFrame:
        """Those whose own words show the reason to a reader."""
        return self.explained[self.explained["text"].map(gives_reason).astype(bool)]


def subject_of(
    material: Material, *, theme: str = "", priority: str = "", report: str = ""
) -> Subject:
    """The subject named; the whole workspace when nothing is.

    A theme may be given by its id or its exact name.  Raises UnknownNameError,
    with the names allowed, for one that is not there.
    """
    if priority:
        return _priority(material, priority)
    if theme:
        return _theme(material, theme)
    if report:
        return _report(material, report)
    return Subject("all", "all", "All learning", material.findings.assign(confidence=1.0))


def _framed(entry: Priority | PracticeTheme | None) -> dict[str, Any]:
    """What the framework says of a priority or theme, as fields of a subject."""
    if entry is None:
        return {}
    texts = {name: getattr(entry, name) for name in _SAID}
    return texts | {"why_it_matters": entry.why_it_matters or entry.definition}


def _priority(material: Material, priority_id: str) -> Subject:
    priorities = {p.id: p for p in material.framework.priorities}
    if priority_id not in priorities:
        raise UnknownNameError("priority", priority_id, list(priorities))
    priority = priorities[priority_id]
    # A quote that names a sub-area speaks of the priority too.
    finer = tuple(phrase for area in priority.sub_areas for phrase in area.phrases)
    texts = _framed(priority) | {"phrases": (*priority.phrases, *finer)}
    rows = material.of_priority(priority_id)
    return Subject(
        "priority", priority.id, priority.name, rows,
        # What follows is on practice, for those who sort findings.
        definition=priority.definition.partition(";")[0],
        accent=priority.colour, priority=priority.id, **texts,
    )  # fmt: skip


def _theme(material: Material, given: str) -> Subject:
    ids = list(material.themes["theme_id"])
    by_name = dict(zip(material.themes["name"], material.themes["theme_id"], strict=True))
    # Themes of the workspace first: people may have renamed one of the framework's.
    theme_id = given if given in ids else by_name.get(given, "")
    codes = {theme.code: theme for theme in material.framework.themes}
    if not theme_id and given in codes:
        theme_id = given
    if not theme_id:
        raise UnknownNameError("theme", given, list(dict.fromkeys([*ids, *codes])))
    rows = material.of_theme(theme_id)
    accent = _accent(material, rows)
    if theme_id not in codes:
        return _emergent(material, theme_id, rows, accent)
    theme = codes[theme_id]
    return Subject(
        "theme", theme.code, theme.name, rows, definition=theme.definition, accent=accent,
        theme=theme.code, **_framed(theme),
    )  # fmt: skip


def _emergent(material: Material, theme_id: str, rows: pd.DataFrame, accent: str) -> Subject:
    """A theme found by machine, with the words of the known theme nearest to it."""
    entry = material.themes.set_index("theme_id").loc[theme_id]
    terms = tuple(entry.get("terms") or ())
    codes = {theme.code: theme for theme in material.framework.themes}
    near = codes.get(str(entry.get("parent") or "")) or _most_common_theme(material, rows, _NEAR)
    words = f" Typical words: {', '.join(terms[:6])}." if terms else ""
    texts = {"why_it_matters": _UNNAMED} | _framed(near) | {"phrases": terms}
    return Subject(
        "theme", theme_id, str(entry["name"]), rows, accent=accent,
        definition=f"Found in the reports; not one of the framework's themes.{words}",
        borrowed=near.name if near else "", theme=near.code if near else "", **texts,
    )  # fmt: skip


def _report(material: Material, given: str) -> Subject:
    table = material.reports
    match = table[table["doc_id"].eq(given) | table["title"].eq(given)]
    if match.empty:
        raise UnknownNameError("report", given, sorted(table["doc_id"]))
    doc_id = str(match.iloc[0]["doc_id"])
    rows = material.of_report(doc_id)
    topic = report_topic(material, match.iloc[0], rows)
    lead = topic or _harm_first(material, rows, _most_common_theme(material, rows, share=0.0))
    harm = lead if isinstance(lead, Priority) else None
    return Subject(
        "report", doc_id, _name_of(material, doc_id), rows,
        accent=harm.colour if harm else _accent(material, rows),
        definition=_told_of(material, match.iloc[0]), borrowed=lead.name if lead else "",
        priority=harm.id if harm else "",
        theme=lead.code if isinstance(lead, PracticeTheme) else "", **_framed(lead),
    )  # fmt: skip


def subject_of_learning(material: Material, subject: Subject, shown: Sequence[Claim]) -> Subject:
    """The report with the framework's texts on what its shown quotes are about.

    Advice on the report's own topic may be beside its learning: a review of a baby's injury can
    teach about handover.  A priority stays where one of the quotes speaks of it, a theme where a
    third of them do, and two.
    """
    told = {id for claim in shown for id in claim.finding_ids if claim.kind == "quote"}
    rows = subject.rows[subject.rows["finding_id"].isin(told)]
    of_priority = rows["priorities"].map(lambda own: subject.priority in own)
    of_theme = rows["themes"].map(lambda codes: subject.theme in codes)
    spoken = int((of_priority if subject.priority else of_theme).sum())
    if spoken >= (1 if subject.priority else max(_QUOTES_OF_TOPIC, len(rows) / 3)):
        return subject
    counts = rows["themes"].explode().value_counts()
    themes = sorted(material.framework.themes, key=lambda theme: -int(counts.get(theme.code, 0)))
    if not themes or counts.get(themes[0].code, 0) < (_QUOTES_OF_TOPIC if spoken else 1):
        return subject
    return with_texts(subject, themes[0])


def with_texts(subject: Subject, entry: Priority | PracticeTheme) -> Subject:
    """A report with what the framework says of a priority or theme, in place of its own."""
    return replace(
        subject,
        priority=entry.id if isinstance(entry, Priority) else "",
        theme="" if isinstance(entry, Priority) else entry.code,
        borrowed=entry.name,
        **_framed(entry),
    )


def _name_of(material: Material, doc_id: str) -> str:
    """A report's title, with its area where the title lacks it: many have the same."""
    title, area = material.title(doc_id), material.area(doc_id)
    return title if not area or area.casefold() in title.casefold() else f"{title}, {area}"


def _told_of(material: Material, report: pd.Series) -> str:
    """What a report is, in a sentence: type, area, date."""
    kind = material.type_name(str(report["doc_id"]))
    area = f", {report['area']}" if report["area"] else ""
    date = f", published {english.day(str(report['published']))}" if report["published"] else ""
    return f"{kind}{area}{date}."


def _most_common_theme(
    material: Material, rows: pd.DataFrame, share: float
) -> PracticeTheme | None:
    """The known theme that most of the findings also carry, if it is at least `share` of them."""
    codes = {theme.code: theme for theme in material.framework.themes}
    links = material.links[material.links["finding_id"].isin(rows["finding_id"])]
    counts = links.loc[links["theme_id"].isin(list(codes)), "theme_id"].value_counts()
    if counts.empty or counts.iloc[0] < share * len(rows):
        return None
    # By name, since pandas orders equal counts as they come.
    tied = sorted(str(code) for code in counts[counts.eq(counts.iloc[0])].index)
    return codes[tied[0]]


def _harm_first(
    material: Material, rows: pd.DataFrame, lead: PracticeTheme | None
) -> PracticeTheme | None:
    """The harm outside the home in place of care, where a report tells of both.

    Care is where the child lived; exploitation is what befell them, and what advice is needed on.
    """
    if lead is None or lead.code != _SETTING:
        return lead
    harm = next((theme for theme in material.framework.themes if theme.code == _HARM), None)
    share = rows["themes"].map(lambda codes: _HARM in codes).mean()
    return harm if harm is not None and share >= _HARM_SHARE else lead


def _accent(material: Material, rows: pd.DataFrame) -> str:
    """Colour of the priority that at least half of the findings speak of, or empty."""
    for priority in material.framework.priorities:
        if len(rows) and rows["priorities"].map(lambda got, p=priority.id: p in got).mean() >= 0.5:
            return priority.colour
    return ""
