"""The hindsight wording of a finding, as people are asked about it."""

from __future__ import annotations

from lif_nlp.records import Finding, LabelEvidence


def hindsight_wordings(finding: Finding) -> list[LabelEvidence]:
    """Marks of hindsight wording, in the order of the words, each word under one of them.

    Families may say that it should not have happened, and it is the author who is asked, so
    their words are left out.  Where two rules mark the same words, the
    shorter mark stands, so that nobody is asked about one sentence twice.
    """
    marks = [
        mark
        for mark in finding.marks
        if mark.layer == "hindsight" and mark.code in finding.hindsight and mark.note != "family"
    ]
    chosen: list[LabelEvidence] = []
    for mark in sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda mark: mark.start)
