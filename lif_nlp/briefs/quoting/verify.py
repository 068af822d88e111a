"""Compares every quote of a brief with the stored report it was taken from."""

from __future__ import annotations

from collections.abc import Callable

from lif_nlp.briefs.quoting.brackets import stands_for
from lif_nlp.errors import QuoteError
from lif_nlp.records import Brief, Evidence


def verify(brief: Brief, text_of: Callable[[str], str]) -> None:
    """Return silently when every quote equals its slice of the stored text.

    Parameters
    ----------
    brief
        The brief to check.
    text_of
        Gives the stored text of a document by id; raises KeyError for an unknown one.

    Raises
    ------
    QuoteError
        With one line for each difference, by finding id and page; it never holds the words.
    """
    faults = {one: fault for one in brief.evidence() if (fault := _fault(one, text_of))}
    if faults:
        doc_ids = tuple(sorted({one.doc_id for one in faults}))
        raise QuoteError(brief.brief_id, list(faults.values()), doc_ids)


def _fault(one: Evidence, text_of: Callable[[str], str]) -> str:
    try:
        text = text_of(one.doc_id)
    except KeyError:
        return f"finding {one.finding_id}: its report is not stored"
    if not 0 <= one.start < one.end <= len(text):
        return f"finding {one.finding_id}: offsets {one.start}-{one.end} lie outside the report"
    if text[one.start : one.end] != one.quote:
        return f"finding {one.finding_id}, page {one.page}: the words differ"
    if one.bracketed and not stands_for(one.bracketed, one.quote):
        return f"finding {one.finding_id}, page {one.page}: the words outside the brackets differ"
    return ""
