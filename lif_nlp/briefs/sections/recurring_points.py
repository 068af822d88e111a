"""What came back most: learning points that several reports state, one line each with a quote.

A report counts for a point if a finding that states it has the point's own role: a complaint
is no evidence of what works.  The number is the same in every kind of brief.
Without learning points the framework's themes take their place, unless nearly every report
speaks of them: such a list ranks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.thresholds import LIMITS
from lif_nlp.briefs.sections.claims import Quoter, count, ids, statement
from lif_nlp.briefs.subjects import Subject
from lif_nlp.in_words import reports_in_words
from lif_nlp.records import Claim
from lif_nlp.text import english

EVERYWHERE = 0.9
"""Share of reports (0..1) from which a theme is left out of a ranking, since nearly all reports
speak of it.  Chosen by judgement in November 2026; lower, and common themes go unnamed."""

_MIN_REPORTS = 2
"""Reports from which a theme, or a point within a part of the reports, has come back."""

_WHY_DIFFERENT = "Which is nearer to us, and what do places where it goes well do differently?"
"""What is asked where reports say the contrary of each other."""

_POINT_REPORTS = 3
"""Reports from which a point stands in a brief, as in `lif points`: two may be chance."""


@dataclass(frozen=True, eq=False)
class RecurringPoint:
    """Something that several reports state: its name, the findings, and its numbers.

    `quotable` are the findings to quote it with, `reports` and `of_reports` the reports that
    state it and those that could have, `own_reports` those that state it of the subject.
    `aside` says in how many reports it is about the subject, where the point is about more;
    `of_which` says which reports are counted, where these are not all of the brief's workspace.
    `is_broad` marks a judgement that is true of most reports ("Plans are uneven"), told last.
    `in_short` is what the framework says for a theme's findings of this role, or empty.
    """

    id: str
    name: str
    theme: str
    reports: int
    of_reports: int
    years: str
    rows: pd.DataFrame
    quotable: pd.DataFrame
    tensions: tuple[str, ...] = ()
    aside: str = ""
    own_reports: int = 0
    of_which: str = ""
    is_broad: bool = False
    in_short: str = ""

    @property
    def is_theme(self) -> bool:
        """Whether this is a practice theme, which takes the place of a point."""
        return bool(self.theme) and self.id == self.theme

    @property
    def line(self) -> str:
        """The point in one line with its reports and years.

        How many could have stated it stands in tables and pictures: on one page it differs from
        point to point, and readers take the larger of two such fractions for the larger problem.
        """
        if self.in_short:
            # Each of these reports finds one on the theme; the line is as wide as the theme.
            of_which = f"{english.in_figures(self.reports, 'report')}{self.of_which}"
            role = str(self.rows["role"].iloc[0])
            joined = "with" if role == "problem" else "in"
            # A harm is no problem of practice; work on it may be.
            joined = joined if self.is_theme else "in work on"
            verb = english.agree(self.reports, "name")
            about = f"{verb} a {role} {joined} {english.lower_first(self.name)}"
            return f"{self.in_short}: {of_which} {about}, {self.years}."
        # Those of a theme are counted, not found one by one; how many more are likely is known of
        # all reports, not of those on a subject.
        is_exact = self.is_theme or self.reports == self.of_reports
        reports = reports_in_words(self.reports, likely=self.reports if is_exact else None)
        return f"{self.name.rstrip('.')}: {reports}{self.of_which}, {self.years}{self.aside}."


def recurring_points(
    material: Material, subject: Subject, role: str, group: str = ""
) -> list[RecurringPoint]:
    """Points of a role on a subject, most reports first; those that name the group before others.

    On a priority, points about it come first; then those about any work that reports also state
    of this harm ("Plans are vague" of neglect).

    Parameters
    ----------
    material, subject
        What the brief draws on, and what it is about.
    role
        "problem", "strength" or "action".
    group
        ID of the readers' agency, or empty.
    """
    table = material.points
    if table.empty:
        return []
    table = table[table["role"].eq(role)]
    if subject.kind == "theme":
        table = table[table["theme"].eq(subject.id)]
    points = [
        point
        for _, row in table.iterrows()
        if (point := _point(row, material, subject)) is not None
    ]
    return sorted(points, key=partial(_rank, group=group))


def recurring_echoes(material: Material, subject: Subject) -> list[RecurringPoint]:
    """Points that two reports state: worth watching, and not recurrent."""
    points = [
        point
        for _, row in material.echoes.iterrows()
        if (point := _point(row, material, subject, _MIN_REPORTS)) is not None
    ]
    return sorted(points, key=partial(_rank, group=""))


def recurring_themes(
    material: Material, subject: Subject, role: str, *, everywhere: bool = False
) -> list[RecurringPoint]:
    """The framework's themes in the findings of a role, most reports first.

    Those in nearly every report are left out unless `everywhere`, since they set no order.
    """
    # Every finding on a theme is about that theme.
    themes = {one.code: one for one in material.framework.themes if one.code != subject.id}
    rows = subject.rows[subject.rows["role"].eq(role)]
    # The findings of a theme come with its own id.
    rows = rows.drop(columns="theme_id", errors="ignore")
    links = material.links[material.links["theme_id"].isin(list(themes))]
    links = links[["finding_id", "theme_id", "confidence"]]
    links = links.rename(columns={"confidence": "sureness"}).merge(rows, on="finding_id")
    total = int(subject.rows["doc_id"].nunique())
    is_part = subject.kind in ("priority", "theme")
    of_which = f" on {english.lower_first(subject.name)}" if is_part else ""
    points = []
    for code, own in links.groupby("theme_id", sort=True):
        reports = int(own["doc_id"].nunique())
        if reports >= _MIN_REPORTS and (everywhere or reports < EVERYWHERE * total):
            theme = themes[str(code)]
            in_short = {"problem": theme.problem_in_short, "strength": theme.strength_in_short}
            points.append(
                RecurringPoint(
                    theme.code,
                    theme.name,
                    theme.code,
                    reports,
                    total,
                    years_of(own),
                    own,
                    own,
                    of_which=of_which,
                    in_short=in_short.get(role, ""),
                )
            )
    return sorted(points, key=partial(_rank, group=""))


_SURE_OF_THEME = 0.5
"""How surely (0..1) a finding is about a theme from which it is quoted for it."""

_WORDS_OF_NAME, _FOR_SURENESS = 0.42, 2.0
"""Share (0..1) of the telling words of a point's name that a quote below it has, which may be less
by so much for each unit of sureness above 0.9: chosen by judgement on 300 sentences of 30
inspections; with more, few points keep a quote."""

_CERTAIN = 0.98
"""How surely a finding states a point from which it needs no word of the framework for it."""

_STEM = 4
"""Letters by which two words are taken for one: more part "plan" and "planning"."""

_TELLS_LITTLE = frozenset(
    re.split(
        " ",
        "nobody them him her his himself herself "
        "the and for are was were has have had not that this with from into who what when where "
        "which their they then than there these those too very well more most less still can "
        "cannot does done did being been only also all any each every some many few children "
        "child young people family families staff service services agencies agency work works "
        "working good help helps need needs time made make makes how why about over through "
        "between",
    )
)
"""Words that stand in the names of many points, or in any sentence."""


def point_lines(quoter: Quoter, points: Sequence[RecurringPoint], most: int) -> list[Claim]:
    """The first points that words of a report bear out, each in a line above these words.

    A point whose words cannot be shown is passed over, and the next one tried: a bare line tells
    readers nothing that they could talk about or check.

    Parameters
    ----------
    quoter
        Chooses the quotes.
    points
        In the order in which they are shown.
    most
        Points at most.

    Returns
    -------
    list[Claim]
        A claim of the kind "point" and one of the kind "quote" for each.
    """
    material = quoter.material
    phrases = {theme.code: theme.phrases for theme in material.framework.themes}
    lines: list[Claim] = []
    for point in points:
        if len(lines) == 2 * most:
            break
        rows = _stating(material, point, phrases)
        words = quoter.quotes(rows, 1, telling=ids(point.quotable))
        lines += [point_line(point), *words] if words else []
    return lines


def shown_of(points: Sequence[RecurringPoint], lines: Sequence[Claim]) -> list[RecurringPoint]:
    """The points that lines tell of."""
    told = {line.text for line in lines if line.kind == "point"}
    return [point for point in points if point.line in told]


def _stating(
    material: Material, point: RecurringPoint, phrases: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """The rows of a point in which a reader finds it; `phrases` are those of each theme."""
    rows = point.rows[_bears_out(point, phrases.get(point.theme, ()))]
    return rows[_says_how(material, point, rows)]


def _bears_out(point: RecurringPoint, phrases: Sequence[str]) -> pd.Series:
    """Which rows of a point let a reader find it; no quote is better than another one."""
    fits = point.rows["text"].map(lambda text: _share_of_words(point.name, text))
    if point.is_theme:
        # A theme's name is a heading: its own phrases bear it out too.
        has_phrase = point.rows["text"].map(lambda text: _has_phrase(text, phrases))
        return (fits.gt(0) | has_phrase.astype(bool)) & point.rows["sureness"].ge(_SURE_OF_THEME)
    # Words that state a point by themselves need not be those of its name.
    fits = (fits + _FOR_SURENESS * (point.rows["sureness"] - 0.9)).ge(_WORDS_OF_NAME)
    fits |= point.rows["basis"].eq("phrase")
    return fits & point.rows["sureness"].ge(LIMITS.sure_of_point)


def _says_how(material: Material, point: RecurringPoint, rows: pd.DataFrame) -> pd.Series:
    """Which rows hold words for what a known point says of its subject, or surely state it.

    "Caseloads are high" names the subject of "too many changes of worker", and not the changes.
    """
    matcher = material.words_of_point(point.id)
    if matcher is None or rows.empty:
        return pd.Series(data=True, index=rows.index)
    says = rows["text"].map(lambda text: bool(matcher.find(str(text)))).astype(bool)
    return says | rows["sureness"].ge(_CERTAIN)


def _has_phrase(text: str, phrases: Sequence[str]) -> bool:
    lower = text.casefold()
    return any(phrase.casefold() in lower for phrase in phrases)


def _share_of_words(name: str, text: str) -> float:
    """Which share (0..1) of the telling words of a point's name a sentence holds."""
    words = _tell(name)
    return len(words & _tell(text)) / len(words) if words else 0.0


def shares_word(name: str, text: str) -> bool:
    """Whether a sentence and the name of a point have a word in common that tells something.

    Of 47 quotes under points that a reader judged blind, 29 of 33 with such a word showed the
    point, and 7 of 14 without (November 2026).

    >>> shares_word("Plans drift and children wait", "Permanence planning takes too long.")
    True
    >>> shares_word("Support for care leavers is uneven", "Some caseloads remain too high.")
    False
    """
    return words_in_common(name, text) > 0


def words_in_common(first: str, second: str) -> int:
    """How many words that tell something two texts have in common.

    >>> words_in_common("Record the fathers of all children.", "No record names a father.")
    2
    """
    return len(_tell(first) & _tell(second))


def _tell(text: str) -> set[str]:
    """Beginnings of the words of a text that tell something, so that "plan" meets "planning"."""
    # Whoever cares for a child is not in care.
    words = re.findall(r"[a-z]{3,}", re.sub(r"(?i)\bcarer", "kinsman", text).casefold())
    return {word[:_STEM].rstrip("s") for word in words if word not in _TELLS_LITTLE}


def point_line(point: RecurringPoint) -> Claim:
    """A point in one line, with the findings that state it."""
    return Claim("point", point.line, ids(point.rows))


def tension_lines(material: Material, points: Sequence[RecurringPoint], most: int) -> list[Claim]:
    """Where reports say the contrary of each other: both points, each pair once."""
    lines, earlier_pairs = [], set[frozenset[str]]()
    for point in points:
        for contrary, reports in contraries(material, point):
            pair = frozenset({point.name.rstrip("."), contrary})
            if pair in earlier_pairs:
                continue
            earlier_pairs.add(pair)
            lines.append(
                count(
                    f"“{point.name.rstrip('.')}” ({english.some(point.reports, 'report')}), and "
                    f"“{contrary}” ({english.some(reports, 'report')}).",
                    point.rows,
                )
            )
    return lines[:most]


def with_contraries(
    material: Material, points: Sequence[RecurringPoint], lines: Sequence[Claim]
) -> list[Claim]:
    """The lines, and in that of a point what as many reports or more say to the contrary.

    Else a point of 5 reports would stand alone where 7 say the opposite.
    """
    by_line = {point.line: point for point in points}
    return [_beside_contrary(material, by_line.get(line.text), line) for line in lines]


def _beside_contrary(material: Material, point: RecurringPoint | None, line: Claim) -> Claim:
    pairs = contraries(material, point) if point and line.kind == "point" else []
    told = [
        f"{reports_in_words(reports)} {english.agree(reports, 'say')} "
        f"“{english.lower_first(contrary)}”"
        for contrary, reports in pairs
        if point and reports >= point.reports
    ]
    if not told:
        return line
    return replace(line, text=f"{line.text.removesuffix('.')}; but {english.listed(told)}.")


def differing(material: Material, points: Sequence[RecurringPoint], most: int) -> list[Claim]:
    """A box on where reports say the contrary of each other, and what to ask of it."""
    lines = tension_lines(material, points, most)
    return [*lines, statement(_WHY_DIFFERENT)] if lines else []


def contraries(material: Material, point: RecurringPoint) -> list[tuple[str, int]]:
    """Points that say the contrary of a point, with the reports that state them."""
    if material.points.empty:
        return []
    table = material.points.set_index("point_id")
    pairs = []
    for other in (other for other in point.tensions if other in table.index):
        row, stating = table.loc[other], material.stating.get(other)
        reports = 0 if stating is None else int(stating["doc_id"].nunique())
        if reports >= _least_reports(str(row["status"])):
            pairs.append((str(row["name"]).rstrip("."), reports))
    return pairs


def _point(
    row: pd.Series, material: Material, subject: Subject, needed: int = _POINT_REPORTS
) -> RecurringPoint | None:
    """The point with those of its findings that the subject holds; None where it holds too few."""
    stating = material.stating.get(str(row["point_id"]))
    if stating is None or not subject.finding_ids & set(stating["finding_id"]):
        return None
    reports = int(stating["doc_id"].nunique())
    is_wider = subject.kind == "priority" and subject.id not in row["priorities"]
    least = _least_reports(str(row["status"]), needed)
    # Most points fail here, and joining the tables is what takes time.
    if reports < least:
        return None
    own = subject.rows_of(stating["finding_id"])
    own_reports = int(own["doc_id"].nunique())
    # Two reports on this harm may state a wide point by chance, and their words then fit it badly.
    if own_reports < (_POINT_REPORTS if is_wider else min(least, _MIN_REPORTS)):
        return None
    own = own.merge(stating[["finding_id", "sureness", "basis"]], on="finding_id")
    return RecurringPoint(
        id=str(row["point_id"]),
        name=str(row["name"]),
        theme=str(row["theme"] or ""),
        reports=reports,
        of_reports=max(reports, int(row["of_documents"] or 0)),
        years=years_of(stating),
        rows=own,
        quotable=own[own["finding_id"].isin(list(row["quotes"] or ()))],
        tensions=tuple(row["tensions"] or ()),
        aside=f"; {english.number(own_reports)} of them on this harm" if is_wider else "",
        own_reports=own_reports,
        is_broad=str(row["point_id"]) in material.broad_points,
    )


def _least_reports(status: str, needed: int = _POINT_REPORTS) -> int:
    """Reports from which a point stands in a brief: any, once a person has approved it."""
    return 1 if status == "approved" else needed


def _rank(point: RecurringPoint, group: str) -> tuple[bool, bool, bool, int, int, str]:
    names_group = bool(group) and bool(
        point.rows["agencies"].map(lambda agencies: group in agencies).any()
    )
    # A point about more than the subject stands by how often it is stated of the subject.
    weight = -(point.own_reports if point.aside else point.reports)
    # The id decides at last, so that a brief is the same on every run.
    return not names_group, point.is_broad, bool(point.aside), weight, -point.reports, point.id


def years_of(rows: pd.DataFrame) -> str:
    """The years of the reports that findings are from, from the first to the last, in words."""
    return english.span([int(year) for year in rows["year"].dropna()])
