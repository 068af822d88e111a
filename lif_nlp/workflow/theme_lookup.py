"""Themes as people see them: found by ID or current name, shown or hidden, with current names."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lif_nlp.errors import UnknownNameError
from lif_nlp.framework.model import Framework
from lif_nlp.names import fold_name
from lif_nlp.themes import MIN_STABILITY


def theme_id_of(
    themes: pd.DataFrame, framework: Framework, name_or_id: str, *, in_use: bool = False
) -> str:
    """ID of the theme with this ID or name, in any case.

    Parameters
    ----------
    themes
        The table "themes".
    framework
        Its practice themes are known too, by code and by the name the framework gives
        them; a name in use goes before it.
    name_or_id
        What the user wrote.
    in_use
        Refuse a theme that people rejected.

    Raises
    ------
    UnknownNameError
        With the names of the themes that are in use.
    """
    theme_id = _theme_id(themes, framework, name_or_id)
    rejected_ids = set(themes.loc[themes["status"].eq("rejected"), "theme_id"])
    if not theme_id or (in_use and theme_id in rejected_ids):
        in_force = themes[themes["status"].ne("rejected")]
        names = dict(zip(in_force["theme_id"], in_force["name"], strict=True))
        # Before themes are built the framework's own can be named.
        names = names or {theme.code: theme.name for theme in framework.themes}
        raise UnknownNameError("theme", name_or_id, names, see="lif themes")
    return theme_id


def _theme_id(themes: pd.DataFrame, framework: Framework, name_or_id: str) -> str:
    ids = [*themes["theme_id"], *(theme.code for theme in framework.themes)]
    if name_or_id in ids:
        return name_or_id
    by_name = {fold_name(theme.name): theme.code for theme in framework.themes}
    # rejected themes first, so that one in use takes a name from them
    by_use = themes.sort_values("status", key=lambda status: status.ne("rejected"), kind="stable")
    names = by_use["name"].map(fold_name)
    by_name |= dict(zip(names, by_use["theme_id"], strict=True))
    # An id in another spelling, such as "voice of child", goes before a name.
    by_name |= {fold_name(theme_id): theme_id for theme_id in ids}
    return str(by_name.get(fold_name(name_or_id), ""))


def select_shown(themes: pd.DataFrame) -> pd.DataFrame:
    """The themes to show: stable or approved by a person, and not rejected."""
    stable = themes["stability"].ge(MIN_STABILITY) & themes["status"].ne("rejected")
    return themes[stable | themes["status"].eq("approved")].reset_index(drop=True)


def select_shared(themes: pd.DataFrame) -> pd.DataFrame:
    """The themes to show that reports share, in most reports first.

    Without two reports that share one, all that the reports speak of.
    """
    shown = select_shown(themes).sort_values(
        ["documents", "findings", "theme_id"], ascending=[False, False, True]
    )
    shared = shown[shown["documents"].ge(2)]
    return (shown[shown["documents"].ge(1)] if shared.empty else shared).reset_index(drop=True)


def with_current_names(framework: Framework, themes: pd.DataFrame) -> Framework:
    """The framework with the names that people gave to its themes, for all that is shown."""
    names = dict(zip(themes["theme_id"], themes["name"], strict=True))
    return replace(
        framework,
        themes=tuple(
            replace(theme, name=str(names.get(theme.code, theme.name)))
            for theme in framework.themes
        ),
    )
