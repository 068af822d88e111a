"""The numbers of a point: reports of those that could say it, years, areas, kinds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from lif_nlp.point_records import Point, PointFigures, PointSet, ReportFacts
from lif_nlp.records import Finding
from lif_nlp.stats import wilson_interval

ABLE_SHARE = 0.1
"""Kinds of report could state a point if points of its theme come up in a share of them that is at
least this part of the share among the kind that states them most.  With one coroner's report that
speaks of plans, 442 others would stand under "90 of 635" (657 real reports, November 2026)."""


def figures_of(
    points: PointSet, findings: Mapping[str, Finding], reports: Mapping[str, ReportFacts]
) -> dict[str, PointFigures]:
    """Figures of each point, by its id.

    A report counts once, whatever the number of its findings.  The reports that could say a
    point are those of each kind that speaks of its theme often enough (`ABLE_SHARE`): a
    coroner's report is no denominator for pathway plans.

    Parameters
    ----------
    points
        The points and their members.
    findings
        Findings by id; members that are not among them are not counted.
    reports
        Facts of all reports that are counted, by id.
    """
    counted_reports = {id: facts for id, facts in reports.items() if not facts.apart}
    members: dict[str, list[Finding]] = defaultdict(list)
    for member in points.members:
        finding = findings.get(member.finding_id)
        if finding is not None and finding.doc_id in counted_reports:
            members[member.point_id].append(finding)
    reports_of_theme: dict[str, set[str]] = defaultdict(set)
    for point in points.points:
        reports_of_theme[point.theme] |= {f.doc_id for f in members[point.point_id]}
    totals = Counter(facts.review_type for facts in counted_reports.values())
    kinds_of_theme = {
        theme: _able_kinds(Counter(counted_reports[id].review_type for id in ids), totals)
        for theme, ids in reports_of_theme.items()
    }
    return {
        point.point_id: _figures(
            point, members[point.point_id], kinds_of_theme[point.theme], counted_reports
        )
        for point in points.points
    }


def _able_kinds(stating: Mapping[str, int], totals: Mapping[str, int]) -> set[str]:
    """Kinds of report that could state points of a theme, by how many reports of each do."""
    shares = {kind: count / totals[kind] for kind, count in stating.items()}
    return {k for k, share in shares.items() if share >= ABLE_SHARE * max(shares.values())}


def _figures(
    point: Point,
    findings: list[Finding],
    kinds: set[str],
    reports: Mapping[str, ReportFacts],
) -> PointFigures:
    stating = {finding.doc_id: reports[finding.doc_id] for finding in findings}
    # A kind of report that hardly ever speaks of the theme could not have stated the point, but a
    # report that does counts with those that could.
    able = [facts for id, facts in reports.items() if facts.review_type in kinds or id in stating]
    low, high = wilson_interval(len(stating), len(able))
    dates = sorted(facts.published for facts in stating.values() if facts.published)
    hits = Counter(facts.published[:4] for facts in stating.values() if facts.published)
    totals = Counter(facts.published[:4] for facts in able if facts.published)
    reports_by_agency: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        for agency in finding.agencies:
            reports_by_agency[agency].add(finding.doc_id)
    return PointFigures(
        point.point_id,
        documents=len(stating),
        able=len(able),
        low=low,
        high=high,
        findings=len(findings),
        years=tuple((year, hits[year], totals[year]) for year in sorted(totals)),
        first_seen=dates[0] if dates else "",
        last_seen=dates[-1] if dates else "",
        areas=_counted(facts.area for facts in stating.values()),
        kinds=_counted(facts.review_type for facts in stating.values()),
        agencies=_ranked({agency: len(ids) for agency, ids in reports_by_agency.items()}),
    )


def _counted(names: Iterable[str]) -> Mapping[str, int]:
    return _ranked(Counter(name for name in names if name))


def _ranked(counts: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
