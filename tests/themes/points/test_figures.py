"""Numbers of a point: each report once, with its denominator."""

from lif_nlp.point_records import Point, PointMember, PointSet, ReportFacts
from lif_nlp.records import Finding
from lif_nlp.themes.points import figures_of


def test_reports_count_once_among_those_that_could_say_it():
    findings = {
        f"f{n}": Finding(f"f{n}", doc, 0, 1, "x", 1, agencies=("police",))
        for n, doc in enumerate(["d1", "d1", "d2", "d9"])
    }
    reports = {
        "d1": ReportFacts("d1", "ilacs", "2020-05-01", "Saltby"),
        "d2": ReportFacts("d2", "ilacs", "2021-01-01", "Northbeck"),
        "d3": ReportFacts("d3", "ilacs", "2021-06-01", "Saltby"),
        "d4": ReportFacts("d4", "pfd", "2021-06-01"),
        "d9": ReportFacts("d9", "ilacs", "2022-06-01", apart=True),
    }
    points = PointSet(
        (Point("lp-a", "A", "problem", theme="recording"),),
        tuple(PointMember("lp-a", f, 0.9) for f in findings),
    )
    figures = figures_of(points, findings, reports)["lp-a"]
    assert (figures.documents, figures.able, figures.findings) == (2, 3, 3)
    assert figures.years == (("2020", 1, 1), ("2021", 1, 2))
    assert (figures.first_seen, figures.last_seen) == ("2020-05-01", "2021-01-01")
    assert figures.areas == {"Northbeck": 1, "Saltby": 1}
    assert figures.agencies == {"police": 2}
    assert (round(figures.low, 2), round(figures.high, 2)) == (0.21, 0.94)


def test_a_kind_that_hardly_ever_speaks_of_the_theme_is_no_denominator():
    reports = {f"i{n}": ReportFacts(f"i{n}", "ilacs", "2020-05-01") for n in range(4)}
    reports |= {f"p{n}": ReportFacts(f"p{n}", "pfd", "2020-05-01") for n in range(60)}
    findings = {
        doc: Finding(doc, doc, 0, 1, "x", 1) for doc in ("i0", "i1", "i2", "p0", "p1", "p2", "p3")
    }

    def able(ids):
        members = tuple(PointMember("lp-a", id, 0.9) for id in ids)
        points = PointSet((Point("lp-a", "A", "problem", theme="recording"),), members)
        figures = figures_of(points, findings, reports)["lp-a"]
        return figures.documents, figures.able

    assert able(("i0", "i1", "i2", "p0")) == (4, 5)
    assert able(("i0", "p0", "p1", "p2", "p3")) == (5, 64)
