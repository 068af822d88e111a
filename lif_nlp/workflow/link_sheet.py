"""The sheet "Links" of the review workbook: what was linked to which recommendation.

People confirm a link, refuse it, or name another recommendation.  Their decisions are kept
apart from what is read, so that they outlive reading again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lif_nlp.ledger_records import Action, ActionAsk, Answer, Ask, Check
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.workbook import SHEETS, Row

KINDS = ("answer", "action_ask", "check")
"""Kinds of link that the sheet shows; `lif follow --review` sets which review a file follows up."""


def link_sheet(session: Session) -> pd.DataFrame:
    """What the sheet shows: each link with both sides, those in conflict and the unsure first."""
    asks = {ask.ask_id: ask for ask in session.store.ledger.records(Ask)}
    rows = [
        (f"{kind}|{from_id}|{ask_id}", kind.replace("action_ask", "action"), text,
         _words(asks.get(ask_id)), link_by, score, conflict)
        for kind, from_id, ask_id, text, link_by, score, conflict in _links(session)
    ]  # fmt: skip
    rows.sort(key=_unsure_first)
    return pd.DataFrame(rows, columns=list(SHEETS["Links"]))


def _unsure_first(row: tuple[Any, ...]) -> tuple[bool, float, str]:
    return not row[6], row[5], row[0]


def _words(ask: Ask | None) -> str:
    return f"{ask.number} {ask.text}".strip() if ask else ""


def _links(session: Session) -> Iterator[tuple[str, str, str, str, str, float, str]]:
    ledger = session.store.ledger
    for a in ledger.records(Answer):
        yield "answer", a.answer_id, a.ask_id, a.quote, a.link_by, a.score, a.conflict
    texts = {a.action_id: f"{a.ref} {a.text}".strip() for a in ledger.records(Action)}
    for link in ledger.records(ActionAsk):
        text, by = texts.get(link.action_id, ""), link.link_by
        yield "action_ask", link.action_id, link.ask_id, text, by, link.score, link.conflict
    for c in ledger.records(Check):
        yield "check", c.check_id, c.ask_id, c.quote, c.link_by, c.score, ""


def take_links(session: Session, rows: Sequence[Row], provenance: Mapping[str, Any]) -> list[str]:
    """Record what the rows decide; returns a sentence for each that cannot be taken.

    A decision that is in force already is not recorded again.
    """
    faults: list[str] = []
    asks = session.store.ledger.records(Ask)
    reviews = {ask.ask_id: ask.doc_id for ask in asks}
    for row in rows:
        kind, _, rest = row["link_id"].partition("|")
        from_id, _, ask_id = rest.partition("|")
        other = _ask_named(row["link_to"], reviews.get(ask_id, ""), asks)
        if row["fault"] or kind not in KINDS or (row["link_to"] and not other):
            why = row["fault"] or f"there is no recommendation '{row['link_to']}'"
            faults.append(f"sheet 'Links', row {row['row']}: {why}")
            continue
        decision = {"right": "yes", "wrong": "no"}.get(row["decision"].lower(), "")
        # Who names another refuses the one that was linked, or it would come back at the next
        # reading.
        if other and other != ask_id:
            _decide(session, kind, (from_id, ask_id), "no", provenance)
            _decide(session, kind, (from_id, other), "yes", provenance)
        elif decision:
            _decide(session, kind, (from_id, ask_id), decision, provenance)
    return faults


def _ask_named(name: str, doc_id: str, asks: Sequence[Ask]) -> str:
    """The recommendation with this ID, or with this number in the same review."""
    if not name:
        return ""
    return next(
        (a.ask_id for a in asks if a.ask_id == name or (a.number == name and a.doc_id == doc_id)),
        "",
    )


def _decide(
    session: Session,
    kind: str,
    link: tuple[str, str],
    decision: str,
    provenance: Mapping[str, Any],
) -> None:
    ledger = session.store.ledger
    if ledger.link_decisions(kind).get(link) == decision:
        return
    ledger.decide_link(kind, *link, decision, provenance["author"], provenance["at"])
    # Links of actions are stored with their version and not made again, so they change at once.
    if kind == "action_ask":
        ledger.set_action_link(*link, holds=decision == "yes")
