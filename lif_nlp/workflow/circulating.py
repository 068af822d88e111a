"""Tables as they may circulate: read by the guard, without files, small numbers and rare cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from lif_nlp.circulation import (
    KnownWords,
    hide_small_counts,
    hold_back_rare,
    known_words,
    may_circulate,
    name_to_show,
    split_words,
    title_to_show,
)
from lif_nlp.circulation.word_lists import words
from lif_nlp.errors import LifError
from lif_nlp.framework.model import OF_SERVICES, Framework
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.tables import current_name, table

CIRCULATING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "documents": ("doc_id", "title", "review_type", "published", "area", "findings"),
        "findings": (
            "finding_id", "doc_id", "page", "text", "role", "why", "agencies", "priorities",
            "themes",
        ),
        "recommendations": ("finding_id", "doc_id", "published", "page", "text"),
        "themes": (
            "theme_id", "name", "kind", "documents", "findings", "strengths", "problems",
            "first_seen", "last_seen",
        ),
        "points": (
            "point_id", "name", "role", "theme", "documents", "of_documents", "first_seen",
            "last_seen",
        ),
        "cases": ("area", "year", "age_band", "harm", "reports"),
    }
)  # fmt: skip
"""Tables that may circulate, with the columns that do; the rest is for the learning team."""

_SOMEBODY = re.compile(
    r"\b(?:he|she|his|hers?|him|MA|FA|MGM|MGF|PGM|[A-Z]{1,2}\d|mum|dad|gran|nan|"
    r"(?:the|a|an) (?:[\w-]+ )?(?:child|boy|girl|baby|mother|father|uncle|aunt|gran\w*))\b"
)
_INITIAL = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr) [A-Z]\b")
_OF_THEIR_LIFE = re.compile(
    r"\b(?:since|after) (?:his|her) death\b|"
    r"\b(?:been|lives?|lived|living|stay\w*|placed) with (?:his|her|their) (?:\w+ )?"
    r"(?:aunt|uncle|gran\w*|nan|sister|brother|father|mother|cousin)\b|"
    r"\b(?:an?|one|several|many) (?:day|night|week|fortnight|month|year)s? in "
    r"(?:intensive care|hospital|custody|prison|care|a coma)\b",
    re.IGNORECASE,
)
"""With whom somebody lives since, or how long somebody lay in hospital."""

_A_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|"
    r"forty|fifty|hundred|quarter|third|half)\b",
    re.IGNORECASE,
)
"""What is, beside a person, a length of stay, a measure or a count of one case."""

CASE_PARTS = ("area", "year", "age_band", "harm")
"""What together may tell who a child is, though no part does alone."""


def circulating_table(session: Session, name: str) -> pd.DataFrame:
    """A table with nothing in it that may identify a child, family or worker.

    Sentences that the guard keeps in are left out, titles give way to kind and area, and small
    counts of cases by area are missing.

    Raises
    ------
    UnknownNameError
        For a table that does not exist.
    LifError
        For one that is only for the learning team, with those that circulate.
    """
    name = current_name(name)
    if name not in CIRCULATING:
        raise LifError(
            f"the table '{name}' is only for the learning team; choose one that may circulate: "
            f"{', '.join(CIRCULATING)}"
        )
    if name == "documents":
        rows = safe_documents(session)
        rows = rows[rows["status"].eq("ok")]
    elif name == "cases":
        # Counts hold no text for the guard to read; what they may give away is a small number.
        return safe_cases(table(session, "cases"), session.framework)
    else:
        rows = table(session, name)
    rows = rows[list(CIRCULATING[name])]
    known = _known(session)
    if "text" in rows.columns:
        reports = table(session, "documents").drop_duplicates("doc_id").set_index("doc_id")
        rows = rows[~_tells_of_a_case(session.framework, reports, rows)]
        areas = reports["area"]
        may_be_shown = [
            may_circulate(str(text), known | set(split_words(str(areas.get(doc_id, "") or ""))))
            for text, doc_id in zip(rows["text"], rows["doc_id"], strict=True)
        ]
        rows = rows[may_be_shown]
    if "name" in rows.columns:
        rows = rows.assign(name=[name_to_show(str(named), known) for named in rows["name"]])
    return rows.reset_index(drop=True)


def _tells_of_a_case(framework: Framework, reports: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Rows of reviews of one case that tell what happened there.

    A table puts all sentences of a report side by side, so that harmless ones tell together who it
    is about: background is left out, a measure or number of somebody, a language and an initial.
    """
    of_practice = {kind.id for kind in framework.review_types if kind.of_practice}
    is_case = rows["doc_id"].map(reports["review_type"]).isin(of_practice)
    text = rows["text"].astype(str)
    tongues = re.compile(rf"\b(?:{'|'.join(sorted(words('languages')))})\b")
    is_measured = text.str.contains(_SOMEBODY) & text.str.contains(_A_NUMBER)
    is_measured |= text.str.contains(tongues) | text.str.contains(_INITIAL)
    is_measured |= text.str.contains(_OF_THEIR_LIFE)
    if "role" in rows.columns:
        is_measured |= rows["role"].eq("context")
    return is_case & is_measured


def safe_documents(session: Session) -> pd.DataFrame:
    """The documents with titles that name nobody."""
    rows = session.store.frame("documents")
    known, kinds = _known(session), {kind.id: kind for kind in session.framework.review_types}
    titles = []
    for title, review_type, area in zip(
        rows["title"].fillna(""), rows["review_type"], rows["area"].fillna(""), strict=True
    ):
        kind = kinds.get(str(review_type))
        title_shown = title_to_show(
            str(title),
            kind.name if kind else "Report",
            str(area),
            known,
            is_of_services=kind is not None and kind.family in OF_SERVICES,
        )
        titles.append(title_shown if title else "")
    return rows.assign(title=titles)


def safe_cases(cases: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Counts of cases without rare combinations, and without small counts by area.

    `cases` has one row per combination of `CASE_PARTS`, with the number of `reports`.
    """
    if cases.empty:
        return cases
    parts = list(CASE_PARTS)
    single = cases.loc[cases.index.repeat(cases["reports"].astype(int)), parts]
    # A year that is missing in an Int64 column becomes the text "<NA>".
    texts = single.fillna("").astype(str).replace("<NA>", "").reset_index(drop=True)
    left = hold_back_rare(texts, parts, framework.smallest_group)
    counts = left.groupby(parts).size().rename("reports").reset_index()
    counts["kind"] = counts[parts[1:]].agg("|".join, axis=1)
    # Areas against kinds of case: from the sums of its rows and columns, which may be known
    # elsewhere, a hidden count could be worked out again.
    wide = counts.pivot_table("reports", "area", "kind", aggfunc="sum", fill_value=0).astype(int)
    without_small = hide_small_counts(wide, framework.smallest_count)
    long = without_small.reset_index().melt("area", value_name="reports")
    counts = counts.drop(columns="reports").merge(long, on=["area", "kind"])
    counts["year"] = pd.to_numeric(counts["year"], errors="coerce").astype("Int64")
    return counts[[*parts, "reports"]]


def _known(session: Session) -> KnownWords:
    return known_words(session.framework, session.settings.own_names)
