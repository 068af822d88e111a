"""The quiz asks what reports can answer, and its answers carry their figures."""

import re

from lif_nlp.briefs import Quoter, subject_of
from lif_nlp.briefs.kinds import KINDS
from lif_nlp.briefs.sections.quiz import _choices, quiz, sheet
from lif_nlp.briefs.sections.recurring_points import RecurringPoint, recurring_themes


def points(*reports):
    return [RecurringPoint(f"p{n}", f"Point {n}", "", n, 30, "2019", None, None) for n in reports]


def test_the_answer_came_back_far_more_often_than_the_other_options():
    [first, *_] = _choices(points(20, 18, 13, 12, 5))
    assert first[0].reports == 20
    assert all(3 * point.reports <= 2 * 20 for point in first[1:])
    assert _choices(points(9, 8, 8)) == []


def test_every_question_has_its_answer_with_figures_and_no_quote_twice(sample):
    material = sample.cache.material(KINDS["training"])
    subject = subject_of(material)
    quoter = Quoter(material, subject)
    asked, answers = quiz(quoter, ["information_sharing"])
    told = [claim.text for claim in answers if claim.kind == "count"]
    assert [int(text.partition(".")[0]) for text in told] == list(range(1, len(asked) + 1))
    assert sheet(asked)[1:] == asked and sheet([]) == []
    quoted = [claim.evidence[0].finding_id for claim in answers if claim.kind == "quote"]
    assert len(quoted) == len(set(quoted)) > 1
    reports = {
        role: {theme.name: theme.reports for theme in recurring_themes(material, subject, role)}
        for role in ("problem", "strength")
    }
    choices = [
        (question.text, found)
        for question, text in zip(asked, told, strict=True)
        if (found := re.match(r"\d\. \([abc]\) (.+): (\d+) of \d+ reports.* others: (.+)\.", text))
    ]
    assert len(choices) >= 3
    for question, found in choices:
        of_role = reports["strength" if "strength" in question else "problem"]
        assert of_role[found[1]] == int(found[2])
        options = {
            letter: of_role[name[0].upper() + name[1:]]
            for letter, name in re.findall(r"\(([abc])\) (.+?)[.;]", question)
        }
        others = {letter: int(n) for letter, n in re.findall(r"\(([abc])\) (\d+)", found[3])}
        assert len(others) == 2 and others.items() < options.items()
