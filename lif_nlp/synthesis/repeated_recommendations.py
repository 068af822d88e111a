"""Near-identical recommendations of later reports, linked to the earliest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import column_names, make_frame
from lif_nlp.synthesis.frames import Frames, counted_reports, frame_or_empty

MIN_SIMILARITY = 78.0
"""Indel similarity (0 to 100) of the sorted content words from which two are near-identical.

Chosen by judgement (November 2026); not tuned.  A smaller value links more recommendations
that share only their formula.
"""

BOILERPLATE_AREAS = 4
"""Near-identical wording in reports about this many areas is boilerplate.

Examples are how to reply or to complain.  Chosen by judgement (November 2026); not tuned.
A smaller value would hide recommendations that several areas were given.
"""

MIN_CONTENT_WORDS = 6
"""Recommendations with fewer content words ("Improve training.") are never matched.

Chosen by judgement; not tuned.
"""

NO_REPEAT = "none"
"""Value of `same_as` when a person says that a recommendation repeats no other."""

_COLUMNS = ("finding_id", "doc_id", "page", "text", "owner", "due")
# a block of 256 rows keeps the similarity matrix of thousands of texts small
_CHUNK = 256
_STOP_WORDS = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it"),
        *("its", "of", "on", "or", "that", "the", "their", "this", "to", "with"),
        *("should", "must", "will", "ensure", "ensures", "ensuring", "all", "any"),
        *("partnership", "recommendation", "recommends"),
    }
)


def repeated_recommendations(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Every recommendation with the earliest near-identical one of another report.

    Columns: see `schema`, table "repeated_recommendations", in order of publication.
    `repeat_of` is empty for the first of its kind, and always points to the earliest one,
    not to a repeat.  Undated reports count as the latest, so that nothing repeats an
    undated recommendation.  Boilerplate is not linked.  A person's decision (`same_as`)
    takes precedence.
    """
    table = _in_date_order(frames)
    if table.empty:
        return make_frame("repeated_recommendations")
    earliest, scores = _earliest_match(table)
    for row in _boilerplate_rows(table, earliest):
        earliest[row], scores[row] = row, 0.0
    _apply_decisions(table, earliest, scores)
    return _with_earlier(table, earliest, scores)


def boilerplate_recommendations(frames: Frames) -> frozenset[str]:
    """IDs of recommendations in near-identical words about `BOILERPLATE_AREAS` areas or more."""
    table = _in_date_order(frames)
    earliest, _ = _earliest_match(table)
    return frozenset(table["finding_id"].iloc[row] for row in _boilerplate_rows(table, earliest))


def _in_date_order(frames: Frames) -> pd.DataFrame:
    """Recommendations of the counted reports, earliest first."""
    table = frame_or_empty(frames, "recommendations", (*_COLUMNS, "same_as"))
    reports = counted_reports(frames)[["doc_id", "title", "published", "area"]]
    table = table.drop(columns=["title", "published", "area"], errors="ignore")
    table = table.merge(reports, on="doc_id")
    # Undated reports come last: none of them may pass for the earliest.
    order = table["published"].fillna("").replace("", "9999")
    table = table.assign(order=order).sort_values(["order", "doc_id", "finding_id"])
    return table.reset_index(drop=True)


def _earliest_match(table: pd.DataFrame) -> tuple[list[int], list[float]]:
    """For each row, the row of its earliest near-identical one and their similarity.

    The row itself and 0 if there is none.
    """
    earliest, scores = _match(tuple(map(content_words, table["text"])), tuple(table["doc_id"]))
    return list(earliest), list(scores)


@lru_cache(maxsize=4)  # several tables of one run match the same recommendations
def _match(
    contents: tuple[str, ...], doc_ids: tuple[str, ...]
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """`_earliest_match` of these content words; each pair is compared once."""
    from rapidfuzz import fuzz, process

    earliest = list(range(len(contents)))
    scores = [0.0] * len(contents)
    long_enough = [len(words.split()) >= MIN_CONTENT_WORDS for words in contents]
    for start in range(0, len(contents), _CHUNK):
        stop = min(start + _CHUNK, len(contents))
        similarities = process.cdist(
            contents[start:stop], contents[:stop], scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY
        )
        for row in range(start, stop):
            if not long_enough[row]:
                continue
            similarity = similarities[row - start]
            # Rows are in order of date, so the first hit is the earliest.
            for earlier in similarity[:row].nonzero()[0]:
                if doc_ids[earlier] != doc_ids[row] and long_enough[earlier]:
                    # To the first of the chain, so that all repeats of a recommendation name the
                    # same one.
                    earliest[row], scores[row] = earliest[earlier], float(similarity[earlier])
                    break
    return tuple(earliest), tuple(scores)


def _boilerplate_rows(table: pd.DataFrame, earliest: Sequence[int]) -> list[int]:
    """Rows whose wording is found in reports about many areas."""
    areas: dict[int, set[str]] = {}
    for root, area in zip(earliest, table["area"].fillna(""), strict=True):
        if area:
            areas.setdefault(root, set()).add(area)
    return [
        row for row, root in enumerate(earliest) if len(areas.get(root, ())) >= BOILERPLATE_AREAS
    ]


def _apply_decisions(table: pd.DataFrame, earliest: list[int], scores: list[float]) -> None:
    """Link and unlink rows in place, as people decided in `same_as`."""
    rows = {finding_id: row for row, finding_id in enumerate(table["finding_id"])}
    for row, same_as in enumerate(table["same_as"].fillna("")):
        if same_as == NO_REPEAT:
            earliest[row], scores[row] = row, 0.0
        elif same_as in rows:
            earlier, later = sorted((row, rows[same_as]))
            old_root = earliest[later]
            for other, root in enumerate(earliest):
                # what repeated the later one now repeats the earlier one
                if other == later or (old_root == later and root == later):
                    earliest[other], scores[other] = earliest[earlier], max(scores[other], 100.0)


def content_words(text: str) -> str:
    """The words that distinguish recommendations, lower case, in alphabetical order.

    >>> content_words("The Partnership should ensure that all staff record the father's name.")
    "father's name record staff"
    """
    words = re.findall(r"[a-z][a-z'’-]+", text.casefold())
    return " ".join(sorted(word for word in words if word not in _STOP_WORDS))


def _with_earlier(table: pd.DataFrame, earliest: list[int], scores: list[float]) -> pd.DataFrame:
    is_repeat = [root != row for row, root in enumerate(earliest)]

    def from_earliest(column: str) -> list[str]:
        values = table[column].fillna("").tolist()
        pairs = zip(earliest, is_repeat, strict=True)
        return [str(values[root]) if repeat else "" for root, repeat in pairs]

    columns = column_names("repeated_recommendations")
    repeats = table.assign(
        repeat_of=from_earliest("finding_id"),
        similarity=[round(score / 100, 2) for score in scores],
        earlier_doc_id=from_earliest("doc_id"),
        earlier_title=from_earliest("title"),
        earlier_published=from_earliest("published"),
        earlier_page=from_earliest("page"),
        earlier_text=from_earliest("text"),
    )
    # A chain may lead back to the report it is in; then it repeats no other report.
    is_own = repeats["earlier_doc_id"].eq(repeats["doc_id"])
    earlier_columns = [column for column in columns if column.startswith("earlier_")]
    repeats.loc[is_own, ["repeat_of", *earlier_columns]] = ""
    repeats.loc[is_own, "similarity"] = 0.0
    return repeats[list(columns)].reset_index(drop=True)
