"""What an inspection decided: its grades, or the outcome that its letter states."""

from __future__ import annotations

import re

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import Quoter, action, statement
from lif_nlp.briefs.sections.report_headings import tells_outcome
from lif_nlp.briefs.sections.report_sentences import (
    LEANS_BACK,
    details_that_stay,
    holds,
    known_of,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

_FRONT = 9_000
"""Characters of a letter in which its grades stand: two or three pages.  Larger, and grades of
earlier inspections and of single homes are read as its own (136 letters, November 2026)."""

_GRADE = re.compile(
    r"(?im)^(?:\d(?:\.\d)?\.? )?(?P<what>(?:the )?(?:overall effectiveness|overall judgement|"
    r"impact of leaders|experiences and progress|children who need help|children looked after|"
    r"adoption performance|leadership, management|quality of leadership)[^\n:]{0,90}?)"
    r"(?: is| are)?:? (?P<grade>outstanding|good|requires improvement(?: to be good)?|"
    r"inadequate)\.?$"
)
"""A line of the table of grades, in the forms of 2013 to 2025."""

_OVERALL = re.compile(
    r"(?i)\bchildren’s services in [^\n.]{3,60}? (?P<grade>(?:are|is) (?:outstanding|good|"
    r"inadequate)|requires? improvement to be good)"
)
"""How letters of 2015 to 2017 state the overall judgement."""

_SHORTER = (
    (re.compile(r"(?i)^(?:the )?overall.*"), "Overall"),
    (re.compile(r"(?i)^(?:the )?experiences and progress of (?:the )?"), ""),
    (re.compile(r"(?i)^the (?=impact|quality)"), ""),
    (re.compile(r"(?i) on social work practice with children and families"), ""),
)
"""Names of the parts, short enough for a list; the parts are the same in every letter."""

_NO_GRADES = "The letter{of} gives no grades. What it says first:"

_STATED = 4
"""Sentences of an outcome without grades: what was found, how far, and what lay behind it."""


def judgement(material: Material, subject: Subject, quoter: Quoter) -> list[Claim]:
    """The overall grade and those of its parts, or what the letter states as its outcome.

    No lines for reports other than inspections, and where neither can be read.
    """
    if material.family(subject.id) != "inspection":
        return []
    grades = _grades(material.text_of(subject.id)[:_FRONT])
    lines = [action(f"{what}: {grade}.") for what, grade in grades.items()]
    year = material.published(subject.id)[:4]
    of = f" of {year} (look for a later letter)" if year else ""
    if len(lines) > 1:
        return [statement(f"The inspectors’ grades{of}:"), *lines]
    outcome = _outcome(subject, quoter)
    return lines or [*([statement(_NO_GRADES.format(of=of))] if outcome else []), *outcome]


def _grades(front: str) -> dict[str, str]:
    """Grade by what is graded, overall first; the first mention counts."""
    grades: dict[str, str] = {}
    for match in _GRADE.finditer(front):
        what = match["what"].strip(" .")
        # "... require improvement to be good" would else read as good.
        if "require" in what.casefold():
            continue
        for pattern, words in _SHORTER:
            what = pattern.sub(words, what)
        grades.setdefault(english.capital(what.casefold()), match["grade"].casefold())
    if "Overall" not in grades and (stated := _OVERALL.search(front)):
        words = re.sub(r"(?i)^(?:are|is) |(?<=require)(?= )", "", stated["grade"].casefold())
        grades["Overall"] = words.replace("require improvement", "requires improvement")
    first = {"Overall": grades["Overall"]} if "Overall" in grades else {}
    return first | grades


def _outcome(subject: Subject, quoter: Quoter) -> list[Claim]:
    """The first sentences under the letter's own heading of its outcome, word for word."""
    rows = subject.rows.sort_values("start")
    rows = rows[rows["heading"].fillna("").map(tells_outcome).astype(bool)]
    known = known_of(quoter.material, subject)
    rows = rows[~holds(rows["text"], lambda text: bool(details_that_stay(text, known)))]
    rows = rows[~holds(rows["text"], lambda text: bool(LEANS_BACK.search(text)))]
    return [quoter.quote(row) for _, row in _whole(rows).head(_STATED).iterrows()]


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """Sentences, without notes on when the inspectors come again."""
    is_whole = rows["text"].str.contains(r"^[A-Z].*\.$") & ~rows["text"].str.contains(
        r"next (?:full )?|monitoring inspection|ask that|^This means|^The lead representatives",
        case=False,
    )
    return rows[is_whole]
