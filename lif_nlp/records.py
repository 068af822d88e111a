"""The frozen records that travel between the rooms.

A file becomes a `Document` of `Block`s, a document becomes `Finding`s with
`LabelEvidence`s, findings become `Theme`s with `Assignment`s in a `ThemeSet`, and all of
it becomes a `Brief` of `Claim`s, each with its `Evidence`.  Pages count from 1,
offsets are character positions with the end excluded, confidences and scores lie
in 0..1.  Nothing in a record is changed after it is made; use `dataclasses.replace`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lif_nlp.frame_record import Frame
from lif_nlp.record_values import sent_by_values

ROLES = ("strength", "problem", "action", "context")
"""What a finding can say about practice; a finding has exactly one."""

ACTORS = ("agency", "system", "family", "child", "other", "none")
"""Whom a finding is about: a service or its staff, a rule, form or way of working, a relative
or carer, the child, somebody else, or nobody."""

HELD = "held"
"""Layer of the evidence that a guard held back: no label, kept so that people can audit it."""

SOFT_BLAME = "rule:soft_blame"
"""What found blame that is worded softly; tables keep it apart from plain words of fault."""

HINDSIGHT_CODES = ("explicit", "counterfactual", "outcome", "blame")
"""Kinds of hindsight wording; a finding can carry several or none."""


@sent_by_values
@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, bullet, table row or footnote of a document.

    `text` of a block is `document.text[start:end]`; a printed paragraph number
    or bullet glyph is not part of it (`number` keeps the former).  `turns` holds
    `(offset, page)` for each page that begins inside the block, so that a
    sentence joined over a page break still knows its page.  `cells` of a table
    row are `(column, value)` pairs.  `boilerplate` says why a block carries no
    finding ("contents", "signature", "statutory wording"), or is empty.
    """

    start: int
    end: int
    page: int
    kind: str = "paragraph"
    heading: tuple[str, ...] = ()
    number: str = ""
    level: int = 0
    turns: tuple[tuple[int, int], ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    boilerplate: str = ""

    def page_at(self, offset: int) -> int:
        """Page (from 1) on which the character at document `offset` stands.

        >>> Block(0, 90, page=4, turns=((50, 5),)).page_at(60)
        5
        """
        return max((page for at, page in self.turns if at <= offset), default=self.page)


WITHHELD = "[withheld]"
"""Stands, with `redact`, for a sentence in which the guard of what circulates sees somebody."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about a document, with the words and page that say so."""

    name: str
    value: str
    evidence: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class SkippedPart:
    """A part of a source that made no block: where it stands and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A report or audit sheet as it was meant to be read.

    `doc_id` is the hash of the file's bytes, `published` an ISO date ("2021",
    "2021-03" and "2021-03-09" are all allowed) or empty, `review_type` an id of
    the framework or empty.  `facts` keep further metadata with its evidence;
    `unused` lists every row or part of the source that made no block.
    """

    doc_id: str
    source: str
    title: str
    # Left out when one is printed: a notebook would fill with the words of the report.
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    pages: int
    review_type: str = ""
    published: str = ""
    area: str = ""
    facts: tuple[Fact, ...] = ()
    unused: tuple[SkippedPart, ...] = ()

    def slice(self, start: int, end: int) -> str:
        """The words from `start` to `end`, exactly as stored."""
        return self.text[start:end]

    @property
    def words(self) -> int:
        """How many words the document holds."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A source that could not be read, and why; it is listed, never lost."""

    source: str
    reason: str
    doc_id: str = ""


@sent_by_values
@dataclass(frozen=True, slots=True)
class LabelEvidence:
    """Why a finding carries a label: the evidence span and what found it.

    `layer` is one of "hindsight", "aware", "role", "why", "agency", "priority",
    "theme", "voice", "actor" or "held"; `code` the label in that layer.  `start` and `end` count
    within the text of the finding.  `by` names the rule or model ("rule:failed-to",
    "model:themes").  `note` keeps a detail of the layer: who speaks, which
    sub-area, which kind of reason.
    """

    layer: str
    code: str
    start: int
    end: int
    score: float = 1.0
    by: str = "rule"
    note: str = ""


def audit_notes(marks: Sequence[LabelEvidence]) -> list[str]:
    """What a person may want to look at again: soft blame, and wording that a guard held back.

    >>> audit_notes([LabelEvidence("held", "blame", 0, 6, 0.0, "guard:not_negated", "negated")])
    ['blame held back: negated']
    """
    notes = ["blame: soft" for mark in marks if mark.by == SOFT_BLAME]
    notes += [f"{mark.code} held back: {mark.note}" for mark in marks if mark.layer == HELD]
    return list(dict.fromkeys(notes))


@sent_by_values
@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, bullet or audit row that says something, with its labels.

    `text` equals `document.text[start:end]`.  `page_end` differs from `page`
    where the words run over a page break.  `scores` holds every score by
    "layer:code"; `marks` hold the evidence spans, `frames` what its clauses claim.
    `actor` (one of `ACTORS`) is whom it is about.
    """

    finding_id: str
    doc_id: str
    start: int
    end: int
    text: str
    page: int
    page_end: int = 0
    paragraph: str = ""
    heading: tuple[str, ...] = ()
    kind: str = "paragraph"
    role: str = "context"
    why: bool = False
    hindsight: tuple[str, ...] = ()
    aware: bool = False
    agencies: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    marks: tuple[LabelEvidence, ...] = ()
    frames: tuple[Frame, ...] = ()
    actor: str = "none"


@dataclass(frozen=True, slots=True)
class Annotated:
    """What annotating one document gave: findings, and what was left out.

    `boilerplate` counts sentences and rows not kept (contents, signatures,
    statutory wording), so that read = kept + boilerplate.
    """

    doc_id: str
    findings: tuple[Finding, ...]
    boilerplate: int = 0

    @property
    def read(self) -> int:
        """How many sentences, bullets and rows were looked at."""
        return len(self.findings) + self.boilerplate


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An action that a report asks for: what, who owns it and by when.

    `repeat_of` is the finding id of the earliest near-same recommendation in
    another report, or empty.  `missing` lists the parts of SMART that the words
    do not give.
    """

    finding_id: str
    doc_id: str
    page: int
    text: str
    owner: str = ""
    due: str = ""
    repeat_of: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A recurring theme: known (from the framework), emergent (found) or sub.

    `theme_id` of a known theme is its practice code; an emergent one keeps its
    id over updates.  `stability` is the share of resampled runs in which the
    theme returns (1 for known ones).  `exemplars` are finding ids, most typical
    first.  `status` is proposed, approved or rejected.
    """

    theme_id: str
    name: str
    kind: str
    terms: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    parent: str = ""
    stability: float = 1.0
    status: str = "proposed"
    centroid: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A finding belongs to a theme, with what confidence (0..1), and who said so."""

    finding_id: str
    theme_id: str
    confidence: float
    by: str = "machine"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """How a theme differs from the build before: kept, new or gone, and by how many findings."""

    theme_id: str
    change: str
    joined: int
    left: int


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """All themes of a workspace, what belongs to them, and how they were built.

    Parameters
    ----------
    unassigned
        Ids of the findings about practice that belong to no theme.
    notes
        Plain sentences for the user, such as why nothing was clustered.
    method, dim, seed
        Name of the method, length of the vectors and seed of the build.
    clustered
        Number of unexplained findings at the last full search for themes.
    show_from
        Least stability (0..1) of a theme that is shown unless a person approved it.
    floors
        Least cosine to the centroid with which a finding joins, by theme id.
    phrases
        Folded phrases that lead a theme, by theme id: a finding with one of them joins.
    drift
        What changed since the build before.
    """

    themes: tuple[Theme, ...]
    assignments: tuple[Assignment, ...]
    unassigned: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    method: str = ""
    dim: int = 0
    seed: int = 0
    clustered: int = 0
    show_from: float = 0.0
    floors: Mapping[str, float] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drift: tuple[ThemeChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What every decision of a person carries: who, when, from where, and what became of it.

    Parameters
    ----------
    edit_id
        Number of the decision in the workspace, from 1; 0 before it is stored.
    author, at
        Who decided, and the ISO date.
    source, source_hash, row
        Name and SHA-256 of the file it came from, and sheet and row ("Findings 12");
        empty where it came from Python or the command line.
    batch
        Id of the export that the file goes back to, the same however often it is edited.
    status
        "applied"; "conflict" while it cannot be applied.
    reason
        Why it is in conflict, or whose decision it differs from.
    before, after
        What it changed, in words.
    undone_by, undone_at
        Who took it back, and when; empty while it is in force.
    settled
        Whether it is part of the machine's own theme set, as in workspaces of version 0.1.
    """

    edit_id: int = 0
    author: str = ""
    at: str = ""
    source: str = ""
    source_hash: str = ""
    row: str = ""
    batch: str = ""
    status: str = ""
    reason: str = ""
    before: str = ""
    after: str = ""
    undone_by: str = ""
    undone_at: str = ""
    settled: bool = False

    @property
    def active(self) -> bool:
        """Whether nobody has undone it."""
        return not self.undone_at


@dataclass(frozen=True, slots=True)
class Edit(Decision):
    """One decision of a person about a theme, or about the labels of findings.

    | action   | theme_id | value               | finding_ids                     |
    |----------|----------|---------------------|---------------------------------|
    | approve  | theme    |                     |                                 |
    | reject   | theme    |                     |                                 |
    | rename   | theme    | new name            |                                 |
    | merge    | theme    | id it goes into     |                                 |
    | split    | theme    | name of new part    | findings that leave             |
    | reassign | theme    | id, or empty        | findings that move (or go out)  |
    | add      | theme    |                     | findings that join              |
    | create   |          | name of new theme   | findings it begins with         |
    | relabel  |          | role:ROLE, why:yes  | findings that get this label    |
    | unclear  |          | the cells of a row  | a row that could not be read    |

    `new_theme_id` is the id of the theme that a split or create makes.
    """

    action: str
    theme_id: str = ""
    value: str = ""
    finding_ids: tuple[str, ...] = ()
    new_theme_id: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationReview(Decision):
    """One decision about a recommendation: not one at all ("wrong"), or the same as another.

    `same_as` is the finding id of the earlier recommendation, "none" where it repeats none,
    or empty.
    """

    finding_id: str
    decision: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words behind a claim, and where they stand in which report.

    `file` is the name of the report's file, for a link to its page, and `has_pages` says whether a
    reader finds pages in it.  `spelt_out` gives the meanings of abbreviations, as printed behind
    the source.  `bracketed` is the quote as printed where words that could identify someone gave
    way to others in square brackets.  Of quotes in a row from one place the last `is_cited`.
    """

    finding_id: str
    doc_id: str
    start: int
    end: int
    quote: str
    title: str
    page: int
    page_end: int = 0
    paragraph: str = ""
    published: str = ""
    file: str = ""
    has_pages: bool = True
    spelt_out: str = ""
    bracketed: str = ""
    is_cited: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a brief.

    `kind` is "statement" (our words), "quote" (a report's words), "point" (a learning point: its
    name, ": " and its counts), "question", "count", "action" or "form" (an empty table whose text
    names the columns, separated by "|").  `finding_ids` list all findings behind a statement or
    count; `evidence` holds the quotes shown.
    """

    kind: str
    text: str
    finding_ids: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a brief.

    `notes` is what a presenter says with its slides; a part `for_leader` stands on none.  One that
    `has_own_page` begins a page in print, so that it can be kept back.
    """

    heading: str
    claims: tuple[Claim, ...]
    notes: str = ""
    for_leader: bool = False
    has_own_page: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures of a brief that are drawn and also given as a table.

    `kind` names the drawing: "balance" (strengths and problems), "bars" or "recurrence" (one count
    a row), "trend" (shares with their ranges), "problem_strength_balance" (reports by which of the
    two outweighs), "points" (learning points by reports and years), or "table" (no drawing).
    `rows` are the figures under `columns`, `alt` says in words what the drawing shows.
    """

    kind: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Headed claims, charts, how it was made, and the local card: name, text and address of each
    line.  `is_unpublished` says that it quotes a paper that is not published."""

    brief_id: str
    kind: str
    subject: str
    title: str
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...] = ()
    audience: str = ""
    priority: str = ""
    methods: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    created: str = ""
    run_id: str = ""
    card: tuple[tuple[str, str, str], ...] = ()
    is_unpublished: bool = False

    def evidence(self) -> tuple[Evidence, ...]:
        """Every quote of the brief, in reading order."""
        return tuple(e for s in self.sections for c in s.claims for e in c.evidence)
