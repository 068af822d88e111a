"""Charts say what they show, in words and figures too."""

import pytest

from lif_nlp.errors import UnknownNameError
from lif_nlp.workflow.plot import plot


def test_the_rows_of_the_board_chart_add_up_to_all_reports(built):
    picture = plot(built, "board", top=5)
    rows = picture.chart.rows
    assert 0 < len(rows) <= 5
    assert {sum(int(str(n)) for n in row[1:5]) for row in rows} == {2}
    shares = list(picture.data["problem_share"])
    assert shares == sorted(shares, reverse=True)
    assert all(f"{row[0]} {row[5]} (likely range {row[6]})" in picture.chart.alt for row in rows)


def test_the_board_chart_explains_how_to_read_it(built, tmp_path):
    drawn = plot(built, "board").save(tmp_path / "board.svg").read_text("utf-8")
    for words in ("most frequent themes in 2 reports", "more problems", "not mentioned",
                  "A report counts once for a theme", "likely range"):  # fmt: skip
        assert words in drawn
    assert plot(built, "board").save(tmp_path / "board.png").stat().st_size > 10_000


def test_an_unknown_chart_names_those_that_exist(built):
    with pytest.raises(
        UnknownNameError, match="choose one of: points, board, recurrence, balance, trend"
    ):
        plot(built, "pie")
