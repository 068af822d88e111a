"""The board page: what came back, what moved, risks, decisions and challenge questions."""

from __future__ import annotations

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import direction_in_words
from lif_nlp.briefs.sections.claims import Quoter, count
from lif_nlp.briefs.sections.comparisons import Comparison, asked, comparisons_of
from lif_nlp.briefs.sections.counts import role_counts
from lif_nlp.briefs.sections.evidence_strength import likely_reports
from lif_nlp.briefs.sections.followed_up import HEADING, followed_up
from lif_nlp.briefs.sections.recurring_points import (
    point_lines,
    recurring_points,
    recurring_themes,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_SHOWN = 5
"""Points that came back most; a board reads one page. Chosen by judgement, as are all figures
here."""

_THEMES = 3
"""Themes named first, so that no reader misses what nearly every report says."""

_FEW = 3
"""Learning points below which practice themes fill the rest: one point is no picture of a year."""

_QUOTED = 2
"""Points that are shown with a quote; a board's page has no room for more."""

_MOVING = 3
"""Themes whose share changed most."""

_DECISIONS = 3
"""Decisions asked of a board, so that each can be discussed."""

_CHALLENGES = 4
"""Questions for services; each rests on a comparison that holds."""

_TURN = 5
"""The kind's place among those that share quotes (`Quoter`)."""


def board(material: Material, subject: Subject, audience: Audience) -> Brief:
    """What recurs, what moves, what does not, what to decide and what to ask of services."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    held = comparisons_of(material) if len(material.findings) else []
    return assemble(
        ("board", "Learning for the board"),
        quoter,
        audience,
        [
            ("What came back most", came_back(quoter)),
            ("Our priorities in these reports", _priorities(material)),
            ("What moved", _moved(material)),
            (HEADING, followed_up(material)),
            ("Risks", _risks(material)),
            ("Decisions we ask for", _asked(asked(material.framework.decisions, _turned(held),
                                                  _DECISIONS), "action")),
            ("Challenge questions", _asked(asked(material.framework.challenges, held,
                                                 _CHALLENGES), "question")),
        ],
    )  # fmt: skip


def came_back(quoter: Quoter, shown: int = _SHOWN, quoted: int = _QUOTED) -> list[Claim]:
    """The learning points, or themes, with problems in most reports; the first with a quote."""
    material, subject = quoter.material, quoter.subject
    points = recurring_points(material, subject, "problem")[:shown]
    lines = point_lines(quoter, points, quoted)
    themes = recurring_themes(material, subject, "problem", everywhere=True)
    # "Most" is said of more than half alone.
    in_most = [one for one in themes[:_THEMES] if 2 * one.reports > one.of_reports]
    first = [f"{english.lower_first(one.name)} ({one.reports})" for one in in_most]
    lead = []
    if first:
        of = f"Of {themes[0].of_reports} reports"
        told = f"{of}, most name a problem with {english.listed(first)}."
        lead = [count(told, themes[0].rows)]
    if len(points) >= _FEW or not themes:
        return [*lead, *lines]
    # A point of four reports is no headline above a theme of twenty.
    rest = (themes[_THEMES:shown] if len(first) == _THEMES else []) or themes[:shown]
    quoted -= sum(line.kind == "quote" for line in lines)
    return [*lead, *point_lines(quoter, rest, quoted), *lines]


def _priorities(material: Material) -> list[Claim]:
    lines = []
    for priority in material.framework.priorities:
        rows = material.of_priority(priority.id)
        counts = role_counts(rows)
        if counts.findings:
            sides = [
                english.in_figures(counts.problems, "problem"),
                english.in_figures(counts.strengths, "strength"),
            ]
            likely = likely_reports(material, "priority", priority.id)
            told = f"{english.listed(sides)} in {english.in_figures(counts.reports, 'report')}"
            lines.append(count(f"{priority.name}: {told}{likely}.", rows))
    return lines


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
        f"{english.lower_first(str(row['name']))} ({row['problems']:,} problems, "
        f"{english.in_figures(int(row['strengths']), 'strength')})"
        for _, row in rows.iterrows()
    ]
    behind = material.links[material.links["theme_id"].isin(rows["theme_id"])]
    return [count(f"At least twice as many problems as strengths: {english.listed(names)}.",
                  behind)]  # fmt: skip


def _turned(held: list[Comparison]) -> list[Comparison]:
    """The comparisons with those first that call for a decision rather than a question."""
    first = ("after_action", "no_owner", "no_reason", "recurring")
    order = {name: place for place, name in enumerate(first)}
    return sorted(held, key=lambda one: order.get(one.name, len(order)))


def _asked(texts: list[tuple[str, Comparison]], kind: str) -> list[Claim]:
    return [Claim(kind, text, comparison.finding_ids) for text, comparison in texts]
