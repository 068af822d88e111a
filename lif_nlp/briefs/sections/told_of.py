"""What a review tells of, in plain nouns counted in its words: enough of a story to talk about."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FEWEST = 3
"""Sentences that speak of a matter before it is named: one or two may be about somebody else.
Chosen by judgement on fifteen invented reviews, November 2026."""

_SHARE = 0.06
"""Share of its sentences that must speak of it.  Chosen by judgement on 95 invented reviews,
December 2026: a review of a bruise names the carers to whom the baby went."""

_SHOWN = 6
"""Matters that are named, those of most sentences first."""

_MATTERS = tuple(
    (re.compile(pattern, re.IGNORECASE), noun)
    for pattern, noun in (
        (r"\bdiabet\w+|\binsulin\b", "diabetes"),
        (r"\bepilep\w+", "epilepsy"),
        (r"\basthma\w*", "asthma"),
        (r"\bhome educat\w+|\bhomeschool\w*", "education at home"),
        (r"\bnot brought\b|\bDNA\b|\bmissed (?:clinic|appointment)s?\b", "appointments missed"),
        (r"\bexclu(?:ded|sion)s?\b|\bsuspen(?:ded|sion)s?\b|\bpart-time (?:hours|timetable)|"
         r"\breduced timetable", "exclusion from school"),
        (r"\bmissing (?:report|episode|from|for|person)s?\b|\bmissing \d|\bwas missing\b|"
         r"\breturn(?: home)? interviews?\b", "going missing"),
        (r"\bsexual(?:ly)? exploit\w+|\bCSE\b", "sexual exploitation"),
        (r"\bcriminal exploit\w+|\bcounty lines\b|\bcarry(?:ing)? drugs\b|\bdealers?\b|\bwraps?\b|"
         r"\bolder males\b|\bexploitation (?:list|flag|meeting|team|screening)", "exploitation"),
        (r"\bsexualised\b|\bsexual(?:ised)? behaviour\b", "children’s sexualised behaviour"),
        (r"\bsex offender\w*|\bconvict\w+ .{0,30}\bindecent|\boffending\b|\bregistration had\b",
         "a relative’s past offences"),
        (r"\bself-harm\w*", "self-harm"),
        (r"\bhungry\b|\bhunger\b|\bdirty\b|\bnits\b|\blice\b", "hunger"),
        (r"\bbruis\w+", "bruises on a child too young to move"),
        (r"\bfracture\w*|\bnon-accidental\b", "injuries"),
        (r"\bcrying\b", "a baby who cried"),
        (r"\bsafe(?:r)? sleep\w*|\bco-?sleep\w*", "safer sleep"),
        (r"\bpre-?birth\b|\bantenatal\w*|\bpregnan\w+|\bunborn\b", "the months before a birth"),
        (r"\bdomestic (?:abuse|violence)\b|\bnon-molestation\b|\bDASH\b|\bMARAC\b",
         "domestic abuse"),
        (r"\bmethadone\b|\bheroin\b|\bcannabis\b|\bdrug (?:use|service)\b|\bdrinking\b|"
         r"\balcohol\b", "drugs or alcohol"),
        (r"\b(?:mother|mum|maternal|parent\w*|Mo[A-Z])\b.{0,80}\b(?:depress\w+|low mood|"
         r"mental health|psychosis)\b|\b(?:postnatal|perinatal) (?:depression|mental)\b",
         "a parent’s mental health"),
        (r"\bplacement\w*\b|\bfoster\w*\b|\blooked after\b|\bchildren[’']s home\b|\bcare leaver",
         "a child in care"),
        (r"\binterpret\w+|\bfirst language\b|\bWelsh-speaking\b", "interpreting"),
        (r"\bautis\w+|\blearning disab\w+|\bEHC\b|\bcare plan, for\b|\bdisabled\b|\bwheelchair",
         "disability"),
        (r"\bunaccompanied\b|\basylum\b", "coming to the country alone"),
        (r"\bhouse move|\bhomeless\w*|\bevict\w+|\barrears\b|\bovercrowd\w+", "housing"),
        (r"\bcontact (?:order|application)\b|\bfamily court\b|\bprivate law\b", "family court"),
    )
)  # fmt: skip
"""Matters of families' lives as reviews write of them, and the noun that a brief names them by."""

_LATE_FOR_BABIES = frozenset({"bruises on a child too young to move", "a baby who cried"})
"""Matters that only a baby's review is told with."""


def told_of(texts: Sequence[str], *, is_baby: bool) -> list[str]:
    """Matters that several sentences of a review speak of, those of most sentences first.

    Parameters
    ----------
    texts
        All sentences of the review.
    is_baby
        Whether it is about a baby, whose bruises and crying mean something else.

    >>> told_of(["Insulin was not collected."] * 3 + ["Nobody drew up a plan."], is_baby=False)
    ['diabetes']
    """
    counts = [
        (sum(bool(pattern.search(text)) for text in texts), noun)
        for pattern, noun in _MATTERS
        if is_baby or noun not in _LATE_FOR_BABIES
    ]
    least = max(_FEWEST, _SHARE * len(texts))
    often = sorted((pair for pair in counts if pair[0] >= least), key=lambda pair: -pair[0])
    return [noun for _, noun in often[:_SHOWN]]
