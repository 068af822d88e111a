import pytest

from lif_nlp.circulation.rules import Text, kinds_of, patterns, rules, shows

RULES = [rule for table in ("circumstances", "numbers") for rule in rules(table)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}: {rule.about}")
def test_a_rule_shows_its_own_examples(rule):
    assert [example for example in rule.examples if not shows(rule, Text(example))] == []
    assert rule.examples


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}: {rule.about}")
def test_a_plain_finding_shows_nothing(rule):
    plain = "Social workers did not share what they knew, and plans were late."
    assert not shows(rule, Text(plain))


def test_a_gate_asks_before_the_patterns():
    gated = [rule for rule in RULES if rule.gates]
    assert len(gated) > 30
    assert kinds_of(gated, Text("")) == []


def test_white_space_in_a_named_pattern_does_not_count():
    assert patterns("names")["cited"].match(" and Reder (2012)")


@pytest.mark.parametrize(
    "text",
    [
        "The service moved to a new system in October 2016, and records were lost.",
        "Inspectors visited on 5 and 6 December.",
        "Guidance changed in April 2019 on what to do after an injury.",
        "Staff were trained in March 2020.",
    ],
)
def test_a_month_of_services_is_no_date_of_a_case(text):
    assert "date" not in kinds_of(rules("numbers"), Text(text))
