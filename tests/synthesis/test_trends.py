import pandas as pd
import pytest

from lif_nlp.synthesis import directions, horizon, persistence, trends
from tests.synthesis.conftest import document, finding, frames_of


def many(early, late, *, of=10, late_type="jtai"):
    """Ten reports of 2015 and ten of 2022, `early` and `late` of them on sharing."""
    documents, findings = [], []
    for year, hits, kind in ((2015, early, "jtai"), (2022, late, late_type)):
        for n in range(of):
            documents.append(document(f"{year}-{n:02}", str(year), kind))
            theme = ("sharing",) if n < hits else ("voice",)
            findings.append(finding(f"{year}-{n:02}", 1, themes=theme))
    return frames_of(documents, findings)


def test_trend_divides_by_the_reports_of_the_year(framework):
    table = trends(many(3, 8), framework)
    rows = table[table["id"].eq("sharing")]
    assert rows["year"].tolist() == [2015, 2022]
    assert rows["reports"].tolist() == [3, 8]
    assert rows["of_reports"].tolist() == [10, 10]
    assert rows["enough_reports"].all()


def test_a_year_in_which_nothing_was_said_is_a_nought(framework):
    table = trends(many(0, 8), framework)
    assert table.loc[table["id"].eq("sharing"), "reports"].tolist() == [0, 8]


@pytest.mark.parametrize(
    ("early", "late", "direction"),
    [(1, 9, "rising"), (9, 1, "falling"), (5, 6, "no clear change")],
)
def test_a_direction_needs_an_interval_clear_of_nought(early, late, direction, framework):
    table = directions(many(early, late), framework).set_index("id")
    assert table.loc["sharing", "direction"] == direction


def test_too_few_reports_give_no_direction(framework):
    table = directions(many(0, 4, of=4), framework)
    assert set(table["direction"]) == {"too few reports"}


def test_a_change_of_report_types_is_told(framework):
    table = directions(many(1, 9, late_type="cspr"), framework)
    assert set(table["type_shift"]) == {1.0}


def test_a_change_that_only_the_kinds_of_report_made_is_no_direction(framework):
    table = directions(many(1, 9, late_type="cspr"), framework).set_index("id")
    # sharing rises and voice falls
    assert set(table["direction"]) == {"other kinds of report"}
    # the scan compares like with like, and here nothing is alike
    assert horizon(many(1, 9, late_type="cspr"), framework).empty


def test_horizon_puts_new_and_rising_themes_first(framework):
    table = horizon(many(0, 8), framework)
    assert table["theme_id"].tolist()[0] == "sharing"
    assert table["signal"].tolist() == ["new", "steady"]
    assert len(table.iloc[0].finding_ids) == 8


def test_a_theme_that_an_earlier_report_of_another_kind_names_is_not_new(framework):
    frames = many(0, 8)
    letter = document("letter", "2015", "ilacs")
    older = finding("letter", 1, themes=("sharing",))
    frames["documents"] = pd.concat([frames["documents"], pd.DataFrame([letter])])
    frames["findings"] = pd.concat([frames["findings"], pd.DataFrame([older])])
    row = horizon(frames, framework).set_index("theme_id").loc["sharing"]
    assert (row.signal, row.first_seen, row.earlier_reports) == ("watch", 2015, 0)


@pytest.mark.parametrize(
    ("early", "late", "of", "signal"),
    [
        (1, 9, 10, "rising"),
        (5, 6, 10, "watch"),
        (5, 5, 10, "steady"),
        (0, 2, 10, "new"),
        (0, 1, 10, "watch"),
        (0, 4, 4, "watch"),
    ],
)
def test_what_one_report_or_few_earlier_ones_say_is_only_watched(
    early, late, of, signal, framework
):
    scan = horizon(many(early, late, of=of), framework).set_index("theme_id")
    assert scan.loc["sharing", "signal"] == signal


def test_persistence_needs_problems_after_action_was_asked(framework):
    documents = [document(f"d{year}", str(year)) for year in (2015, 2017, 2019, 2021)]
    findings = [finding(f"d{year}", 1, themes=("sharing",)) for year in (2015, 2017, 2019, 2021)]
    findings.append(finding("d2017", 2, "action", themes=("sharing",)))
    row = persistence(frames_of(documents, findings), framework).iloc[0]
    assert (row.theme_id, row.first_action_year, row.problem_reports_after) == ("sharing", 2017, 2)
    assert (row.years_with_problems, row.reports_after, bool(row.persistent)) == (4, 2, True)


def test_a_problem_nobody_asked_action_on_is_not_called_stuck(framework):
    row = persistence(many(5, 8), framework).set_index("theme_id").loc["sharing"]
    assert not row.persistent and row.problem_reports_after == 0
