import pytest

from lif_nlp.briefs.privacy import identifying, known_words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The mother told Mrs Ash about the bruise.", ("name",)),
        ("Nobody asked Child B about the bruise.", ("pseudonym",)),
        ("Staff told Mother that the plan would close.", ("pseudonym",)),
        ("A four-year-old girl was left at home.", ("age",)),
        ("The baby, aged six, was left at home.", ("age",)),
        ("The nurse rang on 3 May and nobody answered.", ("date",)),
        ("Two of the five plans were late.", ("small number",)),
        ("For one child the plan was late.", ("small number",)),
        ("Write to someone@example.org about plans.", ("contact",)),
        ("The plan was written with Tamsin and her sister.", ("proper name",)),
    ],
)
def test_details_that_could_identify_are_named(text, kinds):
    assert identifying(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Most children are seen alone by their social worker.",
        "Health visitors meet MASH staff each week to talk about risk.",
        "Plans were reviewed in 2019 and again in 2021.",
    ],
)
def test_general_words_are_left_alone(text):
    assert identifying(text) == ()


def test_agencies_of_the_framework_are_no_names(framework):
    known = known_words(framework)
    assert identifying("Letters go to the Constabulary and to Cafcass.", known) == ()
