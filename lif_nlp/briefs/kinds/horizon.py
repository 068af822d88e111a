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
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_SHOWN = 4
"""Themes under each heading; the order is by certainty, so later ones are weak. Chosen by
judgement."""

_NEWEST = 3
"""Quotes of the newest reports; more, and nobody reads them."""

_MIN_LOW = -0.12
"""Lower end of the likely range of a change (difference of shares) from which a theme is
watched; higher, and fewer themes are shown.  Chosen by judgement in November 2026, not tuned."""

_MOST = 0.5
"""Share (0..1) of a theme's recent reports, above which a new kind of report explains it."""

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
            "The reports cover too few years to show what is new. Add more dated reports first."
        )
        heading = "What these reports can show"
        sections: list[tuple[str, list[Claim]]] = [(heading, [statement(caution)])]
    else:
        heading, basis = _basis(table)
        # Every row has the same periods.
        since = int(table.iloc[0]["recent_from"])
        is_apart = table.apply(_is_of_new_kinds, axis=1, material=material).astype(bool)
        is_apart &= table["signal"].isin(["new", "rising"])
        basis += _set_apart(table[is_apart])
        nothing, table = _nothing(table), table[~is_apart]
        sections, theme_ids = [(heading, basis)], list[str]()
        for signal, heading in _HEADINGS:
            rows = table[table["signal"].eq(signal) & (table["change_low"] > _MIN_LOW)]
            theme_ids += [str(theme) for theme in rows["theme_id"].head(_SHOWN)]
            sections.append((heading, _lines(quoter, rows)))
        if len(table) and not table["signal"].isin(["new", "rising"]).any():
            sections.insert(1, ("What is new or rising", [nothing]))
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
        if len(rows):
            reports = int(rows["doc_id"].nunique())
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
    lines = point_lines(quoter, points[:_NEWEST], _NEWEST)
    quote_count = sum(line.kind == "quote" for line in lines)
    more = quoter.quotes(with_role(newest, "problem"), _NEWEST - quote_count)
    # Else they would seem to belong to the last point.
    lead = [statement("Also difficult, in single reports:")] if more and lines else []
    return [*lines, *lead, *more]


def _basis(table: pd.DataFrame) -> tuple[str, list[Claim]]:
    row = table.iloc[0]
    recent, earlier = int(row["recent_of_reports"]), int(row["earlier_of_reports"])
    line = (
        f"The {english.some(recent, 'report')} from {row['recent_from']} onwards "
        f"{english.agree(recent, 'be')} compared with {english.some(earlier, 'earlier one')}. "
        f"Of {english.some(len(table), 'theme')} some would seem to rise by chance alone, so a "
        "theme counts as rising only if its change stands out among all of them."
    )
    lines = [Claim("count", line, ids_behind(table))]
    if float(row["type_shift"]) >= TYPE_SHIFT:
        lines.append(
            statement(
                "The two periods contain different types of report, so a change may reflect who "
                "was looking, not practice."
            )
        )
    return "How this was compared", lines


def _is_of_new_kinds(row: pd.Series, material: Material) -> bool:
    """Whether most recent reports that name a theme are of kinds which earlier years do not have.

    A theme that comes with a new kind of inspection is no news of practice.
    """
    reports = material.reports.set_index("doc_id")
    earlier_kinds = set(reports.loc[reports["year"].lt(row["recent_from"]), "review_type"])
    naming = material.findings["finding_id"].isin(row["finding_ids"])
    naming &= material.findings["year"].ge(row["recent_from"])
    kinds = reports.loc[material.findings.loc[naming, "doc_id"].unique(), "review_type"]
    return bool(len(kinds)) and float((~kinds.isin(earlier_kinds)).mean()) > _MOST


def _set_apart(rows: pd.DataFrame) -> list[Claim]:
    """What would seem new only because a new kind of report began."""
    names = [_named(str(name)) for name in rows["name"]]
    if not names:
        return []
    return [
        statement(
            f"{english.listed(names)}: named mostly in a kind of report that earlier years do not "
            "have, so it is not called new."
        )
    ]


def _nothing(table: pd.DataFrame) -> Claim:
    """That no theme is new or rising."""
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


def _lines(quoter: Quoter, rows: pd.DataFrame) -> list[Claim]:
    material = quoter.material
    lines: list[Claim] = []
    for _, row in rows.head(_SHOWN).iterrows():
        subject = subject_of(material, theme=str(row["theme_id"]))
        line = (
            f"{_named(str(row['name']))}: "
            f"{row['recent_reports']} of {row['recent_of_reports']} recent reports, "
            f"{row['earlier_reports']} of {row['earlier_of_reports']} earlier ones."
        )
        recent = subject.rows[subject.rows["finding_id"].isin(row["finding_ids"])]
        judgements = recent[recent["role"].isin(["problem", "strength"])]
        own = quoter.for_subject(subject)
        quotes = own.quotes(judgements, 1)
        # A quote of praise under "rising" would read as a problem if nothing said what it is.
        good = set(judgements.loc[judgements["role"].eq("strength"), "finding_id"])
        if any(good & set(quote.finding_ids) for quote in quotes):
            line += " The quote is of a strength."
        lines.append(Claim("count", line, tuple(row["finding_ids"])))
        # One of the framework's themes lends a theme found by machine its words, if it has any.
        if subject.theme and subject.why_it_matters:
            lines.append(statement(subject.why_it_matters))
        lines += quotes
        quoter.identifying += own.identifying
    return lines
