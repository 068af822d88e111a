"""The numbers of a point: reports of those that could say it, years, areas, kinds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from lif_nlp.point_records import Point, PointFigures, PointSet, ReportFacts
from lif_nlp.records import Finding
from lif_nlp.stats import wilson_interval


def figures_of(
    points: PointSet, findings: Mapping[str, Finding], reports: Mapping[str, ReportFacts]
) -> dict[str, PointFigures]:
    """Figures of each point, by its id.

    A report counts once, whatever the number of its findings.  The reports that could say a
    point are those of each kind of which at least one states a point of its theme: a
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
    kinds_of_theme: dict[str, set[str]] = defaultdict(set)
    for point in points.points:
        kinds_of_theme[point.theme] |= {
            counted_reports[f.doc_id].review_type for f in members[point.point_id]
        }
    return {
        point.point_id: _figures(
            point, members[point.point_id], kinds_of_theme[point.theme], counted_reports
        )
        for point in points.points
    }


def _figures(
    point: Point,
    findings: list[Finding],
    kinds: set[str],
    reports: Mapping[str, ReportFacts],
) -> PointFigures:
    stating = {finding.doc_id: reports[finding.doc_id] for finding in findings}
    # A kind of report that never speaks of the theme could not have stated the point.
    able = [facts for facts in reports.values() if facts.review_type in kinds]
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
