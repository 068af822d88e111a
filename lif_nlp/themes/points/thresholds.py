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

    same_point: float = 0.5
    """Share of an earlier point's findings in a new one from which it keeps the id."""

    resamples: int = 5
    """Rebuilds on nine tenths of the reports behind `Point.stability`."""


@dataclass(frozen=True)
class AgreementThresholds:
    """Sure members of a point that a doubtful one is compared with."""

    examples: int = 16
    """Members that are compared, drawn by hash.  Time grows with them."""

    least_examples: int = 8
    """Members of other reports that it needs; with fewer the text alone decides.  At 3 a small
    collection of reviews, in which each says it in its own way, loses its points."""

    best: int = 3
    """Of these the best count once more: a broad point holds several ways to say it."""

    margin: float = 0.45
    """How far from the trained threshold to certainty a membership must lie.  Of 149 at 0, drawn
    from 314 letters, a strict blind reader found 0.83 true; of the 106 among them that pass at
    0.45, 0.90 (chosen on these; November 2026)."""


@dataclass(frozen=True)
class UnionThresholds:
    """Which groups are one point, and which findings join them late.  Scores are means of the pair
    test over a sample of both sides."""

    link: float = 0.5
    """Score of a pair from which it is a reason to compare the groups of both."""

    links: int = 2
    """Such pairs between two groups, or between a finding and a group, that it needs."""

    sample: int = 8
    """Members of a group that are compared, drawn by hash."""

    same: float = 0.65
    """Mean score from which two groups without a name are one: of 60 pairs of groups that a reader
    saw at 0.6 to 0.7 some fifty said the same, of 30 at 0.5 to 0.55 half (letters)."""

    share: float = 0.9
    """Share of the pairs between two groups that must reach `link`: vague sentences ("leaders have
    improved services") are all a little alike and else grow into one."""

    least_known: int = 3
    """Members that a known point must have before others join it by likeness."""

    sample_known: int = 24
    """Members of a known point that are compared: it holds several ways to say it."""

    best: int = 3
    """Of these the nearest, with which a group must be the same."""

    best_known: float = 0.72
    mean_known: float = 0.35
    """Mean score with the nearest members of a known point, and with all of the sample, from which
    a group belongs to it.  Of 30 such groups at 0.67 that a reader saw five did not quite, of 19
    at 0.7 two (letters, November 2026)."""

    join: float = 0.75
    join_known: float = 0.7
    """Mean score from which a finding that is left over joins a group, and a known point.  At 0.6,
    15 of 60 that a reader saw were about something else (letters, November 2026)."""

    at_once: int = 2000
    """Comparisons of two groups that are held at a time; bounds memory."""


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

    surest: float = 0.92
    """Confidence of a membership from which its words are quoted before others.  Of 101 such
    members that a strict reader saw 0.92 belonged, of 106 below 0.74 (November 2026)."""

    long_from: int = 15
    """Words from which a quote loses `per_word` for each word more."""

    per_word: float = 0.02
    typical: float = 0.2
    """What a quote with all frequent words of its point gains."""

    name: float = 1.0
    """Weight of the cosine between a quote and the name of its known point: what is typical of the
    members of "Hold strategy meetings promptly" may speak of core groups."""

    entry: float = 0.3
    """What an entry of a list loses: its side often follows from the heading alone."""

    frequent_words: int = 8
    """Words that count as frequent in a point."""

    shown: int = 3
    """Quotes of a point, each of another report."""


CANDIDATES = CandidateThresholds()
GROUPS = GroupThresholds()
AGREEMENT = AgreementThresholds()
UNION = UnionThresholds()
BOILERPLATE = BoilerplateThresholds()
CONFIDENCE = ConfidenceThresholds()
QUOTES = QuoteThresholds()
