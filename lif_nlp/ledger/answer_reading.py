"""One reading of the several sentences of an answer, and one answer of two readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.status import StatusReading, read_status
from lif_nlp.ledger_records import Answer

_STRONGEST = ("part", "principle", "rejected", "already", "accepted", "noted")
"""Order in which positions of several sentences decide: a qualified yes before a plain one."""


def surest(readings: Sequence[StatusReading]) -> list[StatusReading]:
    """The readings with the surest position alone, and those that are about as sure.

    Sentences that give reasons look a little like many answers.
    """
    best = max((reading.certainty for reading in readings if reading.position), default=0.0)
    return [
        reading if reading.certainty >= ABOUT_AS_SURE * best else replace(reading, position="")
        for reading in readings
    ]


ABOUT_AS_SURE = 0.75
"""Share of the surest position's probability from which another counts as well; judgement."""


LEADING = ("rejected", "part", "principle", "noted", "already")
"""Positions that stand when an answer begins with them in a word or two, whatever explains them."""


def combine(readings: Sequence[StatusReading], *, leads: bool = False) -> StatusReading:
    """One reading of several sentences: a qualified position goes before a plain one.

    A yes to one thing and a no to another in the same answer is a part.  `leads` says that the
    first sentence is the answer in a word or two: a qualified or refusing one then stands.
    """
    positions = [reading.position for reading in readings if reading.position]
    position = next((name for name in _STRONGEST if name in positions), "")
    if position == "part" and "principle" in positions:
        # the aim yes, the means no: what is said first says which of the two it is
        position = next(name for name in positions if name in ("part", "principle"))
    # Yes to one half and no to the other.
    if "rejected" in positions and "accepted" in positions:
        position = "part"
    if position == "rejected" and "already" in positions and positions[0] != "rejected":
        position = "already"  # what is done already needs no further step
    if position == "rejected" and readings[0].progress == "planned" and not readings[0].position:
        position = "part"  # what is promised first goes with what is then declined
    if leads and readings and readings[0].position in LEADING:
        position = readings[0].position
    if leads and positions[:1] == ["accepted"] and position in ("already", "noted"):
        position = "accepted"  # "Accepted." and what was done already
    progress = next((reading.progress for reading in readings if reading.progress), "")
    rules = tuple(rule for reading in readings for rule in reading.rules)
    return StatusReading(position, progress, "", rules)


def together(readings: Sequence[StatusReading], *, leads: bool = False) -> StatusReading:
    """What the sentences of an answer say together; for `leads` see `combine`.

    What the rules know for a position goes before what the models make of its reasons.
    """
    stated = [bool(reading.by_rule) for reading in readings]
    if not any(stated):
        return combine(surest(readings), leads=leads)
    known = [
        reading if is_known else replace(reading, position="")
        for reading, is_known in zip(readings, stated, strict=True)
    ]
    return combine(known, leads=leads)


def with_whole(
    reading: StatusReading, units: Sequence[str], language: StatusLanguage
) -> StatusReading:
    """The reading of several sentences, with the position of all of them where that is sure.

    The models that read a sentence read the whole answer as well: what its sentences say one by
    one makes no sum where the yes stands in one and what limits it in another.  Where none of them
    takes a position there is none.
    """
    if len(units) == 1 or language.trained is None or not reading.position:
        return reading
    whole = read_status(" ".join(units), language)
    is_sure = bool(whole.position) and whole.certainty >= WHOLE_LIMIT
    return replace(reading, position=whole.position) if is_sure else reading


WHOLE_LIMIT = 0.7
"""Least probability (0..1) of a position of a whole answer that goes before those of its sentences.
Chosen on 470 answers of ten sets by several hands (December 2026): none loses by it, seven gain."""


def without_parts(told: Sequence[Answer], whole: Sequence[Answer]) -> list[Answer]:
    """The answers told without those that are part of one of `whole` to the same recommendation."""
    return [
        answer for answer in told
        if not any(answer.ask_id == one.ask_id and answer.quote in one.quote for one in whole)
    ]  # fmt: skip
