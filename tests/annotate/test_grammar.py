"""The subject of a verb is the nearest head to its left; requests open with their verb."""

import pytest

from lif_nlp.annotate.grammar import class_of_subject


@pytest.mark.parametrize(
    ("words", "verb", "expected"),
    [
        ("the family support service failed", "failed", "service"),
        ("the referrals from the mother failed", "failed", "service"),
        ("the mother 's social worker failed", "failed", "service"),
        ("the father and the uncle failed", "failed", "other"),
        ("it does not know children and families and failed", "failed", "nobody"),
        ("the alarm on the ward failed", "failed", "thing"),
        ("he had told the police . they failed", "failed", "nobody"),
        ("yesterday everything failed", "failed", "nobody"),
    ],
)
def test_class_of_the_subject(words, verb, expected):
    tokens = words.split()
    assert class_of_subject(tokens, tokens.index(verb)) == expected


def test_a_name_is_a_person_unless_a_title_makes_it_a_professional():
    tokens = ["then", "dr", "lee", "failed"]
    assert class_of_subject(tokens, 3, capitals=[False, True, True, False]) == "service"
    tokens = ["then", "amy", "failed"]
    assert class_of_subject(tokens, 2, capitals=[False, True, False]) == "other"
