"""The briefing on one report: its story, its own learning, what it asks for and of whom."""

from __future__ import annotations

from dataclasses import replace

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import names_origin
from lif_nlp.briefs.readability import count_words
from lif_nlp.briefs.sections import boxes, report_requests, report_story
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter, statement
from lif_nlp.briefs.subjects import Subject, subject_of_learning
from lif_nlp.records import Brief, Claim, Section
from lif_nlp.text import english

_FITS = ((4, 3, 4, 3), (3, 3, 3, 3), (3, 2, 3, 2), (2, 2, 2, 1), (1, 1, 1, 1))
"""Quotes shown as (learning, good practice, recommendations, questions), the fullest first."""


def one_report(material: Material, subject: Subject, audience: Audience, most_words: int) -> Brief:
    """The briefing on a report, at most `most_words` words; boxes without words are left out."""
    for fit in _FITS:
        brief = _compose(material, subject, audience, fit)
        if count_words(brief) <= most_words:
            break
    return brief


def _compose(
    material: Material, subject: Subject, audience: Audience, fit: tuple[int, ...]
) -> Brief:
    whole = subject
    # The area, and often an age band, stand on top of the page, so a people or faith is too much.
    tells = subject.rows["text"].map(names_origin).astype(bool)
    subject = replace(subject, rows=subject.rows[~tells])
    quoter = Quoter(material, subject, audience.group)
    own_questions = report_requests.asked_questions(material, subject, fit[3])
    # What the report asks for is chosen first, so that nothing shown as learning repeats it.
    requests = report_requests.recommendations(quoter, fit[2])
    learnt = report_requests.learning_points(quoter, fit[0])
    good = report_requests.good_practice(quoter, fit[1])
    # Where the report says what it learnt, that goes before what a model calls a problem.
    difficult = [] if len(learnt) > 1 else quoter.quotes(subject.problems, 2)
    topic = subject_of_learning(material, whole, [*learnt, *difficult, *requests, *own_questions])
    quoter.identifying += int(tells.sum())
    story = report_story.story(material, subject)
    brief = assemble(
        ("seven-minute", "Seven-minute briefing"),
        quoter,
        audience,
        [
            ("The report", _about(topic)),
            ("What happened", story),
            # Counts are of the whole report: what is not quoted is counted all the same.
            ("Why it matters", _why(material, topic, audience, bool(story))),
            ("Good practice", good),
            ("What was learnt", learnt),
            ("What was difficult", difficult),
            ("What the report asks for", requests),
            ("Questions that the report asks", own_questions),
            (
                "What to do, and questions for us",
                boxes.do(material, replace(topic, rows=subject.rows), audience),
            ),
        ],
    )
    return replace(brief, sections=tuple(map(_cited_briefly, brief.sections)))


def _cited_briefly(section: Section) -> Section:
    """A section whose sources name the page alone: the report's title stands on top."""
    claims = (
        replace(
            claim,
            evidence=tuple(replace(e, title="This report", published="") for e in claim.evidence),
        )
        for claim in section.claims
    )
    return replace(section, claims=tuple(claims))


def _why(material: Material, topic: Subject, audience: Audience, has_story: bool) -> list[Claim]:
    """Why it matters; the services are told with what happened, and not once more."""
    lines = boxes.why(material, topic, audience)
    return (
        lines
        if audience.group or not has_story
        else [line for line in lines if line.kind != "count"]
    )


def _about(subject: Subject) -> list[Claim]:
    lines = [statement(english.full_stop(subject.definition))]
    if subject.borrowed:
        lines.append(
            statement(f"Its learning is mainly on: {english.lower_first(subject.borrowed)}.")
        )
    return lines
