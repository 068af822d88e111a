"""Guards for the outcome: it must be a harm of the past that is read as knowable."""

from __future__ import annotations

from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import found, guard, has, tokens

HARM = tokens(
    r"(?:deaths?|died|dies?|murder(?:ed|s)?|homicide|killed|killing|suicide|harm(?:ed)?|"
    r"injur(?:y|ies|ed)|abuse[d]?|assault(?:s|ed)?|attack(?:s|ed)?|trag(?:edy|ic|ically)|"
    r"fatal(?:ity|ities|ly)?|loss of life|lives|life|outcome|hurt|overdose|"
    r"exploit(?:ed|ation)|neglect(?:ed)?|incidents?|stabb(?:ing|ed)|collapse|arrest|"
    r"events?|violence|escalat(?:ed|ion|e)|suffer(?:ed|ing)|danger|risk|crisis|breakdown|"
    r"shaken|burns?|rape[d]?|absconded|drown(?:ed|ing)|happened|bruis(?:es|ing)|"
    r"fractures?|break(?:s|ing)? down|sepsis|fire|stroke|amputation|brain damage|"
    r"disability|sight|lost)"
)
_NAMED = tokens("(?:could|should|might|ought|death|tragedy|killing|murder|suicide)")
_RATES = tokens(r"(?:reduce|prevent|number of|rates? of|all|future)(?: \w+){0,2}")
_PRESENT = tokens("is", "are", "being")
_SLOW = tokens("delays?", "drift", "demand", "pressures?")


@guard
def past_harm(candidate: Candidate) -> bool:
    """Harm of the past is spoken of, and no rate, risk or aim of today."""
    if has(_NAMED, found(candidate)):
        return not has(_RATES, candidate.before(4))
    if has(_PRESENT, found(candidate)) or has(_SLOW, candidate.before(6)):
        return False
    return has(HARM, candidate.phrase.text)


_PAST = tokens("was", "were", "had", "became", "seemed", r"\w+ed", "made")
_CHANGE = tokens(
    "delays?", "changes?", "turnover", "increase", "waiting lists?", "drift", "pressures?"
)
_DEATH = tokens("death", "died", "killed", "harmed", "murder", "tragedy")
_THAT_ONE = tokens("(?:he|she|they|him|her) (?:would|was|were)")


@guard
def past_harm_or_time(candidate: Candidate) -> bool:
    """Inevitable harm, not an inevitable delay or change."""
    text = candidate.phrase.text
    if "waiting" in candidate.found or "pointed to" in candidate.found:
        return True
    if not has(_PAST, text):
        return False
    if "only a" in candidate.found or "countdown" in candidate.found:
        return True
    if has(_CHANGE, text):
        return has(_DEATH, text)
    after_that = candidate.after(1).strip() == "that" or candidate.found.endswith(" that")
    return after_that or has(HARM, text) or has(_THAT_ONE, text)


_SEEN = tokens("(?:could|seen|saw)")
_TO_COME = tokens("(?:will|must|should|can|shall|learn|to)")
_VEHICLE = tokens("(?:bus|car|train|lorry|van|ball|blow)")


@guard
def harm_was_coming(candidate: Candidate) -> bool:
    """Harm, or an end left unnamed, was in sight: not a bus or a change of plans."""
    text = candidate.phrase.text
    if has(_VEHICLE, text) or has(_TO_COME, candidate.before(2)):
        return False
    if not (has(_PAST, text) or has(_SEEN, text)):
        return False
    return " going to " not in found(candidate) or has(HARM, text) or " end " in found(candidate)


_TOO_LATE_FOR = tokens(
    "(?:save|prevent|protect|rescue|avert|stop|him|her|by (?:then|that)|too little|make a|make any)"
)
_LATEHARM = tokens(
    "deaths?",
    "died",
    "killed",
    "harm(?:ed)?",
    "murder(?:ed)?",
    "injur(?:y|ies|ed)",
    "him",
    "her",
    "tragically",
    "help (?:came|arrived)",
    "make a difference",
)


@guard
def past_harm_or_late(candidate: Candidate) -> bool:
    """Too late to save somebody, not a plan made too late."""
    return has(_TOO_LATE_FOR, found(candidate)) or has(_LATEHARM, candidate.phrase.text)


_SOMEBODY = tokens("(?:child|children|him|her|them|life|lives|baby|boy|girl|abuse|violence|harm)")
_COST = tokens("delays?", "drift", "time would", "costs?", "duplication")
_IT = tokens("it", "this")


@guard
def harm_in_reach(candidate: Candidate) -> bool:
    """What was to be prevented is death or harm, and not delay or cost."""
    near = candidate.before(10) + candidate.found + candidate.after(9)
    if candidate.found.endswith(("saved", "protected", "stopped")) and not has(_SOMEBODY, near):
        return False
    if has(_COST, near):
        return False
    return has(HARM, near) or (has(_IT, candidate.before(2)) and has(HARM, candidate.phrase.text))


_OPEN = tokens(
    r"(?:not|un)(?: \w+)? ?(?:clear|known|possible|certain)(?: \w+){0,3}",
    "whether",
    "unclear",
    "unknown",
)


@guard
def not_unclear(candidate: Candidate) -> bool:
    """Not left open ("it is not clear whether it would have changed the outcome")."""
    return not has(_OPEN, candidate.before(14))


_UNLIKELY = tokens(
    r"unlikely(?: \w+){0,8}",
    r"not (?:likely|possible|clear)(?: \w+){0,8}",
    r"can ?not be (?:said|known)(?: \w+){0,8}",
    r"no evidence(?: \w+){0,8}",
    r"if it was n.t for(?: \w+){0,8}",
    r"not think(?: \w+){0,4}",
)


@guard
def not_sure_negated(candidate: Candidate) -> bool:
    """Not "it is unlikely that he would have survived"."""
    return not has(_UNLIKELY, candidate.before(14))


_NO_SIGN = tokens(r"no(?: \w+){0,2}", "not any", "few", "without")
_NOT_CLEAR = tokens("not (?:there|clear|obvious|plain|evident|present|visible|apparent)")


@guard
def not_negated_subject(candidate: Candidate) -> bool:
    """Signs were there: not "no warning signs were present" or "were not clear"."""
    return not has(_NO_SIGN, candidate.before(3)) and not has(_NOT_CLEAR, found(candidate))


_MEDICAL_OPINION = tokens(
    "(?:physicians?|neurosurgeon|pathologist|autopsy|medical (?:expert|examiner|opinion|"
    "reports?)|it was determined)"
)
_SERVICE_ACT = tokens(
    "(?:trust|police|social workers?|services?|agency|agencies|staff|ward|council|school|team|"
    "referral|meeting)"
)


@guard
def not_a_medical_opinion(candidate: Candidate) -> bool:
    """Not a doctor on an injury, or on the care that a family gave."""
    text = candidate.phrase.text
    return not has(_MEDICAL_OPINION, text) or has(_SERVICE_ACT, text)
