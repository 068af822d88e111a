"""Tables of the store -> Brief -> files; no brief is written with a wrong quote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from lif_nlp import briefs, synthesis
from lif_nlp.atomic_write import write_even_if_open
from lif_nlp.briefs.kinds import Kind
from lif_nlp.briefs.quoting.in_report import Standing, VectorsOf
from lif_nlp.briefs.request import BriefRequest
from lif_nlp.config import Branding
from lif_nlp.errors import ConfigError, EmptyBriefError, LifError
from lif_nlp.framework.model import Framework
from lif_nlp.local_card import Card, card_faults
from lif_nlp.names import known_id
from lif_nlp.records import Brief, Section
from lif_nlp.synthesis.frames import frame_or_empty
from lif_nlp.workflow.material_cache import MaterialCache
from lif_nlp.workflow.report_lookup import report_id_of
from lif_nlp.workflow.theme_lookup import theme_id_of

T = TypeVar("T")

_DEFAULT_BRANDING = Branding()
_NO_CARD = Card()
_READ_IT = "read the report itself, or make a brief on a theme that several reports name"


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A brief's file, the ids of the documents that it quotes, and how many quotes it has."""

    path: Path
    doc_ids: tuple[str, ...]
    quotes: int = 0


def make_brief(
    request: BriefRequest,
    *,
    cache: MaterialCache,
    text_of: Callable[[str], str],
    vectors_of: VectorsOf | None = None,
    encoder: str = "",
    branding: Branding = _DEFAULT_BRANDING,
    card: Card = _NO_CARD,
    run_id: str = "",
    created: str = "",
) -> list[BriefFile]:
    """Write a brief in each format, named after the subject's ids.

    Nothing is written before every brief has been composed and every quote checked.

    Parameters
    ----------
    request
        What to write and where; see `BriefRequest`.  Without `out` it is the current folder.
    cache
        The store's tables and the framework.
    text_of
        Gives the stored text of a document by id, for the check of the quotes.
    vectors_of, encoder
        Gives stored vectors of sentences, and the name of what made them; without them the
        choice of quotes on one report reads words and places alone.
    branding
        Name, logo, colour, contact and Word template of the partnership.
    card
        Numbers, links and courses of the partnership.
    run_id
        Id of the run, printed in the brief.
    created
        ISO date printed in the brief; today when empty.

    Returns
    -------
    list[BriefFile]
        One for each subject and format.

    Raises
    ------
    UnknownNameError
        For a name that does not exist, with the names that do.
    LifError
        For more than one subject, or one where the kind covers the whole workspace.
    EmptyBriefError
        When no finding is on the subject, or reports give too few boxes anything to show and no
        theme or priority was named, with what to do instead.  Of several subjects, those are
        left out.
    ConfigError
        When the card names a priority or theme that does not exist.
    QuoteError
        When a quote differs from its stored source.
    """
    kind = look_up("kind of brief", request.kind, briefs.brief_kinds())
    _check_subject(request, kind)
    writers = {name: look_up("format", name, briefs.brief_writers()) for name in request.formats}
    if not writers:
        raise LifError(f"no format was given; choose one of: {', '.join(briefs.brief_writers())}")
    framework = cache.framework
    if faults := card_faults(card, framework):
        raise ConfigError(f"lif.toml: {faults[0]}")
    audience = briefs.audience_of(framework, request.audience)
    name = request.partnership or branding.partnership
    material = cache.material(
        kind, created=created, run_id=run_id, partnership=name, briefs_folder=card.briefs
    )
    branding = branding.model_copy(update={"partnership": material.partnership})
    if request.courses:
        courses = read_courses(request.courses)
        needs = synthesis.training_needs(cache.frames, framework, courses=courses)
        material = replace(material, tables={**material.tables, "training": needs})
    # Names as typed become ids before anything is composed, so that a typing error costs nothing.
    request = _with_ids(request, cache)
    if request.report:
        material = replace(material, text_of=text_of, standing=Standing(vectors_of, encoder))
    folder = request.out or Path()
    contents: list[tuple[BriefFile, bytes]] = []
    empty: list[EmptyBriefError] = []
    for names in _subjects(request, kind, framework):
        subject = briefs.subject_of(material, **names)
        brief = kind.compose(material, subject, audience)
        boxes = sum(map(_has_content, brief.sections))
        # Who names a theme or priority wants what little there is on it; nobody chose the others.
        is_chosen = bool(request.subject) and subject.kind != "report" and len(subject.rows) > 0
        instead = _READ_IT if subject.kind == "report" else kind.instead
        if boxes < kind.fewest_boxes and not is_chosen:
            empty.append(EmptyBriefError(brief.brief_id, instead, boxes))
            continue
        briefs.verify(brief, text_of)
        brief = replace(brief, card=_card_lines(card, subject, kind, branding.contact))
        style = briefs.resolve_branding(brief, framework, branding, subject.accent, card.reports)
        doc_ids, quotes = _documents(brief, material, kind), len(brief.evidence())
        # A kind with a page of its own, such as the explorer, has no other format.
        if kind.page:
            pages = {"html": kind.page(material, brief, style)}
        else:
            pages = {form: write(brief, style) for form, write in writers.items()}
        name = file_name(brief, audience.id)
        for form, content in pages.items():
            contents.append((BriefFile(folder / f"{name}.{form}", doc_ids, quotes), content))
    # Of several subjects those with too little are left out; only if none remains is it an error.
    if empty and not contents:
        raise empty[0]
    # Written last and together: if one quote is wrong, there is no file in any format.
    return [
        replace(file, path=write_even_if_open(file.path, content)) for file, content in contents
    ]


def _check_subject(request: BriefRequest, kind: Kind) -> None:
    """Raise LifError for two subjects, or for one where the kind covers everything."""
    subjects = [f"{name} '{value}'" for name, value in request.subject.items()]
    if len(subjects) > 1:
        raise LifError(
            f"a brief is about one thing, and {' and '.join(subjects)} were given; leave one out"
        )
    if subjects and kind.subject == "all":
        raise LifError(
            f"the kind '{kind.id}' covers all reports of the workspace; leave out {subjects[0]}, "
            "or choose another kind"
        )


def _with_ids(request: BriefRequest, cache: MaterialCache) -> BriefRequest:
    """The request with the IDs of its subject and audience, however the user spelt them."""
    framework = cache.framework
    if request.theme:
        themes = frame_or_empty(cache.frames, "themes", ("theme_id", "name", "status"))
        theme_id = theme_id_of(themes, framework, request.theme, in_use=True)
        request = replace(request, theme=theme_id)
    if request.priority:
        priorities = {priority.id: priority.name for priority in framework.priorities}
        request = replace(request, priority=known_id("priority", request.priority, priorities))
    if request.report:
        columns = ("doc_id", "title", "source", "status")
        documents = frame_or_empty(cache.frames, "documents", columns)
        request = replace(request, report=report_id_of(documents, request.report))
    return request


def _has_content(section: Section) -> bool:
    """Whether a box shows what reports say: a point, a quote, or a question that rests on them."""
    return any(
        claim.kind in ("point", "quote")
        or (claim.kind in ("question", "action") and bool(claim.finding_ids))
        for claim in section.claims
    )


def _card_lines(
    card: Card, subject: briefs.Subject, kind: Kind, contact: str
) -> tuple[tuple[str, str, str], ...]:
    """Lines of the local card for a brief of this kind on its subject."""
    about = [] if subject.kind == "all" else [subject.priority or subject.id]
    lines = card.lines(*filter(None, about), contact=contact, is_short=kind.has_short_card)
    return tuple((line.name, line.text, line.address) for line in lines)


def _documents(brief: Brief, material: briefs.Material, kind: Kind) -> tuple[str, ...]:
    """Ids of the documents that a brief quotes; a page of its own shows all of them."""
    doc_ids = material.reports["doc_id"] if kind.page else [e.doc_id for e in brief.evidence()]
    return tuple(sorted({str(doc_id) for doc_id in doc_ids}))


def _subjects(request: BriefRequest, kind: Kind, framework: Framework) -> list[dict[str, str]]:
    """What to write briefs about, as arguments of `subject_of`."""
    if kind.subject == "all":
        return [{}]
    if request.subject or kind.subject == "any":
        return [request.subject]
    return [{"priority": priority.id} for priority in framework.priorities]


def read_courses(path: Path) -> pd.DataFrame:
    """The partnership's courses: `title` and `themes` (ids or names joined by ;).

    Raises
    ------
    ConfigError
        When the file cannot be read as CSV or lacks one of the columns.
    """
    try:
        # Excel begins its CSV files with a byte order mark, which would become part of "title".
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read as a CSV file; correct it") from error
    missing = [name for name in ("title", "themes") if name not in table.columns]
    if missing:
        raise ConfigError(
            f"{path}: missing columns: {', '.join(missing)} (it has: "
            f"{', '.join(map(str, table.columns))}); add them and run again"
        )
    return table


def file_name(brief: Brief, audience: str = "") -> str:
    """Name for a brief's file, made of ids; it never holds words of a report.

    >>> file_name(Brief("seven-minute-theme-early_help", "seven-minute", "", "", ()), "gp")
    'seven-minute-theme-early_help-gp'
    """
    return briefs.file_stem(brief.brief_id, audience)


_PROGRAMS = MappingProxyType({
    "word": "docx", "doc": "docx", "powerpoint": "pptx", "ppt": "pptx", "excel": "xlsx",
    "web": "html", "htm": "html", "markdown": "md", "acrobat": "pdf",
})  # fmt: skip
"""The format that people mean by a program's name."""


def look_up(what: str, name: str, table: Mapping[str, T]) -> T:
    """The entry of a table, in any spelling; UnknownNameError with the names allowed."""
    return table[known_id(what, name, list(table), synonyms=_PROGRAMS)]
