"""What a board can fairly be asked: comparisons that the reports really show, with figures.

What one area was asked for is set only against a later report of the same area, and only ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import family_voice
from lif_nlp.briefs.sections.asked_again import asked_again, cut
from lif_nlp.briefs.sections.claims import ids
from lif_nlp.briefs.sections.followed_up import (
    day_due,
    last_day,
    not_routine,
    past_their_date,
    safe_words,
)
from lif_nlp.briefs.sections.recurring_points import EVERYWHERE, RecurringPoint, contraries
from lif_nlp.framework.brief_texts import Challenge, Decision
from lif_nlp.records import Evidence
from lif_nlp.text import english

# The limits were chosen by judgement in November 2026; they were not tuned.
_MIN_REPORTS = 3
"""Reports with a problem (for a mixed theme also with a strength) from which it is compared."""

_MIN_PROBLEMS = 5
"""Problems from which it is asked why so few come with a reason."""

_FEW_REASONS = 0.34
"""Share (0..1) of problems with a reason up to which reasons are called few."""

_SILENT = 0.25
"""Share (0..1) of reports without a child's or family's words above which it is asked why."""

_AS_MANY = 1.5
"""Strengths for each problem up to which a theme has both sides, and not mostly the good one."""

_STEPS = 3
"""Changes that are named; more is a list."""

_EACH = 4
"""Themes tried for each comparison, so that questions can be about different themes."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison that holds: its name, its theme, its figures, the findings behind it."""

    name: str
    theme_id: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)
    finding_ids: tuple[str, ...] = ()


def comparisons_of(material: Material, shown: Sequence[RecurringPoint]) -> list[Comparison]:
    """Every comparison that holds, those on what the page itself shows first.

    Parameters
    ----------
    material
        What the brief draws on.
    shown
        Points or themes that the page shows as having come back, in its order.
    """
    if material.findings.empty:
        return list(_of_actions(material))
    return [
        *_own_recurrences(material),
        *_rising(material),
        *_of_actions(material),
        *_of_points(material, shown),
        *_elsewhere(material),
        *_ownerless(material),
        *_unheard(material),
        # The points of the page say it more closely, and are asked about before.
        *sorted(_balances(material), key=lambda one: bool(shown) and one.name == "recurring"),
    ]


def asked(
    texts: Sequence[Challenge | Decision], held: Sequence[Comparison], most: int
) -> list[tuple[str, Comparison]]:
    """The texts whose comparison holds, filled with its figures, each on another theme.

    Each text is used once, in the order of `held`; one on the comparison's own theme goes before
    one for all.
    """
    selection: list[tuple[str, Comparison]] = []
    themes: set[str] = set()
    left: list[Challenge | Decision] = [*texts]
    for one in held:
        fit = [
            text
            for text in left
            if text.comparison == one.name and theme_of(text) in ("", one.theme_id)
        ]
        if not fit or one.theme_id in themes or len(selection) == most:
            continue
        best = max(fit, key=lambda text: theme_of(text) != "")
        left.remove(best)
        selection.append((best.ask(**one.figures), one))
        themes |= {one.theme_id} - {""}
    return selection


def theme_of(text: Challenge | Decision) -> str:
    """The theme that a text is kept for, or empty."""
    return text.theme if isinstance(text, Decision) else ""


def _of_actions(material: Material) -> Iterator[Comparison]:
    """Open actions past their date, and changes that a later check found not yet routine."""
    number = past_their_date(material)
    if number:
        due = pd.concat([material.ageing["due"], material.left_plan["due"]]).astype(str)
        oldest = min(due, key=last_day)
        figures = {
            "actions": f"{english.capital(english.some(number, 'open action'))} "
            f"{english.agree(number, 'be')}",
            "day": english.day(material.created),
            "oldest": day_due(oldest),
        }
        yield Comparison("overdue", figures=figures)
    checks = not_routine(material)
    if len(checks):
        figures = {"checks": english.some(len(checks), "change"), "steps": _steps(material, checks)}
        yield Comparison("not_routine", figures=figures)


def _steps(material: Material, checks: pd.DataFrame) -> str:
    """The steps or requests that checks are of, in their own words, as far as these may be read."""
    rows = material.programme
    told = []
    for ask_id in dict.fromkeys(checks["ask_id"]):
        own = rows[rows["ask_id"].eq(ask_id)]
        steps = [safe_words(material, str(words)) for words in own["action"] if words]
        named = [cut(words) for words in steps if words]
        about = f"recommendation {own.iloc[0]['number']}".strip() if len(own) else "one of them"
        told.append(named[0] if named else about)
    return english.listed(told[:_STEPS])


def _of_points(material: Material, shown: Sequence[RecurringPoint]) -> Iterator[Comparison]:
    """The points or themes of the page, then those of which reports say the contrary as often."""
    for point in shown:
        # Where as many say the contrary there is a question and no decision yet.
        if any(others >= point.reports for _, others in contraries(material, point)):
            continue
        # A theme's name says no more than what the line is about.
        told = (point.in_short or point.name).rstrip(".")
        figures = {"point": told, "reports": point.reports}
        yield Comparison("point", point.theme, {**figures, "of": point.of_reports}, ids(point.rows))
    for point in shown:
        for contrary, others in contraries(material, point):
            if others >= point.reports:
                figures = {
                    "point": english.lower_first(point.name.rstrip(".")),
                    "reports": point.reports,
                    "contrary": english.lower_first(contrary),
                    "others": others,
                }
                yield Comparison("differs", point.theme, figures, ids(point.rows))


def _own_recurrences(material: Material) -> Iterator[Comparison]:
    """Problems that came back in our own area after a recommendation to us."""
    table = material.tables["recurring_problems"]
    own = set(material.reports.loc[material.reports["doc_id"].isin(material.own_reports), "area"])
    table = table[table["area"].isin(own)]
    # What an unpublished paper asked for is no matter for a page that goes round.
    asking = table["recommendation_finding_id"].astype(str)
    known = set(material.findings["finding_id"])
    is_known = asking.isin(known) & table["latest_finding_id"].astype(str).isin(known)
    table = table[is_known & ~asking.isin(material.in_confidence)]
    table = _named(material, table)
    # What a board cannot open stands back: it could not check it.
    later = table["latest_finding_id"].map(lambda one: _of_finding(material, str(one)).doc_id)
    is_closed = later.map(material.is_closed).astype(bool)
    table = pd.concat([table[~is_closed], table[is_closed]])
    told = 0
    for _, row in table.iterrows():
        one = asked_again(material, row)
        if one is None or told == _EACH:
            continue
        told += 1
        asked_in = _of_finding(material, str(row["recommendation_finding_id"]))
        found_in = _of_finding(material, one.finding_id)
        yield Comparison(
            "after_action",
            str(row["theme_id"]),
            {
                "theme": english.lower_first(str(row["name"])),
                "action": _named_report(material, asked_in),
                "later": _named_report(material, found_in),
                "asked": _month(asked_in),
                "found": _month(found_in),
                "request": one.request,
                "again": one.again,
                "recorded": one.recorded,
                "next": one.next,
            },
            (str(row["recommendation_finding_id"]), one.finding_id),
        )


def _of_finding(material: Material, finding_id: str) -> Evidence:
    """A finding as a quote is cited."""
    rows = material.findings.loc[material.findings["finding_id"].eq(finding_id)]
    return material.evidence(rows.iloc[0])


def _month(one: Evidence) -> str:
    """When a report came out, to the month: boards know their own papers by it."""
    return f"in {english.day(one.published[:7])}" if one.published else "in an undated report"


def _named_report(material: Material, one: Evidence) -> str:
    """The report of a finding with its day, as whoever asks "Which?" finds it.

    An agency's review of its own work is called that: the page goes round, and its name would
    single out one agency.
    """
    if material.is_closed(one.doc_id):
        told = f", {english.day(one.published)}" if one.published else ""
        return f"a paper that is not published{told}"
    place = f"page {one.page}" if one.has_pages else ""
    told = ", ".join(part for part in (one.published and english.day(one.published), place) if part)
    return f"“{one.title}” ({told})" if told else f"“{one.title}”"


def _rising(material: Material) -> Iterator[Comparison]:
    table = material.tables["directions"]
    rows = table[table["direction"].eq("rising") & table["subject"].eq("theme")]
    rows = _named(material, rows.rename(columns={"id": "theme_id"}))
    rows = rows.sort_values(["change", "theme_id"], ascending=[False, True])
    for row in rows.head(_EACH).itertuples():
        yield Comparison(
            "rising",
            str(row.theme_id),
            {
                "theme": english.lower_first(str(row.name)),
                "earlier": row.earlier_reports,
                "earlier_of": row.earlier_of_reports,
                "later": row.later_reports,
                "later_of": row.later_of_reports,
            },
            _behind(material, str(row.theme_id)),
        )


def _balances(material: Material) -> Iterator[Comparison]:
    """Themes with problems in many reports, without reasons, and with both sides."""
    total = len(material.reports)
    rows = _named(material, material.tables["balance"])
    rows = rows[rows["problem_reports"].ge(_MIN_REPORTS)]
    rows = rows.sort_values(["problem_reports", "theme_id"], ascending=[False, True])
    # What is in nearly every report tells a board nothing of its own work.
    particular = rows[rows["problem_reports"] < EVERYWHERE * total]
    for _, row in particular.head(_EACH).iterrows():
        yield _on(material, "recurring", row, reports=int(row["problem_reports"]), of=total)
    # Clipped, as a theme may have no problem at all.
    reasons = rows["problems_with_reason"] / rows["problems"].clip(lower=1)
    few = rows[reasons.le(_FEW_REASONS) & rows["problems"].ge(_MIN_PROBLEMS)]
    # Of other areas' problems nobody here can tell the reasons.
    few = few if material.own_reports else few.head(0)
    for _, row in few.head(_EACH).iterrows():
        problems, with_reason = int(row["problems"]), int(row["problems_with_reason"])
        figures = {"problems": english.number(problems), "explained": english.number(with_reason)}
        yield _on(material, "no_reason", row, **figures)
    # Of what mostly goes well a board is not asked first.
    is_even = rows["problems"] * _AS_MANY >= rows["strengths"]
    mixed = rows[rows["strength_reports"].ge(_MIN_REPORTS) & is_even]
    for _, row in mixed.head(_EACH).iterrows():
        sides = {name: english.number(int(row[name])) for name in ("strengths", "problems")}
        yield _on(material, "mixed", row, **sides)


def _on(material: Material, name: str, row: pd.Series, **figures: object) -> Comparison:
    theme_id = str(row["theme_id"])
    values = {"theme": english.lower_first(str(row["name"])), **figures}
    return Comparison(name, theme_id, values, _behind(material, theme_id))


def _elsewhere(material: Material) -> Iterator[Comparison]:
    """Themes with problems in several other areas' reports and in none of several of ours."""
    own = material.own_reports
    # In one report of ours nothing is missing yet: that one did not look for it.
    if len(own) < _MIN_REPORTS:
        return
    problems = material.links[material.links["role"].eq("problem")]
    ours = set(problems.loc[problems["doc_id"].isin(own), "theme_id"])
    theirs = problems[~problems["doc_id"].isin(own) & ~problems["theme_id"].isin(ours)]
    counts = theirs.groupby("theme_id")["doc_id"].nunique()
    names = {theme.code: theme.name for theme in material.framework.themes}
    pairs = sorted(((-int(n), str(code)) for code, n in counts.items()
                     if code in names and n >= _MIN_REPORTS))  # fmt: skip
    for minus, code in pairs[:_EACH]:
        yield Comparison(
            "elsewhere",
            code,
            {"theme": english.lower_first(names[code]), "reports": -minus},
            _behind(material, code),
        )


def _ownerless(material: Material) -> Iterator[Comparison]:
    """Recommendations to us without an owner; whom other areas ask is not ours to say."""
    table = material.tables["repeated_recommendations"]
    table = table[table["doc_id"].isin(material.own_reports)]
    without_owner = table[table["owner"].fillna("").eq("")]
    if len(without_owner):
        yield Comparison(
            "no_owner",
            figures={"asked": len(table), "unowned": len(without_owner)},
            finding_ids=tuple(sorted(without_owner["finding_id"])),
        )


def _unheard(material: Material) -> Iterator[Comparison]:
    rows = material.findings
    speaks = rows["speaker"].fillna("").ne("") | rows["text"].map(
        lambda text: family_voice.reports_voice(str(text))
    )
    total = len(material.reports)
    silent = total - int(rows.loc[speaks.astype(bool), "doc_id"].nunique())
    # Where one report of many is silent, there is nothing to ask.
    if silent >= _MIN_REPORTS and silent > _SILENT * total:
        yield Comparison("unheard", figures={"silent": silent, "of": total})


def _named(material: Material, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows on themes of the framework; a theme found by machine has no owner yet."""
    return rows[rows["theme_id"].isin([theme.code for theme in material.framework.themes])]


def _behind(material: Material, theme_id: str) -> tuple[str, ...]:
    return tuple(sorted(set(material.of_theme(theme_id)["finding_id"])))
