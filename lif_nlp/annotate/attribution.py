"""Which words decided: found by leaving words out, and only when a person asks.

Where a rule gave a label, its words are the evidence and nothing need be found out.  Where a
model gave it, the words whose absence lowers its score most are shown (occlusion; Zeiler and
Fergus, ECCV 2014, https://arxiv.org/abs/1311.2901).  A text of n words is labelled about n times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lif_nlp.annotate.annotator import Annotator

_WINDOW = 3
"""Words left out at a time; one word alone often changes little, since others say the same.

Chosen by judgement, November 2026; not tuned.
"""

_WORD = re.compile(r"\S+")


def deciding_words(
    annotator: Annotator, text: str, layer: str, code: str, *, heading: str = ""
) -> tuple[int, int]:
    """Offsets in `text` of the words that a model's score of a label depends on most.

    Parameters
    ----------
    annotator
        The annotator that gave the label.
    text
        The text of the finding.
    layer, code
        The label: "hindsight", "blame".
    heading
        Path of the headings above it.

    Returns
    -------
    tuple
        Start and end; the whole text if it has no more words than are left out at a time,
        or if no words lower the score.
    """
    windows = _windows(text)
    if len(windows) < 2:
        return 0, len(text)
    variants = [text, *(text[:start] + text[end:] for start, end in windows)]
    findings = annotator.label(variants, [heading] * len(variants))
    scores = [finding.scores.get(f"{layer}:{code}", 0.0) for finding in findings]
    lowest = min(scores[1:])
    # No words carry the label by themselves, so the whole text is shown.
    if lowest >= scores[0]:
        return 0, len(text)
    return windows[scores[1:].index(lowest)]


def _windows(text: str) -> Sequence[tuple[int, int]]:
    """Runs of `_WINDOW` neighbouring words, as offsets."""
    words = [match.span() for match in _WORD.finditer(text)]
    ends = [end for _, end in words[_WINDOW - 1 :]]
    return [(start, end) for (start, _), end in zip(words, ends, strict=False)]
