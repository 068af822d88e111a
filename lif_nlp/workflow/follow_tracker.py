"""Takes in one saved version of a tracker, whole or not at all, and tells what changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lif_nlp.atomic_write import write_atomically
from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.bodies import bodies_in
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.trackers.columns import find_header, load_columns, mapping_toml
from lif_nlp.ledger.trackers.rows import TrackerFile, read_tracker
from lif_nlp.ledger.trackers.versions import (
    SAME_PLAN_SHARE,
    Versioned,
    follow_rows,
    link_actions,
    same_plan,
)
from lif_nlp.ledger_records import Action, ActionAsk, Ask, Grid, Plan, Snapshot, State
from lif_nlp.runtime.session import Session
from lif_nlp.text.english import some
from lif_nlp.text.months import MONTH_NUMBERS
from lif_nlp.workflow.follow_documents import encoded_by, stored_linker

_OF_VERSIONS = frozenset(MONTH_NUMBERS) | {
    "version", "final", "draft", "copy", "tracker", "action", "actions", "plan", "update",
    "updated",
}  # fmt: skip
"""Words of a file's name that tell its versions apart."""

COLUMN_FOLDER = "trackers"
"""Folder of the workspace that keeps how the columns of each plan are understood."""


@dataclass
class TrackerResult:
    """What a version of a plan brought: lines to show, and questions for a person.

    `plan_id` is the plan, and `to_doc` the review it follows up, empty where that is not known.
    """

    changes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    plan_id: str = ""
    to_doc: str = ""


def take_tracker(
    session: Session,
    path: Path,
    content: bytes,
    grids: Sequence[Grid],
    language: StatusLanguage,
    *,
    review: str = "",
    columns: Path | None = None,
    as_of: str = "",
) -> TrackerResult | None:
    """Store one version of a plan; None for a file that is no tracker.

    All its rows are stored in one transaction.  A file whose bytes are known already changes
    nothing, unless its review was not known when it was stored.
    """
    ledger = session.store.ledger
    tracker = read_tracker(grids, str(path), language, own=load_columns(columns), as_of=as_of)
    if tracker is None:
        return None
    digest = hashlib.sha256(content).hexdigest()
    snapshots = ledger.records(Snapshot)
    earlier = next((snapshot for snapshot in snapshots if snapshot.file_hash == digest), None)
    # A version already here is read again only to say which review its plan follows.
    if earlier is not None and not review and _is_linked(session, earlier):
        return TrackerResult([f"{path.name}: this version is here already"])
    to_doc = review or _review_of(session, tracker, grids, path)
    plan = _plan_of(session, tracker, path, to_doc)
    own = session.store.folder / COLUMN_FOLDER / f"{plan.plan_id}.toml"
    # People may have mended the columns since the first version; only then is it known which plan
    # this is.
    if columns is None and own.is_file():
        tracker = (
            read_tracker(grids, str(path), language, own=load_columns(own), as_of=as_of) or tracker
        )
    plan_actions = [a for a in ledger.records(Action) if a.plan_id == plan.plan_id]
    versioned = follow_rows(plan.plan_id, plan_actions, tracker.rows)
    snapshot = Snapshot(
        snapshot_id="v-" + digest[:12],
        plan_id=plan.plan_id,
        source=str(path),
        file_hash=digest,
        as_of=tracker.as_of,
        as_of_source=tracker.as_of_source,
        # Versions of one date are told apart by the order in which they came.
        position=earlier.position if earlier else len(snapshots),
    )
    asks = [ask for ask in ledger.records(Ask) if ask.doc_id == plan.to_doc]
    links = _links(session, versioned, asks)
    # An action that an earlier version linked stays linked.
    linked_ids = {link.action_id for link in (*ledger.records(ActionAsk), *links)}
    before = _last_states(session, plan, snapshot)
    states = [_state(item, snapshot) for item in versioned]
    ledger.save([plan, snapshot, *_actions(plan_actions, versioned, snapshot), *links, *states])
    _keep_columns(own, grids, tracker)
    result = _report(path, tracker, plan, versioned, before, links, linked_ids, own)
    return replace(result, plan_id=plan.plan_id, to_doc=plan.to_doc)


def _is_linked(session: Session, stored: Snapshot) -> bool:
    """Whether it is known which review the plan of a stored version follows up."""
    plans = session.store.ledger.records(Plan)
    return any(plan.plan_id == stored.plan_id and plan.to_doc for plan in plans)


def _review_of(session: Session, tracker: TrackerFile, grids: Sequence[Grid], path: Path) -> str:
    """The review that a tracker follows up, by all that stands in its cells and around them."""
    cells = (c.text for grid in grids for row in grid.rows for c in row if c.text)
    around = (f"{grid.name} {grid.around}" for grid in grids)
    link = stored_linker(session).link(
        " ".join(dict.fromkeys([*around, *cells])),
        title=tracker.title,
        source=path.name,
        area="",
        published=tracker.as_of,
    )
    return link.doc_id if link else ""


def _file_words(source: str) -> frozenset[str]:
    """Words of a file's name without dates and versions, by which its next version is known."""
    # A workspace may have been filled on Windows and be read here.
    stem = Path(source.replace("\\", "/")).stem.lower()
    return frozenset(re.findall(r"[a-z]{3,}", stem)) - _OF_VERSIONS


def _plan_of(session: Session, tracker: TrackerFile, path: Path, to_doc: str) -> Plan:
    """The plan of which this is the next version, or a new one."""
    plans = session.store.ledger.records(Plan)
    actions = session.store.ledger.records(Action)
    shares = {
        plan.plan_id: same_plan([a for a in actions if a.plan_id == plan.plan_id], tracker.rows)
        for plan in plans
        # Plans of other reviews may use the very same wording.
        if not (plan.to_doc and to_doc and plan.to_doc != to_doc)
    }
    name = _file_words(str(path))
    for snapshot in session.store.ledger.records(Snapshot):
        if name and snapshot.plan_id in shares and _file_words(snapshot.source) == name:
            # the same file saved again may have hardly a row as it was
            shares[snapshot.plan_id] += SAME_PLAN_SHARE
    best = max(sorted(shares), key=lambda plan_id: shares[plan_id], default="")
    if best and shares[best] >= SAME_PLAN_SHARE:
        plan = next(plan for plan in plans if plan.plan_id == best)
        return plan if plan.to_doc or not to_doc else replace(plan, to_doc=to_doc)
    title = tracker.title or path.stem
    # Made of words, so that the same first version gives the same plan in every workspace.
    key = f"{to_doc}|{title}|{path.stem}"
    return Plan("pl-" + hashlib.sha256(key.encode()).hexdigest()[:12], title, to_doc)


def _links(
    session: Session, versioned: Sequence[Versioned], asks: Sequence[Ask]
) -> list[ActionAsk]:
    if not asks:
        return []
    decisions = session.store.ledger.link_decisions("action_ask")
    links = link_actions(versioned, AskMatcher(asks, encoded_by(session)))
    result = []
    for link in links:
        decision = decisions.get((link.action_id, link.ask_id))
        if decision == "yes":
            result.append(replace(link, link_by="person", score=1.0, conflict=""))
        elif decision != "no":
            result.append(link)
    return result


def _last_states(session: Session, plan: Plan, snapshot: Snapshot) -> dict[str, str]:
    """The status of each action in the version before."""
    versions = sorted(
        (s for s in session.store.ledger.records(Snapshot) if s.plan_id == plan.plan_id),
        key=lambda s: s.order,
    )
    earlier = [v for v in versions if v.order < snapshot.order]
    if not earlier:
        return {}
    last = earlier[-1].snapshot_id
    return {
        s.action_id: s.status for s in session.store.ledger.records(State) if s.snapshot_id == last
    }


def _state(item: Versioned, snapshot: Snapshot) -> State:
    row = item.row
    return State(
        action_id=item.action_id,
        snapshot_id=snapshot.snapshot_id,
        status=row.status,
        raw=row.raw,
        colour=row.colour,
        due=row.due,
        due_raw=row.due_raw,
        done=row.done,
        progress=row.progress,
        evidence=row.evidence,
        impact=row.impact,
        escalation=row.escalation,
        cell=f"{row.sheet}!{row.cell}" + (" (hidden)" if row.hidden else ""),
        conflict=row.conflict,
    )


def _actions(
    known: Iterable[Action], versioned: Sequence[Versioned], snapshot: Snapshot
) -> list[Action]:
    """The actions of this version; an older version does not overwrite later words."""
    by_id = {action.action_id: action for action in known}
    results = []
    for item in versioned:
        row, old = item.row, by_id.get(item.action_id)
        current = Action(
            item.action_id, snapshot.plan_id, row.ref, row.text, bodies_in(row.owner),
            snapshot.as_of, snapshot.as_of,
        )  # fmt: skip
        if old is not None:
            first = min(old.first_seen or current.first_seen, current.first_seen or old.first_seen)
            newer = current if current.last_seen >= old.last_seen else old
            current = replace(
                newer, first_seen=first, last_seen=max(old.last_seen, current.last_seen)
            )
        results.append(current)
    return results


def _keep_columns(own: Path, grids: Sequence[Grid], tracker: TrackerFile) -> None:
    """Keep the guess beside the workspace, once, for people to mend."""
    if own.is_file():
        return
    grid = next(grid for grid in grids if grid.name in tracker.columns)
    header = find_header(grid)
    if header is not None:
        own.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(
            own, mapping_toml(grid, header, tracker.columns[grid.name]).encode("utf-8")
        )


def _report(
    path: Path,
    tracker: TrackerFile,
    plan: Plan,
    versioned: Sequence[Versioned],
    before: dict[str, str],
    links: Sequence[ActionAsk],
    linked: set[str],
    own: Path,
) -> TrackerResult:
    result = TrackerResult()
    date = tracker.as_of or "a date that the file does not give"
    result.changes.append(f"{path.name}: {len(versioned)} actions of '{plan.name}' at {date}")
    if not before:
        result.changes.append(f"  columns as understood: {own} (change it there, or keep it)")
    if not tracker.colour_readable:
        result.changes.append("  colour is not readable in this type of file; its words are")
    for item in versioned:
        ref = item.row.ref or item.row.text[:40]
        old = before.get(item.action_id, "")
        if item.change in ("renumbered", "merged", "split", "reworded"):
            result.changes.append(f"  {ref}: {item.change}, before {' and '.join(item.before)}")
        if old and old != item.row.status:
            result.changes.append(f"  {ref}: {old} -> {item.row.status}")
        elif before and not old:
            result.changes.append(f"  {ref}: new in this version ({item.row.status})")
        if item.row.conflict:
            result.questions.append(f"{path.name} {ref}: {item.row.conflict}")
        if item.change == "reworded":
            result.questions.append(f"{path.name} {ref}: are these other words the same action?")
    missing = len(set(before) - {item.action_id for item in versioned})
    if missing:
        result.changes.append(f"  {some(missing, 'earlier action')} not in this version")
    if not plan.to_doc:
        result.questions.append(
            f"{path.name}: which review does it follow up? say so with: lif follow FILE --review ID"
        )
    unlinked = [i for i in versioned if i.action_id not in linked]
    if plan.to_doc and unlinked:
        refs = ", ".join(i.row.ref or i.row.text[:30] for i in unlinked)
        result.questions.append(f"{path.name}: no recommendation found for {refs}")
    result.questions += [
        f"{path.name} {link.action_id}: {link.conflict}" for link in links if link.conflict
    ]
    return result
