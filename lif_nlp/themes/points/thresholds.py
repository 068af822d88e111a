"""Thresholds of learning points, in one place.

Those of the pair test itself are in its model (`models/pairs*/model.json`), set on gold
pairs by `scripts/train_point_pairs.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CandidateThresholds:
    """Which pairs of findings are tested."""

    min_cosine: float = 0.45
    """Cosine from which two findings of one theme are tested.  Half of the paraphrases among
    invented pairs lie under 0.55 (November 2026); at 0.6 they are lost, at 0.3 the test
    takes many times as long."""

    per_finding: int = 20
    """Nearest findings of other reports that each finding is tested with.  More cost time and
    add few pairs that pass."""

    rare_noun: int = 12
    """Findings of one theme and defect that may share a word for it to count as rare.  At 40
    common words count, and five million pairs of 50,000 findings have to be looked at."""

    cells: int = 1 << 22
    """Cells of the cosine matrix held at a time (four million, 50 MB with their order); bounds
    memory."""


@dataclass(frozen=True)
class GroupThresholds:
    """Which findings form a point."""

    linked_share: float = 0.5
    """Share of a star's other members that a finding must be linked to.  At 0 findings chain
    through the centre; at 1 one lost pair keeps a paraphrase out."""

    links_to_join: int = 2
    """Members of other reports that a finding must match to join a point by the pair test."""

    join_margin: float = 0.5
    """Where a finding joins a point by the pair test: this far from the score of a link to
    certainty.  At 0, 21 of 100 findings that joined were about something else (letters)."""

    shown_reports: int = 3
    """Reports from which a point is shown; at two it is an echo."""

    echo_reports: int = 2
    """Reports from which a point exists at all; a known point may have none."""

    exemplars: int = 3
    """Findings, beside the centre, that new ones are compared with."""

    compared: int = 48
    """Members that are compared with each other to choose the centre.  Drawn by hash from
    larger points; more cost time and rarely change the choice."""

    same_point: float = 0.5
    """Share of an earlier point's findings in a new one from which it keeps the id."""

    resamples: int = 5
    """Rebuilds on nine tenths of the reports behind `Point.stability`."""


@dataclass(frozen=True)
class BoilerplateThresholds:
    """Template wording, which never becomes a point."""

    share: float = 0.2
    """Share of the reports of one kind with nearly the same words from which they are a
    template.  House style of one author lies below, set phrases of an inspectorate above."""

    reports: int = 4
    """Reports of one kind with nearly the same words that it needs at least."""

    min_words: int = 4
    """Words under which a finding is a heading or fragment and states nothing."""


@dataclass(frozen=True)
class ConfidenceThresholds:
    """Confidence (0..1) of a membership by what decided it.

    Ordered by precision on members read on dev reports; the pair test gives its own
    probability instead.
    """

    phrase: float = 0.93
    """For a phrase of a known point."""

    least: float = 0.8
    """Confidence of a frame's link from which the finding states a point.  At 0.6 a third more
    findings do, and every third of those is about something else (letters, November 2026)."""

    least_unnamed: float = 0.9
    """The same for a combination of aspect and defect that no known point holds: nobody has
    said that it makes sense."""


@dataclass(frozen=True)
class QuoteThresholds:
    """Which words stand for a point."""

    min_words: int = 6
    max_words: int = 22
    """Shorter quotes say too little, longer ones are not read."""

    sure: float = 0.7
    """Score of the role from which a quote's side is sure."""

    long_from: int = 15
    """Words from which a quote loses `per_word` for each word more."""

    per_word: float = 0.02
    typical: float = 0.2
    """What a quote with all frequent words of its point gains."""

    entry: float = 0.3
    """What an entry of a list loses: its side often follows from the heading alone."""

    frequent_words: int = 8
    """Words that count as frequent in a point."""

    shown: int = 3
    """Quotes of a point, each of another report."""


CANDIDATES = CandidateThresholds()
GROUPS = GroupThresholds()
BOILERPLATE = BoilerplateThresholds()
CONFIDENCE = ConfidenceThresholds()
QUOTES = QuoteThresholds()
