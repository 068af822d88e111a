"""From findings and vectors to a theme set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Assignment, Finding, Theme, ThemeSet
from lif_nlp.themes.beside import apart
from lif_nlp.themes.corpus import Corpus, sort_corpus
from lif_nlp.themes.discovery.emergent import (
    Found,
    corpus_vocabulary,
    emergent_themes,
    join,
)
from lif_nlp.themes.known import known_themes, spoken_for
from lif_nlp.themes.matching import drift, fill_in, keep_ids, only, without
from lif_nlp.themes.revision.apply import replay
from lif_nlp.themes.revision.edit_log import as_data, edit_log, touched
from lif_nlp.themes.subthemes.subthemes import sub_themes
from lif_nlp.themes.thresholds import CLUSTERING
from lif_nlp.themes.update import can_grow, grow

SHOW_FROM = 0.9
"""Least stability of a theme that is shown unless asked otherwise."""

_FEWEST_WORDS = 4
_METHOD = "phrases-1"


def build_themes(
    findings: Sequence[Finding],
    vectors: Vectors,
    framework: Framework,
    *,
    seed: int,
    previous: ThemeSet | None = None,
    published: Mapping[str, str] | None = None,
) -> ThemeSet:
    """Known, emergent and sub-themes of `findings`, and what belongs to them.

    `vectors`, shape (n, d), float32, unit length, has the row of each finding.  The
    order of the findings does not matter.  `previous` is the set to carry on from:
    its ids, names and a person's decisions stay.  `published` gives the ISO date of
    each document, so that newer sentences are preferred as examples.  `seed` is kept
    with the set; the method itself draws by hashes of ids and has no chance in it.
    """
    corpus = sort_corpus(findings, vectors)
    pool = unexplained(corpus, framework)
    known, assigned = known_themes(corpus, framework, published)
    alike = {"method": _METHOD, "dim": int(corpus.vectors.shape[1])}
    edits = edit_log(previous)
    log: tuple[dict[str, object], ...] = ()
    clustered = len(pool)
    if previous is not None and can_grow(previous, pool, alike):
        found = grow(previous, corpus, pool)
        log = drift(previous, found)
        clustered = int(str(previous.settings["clustered"]))
    elif previous is not None:
        found, log = _seek_beside(previous, touched(edits), corpus, pool, framework, published)
    else:
        found = _seek(corpus, pool, framework, published)
    settings = {
        **alike,
        "seed": seed,
        "clustered": clustered,
        "floors": dict(found.floors),
        "phrases": {key: list(said) for key, said in found.phrases.items()},
        "show_from": SHOW_FROM,
        "drift": list(log),
        "edits": [as_data(edit) for edit in edits],
    }
    themes = _gather(corpus, known, (*assigned, *found.assignments), found, settings, len(pool))
    counted = {f.finding_id for f in corpus.findings}
    again = replay(themes, edits, findings=counted)
    return fill_in(replace(again.themes, notes=(*themes.notes, *again.conflicts)), corpus)


def _seek_beside(
    previous: ThemeSet,
    fixed: frozenset[str],
    corpus: Corpus,
    pool: Corpus,
    framework: Framework,
    published: Mapping[str, str] | None,
) -> tuple[Found, tuple[dict[str, object], ...]]:
    """Themes sought anew beside those that a person shaped, with the old ids."""
    kept = grow(only(previous, fixed), corpus, pool)
    held = {a.finding_id for a in kept.assignments}
    rest = pool.take(row for row, f in enumerate(pool.findings) if f.finding_id not in held)
    sought = keep_ids(without(previous, fixed), _seek(corpus, rest, framework, published))
    found = join([kept, apart(sought, kept)])
    return found, drift(previous, found)


def _seek(
    corpus: Corpus, pool: Corpus, framework: Framework, published: Mapping[str, str] | None
) -> Found:
    vocabulary = corpus_vocabulary(corpus, framework)
    return join(
        [
            emergent_themes(pool, framework, vocabulary, published),
            sub_themes(corpus, framework, vocabulary, published),
        ]
    )


def unexplained(corpus: Corpus, framework: Framework) -> Corpus:
    """Strengths and problems without a code that are long enough to be compared.

    Actions are left out: where they carry no code they are mostly owners and dates.
    """
    codes = {theme.code for theme in framework.themes}
    return corpus.take(
        row
        for row, finding in enumerate(corpus.findings)
        if finding.role in {"strength", "problem"}
        and not codes.intersection(spoken_for(finding))
        and len(finding.text.split()) >= _FEWEST_WORDS
    )


def about_practice(finding: Finding) -> bool:
    """Whether a finding says a strength, a problem or an action; context needs no theme."""
    return finding.role != "context"


def shown_themes(themes: ThemeSet, *, least: float = SHOW_FROM) -> tuple[Theme, ...]:
    """Themes to show: steady or approved by a person, and not rejected."""
    return tuple(
        theme
        for theme in themes.themes
        if theme.status == "approved" or (theme.status != "rejected" and theme.stability >= least)
    )


def _gather(
    corpus: Corpus,
    known: Sequence[Theme],
    assignments: Sequence[Assignment],
    found: Found,
    settings: Mapping[str, object],
    pool: int,
) -> ThemeSet:
    carried = {a.finding_id for a in assignments}
    return ThemeSet(
        themes=(*known, *found.themes),
        assignments=tuple(sorted(assignments, key=lambda a: (a.finding_id, a.theme_id))),
        unassigned=tuple(
            f.finding_id
            for f in corpus.findings
            if about_practice(f) and f.finding_id not in carried
        ),
        settings=settings,
        notes=_notes(pool),
    )


def _notes(pool: int) -> tuple[str, ...]:
    if pool < CLUSTERING.min_findings:
        return (
            f"Only {pool} findings are not explained by the known themes; fewer than "
            f"{CLUSTERING.min_findings} are too few to look for new themes, so none were sought.",
        )
    return ()
