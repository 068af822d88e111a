"""Required words are kept beside compiled files, and a damaged or missing file changes nothing."""

import json
import sys
import tomllib
from pathlib import PurePath

import pytest

from lif_nlp.about import ROOT
from lif_nlp.text.prefilter_cache import LEAST_KEPT, MOST_FILES, required_words_of
from lif_nlp.text.regex_prefilter import required_words

PATTERNS = [rf"\bplan{n}s? (?:of|for) (?:care|\w+)\b" for n in range(LEAST_KEPT)]
EXPECTED = [required_words(pattern) for pattern in PATTERNS]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A function that lists the files kept, in a folder of this test's own."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return lambda: sorted(tmp_path.rglob("required-words-*"))


def test_the_file_is_read_by_the_next_process_and_made_again_when_damaged(kept):
    assert required_words_of(PATTERNS) == EXPECTED
    [path] = kept()
    whole = path.read_bytes()
    other = json.loads(whole)
    other[0] = [["from the file"]]
    path.write_text(json.dumps(other), encoding="utf-8")
    assert required_words_of(PATTERNS) == [(frozenset(["from the file"]),), *EXPECTED[1:]]
    path.write_bytes(whole[:40])
    assert required_words_of(PATTERNS) == EXPECTED
    assert path.read_bytes() == whole


def test_other_patterns_or_flags_never_meet_the_same_file(kept):
    assert required_words_of(PATTERNS) == EXPECTED
    assert required_words_of(PATTERNS[::-1]) == EXPECTED[::-1]
    required_words_of(PATTERNS, flags=2)
    assert len(kept()) == 3


def test_only_the_newest_files_stay(kept):
    for n in range(MOST_FILES + 2):
        required_words_of([*PATTERNS, str(n)])
    assert len(kept()) == MOST_FILES


def test_no_wheel_takes_in_what_is_kept(kept):
    required_words_of(PATTERNS)
    [path] = kept()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    globs = project["tool"]["setuptools"]["package-data"]["lif_nlp"]
    assert "**/*.json" in globs
    assert [g for g in globs if PurePath("text/__pycache__", path.name).match(g)] == []


def test_nothing_is_kept_of_few_patterns_or_where_python_writes_no_compiled_files(
    kept, monkeypatch
):
    required_words_of(PATTERNS[1:])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert required_words_of(PATTERNS) == EXPECTED
    assert kept() == []
