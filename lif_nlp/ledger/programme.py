"""A programme of action: each recommendation with who is to do what by when, as recorded.

Rows stand in the order of the reviews and of their recommendations, never by agency or by what is
late.  What no source says stays empty: it may have been done all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lif_nlp.ledger.action_class import class_of
from lif_nlp.ledger.lifelines import LedgerData, LifeLine, left_its_plan, life_lines
from lif_nlp.ledger_records import Action, Snapshot, State


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A recommendation and one of its steps; the fields of a step are empty where none is linked.

    `action_class` and `class_words` tell how strong the step asked for is by its words: a prompt
    for a talk.  `due` is the last live date, `status` what the newest version with the step says,
    `as_of` the date of that version, `absent_from` that of the newest version of the same plan
    where it lacks the step; `position` and `verdict` are those of the life line.
    """

    ask_id: str
    doc_id: str
    number: str
    page: int
    finding_id: str
    addressees: str
    action_class: str
    class_words: str
    position: str
    action_id: str
    action: str
    owner_body: str
    due: str
    status: str
    as_of: str
    verdict: str
    absent_from: str


def programme_rows(data: LedgerData) -> list[ProgrammeRow]:
    """The programme of all recommendations, a row for each of their steps."""
    snapshots = {snapshot.snapshot_id: snapshot for snapshot in data.snapshots}
    actions = {action.action_id: action for action in data.actions}
    newest: dict[str, State] = {}
    for state in sorted(data.states, key=lambda state: snapshots[state.snapshot_id].order):
        newest[state.action_id] = state
    steps: dict[str, list[Action]] = {}
    for link in data.action_asks:
        # A link in doubt waits for a person and is not shown as a fact.
        if not link.conflict and link.action_id in actions:
            steps.setdefault(link.ask_id, []).append(actions[link.action_id])
    return [
        row
        for line in life_lines(data)
        for row in _rows(line, steps.get(line.ask.ask_id, ()), newest, snapshots)
    ]


def _rows(
    line: LifeLine,
    actions: Sequence[Action],
    newest: Mapping[str, State],
    snapshots: Mapping[str, Snapshot],
) -> list[ProgrammeRow]:
    ask = line.ask
    effect = line.stage("effect")
    position = "; ".join(line.positions)
    verdict = effect.words if effect.recorded else ""
    rows = []
    for action in actions or (None,):
        state = newest.get(action.action_id) if action else None
        last = snapshots[state.snapshot_id] if state else None
        rows.append(
            ProgrammeRow(
                ask.ask_id, ask.doc_id, ask.number, ask.page, ask.finding_id, ask.addressees,
                *class_of(ask.text),
                position,
                action.action_id if action else "",
                action.text if action else "",
                action.owner_body if action else "",
                state.due if state else "",
                state.status if state else "",
                last.as_of if last else "",
                verdict,
                left_its_plan(last, snapshots.values()) if last else "",
            )
        )  # fmt: skip
    return rows
