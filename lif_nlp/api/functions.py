"""What needs no workspace: labels of texts, scores on gold, a check, agreement of readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Unpack

import pandas as pd

from lif_nlp._deprecated import deprecated_arguments
from lif_nlp.choices import SettingArguments
from lif_nlp.config import load_settings
from lif_nlp.errors import LifError
from lif_nlp.schema import make_frame


def label_texts(
    texts: Iterable[str],
    headings: Sequence[str] | None = None,
    **settings: Unpack[SettingArguments],
) -> pd.DataFrame:
    """Label texts that belong to no workspace, one row each, in order.

    Columns: `id`, `hindsight`, `aware`, `role`, `why`, `priorities`, `themes`, `actor`,
    `note`, `agencies`, `may_circulate`,
    `scores`, `text`.

    Parameters
    ----------
    texts
        Sentences or bullets.
    headings
        The headings above each text, joined by " > "; they help to distinguish a strength
        from a problem.
    **settings
        Settings of `lif.toml`, such as `profile` or `framework`.
    """
    from lif_nlp.workflow.annotate import annotate_texts

    return annotate_texts(list(texts), headings, load_settings(**settings))


def score_gold(
    sentences: Sequence[str | Path] = (),
    passages: Sequence[str | Path] = (),
    **settings: Unpack[SettingArguments],
) -> pd.DataFrame:
    """Compare the labels with gold: the files given, or the gold that is shipped.

    Columns: `measure`, `label`, `precision`, `recall`, `f1`, `low`, `high`, `support`,
    `baseline`.

    Parameters
    ----------
    sentences, passages
        Gold files of sentences and of passages (JSON lines).
    **settings
        Settings of `lif.toml`.

    Raises
    ------
    LifError
        If there are no gold files.
    """
    from lif_nlp.workflow.evaluate import evaluate as run_evaluate

    gold = [Path(path) for path in sentences], [Path(path) for path in passages]
    return run_evaluate(load_settings(**settings), *gold)


def check(report: str | Path, **settings: Unpack[SettingArguments]) -> pd.DataFrame:
    """Check a draft report against the framework and for hindsight wording.

    Columns: `part`, `note`, `page`, `quote`.  Nothing is stored.

    Raises
    ------
    LifError
        If the file cannot be read.
    """
    from lif_nlp.api.frames import notes
    from lif_nlp.workflow.check import check as run_check

    return notes(run_check(Path(report), load_settings(**settings)).brief)


@deprecated_arguments(of="column")
def agreement(first: pd.DataFrame, second: pd.DataFrame, *, column: str = "themes") -> pd.DataFrame:
    """How far two readers agree beyond chance, one row per code, most used first.

    Columns: `code`, `first`, `second`, `units`, `agreement`, `kappa`, `alpha`.

    Parameters
    ----------
    first, second
        One frame per reader, with the column `finding_id`.  Only findings in both frames
        count.
    column
        Holds the codes, as a list or joined by ";".

    Raises
    ------
    LifError
        If a column is missing, or the frames share no finding.

    >>> one = pd.DataFrame({"finding_id": ["a", "b"], "themes": ["recording", "recording"]})
    >>> two = pd.DataFrame({"finding_id": ["a", "b"], "themes": ["recording", "early_help"]})
    >>> agreement(one, two)[["code", "agreement"]].to_dict("records")[0]
    {'code': 'recording', 'agreement': 0.5}
    """
    from lif_nlp.evaluate.agreement import compare_codings

    codings = [
        _coding(frame, column, name) for frame, name in ((first, "first"), (second, "second"))
    ]
    common_keys = codings[0].keys() & codings[1].keys()
    if not common_keys:
        raise LifError("the two frames share no finding_id; pass two codings of the same findings")
    rows = [
        (
            figures.code,
            *(
                sum(figures.code in coding[finding] for finding in common_keys)
                for coding in codings
            ),
            figures.units,
            round(figures.agreement, 2),
            round(figures.kappa, 2),
            round(figures.alpha, 2),
        )
        for figures in compare_codings(*codings)
    ]
    frame = make_frame("agreement", rows)
    uses = (frame["first"] + frame["second"]).sort_values(ascending=False, kind="stable")
    return frame.loc[uses.index].reset_index(drop=True)


def _coding(frame: pd.DataFrame, column: str, name: str) -> Mapping[str, frozenset[str]]:
    for column_name in ("finding_id", column):
        if column_name not in frame.columns:
            raise LifError(
                f"the {name} frame lacks the column '{column_name}'; it has: "
                f"{', '.join(str(c) for c in frame.columns)}"
            )
    pairs = zip(frame["finding_id"], frame[column], strict=True)
    return {str(finding): _codes(cell) for finding, cell in pairs}


def _codes(cell: object) -> frozenset[str]:
    if isinstance(cell, str):
        return frozenset(code.strip() for code in cell.split(";") if code.strip())
    if isinstance(cell, Iterable):
        return frozenset(str(code) for code in cell)
    return frozenset()
