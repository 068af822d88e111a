"""Guards for outcome wording: it must be about a past harm, read as knowable."""

from __future__ import annotations

from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import guard, matches, spaced_text
from lif_nlp.annotate.rules.patterns import token_pattern

# Shared with the aware rules: wording that clears practice must be about harm too.
HARM = token_pattern(
    r"(?:deaths?|died|dies?|murder(?:ed|s)?|homicide|killed|killing|suicide|harm(?:ed)?|"
    r"injur(?:y|ies|ed)|abuse[d]?|assault(?:s|ed)?|attack(?:s|ed)?|trag(?:edy|ic|ically)|"
    r"fatal(?:ity|ities|ly)?|loss of life|lives|life|outcome|hurt|overdose|"
    r"exploit(?:ed|ation)|neglect(?:ed)?|incidents?|stabb(?:ing|ed)|collapse|arrest|"
    r"events?|violence|escalat(?:ed|ion|e)|suffer(?:ed|ing)|danger|risk|crisis|breakdown|"
    r"shaken|burns?|rape[d]?|absconded|drown(?:ed|ing)|happened|bruis(?:es|ing)|"
    r"fractures?|break(?:s|ing)? down|sepsis|fire|stroke|amputation|brain damage|"
    r"disability|sight|lost)"
)
# "the death could have been prevented": the match names the harm itself.
_NAMED = token_pattern("(?:could|should|might|ought|death|tragedy|killing|murder|suicide)")
# "reduce the number of deaths" is an aim for the future.
_RATES = token_pattern(r"(?:reduce|prevent|number of|rates? of|all|future)(?: \w+){0,2}")
_PRESENT = token_pattern("is", "are", "being")
# "inevitable delay" is no harm.
_SLOW = token_pattern("delays?", "drift", "demand", "pressures?")


@guard
def is_past_harm(candidate: Candidate) -> bool:
    """A past harm, and no rate, risk or aim of today."""
    if matches(_NAMED, spaced_text(candidate)):
        return not matches(_RATES, candidate.before(4))
    if matches(_PRESENT, spaced_text(candidate)) or matches(_SLOW, candidate.before(6)):
        return False
    return matches(HARM, candidate.unit.folded)


_PAST = token_pattern("{past_verbs}", r"\w+ed")
# "it was inevitable that waiting lists grew"
_CHANGE = token_pattern(
    "delays?", "changes?", "turnover", "increase", "waiting lists?", "drift", "pressures?"
)
_DEATH = token_pattern("death", "died", "killed", "harmed", "murder", "tragedy")
_THAT_ONE = token_pattern("(?:he|she|they|him|her) (?:would|was|were)")


@guard
def is_past_harm_not_delay(candidate: Candidate) -> bool:
    """Inevitable harm, not an inevitable delay or change."""
    text = candidate.unit.folded
    if "waiting" in candidate.text or "pointed to" in candidate.text:
        return True
    if not matches(_PAST, text):
        return False
    if "only a" in candidate.text or "countdown" in candidate.text:
        return True
    if matches(_CHANGE, text):
        return matches(_DEATH, text)
    after_that = candidate.after(1).strip() == "that" or candidate.text.endswith(" that")
    return after_that or matches(HARM, text) or matches(_THAT_ONE, text)


_SEEN = token_pattern("(?:could|seen|saw)")
# "learn what is going to happen"
_TO_COME = token_pattern("(?:will|must|should|can|shall|learn|to)")
# "she saw the bus coming"
_VEHICLE = token_pattern("(?:bus|car|train|lorry|van|ball|blow)")


@guard
def harm_was_coming(candidate: Candidate) -> bool:
    """Harm, or an unnamed end, was in sight, not a bus or a change of plans."""
    text = candidate.unit.folded
    if matches(_VEHICLE, text) or matches(_TO_COME, candidate.before(2)):
        return False
    if not (matches(_PAST, text) or matches(_SEEN, text)):
        return False
    words = spaced_text(candidate)
    return " going to " not in words or " end " in words or matches(HARM, text)


# "too late to save him"; "a plan made too late" alone is no outcome.
_TOO_LATE_FOR = token_pattern(
    "(?:save|prevent|protect|rescue|avert|stop|him|her|by (?:then|that)|too little|make a|make any)"
)
_LATE_HARM = token_pattern(
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
def is_too_late_to_save(candidate: Candidate) -> bool:
    """Too late to save somebody, not a plan made too late."""
    text = candidate.unit.folded
    return matches(_TOO_LATE_FOR, spaced_text(candidate)) or matches(_LATE_HARM, text)


_SOMEBODY = token_pattern(
    "(?:child|children|him|her|them|life|lives|baby|boy|girl|abuse|violence|harm)"
)
# "delay could have been avoided"
_COST = token_pattern("delays?", "drift", "time would", "costs?", "duplication")
_IT = token_pattern("it", "this")


@guard
def prevention_is_of_harm(candidate: Candidate) -> bool:
    """What could have been prevented is death or harm, not delay or cost."""
    context = candidate.before(10) + candidate.text + candidate.after(9)
    needs_person = candidate.text.endswith(("saved", "protected", "stopped"))
    if needs_person and not matches(_SOMEBODY, context):
        return False
    if matches(_COST, context):
        return False
    is_pronoun = matches(_IT, candidate.before(2))
    return matches(HARM, context) or (is_pronoun and matches(HARM, candidate.unit.folded))


# "it is not clear whether it would have changed the outcome"
_OPEN = token_pattern(
    r"(?:not|un)(?: \w+)? ?(?:clear|known|possible|certain)(?: \w+){0,3}",
    "whether",
    "unclear",
    "unknown",
)


@guard
def not_left_open(candidate: Candidate) -> bool:
    """Not left open ("it is not clear whether it would have changed the outcome")."""
    return not matches(_OPEN, candidate.before(14))


# "it is unlikely that he would have survived"
_UNLIKELY = token_pattern(
    r"unlikely(?: \w+){0,8}",
    r"not (?:likely|possible|clear)(?: \w+){0,8}",
    r"can ?not be (?:said|known)(?: \w+){0,8}",
    r"no evidence(?: \w+){0,8}",
    r"if it was n.t for(?: \w+){0,8}",
    r"not think(?: \w+){0,4}",
)


@guard
def not_called_unlikely(candidate: Candidate) -> bool:
    """Not "it is unlikely that he would have survived"."""
    return not matches(_UNLIKELY, candidate.before(14))


# "no warning signs"
_NO_SIGN = token_pattern(r"no(?: \w+){0,2}", "not any", "few", "without")
_NOT_CLEAR = token_pattern("not (?:there|clear|obvious|plain|evident|present|visible|apparent)")


@guard
def signs_were_present(candidate: Candidate) -> bool:
    """There were signs, not "no warning signs were present" or "were not clear"."""
    if matches(_NO_SIGN, candidate.before(3)):
        return False
    return not matches(_NOT_CLEAR, spaced_text(candidate))


# Pathologists and physicians judge injuries and survival, not practice.
_MEDICAL_OPINION = token_pattern(
    "(?:physicians?|neurosurgeon|pathologist|autopsy|medical (?:expert|examiner|opinion|"
    "reports?)|it was determined)"
)
# A doctor who criticises a service does judge practice.
_SERVICE_ACT = token_pattern(
    "(?:trust|police|social workers?|services?|agency|agencies|staff|ward|council|school|team|"
    "referral|meeting)"
)


@guard
def not_a_medical_opinion(candidate: Candidate) -> bool:
    """Not a doctor on an injury, or on the care that a family gave."""
    text = candidate.unit.folded
    return not matches(_MEDICAL_OPINION, text) or matches(_SERVICE_ACT, text)
