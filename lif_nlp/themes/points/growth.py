"""New reports meet the points there are: cost grows with what is new, not with the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lif_nlp.framework.model import Framework
from lif_nlp.point_records import Point, PointMember, PointSet, ReportFacts
from lif_nlp.protocols import Encode, Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, draw_ids, sort_corpus
from lif_nlp.themes.points.agreement import true_members
from lif_nlp.themes.points.assemble import Draft, assemble, with_tensions
from lif_nlp.themes.points.build import (
    free_rows,
    joined,
    near_pairs,
    passing_links,
    statable,
    with_changes,
)
from lif_nlp.themes.points.groups import KnownPoints, Statement, stated_points
from lif_nlp.themes.points.known_statements import (
    known_answers,
    learnt_points,
    left_to_frames,
    likely_reports,
    sure_answers,
)
from lif_nlp.themes.points.pair_test import PairTest, pair_test_for
from lif_nlp.themes.points.thresholds import AGREEMENT, CANDIDATES, GROUPS

Take = Callable[[Sequence[str]], tuple[Sequence[Finding], Vectors]]
"""Stored findings with these ids, and their vectors in the same order."""


def extend_points(
    previous: PointSet,
    findings: Sequence[Finding],
    vectors: Vectors,
    framework: Framework,
    *,
    reports: Mapping[str, ReportFacts],
    take: Take,
    encode: Encode | None = None,
) -> PointSet:
    """The points of the build before, with the findings of new reports.

    A new finding joins the points that it states for certain, or else one that no test was
    taught and whose centre and exemplars it is the same as (two must pass).  All others wait for
    the next full build, except that frames of two new reports may make a new point.  Centres,
    exemplars, quotes and names stay as they are.

    Parameters
    ----------
    previous
        The machine's points of the build before.
    findings, vectors
        Findings of the new reports only, copies left out, and one vector each.
    framework, encode
        As for `build_points`.
    reports
        Facts of all reports, by id.
    take
        Gives stored findings by id; asked for centres and exemplars that are near.
    """
    known_points = KnownPoints(framework)
    corpus, boilerplate = statable(findings, vectors, reports)
    test = pair_test_for(encode)
    accepted = _by_frames(previous, corpus, known_points, framework, test, take, encode)
    answers = known_answers(corpus, known_points, encode)
    reports_before = {point.point_id: point.documents for point in previous.points}
    statements = [*accepted, *sure_answers(answers, corpus, encode, len(reports), reports_before)]
    before = {point.point_id: point for point in previous.points}
    learnt_ids = learnt_points(known_points, encode)
    likened = [point for point in previous.points if point.point_id not in learnt_ids]
    statements += _by_anchors(likened, corpus, statements, framework, test, take, encode)
    fresh = [s for s in statements if s.point_id not in before]
    members = [
        PointMember(
            s.point_id, corpus.findings[s.row].finding_id, round(s.confidence, 4), why=s.why
        )
        for s in statements
        if s.point_id in before
    ]
    names = known_points.name_vectors(encode, corpus.vectors.shape[1])
    likely = likely_reports(answers, corpus)
    born = assemble(
        Draft(corpus, known_points, fresh, reports, name_vectors=names, likely=likely),
        encoder=previous.encoder,
    )
    new_ids = {p.point_id for p in born.points if p.documents} - set(before)
    all_members = (*previous.members, *members, *(m for m in born.members if m.point_id in new_ids))
    joining = _by_point(members)
    points = [_recounted(p, joining.get(p.point_id, ()), corpus, likely) for p in previous.points]
    points += [p for p in born.points if p.point_id in new_ids]
    points.sort(key=lambda p: (-p.documents, -p.findings, p.point_id))
    assigned_ids = {m.finding_id for m in all_members}
    waiting = {*previous.unassigned, *(f.finding_id for f in corpus.findings)} - assigned_ids
    result = replace(
        previous,
        points=with_tensions(points, known_points),
        members=tuple(sorted(all_members, key=lambda m: (m.point_id, m.finding_id))),
        unassigned=tuple(sorted(waiting)),
        boilerplate=tuple(sorted({*previous.boilerplate, *boilerplate})),
    )
    return with_changes(result, previous)


def _by_frames(
    previous: PointSet,
    corpus: Corpus,
    known_points: KnownPoints,
    framework: Framework,
    test: PairTest,
    take: Take,
    encode: Encode | None,
) -> list[Statement]:
    """What frames of new findings state for certain, by the members that their points have."""
    stated = stated_points(corpus.findings, known_points)
    statements = left_to_frames(stated, known_points, encode)
    wanted = {statement.point_id for statement in statements}
    members: dict[str, list[str]] = defaultdict(list)
    for member in previous.members:
        if member.point_id in wanted and member.why in ("frame", "phrase"):
            members[member.point_id].append(member.finding_id)
    stored_ids = {
        point: draw_ids(finding_ids, AGREEMENT.examples) for point, finding_ids in members.items()
    }
    stored_findings, stored_vectors = take(sorted(set().union(*stored_ids.values())))
    both = sort_corpus(
        [*corpus.findings, *stored_findings], np.vstack([corpus.vectors, stored_vectors])
    ) if stored_findings else corpus  # fmt: skip
    row_of = {finding.finding_id: row for row, finding in enumerate(both.findings)}
    new_row = {finding.finding_id: row for row, finding in enumerate(corpus.findings)}
    moved = [replace(s, row=row_of[corpus.findings[s.row].finding_id]) for s in statements]
    table = test.table(both.findings, both.vectors, framework, encode)
    examples = {
        point: [row_of[finding_id] for finding_id in ids] for point, ids in stored_ids.items()
    }
    return [
        replace(statement, row=new_row[both.findings[statement.row].finding_id])
        for statement in true_members(moved, table, known_points, test, encode, examples)
    ]


def _by_anchors(
    points: Sequence[Point],
    corpus: Corpus,
    statements: Sequence[Statement],
    framework: Framework,
    test: PairTest,
    take: Take,
    encode: Encode | None,
) -> list[Statement]:
    """What new findings without a frame of a point state, by the centres and exemplars."""
    free = free_rows(statements, corpus)
    anchors: dict[str, list[str]] = defaultdict(list)
    for point in points:
        for finding_id in (point.centre, *point.exemplars):
            if finding_id:
                anchors[finding_id].append(point.point_id)
    if not free or not anchors:
        return []
    anchor_findings, stored_vectors = take(sorted(anchors))
    new = corpus.take(free)
    near = _nearest(stored_vectors, new.vectors)
    both = sort_corpus(
        [*new.findings, *(anchor_findings[i] for i in near)],
        np.vstack([new.vectors, stored_vectors[near]]),
    )
    ids = {finding.finding_id for finding in new.findings}
    new_rows = [row for row, finding in enumerate(both.findings) if finding.finding_id in ids]
    table = test.table(both.findings, both.vectors, framework, encode)
    links = passing_links(*near_pairs(table, test, new_rows, range(len(table))), test)
    # Stored examples count as certain members, so that new findings can join their points.
    anchor_statements = [
        Statement(point_id, row, 1.0, "frame")
        for row, finding in enumerate(both.findings)
        if finding.finding_id not in ids
        for point_id in anchors[finding.finding_id]
    ]
    row_of = {finding.finding_id: row for row, finding in enumerate(corpus.findings)}
    return [
        replace(statement, row=row_of[both.findings[statement.row].finding_id])
        for statement in joined(anchor_statements, links, table, test)
    ]


def _nearest(stored: Vectors, new: Vectors) -> list[int]:
    """Rows of `stored` that are among the nearest of any new one, as in a full build."""
    cosines = new @ stored.T
    limit = min(CANDIDATES.per_finding, len(stored))
    nearest = np.argpartition(-cosines, limit - 1, axis=1)[:, :limit]
    close = np.take_along_axis(cosines, nearest, axis=1) >= CANDIDATES.min_cosine
    rows: list[int] = np.unique(nearest[close]).tolist()
    return rows


def _by_point(members: Sequence[PointMember]) -> dict[str, set[str]]:
    """Ids of the findings of each point, by its id."""
    finding_ids: dict[str, set[str]] = defaultdict(set)
    for member in members:
        finding_ids[member.point_id].add(member.finding_id)
    return finding_ids


def _recounted(
    point: Point, own: Collection[str], corpus: Corpus, likely: Mapping[str, float]
) -> Point:
    """A point with the new findings counted; a seed that nobody stated gets its first words."""
    expected = round(point.likely + likely.get(point.point_id, 0.0), 3)
    if not own:
        return replace(point, likely=expected)
    findings = [f for f in corpus.findings if f.finding_id in own]
    # All are of new reports, so no report is counted twice.
    documents = point.documents + len({f.doc_id for f in findings})
    first = findings[0].finding_id
    exemplars = tuple(f.finding_id for f in findings[1:]) if not point.centre else ()
    return replace(
        point,
        documents=documents,
        findings=point.findings + len(findings),
        likely=expected,
        centre=point.centre or first,
        exemplars=point.exemplars or exemplars[: GROUPS.exemplars],
        quotes=point.quotes or (first,),
    )
