import pandas as pd
import pytest

from lif_nlp.errors import UnknownNameError
from lif_nlp.schema import column_names
from lif_nlp.synthesis import (
    TABLES,
    agencies,
    balance,
    priorities,
    priority_themes,
    recurrence,
    tables,
)


def test_recurrence_counts_distinct_reports_that_count(frames, framework):
    table = recurrence(frames, framework)
    assert list(table.columns) == list(column_names("recurrence"))
    top = table.iloc[0]
    assert (top.theme_id, top.reports, top.findings) == ("sharing", 3, 4)
    assert (top.strengths, top.problems, top.actions, top.findings_with_reason) == (1, 2, 1, 1)
    assert (top.of_reports, top.share) == (4, 0.75)
    assert (top.first_seen, top.last_seen) == (2019, 2021)
    assert table.iloc[1].theme_id == "voice" and table.iloc[1].reports == 1


def test_a_copy_and_a_quarantined_report_are_not_counted(frames, framework):
    voice = recurrence(frames, framework).set_index("theme_id").loc["voice"]
    assert voice.findings == 1


def test_a_rejected_theme_has_no_row(frames, framework):
    links = pd.DataFrame([{"finding_id": "a:1", "theme_id": "voice", "confidence": 0.9}])
    themes = frames["themes"].assign(status=["proposed", "rejected", "proposed"])
    table = recurrence({**frames, "assignments": links, "themes": themes}, framework)
    assert table.empty


def test_assignments_win_over_the_findings_own_themes(frames, framework):
    links = pd.DataFrame([{"finding_id": "a:1", "theme_id": "e-1", "confidence": 0.9}])
    table = recurrence({**frames, "assignments": links}, framework)
    assert table["theme_id"].tolist() == ["e-1"]
    assert table["kind"].tolist() == ["emergent"]


def test_priorities_keep_the_framework_order_and_show_noughts(frames, framework):
    table = priorities(frames, framework)
    assert list(table.columns) == list(column_names("priorities"))
    assert table["priority"].tolist() == ["neglect", "domestic_abuse"]
    assert table["reports"].tolist() == [2, 0]
    assert table["share"].tolist() == [0.5, 0.0]


def test_priority_themes_share_is_of_reports_with_the_priority(frames, framework):
    row = priority_themes(frames, framework).iloc[0]
    assert (row.priority, row.theme_id, row.reports, row.of_reports) == ("neglect", "sharing", 1, 2)


def test_balance_sets_strengths_beside_problems(frames, framework):
    table = balance(frames, framework).set_index("theme_id")
    sharing = table.loc["sharing"]
    assert (sharing.strengths, sharing.problems, sharing.problems_with_reason) == (1, 2, 1)
    assert table.loc["voice"].strength_share == 1.0


def test_agencies_are_counted_per_theme(frames, framework):
    table = agencies(frames, framework)
    police = table[(table.theme_id == "sharing") & (table.agency == "police")].iloc[0]
    assert (police["name"], police.reports, police.strengths, police.problems) == (
        "Police",
        2,
        1,
        1,
    )


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("given", ["nothing", "empty frames"])
def test_no_input_gives_an_empty_table_with_its_columns(name, given, frames, framework):
    nothing = {} if given == "nothing" else {k: f.iloc[:0] for k, f in frames.items()}
    full = TABLES[name](frames, framework)
    table = TABLES[name](nothing, framework)
    assert list(table.columns) == list(full.columns)
    assert len(table) == (len(framework.priorities) if name == "priorities" else 0)


def test_an_unknown_table_is_refused_with_the_names(frames, framework):
    message = r"^unknown table 'league'; choose one of: recurrence, problem_strength_balance"
    with pytest.raises(UnknownNameError, match=message):
        tables(frames, framework, ["league"])
