"""The horizon scan: what is new or growing in the most recent reports."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import TYPE_SHIFT
from lif_nlp.briefs.sections.claims import Quoter, ids_behind, questions, statement, with_role
from lif_nlp.briefs.sections.recurring_points import point_lines, recurring_points
from lif_nlp.briefs.sections.whose_reports import kinds_of_report
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_SHOWN = 3
"""Themes under each heading; the order is by certainty, so later ones are weak. Chosen by
judgement."""

_NEWEST = 3
"""Quotes of the newest reports; more, and nobody reads them."""

_FEWEST = 2
"""Recent reports from which a point is told of them."""

_MIN_LOW = -0.12
"""Lower end of the likely range of a change (difference of shares) from which a theme is
watched; higher, and fewer themes are shown.  Chosen by judgement in November 2026, not tuned."""

_HEADINGS = (
    ("new", "First named in recent reports"),
    ("rising", "Rising beyond chance"),
    ("watch", "To watch: named more often, perhaps by chance"),
)


def horizon_scan(material: Material, subject: Subject, audience: Audience) -> Brief:
    """New, rising and watched themes, each with a recent quote and its counts."""
    table = material.tables["horizon"]
    quoter = Quoter(material, subject, audience.group)
    if table.empty:
        caution = (
            "The reports cover too few years, or are of other kinds each year, so nothing can be "
            "said of what is new. Add dated reports of the same kinds first."
        )
        heading = "What these reports can show"
        sections: list[tuple[str, list[Claim]]] = [(heading, [statement(caution)])]
    else:
        # Every row has the same periods.
        since = int(table.iloc[0]["recent_from"])
        heading, basis = _basis(material, table)
        sections, theme_ids = [(heading, basis)], list[str]()
        for signal, heading in _HEADINGS:
            # What is new or rises stands by itself; what is watched may be chance.
            is_likely = table["change_low"].gt(_MIN_LOW) | (signal != "watch")
            lines, ids = _lines(quoter, table[table["signal"].eq(signal) & is_likely])
            theme_ids += ids
            sections.append((heading, lines))
        if not any(lines for _, lines in sections[1:3]):
            sections.insert(1, ("What is new or rising", [_nothing(table)]))
        sections.append(("What the newest reports say", _newest(quoter, since)))
        sections.append(("Questions to ask", questions(_asked(material, theme_ids))))
    return assemble(("horizon", "Horizon scan"), quoter, audience, sections)


_QUESTIONS = (
    "Which of these do we already see here, and who sees it first?",
    "What would we expect to hear next if this were growing here?",
    "Where does our good practice already address one of these?",
)


def _asked(material: Material, shown: list[str]) -> tuple[str, ...]:
    """The scan's own questions, after the framework's on the first of its themes shown."""
    own = {theme.code: theme.questions for theme in material.framework.themes}
    first = next((own[code][0] for code in shown if own.get(code)), "")
    return (first, *_QUESTIONS) if first else _QUESTIONS


def _newest(quoter: Quoter, since: int) -> list[Claim]:
    """What came back and is named in the newest reports too, in their words."""
    newest = quoter.subject.rows[quoter.subject.rows["year"].ge(since)]
    years = quoter.material.point_years
    recent = years[years["year"].ge(since)] if len(years) else years
    points = []
    for point in recurring_points(quoter.material, quoter.subject, "problem"):
        rows = point.rows[point.rows["finding_id"].isin(newest["finding_id"])]
        quotable = point.quotable[point.quotable["finding_id"].isin(rows["finding_id"])]
        reports = int(rows["doc_id"].nunique())
        # One report alone is no news of many; its words may stand among the quotes below.
        if reports >= _FEWEST:
            # as for the point itself: reports that could state it
            could = recent[recent["point_id"].eq(point.id)]["of_reports"] if len(recent) else ()
            points.append(
                replace(
                    point,
                    rows=rows,
                    quotable=quotable,
                    reports=reports,
                    of_reports=max(reports, int(sum(could))),
                    years=english.span([int(year) for year in rows["year"].dropna()]),
                    aside=f"; in all years {point.reports} of {point.of_reports}",
                )
            )
    points.sort(key=lambda point: (-point.reports, point.id))
    told = point_lines(quoter, points[:_NEWEST], _NEWEST)
    # A point without words of the newest reports is no news.
    lines = [
        line
        for at, line in enumerate(told)
        if line.kind == "quote" or (at + 1 < len(told) and told[at + 1].kind == "quote")
    ]
    quote_count = sum(line.kind == "quote" for line in lines)
    more = quoter.quotes(with_role(newest, "problem"), _NEWEST - quote_count)
    # Else they would seem to belong to the last point.
    lead = [statement("Also difficult, in single reports:")] if more and lines else []
    return [*lines, *lead, *more]


def _basis(material: Material, table: pd.DataFrame) -> tuple[str, list[Claim]]:
    """Which reports are compared with which, and which cannot be: like with like."""
    row = table.iloc[0]
    recent, earlier = int(row["recent_of_reports"]), int(row["earlier_of_reports"])
    reports = material.reports.dropna(subset=["year"])
    kinds = reports["review_type"].fillna("")
    every_kind = len(set(kinds))
    is_recent = reports["year"].ge(row["recent_from"])
    both = set(kinds[is_recent]) & set(kinds[~is_recent])
    alike = [str(doc_id) for doc_id in reports.loc[kinds.isin(both), "doc_id"]]
    of_kinds = kinds_of_report(material, alike, every_kind)
    line = (
        f"Like is compared with like: {english.some(recent, 'report')} from {row['recent_from']} "
        f"onwards with {english.some(earlier, 'earlier one')} of the same kinds: {of_kinds}. "
        f"Of {english.some(len(table), 'theme')} "
        "some would seem to rise by chance alone, so a theme counts as rising only if its change "
        "stands out among all of them."
    )
    lines = [Claim("count", line, ids_behind(table))]
    left = [str(doc_id) for doc_id in reports.loc[is_recent & ~kinds.isin(both), "doc_id"]]
    if left:
        others = english.capital(english.some(len(left), "recent report"))
        have = "has" if len(left) == 1 else "have"
        lines.append(
            statement(
                f"{others} of other kinds {have} nothing earlier to be "
                f"compared with: {kinds_of_report(material, left, every_kind)}."
            )
        )
    if float(row["type_shift"]) >= TYPE_SHIFT:
        lines.append(
            statement(
                "The kinds are mixed differently in the two periods, so a change may still reflect "
                "who was looking."
            )
        )
    return "How this was compared", lines


def _nothing(table: pd.DataFrame) -> Claim:
    """That no theme is new or rising, or that none which is can be shown."""
    moved = int(table["signal"].isin(["new", "rising"]).sum())
    if moved:
        return statement(
            f"{english.capital(english.some(moved, 'theme'))} {english.agree(moved, 'be')} new or "
            "rising, and none of the sentences behind that can be shown on a page. Read the "
            "newest reports with this in mind."
        )
    return statement(
        f"Of {english.some(len(table), 'theme')}, none is new, and none rose by more than chance "
        "would explain. People here may have heard of something new first: ask them."
    )


def _named(theme: str) -> str:
    """A theme's name without a colon of its own, which would stand before the numbers' colon.

    >>> _named("School and attendance: alternative provision")
    'School and attendance (alternative provision)'
    """
    name, colon, part = theme.partition(": ")
    return f"{name} ({part.partition(' (')[0]})" if colon else name


def _lines(quoter: Quoter, rows: pd.DataFrame) -> tuple[list[Claim], list[str]]:
    """Lines on the first themes that have words to show, and the ids of these themes."""
    material = quoter.material
    lines: list[Claim] = []
    theme_ids: list[str] = []
    for _, row in rows.iterrows():
        if len(theme_ids) == _SHOWN:
            break
        subject = subject_of(material, theme=str(row["theme_id"]))
        line = (
            f"{_named(str(row['name']))}: "
            f"{row['recent_reports']} of {row['recent_of_reports']} recent reports, "
            f"{row['earlier_reports']} of {row['earlier_of_reports']} earlier ones."
        )
        recent = subject.rows[subject.rows["finding_id"].isin(row["finding_ids"])]
        own = quoter.for_subject(subject)
        quotes = own.quotes(with_role(recent, "problem"), 1)
        # Found by machine and without words: its name alone tells nobody anything.
        # One of the framework's themes lends it its words, if it has any.
        matters = subject.why_it_matters if subject.theme else ""
        if not quotes and not matters:
            continue
        theme_ids.append(str(row["theme_id"]))
        lines.append(Claim("count", line, tuple(row["finding_ids"])))
        lines += [statement(matters)] if matters else []
        lines += quotes
        quoter.identifying += own.identifying
    return lines, theme_ids
