"""The horizon scan: what is new or growing in the most recent reports."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import TYPE_SHIFT
from lif_nlp.briefs.sections.claims import Quoter, questions, statement
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_SHOWN = 4
_LISTED = 12
_MIN_LOW = -0.12
"""Lower end of the likely range of a change (difference of shares) from which a theme is
watched; higher, and fewer themes are shown.  Chosen by judgement in November 2026, not tuned."""

_HEADINGS = (
    ("new", "New in recent reports", "No theme is new."),
    ("rising", "Rising", "No theme has risen by more than chance could explain."),
    ("watch", "To watch: more frequent, but not yet certain",
     "No other theme is clearly moving upwards."),
)  # fmt: skip


def horizon_scan(material: Material, subject: Subject, audience: Audience) -> Brief:
    """New, rising and watched themes, each with a recent quote and its counts."""
    table = material.tables["horizon"]
    quoter = Quoter(material, subject, audience.group)
    if table.empty:
        told = "The reports cover too few years to show what is new. Add more dated reports first."
        heading = "What these reports can show"
        sections: list[tuple[str, list[Claim]]] = [(heading, [statement(told)])]
    else:
        sections = [_basis(table)]
        for signal, heading, nothing in _HEADINGS:
            rows = table[table["signal"].eq(signal) & (table["change_low"] > _MIN_LOW)]
            sections.append((heading, _lines(material, rows, audience) or [statement(nothing)]))
        sections.append(("Questions to ask", questions(_QUESTIONS)))
    return assemble(("horizon", "Horizon scan"), quoter, audience, sections, [_table(table)])


_QUESTIONS = (
    "Which of these do we already see here, and who sees it first?",
    "What would we expect to hear next if this were growing here?",
    "Where does our good practice already address one of these?",
)


def _basis(table: pd.DataFrame) -> tuple[str, list[Claim]]:
    row = table.iloc[0]
    told = (
        f"The {english.number(int(row['recent_of_reports']))} reports from {row['recent_from']} "
        f"onwards are compared with {english.number(int(row['earlier_of_reports']))} earlier ones. "
        "A theme counts as rising only if the whole likely range of the change is above zero."
    )
    lines = [Claim("count", told)]
    if float(row["type_shift"]) >= TYPE_SHIFT:
        lines.append(
            statement(
                "The two periods hold different types of report, so a change may reflect who was "
                "looking, not practice."
            )
        )
    return "How this was compared", lines


def _lines(material: Material, rows: pd.DataFrame, audience: Audience) -> list[Claim]:
    lines: list[Claim] = []
    for _, row in rows.head(_SHOWN).iterrows():
        subject = subject_of(material, theme=str(row["theme_id"]))
        told = (
            f"{row['name']}: {row['recent_reports']} of {row['recent_of_reports']} recent reports, "
            f"{row['earlier_reports']} of {row['earlier_of_reports']} earlier ones."
        )
        lines.append(Claim("count", told, tuple(row["finding_ids"])))
        recent = subject.rows[subject.rows["finding_id"].isin(row["finding_ids"])]
        lines += Quoter(material, subject, audience.group).quotes(recent, 1)
    return lines


def _table(table: pd.DataFrame) -> Chart | None:
    shown = table[table["signal"].ne("steady") & (table["change_low"] > _MIN_LOW)].head(_LISTED)
    if shown.empty:
        return None
    rows = tuple(
        (row["name"], row["signal"], f"{row['recent_reports']} of {row['recent_of_reports']}",
         f"{row['earlier_reports']} of {row['earlier_of_reports']}",
         f"{_points(row['change_low'])} to {_points(row['change_high'])} points")
        for _, row in shown.iterrows()
    )  # fmt: skip
    columns = ("Theme", "Signal", "Recent", "Earlier", "Likely change")
    told = english.listed([f"{row[0]} ({row[1]})" for row in rows])
    return Chart("table", "Signals", columns, rows, f"Signals: {told}.")


def _points(change: float) -> str:
    """A change of share (-1..1) in percentage points, with its sign; never "-0"."""
    points = round(100 * change)
    return f"{points:+d}" if points else "0"
