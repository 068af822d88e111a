"""What people need to learn: themes by professional group, traced to findings and courses."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.frames import Frames, empty, linked, theme_names

TRAINING = (
    "theme_id", "theme", "group", "name", "basis", "problems", "strengths", "reports",
    "finding_ids", "courses",
)  # fmt: skip


def training_needs(
    frames: Frames, framework: Framework, *, courses: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Themes that need training, per professional group, most reports first.

    Columns: `TRAINING`.  A finding counts for a group that it names (`basis`
    "named"); where it names none, for the groups that the framework holds most
    concerned (`basis` "framework").  Only themes with at least one problem have
    rows; `finding_ids` are those problems.  `courses` (columns `title` and
    `themes`, theme codes or names joined by `;`) fills the column of that name;
    a need with no course has an empty tuple.
    """
    rows = linked(frames)
    rows = rows[rows["role"].isin(["strength", "problem"])]
    if rows.empty:
        return empty(TRAINING)
    concerned = {theme.code: theme.groups for theme in framework.themes}
    named = rows["agencies"].map(bool)
    usual = rows["theme_id"].map(lambda theme: concerned.get(theme, ()))
    rows = rows.assign(
        basis=named.map({True: "named", False: "framework"}),
        group=rows["agencies"].where(named, usual),
    ).explode("group")
    groups = {agency.id: agency.name for agency in framework.agencies}
    rows = rows[rows["group"].isin(list(groups))]
    offered = _offered(courses, theme_names(frames))
    titles = dict(theme_names(frames)[["theme_id", "name"]].to_numpy())
    out = []
    for (theme, group, basis), part in rows.groupby(["theme_id", "group", "basis"], sort=True):
        bad = part[part["role"].eq("problem")]
        if len(bad) and theme in titles:
            out.append(
                (theme, titles[str(theme)], group, groups[str(group)], basis, len(bad),
                 len(part) - len(bad), bad["doc_id"].nunique(), tuple(sorted(bad["finding_id"])),
                 offered.get(str(theme), ()))
            )  # fmt: skip
    table = pd.DataFrame(out, columns=list(TRAINING))
    order = ["basis", "reports", "problems", "theme_id", "group"]
    return table.sort_values(order, ascending=[False, False, False, True, True]).reset_index(
        drop=True
    )


def _offered(courses: pd.DataFrame | None, themes: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Titles of courses by theme id; a course may name a theme by its id or its name."""
    if courses is None or courses.empty:
        return {}
    ids = {str(name).casefold(): str(key) for key, name in themes[["theme_id", "name"]].to_numpy()}
    ids |= {key: key for key in ids.values()}
    found: dict[str, list[str]] = {}
    for title, names in courses[["title", "themes"]].fillna("").to_numpy():
        for name in str(names).split(";"):
            key = ids.get(name.strip()) or ids.get(name.strip().casefold())
            if key:
                found.setdefault(key, []).append(str(title))
    return {key: tuple(titles) for key, titles in found.items()}
