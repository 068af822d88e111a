"""The frozen records of learning points: propositions about practice that reports share.

A point has one polarity, is counted over distinct reports and is shown by their exact
words.  `PointSet` is what a build gives and a workspace stores; people's decisions about
points are `PointEdit`s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lif_nlp.records import Decision

POINT_ORIGINS = ("seed", "frame", "pair", "person")
"""How a point came about: from the framework, a shared frame key, the pair test, a person."""

VOUCHED_NAMES = ("seed", "person")
"""What gave the name (`Point.named_by`) of points that stand as what comes back.  The others are
groups that the program found alike and nobody has checked: of 12 quotes under them a strict reader
found five true, of 88 under known points 0.90 (December 2026)."""

RELATIONS = ("same", "opposite", "related", "different")
"""What two findings can be to each other (`Relation`)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A learning point.

    Parameters
    ----------
    point_id
        Its id: that of the seed, or made from its frame key or from its centre; kept over
        updates and never used again.
    name
        One line; a proposal unless a person or the framework gave it (`named_by`).
    role
        "problem", "strength" or "action".
    theme
        Code of the practice theme it belongs to, or empty.
    origin, named_by
        How it came about (`POINT_ORIGINS`), and what gave the name: "person", "seed",
        "frame" (labels of the framework) or "quote" (a report's words, in quotation marks).
    aspect, defect, direction
        Parts of its frame, as in `Frame`; empty where it has none.
    priorities
        Ids of the priorities that at least half of its reports touch.
    centre
        Id of the finding around which it was made; empty for a seed that no report states.
    exemplars
        Ids of up to three findings that, with the centre, new findings are compared with.
    quotes
        Ids of the findings whose words stand for it, the best first, each of another report.
    documents, findings
        Distinct reports that state it (copies counted once), and findings.
    likely
        How many reports are to be expected to state it: each counts as much as the program is
        sure.  Less than `documents` where most are barely sure enough, 0 where nobody taught it;
        told in whole reports where it is more.
    opposed_by
        Ids of points with the same aspect and the other polarity or direction: tensions.
    single_area
        The only area whose reports state it, or empty: it may be one author's or template's
        wording.
    stability
        Share (0..1) of rebuilds on nine tenths of the reports in which it returns.
    status
        proposed, approved or rejected.
    """

    point_id: str
    name: str
    role: str
    theme: str = ""
    origin: str = "frame"
    named_by: str = "frame"
    aspect: str = ""
    defect: str = ""
    direction: str = ""
    priorities: tuple[str, ...] = ()
    centre: str = ""
    exemplars: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    documents: int = 0
    findings: int = 0
    likely: float = 0.0
    opposed_by: tuple[str, ...] = ()
    single_area: str = ""
    stability: float = 1.0
    status: str = "proposed"

    @property
    def is_vouched(self) -> bool:
        """Whether the framework or a person named it (`VOUCHED_NAMES`)."""
        return self.named_by in VOUCHED_NAMES

    @property
    def quote(self) -> str:
        """Id of the finding whose words stand for the point, or empty."""
        return self.quotes[0] if self.quotes else ""


@dataclass(frozen=True, slots=True)
class PointMember:
    """A finding states a point, with what confidence (0..1), and who said so.

    `why` names what decided: "phrase", "frame", "learnt" (how readers filed such sentences),
    "pair" or "person".
    """

    point_id: str
    finding_id: str
    confidence: float
    by: str = "machine"
    why: str = ""


@dataclass(frozen=True, slots=True)
class PointChange:
    """How a point differs from the build before.

    `change` is "kept", "new", "gone", "split" or "merged"; `other` is the point that a split
    came from or that a merged one went into.
    """

    point_id: str
    change: str
    joined: int = 0
    left: int = 0
    other: str = ""


@dataclass(frozen=True, slots=True)
class PointSet:
    """All learning points of a workspace, what states them, and how they were built.

    Parameters
    ----------
    points
        The most often stated first; seeds that no report states come last, with 0 documents.
    members
        Sorted by point, then finding.
    unassigned
        Ids of the problems, strengths and actions that state no point (yet); sorted.
    boilerplate
        Ids of findings left out as template wording; sorted.
    notes
        Plain sentences for the user.
    encoder
        Which encoder's vectors and pair test were used.
    retired
        Ids of earlier points that are gone and may not be used again.
    changes
        What changed since the build before.
    """

    points: tuple[Point, ...] = ()
    members: tuple[PointMember, ...] = ()
    unassigned: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    encoder: str = ""
    retired: tuple[str, ...] = ()
    changes: tuple[PointChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What points need to know of a report: kind, ISO date and area; empty where unknown.

    `apart` is true of a report that is not counted, because it sums up counted ones.
    """

    doc_id: str
    review_type: str = ""
    published: str = ""
    area: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class PointFigures:
    """The numbers of one point.

    Parameters
    ----------
    documents, able
        Reports that state it, of the reports of a kind that could (denominator).
    low, high
        95% range (Wilson) of the share `documents / able`, 0..1.
    findings
        Mentions.
    years
        For each year with reports that could state it: year, reports that do, reports that
        could.
    first_seen, last_seen
        ISO dates of the first and last report that states it; empty where none is dated.
    areas, kinds, agencies
        Reports that state it by area, review type, and agency named in the statement.
    """

    point_id: str
    documents: int
    able: int
    low: float
    high: float
    findings: int
    years: tuple[tuple[str, int, int], ...] = ()
    first_seen: str = ""
    last_seen: str = ""
    areas: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    agencies: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """What two findings are to each other, and how likely they state the same point.

    `relation` is one of `RELATIONS`, `score` the probability (0..1) of "same", `veto` what
    ruled "same" out ("direction", "negation", "polarity", "actor", "quantity"), or empty.
    """

    relation: str
    score: float
    veto: str = ""


@dataclass(frozen=True, slots=True)
class PointEdit(Decision):
    """One decision of a person about a learning point.

    | action  | point_id | value              | finding_ids                           |
    |---------|----------|--------------------|---------------------------------------|
    | approve | point    |                    |                                       |
    | reject  | point    |                    |                                       |
    | rename  | point    | new name           |                                       |
    | merge   | point    | id it goes into    |                                       |
    | split   | point    | name of new part   | findings that leave                   |
    | move    | point    | id, or empty       | findings that move (or go out)        |

    `new_point_id` is the id of the point that a split makes.
    """

    action: str
    point_id: str = ""
    value: str = ""
    finding_ids: tuple[str, ...] = ()
    new_point_id: str = ""
