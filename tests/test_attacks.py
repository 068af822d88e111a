"""Every test that ATTACKS.md names exists."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMED = sorted(
    set(re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", (TESTS / "ATTACKS.md").read_text("utf-8")))
)


@pytest.mark.parametrize(("file", "function"), NAMED)
def test_what_keeps_an_attack_mended_exists(file, function):
    path = TESTS.parent / file if file.startswith("scripts/") else TESTS / file
    assert path.is_file()
    if function:
        assert f"def {function}(" in path.read_text("utf-8")


def test_every_attack_has_a_test_or_says_why_not():
    rows = [line for line in (TESTS / "ATTACKS.md").read_text("utf-8").splitlines() if "|" in line]
    without = [row for row in rows[2:] if "`" not in row.rsplit("|", 2)[1]]
    assert len(rows) > 30 and without == []
