"""The factors that child death panels look for: words that show each, what to ask, its domain."""

from __future__ import annotations

DOMAINS = {
    "child": "The child",
    "social": "Family and social environment",
    "physical": "Physical environment",
    "service": "Services",
}
"""The four domains of the statutory analysis form for child deaths (England), in its order."""

_CLINICAL = (
    r"deteriorat|clinical|of care\b|consultant|senior (?:doctor|clinician|nurse|midwi|colleague)|"
    r"obstetric|unwell|symptom"
)
"""Words by which an escalation is one of a child's care."""

# (name in print, words that show it, what to ask, domain); the factors that panels look for.
FACTORS = (
    (
        "safer sleep",
        r"\bsafer? sleep|\bco-?sleep|\bbed-?shar|\bsleeping (?:arrangement|environment)",
        "Where does the baby sleep, also on a bad night and away from home?",
        "physical",
    ),
    (
        "smoking",
        r"\bsmok(?:e|es|ers?|ing)\b(?! free polic| alarm)|\bcarbon monoxide",
        "Who smokes around the child, and who offers them help to stop?",
        "social",
    ),
    (
        "mental health and self-harm",
        r"\bself-?harm|\bCAMHS\b|\bmental health (?:service|support|need)",
        "Who asks a young person about self-harm, and what happens on the same day?",
        "child",
    ),
    (
        "asthma and allergy",
        r"\basthma|\ballerg|\banaphyla|\bauto-?injector|\binhaler",
        "Who knows the child's emergency plan, at home and at school?",
        "child",
    ),
    (
        "sepsis and infection",
        r"\bsepsis\b|\bimmunis|\bvaccin|\bmeningit",
        "Do parents know which signs mean that they should ring now?",
        "child",
    ),
    (
        "birth and newborn care",
        # the birth as an event: not a birth father, and no date of birth
        r"\bfetal|\bfoetal|\bneonat|\blabour ward|\bnewborn|\bpost-?natal"
        r"|(?<!date of )(?<!place of )(?<!country of )\bbirth\b"
        r"(?! (?:grand)?(?:father|mother|parent|famil|dad|mum|relative|sibling|child|cert|name))",
        "What must the next service know on the day that mother and baby go home?",
        "service",
    ),
    (
        "handover and escalation of care",
        # staff escalate disagreements too, and those are not about a child's illness
        rf"\bhandover|\bescalat[^.;]{{0,60}}\b(?:{_CLINICAL})|\b(?:{_CLINICAL})[^.;]{{0,60}}\bescalat"
        r"|\bearly warning|\bPEWS\b|\bsafety[- ]net",
        "What makes it easy to call for a senior when somebody is uneasy?",
        "service",
    ),
    (
        "water safety",
        r"\bwater safety|\bdrown|\bswim|\blifeguard|\bopen water",
        "Which water do children here play near, and who has talked with them about it?",
        "physical",
    ),
    (
        "road safety",
        r"\broad (?:safety|traffic|layout)|\bpedestrian|\b(?:zebra|puffin|level|road) crossing"
        r"|\bcrossing (?:the |a |busy )*roads?\b|\bspeed limit|\bseat ?belt",
        "Which roads do children here find hard to cross, and who could change that?",
        "physical",
    ),
    (
        "products and hazards at home",
        r"\bblind cord|\bbutton batter|\bsmoke alarm|\bwindow restrictor|\bchoking",
        "Who looks round the home with the family, and can help them to put it right?",
        "physical",
    ),
    (
        "drugs and alcohol",
        r"\bMDMA\b|\becstasy|\bketamine|\bsubstance misuse|\bdrug use",
        "Where can a young person ask about drugs without fear of trouble?",
        "social",
    ),
)
OFTEN_MODIFIABLE = frozenset({"safer sleep", "smoking"})
"""Factors that panels in England find modifiable most often: smoking by a parent or carer, and
where a baby sleeps (National Child Mortality Database, yearly data releases, 2021 to 2024)."""
