"""How long a brief is and how hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lif_nlp.briefs.writers.branding import printed
from lif_nlp.records import Brief, Chart, Claim

_WORD = re.compile(r"[A-Za-z0-9£%][\w’'%.,/-]*")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def count_words(brief: Brief) -> int:
    """Words that a reader sees: headings, lines, quotes with their sources, tables, notes.

    Figures that are drawn are looked at and not read.
    """
    return sum(len(_WORD.findall(text)) for text in visible_texts(brief))


def reading_age(brief: Brief) -> float:
    """Years of age at which our own words can be read (Flesch-Kincaid grade plus five).

    The quotes are left out: they are not ours to simplify.
    """
    lines = [brief.title, *(c.text for s in brief.sections for c in s.claims if c.text)]
    return round(
        school_grade(" ".join(line if line[-1] in ".?!:" else line + "." for line in lines)) + 5, 1
    )


def school_grade(text: str) -> float:
    """Flesch-Kincaid school grade of a text; 0 for one without words.

    >>> school_grade("The cat sat on the mat. It was warm.") < 3
    True
    """
    words = re.findall(r"[A-Za-z’']+", text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(_syllables(word) for word in words)
    return max(0.0, 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def visible_texts(brief: Brief) -> Iterator[str]:
    """Every visible text of a brief, in reading order."""
    yield brief.title
    yield from brief.cautions
    for section in brief.sections:
        yield section.heading
        for claim in section.claims:
            yield from _texts_of_claim(claim)
    for chart in brief.charts:
        yield from _texts_of_chart(chart)
    yield from brief.methods


def _texts_of_claim(claim: Claim) -> Iterator[str]:
    if claim.text:
        yield claim.text
    for one in claim.evidence:
        yield printed(one)
        yield f"{one.title} page {one.page} {one.paragraph}"


def _texts_of_chart(chart: Chart) -> Iterator[str]:
    yield chart.title
    for row in chart.rows if chart.kind == "table" else ():
        yield " ".join(str(cell) for cell in row)


def _syllables(word: str) -> int:
    letters = word.casefold().strip("’'")
    # "late" has one syllable; "table" and "referee" speak their last vowels.
    silent = letters.endswith("e") and not letters.endswith(("le", "ee"))
    return max(1, len(_VOWELS.findall(letters)) - silent)
