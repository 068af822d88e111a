"""The themes known beforehand: codes of the framework that findings carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from lif_nlp.framework.model import Framework, PracticeTheme
from lif_nlp.records import Assignment, Finding, Theme
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.exemplars import choose_exemplars

_TERMS = 8
_DECIMALS = 5
SURE_OF_FACTS = 0.75
"""Least confidence from which a fact of the case counts for a theme."""

SURE_BESIDE = 0.6
"""Least confidence from which a code counts beside a surer one."""


def known_themes(
    corpus: Corpus, framework: Framework, published: Mapping[str, str] | None = None
) -> tuple[tuple[Theme, ...], tuple[Assignment, ...]]:
    """Themes for the codes that occur, in the framework's order, and their findings.

    The confidence of an assignment is the finding's score for the code, 1.0 where
    it has none.  Codes that the framework does not hold are left out.
    """
    rows = rows_by_code(corpus)
    themes = []
    assignments = []
    for code in framework.themes:
        mine = rows.get(code.code, [])
        if not mine:
            continue
        confidences = [confidence(corpus.findings[i], code.code) for i in mine]
        exemplars = choose_exemplars(corpus, mine, confidences=confidences, published=published)
        themes.append(
            Theme(
                theme_id=code.code,
                name=code.name,
                kind="known",
                terms=_used_phrases(code, [corpus.findings[i].text for i in mine]),
                exemplars=exemplars,
                centroid=as_centroid(unit_mean(corpus.vectors[mine]).tolist()),
            )
        )
        assignments += [
            Assignment(corpus.findings[i].finding_id, code.code, s)
            for i, s in zip(mine, confidences, strict=True)
        ]
    return tuple(themes), tuple(assignments)


def rows_by_code(corpus: Corpus) -> dict[str, list[int]]:
    """Rows of the findings that speak for each code."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, finding in enumerate(corpus.findings):
        for code in spoken_for(finding):
            rows[code].append(row)
    return rows


def spoken_for(finding: Finding) -> tuple[str, ...]:
    """The codes of a finding that count towards themes.

    A fact of the case (role context) mentions much that nobody learns from, so it
    speaks for a code only where that is sure.  Beside a surer code, a weak one is
    mostly a mere mention.

    >>> spoken_for(Finding("f", "d", 0, 1, "x", 1, role="problem", themes=("a", "b"),
    ...                    scores={"theme:a": 0.9, "theme:b": 0.55}))
    ('a',)
    """
    sure = {code: confidence(finding, code) for code in finding.themes}
    if finding.role == "context":
        return tuple(code for code in sure if sure[code] >= SURE_OF_FACTS)
    least = min(SURE_BESIDE, max(sure.values(), default=0.0))
    return tuple(code for code in sure if sure[code] >= least)


def assignments_of(finding: Finding) -> list[Assignment]:
    """The finding in each known theme that it counts towards."""
    return [
        Assignment(finding.finding_id, code, confidence(finding, code))
        for code in spoken_for(finding)
    ]


def confidence(finding: Finding, code: str) -> float:
    """How strongly a finding carries a code, in 0..1."""
    return min(1.0, max(0.0, float(finding.scores.get(f"theme:{code}", 1.0))))


def as_centroid(values: list[float]) -> tuple[float, ...]:
    """A centroid short enough to store."""
    return tuple(round(value, _DECIMALS) for value in values)


def _used_phrases(code: PracticeTheme, texts: list[str]) -> tuple[str, ...]:
    """The framework's phrases for the code that these texts use most."""
    lowered = [text.lower() for text in texts]
    counts = {p: _count(p.lower(), lowered) for p in code.phrases}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(phrase for phrase, count in ranked[:_TERMS] if count)


def _count(phrase: str, texts: list[str]) -> int:
    return sum(1 for text in texts if phrase in text)
