"""The quiz asks what reports can answer, and its answers carry their figures."""

import re

from lif_nlp.briefs import Quoter, subject_of
from lif_nlp.briefs.sections.quiz import _choices, quiz, sheet
from lif_nlp.briefs.sections.recurring_points import RecurringPoint, recurring_themes


def points(*reports):
    return [RecurringPoint(f"p{n}", f"Point {n}", "", n, 30, "2019", None, None) for n in reports]


def test_the_answer_came_back_far_more_often_than_the_other_options():
    [first, *_] = _choices(points(20, 18, 13, 12, 5))
    assert first[0].reports == 20
    assert all(3 * point.reports <= 2 * 20 for point in first[1:])
    assert _choices(points(9, 8, 8)) == []


def test_every_question_has_its_answer_with_figures_and_no_quote_twice(material):
    quoter = Quoter(material, subject_of(material))
    asked, answers = quiz(quoter, ["information_sharing"])
    told = [claim.text for claim in answers if claim.kind == "count"]
    assert [int(text.partition(".")[0]) for text in told] == list(range(1, len(asked) + 1))
    assert sheet(asked)[1:] == asked and sheet([]) == []
    quoted = [claim.evidence[0].finding_id for claim in answers if claim.kind == "quote"]
    assert quoted and len(quoted) == len(set(quoted))
    names = {theme.name: theme.reports for theme in
             recurring_themes(material, quoter.subject, "problem")}  # fmt: skip
    for text in told:
        found = re.match(r"\d\. \([abc]\) (.+): (\d+) of \d+ reports", text)
        if found and found[1] in names:
            assert names[found[1]] == int(found[2])
