"""The life line of a recommendation: what is recorded at each stage, and what is not.

A stage without a record is hollow, and says in which sources and up to which date nothing is
recorded.  Stages stand in order of time and claim no cause: done is as claimed, checked is
what a check saw, found again is what a later review says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from lif_nlp.ledger.trackers.dates import is_later
from lif_nlp.ledger_records import (
    NO_SOURCE,
    NOTHING_RECORDED,
    POSITION_WORDS,
    TURN_WORDS,
    Action,
    ActionAsk,
    Answer,
    Ask,
    Check,
    FollowUp,
    Snapshot,
    State,
)

Record = TypeVar("Record")

DONE = ("done", "verified")
"""Statuses that claim an end; neither says that anything changed."""

ENDED = (*DONE, "superseded", "closed with risk")
"""Statuses after which nobody asks for an action."""

OUTPUTS = ("output", "process")
"""Levels of what a check tells that say nothing of practice."""


@dataclass(frozen=True, slots=True)
class LifeLineStage:
    """One stage: whether something is recorded, when, in which words, and where.

    `name` is, in their order, "asked", "answered", "action", "done", "checked", "effect" or
    "found again".
    """

    name: str
    recorded: bool
    date: str
    words: str
    source: str

    @property
    def is_filled(self) -> bool:
        """Whether a picture fills it: something is recorded, other than that nobody looked."""
        return self.recorded and self.words != NOT_TESTED


NOT_TESTED = "not tested"
"""The verdict of a check that did not look: recorded, and as empty as nothing."""


@dataclass(frozen=True, slots=True)
class LifeLine:
    """A recommendation and what became of it, as far as it is recorded.

    `positions` are those of its answers, in order; one of a later date begins "then ", any other
    after the first "also ".
    """

    ask: Ask
    stages: tuple[LifeLineStage, ...]
    history: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()

    def stage(self, name: str) -> LifeLineStage:
        """The stage with this name."""
        return next(stage for stage in self.stages if stage.name == name)


@dataclass(frozen=True, slots=True)
class LedgerData:
    """Every record that life lines are drawn from.

    `titles` and `dates` of documents by id; `again` are later recommendations that say the
    same, by `finding_id`, as (title, date, quote, page), page 0 for none.  Of the documents
    `without_pages` a reader finds no page by its number.
    """

    asks: Sequence[Ask]
    follow_ups: Sequence[FollowUp]
    answers: Sequence[Answer]
    snapshots: Sequence[Snapshot]
    actions: Sequence[Action]
    action_asks: Sequence[ActionAsk]
    states: Sequence[State]
    checks: Sequence[Check]
    titles: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, tuple[tuple[str, str, str, int], ...]] = field(default_factory=dict)
    without_pages: Collection[str] = ()

    def place(self, doc_id: str, page: int) -> str:
        """The title of a document, with the page where a reader finds it by its number."""
        title = self.titles.get(doc_id, doc_id)
        return title if doc_id in self.without_pages else f"{title}, page {page}"


def life_lines(data: LedgerData) -> list[LifeLine]:
    """The life line of every recommendation, in the order of the reviews."""
    snapshots = {snapshot.snapshot_id: snapshot for snapshot in data.snapshots}
    states = _grouped(data.states, lambda state: state.action_id)
    for of_action in states.values():
        of_action.sort(key=lambda state: snapshots[state.snapshot_id].order)
    index = _Index(data)
    return [_life_line(ask, data, index, snapshots, states) for ask in data.asks]


class _Index:
    """Records by what they belong to, so that a life line looks at its own alone."""

    def __init__(self, data: LedgerData) -> None:
        self.answers = _grouped(data.answers, lambda answer: answer.ask_id)
        # what was sent or held is no check, though a report of checks may tell it
        seen = [check for check in data.checks if check.verdict or check.level not in OUTPUTS]
        self.checks = _grouped(seen, lambda check: check.ask_id)
        self.follow_ups = _grouped(data.follow_ups, lambda item: item.to_doc)
        actions = {action.action_id: action for action in data.actions}
        review = {ask.ask_id: ask.doc_id for ask in data.asks}
        self.actions: dict[str, list[Action]] = {}
        self.plans: dict[str, set[str]] = {}
        for link in data.action_asks:
            action = actions.get(link.action_id)
            if action is None or link.ask_id not in review:
                continue
            self.plans.setdefault(review[link.ask_id], set()).add(action.plan_id)
            # In doubt it is no fact, though the plan is still one that was looked at.
            if not link.conflict:
                self.actions.setdefault(link.ask_id, []).append(action)
        places = {action.action_id: place for place, action in enumerate(data.actions)}
        for actions_of_ask in self.actions.values():
            actions_of_ask.sort(key=lambda a: (_in_numbers(a.ref), places[a.action_id]))


def _in_numbers(ref: str) -> list[int]:
    """The numbers of a reference, by which "4.2" stands before "4.10"."""
    return [int(number) for number in re.findall(r"\d+", ref)]


def _grouped(records: Iterable[Record], key: Callable[[Record], str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def _life_line(
    ask: Ask,
    data: LedgerData,
    index: _Index,
    snapshots: Mapping[str, Snapshot],
    states: Mapping[str, Sequence[State]],
) -> LifeLine:
    actions = index.actions.get(ask.ask_id, [])
    # A link in doubt waits for a person and is not shown as a fact.
    answers = [a for a in index.answers.get(ask.ask_id, ()) if not a.conflict]
    checks = index.checks.get(ask.ask_id, [])
    own = _by_position(answers, data)
    turns = _turns(own, data)
    sources = _Sources(ask, index, snapshots)
    first_stage = LifeLineStage(
        "asked", True, data.dates.get(ask.doc_id, ""), ask.text,
        data.place(ask.doc_id, ask.page),
    )  # fmt: skip
    stages = (
        first_stage,
        _answered(own, turns, data, sources),
        _acted(actions, states, snapshots, sources),
        _done(actions, states, snapshots, sources),
        *_checked(checks, data, sources),
        _again(ask, data),
    )
    history = [line for action in actions for line in _history(action, states, snapshots)]
    positions = tuple(f"{t} {a.position}".strip() for t, a in zip(turns, own, strict=True))
    return LifeLine(ask, stages, tuple(history), positions)


class _Sources:
    """The sources looked at for a recommendation, and up to which date."""

    def __init__(self, ask: Ask, index: _Index, snapshots: Mapping[str, Snapshot]) -> None:
        follow_ups = index.follow_ups.get(ask.doc_id, ())
        self.responses = [(f.published, f.title) for f in follow_ups if f.kind == "response"]
        self.checks = [(f.published, f.title) for f in follow_ups if f.kind != "response"]
        plans = index.plans.get(ask.doc_id, ())
        self.trackers = [(s.as_of, s.source) for s in snapshots.values() if s.plan_id in plans]

    def hollow(self, name: str, kind: str) -> LifeLineStage:
        """A stage of which nothing is recorded: in what, and up to when."""
        sources = {"response": self.responses, "tracker": self.trackers, "check": self.checks}[kind]
        if not sources:
            words = f"{NO_SOURCE}{kind} in the workspace is linked to this review"
            return LifeLineStage(name, False, "", words, "")
        # Sources without a date have "", which is earlier than any date.
        latest = max(date for date, _ in sources)
        names = ", ".join(sorted({_short(title) for _, title in sources}))
        words = f"nothing recorded in {names}" + (f" up to {latest}" if latest else "")
        return LifeLineStage(name, False, "", words, "")


def _short(source: str) -> str:
    return source.replace("\\", "/").rsplit("/", 1)[-1]


def _answered(
    own: Sequence[Answer], turns: Sequence[str], data: LedgerData, sources: _Sources
) -> LifeLineStage:
    if not own:
        return sources.hollow("answered", "response")
    first = own[0]
    words = "; ".join(
        f"{TURN_WORDS.get(turn, '')} {POSITION_WORDS.get(answer.position, answer.position)}: "
        f"{_said(answer)}".strip()
        for turn, answer in zip(turns, own, strict=True)
    )
    return LifeLineStage(
        "answered", True, data.dates.get(first.doc_id, ""), words,
        data.place(first.doc_id, first.page),
    )  # fmt: skip


def _said(answer: Answer) -> str:
    """An answer's words, with the body that says them where they do not name it themselves."""
    is_told = not answer.body or answer.body.lower() in answer.quote.lower()
    return answer.quote if is_told else f"{answer.body}: {answer.quote}"


def _by_position(answers: Sequence[Answer], data: LedgerData) -> list[Answer]:
    """The first and the newest answer of each position, the oldest first; none twice in a row.

    Another body, or the same one later, may take another; one sentence for all gives way to a
    body's own words.
    """
    positions = [answer for answer in answers if answer.position != NOTHING_RECORDED]
    own = [answer for answer in positions if answer.link_by != "group"] or positions
    own.sort(key=lambda answer: data.dates.get(answer.doc_id, ""))
    newest = {answer.position: answer for answer in own}
    kept = own[:1]
    for answer in own[1:]:
        alike = [other for other in kept if other.position == answer.position]
        # said again at once, or by two bodies on one day
        is_told = kept[-1] in alike or not all(_follows(answer, one, data) for one in alike)
        if (not alike or newest[answer.position] is answer) and not is_told:
            kept.append(answer)
    return kept


def _follows(answer: Answer, other: Answer, data: LedgerData) -> bool:
    """Whether an answer is surely of a later day than another."""
    return is_later(data.dates.get(answer.doc_id, ""), data.dates.get(other.doc_id, ""))


def _turns(own: Sequence[Answer], data: LedgerData) -> list[str]:
    """For each answer a key of `TURN_WORDS`, or nothing for the first."""
    pairs = pairwise(own)
    return [""][: len(own)] + ["then" if _follows(b, a, data) else "also" for a, b in pairs]


def _acted(
    actions: Sequence[Action],
    states: Mapping[str, Sequence[State]],
    snapshots: Mapping[str, Snapshot],
    sources: _Sources,
) -> LifeLineStage:
    if not actions:
        return sources.hollow("action", "tracker")
    first = min((a.first_seen for a in actions), default="")
    latest = _latest(actions, states, snapshots)
    words = "; ".join(
        f"{a.ref} {a.text} ({_status(a, states, snapshots)})".strip() for a in actions
    )
    return LifeLineStage("action", True, first, words, _short(latest.source) if latest else "")


def _status(
    action: Action, states: Mapping[str, Sequence[State]], snapshots: Mapping[str, Snapshot]
) -> str:
    """An action's status in the newest version that has it, and whether a newer one has not."""
    of_action = states.get(action.action_id, ())
    if not of_action:
        return NOTHING_RECORDED
    gone = left_its_plan(snapshots[of_action[-1].snapshot_id], snapshots.values())
    return of_action[-1].status + (", not in the newest version" if gone else "")


def left_its_plan(last: Snapshot, snapshots: Iterable[Snapshot]) -> str:
    """The date of the newest version of a plan, if it is surely later than `last`, or nothing.

    `last` is the newest version that has a step; of versions without dates, or of one day, nobody
    can say which came after the other.
    """
    dates = [other.as_of for other in snapshots if other.plan_id == last.plan_id]
    return max((day for day in dates if is_later(day, last.as_of)), default="")


def _latest(
    actions: Sequence[Action],
    states: Mapping[str, Sequence[State]],
    snapshots: Mapping[str, Snapshot],
) -> Snapshot | None:
    versions = [snapshots[s.snapshot_id] for a in actions for s in states.get(a.action_id, ())]
    return max(versions, key=lambda version: version.order, default=None)


def _done(
    actions: Sequence[Action],
    states: Mapping[str, Sequence[State]],
    snapshots: Mapping[str, Snapshot],
    sources: _Sources,
) -> LifeLineStage:
    """Done as claimed, of every action that was not given up; verified if all are."""
    latest = [states[a.action_id][-1] for a in actions if states.get(a.action_id)]
    open_or_finished = [state for state in latest if state.status != "superseded"]
    finished_states = [state for state in open_or_finished if state.status in DONE]
    if not open_or_finished or not finished_states:
        return sources.hollow("done", "tracker")
    date = max(
        (state.done or snapshots[state.snapshot_id].as_of for state in finished_states), default=""
    )
    if len(finished_states) < len(open_or_finished):
        words = f"{len(finished_states)} of {len(open_or_finished)} actions, as claimed"
        # Hollow as long as one action is open, with the count of those that are done.
        return LifeLineStage("done", False, date, words, "")
    word = (
        "verified"
        if all(state.status == "verified" for state in finished_states)
        else "done, as claimed"
    )
    place = _short(snapshots[finished_states[-1].snapshot_id].source)
    return LifeLineStage("done", True, date, word, f"{place}, {finished_states[-1].cell}")


def _checked(
    checks: Sequence[Check], data: LedgerData, sources: _Sources
) -> tuple[LifeLineStage, LifeLineStage]:
    if not checks:
        return sources.hollow("checked", "check"), sources.hollow("effect", "check")
    newest = max(checks, key=lambda check: data.dates.get(check.doc_id, ""))
    date = data.dates.get(newest.doc_id, "")
    place = data.place(newest.doc_id, newest.page)
    check_stage = LifeLineStage("checked", True, date, newest.quote, place)
    # Only the newest check tells the present state; older ones are history.
    of_date = [c for c in checks if data.dates.get(c.doc_id, "") == date and c.verdict]
    verdicts = list(dict.fromkeys(check.verdict for check in of_date))
    if not verdicts:
        return check_stage, sources.hollow("effect", "check")
    return check_stage, LifeLineStage("effect", True, date, "; ".join(verdicts), place)


def _again(ask: Ask, data: LedgerData) -> LifeLineStage:
    later = data.again.get(ask.finding_id, ())
    if not later:
        words = "nothing recorded in later reviews of this area in the workspace"
        return LifeLineStage("found again", False, "", words, "")
    title, date, quote, page = later[0]
    return LifeLineStage(
        "found again", True, date, quote, f"{title}, page {page}" if page else title
    )


def _history(
    action: Action, states: Mapping[str, Sequence[State]], snapshots: Mapping[str, Snapshot]
) -> list[str]:
    """Each version's status of an action in order; a version without the row says so."""
    of_action = {s.snapshot_id: s for s in states.get(action.action_id, ())}
    own = (s for s in snapshots.values() if s.plan_id == action.plan_id)
    versions = sorted(own, key=lambda version: version.order)
    lines = []
    for version in versions:
        state = of_action.get(version.snapshot_id)
        if state is None and not any(
            v.snapshot_id in of_action for v in versions[: versions.index(version)]
        ):
            continue  # the action was not in the plan yet
        status = state.status if state else "not in this version"
        raw = f" ({state.raw})" if state and state.raw and state.raw.lower() != status else ""
        lines.append(
            f"{action.ref} {version.as_of or _short(version.source)}: {status}{raw}".strip()
        )
    return lines
