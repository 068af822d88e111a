import pytest

from lif_nlp.text.folding import fold_phrase
from lif_nlp.themes.discovery.naming import (
    Candidate,
    name_of,
    particular_stems,
    rank_phrases,
    says_more,
)
from lif_nlp.themes.discovery.phrases import phrases
from lif_nlp.themes.discovery.vocabulary import learn_vocabulary

TEXTS = (
    "The worker rang Marlowe Court about return interviews.",
    "No return interviews were held in Marlowe Court.",
    "Staff at Marlowe Court asked for return interviews.",
)


def candidate(phrase: str, share: float = 0.9) -> Candidate:
    return Candidate(phrase, share, share)


def test_people_and_places_are_not_in_phrases():
    vocabulary = learn_vocabulary(TEXTS)
    candidates = {phrase for text in TEXTS for phrase in phrases(text, vocabulary)}
    assert "return interviews" in candidates
    assert not any("marlowe" in phrase for phrase in candidates)


def test_a_phrase_says_what_not_who():
    assert phrases("Young people and partner agencies.") == []
    assert "child protection conferences" in phrases("Child protection conferences were late.")


def test_one_phrase_is_enough_when_most_findings_use_it():
    assert name_of([candidate("safety plans"), candidate("bus fares")]) == "Safety plans"


def test_two_phrases_when_none_is_in_most():
    candidates = [
        candidate("safety plans", 0.4),
        candidate("safety plan", 0.3),
        candidate("fares", 0.3),
    ]
    assert name_of(candidates) == "Safety plans and fares"


def test_a_hyphen_makes_no_other_phrase():
    candidates = [
        candidate("life story", 0.4),
        candidate("life-story", 0.4),
        candidate("foster care"),
    ]
    assert name_of(candidates) == "Life story and foster care"


def test_the_end_of_an_ordinal_is_no_word():
    assert phrases("They came before their 18th birthdays.") == ["birthdays"]


def test_a_taken_name_gets_a_further_phrase_or_none():
    taken = ["Safety plans"]
    both = [candidate("safety plans"), candidate("bus fares")]
    assert name_of(both, taken=taken) == "Safety plans and bus fares"
    assert name_of(both[:1], taken=taken) == ""


def test_pieces_of_a_longer_phrase_are_left_out():
    used = [{"adult mental health", "mental health"}] * 4 + [{"mental health"}]
    terms = (("mental health", 0.5), ("adult mental health", 0.5))
    assert [c.phrase for c in rank_phrases(terms, used)] == ["adult mental health"]


def test_a_priority_is_no_new_theme():
    candidates = [candidate("children experience neglect"), candidate("bus fares", 0.5)]
    assert name_of(candidates, known_words=["neglect"]) == ""
    assert name_of(candidates[::-1], known_words=["neglect"]) == "Bus fares"


@pytest.mark.parametrize(
    ("phrase", "parent", "more"),
    [
        ("multi agency training", "Training and knowledge", True),
        ("early help service", "Early help", False),
        ("child view", "The child's voice and daily life", True),
        ("looked after child", "Children in care and care leavers", False),
    ],
)
def test_a_sub_theme_says_more_than_its_parent(phrase: str, parent: str, more: bool):
    assert says_more(phrase, fold_phrase(parent)) is more


def test_a_set_term_says_more_however_plain_its_words():
    phrase, parent = "risk assessment conference", "Assessment and risk"
    assert (says_more(phrase, parent), says_more(phrase, parent, is_set_term=True)) == (False, True)


def test_variants_have_the_same_particular_stems_and_others_do_not():
    parent = "Babies and pre-birth work"
    assert particular_stems("unborn baby", parent) == particular_stems("unborn child", parent)
    assert particular_stems("multi agency audit", parent) != particular_stems(
        "multi agency training", parent
    )
