"""The training pack: who needs to learn what, objectives, and how to see that it worked."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.session import examples
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import FORM, assemble, follow_up
from lif_nlp.briefs.sections.claims import Quoter, action, count, questions, statement
from lif_nlp.briefs.sections.discussion_questions import discussion_questions
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_SHOWN = 12
_OBJECTIVES = 5
_GROUPS = 2
"""Groups that the table shows for a theme, so that one group does not fill it."""

_SURVEY = (
    "What did you do differently in the last eight weeks because of this session?",
    "For which child or family did it make a difference, and how do you know?",
    "What got in your way, and who could change that?",
    "Has your manager seen the change? What did they see?",
)


def training(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Training needs of a theme or of all themes, traced to the findings behind them."""
    needs = _needs(material, subject, audience)
    quoter = Quoter(material, subject, audience.group)
    themes = list(dict.fromkeys(str(theme) for theme in needs["theme_id"]))[:_OBJECTIVES]
    return assemble(
        ("training", "Training pack"),
        quoter,
        audience,
        [
            ("Who needs to learn what", _overview(needs)),
            ("Needs with no course", _gaps(needs)),
            ("Objectives", _objectives(material, needs, themes)),
            ("What the reports say", _words(material, quoter, themes)),
            ("Practise with a scenario", _practice(material, subject, themes)),
            ("Ask before and after the session", _before_and_after(material, subject, themes)),
            ("Ask again after six to eight weeks", questions(_SURVEY)),
            ("Follow up", [action(follow_up(material.created)), FORM]),
        ],
        [_table(needs)],
    )


def _needs(material: Material, subject: Subject, audience: Audience) -> pd.DataFrame:
    """Rows of the training table that concern the subject and the group.

    A pack on everything keeps to the framework's themes, which have objectives.
    """
    table = material.tables["training"]
    if subject.kind == "all":
        codes = [theme.code for theme in material.framework.themes]
        table = table[table["theme_id"].isin(codes)]
    if audience.group:
        table = table[table["group"].eq(audience.group)]
    if subject.kind == "theme":
        return table[table["theme_id"].eq(subject.id)]
    if subject.kind == "all":
        return table
    own = set(subject.rows["finding_id"])
    return table[table["finding_ids"].map(lambda found: bool(own & set(found)))]


def _overview(needs: pd.DataFrame) -> list[Claim]:
    if needs.empty:
        return [statement("These reports show no problems that point to a training need.")]
    named = needs[needs["basis"].eq("named")]
    themes, groups = needs["theme_id"].nunique(), needs["group"].nunique()
    lead = (
        f"There are training needs on {english.some(themes, 'theme')} for "
        f"{english.some(groups, 'professional group')}. For {english.number(len(named))} of "
        f"{english.some(len(needs), 'combination')} of theme and group, the reports name the "
        "group; for the rest, the framework says which groups the theme most concerns."
    )
    return [Claim("count", lead, _behind(needs))]


def _gaps(needs: pd.DataFrame) -> list[Claim]:
    if needs.empty or not needs["courses"].map(bool).any():
        return [statement("No course list was provided, so needs were not compared with courses.")]
    open_ = needs[~needs["courses"].map(bool)]
    names = list(dict.fromkeys(str(name) for name in open_["theme"]))
    if not names:
        return [statement("Every one of these training needs is covered by a course.")]
    told = f"No course covers {english.listed([english.lower_first(n) for n in names[:8]], 'or')}."
    return [Claim("count", told, _behind(open_))]


def _objectives(material: Material, needs: pd.DataFrame, themes: list[str]) -> list[Claim]:
    known = {theme.code: theme for theme in material.framework.themes}
    lines = []
    for theme in (known[code] for code in themes if code in known):
        own = needs[needs["theme_id"].eq(theme.code)]
        groups = list(dict.fromkeys(english.lower_first(str(name)) for name in own["name"]))[:3]
        told = (
            f"{theme.name}: for {english.listed(groups)}. Start: {theme.start} Stop: {theme.stop}"
        )
        lines.append(Claim("statement", told, _behind(own)))
    return lines


def _words(material: Material, quoter: Quoter, themes: list[str]) -> list[Claim]:
    """One quote on a problem of each theme."""
    lines: list[Claim] = []
    for theme in themes:
        own = quoter.for_subject(subject_of(material, theme=theme))
        rows = own.subject.rows[own.subject.rows["role"].eq("problem")]
        lines += own.quotes(rows, 1)
        quoter.identifying += own.identifying
    return lines


def _practice(material: Material, subject: Subject, themes: list[str]) -> list[Claim]:
    chosen = subject if subject.kind != "all" or not themes else subject_of(
        material, theme=themes[0]
    )  # fmt: skip
    told = examples(material, chosen)[:2]
    lines = [statement(f"An invented situation: {text}") for text in told]
    return [*lines, *questions(material.framework.prompts[:3])]


def _before_and_after(material: Material, subject: Subject, themes: list[str]) -> list[Claim]:
    lines = [
        statement("Ask for the same ratings before and after, from 1 (not at all) to 5 (fully)."),
        *questions(
            [
                "I know what a child in this situation needs from someone in my role.",
                "I know who to call, and what I may share.",
                "I could explain how I would escalate a concern that was not acted on.",
            ]
        ),
    ]
    chosen = subject if subject.kind != "all" or not themes else subject_of(
        material, theme=themes[0]
    )  # fmt: skip
    return [*lines, count("Then discuss:"), *questions(discussion_questions(material, chosen)[:2])]


def _table(needs: pd.DataFrame) -> Chart | None:
    if needs.empty:
        return None
    listed = needs["courses"].map(bool).any()
    rows = tuple(
        (row["theme"], f"{row['name']}{_source(row['basis'])}", row["reports"], row["problems"],
         row["strengths"], *(["; ".join(row["courses"]) or "none"] if listed else []))
        for _, row in needs.groupby("theme_id", sort=False).head(_GROUPS).head(_SHOWN).iterrows()
    )  # fmt: skip
    columns = ("Theme", "Group", "Reports", "Problems", "Strengths", "Course")[: 6 if listed else 5]
    return Chart("table", "Training needs", columns, rows, "Training needs by theme and group.")


def _source(basis: object) -> str:
    return "" if basis == "named" else " (from the framework)"


def _behind(needs: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted({one for found in needs["finding_ids"] for one in found}))
