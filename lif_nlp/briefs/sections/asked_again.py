"""What our own area was asked for and a later report of it names again, in few words of each.

A theme alone joins matters that have nothing to do with each other ("record fathers' names", and a
code that fits no crime), so request and later finding must share words that tell something.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.quoting.quotability import is_unquotable
from lif_nlp.briefs.sections.followed_up import VERDICTS, day_due, safe_words
from lif_nlp.briefs.sections.recurring_points import words_in_common
from lif_nlp.text import english

_SHARED = 3
"""Telling words that a request and a later finding have in common where they are about one matter.
Chosen by judgement on the pairs of three workspaces, December 2026: with one, "sent" joined a list
of health visitors to a mailbox of the police."""

_WORDS, _MOST_WORDS = 16, 28
"""Words of a request or finding that a line shows: cut after a clause of at most the former, and
whole up to the latter where no clause ends.  The page names where the rest is."""

_FEWEST_WORDS = 11
"""Words below which what stands before a cut tells no request."""

_BREAKS = (";", ",", " and ", " so that ", " which ", " because ", " where ", " when ",
           " who ")  # fmt: skip
"""Where words are cut, so that no phrase is cut in two."""


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A request to us with what is recorded of it, and the later finding on the same matter.

    `next` is the question that is left, fitted to what is recorded.
    """

    request: str
    recorded: str
    again: str
    next: str
    finding_id: str


def asked_again(material: Material, row: pd.Series) -> AskedAgain | None:
    """The request and the finding of a row of "recurring_problems"; None on two matters.

    Parameters
    ----------
    material
        What the brief draws on.
    row
        A row of the table "recurring_problems", whose findings the material holds.
    """
    request = _text_of(material, str(row["recommendation_finding_id"]))
    later = _same_matter(material, row, request)
    if later is None:
        return None
    recorded, then = _recorded(material, str(row["recommendation_finding_id"]))
    theme = next(one for one in material.framework.themes if one.code == row["theme_id"])
    again = _safe_words(material, later) or english.lower_first(theme.problem_in_short)
    own = "" if identifying_details(request, material.known_words) else cut(request)
    return AskedAgain(own or theme.name, recorded, again, then, str(later["finding_id"]))


def cut(text: str) -> str:
    """The first words of a text in quotation marks, cut where a clause ends.

    >>> cut("Write the note.")
    '“Write the note”'
    >>> cut("Agencies should record the name of fathers, and ask about the men at home, before "
    ...     "plans are made or a case is closed.")
    '“Agencies should record the name of fathers, and ask about the men at home ...”'
    """
    text = text.strip().rstrip(".;")
    words = text.split()
    if len(words) <= _WORDS:
        return f"“{text}”"
    start = " ".join(words[: _WORDS + 1])
    ends = [start.rfind(mark) for mark in _BREAKS]
    # The longest part that ends where a clause does, unless that is hardly more than its subject.
    end = max((at for at in ends if len(start[: max(at, 0)].split()) >= _WORDS // 2), default=0)
    is_short = len(start[:end].split()) < _FEWEST_WORDS
    if is_short and len(words) <= _MOST_WORDS:
        return f"“{text}”"
    shown = start[:end] if end else " ".join(words[:_WORDS])
    return f"“{shown.rstrip(' ,;')} ...”"


def _text_of(material: Material, finding_id: str) -> str:
    rows = material.findings.loc[material.findings["finding_id"].eq(finding_id), "text"]
    return str(rows.iloc[0])


def _same_matter(material: Material, row: pd.Series, request: str) -> pd.Series | None:
    """The problem of the later report that has most words in common with a request, if enough."""
    doc_id = material.findings.loc[
        material.findings["finding_id"].eq(row["latest_finding_id"]), "doc_id"
    ].iloc[0]
    rows = material.of_theme(str(row["theme_id"]))
    rows = rows[rows["doc_id"].eq(doc_id) & rows["role"].eq("problem")]
    shared = rows["text"].map(lambda text: words_in_common(request, str(text)))
    if rows.empty or shared.max() < _SHARED:
        return None
    return rows.assign(shared=shared).sort_values("shared", ascending=False, kind="stable").iloc[0]


def _safe_words(material: Material, row: pd.Series) -> str:
    """The words of a finding, cut, where they may go round and are understood alone."""
    text = str(row["text"])
    is_closed = row["finding_id"] in set(material.in_confidence)
    known = material.known_in(material.area(str(row["doc_id"])))
    if is_closed or is_unquotable(text) or identifying_details(text, known):
        return ""
    return cut(text)


def _recorded(material: Material, finding_id: str) -> tuple[str, str]:
    """What is recorded of a request, as a sentence, and the question that is left."""
    rows = material.programme
    rows = rows[rows["finding_id"].eq(finding_id)] if len(rows) else rows
    checked = _checked(material, rows)
    if checked:
        return checked
    steps = rows[rows["action_id"].ne("")] if len(rows) else rows
    if len(steps):
        step = steps.iloc[-1]
        when = f" of {day_due(step['as_of'])}" if step["as_of"] else ""
        name = safe_words(material, str(step["action"]))
        what = f"“{name}”" if name else "an action"
        if step["status"] in ("done", "verified"):
            return f"The plan{when} has {what} as done.", "What shows that children feel it"
        return f"The plan{when} has {what}, and it was open then.", "What keeps it open"
    return "Nothing that followed is recorded here.", "What became of it"


def _checked(material: Material, rows: pd.DataFrame) -> tuple[str, str] | None:
    """What the latest check of a request found, with its month; None without a check."""
    lines = material.life_lines
    if rows.empty or lines.empty:
        return None
    is_effect = lines["stage"].eq("effect") & lines["recorded"].astype(bool)
    own = lines[is_effect & lines["ask_id"].isin(rows["ask_id"])]
    if own.empty:
        return None
    last = own.iloc[-1]
    verdicts = [VERDICTS.get(one, one) for one in str(last["words"]).split("; ")]
    dated = str(last["date"]) if "date" in own.columns and last["date"] else ""
    when = f" of {english.day(dated[:7])}" if dated else ""
    improved = "improved" in str(last["words"])
    then = "What else does it need" if improved else "What makes the old way easier?"
    return f"A check{when} found that {english.listed(verdicts)}.", then
