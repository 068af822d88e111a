"""Which sentences of one report can be shown by themselves, or with the one before them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from lif_nlp.briefs.quoting.quotability import (
    blames,
    has_paired_marks,
    has_verb,
    lacks_antecedent,
)
from lif_nlp.briefs.quoting.selection import Row
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.sections.report_sentences import (
    FEWEST_TITLE,
    case_details,
    known_of,
    leans_back,
)
from lif_nlp.briefs.sections.report_story import MOST_WORDS
from lif_nlp.briefs.sections.report_words import LAW, METHOD, OF_FAMILY, OF_THE_CASE, RARE, UNSAID
from lif_nlp.circulation import KnownWords

DID = re.compile(r"\b(?:put|rang|paid|drove|sat|stood|read|let|set|lent|sang|wore|won|\w{3,}ed)\b")
"""Verbs in the past that `has_verb` leaves out, since they also name things."""


MOST_OF_PAIR = 46
"""Words of two sentences that stand as one quote; more are a paragraph."""
_FIRST_ALONE, _OF_PAIR = 0.55, 0.95
"""How likely the first of two sentences must be to stand alone, and the part of that which both
have; chosen by judgement on invented reviews, December 2026."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as its quotes are chosen: words that need not worry, and what stands alone."""

    known: KnownWords
    alone: Callable[[str], float]

    @classmethod
    def of(cls, quoter: Quoter) -> Reading:
        """The reading of the report that a quoter quotes."""
        material, doc_id = quoter.material, quoter.subject.id
        return cls(known_of(material, quoter.subject), lambda text: material.alone(text, doc_id))

    def is_whole(self, text: str) -> bool:
        """Whether a text is one whole sentence that leans on nothing and points to nobody."""
        return self.is_safe(text) and not (
            OF_THE_CASE.search(text) or leans_back(text, self.alone(text)) or lacks_antecedent(text)
        )

    def is_safe(self, text: str) -> bool:
        """Whether a text is one whole sentence that points to nobody and blames nobody."""
        return (
            FEWEST_TITLE <= len(text.split()) <= MOST_WORDS
            and text[:1].isupper()
            and text.endswith(".")
            and (has_verb(text) or bool(DID.search(text)))
            and has_paired_marks(text)
            and not blames(text)
            and not METHOD.search(text)
            and not LAW.search(text)
            and not case_details(text, self.known)
        )

    def can_stand(self, text: str, least: float) -> bool:
        """Whether a whole sentence tells of no family, and is likely enough to be understood."""
        return (
            self.is_whole(text)
            and not OF_FAMILY.search(text)
            and not UNSAID.search(text)
            and not RARE.search(text)
            and self.alone(text) >= least
        )

    def shown_whole(self, rows: pd.DataFrame, report: pd.DataFrame, least: float) -> pd.DataFrame:
        """The rows that can be shown, a leaning one with the sentence before it.

        Parameters
        ----------
        rows
            Findings of the report.
        report
            All its findings, among them the sentences before.
        least
            How likely a sentence must be to be understood alone.

        Returns
        -------
        pd.DataFrame
            With `said`, the finding's own words; where the sentence before stands with them,
            `text` and `start` are those of both, and `before` is its id.
        """
        ordered = _mappings(report.sort_values("start"))
        before = {str(row["finding_id"]): first for first, row in pairwise(ordered)}
        shown: list[dict[str, Any]] = []
        for row in _mappings(rows):
            text = str(row["text"])
            if self.can_stand(text, least):
                shown.append({**row, "said": text, "before": "", "alone": self.alone(text)})
                continue
            first = before.get(str(row["finding_id"]))
            if first is not None and self._leads_to(first, row, least):
                both = {
                    "said": text,
                    "text": f"{first['text']} {text}",
                    "before": first["finding_id"],
                    "start": first["start"],
                    "page": first["page"],
                    "alone": _OF_PAIR * self.alone(str(first["text"])),
                }
                shown.append({**row, **both})
        columns = [*rows.columns, "said", "before", "alone"]
        return pd.DataFrame(shown, columns=columns)

    def _leads_to(self, first: Row, row: Row, least: float) -> bool:
        """Whether a sentence can stand before the next one, and makes it clear."""
        said, text = str(first["text"]), str(row["text"])
        is_next = int(row["start"]) == int(first["end"]) + 1 and row["kind"] == first["kind"]
        return (
            is_next
            and row["heading"] == first["heading"]
            and first["role"] in ("context", row["role"])
            and not first["hindsight"]
            and len(said.split()) + len(text.split()) <= MOST_OF_PAIR
            and self.can_stand(said, max(least, _FIRST_ALONE))
            and self.is_safe(text)
            and not (OF_FAMILY.search(text) or RARE.search(text) or OF_THE_CASE.search(text))
        )

    def by_standing_alone(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The findings, those first that are likeliest to be understood without the report."""
        rows = rows.assign(alone=rows["text"].map(self.alone))
        return rows.sort_values(["alone", "start"], ascending=[False, True])


def _mappings(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain mappings."""
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
