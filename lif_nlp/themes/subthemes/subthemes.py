"""Sub-themes: what practitioners talk about within a large known theme, by their own phrases."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lif_nlp.framework.model import Framework
from lif_nlp.records import Assignment, Theme
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.discovery.clusterer import joining_floor
from lif_nlp.themes.discovery.emergent import DiscoveredThemes, found_id, join
from lif_nlp.themes.discovery.vocabulary import Vocabulary
from lif_nlp.themes.exemplars import choose_exemplars
from lif_nlp.themes.known import as_centroid, confidence, rows_by_code
from lif_nlp.themes.subthemes.naming import ThemePhrases
from lif_nlp.themes.subthemes.phrase_index import PhraseIndex, find_homes, learn_lexicon
from lif_nlp.themes.subthemes.selection import PhraseGroup, select_groups, stability
from lif_nlp.themes.thresholds import MEMBERSHIP, SUBTHEMES


def sub_themes(
    corpus: Corpus,
    framework: Framework,
    vocabulary: Vocabulary,
    published: Mapping[str, str] | None = None,
) -> DiscoveredThemes:
    """Parts of each large known theme, each led by a phrase of its own."""
    titles = {theme.code: theme.name for theme in framework.themes}
    large = {
        code: np.array(rows, dtype=np.intp)
        for code, rows in sorted(rows_by_code(corpus).items())
        if code in titles and len(rows) >= SUBTHEMES.min_theme_findings
    }
    if not large:
        return DiscoveredThemes()
    index = PhraseIndex(corpus, learn_lexicon(corpus, framework, vocabulary), vocabulary)
    homes = find_homes(index.lexicon, list(large.values()))
    return join(
        [
            _divide(code, ThemePhrases(index, titles[code], large[code], at_home), published or {})
            for code, at_home in zip(large, homes, strict=True)
        ]
    )


def _divide(code: str, phrases: ThemePhrases, published: Mapping[str, str]) -> DiscoveredThemes:
    """The sub-themes of one known theme, the most informative first."""
    groups = select_groups(phrases.counts)
    shares = stability(phrases.counts, groups)
    parts: dict[str, DiscoveredThemes] = {}
    for group, share, terms in zip(groups, shares, phrases.terms(groups), strict=True):
        name = phrases.name(group)
        # Two groups that would be called alike are one to a reader; the more informative stays.
        if name not in parts:
            parts[name] = _as_theme(code, phrases, group, name, share, terms, published)
    return join(list(parts.values()))


def _as_theme(
    code: str,
    phrases: ThemePhrases,
    group: PhraseGroup,
    name: str,
    share: float,
    terms: tuple[str, ...],
    published: Mapping[str, str],
) -> DiscoveredThemes:
    """A phrase group as a theme, with all findings that contain one of its phrases."""
    corpus, lexicon = phrases.index.corpus, phrases.index.lexicon
    rows = phrases.rows[group.rows]
    vectors = corpus.vectors[rows]
    centroid = unit_mean(vectors)
    # From the leading phrase, not from the findings: the id stays when reports are added.
    theme_id = found_id("sub", code, [phrases.folded[group.lead]])
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
    folded = [form for place in group.phrases for form in lexicon.folded[phrases.columns[place]]]
    return DiscoveredThemes(
        (theme,),
        tuple(Assignment(f.finding_id, theme_id, confidence(f, code)) for f in members),
        {theme_id: round(joining_floor(vectors, centroid), MEMBERSHIP.cosine_decimals)},
        {theme_id: tuple(folded)},
    )
