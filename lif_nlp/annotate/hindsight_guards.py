"""Tests that a rule's hit must pass before it counts as hindsight wording.

Each guard takes a `Candidate` and answers True when the hit may stand.  Their names
stand in `hindsight_rules.toml`; `GUARDS` finds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lif_nlp.annotate.hindsight_rules import Candidate, compile_pattern
from lif_nlp.annotate.subjects import NOBODY, OTHER, PERSON, SERVICE, THING, side, subject
from lif_nlp.annotate.words import words

Guard = Callable[[Candidate], bool]

GUARDS: dict[str, Guard] = {}


def guard(function: Guard) -> Guard:
    """Enter a guard under its own name."""
    GUARDS[function.__name__] = function
    return function


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return compile_pattern(list(alternatives))


def _has(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


def _clause_before(candidate: Candidate, reach: int = 12) -> str:
    """Words before the hit, back to a full stop, semicolon or colon."""
    return re.split(r" [;:.] ", candidate.before(reach))[-1]


def _subject(candidate: Candidate) -> str:
    phrase = candidate.phrase
    capitals = [t.text[:1].isupper() and not t.text.isupper() for t in phrase.unit]
    return subject(phrase.words, candidate.first, capitals=capitals)


def _words(candidate: Candidate) -> frozenset[str]:
    return frozenset(candidate.phrase.words)


# ------------------------------------------------------- any kind of wording

_ASKED = _pattern(
    r"(?:consider|considers|considered|considering|explore|explored|explores|exploring|analyse|analysed"
    r"|examine|examined|examines|examining|establish|determine|ask|asks|asked|asking|reflect|reflected"
    r"|reflects|reflecting|review|reviewed|assess|assessed|investigate|question|questions|questioned"
    r"|look at|look into|looked at|seek to understand|know|terms of reference|discuss|discussed|decide)"
    r" (?:on |upon |about |at )?(?:whether|if|how|what|where|why|when|which)"
)
_QUESTION_WORD = _pattern("whether", "if there (?:was|were)", "if any")


@guard
def not_asked(candidate: Candidate) -> bool:
    """Not the question of a review ("to explore whether more could have been done")."""
    before = candidate.before(14)
    if candidate.phrase.words[-1] == "?":
        return False
    asked = list(_ASKED.finditer(before)) or list(
        _QUESTION_WORD.finditer(_clause_before(candidate, 9))
    )
    if not asked:
        return True
    between = before[asked[-1].end() :]
    return " found " in between or " , " in between.rstrip() + " "[:0] and " that " in between


_FORWARD = _pattern(
    "to (?:prevent|avoid|reduce|address|tackle|learn from|guard against|ensure|mitigate|minimise|eliminate)",
    "(?:action|learning|steps?|work|measures|recommendations?) to",
    "(?:risk|risks|danger|likelihood|possibility|potential|prospect) (?:of|that|for)(?: \\w+)?",
    "(?:could|may|might|will|can|would) (?:lead to|result in|cause|be|create)",
    "(?:potential|possible|any|further|future|unless there (?:is|are)|if there (?:is|are)|should there be)",
    "(?:staff|practitioners|professionals|they|we|parents|workers|training|courses?|teams?)"
    " (?:must |should |need to |to |will |can |are trained to |are taught to |is about |on |in )?"
    "(?:know|learn|recognise|spot|identify|understand|taught|trained|on|about)(?: the| about)?",
    "so that",
    "in order to",
    "will",
    "must",
)


@guard
def not_forward(candidate: Candidate) -> bool:
    """Not about what may come: risks, aims and lessons for the future."""
    near = " " + " ".join(candidate.before(5).split()[-5:]) + " "
    return not (_has(_FORWARD, near) or _has(_FORWARD, f" {candidate.found} ")) or _has(_PAST, near)


_PAST = _pattern("was", "were", "had", "did", "found")
_NEGATED = _pattern(
    "no(?: \\w+)?",
    "not (?:a|an|any|find|identify|see|constitute|due to|amount to|result from|because of)(?: \\w+)?",
    "(?:without|nor|neither|never)(?: any| a)?",
    "none(?: of)?",
    "nothing(?: \\w+){0,4}",
    "free from",
    "no (?:\\w+ ){0,4}(?:of|that|or|and|to|any|suggest|suggests|suggesting|indicate|indicates)(?: any| an?| \\w+)?",
    "(?:did|does|do|was|were|has|have|could|is|are|can)(?: \\w+)? not(?: \\w+){0,3}",
    "rather than(?: a| an| any)?",
    "cannot(?: \\w+){0,2}",
    "few",
    "fewer",
    "rarely",
    "avoided?",
    "avoids",
    "not(?: \\w+){0,1}",
    "neither(?: \\w+){0,3}",
    "unable to (?:say|conclude)(?: \\w+){0,4}",
)
_NEGATED_END = re.compile(_NEGATED.pattern.removesuffix("(?= )") + r" $")


@guard
def not_negated(candidate: Candidate) -> bool:
    """Not denied ("no failings were found", "was not foreseeable")."""
    if re.search(r" (?:not|never|n't|nor|un\w+able) ", f" {candidate.found} "):
        return False
    return not _NEGATED_END.search(_clause_before(candidate, 8))


_DENIED = re.compile(
    r" (?:no|not any|without(?: any)?|neither|never an?|not an?|not due to an?|not the result of an?"
    r"|(?:not|never|nor) (?:find|found|identify|identified|see|seen|reveal|revealed|show|shown|cause|caused by) (?:any|an?)?"
    r"|no (?:evidence|indication|suggestion|sign|signs|reports?) (?:of|that there (?:was|were))(?: an?| any)?)"
    r"(?: (?:widespread|serious|significant|systemic|major|individual|obvious|other|such|apparent|known|specific|clear|and|or|,|single|identified|professional|agency|practice))* $"
)


@guard
def not_denied(candidate: Candidate) -> bool:
    """Not "no serious failings were found": the noun itself is not denied."""
    return not _DENIED.search(candidate.before(9))


@guard
def not_negated_near(candidate: Candidate) -> bool:
    """The verb itself is not denied ("staff have not failed to", "never failed to")."""
    last = candidate.before(3).split()
    negated = {"not", "never", "no", "nobody", "none", "without", "cannot"} & set(last[-2:])
    return not negated and not {"not", "never"} & set(candidate.found.split()[:-2])


@guard
def not_negated_subject(candidate: Candidate) -> bool:
    """Signs were there: not "no warning signs were present" or "were not clear"."""
    if _has(_pattern("no(?: \\w+){0,2}", "not any", "few", "without"), candidate.before(3)):
        return False
    return not _has(
        _pattern("not (?:there|clear|obvious|plain|evident|present|visible|apparent)"),
        f" {candidate.found} ",
    )


@guard
def not_now(candidate: Candidate) -> bool:
    """Past practice, not a present state or a figure that is expected."""
    return not _has(
        _pattern("(?:is|are) (?:now|currently)", "currently"), _clause_before(candidate, 8)
    )


_PAST_VERB = _pattern(
    "was",
    "were",
    "had",
    "did",
    "been",
    "became",
    "came",
    "led",
    "went",
    "\\w+ed",
    "knew",
    "saw",
    "made",
    "told",
)


@guard
def past_only(candidate: Candidate) -> bool:
    """Somewhere the sentence speaks of the past."""
    return _has(_PAST_VERB, candidate.phrase.text)


@guard
def speaks_of_the_past(candidate: Candidate) -> bool:
    """What is now known was so then: the first verb that follows stands in the past."""
    after = candidate.after(25)
    verb = re.search(
        r" (was|were|had|did|been|could|should|would|might|is|are|has|have|leads|will|can|must|do|does|\w{3,}ed|"
        r"began|came|went|took|gave|left|lay|felt|knew|saw|made|told|lived|kept|fell|hid|met|ran|spent|became) ",
        after,
    )
    if not verb:
        return " to have " in f" {candidate.found} " or " to be " in f" {candidate.found} "
    if verb.group(1) in ("has", "have", "is", "are"):
        return bool(
            re.match(r" (?:has|have|is|are)(?: \w+)? been ", after[verb.start() :])
        ) and not _has(
            _pattern(
                "(?:improved|strengthened|in place|developed|implemented|established|appointed)"
            ),
            after,
        )
    return verb.group(1) not in ("leads", "will", "can", "must", "do", "does")


@guard
def not_at_the_time(candidate: Candidate) -> bool:
    """Not a guard against later knowledge ("set aside what we now know")."""
    return not _has(
        _pattern(
            "(?:set|setting|leave|leaving|put|putting) aside",
            "regardless of",
            "without(?: \\w+)?",
            "not (?:be )?(?:judged?|coloured|influenced|viewed|seen|reliant)(?: \\w+){0,3}",
            "ignoring",
            "rather than(?: on| by| from)?",
            "(?:avoid|avoiding|avoided|resist|resisted|beware of)(?: \\w+){0,3}",
        ),
        candidate.before(6),
    )


# ----------------------------------------------------------------- explicit

_HINDSIGHT_GUARD = _pattern(
    "(?:without|no|not|nor|never|avoid|avoids|avoiding|avoided|against|mindful of|conscious of|cautious|wary|risk of|risks of"
    "|danger of|dangers of|minimise|minimising|limit|limiting|reduce|reducing|resist|resisted|resisting|free from|free of"
    "|lacked|lacking|did not have|had not|didn't have|before|prior to|beware|rather than|removed?|removing|distorted by|effects? of|impact of)"
    "(?: \\w+){0,4}",
)


@guard
def not_hindsight_guarded(candidate: Candidate) -> bool:
    """Not "without the benefit of hindsight", "hindsight bias" and the like."""
    near = candidate.before(7)
    if re.match(
        r" (?:bias|and outcome|or outcome|is not|must|should not|effect)", candidate.after(3)
    ):
        return False
    clause = re.split(r" [;.,] ", near)[-1]
    return not _has(_HINDSIGHT_GUARD, clause)


@guard
def not_a_late_record(candidate: Candidate) -> bool:
    """Not an entry written up afterwards, nor a retrospective check or audit."""
    return not _has(
        _pattern(
            "(?:completed|recorded|written|dated|added|entered|made|documented|updated|signed|typed|compiled"
            "|record|records|entry|entries|notes?|logged|inputted|filled|submitted|approved|granted)(?: \\w+){0,4}"
        ),
        candidate.before(6),
    )


# ------------------------------------------------------------ counterfactual

_AGENT_OTHER = re.compile(r" by (?:the |his |her |their |a |an )?(?:\w+ )?(\w+) ")
_RECEIVES = frozenset(
    "received benefited benefitted had come entered accessed become remained stayed moved gone attended lived"
    " experienced been got".split()
)
_NEW_ROAD = frozenset("road roads highway highways bend junction vehicle car".split())


@guard
def practice_subject(candidate: Candidate) -> bool:
    """What should have been done was for a service to do.

    In the passive ("the mother should have been asked") any subject will do but a
    thing of the road; in the active a family member or a thing is no service.
    """
    if re.search(r"\bnot have to have\b|should have to", candidate.found):
        return False
    kind = _subject(candidate)
    state = candidate.found.split()[-1]
    passive = " been" in candidate.found or _follows_been(candidate)
    if passive:
        following = candidate.after(1).split()[:1]
        if following and following[0].endswith("ing") and following[0] != "being":
            return kind == SERVICE
        if state == "been" and kind == THING:
            return False
        return not _by_other(candidate)
    if kind in (OTHER, PERSON):
        return (state in _RECEIVES and kind == OTHER) or (
            kind == PERSON and _speaks_of_services(candidate)
        )
    return kind != THING


def _follows_been(candidate: Candidate) -> bool:
    return candidate.after(1).strip() == "been"


def _by_other(candidate: Candidate) -> bool:
    agent = _AGENT_OTHER.search(candidate.after(8))
    return bool(agent) and side(agent.group(1)) in (OTHER, THING) and "'s" not in candidate.after(8)


def _speaks_of_services(candidate: Candidate) -> bool:
    """Some service stands in the sentence, and nobody of the road does."""
    known = _words(candidate)
    sides = {side(w) for w in known}
    return SERVICE in sides and not known & words("road")


@guard
def no_other_agent(candidate: Candidate) -> bool:
    """Not done by a relative or a thing ("could have been caused by the mother")."""
    return not _by_other(candidate)


@guard
def not_a_requirement_in_force(candidate: Candidate) -> bool:
    """Not a standing rule ("all children should have completed forms")."""
    return not re.match(
        r"should (?:all |each |always )?have (?:completed|agreed|written|updated|shared|identified) \w+s ",
        candidate.found,
    )


@guard
def practice_passive(candidate: Candidate) -> bool:
    """In "could have been ...", a road, a device or a driver is no practice."""
    kind = _subject(candidate)
    if kind == THING or (_words(candidate) & words("road") and not _speaks_of_services(candidate)):
        return False
    return not _has(
        _pattern("(?:because of|due to|the result of|the case that|a result of|that)"),
        f" {candidate.after(3)} "[:40],
    )


@guard
def not_if_untreated(candidate: Candidate) -> bool:
    """Not a doctor's word on what an illness might have come to."""
    return not _has(
        _pattern("if (?:left|it had been left) (?:un\\w+|longer)"), candidate.phrase.text
    )


_COMPARED = "comparatives"


@guard
def could_have_active(candidate: Candidate) -> bool:
    """ "X could have done": X is a service, or the deed is set against a better one."""
    if _has(
        _pattern("nothing(?: \\w+){0,5}", "no (?:more|one)(?: \\w+){0,5}"), candidate.before(7)
    ):
        return False
    kind = _subject(candidate)
    if kind == SERVICE:
        return True
    verb = candidate.found.split()[-1]
    if kind == OTHER:
        return verb in _RECEIVES and verb not in ("attended", "lived", "had", "experienced")
    compared = bool(set(candidate.after(8).split()) & words(_COMPARED))
    return (
        kind in (NOBODY, PERSON) and (compared or _speaks_of_services(candidate)) and kind != THING
    )


@guard
def not_harm(candidate: Candidate) -> bool:
    """Not inference about how harm came about or how bad it could have been."""
    last = candidate.found.split()
    following = candidate.after(2).split()[:1]
    told = {w for w in last[-2:] + following if w in words("harms")}
    if not told:
        return True
    return bool({"prevented", "avoided", "averted", "identified"} & set(last))


_CONDITION = _pattern(
    "if",
    "had",
    "were",
    "with",
    "without",
    "unless",
    "but for",
    "instead",
    "which",
    "that",
    "this",
    "such",
    "an? \\w+",
    "ability",
    "earlier",
    "more",
    "better",
)


@guard
def better_world(candidate: Candidate) -> bool:
    """ "might have helped": a better course is named, by a service or with a condition."""
    kind = _subject(candidate)
    verb = candidate.found.split()[-1]
    if kind == THING or (_words(candidate) & words("road") and not _speaks_of_services(candidate)):
        return False
    if re.match(r"(?:may|might)", candidate.found) and verb in (
        "had",
        "received",
        "done",
        "told",
        "come",
        "asked",
    ):
        return _has_condition(candidate) or (
            kind == SERVICE and bool(set(candidate.after(8).split()) & words(_COMPARED))
        )
    if re.match(r"(?:may|might)", candidate.found) and verb in (
        "led",
        "resulted",
        "affected",
        "influenced",
        "meant",
        "altered",
        "changed",
        "made",
        "brought",
        "added",
        "raised",
        "reduced",
        "increased",
        "impacted",
        "expected",
    ):
        return _has_condition(candidate)
    return kind != PERSON or _has_condition(candidate) or _speaks_of_services(candidate)


def _has_condition(candidate: Candidate) -> bool:
    """The sentence names another world: if, had X been, earlier, more, with ..."""
    text = candidate.phrase.text
    return _has(
        _pattern(
            "if (?:\\w+ ){1,8}(?:had|were|was)",
            "if only",
            "had (?:the|a|an|any|they|it|he|she|this|these|there|that|\\w+ been)",
            "earlier",
            "sooner",
            "more \\w+",
            "better",
            "stronger",
            "closer",
            "fuller",
            "greater",
            "different",
            "differently",
            "with (?:a|an|more|better|earlier|the)",
            "but for",
            "without the",
            "the absence of",
            "a \\w+ (?:meeting|discussion|assessment|visit|referral|check|conversation|review|call)",
        ),
        text,
    )


_INFERRED = frozenset(
    "expected wanted wished hoped anticipated required given made raised led resulted meant caused affected brought added influenced".split()
)


@guard
def not_an_inference(candidate: Candidate) -> bool:
    """ "would have" of a better practice, not a guess at what was so."""
    kind = _subject(candidate)
    verb = candidate.found.split()[-1]
    if kind == THING or (_words(candidate) & words("road") and not _speaks_of_services(candidate)):
        return False
    if re.search(r"would (?:\w+ )?not (?:\w+ )?have", candidate.found) and not _has_condition(
        candidate
    ):
        return verb in ("unreasonable", "inappropriate")
    if verb in _INFERRED or re.search(
        r" been \w*(?:possible|expected|seen|given|right|different|safe|good|made)$",
        candidate.found,
    ):
        return _has_condition(candidate) or _relative(candidate)
    return not _has(
        _pattern(
            "(?:no doubt|presumably|doubtless|felt sure|must)(?: \\w+){0,3}",
            "(?:injuries|injury|fall|impact|dose|drug|blow)(?: \\w+){0,3}",
        ),
        candidate.before(5),
    )


def _relative(candidate: Candidate) -> bool:
    return candidate.before(1).strip() in ("which", "that", "this", "it", "these")


@guard
def has_modal_have(candidate: Candidate) -> bool:
    """Somewhere the other world is told: would, could, might or should (have)."""
    outside = candidate.before() + "#" + candidate.after()
    return _has(
        _pattern(
            "(?:would|could|might|may|should)(?: {ADV})?(?: have| be| not| \\w+ed)?", "'d have"
        ),
        outside,
    ) and _has(
        _pattern(
            "(?:would|could|might|may|should) (?:{ADV} )?have",
            "(?:would|could|might|should) (?:{ADV} )?(?:be|\\w+)",
            "'d have",
        ),
        outside,
    )


@guard
def has_modal_have_or_only(candidate: Candidate) -> bool:
    """As `has_modal_have`, or "if only", which needs no second half."""
    return " only " in f" {candidate.found} " or has_modal_have(candidate)


@guard
def not_on_the_road(candidate: Candidate) -> bool:
    """Not the physics of an accident."""
    return not _words(candidate) & words("road") or _speaks_of_services(candidate)


@guard
def not_prevented(candidate: Candidate) -> bool:
    """Not "so that opportunities are not missed", "to avoid missed opportunities"."""
    return not _has(
        _pattern(
            "(?:avoid|avoids|avoiding|prevent|prevents|preventing|reduce|reduces|reducing|minimise|minimising|fewer|ensure|so that|ensuring|risk of|risks)(?: \\w+){0,3}"
        ),
        candidate.before(6),
    )


@guard
def not_possible_only(candidate: Candidate) -> bool:
    """Not a guess that there may be such elsewhere."""
    return not _has(
        _pattern("(?:may|might) be(?: \\w+){0,5}", "potential(?:ly)?", "possible"),
        candidate.before(8)[-45:],
    )


@guard
def not_family_loss(candidate: Candidate) -> bool:
    """Not what a child or parent missed for themselves ("he missed the chance to play")."""
    if not re.match(
        r"(?:miss|los)(?:es|ed|ing|e|t)? (?:an?|the|this|that|another|out)", candidate.found
    ):
        return True
    return _subject(candidate) not in (OTHER, PERSON)


_NOT_DONE = _pattern(
    "(?:did|was|were|had|has|have|could|is|are) not",
    "not (?:done|undertaken|provided|happen|received|made|carried|completed|given|followed|taken|forthcoming|sought|held|met)",
    "no (?:evidence|record|sign|such|\\w+ was|\\w+ were|one|assessment|referral|meeting|plan|response)",
    "never",
    "none",
    "nobody",
    "without",
    "lacking",
    "absent",
    "instead",
    "(?:failed|omitted) to",
    "neither",
    "nor",
    "overlooked",
    "missed",
    "earlier",
    "sooner",
    "than (?:it|they|was|were|she|he)",
    "rather than",
    "delayed?",
    "did n't",
    "only (?:received|got|given|offered|had)",
)


@guard
def did_not_happen(candidate: Candidate) -> bool:
    """The sentence says that what was needed was not done."""
    if " have" in candidate.found:
        return True
    if _subject(candidate) in (THING,) or _words(candidate) & words("road"):
        return False
    return _has(_NOT_DONE, candidate.after()) or _has(
        _pattern("(?:no|never|without)"), candidate.before(12)
    )


# ----------------------------------------------------------------- outcome

_HARM = _pattern(
    "deaths?",
    "died",
    "dies?",
    "murder(?:ed|s)?",
    "homicide",
    "killed",
    "killing",
    "suicide",
    "harm(?:ed)?",
    "injur(?:y|ies|ed)",
    "abuse[d]?",
    "assault(?:s|ed)?",
    "attack(?:s|ed)?",
    "trag(?:edy|ic|ically)",
    "fatal(?:ity|ities|ly)?",
    "loss of life",
    "lives",
    "life",
    "outcome",
    "hurt",
    "overdose",
    "exploit(?:ed|ation)",
    "neglect(?:ed)?",
    "incident",
    "incidents",
    "stabbing",
    "collapse",
    "arrest",
    "event",
    "events",
    "violence",
    "escalat(?:ed|ion|e)",
    "suffer(?:ed|ing)",
    "danger",
    "risk",
    "crisis",
    "breakdown",
    "stabbed",
    "shaken",
    "burns?",
    "rape[d]?",
    "absconded",
    "drown(?:ed|ing)",
    "happened",
    "what happened",
    "bruis(?:es|ing)",
    "fractures?",
)


@guard
def past_harm(candidate: Candidate) -> bool:
    """Harm of the past is spoken of, or a verb of the past carries the word."""
    if _has(
        _pattern("(?:could|should|might|ought|death|tragedy|killing|murder|suicide)"),
        f" {candidate.found} ",
    ):
        return not _has(
            _pattern("(?:reduce|prevent|number of|rates? of|all|future)(?: \\w+){0,2}"),
            candidate.before(4),
        )
    past = _has(_pattern("was", "were", "been", "is", "are", "as"), f" {candidate.found} ")
    about = _has(_HARM, candidate.phrase.text)
    return (
        past
        and about
        and not _has(_pattern("delays?", "drift", "demand", "pressures?"), candidate.before(6))
    )


@guard
def past_harm_or_time(candidate: Candidate) -> bool:
    """Inevitable harm, not an inevitable delay or change."""
    if (
        "waiting" in candidate.found
        or "only a" in candidate.found
        and _has(_PAST_VERB, candidate.phrase.text)
    ):
        return True
    if not _has(
        _pattern("was", "were", "had", "became", "seemed", "\\w+ed"), candidate.phrase.text
    ):
        return False
    if _has(
        _pattern(
            "delays?", "changes?", "turnover", "increase", "waiting lists?", "drift", "pressures?"
        ),
        candidate.phrase.text,
    ):
        return _has(
            _pattern("death", "died", "killed", "harmed", "murder", "tragedy"),
            candidate.phrase.text,
        )
    return _has(_HARM, candidate.phrase.text) or _has(
        _pattern("(?:he|she|they|him|her) (?:would|was|were)"), candidate.phrase.text
    )


@guard
def past_harm_or_late(candidate: Candidate) -> bool:
    """Too late to save somebody, not a plan made too late."""
    if _has(
        _pattern("(?:save|prevent|protect|rescue|avert|stop|him|her|by (?:then|that)|too little)"),
        f" {candidate.found} ",
    ):
        return True
    return _has(
        _pattern(
            "deaths?",
            "died",
            "killed",
            "harm(?:ed)?",
            "murder(?:ed)?",
            "injur(?:y|ies|ed)",
            "him",
            "her",
            "tragically",
            "help came",
            "help arrived",
        ),
        candidate.phrase.text,
    )


@guard
def harm_in_reach(candidate: Candidate) -> bool:
    """What was to be prevented is death or harm, and not delay or cost."""
    near = candidate.before(10) + candidate.after(9) + candidate.found + " "
    if re.search(r"(?:saved|protected|stopped)$", candidate.found) and not _has(
        _pattern("(?:child|children|him|her|them|life|lives|baby|boy|girl|abuse|violence|harm)"),
        near,
    ):
        return False
    harm = (
        _has(_HARM, near)
        or _has(_pattern("it", "this"), candidate.before(2))
        and _has(_HARM, candidate.phrase.text)
    )
    return harm and not _has(
        _pattern("delays?", "drift", "time would", "costs?", "duplication"), near
    )


@guard
def not_unclear(candidate: Candidate) -> bool:
    """Not left open ("it is not clear whether it would have changed the outcome")."""
    return not _has(
        _pattern(
            "(?:not|un)(?: \\w+)? ?(?:clear|known|possible|certain)(?: \\w+){0,3}",
            "whether",
            "unclear",
            "unknown",
        ),
        candidate.before(14),
    )


@guard
def not_sure_negated(candidate: Candidate) -> bool:
    """Not "it is unlikely that he would have survived"."""
    return not _has(
        _pattern(
            "unlikely(?: \\w+){0,8}",
            "not (?:likely|possible|clear)(?: \\w+){0,8}",
            "cannot be (?:said|known)(?: \\w+){0,8}",
            "no evidence(?: \\w+){0,8}",
        ),
        candidate.before(12),
    )


@guard
def not_a_road_sign(candidate: Candidate) -> bool:
    """Not a sign beside a road, nor the signs of an illness in a leaflet."""
    return not _words(candidate) & (
        words("road")
        | {
            "road",
            "roads",
            "motorists",
            "pedestrians",
            "drivers",
            "lane",
            "ford",
            "crossing",
            "illness",
            "sepsis",
        }
    )


# -------------------------------------------------------------------- blame


@guard
def service_subject(candidate: Candidate) -> bool:
    """The one who failed is a service or a professional, or can only be one."""
    kind = _subject(candidate)
    verb = (candidate.after(1).split() or [""])[0]
    if kind == SERVICE:
        return True
    if kind in (OTHER, THING):
        return False
    if _words(candidate) & words("road") or verb in words("family_acts"):
        return False
    if kind == PERSON:
        return False
    return not {side(w) for w in candidate.before(25).split()} & {OTHER, THING} or _impersonal(
        candidate
    )


def _impersonal(candidate: Candidate) -> bool:
    """ "..., failing to record it": a clause hung on a whole sentence about a service."""
    return candidate.before(1).strip() in (
        ",",
        "and",
        "by",
        "which",
        "this",
        "these",
        "that",
    ) and SERVICE in {side(w) for w in candidate.before(40).split()}


@guard
def service_subject_or_passive(candidate: Candidate) -> bool:
    """A service failed children, or children were failed."""
    if " by " in f" {candidate.found} ":
        agent = candidate.found.split()[-1]
        return side(agent) not in (OTHER, THING, PERSON)
    if re.match(r"(?:is|are|was|were|as) ", candidate.found) and candidate.found.endswith(
        "failing"
    ):
        return _subject(candidate) in (SERVICE, NOBODY) and not _has(
            _pattern("school", "schools", "heart", "health", "organs?"), candidate.before(4)
        )
    kind = _subject(candidate)
    return kind in (SERVICE, NOBODY) and not _words(candidate) & words("road")


_OWNER = re.compile(r" (\w+|\w+'s?) (?:'s |' )?(?:\w+ ){0,2}$")
_BY = re.compile(
    r"^ ?(?:of|by|on the part of|in|from|on) (?:the |a |an |his |her |their |both |all |this |that )*((?:[\w-]+ ){0,3}?[\w-]+)"
)


@guard
def service_failure(candidate: Candidate) -> bool:
    """A failure of a service: not of an organ, an engine, a parent or a driver."""
    neighbours = candidate.before(6).replace("/", " ").split()
    if neighbours and neighbours[-1] in words("medical"):
        return False
    owner = _owner(candidate.before(40))
    if owner:
        return owner == SERVICE
    after = f" {candidate.found.split(' ', 1)[-1]}{candidate.after(14)}"
    if _has(_CARE_OF_A_PARENT, after[:60]) and _family_sentence(candidate):
        return False
    if _agent(after) in (OTHER, THING):
        return False
    known = _words(candidate)
    return not (known & words("road") or known & words("machinery"))


_CARE_OF_A_PARENT = _pattern(
    "thrive",
    "gain(?: \\w+)? weight",
    "to stop",
    "(?:provide|seek|protect|obtain|supervise|feed) (?:\\w+ ){0,3}(?:medical|child|children|care|treatment|her|him|them|food)",
)


def _family_sentence(candidate: Candidate) -> bool:
    sides = [side(w) for w in candidate.phrase.words]
    return sides.count(OTHER) + sides.count(PERSON) >= sides.count(SERVICE)


def _owner(before: str) -> str:
    """The side of a possessor right before the failure ("the mother's failure")."""
    tokens = before.split()
    for back, word in enumerate(reversed(tokens[-4:])):
        if word in ("their", "its", "his", "her"):
            seen = [side(w) for w in tokens[: len(tokens) - back - 1]]
            known = [s for s in seen if s in (SERVICE, OTHER)]
            if word in ("his", "her"):
                return known[-1] if known and known[-1] == SERVICE else OTHER
            return known[-1] if known else ""
        if word in ("'s", "'") or word.endswith("'s"):
            at = len(tokens) - back - 1
            noun = tokens[at - 1] if word in ("'s", "'") and at else word.removesuffix("'s")
            return side(noun) or OTHER
    return ""


def _agent(after: str) -> str:
    """The side of the one named behind the failure ("failure by the crew")."""
    match = re.search(r" (?:by|of|on the part of) ((?:[\w'-]+ ){1,7})", after)
    if not match:
        return ""
    for word in match.group(1).split():
        if word in ("to", "and", "in", "which", "that", "for"):
            break
        kind = side(word)
        if kind or word in words("medical"):
            return kind or THING
    return ""


@guard
def failing_is_a_noun(candidate: Candidate) -> bool:
    """ "failings", "these failures", "this failing": not "are failing"."""
    if candidate.found != "failing":
        return True
    before = candidate.before(1).strip()
    return before in ("this", "a", "that", "one", "another", "the") or before in words("gravity")


_DEFINITION = _pattern(
    "in (?:a|any) local authority that",
    "a local authority that (?:is|requires)",
    "(?:is|are) (?:defined|judged) (?:as|to be)? ?(?:inadequate )?(?:when|where|if)",
    "a person (?:who|commits)",
    "guilty of an offence",
    "there are no widespread",
    "it is an offence",
    "means that a",
    "the duty to",
)


@guard
def not_a_definition(candidate: Candidate) -> bool:
    """Not the wording of a grade or of a law."""
    return not _has(_DEFINITION, candidate.phrase.text)


_CALLS = frozenset(
    "concern concerns call calls sign signs warning warnings referral referrals report reports request requests disclosure disclosures"
    " child children need needs voice voices history evidence information risk risks him her them pattern patterns injury injuries"
    " allegation allegations complaint complaints letter letters plea pleas guidance policy procedure procedures advice indicator indicators"
    " bruising bruise pattern alert alerts possibility significance impact email emails message messages".split()
)


@guard
def service_ignores(candidate: Candidate) -> bool:
    """A service ignored something, or a call for its help was ignored."""
    found = f" {candidate.found} "
    previous = candidate.before(2).split()[-2:]
    passive = bool(
        set(previous) & {"was", "were", "been", "being", "be", "is", "are", "often", "too"}
    )
    if passive:
        if " to be " in candidate.before(2) + " " or "be" in previous:
            return False
        agent = re.search(r" by (?:[\w'-]+ ){0,4}?([\w'-]+) ", candidate.after(8))
        who = [side(w) for w in candidate.after(8).split("by", 1)[-1].split()] if agent else []
        known = [s for s in who if s]
        if known and agent:
            return known[0] == SERVICE
        return bool(set(candidate.before(10).split()) & _CALLS) and not _words(candidate) & words(
            "road"
        )
    if " turned away" in found:
        return _subject(candidate) == SERVICE
    return _subject(candidate) == SERVICE or (
        _subject(candidate) == NOBODY
        and bool(set(candidate.after(6).split()) & _CALLS)
        and not _family_sentence(candidate)
    )


@guard
def let_down_by_service(candidate: Candidate) -> bool:
    """Let down by those whose work it was to help."""
    match = re.search(r" by ((?:[\w'-]+ ){1,6})", " " + candidate.found + candidate.after(7))
    if match:
        known = [s for s in (side(w) for w in match.group(1).split()) if s]
        return (
            (known[0] == SERVICE)
            if known
            else bool(
                set(match.group(1).split()) & {"those", "everyone", "all", "every", "many", "them"}
            )
        )
    if candidate.found.startswith("let") or candidate.found.startswith("letting"):
        return _subject(candidate) in (SERVICE, NOBODY)
    return not {"friends", "partner", "father", "mother"} & set(candidate.after(8).split())


@guard
def not_a_release(candidate: Candidate) -> bool:
    """Not a hoist, a tyre or a guard that was let down."""
    return not _words(candidate) & (
        words("road") | {"tyres", "blinds", "hoist", "window", "guard", "hair", "barrier"}
    )


@guard
def not_family_fault(candidate: Candidate) -> bool:
    """Fault of a service: not a careless driver, a negligent parent or a legal charge."""
    known = _words(candidate)
    if known & (
        words("road")
        | {"manslaughter", "convicted", "charged", "pleaded", "charge", "typographical", "spelling"}
    ):
        return False
    if (
        re.search(r"(?:error|mistake)s?", candidate.found)
        and known & {"human", "medication", "administrative", "typing"}
        and "serious" not in candidate.found
    ):
        return False
    kind = _subject(candidate)
    if kind == OTHER and not re.search(
        r"\b(?:by|of) (?:the )?(?:\w+ )?(?:service|services|trust|police|staff|agencies|council|hospital|team)",
        candidate.phrase.text,
    ):
        return False
    return kind != THING


# -------------------------------------------------------------------- aware


@guard
def clears_practice(candidate: Candidate) -> bool:
    """Practice or the outcome is cleared: not a cause of injury left open."""
    return not _words(candidate) & words("road") and not _has(
        _pattern("(?:seatbelts?|helmet|height|injur(?:y|ies) (?:could|would) have)"),
        candidate.phrase.text,
    )


@guard
def not_stock_appropriate(candidate: Candidate) -> bool:
    """Said of a past act: not of help that "is appropriate given their needs"."""
    return _has(
        _pattern("was", "were", "had", "been", "did", "seemed", "appeared", "\\w+ed"),
        f" {candidate.found} " + candidate.before(10),
    ) and not re.match(r"(?:is|are) ", candidate.found)


@guard
def no_plain_date(candidate: Candidate) -> bool:
    """ "At the time of the incident" and "known at the time of inspection" are dates."""
    return not re.match(
        r" of (?:the|his|her|this|that|their|our|birth|death|inspection|writing)",
        candidate.after(2),
    )


@guard
def not_known_to_service(candidate: Candidate) -> bool:
    """Not "the family was known to the agency at the time", a fact of the record."""
    return not re.search(
        r"(?:family|families|child|children|mother|father|parents|siblings|he|she) (?:\w+ )?(?:was|were|had been) (?:not )?known to ",
        candidate.phrase.text,
    )


@guard
def practice_understood(candidate: Candidate) -> bool:
    """What is understood is what was done, in the past."""
    return _has(
        _pattern(
            "was",
            "were",
            "had",
            "did",
            "been",
            "made",
            "seemed",
            "appeared",
            "felt",
            "looked",
            "\\w+ed",
            "drew",
            "took",
            "saw",
            "local",
            "thought",
            "chose",
            "kept",
            "went",
            "gave",
            "left",
        ),
        candidate.phrase.text,
    )
