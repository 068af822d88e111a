"""Builds the learning points of all findings: known ones, shared frames, then tight groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework.model import Framework
from lif_nlp.ids import point_id
from lif_nlp.point_records import PointChange, PointSet, ReportFacts
from lif_nlp.protocols import Encode, Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, sort_corpus
from lif_nlp.themes.points.agreement import true_members
from lif_nlp.themes.points.assemble import Draft, assemble
from lif_nlp.themes.points.boilerplate import find_boilerplate
from lif_nlp.themes.points.candidates import Pairs, candidate_pairs
from lif_nlp.themes.points.groups import KnownPoints, Statement, stated_points
from lif_nlp.themes.points.known_statements import (
    known_answers,
    left_to_frames,
    likely_reports,
    said_by_known,
    sure_answers,
)
from lif_nlp.themes.points.pair_test import PairTest, pair_test_for
from lif_nlp.themes.points.sides import is_good_news
from lif_nlp.themes.points.stars import Links, Star, find_stars, links_of
from lif_nlp.themes.points.statements import StatementTable, Weights
from lif_nlp.themes.points.thresholds import GROUPS, UNION
from lif_nlp.themes.points.union import Groups


def build_points(
    findings: Sequence[Finding],
    vectors: Vectors,
    framework: Framework,
    *,
    reports: Mapping[str, ReportFacts],
    encode: Encode | None = None,
    previous: PointSet | None = None,
    lasting: Collection[str] = (),
) -> PointSet:
    """The learning points that findings state; the order of the findings does not matter.

    Parameters
    ----------
    findings, vectors
        Findings of all reports with their frames, copies left out, and one vector each.
    framework
        Its aspects, defects and known points.
    reports
        Facts of the reports, by id.
    encode
        The encoder of `vectors`; without it pairs are tested by their words alone.
    previous
        The machine's points of the build before: points found by the pair test keep their
        ids where at least half of their findings stay together.
    lasting
        Ids of points that people decided about: they stay, with their findings, even if
        nothing groups them any more.

    Raises
    ------
    ModelError
        If the weights of the pair test are missing or were altered.
    ValueError
        If there is not one vector for each finding.
    """
    test = pair_test_for(encode)
    corpus, boilerplate = statable(findings, vectors, reports)
    table = test.table(corpus.findings, corpus.vectors, framework, encode)
    known_points = KnownPoints(framework)
    answers = known_answers(corpus, known_points, encode)
    learnt = sure_answers(answers, corpus, encode, len(reports))
    framed = framed_statements(corpus, table, known_points, test, encode)
    # Frames go first, since they can say why; the pair test takes what has none.  A point that was
    # learnt takes in nothing by likeness: what the test is not sure of does not belong to it.
    free = free_rows([*learnt, *framed], corpus)
    near, scores = near_pairs(table, test, free, {s.row for s in framed})
    links = passing_links(near, scores, test)
    # Points that are there take what belongs to them before new groups form.
    framed += joined(framed, links, table, test)
    report_of = [finding.doc_id for finding in corpus.findings]
    stars = find_stars(links, report_of, free_rows([*learnt, *framed], corpus))
    framed, stars = united(framed, stars, near, table, test, known_points)
    framed, stars = unlike_known(framed, stars, answers, table, known_points)
    statements = [*learnt, *framed]
    names = _star_ids(
        [{corpus.findings[r].finding_id for r in star.members} for star in stars],
        [corpus.findings[star.centre].finding_id for star in stars],
        previous,
    )
    for star, name in zip(stars, names, strict=True):
        statements += [Statement(name, row, p, "pair") for row, p in star.members.items()]
    draft = Draft(
        corpus, known_points, statements, reports, frozenset(names),
        known_points.name_vectors(encode, corpus.vectors.shape[1]), likely_reports(answers, corpus),
    )  # fmt: skip
    points = assemble(draft, encoder=test.name, boilerplate=boilerplate)
    return with_changes(_with_lasting(points, previous, lasting, corpus), previous)


def framed_statements(
    corpus: Corpus, table: StatementTable, known: KnownPoints, test: PairTest, encode: Encode | None
) -> list[Statement]:
    """What findings state for certain by their frames, of points that no test was taught."""
    stated = left_to_frames(stated_points(corpus.findings, known), known, encode)
    return true_members(stated, table, known, test, encode)


def statable(
    findings: Sequence[Finding], vectors: Vectors, reports: Mapping[str, ReportFacts]
) -> tuple[Corpus, frozenset[str]]:
    """The findings that can state a point, in order of id, and the ids of template wording."""
    corpus = sort_corpus(findings, vectors)
    eligible = [row for row, f in enumerate(corpus.findings) if f.role in POINT_ROLES]
    boilerplate = find_boilerplate([corpus.findings[row] for row in eligible], reports)
    rows = [
        row
        for row in eligible
        if corpus.findings[row].finding_id not in boilerplate
        and not is_good_news(corpus.findings[row])
    ]
    return corpus.take(rows), boilerplate


def free_rows(statements: Sequence[Statement], corpus: Corpus) -> list[int]:
    """Rows of the findings that state no point yet, in order."""
    taken_rows = {statement.row for statement in statements}
    return [row for row in range(len(corpus)) if row not in taken_rows]


def near_pairs(
    table: StatementTable, test: PairTest, rows: Collection[int], others: Collection[int]
) -> tuple[Pairs, Weights]:
    """Pairs that are about the same, with their scores: one finding is in `rows`, the other there
    or in `others`."""
    is_asked, is_other = np.zeros((2, len(table)), bool)
    is_asked[list(rows)] = True
    is_other[list(others)] = True
    pairs = candidate_pairs(table, is_asked, is_other)
    scores = test.scores(table, pairs.left, pairs.right)
    is_near = scores >= min(UNION.link, test.group_from)
    return Pairs(pairs.left[is_near], pairs.right[is_near]), scores[is_near]


def passing_links(pairs: Pairs, scores: Weights, test: PairTest) -> Links:
    """The pairs that pass the test."""
    is_link = scores >= test.group_from
    return links_of(
        pairs.left[is_link].tolist(), pairs.right[is_link].tolist(), scores[is_link].tolist()
    )


def united(
    statements: Sequence[Statement],
    stars: Sequence[Star],
    near: Pairs,
    table: StatementTable,
    test: PairTest,
    known: KnownPoints,
) -> tuple[list[Statement], list[Star]]:
    """Statements and groups, with groups that say the same made one; findings left over join."""
    ids = sorted({statement.point_id for statement in statements})
    members: dict[str, dict[int, float]] = {id: {} for id in ids}
    for statement in statements:
        rows = members[statement.point_id]
        rows[statement.row] = max(statement.confidence, rows.get(statement.row, 0.0))
    before = {id: set(rows) for id, rows in members.items()}
    groups = Groups(
        [*members.values(), *(dict(star.members) for star in stars)],
        len(ids),
        [
            *(known.seeds[id].role if id in known.seeds else "problem" for id in ids),
            *(table.findings[star.centre].role for star in stars),
        ],
        table,
        test,
    )
    groups.unite(near)
    taken_rows = set[int]().union(*groups.members)
    free = [row for row in range(len(table)) if row not in taken_rows]
    for row, (group, score) in groups.place(free, near).items():
        groups.members[group][row] = score
    added = [
        Statement(id, row, score, "pair")
        for id, rows in zip(ids, groups.members, strict=False)
        for row, score in sorted(rows.items())
        if row not in before[id]
    ]
    left_stars = [
        Star(star.centre, rows)
        for star, rows in zip(stars, groups.members[len(ids) :], strict=True)
        if rows
    ]
    return [*statements, *added], left_stars


def unlike_known(
    statements: Sequence[Statement],
    stars: Sequence[Star],
    answers: Sequence[Statement],
    table: StatementTable,
    known: KnownPoints,
) -> tuple[list[Statement], list[Star]]:
    """Statements and groups without those that say once more what a known point says; findings
    that share a frame are a group, too.

    Parameters
    ----------
    answers
        Those of the test of known points, however sure.
    """
    sure_of: dict[int, dict[str, float]] = defaultdict(dict)
    for answer in answers:
        sure_of[answer.row][answer.point_id] = answer.confidence
    framed: dict[str, list[int]] = defaultdict(list)
    for statement in statements:
        if statement.point_id not in known.seeds:
            framed[statement.point_id].append(statement.row)
    homes = {id: said_by_known(set(rows), sure_of) for id, rows in framed.items()}

    def is_apart(home: str, row: int) -> bool:
        # A frame may take another side than its sentence.
        return not home or known.seeds[home].role != table.findings[row].role

    return (
        [s for s in statements if is_apart(homes.get(s.point_id, ""), s.row)],
        [s for s in stars if is_apart(said_by_known(s.members, sure_of), s.centre)],
    )


def joined(
    statements: Sequence[Statement], links: Links, table: StatementTable, test: PairTest
) -> list[Statement]:
    """Findings that join a point because they are the same as members of several reports."""
    members: dict[int, list[str]] = {}
    for statement in statements:
        members.setdefault(statement.row, []).append(statement.point_id)
    least = test.group_from + GROUPS.join_margin * (1.0 - test.group_from)
    result: list[Statement] = []
    for row in sorted(links):
        if row in members:
            continue
        scores: dict[str, dict[str, float]] = {}
        for other, score in links[row].items():
            for point in members.get(other, ()):
                report = table.findings[other].doc_id
                best = scores.setdefault(point, {})
                best[report] = max(score, best.get(report, 0.0))
        candidates = sorted(
            (
                (-sum(sorted(s.values())[-GROUPS.links_to_join :]) / GROUPS.links_to_join, point)
                for point, s in scores.items()
                if len(s) >= GROUPS.links_to_join
            )
        )
        if candidates and -candidates[0][0] >= least:
            score, point = candidates[0]
            result.append(Statement(point, row, round(-score, 4), "pair"))
    return result


def _star_ids(
    members: Sequence[Collection[str]], centres: Sequence[str], previous: PointSet | None
) -> list[str]:
    """Ids of groups: those of earlier points whose findings they hold, or new ones."""
    earlier: dict[str, set[str]] = {}
    if previous is not None:
        by_pair = {p.point_id for p in previous.points if p.origin == "pair"}
        for member in previous.members:
            if member.point_id in by_pair:
                earlier.setdefault(member.point_id, set()).add(member.finding_id)
    point_of = {f: point for point, findings in earlier.items() for f in findings}
    # Decisions and briefs may still name a point that is gone, so its id goes to no other.
    used: set[str] = set(previous.retired) if previous is not None else set()
    names = []
    for own, centre in zip(members, centres, strict=True):
        shares: dict[str, int] = {}
        for finding in own:
            if finding in point_of:
                shares[point_of[finding]] = shares.get(point_of[finding], 0) + 1
        best = max(sorted(shares), key=lambda p: shares[p], default="")
        # Groups come with most reports first, so of two halves of a point that one keeps its id.
        if best and best not in used and shares[best] >= GROUPS.same_point * len(earlier[best]):
            name = best
        else:
            name = point_id("pair", centre)
            while name in used or name in earlier:
                name = point_id("pair", f"{name}{centre}")
        used.add(name)
        names.append(name)
    return names


def _with_lasting(
    points: PointSet, previous: PointSet | None, lasting: Collection[str], corpus: Corpus
) -> PointSet:
    """The points, with those that people decided about and nothing groups any more."""
    if previous is None:
        return points
    present = {point.point_id for point in points.points}
    there = {finding.finding_id for finding in corpus.findings}
    lost_points = [p for p in previous.points if p.point_id in set(lasting) - present]
    ids = {point.point_id for point in lost_points}
    members = [m for m in previous.members if m.point_id in ids and m.finding_id in there]
    assigned_ids = {m.finding_id for m in members}
    return replace(
        points,
        points=(*points.points, *lost_points),
        members=tuple(
            sorted((*points.members, *members), key=lambda m: (m.point_id, m.finding_id))
        ),
        unassigned=tuple(f for f in points.unassigned if f not in assigned_ids),
    )


def with_changes(points: PointSet, previous: PointSet | None) -> PointSet:
    """The points with what changed since the build before; ids of lost points are retired."""
    if previous is None:
        return points
    now, before = _members_of(points), _members_of(previous)
    changes = [
        PointChange(
            id,
            "kept" if id in before else "new",
            joined=len(now[id] - before.get(id, set())),
            left=len(before.get(id, set()) - now[id]),
        )
        for id in sorted(now)
        if now[id] != before.get(id, set())
    ]
    lost_ids = sorted(set(before) - set(now))
    changes += [PointChange(id, "gone", left=len(before[id])) for id in lost_ids]
    retired_ids = tuple(sorted({*previous.retired, *lost_ids}))
    return replace(points, changes=tuple(changes), retired=retired_ids)


def _members_of(points: PointSet) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {point.point_id: set() for point in points.points}
    for member in points.members:
        members.setdefault(member.point_id, set()).add(member.finding_id)
    return members
