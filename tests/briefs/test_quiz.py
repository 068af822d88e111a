"""The quiz asks what to do, and each question has its answer."""

import re

from lif_nlp.briefs import Quoter, subject_of
from lif_nlp.briefs.kinds import KINDS
from lif_nlp.briefs.sections.quiz import quiz, sheet
from lif_nlp.framework import load_framework

FRAMEWORK = load_framework()


def asked_of(sample, **subject):
    material = sample.cache.material(KINDS["training"])
    return quiz(Quoter(material, subject_of(material, **subject)), ["information_sharing"])


def test_every_theme_and_priority_has_a_question_with_three_options():
    on_theme = {one.theme for one in FRAMEWORK.quiz if one.theme}
    assert on_theme == {theme.code for theme in FRAMEWORK.themes}
    assert {one.priority for one in FRAMEWORK.quiz if one.priority} == {
        priority.id for priority in FRAMEWORK.priorities
    }
    assert all(len(set(one.options)) == 3 for one in FRAMEWORK.quiz)


def test_every_question_has_its_answer(sample):
    asked, answers = asked_of(sample)
    told = [claim.text for claim in answers if claim.kind == "statement"]
    assert [int(text.partition(".")[0]) for text in told] == list(range(1, len(asked) // 4 + 1))
    assert sheet(asked)[1:] == asked and sheet([]) == []


def test_the_letter_of_an_answer_leads_to_the_best_option(sample):
    asked, answers = asked_of(sample)
    told = [claim.text for claim in answers if claim.kind == "statement"]
    by_reason = {one.because: one for one in FRAMEWORK.quiz}
    for number, answer in enumerate(told):
        letter, because = re.match(r"\d+\. \(([abc])\) (.+)", answer).groups()
        one = by_reason[because]
        question, *options = [claim.text for claim in asked[4 * number : 4 * number + 4]]
        assert question == f"{number + 1}. {one.question}"
        assert f"({letter}) {one.options[one.best - 1]}" in options


def test_a_pack_asks_about_nothing_but_its_objectives(sample):
    asked, answers = asked_of(sample)
    [own] = [one for one in FRAMEWORK.quiz if one.theme == "information_sharing"]
    assert [claim.text for claim in asked[::4]] == [f"1. {own.question}"]
    assert not any(claim.evidence for claim in answers)


def test_a_pack_on_a_priority_asks_its_own_questions_first(sample):
    asked, _ = asked_of(sample, priority="neglect")
    own = [one.question for one in FRAMEWORK.quiz if one.priority == "neglect"]
    assert [claim.text for claim in asked[:8:4]] == [f"1. {own[0]}", f"2. {own[1]}"]


def test_the_best_option_is_never_the_longest_and_often_not_the_shortest():
    lengths = [([len(text) for text in one.options], one.best - 1) for one in FRAMEWORK.quiz]
    assert not [one for one, best in lengths if one[best] == max(one)]
    # Nor the shortest as a rule, or that would give it away.
    assert sum(one[best] == min(one) for one, best in lengths) < len(lengths) / 2
