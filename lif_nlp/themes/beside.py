"""Themes sought anew beside those that a person shaped: the same theme is not found twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lif_nlp.records import Assignment
from lif_nlp.themes.discovery.emergent import Found, members_of


def apart(sought: Found, shaped: Found) -> Found:
    """`sought` without the themes that `shaped` holds already; their findings go there.

    A theme is held already when its id is, or when more than half of its findings lie in
    one shaped theme of the same kind and parent.
    """
    held = _twins(sought, shaped)
    return replace(
        sought,
        themes=tuple(t for t in sought.themes if t.theme_id not in held),
        assignments=tuple(_moved(a, held) for a in sought.assignments),
    )


def _twins(sought: Found, shaped: Found) -> dict[str, str]:
    """The shaped theme that a sought one is, by the id of the sought one."""
    lines = {t.theme_id: (t.kind, t.parent) for t in shaped.themes}
    home: dict[str, list[str]] = {}
    for a in shaped.assignments:
        home.setdefault(a.finding_id, []).append(a.theme_id)
    members = members_of(sought.assignments)
    twins = {}
    for theme in sought.themes:
        mine = sorted(members.get(theme.theme_id, ()))
        met: Counter[str] = Counter(
            place
            for finding_id in mine
            for place in home.get(finding_id, ())
            if lines.get(place) == (theme.kind, theme.parent)
        )
        nearest, shared = max(met.items(), key=lambda item: item[1], default=("", 0))
        if theme.theme_id in lines:
            twins[theme.theme_id] = theme.theme_id
        elif 2 * shared > len(mine):
            twins[theme.theme_id] = nearest
    return twins


def _moved(a: Assignment, twins: dict[str, str]) -> Assignment:
    return replace(a, theme_id=twins.get(a.theme_id, a.theme_id))
