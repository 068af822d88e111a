"""Thresholds of the labelling rules, in one place.

All scores are 0..1, and 0.5 is where a label is given (`extensions.ACCEPT`).  The git log
records no tuning run for any of these: they were chosen by judgement in November 2026,
before the figures in METHODS.md were measured with them.  After changing one, run
`lif evaluate` and compare; thresholds of the trained models are not here but in each
model's `model.json`, set by cross-validation in `scripts/train_annotators.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ThemeThresholds:
    """Practice themes."""

    max_themes: int = 4
    """Themes that one text may have.  A higher number lets passing mentions in."""

    review_from: float = 0.35
    """Score from which a theme goes to review.  A lower one sends more texts to a person."""

    from_paragraph: float = 0.1
    """Own score from which a sentence may take the theme of its paragraph.  At 0 every
    strength or problem would take it, whatever the sentence says."""

    strong_cue: float = 0.5
    """By rules alone: part of the remaining doubt that a strong cue removes."""

    some_cue: float = 0.15
    """By rules alone: part of the remaining doubt that any other cue removes."""

    enough: float = 0.575
    """By rules alone: removed doubt that gives the label: a strong and one other cue,
    1 - (1 - 0.5) * (1 - 0.15).  It moves with the two above."""


@dataclass(frozen=True)
class PriorityThresholds:
    """Priorities."""

    max_listed: int = 3
    """A harm in a list counts if the list names at most this many things; the annotation
    guidelines draw the line at three.  A higher number lets in lists of everything."""

    scores: Mapping[str, float] = field(
        default_factory=lambda: {
            "substantive": 0.95,
            "short list": 0.85,
            "weak with company": 0.7,
            "long list": 0.4,
            "weak": 0.3,
            "mask": 0.0,
        }
    )
    """Score of each kind of evidence.  Only their order and their side of 0.5 matter: a
    long list and an everyday word by itself go to review."""

    fewest_words: int = 5
    """Words of a text that the model may give a priority: a single "MASH" says nothing."""

    paragraph_words: int = 30
    """Words from which a text counts as one of the paragraphs that the model was taught."""

    in_sentence: float = 0.6
    """Score from which the model gives a priority to a shorter text.  In 25 invented reports
    (the sample), 7 of 12 sentences that scored from 0.5 to 0.6 were not about the harm, and 2
    of 14 from 0.6; read by one person, November 2026."""


@dataclass(frozen=True)
class RoleThresholds:
    """Roles."""

    heading_weight: float = 2.0
    """How much likelier a heading makes its own role, as a power of e (about 7 times).
    With a higher weight headings decide against the words of a sentence."""

    setting_weight: float = 3.5
    """The same for headings that set the scene, such as "Background" (about 33 times): in 37
    invented reviews (w1 to w4) 195 of 240 sentences under such a heading are context, 30 are
    problems.  Chosen by judgement; with a higher weight findings in a chronology are lost."""

    strength: float = 0.55
    """Least probability with which a sentence of a review is called a strength in context; below
    it the next likeliest role is taken.  With one of twenty writers left out, 0.83 (accurate) and
    0.80 (fast) of those called a strength are, against 0.77 and 0.73 without it, and macro F1 falls
    by 0.007 and 0.009.  From 0.6 they are 0.85 and 0.82 (macro F1 0.003 and 0.005 lower still),
    from 0.8 0.92 and 0.91 (0.032 and 0.048 lower, and half of the strengths are lost).  Chosen on
    such figures, November 2026, and kept on these."""

    max_words_undecided: int = 7
    """Most distinct words of a loose text that counts as a bare subject and takes the role
    of its heading, if the words alone say "context"."""

    max_words_decided: int = 3
    """The same, if the words alone say another role."""

    listed: float = 0.9
    """Score of a role that a list entry takes from its heading."""

    listed_others: float = 0.1
    """Factor for the scores of the other roles then."""

    plain_request: float = 4.0
    """What a plain request adds to "action" by cues alone: more than any single cue."""

    context: float = 0.5
    """Cue score that "context" has from the start, so that a text without cues is context."""

    max_counted: int = 2
    """Matches of one cue that count by cues alone; a repeated word adds no evidence."""


@dataclass(frozen=True)
class ReasonThresholds:
    """Reasons."""

    by_rule: float = 0.8
    """Score of a reason by rules alone; any value from 0.5 gives the same labels."""


THEMES = ThemeThresholds()
PRIORITIES = PriorityThresholds()
ROLES = RoleThresholds()
REASONS = ReasonThresholds()
