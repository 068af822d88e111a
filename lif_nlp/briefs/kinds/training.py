"""The training pack: who needs to learn what, objectives, and how to see that it worked."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.audiences import Audience, naming
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import FORM, assemble, follow_up
from lif_nlp.briefs.sections.claims import Quoter, action, count, ids_behind, questions, statement
from lif_nlp.briefs.sections.discussion_questions import discussion_questions
from lif_nlp.briefs.sections.messages import OF_MEANS
from lif_nlp.briefs.sections.quiz import quiz, sheet
from lif_nlp.briefs.sections.recurring_points import shares_word
from lif_nlp.briefs.sections.safe_end import HEADING, safe_end
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.framework.brief_texts import Scenario
from lif_nlp.framework.model import PracticeTheme
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.stats import wilson_interval
from lif_nlp.text import english

_SHOWN = 12
"""Rows of the table of needs, about a page. Chosen by judgement, as are all figures here."""

_OBJECTIVES = 5
"""Themes that become objectives; one course has no room for more."""

_FEWEST = 4
"""Problems and strengths of a group from which it is named first: three say little of anybody."""

_GROUPS = 2
"""Groups that the table shows for a theme, so that one group does not fill it."""

_CLEARLY_MORE = 1.5
"""Problems for each strength from which a need is shown: 26 and 26 are no need of training."""

_GOOD = ", something that worked"
"""What is said of a quote of a strength, which stands where no problem can be quoted."""

_OF_OTHERS = ", from other services"
"""What is said of a quote that names other services than the group which is to learn."""

_LEAD = 3
"""Themes named in the first line."""

_TURN = 4
"""The kind's place among those that share quotes (`Quoter`)."""


def training(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Training needs of a theme or of all themes, traced to the findings behind them."""
    needs = _needs(material, subject, audience)
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    shown = _shown(needs)
    taught = shown[~shown["theme_id"].isin(OF_MEANS)]
    themes = list(dict.fromkeys(str(theme) for theme in taught["theme_id"]))[:_OBJECTIVES]
    form = material.framework.session.form
    words = _words(quoter, shown, themes)
    story = _story(material, subject, audience, _learners(material, shown, themes))
    quiz_questions, answers = quiz(quoter, themes)
    session = [
        ("Before and after", 2 * _FORM_MINUTES, _before_and_after(material)),
        ("What the reports say", 10, [*words, *_to_talk_about(material, subject, themes)]),
        ("Practise with a story", 30, _practice(material, story)),
        (HEADING, 5, safe_end(material.framework.session, story) if story else []),
        ("A short quiz", 10, sheet(quiz_questions)),
        ("For the trainer: answers to the quiz", 5, answers),
    ]
    minutes = sum(number for _, number, lines in session if lines)
    parts = [(f"{heading} ({number} minutes)", lines) for heading, number, lines in session]
    *first, last = parts
    brief = assemble(
        ("training", "Training pack"),
        quoter,
        audience,
        [
            (
                "Who needs to learn what",
                [
                    *_overview(material, needs[needs["theme_id"].isin(themes)]),
                    *_not_taught(shown),
                    statement(_takes(minutes)),
                ],
            ),
            ("Needs with no course", _gaps(material, needs)),
            ("Objectives", _objectives(material, shown, themes)),
            *first,
            ("Ask again after six to eight weeks", questions(form.later_questions)),
            ("Follow up", [action(follow_up(material.created)), FORM]),
            last,
        ],
        [_table(shown)],
    )
    # The other pages go to everyone, who would read the answers beside the questions.
    kept = [replace(part, has_own_page=True) for part in brief.sections if part.heading == last[0]]
    return replace(brief, sections=(*brief.sections[: len(brief.sections) - len(kept)], *kept))


_NOT_OF_COURSES = re.compile(
    r"(?i)\b(?:waiting (?:times?|lists?)|wait(?:s|ed)? \w+|(?<!before )(?<!at )\d+ weeks|"
    r"vacanc\w+|caseloads?|funding|commission\w*|budgets?|shortages?|"
    r"(?<!mental )(?<!parenting )capacity(?! to\b))\b"
)
"""Words of a sentence that tells of means, which people in a room cannot learn."""

_FEWEST_OF_GROUP = 3
"""Reports from which a group is named for an objective; of two anybody may be named by chance."""


def _not_taught(shown: pd.DataFrame) -> list[Claim]:
    """What the table lists and no session can change, and who can."""
    rows = shown[shown["theme_id"].isin(OF_MEANS)].drop_duplicates("theme_id")
    if rows.empty:
        return []
    names = english.listed([english.lower_first(str(name)) for name in rows["theme"]])
    line = f"No course makes up for trouble with {names}: take that to those who can change it."
    return [Claim("count", line, ids_behind(rows))]


_FORM_MINUTES = 3
"""Minutes to fill in the form, once before and once after."""


def _takes(minutes: int) -> str:
    """How long the session takes, for whoever plans it."""
    return f"The session below takes about {minutes} minutes, with the form before and after."


def _needs(material: Material, subject: Subject, audience: Audience) -> pd.DataFrame:
    """Rows of the training table that concern the subject and the group, greatest need first.

    A pack on everything keeps to the framework's themes, which have objectives.  Need is the
    lower end of the likely range of the share of problems among problems and strengths: where
    strengths prevail, or little is said, it is low.
    """
    table = material.tables["training"]
    if subject.kind == "all":
        codes = [theme.code for theme in material.framework.themes]
        table = table[table["theme_id"].isin(codes)]
    elif subject.kind == "theme":
        table = table[table["theme_id"].eq(subject.id)]
    else:
        own = set(subject.rows["finding_id"])
        about = table["finding_ids"].map(lambda found: bool(own & set(found))).astype(bool)
        table = table[about]
    if audience.group:
        table = table[table["group"].eq(audience.group)]
    need = [
        wilson_interval(int(bad), int(bad) + int(good))[0]
        for bad, good in zip(table["problems"], table["strengths"], strict=True)
    ]
    result = table.assign(need=need, is_named=table["basis"].eq("named"))
    order = ["is_named", "need", "reports", "theme_id", "group"]
    result = result.sort_values(order, ascending=[False, False, False, True, True])
    # Only where no theme has more problems than strengths are the others listed.
    prevails = result["problems"] >= _CLEARLY_MORE * result["strengths"]
    # A small workspace shows all that it has.
    return result[prevails] if prevails.sum() >= _OBJECTIVES else result


def _overview(material: Material, needs: pd.DataFrame) -> list[Claim]:
    if needs.empty:
        return [statement("These reports show no problems that point to a training need.")]
    known = {theme.code: theme for theme in material.framework.themes}
    theirs = [
        code in known and bool(_are_theirs(needs.iloc[[at]], known[code]).iloc[0])
        for at, code in enumerate(needs["theme_id"].astype(str))
    ]
    is_theirs = pd.Series(theirs, index=needs.index, dtype=bool)
    first = needs[needs["problems"].add(needs["strengths"]).ge(_FEWEST) & is_theirs]
    first = first.groupby("theme_id", sort=False).head(1).head(_LEAD)
    if first.empty:
        return [statement("Too few problems and strengths were found to say who needs what most.")]
    needs_in_words = [
        f"{english.lower_first(str(row['theme']))} for {english.lower_first(str(row['name']))} "
        f"({english.in_figures(int(row['problems']), 'problem')}, "
        f"{english.in_figures(int(row['strengths']), 'strength')})"
        for _, row in first.iterrows()
    ]
    lead = f"Where problems most outweigh strengths: {english.listed(needs_in_words)}."
    return [Claim("count", lead, ids_behind(first))]


def _gaps(material: Material, needs: pd.DataFrame) -> list[Claim]:
    """Themes without a course; no lines where no list of courses was given."""
    if needs.empty or not material.tables["training"]["courses"].map(bool).any():
        return []
    open_ = needs[~needs["courses"].map(bool)]
    names = list(dict.fromkeys(str(name) for name in open_["theme"]))
    if not names:
        return [statement("Every one of these training needs is covered by a course.")]
    line = f"No course covers {english.listed([english.lower_first(n) for n in names[:8]], 'or')}."
    return [Claim("count", line, ids_behind(open_))]


def _objectives(material: Material, shown: pd.DataFrame, themes: list[str]) -> list[Claim]:
    """Each theme with the groups that the table shows for it, what to start and what to stop."""
    theme_of = {theme.code: theme for theme in material.framework.themes}
    lines = []
    for theme in (theme_of[code] for code in themes if code in theme_of):
        own = shown[shown["theme_id"].eq(theme.code)]
        named = own[_are_theirs(own, theme)]
        groups = list(dict.fromkeys(english.lower_first(str(name)) for name in named["name"]))
        whom = english.listed(groups) or "every service"
        lines.append(Claim("statement", f"{theme.name}: for {whom}.", ids_behind(own)))
        lines += [action(f"Start: {theme.start}"), action(f"Stop: {theme.stop}")]
    return lines


def _are_theirs(rows: pd.DataFrame, theme: PracticeTheme) -> pd.Series:
    """Which rows are of a group that the framework names for the theme, in enough reports.

    A group is not taught another's work.
    """
    does = rows["group"].isin(theme.groups) | ("all" in theme.groups) | (not theme.groups)
    return does & rows["reports"].ge(_FEWEST_OF_GROUP)


def _words(quoter: Quoter, shown: pd.DataFrame, themes: list[str]) -> list[Claim]:
    """One quote on each theme, of the pack's own subject: a problem, else a strength.

    One that names a group of the theme's own objective goes first: it is for them.
    """
    lines: list[Claim] = []
    untold: list[str] = []
    known = {theme.code: theme for theme in quoter.material.framework.themes}
    for theme in themes:
        own = quoter.for_subject(subject_of(quoter.material, theme=theme))
        of_theme = shown[shown["theme_id"].eq(theme)]
        theirs = of_theme[_are_theirs(of_theme, known[theme])] if theme in known else of_theme
        groups = dict.fromkeys(theirs["group"].astype(str))
        for rows, says in ((own.subject.problems, ""), (own.subject.strengths, _GOOD)):
            about = rows[rows["finding_id"].isin(quoter.subject.finding_ids)]
            of_means = about["text"].map(lambda text: bool(_NOT_OF_COURSES.search(str(text))))
            about = about[~of_means.astype(bool)]
            named = pd.concat([about.iloc[:0], *(naming(about, group) for group in groups)])
            ours = own.quotes(named.drop_duplicates("finding_id"), 1)
            # "Young carers" are near to care leavers by their words alone.
            name = own.subject.name
            fits = [shares_word(name, str(text)) for text in about["text"]]
            ours = ours or own.quotes(about[pd.Series(fits, index=about.index, dtype=bool)], 1)
            if quotes := ours or own.quotes(about, 1):
                row = about[about["finding_id"].isin(quotes[0].finding_ids)].iloc[0]
                named_others = bool(row["agencies"]) and not {*row["agencies"]} & {*groups}
                is_of_others = bool(groups) and named_others
                whose = _OF_OTHERS if is_of_others else ""
                lead = f"On {english.lower_first(own.subject.name)}{says}{whose}:"
                lines += [count(lead, about), *quotes]
                break
        else:
            untold.append(english.lower_first(own.subject.name))
        quoter.identifying += own.identifying
    if lines and untold:
        # Else readers look for what an objective promises.
        none = f"No sentence of a report can be shown on {english.listed(untold, 'or')}."
        lines.append(
            statement(f"{none} Ask the group for a day on which it went well or was hard.")
        )
    if lines:
        return lines
    # Few findings may be on no objective at all; a pack without any words of reports is none.
    rows = quoter.subject.rows[quoter.subject.rows["role"].isin(["problem", "strength"])]
    quotes = quoter.quotes(rows, 1)
    return [count("On other subjects:", rows), *quotes] if quotes else []


def _learners(material: Material, shown: pd.DataFrame, themes: list[str]) -> dict[str, set[str]]:
    """The audience groups that the objective on each theme is for, greatest need first."""
    known = {theme.code: theme for theme in material.framework.themes}
    result = dict[str, set[str]]()
    for code in themes:
        own = shown[shown["theme_id"].eq(code)]
        named = own[_are_theirs(own, known[code])] if code in known else own
        groups = (material.framework.audience_group(str(group)) for group in named["group"])
        result[code] = {group.id for group in groups if group}
    return result


def _story(
    material: Material, subject: Subject, audience: Audience, learners: dict[str, set[str]]
) -> Scenario | None:
    """A story through the readers' eyes where there is one, else through those who are to learn.

    A pack on no priority takes it from its own theme, else from the first of its needs with a story
    of one of the `learners` of that need, by theme; else from its greatest need.
    """
    framework = material.framework
    own = [] if subject.priority else [subject.theme, *learners]
    first = framework.scenarios_on(subject.priority, audience.id, own)
    others = () if subject.theme or subject.priority else tuple(
        story for code in learners for story in framework.scenarios_on("", audience.id, [code])
    )  # fmt: skip
    whom = set[str]().union(*learners.values())
    for story in () if audience.group else (*others, *first):
        if story.audience in learners.get(story.theme, whom):
            return story
    return first[0] if first else None


def _practice(material: Material, story: Scenario | None) -> list[Claim]:
    """The story in three acts; each asks before the next is read."""
    if story is None:
        return []
    lines = [statement(material.framework.session.fiction), statement(story.byline)]
    for act in story.acts:
        # Not as numbered questions: each act would begin again with 1.
        lines += [statement(f"{act.time}: {act.text}"), action(f"Ask: {act.question}")]
    return [*lines, *([action(f"At the end: {story.closing}")] if story.closing else [])]


def _before_and_after(material: Material) -> list[Claim]:
    """What people rate before and after the session, and what they are asked at its end."""
    form = material.framework.session.form
    levels = "; ".join(f"{at} {level}" for at, level in enumerate(form.levels, start=1))
    return [
        statement(f"Rate each line before and after, in the same way: {levels}."),
        *(action(item) for item in form.items),
        *([count("At the end, ask too:")] if form.after_questions else []),
        *questions(form.after_questions),
    ]


def _to_talk_about(material: Material, subject: Subject, themes: list[str]) -> list[Claim]:
    """Two questions on what the reports say, of the pack's subject or its greatest need."""
    own_subject = subject if subject.kind != "all" or not themes else subject_of(
        material, theme=themes[0]
    )  # fmt: skip
    asked = questions(discussion_questions(material, own_subject)[:2])
    return [count("Talk about:"), *asked] if asked else []


def _shown(needs: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table: the greatest needs, a few groups of each theme."""
    return needs.groupby("theme_id", sort=False).head(_GROUPS).head(_SHOWN)


def _table(shown: pd.DataFrame) -> Chart | None:
    if shown.empty:
        return None
    has_courses = shown["courses"].map(bool).any()
    rows = tuple(
        (row["theme"], f"{row['name']}{_source(row['basis'])}", row["reports"], row["problems"],
         row["strengths"], *(["; ".join(row["courses"]) or "none"] if has_courses else []))
        for _, row in shown.iterrows()
    )  # fmt: skip
    columns = ("Theme", "Group", "Reports", "Problems", "Strengths", "Course")[
        : 6 if has_courses else 5
    ]
    return Chart("table", "Training needs", columns, rows, "Training needs by theme and group.")


def _source(basis: object) -> str:
    return "" if basis == "named" else " (from the framework)"
