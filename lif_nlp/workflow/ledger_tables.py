"""Tables of what became of recommendations: stored ones, life lines, ageing, case tracker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple
from typing import Any

import pandas as pd

from lif_nlp.errors import UnknownNameError
from lif_nlp.file_pages import has_pages
from lif_nlp.ledger.action_class import class_of
from lif_nlp.ledger.lifelines import ENDED, LedgerData, LifeLine, left_its_plan, life_lines
from lif_nlp.ledger.programme import programme_rows
from lif_nlp.ledger.trackers.dates import days_past
from lif_nlp.ledger_records import (
    NOTHING_RECORDED,
    Action,
    ActionAsk,
    Answer,
    Ask,
    Check,
    Element,
    FollowUp,
    Sent,
    Snapshot,
    State,
)
from lif_nlp.runtime.session import Session
from lif_nlp.schema import make_frame
from lif_nlp.store.ledger import TABLES
from lif_nlp.synthesis import repeated_recommendations
from lif_nlp.workflow.recommendation_reviews import with_reviews

_STORED: Mapping[str, type] = {
    table.removeprefix("ledger_"): kind
    for kind, table in TABLES.items()
    if kind not in (Ask, Element)
}
"""Tables that are shown as they are stored; `asks` gets the strength of its action as well, and
`elements` the requirements of which nobody has said anything."""

_NOT_OPEN = (*ENDED, NOTHING_RECORDED, "unreadable")


def ledger_table(session: Session, name: str) -> pd.DataFrame:
    """One of `LEDGER_TABLES`, with the columns of `schema`."""
    if name in _STORED:
        return make_frame(name, map(astuple, session.store.ledger.records(_STORED[name])))
    return _DRAWN[name](session)


def _asks(session: Session) -> pd.DataFrame:
    return make_frame(
        "asks",
        (
            (a.ask_id, a.doc_id, a.number, a.text, a.page, a.finding_id, a.addressees, a.scope,
             *class_of(a.text))
            for a in session.store.ledger.records(Ask)
        ),
    )  # fmt: skip


def _elements(session: Session) -> pd.DataFrame:
    """Every requirement of the framework, with its group and state where somebody gave them."""
    given = {element.requirement: element for element in session.store.ledger.records(Element)}
    rows = []
    for requirement in session.framework.requirements:
        element = given.get(requirement.id) or Element(requirement.id, "")
        rows.append((requirement.id, requirement.text, *astuple(element)[1:]))
    return make_frame("elements", rows)


def has_follow_up(session: Session) -> bool:
    """Whether the workspace holds a plan, or a document that follows a review up."""
    ledger = session.store.ledger
    return bool(ledger.records(Snapshot)) or any(f.to_doc for f in ledger.records(FollowUp))


def all_life_lines(session: Session) -> list[LifeLine]:
    """The life line of every recommendation in the workspace."""
    return life_lines(_data(session))


def _data(session: Session) -> LedgerData:
    """Everything that life lines and programmes are drawn from."""
    ledger = session.store.ledger
    documents = session.store.frame("documents")
    follow_ups = ledger.records(FollowUp)
    titles = dict(zip(documents["doc_id"], documents["title"], strict=True))
    dates = dict(zip(documents["doc_id"], documents["published"], strict=True))
    sources = dict(zip(documents["doc_id"], documents["source"], strict=True))
    # Responses and audits kept beside the reports are in no table of documents.
    titles |= {item.doc_id: item.title for item in follow_ups}
    sources |= {item.doc_id: item.source for item in follow_ups}
    dates |= {item.doc_id: item.published for item in follow_ups}
    return LedgerData(
        asks=ledger.records(Ask),
        follow_ups=follow_ups,
        answers=ledger.records(Answer),
        snapshots=ledger.records(Snapshot),
        actions=ledger.records(Action),
        action_asks=ledger.records(ActionAsk),
        states=ledger.records(State),
        checks=ledger.records(Check),
        titles=titles,
        dates=dates,
        again=_again(session),
        without_pages={doc_id for doc_id, source in sources.items() if not has_pages(source)},
    )


def life_line(session: Session, ask_id: str) -> LifeLine:
    """One recommendation's life line; raises UnknownNameError if there is none."""
    lines = {line.ask.ask_id: line for line in all_life_lines(session)}
    if ask_id not in lines:
        raise UnknownNameError("recommendation", ask_id, sorted(lines))
    return lines[ask_id]


def _again(session: Session) -> Mapping[str, tuple[tuple[str, str, str, int], ...]]:
    """Later recommendations of the same area that repeat an earlier one, by its finding."""
    with_decisions = with_reviews(session, session.store.frame("recommendations"))
    # What a person called no recommendation repeats none.
    recommendations = with_decisions[with_decisions["decision"].ne("wrong")].reset_index(drop=True)
    tables = {"documents": session.store.frame("documents"), "recommendations": recommendations}
    repeats = repeated_recommendations(tables, session.framework)
    repeats["same_as"] = repeats["finding_id"].map(
        dict(zip(recommendations["finding_id"], recommendations["same_as"], strict=True))
    )
    documents = session.store.frame("documents").set_index("doc_id")
    again: dict[str, list[tuple[str, str, str, int]]] = {}
    for row in repeats.to_dict("records"):
        # What a person says it repeats goes before what looks alike.
        earlier = str(row["same_as"] or row["repeat_of"])
        first = earlier.rpartition(":")[0]
        if first not in documents.index or row["doc_id"] not in documents.index:
            continue
        one, other = documents.loc[first], documents.loc[row["doc_id"]]
        if (
            # In another area the same recommendation says nothing of this partnership.
            one["area"]
            and one["area"] == other["area"]
            and str(other["published"]) > str(one["published"])
        ):
            page = int(row["page"]) if has_pages(str(other["source"])) else 0
            entry = str(other["title"]), str(other["published"]), str(row["text"]), page
            again.setdefault(earlier, []).append(entry)
    return {key: tuple(entries) for key, entries in again.items()}


def _life_lines(session: Session) -> pd.DataFrame:
    return make_frame(
        "life_lines",
        (
            (line.ask.ask_id, line.ask.number, s.name, s.recorded, s.date, s.words, s.source)
            for line in all_life_lines(session)
            for s in line.stages
        ),
    )


def _programme(session: Session) -> pd.DataFrame:
    return make_frame("programme", map(astuple, programme_rows(_data(session))))


def _ageing(session: Session) -> pd.DataFrame:
    ledger = session.store.ledger
    snapshots = {s.snapshot_id: s for s in ledger.records(Snapshot)}
    actions = {a.action_id: a for a in ledger.records(Action)}
    newest: dict[str, State] = {}
    for state in sorted(ledger.records(State), key=lambda s: snapshots[s.snapshot_id].order):
        # What an older version called late may have been done since.
        newest[state.action_id] = state
    gone = {snapshot.snapshot_id: left_its_plan(snapshot, snapshots.values())
            for snapshot in snapshots.values()}  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for state in newest.values():
        snapshot = snapshots[state.snapshot_id]
        if gone[state.snapshot_id] or state.status in _NOT_OPEN:
            continue
        days = days_past(state.due, snapshot.as_of)
        if days is not None:
            action = actions[state.action_id]
            rows.append((action.action_id, action.ref, action.text, action.owner_body, state.status,
                         state.due, days, snapshot.as_of))  # fmt: skip
    rows.sort(key=_oldest_first)
    return make_frame("ageing", rows)


def _oldest_first(row: tuple[Any, ...]) -> tuple[int, str]:
    return -row[6], row[0]


def _case_tracker(session: Session) -> pd.DataFrame:
    documents = session.store.frame("documents")
    findings = session.store.frame("findings")
    facts = session.store.frame("facts")
    asks = session.store.ledger.records(Ask)
    names = {theme.code: theme.name for theme in session.framework.themes}
    kinds: dict[object, str] = {kind.id: kind.name for kind in session.framework.review_types}
    of_incident = facts[facts["name"].str.contains("incident")]
    incidents = dict(zip(of_incident["doc_id"], of_incident["value"], strict=True))
    dispatches = session.store.ledger.records(Sent)
    rows = []
    doc_ids = dict.fromkeys(ask.doc_id for ask in asks)
    themes_of = dict(zip(findings["finding_id"], findings["themes"], strict=True))
    for doc_id in doc_ids:
        document = documents.set_index("doc_id").loc[doc_id]
        own = [ask for ask in asks if ask.doc_id == doc_id]
        themes = dict.fromkeys(
            names.get(code, code) for ask in own for code in themes_of.get(ask.finding_id, ())
        )
        strengths = findings[findings["doc_id"].eq(doc_id) & findings["role"].eq("strength")]
        about = [s for s in dispatches if document["title"] and str(document["title"]) in s.subject]
        rows.append((
            doc_id, "closed" if document["published"] else "open", incidents.get(doc_id, ""),
            document["area"], kinds.get(document["review_type"], document["review_type"]),
            document["published"], document["title"], "; ".join(themes),
            "; ".join(f"{ask.number} {ask.text}".strip() for ask in own), len(strengths),
            "; ".join(f"{s.subject}, {s.date}" for s in about),
        ))  # fmt: skip
    return make_frame("case_tracker", rows)


_DRAWN: Mapping[str, Callable[[Session], pd.DataFrame]] = {
    "asks": _asks,
    "elements": _elements,
    "life_lines": _life_lines,
    "programme": _programme,
    "ageing": _ageing,
    "case_tracker": _case_tracker,
}
LEDGER_TABLES = ("asks", *_STORED, "elements", "life_lines", "programme", "ageing", "case_tracker")
"""Names of the tables on what became of recommendations."""
