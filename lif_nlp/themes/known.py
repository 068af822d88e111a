"""Known themes: the practice themes of the framework whose codes findings carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from lif_nlp.framework.model import Framework, PracticeTheme
from lif_nlp.records import Assignment, Finding, Theme
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.exemplars import choose_exemplars
from lif_nlp.themes.thresholds import MEMBERSHIP


def known_themes(
    corpus: Corpus, framework: Framework, published: Mapping[str, str] | None = None
) -> tuple[tuple[Theme, ...], tuple[Assignment, ...]]:
    """Themes for the codes that occur, in the framework's order, and their assignments.

    The confidence of an assignment is the finding's score for the code, 1.0 where it has
    none.  Codes that the framework does not contain are left out.  `published` gives the ISO
    date of each document.
    """
    rows_of_code = rows_by_code(corpus)
    themes = []
    assignments = []
    for theme in framework.themes:
        rows = rows_of_code.get(theme.code, [])
        # A theme without findings would stand in every table with zeros.
        if not rows:
            continue
        findings = [corpus.findings[i] for i in rows]
        confidences = [confidence(finding, theme.code) for finding in findings]
        themes.append(
            Theme(
                theme_id=theme.code,
                name=theme.name,
                kind="known",
                terms=_used_phrases(theme, [finding.text for finding in findings]),
                exemplars=choose_exemplars(
                    corpus, rows, confidences=confidences, published=published
                ),
                centroid=as_centroid(unit_mean(corpus.vectors[rows]).tolist()),
            )
        )
        assignments += [
            Assignment(finding.finding_id, theme.code, value)
            for finding, value in zip(findings, confidences, strict=True)
        ]
    return tuple(themes), tuple(assignments)


def rows_by_code(corpus: Corpus) -> dict[str, list[int]]:
    """Rows of the findings that count towards each code."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, finding in enumerate(corpus.findings):
        for code in counted_codes(finding):
            rows[code].append(row)
    return rows


def counted_codes(finding: Finding) -> tuple[str, ...]:
    """The codes of a finding that count towards themes.

    A fact of the case (role "context") mentions much that nobody learns from, so it counts
    only where its code is sure.  Beside a surer code, a weak one is mostly a mere mention.

    >>> counted_codes(Finding("f", "d", 0, 1, "x", 1, role="problem", themes=("a", "b"),
    ...                       scores={"theme:a": 0.9, "theme:b": 0.55}))
    ('a',)
    """
    confidences = {code: confidence(finding, code) for code in finding.themes}
    if finding.role == "context":
        least = MEMBERSHIP.sure_of_facts
    else:
        # The surest code always counts, however weak it is.
        least = min(MEMBERSHIP.sure_beside_surer, max(confidences.values(), default=0.0))
    return tuple(code for code, value in confidences.items() if value >= least)


def assignments_of(finding: Finding) -> list[Assignment]:
    """The finding's assignments to the known themes that it counts towards."""
    return [
        Assignment(finding.finding_id, code, confidence(finding, code))
        for code in counted_codes(finding)
    ]


def confidence(finding: Finding, code: str) -> float:
    """How sure it is that a finding carries a code, 0..1; 1.0 where it has no score."""
    return min(1.0, max(0.0, float(finding.scores.get(f"theme:{code}", 1.0))))


def as_centroid(values: list[float]) -> tuple[float, ...]:
    """A centroid with few enough decimals to be stored."""
    return tuple(round(value, MEMBERSHIP.centroid_decimals) for value in values)


def _used_phrases(theme: PracticeTheme, texts: list[str]) -> tuple[str, ...]:
    """The framework's phrases for a theme that these texts use most."""
    lower_case = [text.lower() for text in texts]
    counts = {p: sum(p.lower() in text for text in lower_case) for p in theme.phrases}
    pairs = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(phrase for phrase, count in pairs[: MEMBERSHIP.terms] if count)
