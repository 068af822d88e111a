"""Every setting is described, and its example is a valid line of lif.toml."""

import tomllib

import pytest

from lif_nlp.config import Settings, load_settings
from lif_nlp.setting_descriptions import describe_settings

DESCRIBED = list(describe_settings())


def test_every_setting_has_a_meaning_and_values():
    keys = {one.key for one in DESCRIBED if not one.table}
    assert keys == set(Settings.model_fields) - {"branding", "card", "fetch"}
    assert all(one.meaning.endswith(".") and one.values for one in DESCRIBED)


@pytest.mark.parametrize("described", DESCRIBED, ids=lambda one: f"{one.table}.{one.key}")
def test_an_example_is_a_valid_line_of_the_file(described, tmp_path, monkeypatch):
    monkeypatch.delenv("LIF_REAL_CORPUS", raising=False)
    head = f"[{described.table}]\n" if described.table else ""
    (tmp_path / "lif.toml").write_text(f"{head}{described.example}\n", encoding="utf-8")
    settings = load_settings(tmp_path)
    table = getattr(settings, described.table) if described.table else settings
    [(key, value)] = tomllib.loads(described.example).items()
    stored = getattr(table, key)
    assert (list(stored) if isinstance(stored, tuple) else type(value)(stored)) == value


def test_ranges_and_choices_are_named():
    values = {one.key: one.values for one in DESCRIBED if not one.table}
    assert values["jobs"] == "whole number from 0 to 64"
    assert values["seed"] == "whole number from 0 to 4294967295"
    assert values["profile"] == '"fast" or "accurate"'
    assert values["framework"] == "path"
    assert values["redact"] == "true or false"
