"""From findings and vectors to a theme set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lif_nlp.framework.model import Framework
from lif_nlp.protocols import Vectors
from lif_nlp.records import Edit, Finding, Theme, ThemeChange, ThemeSet
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
from lif_nlp.themes.revision.apply import revise, settle
from lif_nlp.themes.revision.edit_log import in_force, made_id, touched
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
    log: Sequence[Edit] = (),
    published: Mapping[str, str] | None = None,
) -> ThemeSet:
    """The machine's theme set: known, emergent and sub-themes, and what belongs to them.

    What people decided is not in it; `revise` applies the log to it.

    Parameters
    ----------
    findings
        With the machine's labels; their order does not matter.
    vectors
        Row by row those of the findings, shape (n, d), float32, of unit length.
    framework
        Whose practice themes are the known ones.
    seed
        Kept with the set; the method draws by hashes of ids and has no chance in it.
    previous
        The machine's set to carry on from; its ids and names stay.
    log
        People's decisions.  A theme that they shaped is kept, and no second one is found in
        its place; one that they made takes new findings very near to it.
    published
        ISO date of each document, so that newer sentences are preferred as examples.
    """
    corpus = sort_corpus(findings, vectors)
    counted = {f.finding_id for f in corpus.findings}
    pool = unexplained(corpus, framework)
    known, assigned = known_themes(corpus, framework, published)
    dim = int(corpus.vectors.shape[1])
    changes: tuple[ThemeChange, ...] = ()
    clustered = len(pool)
    shaped = touched(log)
    if previous is not None:
        previous = without(previous, {made_id(edit) for edit in log} - shaped)
    if previous is not None and can_grow(previous, pool, method=_METHOD, dim=dim):
        found = grow(previous, corpus, pool, shaped)
        changes = drift(previous, found)
        clustered = previous.clustered
    elif previous is not None:
        found = _seek_beside(previous, log, corpus, pool, framework, published)
        changes = drift(previous, found)
    else:
        found = _seek(corpus, pool, framework, published)
    assignments = (*assigned, *found.assignments)
    carried = {a.finding_id for a in assignments}
    built = ThemeSet(
        themes=(*known, *found.themes),
        assignments=tuple(sorted(assignments, key=lambda a: (a.finding_id, a.theme_id))),
        unassigned=tuple(
            f.finding_id
            for f in corpus.findings
            if about_practice(f) and f.finding_id not in carried
        ),
        notes=_notes(len(pool)),
        method=_METHOD,
        dim=dim,
        seed=seed,
        clustered=clustered,
        show_from=SHOW_FROM,
        floors=found.floors,
        phrases=found.phrases,
        drift=changes,
    )
    settled = [edit for edit in in_force(log) if edit.settled]
    if settled:
        built = settle(built, settled, findings=counted)
    return fill_in(_with_made(built, log, corpus), corpus)


def _with_made(built: ThemeSet, log: Sequence[Edit], corpus: Corpus) -> ThemeSet:
    """The set with the themes that people made, so that new findings can join them.

    They come without the findings that people put there: those follow from the log.
    """
    made = {made_id(edit) for edit in in_force(log)} - {t.theme_id for t in built.themes}
    if not made - {""}:
        return built
    revised = fill_in(revise(built, log).themes, corpus)
    themes = [theme for theme in revised.themes if theme.theme_id in made]
    return replace(built, themes=(*built.themes, *themes))


def _seek_beside(
    previous: ThemeSet,
    log: Sequence[Edit],
    corpus: Corpus,
    pool: Corpus,
    framework: Framework,
    published: Mapping[str, str] | None,
) -> Found:
    """A full search beside the themes that people shaped; old ids are kept."""
    shaped = touched(log)
    kept = grow(only(previous, shaped), corpus, pool, shaped)
    placements = [a for a in revise(previous, log).themes.assignments if a.by == "person"]
    held = {a.finding_id for a in (*kept.assignments, *placements)}
    rest = pool.take(row for row, f in enumerate(pool.findings) if f.finding_id not in held)
    sought = keep_ids(without(previous, shaped), _seek(corpus, rest, framework, published))
    shaped_by_people = replace(kept, assignments=(*kept.assignments, *placements))
    return join([kept, apart(sought, shaped_by_people)])


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


def _notes(pool: int) -> tuple[str, ...]:
    if pool < CLUSTERING.min_findings:
        return (
            f"Only {pool} findings are not explained by the known themes; fewer than "
            f"{CLUSTERING.min_findings} are too few to look for new themes, so none were sought.",
        )
    return ()
