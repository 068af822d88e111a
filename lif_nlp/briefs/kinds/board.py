"""The board page: what came back, what moved, risks, decisions and challenge questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import direction_in_words
from lif_nlp.briefs.sections.claims import Quoter, action, count, questions, statement
from lif_nlp.briefs.sections.comparisons import Comparison, asked, comparisons_of
from lif_nlp.briefs.sections.counts import role_counts
from lif_nlp.briefs.sections.followed_up import HEADING, followed_up
from lif_nlp.briefs.sections.recurring_points import (
    RecurringPoint,
    point_lines,
    recurring_points,
    recurring_themes,
    shown_of,
    with_contraries,
)
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.framework.brief_texts import GENERAL, Advice
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_THEMES = 3
"""Themes named first, so that no reader misses what nearly every report says. Chosen by judgement,
as are all figures here."""

_FEW, _MANY = 3, 5
"""Learning points of so many reports below which practice themes lead: two points of three reports
each are no picture of a year."""

_PRECISE = "In fewer reports, and more precise:"
"""What stands between themes and the point that is stated by fewer reports."""

_WIDER = "Wider, and in more reports:"
"""What stands between points and themes, which are of more reports and say less."""

_TELLING = 2
"""Points or themes that a priority's line names."""

_MOVING = 3
"""Themes whose share changed most."""

_DECISIONS = 3
"""Decisions asked of a board beside one on each priority, so that each can be discussed."""

_FEWEST = 3
"""Reports from which a point or theme is named as what a priority's problems are about."""

_BOARD = "board"
"""ID of the audience whose advice on a priority a board decides on."""

_COUNTED = "We counted sentences of reports that find a problem or a strength."
"""What the numbers of a priority count, for readers who do not know the program."""

_TURN = 0
"""The kind's place among those that share quotes (`Quoter`)."""


def board(material: Material, subject: Subject, audience: Audience) -> Brief:
    """What recurs, what moves, what does not, what to decide and what to ask of services."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    follow_up = followed_up(material)
    # What was promised takes the room of two questions.
    quoted, asks = (3, 2) if follow_up else (3, 4)
    found = what_came_back(quoter, quoted)
    held = comparisons_of(material, found.shown)
    decisions = asked(material.framework.decisions, _to_decide(held), _DECISIONS)
    # A board is not asked twice about one matter.
    decided = {(one.name, one.theme_id) for _, one in decisions}
    open_ = [one for one in held if (one.name, one.theme_id) not in decided]
    challenges = asked(material.framework.challenges, open_, asks)
    return assemble(
        ("board", "Learning for the board"),
        quoter,
        audience,
        [
            ("What came back most", with_contraries(material, found.shown, found.lines)),
            ("Our priorities in these reports", _priorities(material)),
            ("What moved, and where the risks are", [*_moved(material), *_risks(material)]),
            (HEADING, follow_up),
            (
                "Decisions we ask for",
                [*_asked(decisions, "action"), *_decisions(material), *_sources(decisions)],
            ),
            ("Challenge questions", [*_asked(challenges, "question"), *_challenges(material)]),
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CameBack:
    """What came back in lines, each with its quote, and the points and themes that they tell of."""

    lines: list[Claim]
    shown: list[RecurringPoint]


def what_came_back(quoter: Quoter, most: int) -> CameBack:
    """What most reports say, the weightiest first: points and, where these are few, themes.

    Themes of more than half of the reports that are not shown are named last, so that no reader
    misses them.
    """
    material, subject = quoter.material, quoter.subject
    points = recurring_points(material, subject, "problem")
    # A judgement that is true of most reports says nothing of what to change.
    points = [one for one in points if not one.is_broad]
    themes = recurring_themes(material, subject, "problem", everywhere=True)
    if large := leading(points):
        lines = point_lines(quoter, large, most)
        shown = shown_of(large, lines)
        left = [one for one in themes if one.id not in {point.theme for point in shown}]
        told = point_lines(quoter, left, max(0, most - len(shown)))
        shown += shown_of(left, told)
        lines += [count(_WIDER), *told] if told else []
    else:
        # One precise point stands among the themes, which weigh more, and not beside its own.
        lines = point_lines(quoter, points, min(1, most))
        shown = shown_of(points, lines)
        left = [one for one in themes if one.id not in {point.theme for point in shown}]
        told = point_lines(quoter, left, max(0, most - len(shown)))
        shown += shown_of(left, told)
        others = [one for one in points if one not in shown]
        more = point_lines(quoter, others, max(0, most - len(shown)))
        shown += shown_of(others, more)
        smaller = [count(_PRECISE)] if told and lines else []
        lines = [*_most_first([*told, *more], shown), *smaller, *lines]
    # "Most" is said of more than half alone.
    in_most = [one for one in themes if 2 * one.reports > one.of_reports]
    others = [one for one in in_most if one not in shown][:_THEMES]
    if others:
        reports = english.some(in_most[0].of_reports, "report")
        names = [f"{english.lower_first(one.name)} ({one.reports})" for one in others]
        also = "also " if shown else ""
        lines.append(
            count(f"Most of the {reports} {also}name a problem with {english.listed(names)}.")
        )
    return CameBack(lines, shown)


def leading(points: Sequence[RecurringPoint]) -> list[RecurringPoint]:
    """The points of many reports, which stand before themes; none where these are too few.

    A point of three reports does not stand before a theme of thirty.
    """
    large = [one for one in points if one.reports >= _MANY]
    return large if len(large) >= _FEW else []


def _most_first(lines: list[Claim], shown: list[RecurringPoint]) -> list[Claim]:
    """Points and themes with their quotes in the order of their reports."""
    reports = {one.line: one.reports for one in shown}
    pairs = [lines[at : at + 2] for at in range(0, len(lines), 2)]
    pairs.sort(key=lambda pair: -reports.get(pair[0].text, 0))
    return [line for pair in pairs for line in pair]


def _priorities(material: Material) -> list[Claim]:
    """Each priority with its reports, both sides, and what its problems are about."""
    lines = []
    for priority in material.framework.priorities:
        subject = subject_of(material, priority=priority.id)
        rows = subject.rows
        counts = role_counts(rows)
        if counts.findings:
            sides = [
                english.in_figures(counts.problems, "problem"),
                english.in_figures(counts.strengths, "strength"),
            ]
            told = f"{english.listed(sides)} in {english.in_figures(counts.reports, 'report')}"
            about = _about(material, subject)
            lines.append(count(f"{priority.name}: {told}.{about}", rows))
    return [*lines, statement(_COUNTED)] if lines else []


def _advised(material: Material) -> list[tuple[str, Advice]]:
    """Each priority that findings speak of, with what the framework advises a board on it."""
    group = material.framework.audience_group(_BOARD)
    pairs = [
        (priority.name, group.on(priority.id) if group else None)
        for priority in material.framework.priorities
        if role_counts(material.of_priority(priority.id)).findings
    ]
    return [(name, advice) for name, advice in pairs if advice and advice.priority != GENERAL]


def _decisions(material: Material) -> list[Claim]:
    """One decision on each priority: what to ask of each partner."""
    return [action(f"{name}: {advice.start}") for name, advice in _advised(material)]


def _challenges(material: Material) -> list[Claim]:
    """One question on each priority."""
    return questions(
        f"On {english.lower_first(name)}: {english.lower_first(advice.questions[0])}"
        for name, advice in _advised(material)
        if advice.questions
    )


def _about(material: Material, subject: Subject) -> str:
    """What most problems on a priority say or are about, as a sentence after another."""
    points = [
        one
        for one in recurring_points(material, subject, "problem")[:_TELLING]
        if not one.aside and one.own_reports >= _FEWEST
    ]
    if points:
        names = [
            f"{english.lower_first(one.name.rstrip('.'))} (at least {one.own_reports})"
            for one in points
        ]
        return f" Reports say: {'; '.join(names)}."
    themes = recurring_themes(material, subject, "problem", everywhere=True)[:_TELLING]
    names = [
        f"{english.lower_first(one.name)} (in {one.reports} reports)"
        for one in themes
        if one.reports >= _FEWEST
    ]
    return f" The problems are most often about {english.listed(names)}." if names else ""


def _moved(material: Material) -> list[Claim]:
    """Themes that rose or fell beyond chance, the greatest change first."""
    table = material.tables["directions"]
    if table.empty:
        return []
    codes = [theme.code for theme in material.framework.themes]
    rows = table[table["direction"].isin(["rising", "falling"])]
    rows = rows[rows["subject"].eq("theme") & rows["id"].isin(codes)]
    if rows.empty:
        # The two periods are the same in every row.
        row = table.iloc[0]
        return [
            count(
                "No theme moved by more than chance would explain between the reports of "
                f"{row['earlier_years']} and those of {row['later_years']}.",
                material.findings,
            )
        ]
    rows = rows.assign(far=rows["change"].abs())
    rows = rows.sort_values(["far", "id"], ascending=[False, True]).head(_MOVING)
    return [
        count(f"{row['name']}. {direction_in_words(row)}", material.of_theme(str(row["id"])))
        for _, row in rows.iterrows()
    ]


def _risks(material: Material) -> list[Claim]:
    """Themes on which most reports that judge it find more problems than strengths."""
    table = material.tables["balance"]
    codes = [theme.code for theme in material.framework.themes]
    rows = table[table["theme_id"].isin(codes) & table["problem_reports"].gt(2)]
    # Clipped, so that without any strength one problem is not yet "twice as many".
    rows = rows[rows["problems"] >= 2 * rows["strengths"].clip(lower=1)]
    rows = rows.sort_values(["problem_reports", "theme_id"], ascending=[False, True]).head(3)
    if rows.empty:
        return []
    names = [
        f"{english.lower_first(str(row['name']))} "
        f"({english.in_figures(int(row['problems']), 'problem')}, "
        f"{english.in_figures(int(row['strengths']), 'strength')})"
        for _, row in rows.iterrows()
    ]
    behind = material.links[material.links["theme_id"].isin(rows["theme_id"])]
    return [count(f"At least twice as many problems as strengths: {english.listed(names)}.",
                  behind)]  # fmt: skip


def _to_decide(held: list[Comparison]) -> list[Comparison]:
    """The comparisons in the order in which they call for a decision.

    Work that was promised and is late stands first, then what came back most; so each decision
    rests on a line that the page shows.
    """

    def of(*names: str) -> list[Comparison]:
        return [one for name in names for one in held if one.name == name]

    points = of("point")
    return [
        *of("after_action", "overdue"),
        *points[:1],
        *of("not_routine"),
        *points[1:],
        *of("no_owner", "rising", "elsewhere", "unheard"),
    ]


def _sources(decisions: list[tuple[str, Comparison]]) -> list[Claim]:
    """Which reports decisions rest on that are not shown above, after what is asked for."""
    told = [
        f"On {one.figures['theme']}: asked in {one.figures['action']}, found again in "
        f"{one.figures['later']}."
        for _, one in decisions
        if one.name == "after_action"
    ]
    return [statement(f"Sources. {' '.join(told)}")] if told else []


def _asked(texts: list[tuple[str, Comparison]], kind: str) -> list[Claim]:
    return [Claim(kind, text, comparison.finding_ids) for text, comparison in texts]
