import pytest

from lif_nlp.briefs.quoting.privacy import identifying_details, proper_names
from lif_nlp.circulation import has_unknown_name, known_words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The mother told Mrs Ash about the bruise.", ("name",)),
        ("Nobody asked Child B about the bruise.", ("pseudonym",)),
        ("Staff told Mother that the plan would close.", ("pseudonym",)),
        ("A four-year-old girl was left at home.", ("age",)),
        ("The baby, aged six, was left at home.", ("age",)),
        ("The nurse rang on 3 May and nobody answered.", ("date",)),
        ("The check of August 2019 recorded no worries.", ("date",)),
        ("Two of the five plans were late.", ("small number",)),
        ("For one child the plan was late.", ("small number",)),
        ("Write to someone@example.org about plans.", ("contact",)),
        ("The plan was written with Tamsin and her sister.", ("name",)),
    ],
)
def test_details_that_could_identify_are_named(text, kinds):
    assert identifying_details(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Most children are seen alone by their social worker.",
        "Health visitors meet MASH staff each week to talk about risk.",
        "Plans were reviewed in 2019 and again in 2021.",
        "Every record system should have a field for this by April 2024.",
        "The plan was written with her sister.",
    ],
)
def test_general_words_are_left_alone(text):
    assert identifying_details(text) == ()


def test_agencies_of_the_framework_are_no_names(framework):
    known = known_words(framework)
    assert identifying_details("Letters go to the Constabulary and to Cafcass.", known) == ()


def test_a_name_at_the_start_of_a_sentence_is_found_by_its_other_uses():
    texts = ["Staff trusted Gethin for years.", "Gethin's calm was taken as safety.", "Plans help."]
    assert proper_names([*texts, "Good plans exist."]) == {"Gethin"}


def test_a_title_with_a_persons_name_gives_way_to_the_type(material):
    from dataclasses import replace

    reports = material.reports.assign(review_type="cspr", area="Norhaven", published="2021")
    titles = ["Learning review: Idris", "THE WRONG IDRIS", "Learning from neglect in Norhaven"]
    reports.loc[:2, "title"] = titles
    told = replace(material, reports=reports)
    kind = told.framework.review_type("cspr").name
    assert [told.title(f"d-0{n}") for n in range(3)] == [f"{kind}, Norhaven"] * 2 + titles[2:]


def test_a_name_after_a_dash_is_a_name():
    assert has_unknown_name('Summary of learning – "Marnie-Jo"', {"Summary"})
