"""The prefilter leaves nothing out: all patterns of the rules, on texts made from them."""

import random
import re
import tomllib
from pathlib import Path

import pytest

import lif_nlp.annotate
from lif_nlp.annotate.components.hindsight import hindsight_rules
from lif_nlp.annotate.rules.engine import read_rules, role_cues
from lif_nlp.annotate.rules.patterns import any_of, text_patterns, token_pattern, token_patterns
from lif_nlp.annotate.rules.priority_guards import guards_for
from lif_nlp.annotate.rules.theme_cues import lower_case
from lif_nlp.text.pattern_set import PrefilteredPatterns, distinct_words
from lif_nlp.text.regex_prefilter import required_words
from tests.annotate.spellings import spelt

ROOM = Path(lif_nlp.annotate.__file__).parent
PRIORITIES = ("neglect", "sexual_harm", "domestic_abuse")


def spans(matches):
    return [match.span() for match in matches]


def token_lists():
    """Every list of patterns over tokens: rules of hindsight and of reasons, cues of roles."""
    rules = [*hindsight_rules(), *read_rules("reason_rules.toml", "rule")]
    return [list(rule.patterns) for rule in (*rules, *role_cues())]


def theme_lists():
    entries = tomllib.loads((ROOM / "rules" / "theme_cues.toml").read_text("utf-8")).values()
    return [entry[kind] for entry in entries for kind in ("strong", "some", "not")]


def guard_lists():
    guards = [guards_for(priority) for priority in PRIORITIES]
    return [list(listed) for g in guards for listed in (g.strong, g.weak)]


def texts_of(patterns, chance):
    """Texts that hold what the patterns ask for: alone, in a sentence, and one after another."""
    made = [spelt(pattern, chance) for pattern in patterns for _ in range(2)]
    return [*made, *(f"the {text} , and" for text in made), " ".join(made[:6])]


def test_rules_over_tokens_find_the_same_with_and_without_the_prefilter():
    chance, met = random.Random(5), 0
    lists = token_lists()
    matcher = token_patterns(dict(enumerate(lists)))
    for place, patterns in enumerate(lists):
        whole = token_pattern(*patterns)
        for text in texts_of([re.sub(r"\{\w+(?::\w+)?\}", "worked", p) for p in patterns], chance):
            padded = f" {' '.join(text.lower().split())} "
            expected = spans(whole.finditer(padded))
            assert spans(matcher.find(padded).get(place, [])) == expected, padded
            met += bool(expected)
    assert met > 2 * len(lists)


@pytest.mark.parametrize(
    ("lists", "flags", "written"),
    [(theme_lists(), 0, lower_case), (guard_lists(), re.IGNORECASE, str.title)],
    ids=["themes", "priorities"],
)
def test_patterns_find_the_same_with_and_without_the_prefilter(lists, flags, written):
    chance, met = random.Random(7), 0
    matcher = text_patterns(dict(enumerate(lists)), flags=flags)
    for place, patterns in enumerate(lists):
        whole = any_of(patterns)
        loose = [pattern.replace(" ?", " ") for pattern in patterns]
        for text in map(written, texts_of(loose, chance)):
            expected = spans(whole.finditer(text))
            assert spans(matcher.find(text).get(place, [])) == expected, text
            met += bool(expected)
    assert met > 2 * len(lists)


def test_most_patterns_require_a_word():
    lists = [*token_lists(), *theme_lists()]
    bare = [p for listed in lists for p in listed if not required_words(rf"\b(?:{p})\b")]
    assert len(bare) < 0.02 * sum(map(len, lists))


def test_patterns_of_themes_are_in_small_letters():
    shown = [re.sub(r"\\[A-Z]", "", pattern) for listed in theme_lists() for pattern in listed]
    assert [pattern for pattern in shown if pattern != pattern.lower()] == []


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bcare plans?\b", [["care"], ["plan", "plans"]]),
        (r"\bco[ -]*sleeping\b", [["cosleeping", "sleeping"]]),
        (r"\b(?:not )?(?:seen|heard) alone\b", [["heard", "seen"], ["alone"]]),
        (
            r"\bassess(?:ed|ing)? (?:\w+ ){0,3}risk\w*",
            [["assess", "assessed", "assessing"], ["risk*"]],
        ),
        (r"\b(?:midwi\w+|nurse)\b", [["midwi*", "nurse"]]),
        (r"\w+ing\b", []),
        (r"plan", []),
        (r"\bplan(?!ning)", [["plan*"]]),
        (r"(?<= )(?:gp|\w+ nurse)(?= )", [["gp", "nurse"]]),
        (r"\b(?:gp|\w+)\b", []),
    ],
)
def test_required_words_are_derived_from_the_pattern(pattern, needs):
    assert [sorted(need) for need in required_words(pattern)] == needs


def test_earlier_alternative_wins_at_one_place_and_hits_do_not_overlap():
    matcher = PrefilteredPatterns(
        {"x": ["risk", "risk of harm", "of harm"]}, edge=r"\b", template=r"(?:%s)\b"
    )
    assert [m.group() for m in matcher.find("risk of harm")["x"]] == ["risk", "of harm"]


def test_hit_inside_a_word_is_passed_over():
    matcher = PrefilteredPatterns({"x": ["plans?"]}, edge=r"\b", template=r"(?:%s)\b")
    assert spans(matcher.find("explans and plans")["x"]) == [(12, 17)]


def test_words_know_the_letters_that_a_pattern_without_case_takes_for_others():
    matcher = PrefilteredPatterns(
        {"x": ["visit"]}, edge=r"\b", template=r"(?:%s)\b", flags=re.IGNORECASE
    )
    for text in ("VISIT", "vıſit", "VİSİT"):
        assert spans(matcher.find(text)["x"]) == [(0, 5)]
    assert distinct_words("VİSİT") == {"visit"}
