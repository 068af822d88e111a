"""From findings and vectors to the machine's theme set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Edit, Finding, Theme, ThemeChange, ThemeSet
from lif_nlp.themes.corpus import Corpus, sort_corpus
from lif_nlp.themes.discovery.emergent import (
    DiscoveredThemes,
    corpus_vocabulary,
    emergent_themes,
    join,
)
from lif_nlp.themes.discovery.topic_model import CustomModels
from lif_nlp.themes.known import counted_codes, known_themes
from lif_nlp.themes.matching import (
    carry_over_ids,
    changes_since,
    drop_duplicates_of,
    exclude,
    fill_centroids,
    select,
)
from lif_nlp.themes.revision.apply import apply_settled, revise
from lif_nlp.themes.revision.edit_log import in_force, made_id, shaped_theme_ids
from lif_nlp.themes.subthemes.subthemes import sub_themes
from lif_nlp.themes.thresholds import CLUSTERING, STABILITY
from lif_nlp.themes.update import assign_new_findings, can_extend

if TYPE_CHECKING:
    from bertopic import BERTopic

MIN_STABILITY = STABILITY.min_shown
"""Stability (0..1) from which a theme is shown unless asked otherwise."""

_METHOD = "phrases-1"
"""Name of the method: a set built by another one is not extended but sought again."""


def build_themes(
    findings: Sequence[Finding],
    vectors: Vectors,
    framework: Framework,
    *,
    seed: int,
    previous: ThemeSet | None = None,
    log: Sequence[Edit] = (),
    published: Mapping[str, str] | None = None,
) -> ThemeSet:
    """The machine's theme set: known, emergent and sub-themes, and their assignments.

    What people decided is not in it; `revise` applies the log to it.

    Parameters
    ----------
    findings
        With the machine's labels; their order does not matter.
    vectors : float32, shape (n, d)
        Those of the findings, row by row, of unit length.
    framework
        Whose practice themes are the known ones.
    seed
        Kept with the set; the method samples by hashes of ids and uses no random numbers.
    previous
        The machine's set to carry on from; its ids and names stay.
    log
        People's decisions.  A theme that they shaped is kept, and no second one is found in
        its place; one that they made takes new findings very near to it.
    published
        ISO date of each document, so that newer sentences are preferred as examples.

    Raises
    ------
    ValueError
        When there is not exactly one vector for each finding.
    """
    theme_set, _ = build_themes_and_model(
        findings, vectors, framework, seed=seed, previous=previous, log=log, published=published
    )
    return theme_set


def build_themes_and_model(
    findings: Sequence[Finding],
    vectors: Vectors,
    framework: Framework,
    *,
    seed: int,
    previous: ThemeSet | None = None,
    log: Sequence[Edit] = (),
    published: Mapping[str, str] | None = None,
    custom: CustomModels | None = None,
) -> tuple[ThemeSet, BERTopic | None]:
    """As `build_themes`, with the BERTopic that found the emergent themes.

    It is None where none were sought.  `custom` is a user's own cluster model for it.
    """
    corpus = sort_corpus(findings, vectors)
    pool = unexplained(corpus, framework)
    framework_themes, known_assignments = known_themes(corpus, framework, published)

    dim = int(corpus.vectors.shape[1])
    clustered = len(pool)
    if previous is None:
        discovery = _search(corpus, pool, framework, published, custom)
        changes: tuple[ThemeChange, ...] = ()
    else:
        shaped = shaped_theme_ids(log)
        # Themes that people made and then gave up are not carried on.
        previous = exclude(previous, {made_id(edit) for edit in log} - shaped)
        # People know the themes by now: new reports join them before any are sought anew.
        if can_extend(previous, pool, method=_METHOD, dim=dim):
            discovery = assign_new_findings(previous, corpus, pool, shaped)
            clustered = previous.clustered
        else:
            discovery = _search_again(previous, log, corpus, pool, framework, published)
        changes = changes_since(previous, discovery)

    assignments = (*known_assignments, *discovery.assignments)
    assigned_ids = {a.finding_id for a in assignments}
    theme_set = ThemeSet(
        themes=(*framework_themes, *discovery.themes),
        assignments=tuple(sorted(assignments, key=lambda a: (a.finding_id, a.theme_id))),
        unassigned=tuple(
            f.finding_id
            for f in corpus.findings
            if is_about_practice(f) and f.finding_id not in assigned_ids
        ),
        notes=_notes(len(pool)),
        method=_METHOD,
        dim=dim,
        seed=seed,
        clustered=clustered,
        show_from=MIN_STABILITY,
        floors=discovery.floors,
        phrases=discovery.phrases,
        drift=changes,
    )
    settled_edits = [edit for edit in in_force(log) if edit.settled]
    if settled_edits:
        theme_set = apply_settled(
            theme_set, settled_edits, findings={f.finding_id for f in corpus.findings}
        )
    # Last, since a theme that people made may hold findings of any other.
    theme_set = _add_themes_of_people(theme_set, log, corpus)
    return fill_centroids(theme_set, corpus), discovery.topic_model


def unexplained(corpus: Corpus, framework: Framework) -> Corpus:
    """Strengths and problems that count towards no known theme and are long enough to compare.

    Actions are left out: those without a code are mostly owners and dates.
    """
    codes = {theme.code for theme in framework.themes}
    return corpus.take(
        row
        for row, finding in enumerate(corpus.findings)
        if finding.role in {"strength", "problem"}
        and not codes.intersection(counted_codes(finding))
        and len(finding.text.split()) >= CLUSTERING.min_words
    )


def is_about_practice(finding: Finding) -> bool:
    """Whether a finding reports a strength, a problem or an action; context needs no theme."""
    return finding.role != "context"


def shown_themes(theme_set: ThemeSet, *, min_stability: float = MIN_STABILITY) -> tuple[Theme, ...]:
    """Themes to show: stable ones and those that a person approved, without rejected ones."""
    return tuple(
        theme
        for theme in theme_set.themes
        if theme.status == "approved"
        or (theme.status != "rejected" and theme.stability >= min_stability)
    )


def _search(
    corpus: Corpus,
    pool: Corpus,
    framework: Framework,
    published: Mapping[str, str] | None,
    custom: CustomModels | None = None,
) -> DiscoveredThemes:
    """Emergent themes of the unexplained findings, and sub-themes of the known themes."""
    vocabulary = corpus_vocabulary(corpus, framework)
    return join(
        [
            emergent_themes(pool, framework, vocabulary, published, custom),
            sub_themes(corpus, framework, vocabulary, published),
        ]
    )


def _search_again(
    previous: ThemeSet,
    log: Sequence[Edit],
    corpus: Corpus,
    pool: Corpus,
    framework: Framework,
    published: Mapping[str, str] | None,
) -> DiscoveredThemes:
    """A full search that keeps old ids and finds no theme twice that people shaped."""
    shaped_ids = shaped_theme_ids(log)
    shaped = assign_new_findings(select(previous, shaped_ids), corpus, pool, shaped_ids)
    # Findings that a person placed are taken out of the search, or a theme could form around them
    # anew.
    placements = [a for a in revise(previous, log).themes.assignments if a.by == "person"]
    assigned_ids = {a.finding_id for a in (*shaped.assignments, *placements)}
    remaining = pool.take(
        row for row, f in enumerate(pool.findings) if f.finding_id not in assigned_ids
    )
    discovery = carry_over_ids(
        exclude(previous, shaped_ids), _search(corpus, remaining, framework, published)
    )
    shaped_with_placed = replace(shaped, assignments=(*shaped.assignments, *placements))
    return join([shaped, drop_duplicates_of(shaped_with_placed, discovery)])


def _add_themes_of_people(theme_set: ThemeSet, log: Sequence[Edit], corpus: Corpus) -> ThemeSet:
    """The set with the themes that people made, so that new findings can join them.

    They come without the findings that people put there: those follow from the log.
    """
    made_ids = {made_id(edit) for edit in in_force(log)} - {t.theme_id for t in theme_set.themes}
    if not made_ids - {""}:
        return theme_set
    revised = fill_centroids(revise(theme_set, log).themes, corpus)
    themes = [theme for theme in revised.themes if theme.theme_id in made_ids]
    return replace(theme_set, themes=(*theme_set.themes, *themes))


def _notes(pool_size: int) -> tuple[str, ...]:
    if pool_size >= CLUSTERING.min_findings:
        return ()
    return (
        f"Findings outside the known themes: {pool_size}. A search for new themes needs at "
        f"least {CLUSTERING.min_findings}, so none was made.",
    )
