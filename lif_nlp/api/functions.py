"""What needs no workspace: labels of loose texts, scores on gold, agreement of readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lif_nlp.config import load_settings
from lif_nlp.errors import LifError
from lif_nlp.schema import make_frame


def label_texts(
    texts: Iterable[str], headings: Sequence[str] | None = None, **settings: Any
) -> pd.DataFrame:
    """Labels of loose texts: one row each, in order.

    Columns: `id` (place in the list), `hindsight`, `aware`, `role`, `why`, `priorities`,
    `themes`, `agencies`, `scores`, `text`.  `headings` are those under which the texts
    stood, joined by " > "; they help to tell a strength from a problem.
    """
    from lif_nlp.workflow.annotate import annotate_texts

    return annotate_texts(list(texts), headings, load_settings(**settings))


def score_gold(
    sentences: Sequence[str | Path] = (), passages: Sequence[str | Path] = (), **settings: Any
) -> pd.DataFrame:
    """How well labels agree with gold: on the files given, or on the gold that ships.

    Columns: `measure`, `label`, `precision`, `recall`, `f1` (0..1), `low` and `high`
    (its likely range), `support` (how many items carry the label), `baseline` (the F1 of
    plain keyword lists on the same items).
    """
    from lif_nlp.workflow.evaluate import evaluate as run_evaluate

    gold = [Path(path) for path in sentences], [Path(path) for path in passages]
    return run_evaluate(load_settings(**settings), *gold)


def check(report: str | Path, **settings: Any) -> pd.DataFrame:
    """One draft report held against the framework, with notes on hindsight wording.

    Columns: `part` ("Framework check" or "Hindsight notes"), `says` (the requirement and
    what is missing, or the question that would test a wording), `page`, `quote`.  Nothing
    is stored.  Raises LifError when the file cannot be read.
    """
    from lif_nlp.api.frames import notes
    from lif_nlp.workflow.check import check as run_check

    return notes(run_check(Path(report), load_settings(**settings)).brief)


def agreement(first: pd.DataFrame, second: pd.DataFrame, *, of: str = "themes") -> pd.DataFrame:
    """How far two readers agree beyond chance, one row per code, most used first.

    Each frame has the column `finding_id` and the column `of`, whose cells hold codes as
    a list or joined by ";".  Only findings that both saw and either coded count.
    Columns: `code`, `first`, `second` (how often each reader gave it), `units`, `alike`
    (share of units on which they agree), `kappa` and `alpha` (1 is full agreement, 0 is
    chance).  Raises LifError when a column is missing or no finding was read by both.

    >>> one = pd.DataFrame({"finding_id": ["a", "b"], "themes": ["recording", "recording"]})
    >>> two = pd.DataFrame({"finding_id": ["a", "b"], "themes": ["recording", "early_help"]})
    >>> agreement(one, two)[["code", "agreement"]].to_dict("records")[0]
    {'code': 'recording', 'agreement': 0.5}
    """
    from lif_nlp.evaluate.agreement import compare_codings

    codings = [_coding(frame, of, name) for frame, name in ((first, "first"), (second, "second"))]
    if not codings[0].keys() & codings[1].keys():
        raise LifError("no finding_id stands in both frames; give two readings of the same rows")
    both = codings[0].keys() & codings[1].keys()
    rows = [
        (
            found.code,
            *(sum(found.code in coding[f] for f in both) for coding in codings),
            found.units,
            round(found.alike, 2),
            round(found.kappa, 2),
            round(found.alpha, 2),
        )
        for found in compare_codings(*codings)
    ]
    frame = make_frame("agreement", rows)
    used = (frame["first"] + frame["second"]).sort_values(ascending=False, kind="stable")
    return frame.loc[used.index].reset_index(drop=True)


def _coding(frame: pd.DataFrame, of: str, name: str) -> Mapping[str, frozenset[str]]:
    for column in ("finding_id", of):
        if column not in frame.columns:
            raise LifError(
                f"the {name} frame lacks the column '{column}'; it has: "
                f"{', '.join(str(c) for c in frame.columns)}"
            )
    pairs = zip(frame["finding_id"], frame[of], strict=True)
    return {str(finding): _codes(cell) for finding, cell in pairs}


def _codes(cell: object) -> frozenset[str]:
    if isinstance(cell, str):
        return frozenset(code.strip() for code in cell.split(";") if code.strip())
    if isinstance(cell, Iterable):
        return frozenset(str(code) for code in cell)
    return frozenset()
