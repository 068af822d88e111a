"""Reports as people name them: by ID, title, file name, or words of the title."""

from __future__ import annotations

from pathlib import PurePath

import pandas as pd

from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.names import fold_name, matching_id

MOST_SHOWN = 5
"""Reports named when several fit: enough to pick one from.  Chosen by judgement."""


def report_id_of(documents: pd.DataFrame, name_or_id: str) -> str:
    """ID of the report with this ID, title or file name, or the one whose title holds the words.

    Parameters
    ----------
    documents
        The table "documents"; quarantined files are no reports.
    name_or_id
        What the user wrote, in any case.

    Raises
    ------
    UnknownNameError
        With the IDs and titles that there are.
    LifError
        When the words stand in the titles of several reports, which it names.
    """
    reports = documents[documents["status"].eq("ok")]
    titles = dict(zip(reports["doc_id"], reports["title"], strict=True))
    if doc_id := matching_id(name_or_id, titles):
        return doc_id
    name = fold_name(name_or_id)
    files = {
        doc_id: {fold_name(PurePath(source).name), fold_name(PurePath(source).stem)}
        for doc_id, source in zip(reports["doc_id"], reports["source"], strict=True)
    }
    # A whole file name goes before words of a title.
    doc_ids = [doc_id for doc_id, names in files.items() if name in names] or [
        doc_id for doc_id, title in titles.items() if name and name in fold_name(title)
    ]
    if len(doc_ids) == 1:
        return str(doc_ids[0])
    if not doc_ids:
        raise UnknownNameError("report", name_or_id, titles, see="lif export documents FILE.xlsx")
    candidates = ", ".join(f"{doc_id} ({titles[doc_id]})" for doc_id in doc_ids[:MOST_SHOWN])
    more = f" and {len(doc_ids) - MOST_SHOWN} more" if len(doc_ids) > MOST_SHOWN else ""
    raise LifError(
        f"'{name_or_id}' fits {len(doc_ids)} reports: {candidates}{more}; give one of the IDs, or "
        "more of the title"
    )
