"""The second, stricter test of the side on which a sentence would be quoted.

A label is sometimes wrong, and a brief that shows a gap as good practice loses its readers.
`contradicts_role` finds words that contradict a role; `stands_on_its_side` asks for words that
bear it out as well: praise or a good deed by somebody in a service for a strength, a shortfall
of theirs for a problem.  What clears practice, hopes, plans or concedes is on neither side.

Of the sentences of four hands' invented reviews that pass (November 2026, profile fast), see
METHODS.md for the share that readers put on the same side.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lif_nlp.briefs.quoting.quotability import CONDITION

_CACHE_SIZE = 20_000
"""Texts whose result is kept, as in `quotability`."""

SURE_ALONE = 0.9
"""Confidence of a role from which a judgement in the present tense needs no words that bear
it out.  Lower lets in more quotes and more on the wrong side.  Chosen on the invented reviews
w1 and w2, November 2026, and checked on w3 and w4."""

# Plans, hopes, duties and what a rule says: nothing of it has been done.
_NOT_DONE = re.compile(
    r"\b(?:will|shall|should|must|would|could|might|may|hopes? to|hoped|plans? to|planned to|aims?|"
    r"intend\w*|intention|meant to|supposed to|expect\w*|designed to|due to (?:be|start|open)|"
    r"policy (?:states|says|requires)|guidance (?:states|says)|are required|is required|if|"
    r"agreed to|going to|proposes?|proposed|(?:vital|essential|important|crucial|"
    r"imperative) that)\b"
)
# A step taken in answer to the review is an action, however good.
_SINCE = re.compile(
    r"\b(?:ha(?:s|ve) (?:since |now |already |recently )?been \w+(?:ed|en|t)\b|ha(?:s|"
    r"ve) (?:since|now|"
    r"gone live|helped us|begun|moved|re-?opened)|now (?:takes?|uses?|asks?|has|have|meets?|holds?|"
    r"runs?|leads?|includes?|checks?|sends?|gets?|goes)|(?:is|are) now|since the (?:review|"
    r"death|audit)|"
    r"was (?:reissued|relaunched|introduced|launched)|were (?:introduced|launched)|funded for|"
    r"re-?opened|rolled out|gone live)\b"
)
# Belief, false comfort, complaint and concession.
_DOUBTFUL = re.compile(
    r"\b(?:believed|thought (?:that|it|he|she|they|to)|assumed|supposed|understood|presumed|"
    r"imagined|felt (?:that|like|unable)|"
    r"reassur\w+|content to|satisf(?:ied|y) (?:itself|themselves|that)|comfort\w*|collu\w+|"
    r"trusting|"
    r"optimis\w+|allowed (?:themselves|itself|himself|herself)|took (?:it|this|the)|"
    r"taken (?:as|for|to)|"
    r"seen as|treated as|read as|accepted (?:the|her|his|their|this|that)|relied|reliance|fear\w*|"
    r"afraid|anxious|nervous|worri\w+|complain\w*|told (?:us|me|the (?:review|panel|author))|said|"
    r"admitted|conceded|accepts?|regret\w*|appears?|appeared|seem\w*|apparent\w*|supposedly|"
    r"claim\w*|"
    r"on paper|in theory|in principle|so-called|at that time|in those days|"
    r"almost|hardly|barely|scarcely|merely|simply|even (?:though|then|if)|otherwise|without|"
    r"instead|"
    r"rather than|although|though|but|however|few|yet|despite|warmth|charm|made (?:it|the|her|"
    r"his)|except|unless|until then|while|whilst|whereas|nonetheless|nevertheless|"
    r"in fairness|"
    r"defensible|justif\w+|(?:any|most) \w+ would)\b"
)
# A plan without a verb ("Early Help to treat a third request as ..."), an order, and research.
_PLAN = re.compile(
    r"^(?:[A-Z][\w’'&/-]*,? (?:of |and |the |& |for )*){1,6}to (?!the |a |an |him |her |them |"
    r"be[a-z])[a-z]+\b|"
    r"^[A-Z][\w-]*(?: [\w-]+){0,3}: (?!they |he |she |it |the |each |a |there )[a-z]+\b|"
    r"\bto be \w+(?:ed|en|t)\b|"
    r"^(?:Put|Hold|Name|Keep|Ask|Write|Read|Ring|Call|Look|Think|Use|Make|Let|Do|Be|Give|Tell|"
    r"Treat|"
    r"Stop|Start|Check|Never|Always|If)\b|\b(?:research|studies|evidence) (?:suggests?|shows?)\b"
)
_LATE_OR_CAUSE = re.compile(
    r"\b(?:(?:days|weeks|months|years) (?:after|later|late|before)|as (?:\w+ ){1,3}(?:was|"
    r"were|had)|"
    r"merger|restructur\w+|reorganis\w+|closing|closure|cuts?|vacan\w+|first (?:met|knocked))\b"
)
_DEMAND = re.compile(
    # "Plans do not say what must change" asks for nothing.
    r"\b(?:will|shall|should|(?<!what )must|plans? to|planned to|agreed to|proposes?|hopes? to|"
    r"(?:vital|essential|important) that|might|may)\b"
)
# A monthly meeting "now looks at" such cases: the answer to a problem.
_RESPONSE = re.compile(
    r"\bha(?:s|ve) (?:since|now)\b|\bha(?:s|ve) responded to\b|"
    r"\b(?:is|are) escalated to\b|\b(?:now (?:takes?|uses?|asks?|meets?|"
    r"holds?|runs?|looks?|checks?)|since the (?:review|death|audit))\b"
)
_OPENS_WITH_QUOTATION = re.compile(r"\W{0,2}[“\"‘]")
_QUOTATION = re.compile(r"[“\"‘][^”\"’]{4,}")
_WORKER = (
    r"(?:social workers?|(?:family |support |key |youth |outreach |personal |housing |police |"
    r"probation |night |residential |duty |young carers |link |early help )*(?:workers?|officers?|"
    r"advisers?|nurses?|midwi(?:fe|ves)|teachers?|visitors?|doctors?|gps?|practitioners?|"
    r"managers?|supervisors?|handlers?|assistants?|constables?|detectives?|sergeants?|therapists?|"
    r"counsellors?|consultants?|registrars?|paediatricians?|psychologists?|psychiatrists?|"
    r"pharmacists?|paramedics?|crews?|guardians?|advocates?|chairs?|heads?|receptionists?|tutors?|"
    r"lecturers?|coordinators?|volunteers?|mentors?|carers?|radiographers?|ambulance|clinicians?|"
    r"dentists?|interpreters?|schools?|nurser(?:y|ies)|colleges?|wards?|hospitals?|practices?|"
    r"surger(?:y|ies)|clinics?|teams?|services?|police|staff|professionals?|panels?|conferences?|"
    r"partners|leaders|agencies|hub|trust|council|court|magistrates|judge|wardens?|caretaker|"
    r"secretary|deputy|cook|driver|operative|librarian|coach|group|project|board))"
)
_BY_WORKER = re.compile(rf"\b{_WORKER}\b")
_WORK = re.compile(
    r"\b(?:assessments?|plans?|visits?|referrals?|records?|recorded|meetings?|reviews?|information|"
    r"supervision|oversight|practice|decisions?|thresholds?|contacts?|chronolog\w+|conference|"
    r"training|audits?|learning|arrangements|appointments?|"
    r"polic(?:y|ies)|procedures?|protocol|pathway|forms?|systems?|case|file|letters?|calls?|checks?|"
    r"response|(?:nobody|no one) (?:was|rang|asked|knew|looked|visited))\b"
)
# Mostly praise: "is effective, although the quality of ... varies".
_CONCEDES = re.compile(
    r"^[^,;]*\b(?:effective|good|strong|well|positive|timely)\b[^,;]*, (?:although|though)\b"
)
_TOLD = re.compile(
    r"\b(?:(?<!was )(?<!were )(?<!been )(?<!not )told (?:me|us|the)|recalls?|remembers?|she thinks|"
    r"to (?:him|her|them) it)\b"
)
_DEED = re.compile(
    r"\b(?:rang|telephoned|phoned|texted|visited|noticed|spotted|asked|wrote|kept|stayed|sat|went|"
    r"drove|walked|met|checked|challenged|questioned|escalated|insisted|persisted|persevered|"
    r"refused|"
    r"listened|recorded|weighed|undressed|photographed|booked|arranged|found|chased|"
    r"followed up|pursued|returned|knelt|crouched|learned|learnt|taught|brought|held|invited|"
    r"copied|"
    r"included|persuaded|recogni[sz]ed|picked up|flagged|alerted|shared|passed|spoke|saw|"
    r"heard|drew|"
    r"made (?:time|sure|the link)|took (?:time|care|the)|gave|helped|set up|moved|bent|changed|"
    r"separated|adjusted|accompanied|supported|read|re-?read|looked|called|attended|offered|used|"
    r"stopped|waited|lent|mended|posted|introduced|cooked|played|explained|worked out|got|put)\b"
)
# What makes an act a good one: that it was prompt, repeated, patient, exact, or beyond the job.
_GOOD_MANNER = re.compile(
    r"\b(?:again|twice|three times|once a|every|each|until|within (?:an?|the|\w+|"
    r"\d+) (?:hours?|days?|"
    r"weeks?|minutes|month)|(?:same|that|next|following|first) (?:day|afternoon|evening|night|"
    r"morning|"
    r"week)|straight away|at once|alone|on (?:his|her|their|its) own|by hand|in (?:his|her|"
    r"their|the "
    r"child['’]s|the mother['’]s) own (?:words|time|language|home|car)|own time|word for word|"
    r"directly|herself|himself|out of hours|without waiting|in person|face to face|promptly|"
    r"immediately|weekly|fortnightly|daily|patient\w*|gently|kindly|quietly|after hours|by name|"
    r"one (?:by one|after another)|side by side|in plain (?:words|terms|language)|"
    r"so that (?:he|she|"
    r"they|the)|in order (?:that|to)|to find out|to make sure|before (?:the|she|he|going|discharge|"
    r"leaving)|for (?:\w+ ){1,2}(?:hours|months|years|weeks)|at (?:two|three|four|five|six|"
    r"midnight) in "
    r"the|through the night|word and|line by line|beside (?:him|her|the)|where (?:he|she|"
    r"they) (?:was|"
    r"were|felt))\b"
)
_PRAISE = re.compile(
    r"\b(?:effective(?:ly)?|well[- ](?:\w+ed|led|run|kept|made|known)|(?:very |"
    r"particularly )?well|good|"
    r"strong\w*|timely|robust|skilled|skilful\w*|clear\w*|helpful\w*|benefit\w*|positive\w*|"
    r"valued?|"
    r"valuable|success\w*|appropriate\w*|thorough\w*|improved?|improving|prompt\w*|"
    r"comprehensive\w*|"
    r"regular\w*|exemplary|excellent|outstanding|commend\w*|credit|impress\w*|sensitive\w*|"
    r"careful\w*|"
    r"persistent\w*|tenaci\w*|humane|thoughtful\w*|creative\w*|high[- ]quality|high standards?|"
    r"confident\w*|quick\w*|swift\w*|detailed|child[- ]cent(?:red|ered)|purposeful\w*|responsive|"
    r"supportive|committed|knowledgeable|experienced|stable|strengthen\w*|enables?|ensures?|"
    r"makes? a difference|brings? together|know each other|go(?:es)? beyond|went beyond|"
    r"rightly|listened to|tailored|highly|"
    r"know (?:children|families|their)|helps?|helping)\b"
)
_SHORTFALL = re.compile(
    r"\b(?:not|no|nor|never|none|nobody|nothing|neither|lack\w*|insufficient\w*|inadequate\w*|"
    r"inconsisten\w*|weak\w*|poor\w*|limited|too (?:few|many|long|often|late|slow\w*|high|"
    r"narrow\w*|much)|"
    r"delay\w*|drift\w*|late|rarely|seldom|absen\w+|gaps?|deficits?|shortcomings?|unclear|ineffective\w*|superficial|"
    r"over-?optimis\w+|unable|cannot|without|barriers?|struggl\w*|face value|fragment\w*|"
    r"overlooked|"
    r"unread|unanswered|untested|unrecorded|unseen|unheard|only (?:one|two|once|after|when)|"
    r"(?<!seen )(?<!spoken to )(?<!her )(?<!him )(?<!them )(?<!children )alone|"
    r"lost|missing|missed|incomplete|variab\w+|vague|confus\w+|duplicat\w+|backlogs?|overwhelmed|"
    r"waits?|waiting|high (?:caseloads?|turnover)|vacan\w+|closed (?:before|without|on the)|"
    r"out of date|(?:very |too |say |said )little|h[eo]ld back|wrong\w*|mistake\w*|slow|"
    r"difficult\w*|less|hidden|isolat\w+|stopped|lapsed)\b"
)
# Shortfalls of a family, and what tells of a child and not of practice.
_FAMILY_SUBJECT = re.compile(
    r"^(?:the |her |his |their |a )?(?:\w+ )?(?:mother|father|mum|dad|parents?|family|families|"
    r"grandmother|grandfather|stepfather|boyfriend|partner|child|children|baby|boy|girl|twins|"
    r"siblings?|brothers?|sisters?|he|she|[A-Z][a-z]+) (?:\w+ )?(?:did|was|were|had|has|is|"
    r"are|felt|"
    r"said|told|could|would|went|left|moved|lived|never|often|missed|lost)\b",
)
_CLEARS = re.compile(
    r"\b(?:could not have|no criticism|not to (?:criticise|blame)|not unreasonable|"
    r"no evidence that|"
    r"nothing (?:more|to suggest)|no reason to|cannot be (?:said|criticised|blamed)|"
    r"at the time|then (?:known|held|available)|in good faith|"
    r"(?:sensible|wise|reasonable|understandable) (?:answer|step|decision|choice|response)|"
    r"no (?:one|\w+) (?:could|can) have|not (?:known|aware) at)\b"
)
_GOOD_TURN = re.compile(
    r"\b(?:after (?:a )?challenge|without (?:ringing|waiting|asking|having)|"
    r"so that (?:they|children|families|parents|babies) (?:do|did) not|"
    r"(?:audits?|reviews?|dip samples?) (?:\w+ ){0,2}identif\w+ .{3,60}?(?:which|that|to|and) "
    r"(?:inform|lead|led|improve|shape|help)\w*|"
    r"no longer|not only|not just|no delay|without delay|never (?:gave up|missed|"
    r"cancelled|closed|"
    r"let)|did not (?:give up|close|accept|stop at|once cancel|wait|leave)|no child was|would not "
    r"(?:close|discharge|accept|let))\b"
)


_PAST = re.compile(
    r"\b(?:was|were|had|did|rang|went|kept|sat|wrote|drove|saw|took|gave|made|\w{3,}ed)\b"
)
_PRESENT = re.compile(r"\b(?:is|are|has|have|do|does|can)\b")


_GOOD_HEADING = re.compile(
    r"\b(?:good practice|(?:what|practice that) (?:has )?(?:helped|worked|went (?:well|right))|"
    r"effective practice|strengths?|what people did|(?:did|does) good look like|do well|did well|"
    r"has got better|works well|positive practice)\b"
)
_BAD_HEADING = re.compile(
    r"\b(?:got in the way|areas? for (?:development|improvement|priority action)|has not|"
    r"(?:was|were|is|are) not (?:perfect|working)|went wrong|difficult|problems?|weaknesses|"
    r"concerns?|needs? to improve|barriers?|gaps?)\b"
)


def side_of_heading(heading: str) -> str:
    """The role that a report's own heading gives to what stands under it; empty where none.

    Parameters
    ----------
    heading
        Headings from the outermost to the innermost, joined by " > "; the innermost decides.

    >>> side_of_heading("Analysis > Good practice"), side_of_heading("What got in the way")
    ('strength', 'problem')
    >>> side_of_heading("Strengths and areas for development"), side_of_heading("Health")
    ('', '')
    """
    for part in reversed(heading.casefold().split(" > ")):
        good, bad = bool(_GOOD_HEADING.search(part)), bool(_BAD_HEADING.search(part))
        if good or bad:
            return "" if good and bad else "strength" if good else "problem"
    return ""


def stands_on_its_side(text: str, role: str, confidence: float, *, is_headed: bool = False) -> bool:
    """Whether the words bear out a role that a model gave, beyond not contradicting it.

    Roles other than strength and problem pass.

    Parameters
    ----------
    text
        The sentence.
    role
        The role in which it would be quoted.
    confidence
        How sure the model is of it, 0..1.
    is_headed
        Whether the report's own heading says the same: then praise need not bear out a
        strength, nor a shortfall be told of somebody.

    >>> stands_on_its_side("The nurse rang the school again that afternoon.", "strength", 0.7)
    True
    >>> stands_on_its_side("Staff were reassured by the clean kitchen.", "strength", 0.9)
    False
    >>> stands_on_its_side("Calls were a sensible answer to closed wards.", "problem", 0.9)
    False
    >>> stands_on_its_side("The aunt's calls were not recorded by the team.", "problem", 0.7)
    True
    """
    if role not in ("strength", "problem"):
        return True
    veto, evidence = _tests(text, role)
    if veto or evidence:
        return not veto
    lower = text.lower()
    is_judgement = bool(_PRESENT.search(lower)) and not _is_narrative(lower)
    if role == "problem":
        is_sure = is_headed or (confidence >= SURE_ALONE and is_judgement)
        return (
            is_sure
            and bool(_SHORTFALL.search(lower))
            and not (_FAMILY_SUBJECT.match(text) and not is_headed)
        )
    if is_headed:
        return True
    # An inspection's present tense ("plans are reviewed on time") states a judgement; the
    # past tense of a narrative tells an event, and which side it is on must show in its words.
    is_about_work = _BY_WORKER.search(lower) or _WORK.search(lower)
    return confidence >= SURE_ALONE and bool(is_about_work) and is_judgement


def tells_of_service(text: str) -> bool:
    """Whether a sentence that begins with a child judges the work of a service all the same.

    >>> tells_of_service("Children who live with abuse are identified promptly by the police.")
    True
    >>> tells_of_service("The child was told by the school that he could go home.")
    False
    """
    lower = text.lower()
    is_plural = bool(re.search(r"\b(?:children|people|families|parents|pupils|babies)\b", lower))
    is_judgement = bool(_PRESENT.search(lower)) and not _OF_THE_PAST.search(lower)
    is_own_deed = bool(_OWN_DEED.search(lower))
    return is_plural and is_judgement and not is_own_deed and bool(_BY_SERVICE.search(lower))


_OF_THE_PAST = re.compile(r"\b(?:was|were|had|did)\b")

_OWN_DEED = re.compile(
    r"^(?:\w+ )?(?:children|people|families|parents|pupils) (?:often |still )?"
    r"(?:do not|don[’']t|rarely|never|seldom) (?:talk|speak|tell|return|answer|attend|engage|go)\b"
)
"""What children and families leave undone: told as a fault of practice it would blame them."""


_BY_SERVICE = re.compile(
    rf"\b(?:by|from|with|to) (?:the |a |an |their |its )?(?:[\w-]+ ){{0,6}}?{_WORKER}\b|"
    rf"\b(?:local authority|wait too long|needs (?:identified|met))\b"
)
"""Words by which what children meet is the work of a service."""


def _is_narrative(folded: str) -> bool:
    return bool(_PAST.search(folded)) and not _PRESENT.search(folded)


@lru_cache(maxsize=_CACHE_SIZE)
def _tests(text: str, role: str) -> tuple[bool, bool]:
    """Whether words speak against the role, and whether some bear it out."""
    lower = text.lower()
    is_question = text.rstrip(" ”\"'").endswith("?")
    veto = is_question or bool(_PLAN.search(text) or _CLEARS.search(lower))
    if role == "strength":
        return veto or _is_marred(text, lower), _is_good(text, lower)
    return veto or _is_not_a_fault(text, lower), _is_bad(lower)


def _is_marred(text: str, folded: str) -> bool:
    """Words of others, hope, doubt, lateness or a shortfall in what would be praised."""
    marks = (_NOT_DONE, _SINCE, _DOUBTFUL, _LATE_OR_CAUSE)
    if _QUOTATION.search(text) or any(p.search(folded) for p in marks):
        return True
    return bool(_SHORTFALL.search(folded)) and not _GOOD_TURN.search(folded)


def _is_good(text: str, folded: str) -> bool:
    """A good deed of somebody in a service, or praise of a service."""
    is_by_worker = _BY_WORKER.search(folded) is not None
    if not is_by_worker and (_FAMILY_SUBJECT.match(text) or _is_narrative(folded)):
        return False
    return bool(_PRAISE.search(folded)) or (is_by_worker and _is_good_deed(folded))


def _is_good_deed(folded: str) -> bool:
    return bool(_DEED.search(folded) and _GOOD_MANNER.search(folded))


def _is_not_a_fault(text: str, folded: str) -> bool:
    """A good turn, a good deed, what somebody told, or what a family did."""
    if any(p.search(folded) for p in (_GOOD_TURN, _TOLD, _DEMAND, _RESPONSE)):
        return True
    if _OPENS_WITH_QUOTATION.match(text) or _CONCEDES.search(folded):
        return True
    is_about_work = _BY_WORKER.search(folded) or _WORK.search(folded)
    return bool(_FAMILY_SUBJECT.match(text)) and not is_about_work


def _is_bad(folded: str) -> bool:
    """A shortfall of somebody in a service, or of its work, and no good deed."""
    folded = CONDITION.sub("", folded)
    is_about_work = _BY_WORKER.search(folded) or _WORK.search(folded)
    shortfall = _SHORTFALL.search(folded)
    if not is_about_work or not shortfall:
        return False
    # "she rang until the unread letter was found" is a good deed; "was not checked until May" none.
    deed = _DEED.search(folded)
    return not (deed and deed.start() < shortfall.start() and _GOOD_MANNER.search(folded))
