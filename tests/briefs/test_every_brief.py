"""A reader of every brief of the sample: no empty box, no word against its figures, one count."""

import re
from dataclasses import replace

import pytest

from lif_nlp.briefs import KINDS, BriefRequest
from tests.briefs.golden import GOLDEN, REQUESTS

EMPTY = re.compile(
    r"none (?:of these )?can (?:be quoted|stand alone)|export lists them|no course list|"
    r"read them in\s*\.|: \.|nothing (?:was )?found",
    re.IGNORECASE,
)
FRACTIONS = re.compile(
    r"comes up (?P<word>more|less|about as) often (?:than|as) before: (?P<then>\d+) of (?P<of>\d+) "
    r"reports in [^,]+, (?P<now>\d+) of (?P<now_of>\d+)"
)
COUNTS = (
    # A line that two kinds print on the same subject must have the same figures.
    re.compile(r"Strength of evidence: .*?(?=\n)"),
    re.compile(r"[\w,]+ of the [\w,]+ problems? comes? with a reason\."),
    re.compile(r"(?:Kinds of reason:|The kind of reason is clear in) [^.]*\."),
    re.compile(r"[\w,]+ reports? says? what (?:works|is difficult)\."),
    re.compile(r"Services named most, [^.]*\."),
)
ON_NEGLECT = [
    BriefRequest(priority="neglect", kind=kind)
    for kind in ("seven-minute", "summary", "session", "newsletter")
]


@pytest.fixture(scope="module")
def pages(sample):
    # test_golden.py compares these whole with what the program writes
    briefs = {name: (GOLDEN / f"{name}.md").read_text("utf-8") for name in REQUESTS}
    briefs |= {f"neglect-{r.kind}": sample.markdown(r) for r in ON_NEGLECT}
    return briefs


def boxes(page):
    """Text of each numbered box, by its heading."""
    parts = re.split(r"^## \d+\. (.+)$", page.split("\n---\n")[0], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_no_box_is_empty_or_says_that_it_is(pages):
    for name, page in pages.items():
        for heading, text in boxes(page).items():
            words = re.sub(r"[|>\-_#\s]", "", text)
            assert words, (name, heading)
        assert not EMPTY.search(page), (name, EMPTY.search(page))


def test_no_direction_word_goes_against_its_fractions(pages):
    shown = [found for page in pages.values() for found in FRACTIONS.finditer(page)]
    for found in shown:
        then = int(found["then"]) / int(found["of"])
        now = int(found["now"]) / int(found["now_of"])
        assert {"more": now > then, "less": now < then, "about as": abs(now - then) < 0.15}[
            found["word"]
        ], found.group()


def test_no_count_on_one_subject_differs_between_kinds(pages):
    on_neglect = [page for name, page in pages.items() if "neglect" in name]
    assert len(on_neglect) == 5
    for count in COUNTS:
        told = {line for page in on_neglect for line in count.findall(page)}
        assert len(told) <= (2 if "works|is" in count.pattern else 1), told


def test_a_subject_has_the_same_sides_in_every_kind_and_no_number_of_background(pages):
    told = "\n".join(pages.values())
    assert "background" not in told
    [on_neglect] = {
        re.search(r"Strength of evidence: [\w ]+\. (\w+ problems, \w+ strengths?)", page)[1].lower()
        for name, page in pages.items()
        if name.startswith("neglect-") and "Strength of evidence" in page
    }
    assert f"of neglect, 2018 to 2025: {on_neglect}." in pages["annual"]


def test_no_line_of_ours_stands_twice_in_a_brief(pages):
    for name, page in pages.items():
        ours = (line for line in page.splitlines() if not line.startswith((">", "|")))
        lines = [line for line in ours if len(line.split()) > 5]
        twice = {line for line in lines if lines.count(line) > 1}
        assert not twice, (name, twice)


def test_kinds_on_one_subject_do_not_all_show_the_same_quotes(pages):
    quotes = {
        name: set(re.findall(r"^> “(.+)”", page, re.MULTILINE))
        for name, page in pages.items()
        if name.startswith("neglect-")
    }
    # The best quote may open each of them, and one sentence tell of a child's day.
    assert len(set.intersection(*quotes.values())) <= 2
    assert len(set(map(frozenset, quotes.values()))) >= 3


def test_nobody_elses_partnership_stands_on_top(sample, pages):
    for page in pages.values():
        assert "North East Lincolnshire" not in page
        assert page.splitlines()[2].startswith("Your partnership · ")
    named = replace(REQUESTS["board"], partnership="Harrowmere Safeguarding Children Partnership")
    page = sample.markdown(named)
    assert page.splitlines()[2].startswith("Harrowmere Safeguarding Children Partnership · ")
    assert "of these 25 reports are about our own area" in page


def test_readers_of_a_service_get_their_own_advice(sample):
    made = {
        audience: sample.markdown(BriefRequest(priority="neglect", audience=audience))
        for audience in ("police", "education", "maternity", "managers", "board")
    }
    steps = {
        audience: tuple(re.findall(r"^- \*\*(?:Stop|Start|Keep):\*\* (.+)$", page, re.MULTILINE))
        for audience, page in made.items()
    }
    assert len(set(steps.values())) == len(made)
    # nothing on neglect names midwives: one page of what is theirs, and what all read
    assert "The reports are about other services." in made["maternity"]
    assert made["maternity"].count("\n## ") == 3


def test_every_kind_is_read_here():
    assert {request.kind for request in REQUESTS.values()} | {
        "explorer",
        "programme",
        "voice",
    } == set(KINDS)
