# ruff: noqa: E501 - tables of patterns, one idea per line
"""Names of agencies that mean something else in other company: data for `agencies`.

Keys are folded phrases as `lexicon.fold` makes them.  `need` must be met near the
name for it to count, `refuse` must not; both look at the words of the sentence.
`as_written` asks for the capitals of the framework (Prevent, not prevent).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What must and must not stand around an ambiguous name.

    `before` and `after` refuse by the words that touch the name.
    """

    need: re.Pattern[str] | None = None
    refuse: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    as_written: bool = False


_EATING = r"eating|anorexi\w*|bulimi\w*|binge\w*|purging|BMI|meal plan"
_HOSPITAL = r"hospital|attend\w*|present\w*|injur\w*|triage\w*|doctors?|consultants?|paediatric\w*|nurses?|ambulance|x-?ray|discharg\w*|admitted|emergency|staff|visits?|registrar|clinician\w*"
_SCHOOL = r"school|exclu\w*|pupils?|timetable|PRU|education\w*|placement|attend\w*|curriculum|provision|EHE|mainstream"

CONTEXTS = {
    "ed": Context(need=_words(_HOSPITAL), refuse=_words(_EATING)),
    "ap": Context(need=_words(_SCHOOL), refuse=_words(r"approved premises|probation|licence")),
    "sw": Context(refuse=_words(r"south west|region\w*|postcode|London SW")),
    "sn": Context(need=_words(r"school|health|nurse|pupils?|HV|weigh\w*|drop-in")),
    "hv": Context(need=_words(r"visit\w*|bab\w+|health|child\w*|mother|midwi\w+|GP|clinic|review\w*")),
    "la": Context(refuse=_words(r"Los Angeles|La La")),
    "asc": Context(need=_words(r"adult\w*|social care|safeguarding|transition\w*|care act|team|referral\w*|services?"),
                   refuse=_words(r"autis\w*|ADHD|diagnos\w*|spectrum|neurodivers\w*|sensory|EHCP")),
    "cpc": Context(need=_words(r"chairs?|chaired"), after=_words(r"^\W*(?:minutes|was held|decided)")),
    "mat": Context(need=_words(r"academ\w+|trust|schools?|governors?"), as_written=True),
    "ppu": Context(need=_words(r"police|officer\w*|detective|protect\w*|referral\w*|constabulary")),
    "pvp": Context(need=_words(r"police|officer\w*|detective|notification|referral\w*|constabulary|form")),
    "ifa": Context(need=_words(r"foster\w*|carer\w*|placement\w*|agency|agencies")),
    "raa": Context(need=_words(r"adopt\w*|agency|match\w*")),
    "111": Context(need=_words(r"call\w*|rang|NHS|ambulance|advice|phoned|contacted|telephoned")),
    "da": Context(refuse=re.compile("")),
    "cp": Context(refuse=re.compile("")),
    "prevent": Context(as_written=True),
    "front door": Context(
        before=re.compile(r"\b(?:their|his|her|own|behind the|opened the|open the|locked|knock\w* (?:at|on) the|the family['’]s|the flat['’]s)\s*$", re.IGNORECASE),
        after=re.compile(r"^\W*(?:was (?:locked|open|damaged|broken|ajar)|lock\b|key\b|of the (?:house|flat|home|property))", re.IGNORECASE),
    ),
    "surgery": Context(
        refuse=_words(r"operat(?:ion|ed|ing)|surgeon\w*|an(?:a)?esthe\w+|theatre|bypass|spinal|keyhole|elective|cardiac|orthopaedic|post-?operative|bariatric|plastic|underwent|undergo\w*"),
        after=re.compile(r"^\W*(?:to (?:repair|remove|his|her)|for (?:his|her|an?))", re.IGNORECASE),
    ),
    "college": Context(before=re.compile(r"\bRoyal\s*$"), after=re.compile(r"^\W*of (?:Policing|Nursing|Surgeons|Physicians|Emergency|Psychiatrists|Paediatrics|Radiologists|General|Social)")),
    "council": Context(after=re.compile(r"^\W*(?:tax|house|flat|estate|tenan\w+)", re.IGNORECASE), before=re.compile(r"\b(?:Medical|Nursing and Midwifery|Professions|in care|Privy|Research|Resuscitation|Youth|British|school)\s*$", re.IGNORECASE)),
    "children in care council": Context(refuse=re.compile("")),
    "school": Context(before=re.compile(r"\b(?:old|medical|driving|boarding house|drama|business|law)\s*$", re.IGNORECASE), after=re.compile(r"^\W*(?:age|aged|holidays?|day|run|uniform|report card|leaver)", re.IGNORECASE)),
    "refuge": Context(need=_words(r"domestic|wom[ae]n|victims?|flee\w*|fled|abuse|provider|space|accommodation|IDVA|Women's Aid")),
    "residential": Context(need=_words(r"home|care|placement|children|provider|unit|worker\w*|staff|setting"), after=re.compile(r"^\W*(?:street|address|area|property|road)", re.IGNORECASE)),
    "recovery service": Context(after=re.compile(r"^\W*vehicle", re.IGNORECASE), refuse=_words(r"vehicle|roadside|breakdown|motorway")),
    "housing": Context(need=_words(r"provider|association|department|team|officer\w*|services?|tenan\w+|council|homeless\w*|partners?|agencies|landlord|register\w*|authority"),
                       after=re.compile(r"^\W*(?:conditions|stock|benefit|costs|need)", re.IGNORECASE)),
    "nursery": Context(after=re.compile(r"^\W*(?:rhyme|furniture)", re.IGNORECASE)),
    "dental": Context(need=_words(r"dentist\w*|service\w*|practice|surgery|hospital|clinic|appointments?|treatment|team|extraction\w*|general anaesthetic")),
    "hospital": Context(after=re.compile(r"^\W*(?:bed\b|gown|food)", re.IGNORECASE)),
    "police": Context(before=re.compile(r"\bCollege of\s*$")),
    "probation": Context(after=re.compile(r"^\W*(?:period|review meeting)", re.IGNORECASE), refuse=_words(r"probationary")),
    "charity": Context(after=re.compile(r"^\W*(?:shop|event|run)", re.IGNORECASE)),
    "governor": Context(need=_words(r"school\w*|head ?teacher|governing|academ\w+|education"), refuse=_words(r"prison\w*|HMP|YOI|wing")),
    "psychology": Context(need=_words(r"clinical|educational|team|service\w*|department|forensic|CAMHS|support|assessment")),
    "perinatal": Context(need=_words(r"mental|team|service\w*|mother|postnatal")),
    "consultant": Context(need=_words(r"hospital|paediatric\w*|psychiatr\w*|ward|medical|registrar|clinic\w*|doctor\w*|surg\w+|radiolog\w*|obstetric\w*|patients?|bruis\w*|injur\w*|scan|CAMHS"), refuse=_words(r"management consultant\w*|consultancy")),
    "registrar": Context(need=_words(r"hospital|paediatric\w*|psychiatr\w*|ward|medical|on[\s-]call|doctor\w*|clinic\w*|specialty"), refuse=_words(r"births|marriages")),
    "surgeon": Context(before=re.compile(r"College of\s*$")),
    "coach": Context(need=_words(r"sports?|football|rugby|swimming|gym\w*|club|team|dance|boxing|athletics|tennis"), after=re.compile(r"^\W*(?:journey|trip|travel|driver|station|party)", re.IGNORECASE)),
    "judge": Context(after=re.compile(r"^\s+(?:whether|that|how|the (?:impact|quality|effect)|it|this)\b"), before=re.compile(r"\b(?:to|we|cannot|can)\s*$", re.IGNORECASE)),
    "spa": Context(need=_words(r"referral\w*|access|contact\w*|MASH|front door|screen\w*|triage")),
    "crc": Context(need=_words(r"probation|offender\w*|company|rehabilitation|NPS|licence|manag\w+")),
    "eh": Context(need=_words(r"help|assessment|family|plan|team|worker|MASH|support")),
    "salt": Context(need=_words(r"speech|language|therap\w*|communication|feeding|referral\w*|school")),
    "residential home": Context(refuse=_words(r"elderly|dementia|older (?:people|adults?)|Mrs|resident was aged")),
    "residential care": Context(refuse=_words(r"elderly|dementia|older (?:people|adults?)")),
    "fire and rescue": Context(before=re.compile(r"\bConstabulary and\s*$", re.IGNORECASE), refuse=_words(r"HMICFRS|Inspectorate of Constabulary")),
    "constabulary": Context(before=re.compile(r"\bInspectorate of\s*$", re.IGNORECASE)),
}
