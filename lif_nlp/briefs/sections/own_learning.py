"""The findings that a report numbers or lists itself, each with the sentences that belong to it.

Their author wrote them to be read by themselves, so they need no test of standing alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd

from lif_nlp.briefs.quoting.quotability import blames, has_paired_marks, has_verb
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.sections.report_headings import tells_learning, tells_what_is_asked
from lif_nlp.briefs.sections.report_sentences import case_details, details_that_stay, known_of
from lif_nlp.briefs.sections.report_words import PAST, TOLD_ONCE
from lif_nlp.circulation import KnownWords
from lif_nlp.records import Claim
from lif_nlp.text import english

_LABEL = re.compile(
    r"(?:(?:Key |Practice )?(?:Finding|Lesson|Learning(?: [Pp]oint)?|Theme|Message))s? "
    r"(?:\d{1,2}|[A-Z]\b|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|"
    r"[Tt]en)\s*[.:)–—-]?\s*"
)
"""The label of a finding, as a line of its own or before the finding's words."""
_NAMES = re.compile(
    r"(?i)^the \w+ (?:that|who|which|where|when|she|he|they)\b(?!.*\b(?:is|are|was|were)\b)"
)
"""A title that names a moment of the story and claims nothing: "The day she told"."""
_FEWEST_LABELLED, _FEWEST_LISTED = 2, 3
"""Findings without which numbers, or a list, are no review's own account of what it learnt."""
_FEWEST_WORDS, _MOST_WORDS = 3, 45
"""Words of a finding; the sentences after its first are taken as long as they fit."""
_MOST_SENTENCES = 3


def own_learning(quoter: Quoter, shown: int) -> list[Claim]:
    """Up to `shown` of the report's own findings, in its order; no lines where it lists none.

    Headings and lines that are numbered as findings, lessons or learning points go first, else
    the items of a list headed so that mostly say what holds.  How many are left out is told.
    """
    material, subject = quoter.material, quoter.subject
    rows = subject.rows.sort_values("start")
    rows = rows[~rows["finding_id"].isin(quoter.quoted_findings)]
    text = material.text_of(subject.id)
    known = known_of(material, subject)
    numbered = [_joined(one, text, known) for one in _numbered(rows)]
    found = [one for one in numbered if one is not None]
    if len(found) < _FEWEST_LABELLED:
        items = [_joined(one, text, known) for one in _listed(rows)]
        found = [one for one in items if one is not None]
        if len(found) < _FEWEST_LISTED or sum(map(_holds, found)) * 2 < len(found):
            return []
    lines = [quoter.quote(one) for one in found[:shown]]
    rest = found[shown:]
    if rest:
        more = english.capital(english.number(len(rest)))
        verb = english.agree(len(rest), "stand")
        told = tuple(str(one["finding_id"]) for one in rest)
        lines.append(Claim("count", f"{more} more {verb} in the report.", told))
    return lines


def _numbered(rows: pd.DataFrame) -> Iterator[list[pd.Series]]:
    """For each labelled finding its rows, its first without the label; a bare name has none."""
    of_report = [row for _, row in rows.iterrows()]
    for at, row in enumerate(of_report):
        label = _LABEL.match(str(row["text"]))
        if not label:
            continue
        words = str(row["text"])[label.end() :]
        is_title = row["kind"] == "heading"
        own = [_cut(row, label.end())] if words else []
        after = [] if is_title else of_report[at + 1 : at + 1 + _MOST_SENTENCES - len(own)]
        for other in after:
            if other["heading"] != row["heading"] or _LABEL.match(str(other["text"])):
                break
            own.append(other)
        if own:
            yield own


def _listed(rows: pd.DataFrame) -> Iterator[list[pd.Series]]:
    """Items of lists under a heading that tells of learning and asks for nothing.

    An item is a bullet, or the sentences of a paragraph with a whole number ("4", not "4.2") that
    counts from 1 under its heading: other paragraphs are numbered through the report.
    """
    of_report = [row for _, row in rows.iterrows()]
    counted: set[str] = set()
    for key, item in groupby(of_report, _item_of):
        own = list(item)
        heading = str(own[0]["heading"] or "").rpartition(" > ")[2]
        if key[1:] == ("1",):
            counted.add(key[0])
        is_item = len(key) == 1 or (len(key) > 1 and key[0] in counted)
        is_asked = tells_what_is_asked(heading) and own[0]["role"] == "action"
        if is_item and tells_learning(heading) and not is_asked:
            yield own


def _item_of(row: pd.Series) -> tuple[str, ...]:
    """What the sentences of one item of a list have in common; empty for other text."""
    if row["kind"] == "bullet":
        return (str(row["finding_id"]),)
    number = str(row["paragraph"] or "")
    return (str(row["heading"]), number) if number.isdigit() else ()


def _cut(row: pd.Series, length: int) -> pd.Series:
    """A finding without its first `length` characters."""
    return pd.Series(
        {
            **row,
            "text": str(row["text"])[length:],
            "start": int(row["start"]) + length,
        }
    )


def _joined(own: Sequence[pd.Series], text: str, known: KnownWords) -> pd.Series | None:
    """A finding with as many of its sentences as may be quoted, or None for not even its first."""
    first = str(own[0]["text"])
    # A heading or an item without a verb names a matter; a sentence says something of it.
    is_claim = first.endswith(".") or (has_verb(first) and not _NAMES.search(first))
    if not (is_claim and _may_be_quoted(own[0], known)):
        return None
    start, end = int(own[0]["start"]), int(own[0]["end"])
    for row in own[1:]:
        stands_next = not text[end : int(row["start"])].strip(" ")
        longer = text[start : int(row["end"])]
        is_short = len(longer.split()) <= _MOST_WORDS
        # A day is of the story that follows the finding.
        is_safe = _may_be_quoted(row, known) and not case_details(longer, known)
        if not (stands_next and is_short and is_safe):
            break
        end = int(row["end"])
    words = text[start:end] if end > int(own[0]["end"]) else first
    return pd.Series({**own[0], "text": words, "end": end}) if has_paired_marks(words) else None


def _may_be_quoted(row: pd.Series, known: KnownWords) -> bool:
    words = str(row["text"])
    return (
        len(words.split()) >= _FEWEST_WORDS
        and not words.endswith((":", "?"))
        and not row["hindsight"]
        and not blames(words)
        and not details_that_stay(words, known)
    )


def _holds(row: pd.Series) -> bool:
    """Whether an item says what holds or is to be done, rather than what happened once."""
    words = str(row["text"])
    return not (TOLD_ONCE.search(words) or PAST.search(words))
