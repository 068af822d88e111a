"""Store's frames -> tables -> Brief -> files; no brief is written with a wrong quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from lif_nlp import briefs, synthesis
from lif_nlp.atomic_write import write_atomically
from lif_nlp.briefs.kinds import Kind
from lif_nlp.config import Branding
from lif_nlp.errors import ConfigError, UnknownNameError
from lif_nlp.framework.model import Framework
from lif_nlp.records import Brief
from lif_nlp.synthesis.frames import Frames
from lif_nlp.workflow.material_cache import MaterialCache

T = TypeVar("T")

_DEFAULT_BRANDING = Branding()


@dataclass(frozen=True, slots=True)
class Written:
    """A brief's file, and the ids of the documents whose words stand in it."""

    path: Path
    doc_ids: tuple[str, ...]


def make_brief(
    *,
    frames: Frames | MaterialCache,
    framework: Framework,
    text_of: Callable[[str], str],
    kind: str = "seven-minute",
    theme: str = "",
    priority: str = "",
    report: str = "",
    audience: str = "",
    formats: Sequence[str] = ("html",),
    out: Path,
    branding: Branding = _DEFAULT_BRANDING,
    run_id: str = "",
    created: str = "",
    courses: Path | None = None,
) -> list[Written]:
    """One brief in each format, written to `out` under the subject's ids.

    `theme`, `priority` or `report` (one of them) names the subject; where a kind
    needs one and none is given, a brief is made for every priority; a kind on the
    whole workspace has no other subject.  `created` is an ISO date, today when
    empty.  `courses` is a CSV with the columns title and themes, for the training
    pack.  `frames` may be `MaterialCache` already, by a caller who makes several briefs.
    Every quote is compared with `text_of` first.
    Raises UnknownNameError for a name that is not there, with the names that are;
    QuoteError, and writes nothing, when a quote differs from its stored source.
    """
    chosen = known("kind of brief", kind, briefs.KINDS)
    for name in formats:
        known("format", name, briefs.FORMATS)
    reader = briefs.audience_of(framework, audience)
    stored = frames if isinstance(frames, MaterialCache) else MaterialCache(frames, framework)
    material = stored.material(chosen, created=created, run_id=run_id)
    if courses:
        needs = synthesis.training_needs(stored.frames, framework, courses=read_courses(courses))
        material = replace(material, tables={**material.tables, "training": needs})
    wanted = _subjects(chosen, framework, theme=theme, priority=priority, report=report)
    rendered: list[tuple[Written, bytes]] = []
    for names in wanted:
        subject = briefs.subject_of(material, **names)
        brief = chosen.compose(material, subject, reader)
        briefs.verify(brief, text_of)
        style = briefs.resolve_branding(brief, framework, branding, subject.accent)
        name = file_name(brief, reader.id)
        shown = _documents(brief, material, whole=bool(chosen.page))
        if chosen.page:
            page = chosen.page(material, brief, style)
            rendered.append((Written(out / f"{name}.html", shown), page))
            continue
        for form in formats:
            content = briefs.FORMATS[form](brief, style)
            rendered.append((Written(out / f"{name}.{form}", shown), content))
    for written, content in rendered:
        write_atomically(written.path, content)
    return [written for written, _ in rendered]


def _documents(brief: Brief, material: briefs.Material, *, whole: bool) -> tuple[str, ...]:
    """Ids of the documents whose words stand in a brief; all of them in a page of everything."""
    shown = material.reports["doc_id"] if whole else [e.doc_id for e in brief.evidence()]
    return tuple(sorted({str(doc_id) for doc_id in shown}))


def _subjects(kind: Kind, framework: Framework, **given: str) -> list[dict[str, str]]:
    """What to make briefs about; a kind on the whole workspace has no other subject."""
    named = {what: name for what, name in given.items() if name}
    if kind.subject == "all":
        return [{}]
    if named or kind.subject == "any":
        return [named]
    return [{"priority": priority.id} for priority in framework.priorities]


def read_courses(path: Path) -> pd.DataFrame:
    """The partnership's courses: `title` and `themes` (ids or names joined by ;).

    Raises ConfigError when the file is not such a table.
    """
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: not a CSV file that can be read; correct it") from error
    missing = [name for name in ("title", "themes") if name not in table.columns]
    if missing:
        raise ConfigError(
            f"{path}: the column {' and '.join(missing)} is missing among "
            f"{', '.join(map(str, table.columns))}; add it and run again"
        )
    return table


def file_name(brief: Brief, audience: str = "") -> str:
    """Name for a brief's file from its ids; words of a report never stand in it.

    >>> file_name(Brief("seven-minute-theme-early_help", "seven-minute", "", "", ()), "gp")
    'seven-minute-theme-early_help-gp'
    """
    parts = [brief.brief_id, audience]
    return "-".join(re.sub(r"[^A-Za-z0-9_-]+", "-", part).strip("-") for part in parts if part)


def known(what: str, name: str, table: Mapping[str, T]) -> T:
    """The entry of a table, or UnknownNameError with the names allowed."""
    if name not in table:
        raise UnknownNameError(what, name, list(table))
    return table[name]
