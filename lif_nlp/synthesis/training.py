"""Training needs by theme and professional group, traced to findings and courses."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import make_frame
from lif_nlp.synthesis.frames import Frames, active_themes, findings_by_theme


def training_needs(
    frames: Frames, framework: Framework, *, courses: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Themes with problems, by professional group, most reports first.

    Parameters
    ----------
    frames, framework
        As for every table.
    courses
        Columns `title` and `themes` (theme IDs or names joined by ";"); fills the column
        `courses`, which is otherwise empty.

    Returns
    -------
    pandas.DataFrame
        Table "training" of `schema`.  A finding counts for the groups it names (`basis`
        "named"); if it names none, for the groups that the framework lists for the theme
        (`basis` "framework").  `finding_ids` are the problems.
    """
    rows = findings_by_theme(frames)
    rows = rows[rows["role"].isin(["strength", "problem"])]
    if rows.empty:
        return make_frame("training")
    usual_groups = {theme.code: theme.groups for theme in framework.themes}
    has_agency = rows["agencies"].map(bool)
    usual = rows["theme_id"].map(lambda theme_id: usual_groups.get(theme_id, ()))
    rows = rows.assign(
        basis=has_agency.map({True: "named", False: "framework"}),
        # A finding that names nobody goes to those whom its theme usually concerns.
        group=rows["agencies"].where(has_agency, usual),
    ).explode("group")
    group_names = {agency.id: agency.name for agency in framework.agencies}
    rows = rows[rows["group"].isin(list(group_names))]
    themes = active_themes(frames)
    theme_names = dict(themes[["theme_id", "name"]].to_numpy())
    courses_by_theme = _courses_by_theme(courses, themes)
    out = []
    for key, findings in rows.groupby(["theme_id", "group", "basis"], sort=True):
        theme_id, group, basis = (str(part) for part in key)
        problems = findings[findings["role"].eq("problem")]
        # Strengths alone make no need.
        if len(problems) and theme_id in theme_names:
            out.append(
                (
                    theme_id,
                    theme_names[theme_id],
                    group,
                    group_names[group],
                    basis,
                    len(problems),
                    len(findings) - len(problems),
                    problems["doc_id"].nunique(),
                    tuple(sorted(problems["finding_id"])),
                    courses_by_theme.get(theme_id, ()),
                )
            )
    order = ["basis", "reports", "problems", "theme_id", "group"]
    return (
        make_frame("training", out)
        .sort_values(order, ascending=[False, False, False, True, True])
        .reset_index(drop=True)
    )


def _courses_by_theme(
    courses: pd.DataFrame | None, themes: pd.DataFrame
) -> dict[str, tuple[str, ...]]:
    """Titles of courses by theme ID; a course may name a theme by its ID or its name."""
    if courses is None or courses.empty:
        return {}
    ids = {str(name).casefold(): str(key) for key, name in themes[["theme_id", "name"]].to_numpy()}
    ids |= {key: key for key in ids.values()}
    titles: dict[str, list[str]] = {}
    for title, names in courses[["title", "themes"]].fillna("").to_numpy():
        for name in str(names).split(";"):
            theme_id = ids.get(name.strip()) or ids.get(name.strip().casefold())
            if theme_id:
                titles.setdefault(theme_id, []).append(str(title))
    return {theme_id: tuple(of_theme) for theme_id, of_theme in titles.items()}
