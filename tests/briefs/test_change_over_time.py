import pandas as pd
import pytest

from lif_nlp.briefs.sections.change_over_time import direction_in_words

BASE = {
    "earlier_years": "2014 to 2019", "later_years": "2020 to 2025", "type_shift": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "low", "high", "direction", "words"),
    [
        ((34, 39), (19, 44), -0.6, -0.24, "falling", "It comes up less often than before: "),
        ((34, 39), (19, 44), -0.6, -0.24, "other kinds of report", "It comes up less often than"),
        ((23, 39), (20, 44), -0.34, 0.08, "no clear change", "There are too few reports to tell"),
        ((200, 400), (202, 400), -0.06, 0.07, "no clear change", "It comes up about as often as"),
        ((2, 40), (20, 40), 0.26, 0.61, "rising", "It comes up more often than before: "),
    ],
)
def test_the_words_never_say_more_than_the_fractions(then, now, low, high, direction, words):
    row = pd.Series(
        BASE
        | {"earlier_reports": then[0], "earlier_of_reports": then[1], "later_reports": now[0],
           "later_of_reports": now[1], "change": now[0] / now[1] - then[0] / then[1],
           "change_low": low, "change_high": high, "direction": direction}
    )  # fmt: skip
    told = direction_in_words(row)
    assert told.startswith(words)
    assert f"{then[0]} of {then[1]} reports in 2014 to 2019, {now[0]} of {now[1]} in 2020" in told
    assert ("kinds of report changed" in told) == (direction == "other kinds of report")
