"""From "this row states that point" to points with a name, quotes, counts and tensions."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lif_nlp.frame_record import Frame
from lif_nlp.ids import point_id
from lif_nlp.point_records import Point, PointMember, PointSet, ReportFacts
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.points.groups import KnownPoints, Statement
from lif_nlp.themes.points.thresholds import GROUPS, QUOTES
from lif_nlp.themes.points.wording import (
    choose_quotes,
    is_quotable,
    name_of_frame,
    name_of_quote,
)


@dataclass(frozen=True)
class Draft:
    """What the points are made of.

    Parameters
    ----------
    corpus
        The findings that can state a point.
    known
        The points of the framework.
    statements
        Which rows state which points.
    reports
        Facts of the reports, by id.
    by_pair
        Ids of the points that the pair test found.
    name_vectors
        Vectors of the names of known points, by id; none without an encoder.
    likely
        Reports that likely state each known point, by id (`likely_reports`).
    """

    corpus: Corpus
    known: KnownPoints
    statements: Sequence[Statement]
    reports: Mapping[str, ReportFacts]
    by_pair: Collection[str] = ()
    name_vectors: Mapping[str, Vectors] = field(default_factory=dict)
    likely: Mapping[str, float] = field(default_factory=dict)


def assemble(draft: Draft, *, encoder: str, boilerplate: Collection[str] = ()) -> PointSet:
    """The points of a draft that enough reports state, and all known ones."""
    stating: dict[str, dict[int, Statement]] = defaultdict(dict)
    for statement in draft.statements:
        rows = stating[statement.point_id]
        other = rows.get(statement.row)
        # A finding may state a point by its frame and by a pair: the surer one counts.
        if other is None or statement.confidence > other.confidence:
            rows[statement.row] = statement
    points: list[Point] = []
    members: list[PointMember] = []
    for id in sorted({*stating, *draft.known.seeds}):
        rows = stating.get(id, {})
        if id in draft.by_pair:
            # Sentences that lean on what stood before may be alike in that alone: of 23 members of
            # such groups a strict reader found 15 true.
            rows = {r: s for r, s in rows.items() if is_quotable(draft.corpus.findings[r])}
        documents = {draft.corpus.findings[row].doc_id for row in rows}
        # A known point is listed even if nobody states it, which is an answer too.
        if id not in draft.known.seeds and len(documents) < GROUPS.echo_reports:
            continue
        points.append(_point(id, rows, draft))
        members += [
            PointMember(
                id,
                draft.corpus.findings[row].finding_id,
                round(statement.confidence, 4),
                why=statement.why,
            )
            for row, statement in sorted(rows.items())
        ]
    assigned_ids = {member.finding_id for member in members}
    by_reports = sorted(points, key=lambda p: (-p.documents, -p.findings, p.point_id))
    return PointSet(
        points=with_tensions(_with_own_quotes(by_reports), draft.known),
        members=tuple(members),
        unassigned=tuple(
            f.finding_id for f in draft.corpus.findings if f.finding_id not in assigned_ids
        ),
        boilerplate=tuple(sorted(boilerplate)),
        encoder=encoder,
    )


def _with_own_quotes(points: Sequence[Point]) -> list[Point]:
    """The points, each beginning with words that stand for no point of more reports."""
    taken: set[str] = set()
    result = []
    for point in points:
        quotes = tuple(sorted(point.quotes, key=lambda quote: quote in taken))
        taken |= set(quotes[:1])
        result.append(replace(point, quotes=quotes))
    return result


def _point(id: str, rows: Mapping[int, Statement], draft: Draft) -> Point:
    seed = draft.known.seeds.get(id)
    findings = {row: draft.corpus.findings[row] for row in sorted(rows)}
    nearness = _nearness(list(findings), draft.corpus)
    documents = {finding.doc_id for finding in findings.values()}
    frame = _frame_of(id, findings.values())
    by_nearness = sorted(findings, key=lambda row: (-nearness[row], row))
    exemplars = _of_different_reports(by_nearness, findings)
    name_vector = draft.name_vectors.get(id)
    fit = [
        (
            findings[r],
            nearness[r] * rows[r].confidence
            + _likeness_to_name(draft.corpus.vectors[r], name_vector),
        )
        for r in _to_quote(findings, rows)
    ]
    quotes = choose_quotes(fit, draft.reports)
    role = seed.role if seed else frame.polarity if frame else next(iter(findings.values())).role
    if seed:
        name, named_by, origin = seed.name, "seed", "seed"
    elif frame:
        name = name_of_frame(frame, draft.known.aspects, draft.known.defects)
        named_by, origin = "frame", "frame"
    else:
        by_id = {finding.finding_id: finding.text for finding in findings.values()}
        name, named_by, origin = name_of_quote(by_id[quotes[0]]), "quote", "pair"
    theme = seed.theme if seed else _theme_of(frame, findings.values(), draft.known)
    areas = {draft.reports[d].area for d in documents if d in draft.reports}
    return Point(
        id,
        name,
        role,
        theme=theme,
        origin=origin,
        named_by=named_by,
        aspect=seed.aspect[0] if seed and seed.aspect else frame.aspect if frame else "",
        defect=seed.defect[0] if seed and seed.defect else frame.defect if frame else "",
        direction=frame.direction if frame else _direction(seed, draft.known),
        priorities=_priorities(findings.values(), len(documents)),
        centre=findings[by_nearness[0]].finding_id if by_nearness else "",
        exemplars=tuple(findings[row].finding_id for row in exemplars),
        quotes=quotes,
        documents=len(documents),
        findings=len(findings),
        likely=draft.likely.get(id, 0.0),
        single_area=areas.pop() if len(areas) == 1 and len(documents) > 1 else "",
        stability=_stability(documents),
    )


def _to_quote(findings: Mapping[int, Finding], rows: Mapping[int, Statement]) -> list[int]:
    """The rows to quote a point from: the surest alone, where enough reports hold such words."""
    sure = [row for row in findings if rows[row].confidence >= QUOTES.surest]
    reports = {findings[row].doc_id for row in sure if is_quotable(findings[row])}
    return sure if len(reports) >= QUOTES.shown else list(findings)


def _likeness_to_name(vector: Vectors, name_vector: Vectors | None) -> float:
    """What a quote gains by saying what the point's name says; nothing without a name."""
    if name_vector is None:
        return 0.0
    # Rounded, so that the last bits of a product decide no order.
    return QUOTES.name * round(float(vector @ name_vector), 4)


def _direction(seed: object, known: KnownPoints) -> str:
    defects = getattr(seed, "defect", ())
    directions = {known.defects[d].direction for d in defects}
    return directions.pop() if len(directions) == 1 else ""


def _nearness(rows: Sequence[int], corpus: Corpus) -> dict[int, float]:
    """Cosine of each row to the mean of all rows; 1 for a single one."""
    if not rows:
        return {}
    vectors = corpus.vectors[list(rows)]
    # Rounded, so that the last bits of a matrix product decide no order.
    cosines = np.round((vectors @ unit_mean(vectors)).astype(float), 4)
    return dict(zip(rows, cosines.tolist(), strict=True))


def _of_different_reports(ranked: Sequence[int], findings: Mapping[int, Finding]) -> list[int]:
    """The rows after the first that come from reports not yet shown."""
    reports = {findings[ranked[0]].doc_id} if ranked else set()
    exemplars: list[int] = []
    for row in ranked[1:]:
        if findings[row].doc_id not in reports and len(exemplars) < GROUPS.exemplars:
            reports.add(findings[row].doc_id)
            exemplars.append(row)
    return exemplars


def _frame_of(id: str, findings: Collection[Finding]) -> Frame | None:
    """The frame whose key made this point, if a frame did."""
    for finding in findings:
        for frame in finding.frames:
            if frame.key and point_id("frame", frame.key) == id:
                return frame
    return None


def _theme_of(frame: Frame | None, findings: Collection[Finding], known: KnownPoints) -> str:
    """The theme of the aspect, or that of most findings."""
    if frame is not None and known.aspects[frame.aspect].theme:
        return known.aspects[frame.aspect].theme
    counts = Counter(theme for finding in findings for theme in finding.themes[:1])
    return min(counts, key=lambda theme: (-counts[theme], theme), default="")


def _priorities(findings: Collection[Finding], documents: int) -> tuple[str, ...]:
    """Priorities that findings of at least half of the reports touch."""
    reports: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        for priority in finding.priorities:
            reports[priority].add(finding.doc_id)
    return tuple(sorted(p for p, ids in reports.items() if 2 * len(ids) >= documents))


def _stability(documents: Collection[str]) -> float:
    """Share of resamples without a tenth of the reports in which enough of these remain.

    Which reports are left out follows from their ids, so that it is the same everywhere.
    """
    if not documents:
        return 0.0
    least = min(len(documents), GROUPS.shown_reports)
    counts = [
        sum(_tenth(document, sample) != 0 for document in documents)
        for sample in range(GROUPS.resamples)
    ]
    return round(sum(count >= least for count in counts) / GROUPS.resamples, 2)


def _tenth(document: str, sample: int) -> int:
    """Which tenth (0 to 9) of the reports a report falls into in a resample."""
    # By hash and not at random: the same reports are left out on every run and machine.
    digest = hashlib.blake2b(f"{sample}:{document}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % 10


def with_tensions(points: Sequence[Point], known: KnownPoints) -> tuple[Point, ...]:
    """The points with those that claim the contrary of each: other side, or other direction."""
    places: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for point in points:
        for aspect, defect in _combinations(point, known):
            places[aspect, defect, point.role].append(point.point_id)
    counts = {point.point_id: point.documents for point in points}
    result = []
    for point in points:
        opposite_ids: set[str] = set()
        for aspect, defect in _combinations(point, known):
            opposite = known.defects[defect].opposite
            other_side = {"problem": "strength", "strength": "problem"}.get(point.role)
            if other_side:
                opposite_ids |= set(places.get((aspect, defect, other_side), ()))
            if opposite:
                opposite_ids |= set(places.get((aspect, opposite, point.role), ()))
        opposite_ids = {id for id in opposite_ids - {point.point_id} if counts[id]}
        by_reports = (
            sorted(opposite_ids, key=lambda id: (-counts[id], id)) if point.documents else []
        )
        result.append(replace(point, opposed_by=tuple(by_reports)))
    return tuple(result)


def _combinations(point: Point, known: KnownPoints) -> list[tuple[str, str]]:
    if point.point_id in known.combinations:
        return list(known.combinations[point.point_id])
    return [(point.aspect, point.defect)] if point.aspect and point.defect else []
