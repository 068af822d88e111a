"""Each kind of brief on the sample reports, compared whole with what is kept in `golden/`."""

import pytest

from lif_nlp.briefs import KINDS
from tests.briefs.golden import GOLDEN, REQUESTS

CHANGED = (
    "this brief of the sample changed; if that is meant, run 'python -m tests.briefs.golden' "
    "and read 'git diff --word-diff tests/briefs/golden'"
)


@pytest.mark.parametrize("name", list(REQUESTS))
def test_a_brief_of_the_sample_is_as_kept(sample, name):
    assert sample.markdown(REQUESTS[name]) == (GOLDEN / f"{name}.md").read_text("utf-8"), CHANGED


def test_the_explorer_of_the_sample_is_as_kept(sample):
    assert sample.explorer() == (GOLDEN / "explorer.md").read_text("utf-8"), CHANGED


def test_every_kind_has_a_golden_file_and_no_file_is_left_over():
    # the sample is followed up by nothing, so its programme is in tests/ledger/test_sample.py
    assert {request.kind for request in REQUESTS.values()} | {
        "explorer",
        "programme",
        "voice",
    } == set(KINDS)
    assert {path.stem for path in GOLDEN.glob("*.md")} == {*REQUESTS, "explorer"}
