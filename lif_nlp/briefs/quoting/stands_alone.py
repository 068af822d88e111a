"""How likely a sentence of a practice review is to be understood without its neighbours.

A small linear model over what can be counted in the words: how the sentence opens, pronouns and
who stands before them, "this" and "that", codes and names, counts of things that were told of
before.  Its weights lie in `stands_alone.json` with their card; `scripts/train_stands_alone.py`
makes them.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lif_nlp.briefs.quoting.quotability import CACHE_SIZE, has_verb, is_unquotable, lacks_antecedent
from lif_nlp.text.months import DAYS, MONTHS

WEIGHTS = Path(__file__).with_name("stands_alone.json")
"""Weights, training data by hash, figures and limits of the model."""

_OPENING = {
    "pronoun": "he she it they we i you his her their its our my your them him who which what",
    "pointer": "this that these those such",
    "marker": "however also but and or so then thus instead again finally further furthermore "
    "moreover therefore similarly likewise otherwise yet still even indeed nor although though",
    "open": "a an any every each no all some many most several few children parents families "
    "staff practitioners professionals workers schools agencies nobody anyone people",
    "the": "the",
    "preposition": "in on at by from with for under over after before during between behind since "
    "until within of to as when where while if because once",
    "number": "one two three four five six seven eight nine ten eleven twelve first second third "
    "both half neither either another other others",
}
_OPENING_SETS = {name: frozenset(text.split()) for name, text in _OPENING.items()}

_ROLE = (
    r"(?:social|family|support|youth|outreach) workers?|health visitors?|midwi(?:fe|ves)|nurses?|"
    r"teachers?|officers?|police|gps?|doctors?|paediatricians?|consultants?|managers?|"
    r"practitioners?|supervisors?|clinicians?|carers?|schools?|staff|agencies|services?|trusts?|"
    r"partnership|board|council|teams?|hospital|wards?|surgery|nursery"
)
_SOMEBODY = (
    r"\b(?:child(?:ren)?|parents?|mothers?|fathers?|famil(?:y|ies)|bab(?:y|ies)|people|person|"
    rf"adults?|boys?|girls?|wom[ae]n|m[ae]n|teenagers?|{_ROLE})\b"
)
_PRONOUN = r"\b(?:he|she|it|they|him|her|his|hers|its|their|them|himself|herself|themselves)\b"
# "May" is more often what somebody may do.
_CALENDAR = "|".join((*(month for month in MONTHS if month != "May"), *DAYS, "Christmas"))

_COUNTED = {
    "code": r"\b(?:[A-Z]{1,4}\d+|(?:Ms?|Mr|Mrs|Miss) [A-Z]\w*|(?:Child|Baby) [A-Z0-9]+|"
    r"Sib(?: ?\d)?|[MP]GM|YP\w*|[MF]|M[AKTGH]|F[KT])(?=[\s’'.,;:]|$)",
    "name_inside": rf"(?<=[a-z,;] )(?!I\b|GP|Year|English|May|Easter|{_CALENDAR})[A-Z][a-z]+"
    r"(?=[’' ,.;])",
    "he_or_she": r"(?i)\b(?:he|she|him|her|his|hers|himself|herself)\b",
    "they": r"(?i)\b(?:they|them|their)\b",
    "it": r"(?i)\bit\b",
    "the_case": r"(?i)\bthe (?:mother|father|child|children|baby|boys?|girls?|family|parents|twins|"
    r"couple|case|incident|injury|meeting|letter|referral|plan|placement|review|report|document|"
    r"form|note|visit|call|move|decision|conference)\b",
    "many": r"\b(?:children|parents|families|practitioners|professionals|workers|nurses|teachers|"
    r"officers|schools|agencies|fathers|mothers|babies|staff|teams|services)\b",
    "past": r"\b(?:was|were|had|did)\b",
    "every": r"(?i)\b(?:every|each|any|all)\b",
    "digit": r"\d",
}
_SEEN = {
    "date": rf"\b(?:{_CALENDAR})\b",
    "year": r"\b(?:19|20)\d\d\b",
    "its": r"(?i)\bits\b",
    "this": r"(?i)\b(?:this|these)\b",
    "that_thing": r"(?i)\b(?:of|in|at|on|by|to|after|with|from) (?:that|those)\b|^(?:that|those)\b",
    "such": r"\bsuch (?!as)",
    "we": r"(?i)\b(?:we|our|us)\b",
    "i": r"\bI\b",
    "me": r"\b(?:me|my)\b",
    "one_of_them": r"\b(?:neither|either|each|one) of (?:the|them|which|these)\b|"
    r"\bthe (?:two|three|four|five|six|ten|others?|latter|former|first|second|third|same)\b",
    "says": r"\b(?:said|told|says|asked|thought|heard|recalled)\b",
    "quote": r"[“\"]",
    "opens_with_quote": r"^[“\"‘]",
    "opens_small": r"^\W*[a-z]",
    "full_stop": r"[.?!”\"]$",
    "semicolon": r";",
    "colon": r":",
    "question": r"\?$",
    "dash": r"[-–] ",
    "past_denied": r"\b(?:was|were|had|did) (?:not|never|no)\b",
    "present": r"\b(?:is|are|has|have|do|does|will)\b",
    "asked_for": r"\b(?:should|must|to be|will|to)\b",
    "would_have": r"\b(?:would|could|might|ought) (?:well |also |at least )?(?:have|to have)\b",
    "nobody": r"(?i)\b(?:nobody|no one|none|no [a-z]+)\b",
    "marker_inside": r"\b(?:also|however|nevertheless|nonetheless|though|too|likewise|again|then|"
    r"therefore|thus|instead|by contrast|on the other hand|in turn|as well)\b",
    "opens_looking_back": r"^(?:Taken together|On reflection|In retrospect|Looking back|"
    r"With hindsight|At the (?:very )?least|Had )",
    "relative": r"(?i)\b(?:mum|dad|gran|mother|father|grandmother|grandfather|grandad|nan|sister|"
    r"brother|aunt|uncle|step-?father)\b",
    "role": rf"(?i)\b(?:{_ROLE})\b",
    "the_role": rf"(?i)\bthe (?:\w+ ){{0,2}}(?:{_ROLE})\b",
    "opens_with_a": r"^An? ",
    "opens_some_were": r"^(?:Each|Both|Neither|None|All|Some|Others|Several|One|Two|Three) "
    r"(?:was|were|had|has|have|did)\b",
    "the_and_past": r"^The (?:\S+ ){1,4}(?:was|were|had|did|\w+ed)\b",
    "short_form": r"\b[A-Z]{2,}\b",
    "order": r"^(?:Ask|Put|Look|Treat|Think|Make|Set|Update|Rewrite|Ensure|Review|Reduce|Add|Give|"
    r"Ring|Write|Tell|Keep|Use|Check|Agree|Before|Tip)\b",
    "event": r"\b(?:rang|wrote|telephoned|noticed|asked|told|went|brought|took|kept|saw|visited|"
    r"called|refused|attended|booked|moved|sat|met|left|came)\b",
    "aside": r"\(",
    "that_day": r"\b(?:that|the same|the next) (?:afternoon|evening|morning|night|day|week|month|"
    r"term|spring|summer|autumn|winter|place)\b|\bday \d+\b|\bthere (?:had|was|were)\b",
    "bare_thing": r"\b[Tt]he (?:letters?|forms?|template|proforma|protocol|unit|discussion|fix|"
    r"scene|question|answer|threshold|sheet|list|note|tool|scheme|rule|call|death|move|wait|file|"
    r"panel|hub|boys|girls|two|entry|chart|card|map|notice|order|service|policy|procedure)"
    r"(?=[ ,.;’'])(?! (?:of|for|on|to|about|which|that|who|between|where)\b)",
    "opens_bare_thing": r"^The (?:\w+ )?(?:letters?|forms?|template|proforma|protocol|unit|"
    r"discussion|question|threshold|sheet|list|note|tool|scheme|rule|call|wait|file|panel|plan|"
    r"team|meeting)\b(?! (?:of|for|on|to|about|between|where)\b)",
    "that_followed": r"\bthat (?:followed|came|spring|summer|year)\b|^All the same\b|"
    r"\bArea [A-Z]\b",
}
_COUNTERS = {name: re.compile(pattern) for name, pattern in _COUNTED.items()}
_SEERS = {name: re.compile(pattern) for name, pattern in _SEEN.items()}
_DEFINITE = re.compile(r"(?i)\bthe\b")
_DEFINITE_THING = re.compile(rf"(?i)\bthe (?:\w+ )?(?!{_ROLE})\w+")
_FIRST_PRONOUN, _FIRST_SOMEBODY = re.compile("(?i)" + _PRONOUN), re.compile("(?i)" + _SOMEBODY)

_MOST = 3
"""Matches that are counted; more say nothing further.  Part of the trained model."""

_LONGEST, _LONG, _SHORT = 42, 30, 13
"""Words of the longest sentence that is quoted, and from and below which a sentence counts as long
or short.  Part of the trained model."""


def features_of(text: str) -> dict[str, float]:
    """What is counted in a sentence, by name; each 0 to `_MOST`.

    >>> features_of("She told him.")["he_or_she"], features_of("Plans drift.")["he_or_she"]
    (2.0, 0.0)
    """
    words = text.split()
    first = re.sub(r"\W", "", words[0].lower()) if words else ""
    row = {f"opens:{name}": float(first in group) for name, group in _OPENING_SETS.items()}
    row |= {
        name: float(min(_MOST, len(pattern.findall(text)))) for name, pattern in _COUNTERS.items()
    }
    row |= {name: float(bool(pattern.search(text))) for name, pattern in _SEERS.items()}
    pronoun, somebody = _FIRST_PRONOUN.search(text), _FIRST_SOMEBODY.search(text)
    # A pronoun before anybody is named points to the sentence before.
    unknown = pronoun and (somebody is None or somebody.start() > pronoun.start())
    return {
        **row,
        "pronoun_first": float(bool(unknown)),
        "opens_with_somebody": float(bool(_FIRST_SOMEBODY.search(" ".join(words[:5])))),
        "definite": min(5, len(_DEFINITE.findall(text))) / 5,
        "definite_thing": min(_MOST, len(_DEFINITE_THING.findall(text))) / _MOST,
        "length": len(words) / _LONGEST,
        "long": float(len(words) > _LONG),
        "short": float(len(words) < _SHORT),
        "no_verb": float(not has_verb(text)),
        "no_antecedent": float(lacks_antecedent(text)),
        "rules_object": float(is_unquotable(text)),
    }


@cache
def _model() -> tuple[dict[str, float], float]:
    """The weights by feature, and the constant."""
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {str(k): float(v) for k, v in stored["weights"].items()}, float(stored["constant"])


@lru_cache(maxsize=CACHE_SIZE)
def probability_alone(text: str) -> float:
    """Probability, 0..1, that a reader understands a sentence of a review without the review.

    >>> probability_alone("The other three had gone by then.") < 0.3
    True
    >>> probability_alone("Schools are not told when a child is on a plan.") > 0.6
    True
    """
    weights, constant = _model()
    row = features_of(text)
    total = constant + sum(weight * row[name] for name, weight in weights.items())
    return 1.0 / (1.0 + math.exp(-total))
