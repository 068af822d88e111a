from lif_nlp.briefs.writers.branding import BriefBranding
from lif_nlp.briefs.writers.slide_text import HEIGHT, height_of, lines_of, pages, scale_of
from lif_nlp.records import Claim, Evidence

LOOK = BriefBranding("#1f6fb2", "#eeeeee", "#aaccee", "Norhaven", "")


def quote(words):
    return Claim("quote", "", ("f",), (Evidence("f", "d", 0, 9, words, "A review", 3),))


def points(number, words=24):
    return [
        claim
        for at in range(number)
        for claim in (Claim("point", f"Point {at}: 4 of 9 reports."), quote("word " * words))
    ]


def test_a_point_stays_with_its_quote_and_slides_are_shared_out_evenly():
    shown = pages(points(5), LOOK)
    assert [claim.kind for claim in shown[0][:2]] == ["point", "quote"]
    assert {page[0].kind for page in shown} == {"point"}
    assert max(map(len, shown)) - min(map(len, shown)) <= 2


def test_text_fills_a_slide_and_never_runs_over_its_edge():
    few, many = points(1, 8), points(2, 40)
    scales = [scale_of(list(lines_of(claims, LOOK, 0))) for claims in (few, many)]
    assert scales[0] == 1.5 > scales[1]
    for page in pages(points(7), LOOK):
        lines = list(lines_of(page, LOOK, 0))
        assert height_of(lines, scale_of(lines)) <= HEIGHT


def test_a_lone_question_has_no_number_and_several_are_counted_on():
    one = [Claim("question", "Who holds it?")]
    assert [line.number for line in lines_of(one, LOOK, 0)] == [0]
    assert [line.number for line in lines_of(one * 2, LOOK, 2)] == [3, 4]


def test_forms_are_no_text():
    assert pages([Claim("form", "We will | Who")], LOOK) == []


def test_a_question_stays_with_its_scene_and_advice_with_the_line_on_whom_it_is_for():
    scene = Claim("statement", "8.15: " + "word " * 60)
    asked = Claim("question", "What do you do first?")
    [first, second] = pages([scene, asked, scene, asked, asked], LOOK)
    assert [c.kind for c in first] == ["statement", "question"]
    assert [c.kind for c in second] == ["statement", "question", "question"]
    lines = [
        claim
        for at in range(5)
        for claim in (
            Claim("statement", f"Theme {at}: for schools."),
            *[Claim("action", "Start: " + "word " * 20)] * 2,
        )
    ]
    assert all(page[0].kind == "statement" for page in pages(lines, LOOK))


def test_a_line_that_announces_questions_stays_with_them():
    told = [Claim("action", "word " * 60), Claim("count", "Then talk about:")]
    [*_, last] = pages([*told, *[Claim("question", "Who holds it? " * 8)] * 3], LOOK)
    assert last[0].text == "Then talk about:"
