"""Sub-themes: what practitioners speak of within a large known theme, by their own phrases."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lif_nlp.framework.model import Framework
from lif_nlp.records import Assignment, Theme
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.discovery.emergent import Found, found_id, join
from lif_nlp.themes.discovery.groups import joining_floor
from lif_nlp.themes.discovery.vocabulary import Vocabulary
from lif_nlp.themes.exemplars import choose_exemplars
from lif_nlp.themes.known import as_centroid, confidence, rows_by_code
from lif_nlp.themes.subthemes.naming import FLOORS, Inside
from lif_nlp.themes.subthemes.phrase_index import Reading, homes, learn_lexicon
from lif_nlp.themes.subthemes.selection import Subject, choose, stability

FEWEST_FOR_SUBS = 60
"""A known theme with fewer findings is not divided."""


def sub_themes(
    corpus: Corpus,
    framework: Framework,
    vocabulary: Vocabulary,
    published: Mapping[str, str] | None = None,
) -> Found:
    """Themes inside each large known theme, each led by a phrase of its own."""
    titles = {theme.code: theme.name for theme in framework.themes}
    large = {
        code: np.array(rows, dtype=np.intp)
        for code, rows in sorted(rows_by_code(corpus).items())
        if code in titles and len(rows) >= FEWEST_FOR_SUBS
    }
    if not large:
        return Found()
    reading = Reading(corpus, learn_lexicon(corpus, framework, vocabulary), vocabulary)
    at_home = homes(reading.lexicon, list(large.values()))
    return join(
        [
            _divide(code, Inside(reading, titles[code], large[code], home), published or {})
            for code, home in zip(large, at_home, strict=True)
        ]
    )


def _divide(code: str, inside: Inside, published: Mapping[str, str]) -> Found:
    """The sub-themes of one known theme, the most telling first."""
    subjects = choose(inside.table, FLOORS)
    steady = stability(inside.table, FLOORS, subjects)
    named: dict[str, Found] = {}
    for subject, share, terms in zip(subjects, steady, inside.terms(subjects), strict=True):
        name = inside.name(subject)
        if name not in named:
            named[name] = _as_theme(code, inside, subject, name, share, terms, published)
    return join(list(named.values()))


def _as_theme(
    code: str,
    inside: Inside,
    subject: Subject,
    name: str,
    share: float,
    terms: tuple[str, ...],
    published: Mapping[str, str],
) -> Found:
    """A subject as a theme, with all findings that carry its phrases."""
    corpus, lexicon = inside.reading.corpus, inside.reading.lexicon
    rows = inside.rows[subject.rows]
    vectors = corpus.vectors[rows]
    centroid = unit_mean(vectors)
    theme_id = found_id("sub", code, [inside.folded[subject.lead]])
    theme = Theme(
        theme_id,
        name,
        kind="sub",
        terms=terms,
        exemplars=choose_exemplars(corpus, rows.tolist(), published=published),
        parent=code,
        stability=share,
        centroid=as_centroid(centroid.tolist()),
    )
    members = [corpus.findings[row] for row in rows]
    said = [form for place in subject.phrases for form in lexicon.folded[inside.columns[place]]]
    return Found(
        (theme,),
        tuple(Assignment(f.finding_id, theme_id, confidence(f, code)) for f in members),
        {theme_id: round(joining_floor(vectors, centroid), 4)},
        {theme_id: tuple(said)},
    )
