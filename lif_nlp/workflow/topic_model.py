"""Themes in the store -> a fitted BERTopic over the findings, and its documents as a frame."""

from __future__ import annotations

import pandas as pd

from lif_nlp.records import ThemeSet
from lif_nlp.runtime.session import Session
from lif_nlp.themes import shown_themes
from lif_nlp.themes.topics import FittedTopics, fit_topics

DOCUMENT_COLUMNS = ("finding_id", "doc_id", "year", "text", "topic", "theme_id", "theme")
"""Columns of the frame of documents."""


def topic_model(
    session: Session, theme_set: ThemeSet, sub_themes: bool = False, shown_only: bool = True
) -> FittedTopics:
    """The themes of the workspace as topics of a fitted BERTopic.

    Parameters
    ----------
    session
        The open workspace.
    theme_set
        Its themes, up to date with its findings.
    sub_themes
        Whether parts of known themes are topics of their own.
    shown_only
        Whether unstable themes that nobody approved are left out.  Rejected ones always are.
    """
    candidates = shown_themes(theme_set) if shown_only else theme_set.themes
    themes = [
        theme
        for theme in candidates
        if theme.status != "rejected" and (sub_themes or theme.kind != "sub")
    ]
    findings = list(session.store.findings(counted=True, marks=False))
    vectors = session.encode([finding.text for finding in findings])
    session.encode.flush()
    return fit_topics(
        theme_set,
        themes,
        findings,
        vectors,
        session.framework,
        # Without the store, so that the model still works when the workspace is closed.
        encode=session.encoder.encode,
    )


def topic_documents(topics: FittedTopics, documents: pd.DataFrame) -> pd.DataFrame:
    """The documents of a topic model in its order, one row each; columns `DOCUMENT_COLUMNS`.

    `documents` is the store's table, of which `published` gives the year.
    """
    published = dict(zip(documents["doc_id"], documents["published"], strict=True))
    rows = [
        (f.finding_id, f.doc_id, published.get(f.doc_id, "")[:4], f.text, topic,
         theme.theme_id if theme else "", theme.name if theme else "")
        for f, topic, theme in zip(
            topics.findings, topics.model.topics_, topics.themes, strict=True
        )
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(DOCUMENT_COLUMNS))
    return frame.assign(year=pd.to_numeric(frame["year"], errors="coerce").astype("Int64"))
