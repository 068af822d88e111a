"""Reads every brief that workspaces give, as a sceptical reader would, and lists what is wrong.

    python scripts/check_briefs.py WORKSPACE [WORKSPACE ...]

It composes all kinds on all subjects (and up to 12 single reports) without writing a file, and
looks for boxes without content, direction words that go against their fractions, counts that
differ between kinds, lines of ours and presenters' notes that appear twice, and words with a
capital that are neither of the framework nor of the reports' own titles and areas.
"""

from __future__ import annotations

import calendar
import re
import sys
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lif_nlp.briefs import KINDS, Material, audience_of, subject_of
from lif_nlp.briefs.sections.change_over_time import SAME
from lif_nlp.briefs.sections.speaker_notes import notes_of
from lif_nlp.briefs.writers.branding import is_of_one, resolve_branding
from lif_nlp.briefs.writers.line_parts import split_point
from lif_nlp.briefs.writers.slide_text import pages
from lif_nlp.circulation import split_words
from lif_nlp.config import Branding, load_settings
from lif_nlp.records import Brief
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.synthesis import TABLES
from lif_nlp.workflow.material_cache import MaterialCache
from lif_nlp.workflow.tables import brief_frames

EVERY_TABLE = replace(KINDS["board"], tables=tuple(TABLES))
"""A kind that reads every table, so that one material serves all kinds."""

SINGLE_REPORTS = 12
"""Single reports read in each workspace, spread over all: more take minutes and show no more."""

EMPTY = re.compile(
    r"none (?:of these )?can (?:be quoted|stand alone)|export of findings|no course list|"
    r"read (?:it|them|some) in\s*\.|: \.|nothing (?:was )?found",
    re.IGNORECASE,
)
DIRECTION = re.compile(
    r"comes up (?P<word>more|less|about as) often (?:than|as) before: (?P<then>\d+) of (?P<of>\d+) "
    r"reports in [^,]+, (?P<now>\d+) of (?P<now_of>\d+)"
)
COUNTED = (
    ("evidence", re.compile(r"Strength of evidence: .*")),
    ("reasons", re.compile(r"[\w,]+ of the [\w,]+ problems? comes? with a reason\.")),
    ("services", re.compile(r"Services named most, [^.]*\.")),
)
"""Lines that two kinds print on one subject, which must then be the same."""

_RANKS = ("Chief", "Inspector", "Superintendent", "Sergeant", "Nurses")
"""Words of ranks, which stand in the owners of recommendations and name nobody."""

_OF_PART = re.compile(r"on this harm|\breports? on ")
"""How a line says that it counts the reports on the brief's subject alone."""

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which brief; `words` are lines of ours, never of a report."""

    brief: str
    fault: str
    words: str


def faults_of(briefs: Iterable[Brief], material: Material) -> list[Fault]:
    """Everything wrong in these briefs of one workspace, by brief."""
    briefs = list(briefs)
    known = _explained_words(material)
    faults = [fault for brief in briefs for fault in _alone(brief, material, known)]
    return [*faults, *_differing(briefs)]


def every_brief(material: Material) -> Iterator[Brief]:
    """All kinds on all priorities, the whole workspace and some single reports."""
    framework = material.framework
    everyone = audience_of(framework, "")
    for kind in (kind for kind in KINDS.values() if kind.page is None):
        if kind.subject == "all":
            yield kind.compose(material, subject_of(material), everyone)
            continue
        for priority in framework.priorities:
            subject = subject_of(material, priority=priority.id)
            if len(subject.rows):
                yield kind.compose(material, subject, everyone)
    ids = sorted(str(doc_id) for doc_id in material.reports["doc_id"])
    for doc_id in ids[:: max(1, len(ids) // SINGLE_REPORTS)]:
        yield KINDS["seven-minute"].compose(material, subject_of(material, report=doc_id), everyone)


def _alone(brief: Brief, material: Material, known: Container[str]) -> Iterator[Fault]:
    """Faults that one brief shows by itself."""
    ours: list[str] = []
    for section in brief.sections:
        lines = [claim.text for claim in section.claims if claim.text]
        ours += lines
        if not any(claim.text or claim.evidence for claim in section.claims):
            yield Fault(brief.brief_id, "empty box", section.heading)
        for line in lines:
            if EMPTY.search(line):
                yield Fault(brief.brief_id, "a box that says it is empty", line)
            direction = DIRECTION.search(line)
            if direction and not _is_true(direction):
                yield Fault(brief.brief_id, "a direction word against its fractions", line)
    # Two parts of an annual section may come to the same figures.
    long = [
        (section.heading if claim.kind == "count" else "", claim.text)
        for section in brief.sections
        for claim in section.claims
        if len(claim.text.split()) > 5 and not claim.text.startswith("Who: ")
    ]
    for _, line in sorted({one for one in long if long.count(one) > 1}):
        yield Fault(brief.brief_id, "a line that stands twice", line)
    quoted = [one.finding_id for one in brief.evidence()]
    if len(quoted) != len(set(quoted)):
        yield Fault(brief.brief_id, "a quote that stands twice", "")
    yield from _notes(brief, material)
    for line in ours:
        strange = [word for word in _NAME.findall(line) if word not in known]
        if strange:
            yield Fault(brief.brief_id, "a name outside the framework", ", ".join(strange))


def _is_true(direction: re.Match[str]) -> bool:
    """Whether the word of a match of `DIRECTION` goes with its fractions."""
    then = int(direction["then"]) / int(direction["of"])
    now = int(direction["now"]) / int(direction["now_of"])
    if direction["word"] == "about as":
        return abs(now - then) < SAME
    return now > then if direction["word"] == "more" else now < then


def _notes(brief: Brief, material: Material) -> Iterator[Fault]:
    """Presenters' notes that two slides of a deck share."""
    branding = resolve_branding(brief, material.framework, Branding())
    seen: set[str] = set()
    for section in (section for section in brief.sections if not section.for_leader):
        for at, page in enumerate(pages(section.claims, branding), start=1):
            note = notes_of(section, at, page)
            if note in seen:
                yield Fault(brief.brief_id, "a presenter's note that stands twice", note)
            seen.add(note)


def _explained_words(material: Material) -> frozenset[str]:
    """Words with a capital that stand in the framework, the calendar or a report's own title."""
    framework = material.framework
    texts = [f"{framework} {framework.session} {framework.partnership}"]
    texts += [f"{report['title']} {report['area']}" for _, report in material.reports.iterrows()]
    words = {word.removesuffix("'s") for text in texts for word in split_words(text)}
    return frozenset(words.union(material.known_words, calendar.month_name, _RANKS))


def _differing(briefs: list[Brief]) -> Iterator[Fault]:
    """Counts on one subject that two kinds print differently."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    points: dict[str, tuple[str, str]] = {}
    for brief in briefs:
        parts = [(section, claim) for section in brief.sections for claim in section.claims]
        for section, claim in parts:
            # The annual section has a part for each priority.
            subject = section.heading if brief.kind == "annual" else brief.subject
            if is_of_one(brief):  # two reports may have one title
                subject = brief.brief_id
            for name, pattern in COUNTED:
                if line := pattern.search(claim.text):
                    earlier = first.setdefault((subject, name), (brief.brief_id, line.group()))
                    if earlier[1] != line.group():
                        fault = f"another count of {name} than {earlier[0]}"
                        yield Fault(brief.brief_id, fault, line.group())
            # The scan counts its points in the newest reports alone, and a line of a programme is a
            # recommendation, whose number several reports have.
            if claim.kind == "point" and brief.kind not in ("horizon", "programme"):
                name, counts = split_point(claim.text)
                counts = counts.partition(";")[0].rstrip(".")
                # Of a part of the reports another number is right: "4 reports on neglect name ...".
                part = subject if _OF_PART.search(claim.text) else ""
                earlier = points.setdefault(f"{name} {part}", (brief.brief_id, counts))
                if earlier[1] != counts:
                    yield Fault(brief.brief_id, f"another count than {earlier[0]}", claim.text)


def main(folders: list[str]) -> int:
    """Check the briefs of these workspaces; the number of faults is the exit status (at most 1)."""
    total = 0
    for folder in folders:
        with Store(Path(folder)) as store:
            session = Session(store, load_settings(profile="fast"))
            cache = MaterialCache(brief_frames(session), session.framework)
            material = cache.material(EVERY_TABLE, created="2026-12-01", run_id="check")
            briefs = list(every_brief(material))
            faults = faults_of(briefs, material)
        sys.stdout.write(f"{folder}: {len(briefs)} briefs read, {len(faults)} faults\n")
        for fault in faults:
            sys.stdout.write(f"  {fault.brief}: {fault.fault}: {fault.words[:120]}\n")
        total += len(faults)
    return min(total, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
