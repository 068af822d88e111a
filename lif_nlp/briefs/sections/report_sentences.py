"""What the parts of a brief on one report share: its own words, its requests, what identifies."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.sections.claims import ids
from lif_nlp.briefs.sections.report_story import LEANS
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import KnownWords

LEANS_BACK = re.compile(
    r"\bthat (?:afternoon|evening|morning|night|spring|summer|autumn|winter|term|place)\b|"
    r"\bday \d+\b|^All the same\b|\bthe (?:scene|fix|swelling)\b|\bthat followed\b|"
    r"^After the (?:death|incident|injury)\b|\bArea [A-Z0-9]\b|"
    r"^(?:Staff|Nobody|Workers|People) there\b|^The \w+[’']s form\b|\bthe first plan\b|"
    r"\bthe (?:question|answer|call)[,.]|\b[Tt]he (?:three|seven|six|five) \w+ (?:was|were|had)\b|"
    r"\b(?:these|those) as\b|^(?:My|What we find)\b|\bthe seven\b|\bpress it\b|\bto be that\b|"
    r"^Several people described\b|\bthat page\b|^The notice was there\b|"
    rf"{LEANS.pattern}|^(?:Here|Who|Which|Where|In (?:this|these|that)|As (?:such|a result))\b|"
    r"\b(?:of|in|at|within|from|to|by|with|on|for) (?:these|those|this|such(?! as\b)) \w+|"
    r"\b(?:above|below|the latter|the former)\b|^The (?:other|same|second|third)\b|"
    r"^(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|\d+) "
    r"(?:was|were|had|did|of)\b|^Of (?:the )?\w+(?: \w+)?, \w+ (?:was|were|had)\b|^The \w+ there\b|"
    r"\b(?:all|the) (?:two|three|four|five|six) (?:on|of|in|forces|authorities|services|teams)\b|"
    r"^(?:\w+ ){1,2}(?:understood|knew|saw|took|treated|read|thought) (?:it|them|him|her)\b|"
    r"\bspoke to us\b|\btold us\b|\b(?:is|are|was|were) meant to\b|"
    r"^(?:Nobody|No one) asked what the\b|"
    r"\bthat (?:town|village|street|estate|flat|house|home|man|woman|family|boy|girl|child|team|"
    r"service|worker)\b(?! (?:who|which|that|where|has|have|is|are))|"
    r"^An? [\w ]{3,60} was (?:made|sent|held|convened) (?:in|on|at)\b|"
    r"^The (?:form|rule|sheet|list|card|scheme|note|letter|box|tray)(?:,| (?:has|had|is|was|asks|"
    r"asked|did|does|arose|allowed)\b)|\bthat the rule\b|\bthe \w+ sheet\b|\bno equivalent\b|"
    r"\bhere\.$|"
    r"^(?:While|Although|Since|Despite) (?:this|these|it|they)\b|"
    r"(?<!^)\b[Tt]his (?:decision|approach|was|is|had|has|meant|work|rule|figure|point)\b"
)
"""A sentence that leans on one which the reader does not see."""
_OPENS_WIDE = re.compile(
    r"^(?:There (?:is|are|remains) |Neither (?:\w+ nor|hospital|area|school|service|agency) |"
    r"Each (?:service|agency|school|area|meeting|assessment|team|of the (?:services|agencies)) )"
)
"""Openings that lean on nothing where the rest of the sentence is clear."""


def leans_back(text: str, alone: float = 0.0) -> bool:
    """Whether a sentence leans on one that the reader does not see.

    `alone` is how likely it is to stand alone: from `_CLEAR`, "There is no rota" leans on nothing.

    >>> leans_back("There is no rota."), leans_back("There is no rota.", 0.9)
    (True, False)
    """
    opening = _OPENS_WIDE.match(text) if alone >= _CLEAR else None
    return bool(LEANS_BACK.search(text[opening.end() :] if opening else text))


_CLEAR = 0.6
"""Chosen by judgement on what was left out of 80 invented reviews, December 2026."""
_INITIALS = re.compile(r", [A-Z]{2},")
FEWEST_TITLE = 3
"""Words of the shortest title or lesson: "Leaving was treated as safety." has five."""


def case_details(text: str, known: KnownWords) -> set[str]:
    """Details that could identify someone, in a brief whose readers know which case it is.

    How many families a worker rang tells them nothing more, and what befell the child is by nature
    like what identifies.
    """
    details = set(identifying_details(text, known)) - {"small number", "resemblance"}
    # A worker by initials: "the ward nurse, JN, pulled a chair up".
    return details | ({"initials"} if _INITIALS.search(text) else set())


def details_that_stay(text: str, known: KnownWords) -> set[str]:
    """Details with which no sentence leaves a report for any box of a brief on it.

    A day on which a letter came, or a step is due, is no such detail.

    >>> sorted(details_that_stay("Leaders told Mrs Hart that Jayden, aged 7, would wait.", set()))
    ['age', 'name']
    """
    return case_details(text.removeprefix("That "), known) - {"date"}


def holds(texts: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """Which of the texts pass a test, as a mask; a missing one counts as empty."""
    return texts.fillna("").astype(str).map(test).astype(bool)


def asked_rows(material: Material, subject: Subject) -> pd.DataFrame:
    """The report's own recommendations, with owners."""
    table = material.recommendations
    if table.empty:
        return pd.DataFrame(columns=["finding_id", "owner", "due"])
    own = set(ids(subject.rows))
    return table[table["finding_id"].isin(own)].fillna({"owner": "", "due": ""})


def known_of(material: Material, subject: Subject) -> KnownWords:
    """The capitalised words that need not worry in a report, with those of its area."""
    return material.known_in(material.area(subject.id))


def without(number: re.Pattern[str], row: pd.Series) -> pd.Series:
    """A finding without the number at its start; its place in the report moves with it."""
    text = str(row["text"])
    words = number.sub("", text)
    if words == text:
        return row
    return pd.Series({**row, "text": words, "start": int(row["start"]) + len(text) - len(words)})
