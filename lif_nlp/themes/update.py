"""New findings join the themes of the build before, without a new search."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.records import Assignment, Theme, ThemeSet
from lif_nlp.text.phrase_matching import PhraseMatcher
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.discovery.clusterer import nearest
from lif_nlp.themes.discovery.emergent import DiscoveredThemes
from lif_nlp.themes.known import confidence, counted_codes, rows_by_code
from lif_nlp.themes.thresholds import MEMBERSHIP


def can_extend(previous: ThemeSet, pool: Corpus, *, method: str, dim: int) -> bool:
    """Whether `previous` was built by the same method and few findings are new since.

    Parameters
    ----------
    previous
        The machine's theme set of the build before.
    pool
        The unexplained findings now.
    method, dim
        Name of the method, and length of the vectors, of this build.
    """
    if (previous.method, previous.dim) != (method, dim):
        return False
    earlier_ids = _finding_ids(previous)
    new = sum(f.finding_id not in earlier_ids for f in pool.findings)
    return previous.clustered > 0 and new <= MEMBERSHIP.max_growth * previous.clustered


def assign_new_findings(
    previous: ThemeSet, corpus: Corpus, pool: Corpus, shaped: Collection[str] = ()
) -> DiscoveredThemes:
    """The discovered themes of `previous` with the findings of `corpus`.

    A finding of the build before stays where it was.  A new one joins the sub-themes whose
    phrases it contains, or else the nearest theme, if it is as near as that theme's own
    findings are; otherwise it stays unassigned.

    Parameters
    ----------
    previous
        The machine's theme set of the build before.
    corpus, pool
        All findings, and the unexplained ones among them.
    shaped
        Ids of themes that people decided about: they stay even without any finding.
    """
    themes = [t for t in previous.themes if t.kind != "known"]
    floors, phrases = previous.floors, previous.phrases
    # Findings left unassigned before stay so: themes may not creep with each new report.
    earlier_ids = _finding_ids(previous)
    assignments = _valid_assignments(previous, corpus)
    new_in_pool = [row for row, f in enumerate(pool.findings) if f.finding_id not in earlier_ids]
    emergent = [t for t in themes if t.kind == "emergent"]
    assignments += _assign_by_vector(pool, new_in_pool, emergent, floors)
    rows_of_code = rows_by_code(corpus)
    for code in sorted({t.parent for t in themes if t.kind == "sub"}):
        new_in_theme = [
            row
            for row in rows_of_code.get(code, ())
            if corpus.findings[row].finding_id not in earlier_ids
        ]
        parts = [t for t in themes if t.parent == code]
        with_phrases = [t for t in parts if t.theme_id in phrases]
        # Sub-themes that a person made have no phrase; nearness has to do.
        others = [t for t in parts if t.theme_id not in phrases]
        assignments += _assign_by_phrase(corpus, code, new_in_theme, with_phrases, phrases)
        assignments += _assign_by_vector(corpus, new_in_theme, others, floors)
    lasting = {a.theme_id for a in assignments} | set(shaped)
    return DiscoveredThemes(
        tuple(t for t in themes if t.theme_id in lasting or t.status != "proposed"),
        tuple(assignments),
        floors,
        phrases,
    )


def _finding_ids(theme_set: ThemeSet) -> set[str]:
    """Findings that the set knows, with a theme or without one."""
    return {a.finding_id for a in theme_set.assignments} | set(theme_set.unassigned)


def _valid_assignments(previous: ThemeSet, corpus: Corpus) -> list[Assignment]:
    """Earlier assignments that hold: a person's, and the machine's while the codes allow it."""
    findings = {f.finding_id: f for f in corpus.findings}
    themes = {t.theme_id: t for t in previous.themes}
    valid = []
    for a in previous.assignments:
        finding, theme = findings.get(a.finding_id), themes.get(a.theme_id)
        if finding is None or theme is None:
            continue
        codes = counted_codes(finding)
        # A finding that was labelled anew may belong to a known theme now, or to another one.
        fits = theme.parent in codes if theme.parent else not codes
        if a.by == "person" or (theme.kind != "known" and fits):
            valid.append(a)
    return valid


def _assign_by_phrase(
    corpus: Corpus,
    code: str,
    rows: Sequence[int],
    themes: Sequence[Theme],
    phrases: Mapping[str, tuple[str, ...]],
) -> list[Assignment]:
    """Findings of one known theme in each of its sub-themes whose phrase they contain."""
    matcher = PhraseMatcher(
        {place: phrases[t.theme_id] for place, t in enumerate(themes)}, for_themes=True
    )
    return [
        Assignment(finding.finding_id, themes[place].theme_id, confidence(finding, code))
        for finding in (corpus.findings[row] for row in rows)
        for place in sorted(matcher.labels_in(finding.text))
    ]


def _assign_by_vector(
    corpus: Corpus, rows: Sequence[int], themes: Sequence[Theme], floors: Mapping[str, float]
) -> list[Assignment]:
    """Findings in the theme of the nearest centroid, where they reach its floor."""
    themes = [t for t in themes if t.centroid]
    if not rows or not themes:
        return []
    centroids: Vectors = np.array([t.centroid for t in themes], dtype=np.float32)
    # A theme made by a person has no floor of its own.
    limits = [floors.get(t.theme_id, MEMBERSHIP.very_near) for t in themes]
    neighbours = nearest(corpus.vectors[list(rows)], centroids, limits)
    return [
        Assignment(
            corpus.findings[row].finding_id,
            themes[place].theme_id,
            round(cosine, MEMBERSHIP.cosine_decimals),
        )
        for row, (place, cosine) in zip(rows, neighbours, strict=True)
        if place >= 0
    ]
