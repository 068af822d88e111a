"""What a report looked at, where its story cannot be told: its own sentence on that, or ours."""

from __future__ import annotations

import re

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.quotability import has_paired_marks
from lif_nlp.briefs.sections.claims import quote, statement
from lif_nlp.briefs.sections.report_sentences import case_details, known_of
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

_READ = 25
"""Sentences at the beginning that are read."""

_SHOWN = 2
"""Sentences that are shown."""

_FEWEST, _MOST = 8, 45
"""Words of such a sentence."""

_SCOPE = re.compile(
    r"^(?:This|The|Our) (?:[\w’'-]+ ){0,4}?(?:review|report|summary|audit|briefing|study|inquiry) "
    r"(?:\([^)]*\) )?(?:also )?(?:concerns|considers|considered|looks at|looked at|examines|"
    r"examined|is about|asks (?:what|how|why|whether)|asked (?:what|how|why|whether)|covers|"
    r"covered|brings together|draws (?:on|together)|describes|explores|explored|sets out|follows "
    r"(?:a|the) (?:child|baby|young|family)|was (?:about|into|of))\b|"
    r"^(?:We|The reviewers?|The panel|The review team) (?:looked at|read|examined|reviewed|"
    r"considered) (?:the )?(?:\w+ )?(?:records|files|cases|work|help|care|histor|how|what|"
    r"children)|"
    r"^The (?:purpose|aim|focus|scope) of (?:the|this) (?:review|report|audit|study|briefing) "
)
"""A sentence in which a report says what it looked at."""

_LEANS = re.compile(
    r"\b(?:above|below|he|she|him|his|her|hers|Act|section|Chapter|guidance|terms of reference|"
    r"death|killing|suicide|died|killed|criteria|interviews?|authors?|conversations?)\b"
)
"""What points to somebody, to another sentence or to the law, and what is told more gently."""


def scope(material: Material, subject: Subject, about: str) -> list[Claim]:
    """What a report looked at, in one or two of its sentences, else in a line of ours.

    Parameters
    ----------
    material, subject
        The material, and the report with the findings that may be quoted.
    about
        What the page on it is about; empty for nothing in particular.
    """
    known = known_of(material, subject)
    rows = subject.rows.sort_values("start").head(_READ)
    lines = [
        quote(material.evidence(row))
        for _, row in rows.iterrows()
        if _FEWEST <= len(str(row["text"]).split()) <= _MOST
        and str(row["text"]).endswith(".")
        and _SCOPE.search(str(row["text"]))
        and not _LEANS.search(str(row["text"]))
        and has_paired_marks(str(row["text"]))
        and not case_details(str(row["text"]), known)
    ][:_SHOWN]
    if lines or not about:
        return lines
    kind = english.lower_first(material.type_name(subject.id))
    year = material.published(subject.id)[:4]
    told = f"This {kind}{f' of {year}' if year else ''} is about {english.lower_first(about)}."
    return [statement(told)]
