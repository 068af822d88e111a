"""Takes in what became of recommendations: trackers, responses, checks, logs.

Documents are read again from what is stored, so that a better rule reaches them; a sheet
that people keep is taken in once, each version in one transaction.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lif_nlp.errors import LifError, UnreadableError
from lif_nlp.framework.status import StatusLanguage, load_status_language
from lif_nlp.ledger.documents import kind_of
from lif_nlp.ledger.logs import log_records, names_elements
from lif_nlp.ledger.trackers.document_tables import line_grids, table_grids, tells_progress
from lif_nlp.ledger_records import Ask, Grid, Plan
from lif_nlp.records import Quarantined
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.text.months import is_iso_date
from lif_nlp.workflow.follow_documents import read_documents
from lif_nlp.workflow.follow_tracker import take_tracker
from lif_nlp.workflow.report_lookup import report_id_of
from lif_nlp.workflow.status_models import load_status_models

_log = logging.getLogger(__name__)

OWN_LANGUAGE = "status.toml"
"""A partnership's own words and colours, in the folder of the workspace."""


@dataclass
class FollowResult:
    """What `follow` took in, and what changed since the last time.

    Attributes
    ----------
    asks
        Number of recommendations in the workspace.
    changes
        One line for each file and change, to show.
    questions
        What a person should decide: conflicts, and links that were not clear.
    quarantined
        Files that could not be read, with reasons.
    """

    asks: int = 0
    changes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)


def follow(
    session: Session,
    sources: Iterable[str | Path],
    run: Run,
    *,
    review: str = "",
    columns: Path | None = None,
    as_of: str = "",
) -> FollowResult:
    """Take in files, and read again what the workspace's documents say.

    Parameters
    ----------
    session
        The open workspace.
    sources
        Trackers, responses, audits, yearly reports and logs; may be empty.
    run
        Receives the files' hashes and the counts.
    review
        Id of the review that the files follow up, where it is not clear from them.
    columns
        TOML file with the roles of a tracker's columns.
    as_of
        ISO date of a tracker's version, where the file does not say.

    Raises
    ------
    LifError
        For a review that is not in the workspace, or a date that is none.
    """
    from lif_nlp.ingest import find_sources

    review = review and report_id_of(session.store.frame("documents"), review)
    if columns and not columns.is_file():
        raise LifError(f"{columns}: no such file; name the TOML file of the tracker's columns")
    if as_of and not is_iso_date(as_of):
        raise LifError(f"'{as_of}' is not a date; write it as 2026-03-31")
    result = FollowResult()
    language = language_of(session)
    # Before the files too: a tracker finds its recommendations only among what was read.
    read_documents(session, language)
    paths, quarantined = find_sources(list(sources))
    result.quarantined += quarantined
    waiting: dict[Path, str] = {}
    for path in paths:
        try:
            plan_id = _take_file(session, path, run, language, result, review, columns, as_of)
        except UnreadableError as error:
            result.quarantined.append(Quarantined(str(path), error.reason))
        else:
            waiting |= {path: plan_id} if plan_id else {}
    _link_earlier(session, waiting, run, language, columns, as_of)
    # Once more, now with the answers and plans that were taken in.
    result.questions += read_documents(session, language)
    result.asks = len(session.store.ledger.records(Ask))
    run.results["follow"] = {"asks": result.asks, "changes": len(result.changes)}
    return result


def _link_earlier(
    session: Session,
    waiting: Mapping[Path, str],
    run: Run,
    language: StatusLanguage,
    columns: Path | None,
    as_of: str,
) -> None:
    """Link the steps of versions whose review only a later version of their plan has told.

    A step that the later version no longer holds would else never be linked.
    """
    reviews = {plan.plan_id: plan.to_doc for plan in session.store.ledger.records(Plan)}
    for path, plan_id in waiting.items():
        if review := reviews.get(plan_id):
            _take_file(session, path, run, language, FollowResult(), review, columns, as_of)


def language_of(session: Session) -> StatusLanguage:
    """The status language, with the workspace's own words if it has a file of them.

    Models read beside the rules, unless the settings ask for rules alone.
    """
    own = session.store.folder / OWN_LANGUAGE
    language = load_status_language(own if own.is_file() else None)
    if session.settings.rules_only:
        return language
    return replace(language, trained=load_status_models(session.encoder_name))


def _take_file(
    session: Session,
    path: Path,
    run: Run,
    language: StatusLanguage,
    result: FollowResult,
    review: str,
    columns: Path | None,
    as_of: str,
) -> str:
    """Take one file in; the id of its plan, if that is one of which the review is not known."""
    from lif_nlp.ingest.reader import read_content
    from lif_nlp.ingest.sheets.grids import read_grids

    content = read_content(path, session.settings.max_file_mb)
    run.inputs[str(path)] = hashlib.sha256(content).hexdigest()
    grids = read_grids(content, str(path))
    plan_grids = grids or _grids_of_text(session, path, content)
    name = re.sub(r"[_.-]+", " ", path.stem)
    if (path.suffix.lower() not in _SHEETS and _OF_YEAR.search(name)) or names_elements(grids):
        plan_grids = []  # its tables tell of a year or of requirements, not of a version of a plan
    if _OF_RESPONSE.search(name):
        # a table of answers has a column that says where partners stand, but no steps or dates
        plan_grids = [grid for grid in plan_grids if tells_progress(grid)]
    outcome = take_tracker(
        session, path, content, plan_grids, language, review=review, columns=columns, as_of=as_of
    )
    if outcome is not None:
        result.changes += outcome.changes
        result.questions += outcome.questions
        return "" if outcome.to_doc else outcome.plan_id
    if records := log_records(grids, path.name, as_of):
        session.store.ledger.save(records)
        result.changes.append(f"{path.name}: {len(records)} rows on what was sent, held or said")
        return ""
    if names_elements(grids):
        result.changes.append(f"{path.name}: no requirement has a group yet; name one in its row")
        return ""
    _take_document(session, path, result, review)
    return ""


def _grids_of_text(session: Session, path: Path, content: bytes) -> list[Grid]:
    """The plan that a page, a PDF file or a text holds as a table or list that tells progress."""
    from lif_nlp.ingest.encoding import decode
    from lif_nlp.ingest.reader import read

    suffix = path.suffix.lower()
    if suffix in (".txt", ".md") and (lists := line_grids(decode(content).splitlines())):
        return [grid for grid in lists if tells_progress(grid)]
    if suffix not in _WITH_TABLES:
        return []
    return [
        grid
        for item in read(path, framework=session.framework, settings=session.settings)
        if not isinstance(item, Quarantined) and kind_of(item) != "response"
        for grid in table_grids(item)
        if tells_progress(grid)
    ]


_OF_RESPONSE = re.compile(r"\b(?:response|reply|replies|answers?|statement|letter)\b", re.I)

_OF_YEAR = re.compile(r"\b(?:annual|yearly) report\b", re.IGNORECASE)

_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
"""Ends of names of sheets, which are read as such whatever they are called."""

_WITH_TABLES = (".html", ".htm", ".pdf", ".md", ".odt")
"""Ends of names of documents whose tables may be a plan."""


def _take_document(session: Session, path: Path, result: FollowResult, review: str) -> None:
    """Keep a response, audit or yearly report beside the reports, without findings of its own."""
    from lif_nlp.ingest.reader import read

    report_ids = set(session.store.frame("documents")["doc_id"])
    for item in read(path, framework=session.framework, settings=session.settings):
        if isinstance(item, Quarantined):
            result.quarantined.append(item)
            continue
        # A review may also answer to an earlier one; it is then a report already.
        if item.doc_id not in report_ids:
            session.store.ledger.save_document(item)
        # Kept as a person's decision, which outlives reading the document again.
        if review:
            session.store.ledger.decide_link("follow_up", item.doc_id, review, "yes", "", "")
        result.changes.append(f"{path.name}: read")
