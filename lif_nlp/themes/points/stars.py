"""Tight groups of linked findings: a centre, and members linked to it and to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lif_nlp.themes.points.thresholds import GROUPS

Links = Mapping[int, Mapping[int, float]]
"""For each row the rows it is linked to, with the probability that both are the same."""


@dataclass(frozen=True, slots=True)
class Star:
    """A group: its centre, and its members with their probability; the centre is one of them."""

    centre: int
    members: Mapping[int, float]


def links_of(left: Sequence[int], right: Sequence[int], scores: Sequence[float]) -> Links:
    """Links in both directions."""
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for a, b, score in zip(left, right, scores, strict=True):
        links[a][b] = links[b][a] = score
    return links


def find_stars(links: Links, reports: Sequence[str], free: Collection[int]) -> list[Star]:
    """Groups of free rows, those with most reports first; a row is in one group at most.

    A member is linked to the centre and to half of the members before it, surest first, so
    that no chain of neighbours grows.  The result depends on rows and links alone.

    Parameters
    ----------
    links
        Pairs that the pair test calls the same.
    reports
        Report of each row.
    free
        Rows that may be grouped.
    """
    open_rows = set(free)
    own = {
        row: {r: p for r, p in links.get(row, {}).items() if r in open_rows} for row in open_rows
    }
    degree = {row: _count_reports(row, own, reports) for row in open_rows}
    by_degree: dict[int, set[int]] = defaultdict(set)
    for row, count in degree.items():
        by_degree[count].add(row)
    stars: list[Star] = []
    for count in range(max(by_degree, default=0), GROUPS.echo_reports - 1, -1):
        # Counts only fall while rows are taken, so one pass downwards meets each row.
        while by_degree[count]:
            # Of equal ones the first by id, so that the order of input decides nothing.
            centre = min(by_degree[count])
            by_degree[count].discard(centre)
            star = _star_of(centre, own)
            if len({reports[row] for row in star.members}) < GROUPS.echo_reports:
                continue
            stars.append(star)
            _take(star.members, own, reports, degree, by_degree)
    return stars


def _count_reports(row: int, own: Links, reports: Sequence[str]) -> int:
    return len({reports[r] for r in own[row]} | {reports[row]})


def _star_of(centre: int, own: Links) -> Star:
    members: dict[int, float] = {centre: 1.0}
    for row, score in sorted(own[centre].items(), key=lambda item: (-item[1], item[0])):
        others = [m for m in members if m != centre]
        link_count = sum(m in own[row] for m in others)
        # A link to the centre alone would let groups chain into one another.
        if link_count >= GROUPS.linked_share * len(others):
            members[row] = score
    return Star(centre, members)


def _take(
    members: Collection[int],
    own: dict[int, dict[int, float]],
    reports: Sequence[str],
    degree: dict[int, int],
    by_degree: dict[int, set[int]],
) -> None:
    """Take the rows of a group out of the graph."""
    changed_rows: set[int] = set()
    for row in members:
        by_degree[degree.pop(row)].discard(row)
        for other in own.pop(row):
            if other in own:
                del own[other][row]
                changed_rows.add(other)
    for row in changed_rows - set(members):
        if row in degree:
            by_degree[degree[row]].discard(row)
            degree[row] = _count_reports(row, own, reports)
            by_degree[degree[row]].add(row)
