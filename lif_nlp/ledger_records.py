"""Records of what became of recommendations, from source to life line.

`made_by` of a record says where it comes from: "report" (words of a report), "machine" (a
link that we made) or "person" (a sheet that people keep, or a decision).  Dates are ISO and
as exact as the source: "2023", "2023-09", "2023-09-14".  Everything carries its source, so
that a reader can go and look.
"""

from __future__ import annotations

from dataclasses import dataclass

NOTHING_RECORDED = "none recorded"
"""The state of whatever no source speaks of.  It is no statement that nothing was done."""

POSITION_WORDS = {
    "part": "accepted in part",
    "principle": "accepted in principle",
    "already": "said to be in place already",
    "rejected": "not accepted",
}
"""What a position is called for readers; the others are called as they are."""

TURN_WORDS = {"then": "then", "also": "and also"}
"""What joins an answer to the one before it: a later date, or none; of one day, no one changed."""

NO_SOURCE = "nothing recorded: no "
"""How a stage begins to which no source is linked; with one it is said in what nothing is."""

LINKS = ("number", "words", "vectors", "group", "person", "none")
"""How one record was linked to another; "vectors" stands in older workspaces alone."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One recommendation as printed: what was asked of whom, on which page of which review.

    `ask_id` is a hash of the review's name, the printed number and the words, not of
    offsets, so that a corrected file of the same review keeps its life lines.  `strength`
    is not kept here: it is a prompt computed from the words (`ledger.action_class`).
    """

    ask_id: str
    doc_id: str
    number: str
    text: str
    page: int
    finding_id: str = ""
    addressees: str = ""
    scope: str = "local"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A document that speaks of an earlier review: a response, a check or an annual report.

    `kind` is "response", "check" or "annual report"; `to_doc` the review it answers, with
    `link_by` and `score` (0..1), or empty; `incident` the period that a later review is about.
    """

    doc_id: str
    kind: str
    source: str
    title: str
    published: str = ""
    area: str = ""
    to_doc: str = ""
    link_by: str = "none"
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a response says to one recommendation, in its own words.

    `position` is a value of `framework.status.POSITIONS`, or "none recorded" where the words
    take none; `progress` what is claimed in passing.  An answer without `ask_id` could not be
    linked, and is listed as such.  `conflict` says why a person should look.  `body` is the one
    that answers by the subject of its words; empty where whoever wrote the paper answers.
    """

    answer_id: str
    doc_id: str
    ask_id: str
    position: str
    progress: str
    quote: str
    page: int
    link_by: str
    score: float
    conflict: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of action that a partnership keeps, over all its saved versions."""

    plan_id: str
    name: str
    to_doc: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One saved version of a plan: which file, and the date at which it stood."""

    snapshot_id: str
    plan_id: str
    source: str
    file_hash: str
    as_of: str = ""
    as_of_source: str = ""
    position: int = 0

    @property
    def order(self) -> tuple[str, int]:
        """Sorts the versions of a plan from the oldest to the newest."""
        return self.as_of, self.position


@dataclass(frozen=True, slots=True)
class Action:
    """One step of a plan; it keeps its id from version to version.

    `ref` and `text` are those of the latest version that has it; `owner_body` names bodies
    and roles only.
    """

    action_id: str
    plan_id: str
    ref: str
    text: str
    owner_body: str = ""
    first_seen: str = ""
    last_seen: str = ""


@dataclass(frozen=True, slots=True)
class ActionAsk:
    """That an action answers to a recommendation, and how we know."""

    action_id: str
    ask_id: str
    link_by: str
    score: float
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What one version of a plan says of one action.  States are only ever added.

    `status` is a value of `framework.status.PROGRESS`: as the file's own words and legend
    give it.  `raw` keeps the words, `colour` the fill (six hexadecimal digits), `cell` their
    place.  `conflict` tells where words and colour disagree.
    """

    action_id: str
    snapshot_id: str
    status: str
    raw: str = ""
    colour: str = ""
    due: str = ""
    due_raw: str = ""
    done: str = ""
    progress: str = ""
    evidence: str = ""
    impact: str = ""
    escalation: str = ""
    cell: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What an audit, inspection or report says of practice since: a verdict, never a cause."""

    check_id: str
    doc_id: str
    ask_id: str
    kind: str
    verdict: str
    quote: str
    page: int
    sample: str = ""
    baseline: str = ""
    result: str = ""
    level: str = "practice"
    link_by: str = "none"
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """That something was sent to somebody: an output, never a sign of change."""

    sent_id: str
    subject: str
    audience: str
    date: str
    channel: str = ""
    by_role: str = ""
    code: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """A session, its attendance by agency, and what came back, by level and stage.

    `level` is Kirkpatrick's (1 reaction, 2 learning, 3 behaviour, 4 outcome; 0 for attendance
    alone), `stage` before, straight after, six to eight weeks, or later.
    """

    session_id: str
    subject: str
    date: str
    agency: str = ""
    attended: str = ""
    level: int = 0
    stage: str = ""
    count: str = ""
    result: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a group of children or families said, what was done, what changed, and whether the
    group was told (`feedback`).
    """

    voice_id: str
    group: str
    words: str
    action: str = ""
    change: str = ""
    feedback: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A requirement of the framework, the group that answers for it, and the evidence given."""

    requirement: str
    group: str
    state: str = NOTHING_RECORDED
    evidence: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Research:
    """A work that a report cites, and the page on which it does."""

    doc_id: str
    citation: str
    page: int
    finding_id: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a sheet: its text, fill ("92D050" or empty), and what of it is struck out."""

    text: str = ""
    fill: str = ""
    struck: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a table of a document, cell by cell, with the text that stands around it.

    `rows` are all rows from the top; merged cells repeat the text of the first.  `numbers`
    are the rows' printed numbers in the file, `hidden_rows` those that its author hid.
    """

    name: str
    rows: tuple[tuple[GridCell, ...], ...]
    numbers: tuple[int, ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    around: str = ""


KINDS = (
    Ask, FollowUp, Answer, Plan, Snapshot, Action, ActionAsk, State, Check, Sent, SessionHeld,
    Voice, Element, Research,
)  # fmt: skip
"""The records that the store keeps, one table each."""
