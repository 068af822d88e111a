"""What a presenter says and does with each slide; adult learning, for half an hour."""

from __future__ import annotations

from lif_nlp.briefs.writers.branding import cite
from lif_nlp.records import Brief, Section

_OPENING = (
    "Before you start: read the care note aloud. Speak beforehand to any staff who knew a child in "
    "these reports, and tell everyone that they may step out. Plan: welcome 2 minutes, background "
    "3, what we found 10, questions in pairs 10, one action each 5."
)
# A word of the heading and the note; the first that fits.
_NOTES = (
    ("scenario", "Read it slowly, as it looked at the time. Do not give away the ending. 2 "
     "minutes."),
    ("would you do", "In groups of three, 5 minutes. Ask what they know, what they would want to "
     "know, and what would make the safer step easier here. Collect answers without judging them."),
    ("reveal", "Reveal it line by line. Ask how their confidence changed, and what people could "
     "not have known at the time."),
    ("strength", "Ask first: where have you seen this here? Then show the quotes. Good practice is "
     "evidence too."),
    ("problem", "Read one quote aloud and pause. Ask why this made sense to people at the time. "
     "No names, and no guessing who it was."),
    ("reason", "Ask which of these reasons is true here, and who could change it."),
    ("do, and", "In pairs, choose one question, 5 minutes. Everyone writes one action with a "
     "date."),
    ("matters", "Say one sentence of your own about a child whose day is better because of this "
     "work."),
)  # fmt: skip

CARE = "Read this slide aloud, every word. Then say who can step out with people, and where to."

_PLAIN = "{heading}: put it in your own words, in about a minute. Do not read the slide aloud."
_NEXT = "{heading}, part {part}: go on from the last slide. If time is short, leave it for reading."


def opening(brief: Brief) -> str:
    """Notes for the first slide: the plan and the care that it needs."""
    return "\n\n".join([_OPENING, *brief.cautions])


def notes_of(section: Section, part: int = 1) -> str:
    """Notes for a section's slides (`part` counts them): what to do, and where quotes stand."""
    folded = section.heading.casefold()
    told = section.notes or next((note for word, note in _NOTES if word in folded), "")
    told = told or _PLAIN.format(heading=section.heading)
    if part > 1:
        told = _NEXT.format(heading=section.heading, part=part)
    sources = [
        f"“{one.quote[:60]}…” {cite(one)} [{one.finding_id}]"
        for claim in (section.claims if part == 1 else ())
        for one in claim.evidence
    ]
    return "\n".join([told, *(["", "Sources:", *sources] if sources else [])]).strip()
