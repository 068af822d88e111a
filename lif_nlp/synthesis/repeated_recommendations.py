"""Recommendations made again: near-same ones of later reports linked to the earliest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.frames import Frames, empty, frame, reports

REPEATS = (
    "finding_id", "doc_id", "title", "published", "page", "text", "owner", "due", "repeat_of",
    "similarity", "earlier_doc_id", "earlier_title", "earlier_published", "earlier_page",
    "earlier_text",
)  # fmt: skip
_RECOMMENDATIONS = ("finding_id", "doc_id", "page", "text", "owner", "due")
ALIKE = 78.0
"""Likeness (0..100, words in any order) from which two recommendations are near-same."""

FORM_AREAS = 4
"""Near-same words in reports about this many areas are a form (how to reply, to complain)."""

_MIN_WORDS = 6
_CHUNK = 256
_STOP_WORDS = (
    "a an and are as at be by for from in is it its of on or that the their this to with should "
    "must will ensure ensures ensuring all any partnership recommendation recommends"
)
_STOP = frozenset(_STOP_WORDS.split())


def repeat_recommendations(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Every recommendation, with the earliest near-same one of another report.

    Columns: `REPEATS`, in order of date.  `repeat_of` is empty for the first of
    its kind; a chain always points to its earliest member.  Undated reports count
    as the latest, so that nothing is called a repeat of something undated.
    Recommendations of fewer than six telling words are never matched, nor are those that
    stand in near-same words in reports about four areas or more: that is a form, and no
    learning that came back.  What a person said in the column `same_as` goes before.
    """
    table = _in_order(frames)
    if table.empty:
        return empty(REPEATS)
    first, scores = _first_of(table)
    for place in _forms(table, first):
        first[place], scores[place] = place, 0.0
    _as_people_said(table, first, scores)
    return _told(table, first, scores)


def forms(frames: Frames) -> frozenset[str]:
    """Ids of recommendations that are a form: near-same words about four areas or more."""
    table = _in_order(frames)
    first, _ = _first_of(table)
    return frozenset(table["finding_id"].iloc[place] for place in _forms(table, first))


def _in_order(frames: Frames) -> pd.DataFrame:
    """Recommendations of the reports that count, earliest first."""
    table = frame(frames, "recommendations", (*_RECOMMENDATIONS, "same_as"))
    dates = reports(frames)[["doc_id", "title", "published", "area"]]
    table = table.drop(columns=["title", "published", "area"], errors="ignore")
    table = table.merge(dates, on="doc_id")
    order = table["published"].fillna("").replace("", "9999")
    table = table.assign(order=order).sort_values(["order", "doc_id", "finding_id"])
    return table.reset_index(drop=True)


def _first_of(table: pd.DataFrame) -> tuple[list[int], list[float]]:
    """For each recommendation the place of its earliest near-same one, and how alike they are.

    Where there is no such one, its own place and 0.
    """
    first, scores = _matched(tuple(map(telling, table["text"])), tuple(table["doc_id"]))
    return list(first), list(scores)


@lru_cache(maxsize=4)  # several tables of one run ask it of the same recommendations
def _matched(
    said: tuple[str, ...], docs: tuple[str, ...]
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The same for telling words and reports; each pair is compared once."""
    from rapidfuzz import fuzz, process

    first = list(range(len(said)))
    scores = [0.0] * len(said)
    long = [len(words.split()) >= _MIN_WORDS for words in said]
    for start in range(0, len(said), _CHUNK):
        stop = min(start + _CHUNK, len(said))
        likeness = process.cdist(
            said[start:stop], said[:stop], scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        for at in range(start, stop):
            if not long[at]:
                continue
            row = likeness[at - start]
            for earlier in row[:at].nonzero()[0]:
                if docs[earlier] != docs[at] and long[earlier]:
                    first[at], scores[at] = first[earlier], float(row[earlier])
                    break
    return tuple(first), tuple(scores)


def _forms(table: pd.DataFrame, first: Sequence[int]) -> list[int]:
    """Places of what stands in near-same words about many areas."""
    areas: dict[int, set[str]] = {}
    for root, area in zip(first, table["area"].fillna(""), strict=True):
        if area:
            areas.setdefault(root, set()).add(area)
    return [place for place, root in enumerate(first) if len(areas.get(root, ())) >= FORM_AREAS]


def _as_people_said(table: pd.DataFrame, first: list[int], scores: list[float]) -> None:
    """Pairs as a person gave them in `same_as`: an id, or "none" for no repeat."""
    places = {finding_id: place for place, finding_id in enumerate(table["finding_id"])}
    for at, said in enumerate(table["same_as"].fillna("")):
        if said == "none":
            first[at], scores[at] = at, 0.0
        elif said in places:
            earlier, later = sorted((at, places[said]))
            old = first[later]
            for place, root in enumerate(first):
                if place == later or (old == later and root == later):
                    first[place], scores[place] = first[earlier], max(scores[place], 100.0)


def telling(text: str) -> str:
    """The words that tell recommendations apart, lower case, in alphabetical order.

    >>> telling("The Partnership should ensure that all staff record the father's name.")
    "father's name record staff"
    """
    words = re.findall(r"[a-z][a-z'’-]+", text.casefold())
    return " ".join(sorted(word for word in words if word not in _STOP))


def _told(table: pd.DataFrame, first: list[int], scores: list[float]) -> pd.DataFrame:
    again = [at != index for index, at in enumerate(first)]

    def of_first(column: str) -> list[str]:
        values = table[column].fillna("").tolist()
        return [str(values[at]) if more else "" for at, more in zip(first, again, strict=True)]

    told = table.assign(
        repeat_of=of_first("finding_id"),
        similarity=[round(score / 100, 2) for score in scores],
        earlier_doc_id=of_first("doc_id"),
        earlier_title=of_first("title"),
        earlier_published=of_first("published"),
        earlier_page=of_first("page"),
        earlier_text=of_first("text"),
    )
    # A chain may close on the report it began in: then it is no repeat of another one.
    own = told["earlier_doc_id"].eq(told["doc_id"])
    told.loc[own, ["repeat_of", *(column for column in REPEATS if column[:8] == "earlier_")]] = ""
    told.loc[own, "similarity"] = 0.0
    return told[list(REPEATS)].reset_index(drop=True)
