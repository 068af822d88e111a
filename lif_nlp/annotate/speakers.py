"""Who speaks in a sentence: the author, a family, an agency or a coroner."""

from __future__ import annotations

import re

from spacy.tokens import Span

_SAID = (
    r"(?:said|says|say|told|tells|tell|felt|feels|feel|believed|believes|believe|reported|described|explained|thought|"
    r"stated|expressed|wished|asked|recalled|remembered|wanted|commented|reflected|accepted|accepts|acknowledged|"
    r"acknowledges|conceded|concedes|admitted|recognised|agreed|spoke|shared|maintained|considered)"
)
_FAMILY = (
    r"(?:family|families|mother|father|mum|dad|parents?|grandmother|grandfather|grandparents|aunt|uncle|carers?|siblings?|"
    r"brother|sister|son|daughter|wife|husband|children|young people|young person|child|care leavers|relatives)"
)
_AGENCY = (
    r"(?:trust|staff|practitioners?|professionals?|social workers?|nurses?|police|officers?|council|authority|agency|agencies|"
    r"school|hospital|gp|service|services|managers?|leaders|department|doctors?|clinicians?|health visitors?|midwi(?:fe|ves)|"
    r"imr|agency report)"
)
_SPEAKERS = (
    (
        "family",
        re.compile(
            rf"\b{_FAMILY}(?: \w+){{0,3}}? {_SAID}\b|\b(?:according to|in the (?:view|words|opinion) of) (?:the |his |her |their )?{_FAMILY}\b|\b{_FAMILY}['’]s? (?:view|words|account|feeling)\b",
            re.I,
        ),
    ),
    (
        "agency",
        re.compile(
            rf"\b{_AGENCY}(?: (?:has|have|had|also|now|\w+ly)){{0,3}} {_SAID}\b|\b(?:according to|in the view of) (?:the )?(?:\w+ )?{_AGENCY}\b",
            re.I,
        ),
    ),
    (
        "coroner",
        re.compile(
            r"\b(?:coroner|jury|inquest|i find|i found|i am (?:also )?concerned|in my (?:view|opinion)|my concern|i heard|expert)\b",
            re.I,
        ),
    ),
)


def speaker(unit: Span) -> str:
    """ "family", "agency", "coroner" or "author"; the first found in that order."""
    text = unit.text
    if unit.doc._.review_type in ("pfd", "coroner", "inquest"):
        return next((name for name, found in _SPEAKERS[:2] if found.search(text)), "coroner")
    return next((name for name, found in _SPEAKERS if found.search(text)), "author")
