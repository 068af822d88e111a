"""The horizon scan: what is new or growing in the most recent reports.

Where no report is newer than a year there is no horizon to scan: the page is then called what it
is, begins with what a reader can do, and shows what the newest reports say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import FORM, assemble
from lif_nlp.briefs.sections.change_over_time import TYPE_SHIFT
from lif_nlp.briefs.sections.claims import (
    Quoter,
    action,
    count,
    ids_behind,
    questions,
    statement,
    with_role,
)
from lif_nlp.briefs.sections.recurring_points import (
    EVERYWHERE,
    RecurringPoint,
    point_lines,
    recurring_points,
    recurring_themes,
    shown_of,
    years_of,
)
from lif_nlp.briefs.sections.whose_reports import kinds_of_report
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_SHOWN = 4
"""Themes under each heading; the order is by certainty, so later ones are weak. Chosen by
judgement."""

_NEW_DAYS = 365
"""Days before the making of the page within which a report is new; judgement, as boards scan each
year."""

_NEWEST = 4
"""Points or themes of the newest reports, each with a quote; more, and nobody reads them."""

_SURE = 0.7
"""How surely (0..1) a finding is about a theme from which it is quoted for it; judgement."""

_SINGLE = 4
"""Quotes of single reports at the end, where themes have no words of their own."""

_TABLED = 8
"""Themes in the table of what is named most."""

_STEPS = 2
"""Steps to start with, one on each theme; a scan is no plan."""

_FEWEST, _SHARE = 2, 0.3
"""Recent reports, and share of those compared, from which a point is told of them."""

_MIN_LOW = -0.15
"""Lower end of the likely range of a change (difference of shares) from which a theme is
watched; higher, and fewer themes are shown.  It lets in four of six reports after two of seven,
which whoever reads the table below asks about.  Chosen by judgement, not tuned."""

_HEADINGS = (
    ("new", "First named in recent reports"),
    ("rising", "Rising beyond chance"),
    ("watch", "To watch: named more often, perhaps by chance"),
)


def horizon_scan(material: Material, subject: Subject, audience: Audience) -> Brief:
    """New, rising and watched themes, each with a recent quote and its counts."""
    table = material.tables["horizon"]
    quoter = Quoter(material, subject, audience.group)
    is_old = _is_old(material)
    sections = list[tuple[str, list[Claim]]]()
    if table.empty:
        sections += [("What to do first", [_scan_first(material)])] if is_old else []
        caution = (
            "The reports cover too few years, or are of other kinds each year, so nothing can be "
            "said of what is new. Add dated reports of the same kinds first."
        )
        sections.append(("What these reports can show", [statement(caution)]))
    else:
        # Every row has the same periods.
        since = int(table.iloc[0]["recent_from"])
        heading, basis = _basis(material, table)
        known = {
            theme.id: theme
            for theme in recurring_themes(material, subject, "problem", everywhere=True)
        }
        scan = _Scan(quoter, since, known)
        moved, themes = _moved(scan, table)
        most, ids = _said_most(scan, table[~table["theme_id"].isin(themes)], is_old=is_old)
        themes += ids
        of_most = any(line.kind == "point" for line in most)
        say = f"What reports from {since} onwards say"
        said = (f"{say} most" if of_most and not is_old else say, most)
        asked = ("Questions to ask", questions(_asked(material, themes)))
        untold = _untold(scan, table, themes)
        # Of old reports readers ask first what to do with them, and last how they were compared.
        if is_old:
            first = [*_steps(material, themes), _scan_first(material)]
            how = [*basis, *_nothing(moved, table), *untold]
            sections += [("What to do with this page", first), said, *moved, asked]
            sections += [("Our answer", [FORM]), (heading, how)]
        else:
            news = ("What is new or rising", _nothing(moved, table))
            # What is watched may be chance, and stands below what is not.
            sections += [(heading, [_newest_report(material), *basis]), *moved[:-1], news]
            sections += moved[-1:]
            steps = _steps(material, themes)
            sections += [said, ("A first step", [*steps, FORM] if steps else []), asked]
            sections += [("What is not shown", untold)]
    to = english.day(material.newest[:7])
    name = f"What the newest reports say, to {to}" if is_old else "Horizon scan"
    return assemble(("horizon", name), quoter, audience, sections, [_table(table, is_old=is_old)])


def _moved(scan: _Scan, table: pd.DataFrame) -> tuple[list[tuple[str, list[Claim]]], list[str]]:
    """What is new, what rises and what to watch, each in a section, and the ids of its themes."""
    sections, themes = list[tuple[str, list[Claim]]](), list[str]()
    for signal, heading in _HEADINGS:
        # What is new or rises stands by itself; what is watched may be chance.
        is_likely = table["change_low"].gt(_MIN_LOW) | (signal != "watch")
        rows = table[table["signal"].eq(signal) & is_likely]
        rows = rows.sort_values(["change", "theme_id"], ascending=[False, True])
        lines, ids = _lines(scan, rows, _SHOWN)
        themes += ids
        sections.append((heading, lines))
    return sections, themes


def _table(table: pd.DataFrame, *, is_old: bool) -> Chart | None:
    """The themes that recent reports name most, against earlier ones of the same kinds."""
    if table.empty:
        return None
    cells = tuple(
        (
            _named(str(row["name"])),
            f"{row['recent_reports']} of {row['recent_of_reports']}",
            f"{row['earlier_reports']} of {row['earlier_of_reports']}",
        )
        for _, row in (_most_reports if is_old else _named_most)(table).head(_TABLED).iterrows()
    )
    since = table.iloc[0]["recent_from"]
    columns = ("Theme", f"Reports from {since} onwards", "Earlier reports")
    alt = "Themes with the reports that name them, recent and earlier."
    return Chart("table", "Named most in recent reports, and before", columns, cells, alt)


def _named_most(table: pd.DataFrame) -> pd.DataFrame:
    """The themes, those of most recent reports first; what nearly all named before is no news."""
    is_news = table["earlier_reports"] < EVERYWHERE * table["earlier_of_reports"]
    return _most_reports(table[is_news])


def _most_reports(table: pd.DataFrame) -> pd.DataFrame:
    """The themes, those of most recent reports first."""
    return table.sort_values(["recent_reports", "theme_id"], ascending=[False, True])


def _is_old(material: Material) -> bool:
    """Whether no dated report came out within a year before the page was made."""
    newest = material.newest
    if not newest or not material.created:
        return False
    since = date.fromisoformat(material.created) - timedelta(days=_NEW_DAYS)
    # A month or a year is as new as its last day.
    return newest < since.isoformat()[: len(newest)]


def _scan_first(material: Material) -> Claim:
    """How old the newest report is, and what a true scan of the horizon needs."""
    return action(
        f"For news: add reports of the last 12 months. The newest dated report here is of "
        f"{english.day(material.newest)}, {_age(material)} before this page was made, so this page "
        "is a reminder, not a horizon scan."
    )


def _age(material: Material) -> str:
    """How long before the making of the page the newest report came out, in words."""
    newest, made = material.newest, date.fromisoformat(material.created)
    year, month, day = int(newest[:4]), int(newest[5:7] or "12"), int(newest[8:] or "1")
    months = 12 * (made.year - year) + made.month - month - (made.day < day)
    if months <= 24:
        return f"{english.number(months)} months"
    more = "more than " if months % 12 else ""
    return f"{more}{english.number(months // 12)} years"


def _newest_report(material: Material) -> Claim:
    """Of which day the newest report is: a scan sees no further than that."""
    return statement(
        f"The newest dated report here is of {english.day(material.newest)}; what came after it "
        "cannot be seen on this page."
    )


def _steps(material: Material, themes: list[str]) -> list[Claim]:
    """What to start on the first themes shown, in the framework's words."""
    starts = {theme.code: (theme.name, theme.start) for theme in material.framework.themes}
    told = [starts[code] for code in dict.fromkeys(themes) if starts.get(code, ("", ""))[1]]
    return [
        action(f"{name.replace(':', ',')}: {english.lower_first(text)}")
        for name, text in told[:_STEPS]
    ]


_QUESTIONS = (
    "Which of these do we already see here, and who sees it first?",
    "What would we expect to hear next if this were growing here?",
    "Where does our good practice already address one of these?",
)


def _asked(material: Material, shown: list[str]) -> tuple[str, ...]:
    """The scan's own questions, after the framework's on the first of its themes shown."""
    own = {theme.code: theme for theme in material.framework.themes if theme.questions}
    first = next((own[code] for code in shown if code in own), None)
    if first is None:
        return _QUESTIONS
    name = english.lower_first(first.name.replace(":", ","))
    return (f"On {name}: {english.lower_first(first.questions[0])}", *_QUESTIONS)


def _said_most(scan: _Scan, table: pd.DataFrame, *, is_old: bool) -> tuple[list[Claim], list[str]]:
    """What most of the newest reports say, in their words, and the ids of the themes shown.

    Learning points first; where these are few, the framework's themes in most of these reports.
    What nearly all earlier ones named too is no news; of old reports none is.
    """
    quoter, since = scan.quoter, scan.since
    recent = int(table.iloc[0]["recent_of_reports"]) if len(table) else 0
    points = []
    for point in recurring_points(quoter.material, quoter.subject, "problem"):
        rows = point.rows[point.rows["year"].ge(since)]
        reports = int(rows["doc_id"].nunique())
        # One report alone is no news of many, and two of nine are not most.
        if reports >= max(_FEWEST, _SHARE * recent):
            aside = f"; in all years {point.reports}"
            points.append(
                replace(point, rows=rows, reports=reports, years=years_of(rows), aside=aside)
            )
    points.sort(key=lambda point: (point.is_broad, -point.reports, point.id))
    lines = point_lines(quoter, points, _NEWEST)
    shown = shown_of(points, lines)
    known = [theme.code for theme in quoter.material.framework.themes]
    others = table[table["theme_id"].isin(known)]
    others = others[~others["theme_id"].isin([point.theme for point in shown])]
    in_order = _most_reports(others) if is_old else _named_most(others)
    more, ids = _lines(scan, in_order, _NEWEST - len(shown))
    lines += more
    newest = quoter.subject.rows[quoter.subject.rows["year"].ge(since)]
    missing = _NEWEST - sum(line.kind == "quote" for line in lines)
    single = quoter.quotes(with_role(newest, "problem"), min(missing, _SINGLE))
    if single:
        lines += [statement("Difficult in single recent reports:"), *single]
    return lines, [*(point.theme for point in shown), *ids]


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


def _nothing(moved: list[tuple[str, list[Claim]]], table: pd.DataFrame) -> list[Claim]:
    """That no theme is new or rising, or that none which is can be shown; else no line."""
    *stand, _ = moved
    if any(lines for _, lines in stand):
        return []
    number = int(table["signal"].isin(["new", "rising"]).sum())
    if number:
        return [
            statement(
                f"{english.capital(english.some(number, 'theme'))} {english.agree(number, 'be')} "
                "new or rising, and none of the sentences behind that can be shown on a page. Read "
                "the newest reports with this in mind."
            )
        ]
    return [
        statement(
            f"Of {english.some(len(table), 'theme')}, none is new, and none rose by more than "
            "chance would explain. People here may have heard of something new first: ask them."
        )
    ]


def _named(theme: str) -> str:
    """A theme's name without a colon of its own, which would stand before the numbers' colon.

    >>> _named("School and attendance: alternative provision")
    'School and attendance (alternative provision)'
    """
    name, colon, part = theme.partition(": ")
    return f"{name} ({part.partition(' (')[0]})" if colon else name


@dataclass(frozen=True, slots=True)
class _Scan:
    """What each line of a scan needs: quotes, first recent year, themes with problems by id."""

    quoter: Quoter
    since: int
    known: Mapping[str, RecurringPoint]


def _untold(scan: _Scan, table: pd.DataFrame, told: list[str]) -> list[Claim]:
    """How many themes named more often stand on no line, since no sentence can be shown."""
    likely = table["signal"].ne("steady") & table["change_low"].gt(_MIN_LOW)
    rows = table[likely & table["theme_id"].isin(list(scan.known)) & ~table["theme_id"].isin(told)]
    if rows.empty:
        return []
    rows = rows.sort_values(["change", "theme_id"], ascending=[False, True])
    names = [
        f"{english.lower_first(_named(str(row['name'])))} ({row['recent_reports']} of "
        f"{row['recent_of_reports']}; before, {row['earlier_reports']} of "
        f"{row['earlier_of_reports']})"
        for _, row in rows.head(_SHOWN).iterrows()
    ]
    number = english.capital(english.some(len(rows), "more theme"))
    verb = english.agree(len(rows), "be")
    return [
        count(
            f"{number} {verb} named more often than before, perhaps by chance, and no sentence of "
            f"a report on {'it' if len(rows) == 1 else 'them'} can be shown: "
            f"{english.listed(names)}."
        )
    ]


def _lines(scan: _Scan, rows: pd.DataFrame, most: int) -> tuple[list[Claim], list[str]]:
    """Lines on the first themes with words of a recent report that show them, and their ids."""
    quoter, material = scan.quoter, scan.quoter.material
    lines: list[Claim] = []
    theme_ids: list[str] = []
    for _, row in rows.iterrows():
        if len(theme_ids) == most:
            break
        theme_id = str(row["theme_id"])
        words = list[Claim]()
        if theme := scan.known.get(theme_id):
            is_recent = theme.rows["year"].ge(scan.since)
            words = point_lines(quoter, [replace(theme, rows=theme.rows[is_recent])], 1)[1:]
        if not words:
            subject = subject_of(material, theme=theme_id)
            recent = subject.rows[subject.rows["finding_id"].isin(row["finding_ids"])]
            own = quoter.for_subject(subject)
            sure = recent[recent["confidence"].ge(_SURE)]
            words = own.quotes(with_role(sure, "problem"), 1)
            quoter.identifying += own.identifying
        # A name alone tells nobody what to look for.
        if not words:
            continue
        theme_ids.append(theme_id)
        line = (
            f"{_named(str(row['name']))}: "
            f"{row['recent_reports']} of {row['recent_of_reports']} recent reports, "
            f"{row['earlier_reports']} of {row['earlier_of_reports']} earlier ones."
        )
        lines += [Claim("point", line, tuple(row["finding_ids"])), *words]
    return lines, theme_ids
