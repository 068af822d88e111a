"""The reader of all briefs finds nothing in the sample, and every fault that is planted."""

from dataclasses import replace

import pytest

from lif_nlp.records import Brief, Claim, Section
from scripts.check_briefs import EVERY_TABLE, every_brief, faults_of


@pytest.fixture(scope="module")
def read(sample):
    return sample.cache.material(EVERY_TABLE, created="2026-01-05", run_id="r")


def test_no_brief_of_the_sample_has_a_fault(read):
    briefs = list(every_brief(read))
    assert len(briefs) > 25
    assert faults_of(briefs, read) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("It comes up more often than before: 6 of 13 reports in 2016 to 2022, 3 of 12 in 2023.",
         "a direction word against its fractions"),
        ("It comes up about as often as before: 12 of 13 reports in 2016, 3 of 12 in 2023.",
         "a direction word against its fractions"),
        ("Four findings say why. None can be quoted safely here.", "a box that says it is empty"),
        ("Plans were written with help from Oswin.", "a name outside the framework"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_found(read, line, fault):
    brief = Brief("b", "summary", "Neglect", "B", (Section("Box", (Claim("count", line),)),))
    assert [found.fault for found in faults_of([brief], read)] == [fault]


def test_a_count_that_differs_between_kinds_is_found(read):
    line = "Nine of the 39 problems come with a reason."
    one = Brief("a", "summary", "Neglect", "A", (Section("Why", (Claim("count", line),)),))
    other = replace(one, brief_id="b", sections=(
        Section("Why", (Claim("count", line.replace("Nine", "Ten")),)),))  # fmt: skip
    [fault] = faults_of([one, other], read)
    assert (fault.brief, fault.fault) == ("b", "another count of reasons than a")


def test_lines_and_notes_that_stand_twice_are_found(read):
    said = Claim("statement", "Ask the team where this goes well, and why.")
    twice = (Section("Why it matters", (said,)),) * 2
    brief = Brief("b", "summary", "Neglect", "B", twice)
    faults = {found.fault for found in faults_of([brief], read)}
    assert faults == {"a line that stands twice", "a presenter's note that stands twice"}
