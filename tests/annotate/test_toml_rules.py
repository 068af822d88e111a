"""Rule files are checked: an error names the file, the table and the key."""

import pytest

from lif_nlp.annotate.components import reason
from lif_nlp.annotate.components.hindsight import hindsight_rules
from lif_nlp.annotate.rules.guards import GUARDS
from lif_nlp.annotate.rules.patterns import any_of, token_pattern
from lif_nlp.annotate.rules.toml_rules import Section, compiled, expand, read_array, read_file
from lif_nlp.errors import RuleFileError

TABLE = Section("test.toml, [neglect]", {"own": "neglect", "weak": ["a", 1], "strng": []})


def test_an_unknown_key_is_named_with_those_that_are_known():
    with pytest.raises(
        RuleFileError, match=r"test\.toml, \[neglect\]: unknown key 'strng'; .* own"
    ):
        TABLE.check_keys("own", "weak", "strong")


def test_a_missing_key_is_named():
    with pytest.raises(RuleFileError, match=r"\[neglect\]: the key 'masks' is missing"):
        TABLE.texts("masks")


def test_a_value_of_another_type_is_refused():
    with pytest.raises(RuleFileError, match=r"own: must be a list of strings, not 'neglect'"):
        TABLE.texts("own")
    with pytest.raises(RuleFileError, match=r"weak: must be a list of strings"):
        TABLE.texts("weak")


def test_a_placeholder_without_a_meaning_is_named():
    with pytest.raises(RuleFileError, match=r"test\.toml: the placeholder '{kid}' has no meaning"):
        expand("{kid} slept", {}.__getitem__, place="test.toml")
    with pytest.raises(RuleFileError, match=r"'{no_such_list}' has no meaning"):
        token_pattern("{no_such_list} was")


def test_quantifiers_are_no_placeholders():
    assert any_of([r"(?:\w+ ){0,2}plan"]).search("a care plan")


def test_a_pattern_that_is_not_valid_is_named():
    with pytest.raises(RuleFileError, match=r"test\.toml, own: not a valid pattern"):
        compiled("(plan", "test.toml, own")


def test_a_missing_file_and_a_missing_table_are_named():
    with pytest.raises(RuleFileError, match=r"no_such\.toml: there is no such file"):
        read_file("no_such.toml")
    with pytest.raises(RuleFileError, match=r"headings\.toml: there are no tables \[\[rule\]\]"):
        read_array("headings.toml", "rule")


def test_every_guard_that_a_rule_names_exists_and_is_used():
    hindsight = {name for rule in hindsight_rules() for name in rule.guards}
    reasons = {n for rule in (*reason._RULES, *reason._NARRATIVE) for n in rule.guards}
    assert hindsight == set(GUARDS)
    assert reasons == set(reason.GUARDS)
