"""A small invented corpus: four things that recur over reports, and the framework."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from lif_nlp.embed import load_encoder
from lif_nlp.framework import Framework, load_framework
from lif_nlp.ids import finding_id
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding

SUBJECTS = {
    "interpreters": (
        "Interpreters were not booked for {who} at {when}.",
        "An interpreter was booked late for {who} before {when}.",
        "Without interpreters {who} could not follow {when}.",
    ),
    "swimming": (
        "Swimming lessons were offered to {who} during {when}.",
        "The swimming lessons helped {who} after {when}.",
        "Cost kept {who} from swimming lessons until {when}.",
    ),
    "letters": (
        "Appointment letters reached {who} after {when}.",
        "The appointment letters sent to {who} used old addresses at {when}.",
        "Appointment letters were unreadable for {who} before {when}.",
    ),
    "transport": (
        "Bus transport to the clinic failed {who} at {when}.",
        "Taxi transport to the clinic was arranged for {who} before {when}.",
        "No clinic transport was there for {who} during {when}.",
    ),
}
WHO = ("the mother", "both parents", "the grandmother", "the aunt", "the carers")
WHEN = ("the first meeting", "the visit", "the hearing", "winter", "the summer break", "term")

Make = Callable[..., list[Finding]]


def make_findings(
    reports: int = 12, *, subjects: Sequence[str] = tuple(SUBJECTS), themes: tuple[str, ...] = ()
) -> list[Finding]:
    """One to three sentences on each subject in each of `reports` invented reports."""
    found = []
    for report in range(reports):
        doc_id = "d-" + hashlib.sha256(f"report {report}".encode()).hexdigest()[:16]
        start = 0
        for place, subject in enumerate(subjects):
            for n, pattern in enumerate(SUBJECTS[subject]):
                who = WHO[(report + n) % len(WHO)]
                when = WHEN[(2 * report + place + n) % len(WHEN)]
                text = pattern.format(who=who, when=when)
                end = start + len(text)
                found.append(
                    Finding(
                        finding_id(doc_id, start, end), doc_id, start, end, text, 1,
                        role="problem", themes=themes,
                    )
                )  # fmt: skip
                start = end + 1
    return found


@pytest.fixture(scope="session")
def make() -> Make:
    return make_findings


@pytest.fixture(scope="session")
def framework() -> Framework:
    return load_framework()


@pytest.fixture(scope="session")
def encode() -> Callable[[Sequence[Finding]], Vectors]:
    encoder = load_encoder("hashed")

    def vectors(findings: Sequence[Finding]) -> Vectors:
        return np.asarray(encoder.encode([f.text for f in findings]))

    return vectors
