"""A framework as a page for people: priorities, themes and readers, with their ids."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lif_nlp.framework.model import Framework


def framework_html(framework: Framework) -> str:
    """The framework as HTML: what the partnership put first, and the ids to ask for."""
    parts = [
        _list("Priorities", ((p.id, p.name, p.definition) for p in framework.priorities)),
        _list("Practice themes", ((t.code, t.name, t.definition) for t in framework.themes)),
        _list("Agencies and groups", ((a.id, a.name, "") for a in framework.agencies)),
    ]
    heading = f"{framework.partnership}: {framework.name} {framework.version}".strip()
    return f"<p><strong>{escape(heading)}</strong></p>{''.join(parts)}"


def _list(title: str, entries: Iterable[tuple[str, str, str]]) -> str:
    items = [
        f"<li><code>{escape(id)}</code> {escape(name)}"
        + (f": <small>{escape(text)}</small>" if text else "")
        + "</li>"
        for id, name, text in entries
    ]
    return (
        f"<details><summary>{escape(title)} ({len(items)})</summary><ul>{''.join(items)}</ul>"
        "</details>"
    )
