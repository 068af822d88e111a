"""What a presenter says and does with each slide: one note a slide, no two alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.briefs.writers.branding import cite, printed
from lif_nlp.briefs.writers.line_parts import split_point
from lif_nlp.records import Brief, Claim, Section

_OPENINGS = {
    "session": (
        "Wait until everyone has sat down. Say who you are, and why this subject, today. Say that "
        "it takes an hour and ends on time."
    ),
    "board": (
        "Plan: five minutes to show the page, ten for questions, five for the decisions. Send it "
        "out a week before, so that nobody reads it in the room."
    ),
    "seven-minute": (
        "Plan for a team meeting: one minute on what it is, three on what came back, two on the "
        "questions, one to write down an action. With half an hour, let pairs talk longer."
    ),
}
_OPENING = (
    "Plan: two minutes to say why, ten for what the reports say, ten for questions in pairs, "
    "five for one action each."
)
_SPEAK = (
    "Before you start, speak to any staff who knew a child in these reports, and tell "
    "everyone that they may step out."
)
# Words of a heading, and the note; the first that fits.
_NOTES = {
    "scenario": (
        "Read it slowly, as it looked at the time. Do not give away the ending. 2 minutes."
    ),
    "came back": (
        "Go through the lines one by one. After each, ask for hands: who has met this here? "
        "Read one quote and pause."
    ),
    "what happened": (
        "Read it as the day looked to the people in it. No names, and no guessing who it was."
    ),
    "good practice": "Say who did it. Ask who here does the same, and who could tell them so.",
    "worked": (
        "Ask first: where have you seen this here? Then show the quotes. Good practice is "
        "evidence too."
    ),
    "works": "Ask what makes this possible where it happens, and what it would take here.",
    "lay behind": "Ask which of these reasons is true here, and who could change it.",
    "why": "Ask which of these reasons you know from your own work.",
    "sure": (
        "Say plainly how many reports this rests on, whose they are, and what they cannot tell."
    ),
    "asks for": (
        "Say what is asked and of whom. Ask which of it we have done, and how a child would know."
    ),
    "ask for": "Ask which of this we have already done, and how we know that it helped.",
    "what to do": (
        "Read out the three lines. Then in pairs: one question of their choice, four minutes. "
        "Everyone writes one action with a date."
    ),
    "matters": (
        "Say one sentence of your own about a child whose day is better because of this work."
    ),
    "difficult": (
        "Ask why this made sense to people at the time. Nobody is to blame for a sentence in "
        "a report."
    ),
    "learnt": "After each line ask: would this be true of us? What makes us think so?",
    "questions": (
        "Let people choose one question and talk in pairs. Do not ask all to report back."
    ),
    "moved": "Say both fractions aloud. Ask who noticed it first, and what they make of it.",
    "risks": "Ask for one name beside each risk: who watches it, and when will we hear?",
    "decisions": (
        "Take them one at a time: yes, no, or what is missing. Write down a name and a date."
    ),
    "differ": (
        "Two good things pull against each other here. Ask which way people lean on a busy "
        "day, and why."
    ),
    "this week": "Read the small step aloud and do it yourself before Friday.",
    "improvement": (
        "Ask what was done there, and what it would take to try it here. A sign is not a measure."
    ),
    "impact": "Ask how a child would tell that this is better, and who has asked one.",
    "gaps": "Ask who could tell us what these reports cannot, and by when.",
    "report": "Say what kind of report it is, how old it is and whose area it is about.",
}

CARE = "Read this slide aloud, every word. Then say who can step out with people, and where to."

_PLAIN = "{heading}: put it in your own words, in about a minute. Do not read the slide aloud."
_NEXT = "Go on with “{name}”. Ask who has met this, and what helped."
_REST = "{heading}, part {part}: go on from the last slide. If time is short, leave it for reading."


def opening(brief: Brief) -> str:
    """Notes for the first slide: the plan and the care that it needs."""
    return f"{_OPENINGS.get(brief.kind, _OPENING)}\n\n{_SPEAK}"


def notes_of(section: Section, part: int = 1, page: Sequence[Claim] = ()) -> str:
    """Notes for one of a section's slides: what to do, and where its quotes stand.

    Parameters
    ----------
    section
        The section.
    part
        Which of its slides, from 1.
    page
        The lines on that slide.
    """
    heading = section.heading.casefold()
    # A section's own notes first; the general ones go by words of its heading.
    lines = section.notes or next((note for word, note in _NOTES.items() if word in heading), "")
    lines = lines or _PLAIN.format(heading=section.heading)
    if part > 1:
        points = [split_point(claim.text)[0] for claim in page if claim.kind == "point"]
        lines = _REST.format(heading=section.heading, part=part)
        lines = _NEXT.format(name=points[0]) if points else lines
    sources = [
        f"“{printed(one)[:60]}…” {cite(replace(one, is_cited=True))} [{one.finding_id}]"
        for claim in page
        for one in claim.evidence
    ]
    return "\n".join([lines, *(["", "Sources:", *sources] if sources else [])]).strip()
