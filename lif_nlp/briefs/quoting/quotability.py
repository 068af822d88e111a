"""Scores how safely a sentence can be quoted out of context.

A sentence that matches `_UNQUOTABLE` is never quoted; `_PENALTIES` cost points when candidates
are ranked.  Thousands of findings are scored for each brief, so patterns that ignore capitals
are written in lower case and matched against the lower-case text: with `(?i)` they take
several times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lif_nlp.briefs.quoting.thresholds import PENALTIES

CACHE_SIZE = 20_000
"""Texts whose result is kept, since several briefs share candidates: the findings of about
150 reports.  Smaller costs time, larger memory; chosen by judgement."""

_UNQUOTABLE = tuple(
    re.compile(pattern)
    for pattern in (
        # Refers to a sentence that the reader does not see.
        r"^(?:This|These|Those|That|They|It|Its|He|She|His|Her|Him|Their|Them|Such|However|Also|"
        r"Additionally|Furthermore|Moreover|Therefore|Consequently|As a result|Similarly|Likewise|"
        r"In addition|For example|For instance|Nevertheless|But|And|Or|So|Others?|Another|Both|"
        r"Here|Then|Thus|Yet|Instead|Otherwise|Again|Finally|First(?:ly)?|Second(?:ly)?|Third(?:ly)?|"
        r"Who|Which|In this|In these|In such|At this|At that|At those|Despite this|Despite these|"
        r"Following this|Due to this|Because of this|To this|By this|With this|For these|For this|"
        r"We|In contrast|By contrast|Conversely|Equally|In particular|Specifically|Overall|In one|"
        r"In a few|At its (?:best|worst)|"
        r"In fact|Not all (?:have|are|were|had)|In (?:all|some|most|many)(?: of the)? cases|"
        r"(?:In|For|With|At) (?:others|some)(?=,)|"
        r"Where it|When it|If it|As it|Apart from this|"
        r"Nonetheless|Although this|While this|While these|While they|While it|Where this|"
        r"When this|As such|Too often this)\b",
        r"\b(?:above|below|overleaf|paragraphs? \d+|aforementioned|the latter|the former|"
        r"see (?:page|paragraph|section|appendix|table|figure))\b|"
        r"\b(?:in|at|see|under|from) \d+(?:\.\d+)+\b|\b[Oo]urs\b|"
        r"\b[Tt]he (?:contact application|domestic abuse file|change of dose)\b",
        r"^There (?:is|are|was|were) also\b|, however\.$|"
        r"^There (?:remains?|is|are) (?:still )?(?:some |much )?(?:more|further) work\b|"
        r"^There (?:is|are|was|were) (?:\w+ ){0,3}(?:barriers|gaps|issues|hurdles)(?: in place)?,|"
        r"^There (?:is|are|was|were) (?:\S+ ){1,4}(?:them|it|this|these|those)\b",
        # A note of measurements, or one person's own statement.
        r"[<>]=?\s?\d|\bI\b(?! (?:and|or)\b)",
        r"\b(?:of|in|at|within|from|to|by|with|on|for|about|during|before|after) "
        r"(?:these|such(?! as\b)|this|that same) \w+",
        r"\bthe same (?:way|thing|reason|is true|was true)\b|\bas (?:described|mentioned|noted)\b",
        # "Both families" are two that the reader has not met.
        r"\bboth (?:of )?(?:the )?(?:families|children|boys|girls|homes|addresses|households)\b",
        # A note without its subject, as in the rows of an audit.
        r"^(?:Recorded|Seen|Noted|Reported|Discussed|Referred|Completed|Signed|Closed|Visited|"
        r"Reviewed|Offered|Given|Held)\b",
        # Somebody or something that the report has told of before.
        r"^(?:Several|Some|Many|Most|None) (?:had|have|are|were|was|do|did|of|lack(?:ed)?|"
        r"need(?:ed)?|remain(?:ed)?|feel|felt|say|said)\b(?! (?:the )?(?:children|"
        r"parents|staff|families|young people|professionals|practitioners))|"
        r"^The (?:two|three|four|other|first|second|third|same|latter|former) \w+|"
        r"^On the other hand\b|^As a consequence\b|^(?:At|By) (?:first|last|that stage)\b|"
        r"\bdid not have the (?:form|template|letter|card|list)\b|"
        r"\bwhile (?:he|she|they) (?:was|were)\b",
        r"\b(?:dealt|lived|coped) with it\b|"
        r"\bthis (?:decision|approach|work|issue|process|practice|area|is|was|has|had|means|meant|"
        r"and|or|could|can|may)\b|\b(?:like|about|do|did|say|said|know|knew) this\b",
        r"^The (?:comment|remark|reply|answer|point) |\bnot been (?:given|sent|told|shown) it\b",
        # A noun with a side clause, and no verb of its own.
        r"^An? (?:[\w’'-]+ ){1,4}in which\b|"
        r"^[^,]{5,60}, which (?:is|are|was|were|has|have)\b[^,]*$",
        # One event of one case: it points to a family, and says nothing of what comes back.
        r"^(?:Mother|Father|Parent|Child|Baby|Grandmother|Grandfather|Stepfather)(?:['’]s)? |"
        r"\bof \d{4} (?:did|was|were|had)\b|^(?:Within|After|Before) .{3,40}, (?:their|her|his)\b|"
        r"\bwhen the (?:\w+ )?(?:was|were) (?:found|made|seen|born|taken)\b|"
        r"\bon that da(?:te|y)\b|\bthis time\b|\bthat option\b|"
        r"\bthe (?:two|three|four|five) that\b|"
        r"\b(?:yr|wks?|w/o|\d(?:st|nd|rd|th)|n=\d+)\b|"
        r"\bof the (?:two|three|four|five|six|seven|eight|nine|ten)\b|^Taken together\b|"
        r"\bthat (?:review|report|scheme|week|year|winter|summer)\b|"
        r"\b(?:before|after) the (?:separation|incident|injury|arrest|birth of)\b",
        # Left by a word that the PDF draws out of its place.
        r"\s[’']s\b|[.!?] [a-z]+$",
        r"[?:;,\u2026]\s*$|\.\.\.",
        r"^All (?:two|three|four|five|six) |^(?:On|At) each (?:occasion|visit|contact)\b|"
        r"\bask(?:s|ed)? for it\b|\bof each\.$|^Root cause\b|^What (?:took|came) \w+ place\b|"
        r"\bthat (?:line|page|address|decision|visit|meeting|call|letter|night|form|doctor)\b",
        # A condition in place of a finding, and things that nobody names.
        r"\bthings (?:do|did|go|went|can|could|will|would|get|got)\b",
        # Two items of a list that a layout has run together.
        r"[•▪●◦‣]",
        # One worker of one place, and what only one family has.
        r"^The (?:DSL|(?:designated|named|head|class|lead) \w+|\w+ manager)"
        r"(?:,? who\b| (?:has|had|did|was)\b)|"
        r"\b(?:wedding|funeral|christening|dolls?|diary|diaries)\b",
        # A thing for something, with no verb of its own; somebody or something unnamed.
        r"^An? (?:way|place|means|chance|system|list|card|tool) (?:for|of|to)\b|"
        r"^(?:Some|Many|Most|Others|Several) (?:are|is)\b|^Inspections? includes?\b",
        r"^\W*[a-z0-9]",
        # One child's story is not for a team meeting.
        r"^An? (?:[\w-]+ ){0,3}(?:man|woman|boy|girl|child|baby|mother|father|teenager)\b",
    )
)
_UNQUOTABLE_LOWER = (
    re.compile(
        # Blame and hindsight are never quoted, even where no label flags them.
        r"\b(?:(?:should|could|might|would|ought to) (?:not )?have (?:been|\w+ed)\b|"
        r"fail(?:ed|ing|ings|ure|ures|s)?\b|neglected to\b|missed opportunit|"
        r"opportunit\w+ (?:\w+ ){0,3}(?:missed|lost)\b|let down\b|ignored\b|inexcusabl|"
        r"negligen|incompeten|avoidable\b|preventable\b|foreseeable\b|disguised compliance\b|"
        r"hard to reach\b|"
        # Refers to what the reader does not see.
        r"(?:this|these|those)[.’”]*$|what can be said|terms of reference\b|"
        r"this (?:report|review|letter|inspection|audit|section|chapter)\b|"
        # How a child died is not for a team meeting.
        r"rape[ds]?|strangl|stabb|decapitat|suicid|hanging|post[- ]mortem|autops|inquest|"
        r"cause of death|deceased|unresponsive|life extinct|was pronounced|"
        r"conclusion (?:of|was|recorded)|injuries|bod(?:y|ies) (?:was|were))"
    ),
    re.compile(
        r"^(?:\S+ ){0,8}the (?:victim )?(?:child|baby|infant|deceased) "
        r"(?:was|had|has|died|\w+ed)\b"
    ),
)
_REPORTERS = re.compile(
    r"\b(?:inspectors?|inspectorates?|reviewers?|the authors?|auditors?|the panel (?:\w+s|"
    r"was|were|\w+ed|heard|found|thought|did|saw)|the review (?:team|group|found|heard|"
    r"concluded|saw))\b"
)
"""The report's authors: a reader wants what was found, not that inspectors found it."""

# (points lost, whether the lower-case text is matched, pattern)
_PENALTIES = (
    (PENALTIES.personal_pronoun, False, r"\b(?:he|she|his|her|him|hers)\b"),
    (PENALTIES.early_pronoun, False, r"^(?:\S+ ){0,6}(?:their|they|them|it|its)\b"),
    (PENALTIES.also, False, r"^(?:\S+ ){0,4}also\b"),
    (PENALTIES.this_or_such, False, r"\b(?:this|such)\b"),
    # "Those who" points to nothing earlier, "those entries" does.
    (
        PENALTIES.these_or_those,
        True,
        r"\b(?:these|(?<!to )those(?! (?:who|with|in|that|whose|at|most|children|young|"
        r"families|responsible|working|affected|known|needing|living)\b)) \w+",
    ),
    (PENALTIES.statistic, True, r"%|\b(?:most common|per cent|proportion of)\b"),
    (
        PENALTIES.governance,
        True,
        r"\b(?:board|sub-?groups?|scrutin\w+|strategic\w*|corporate|governance|elected|"
        r"performance|leaders|commission\w*|audits?|arrangements|embedded|line managers|"
        r"workforce development|the local authority)\b",
    ),
    (
        PENALTIES.second_sentence_pronoun,
        False,
        r"[.!?] (?:This|These|They|It|However|As a result|Consequently)\b",
    ),
    (PENALTIES.second_sentence, False, r"[.!?] [A-Z]"),
    (PENALTIES.past_event, False, r"\b(?:had (?:not )?(?:been|\w+ed)\b|there (?:was|were)\b)"),
    (PENALTIES.digit, False, r"\d"),
    (PENALTIES.aside, False, r"[;(]"),
    (PENALTIES.abbreviation, False, r"\b[A-Z]{2,}\b"),
    (
        PENALTIES.family_member,
        False,
        r"\bthe (?:mother|father|baby|boys?|girls?|siblings?|twins|brothers?|sisters?|"
        r"young person|family|grandmother|grandfather|stepfather|parents)\b",
    ),
    (
        PENALTIES.single_event,
        False,
        r"^The (?:[\w’'-]+ ){1,3}(?:did|had|was|were|could|would|went|spoke|told|"
        r"rang|knew|saw|made|took|gave|lost|ran|fell|broke|left|stood|sat|held|kept|began|became|"
        r"brought|heard|met|sent|wrote|found|[a-z]{3,}ed)\b"
        r"|^The (?:[\w’'-]+ ){0,3}(?:letter|e-?mail|message|call|note|entry|photograph)\b[^.]{0,80}"
        r"\b(?:was|were)\b",
    ),
    (PENALTIES.first_person_plural, False, r"\b(?:we|our|you|your)\b"),
    (PENALTIES.first_person, False, r"\bI\b"),
    (PENALTIES.no_full_stop, False, r"(?s)^.*[^.!:’”\"']$"),
)
_COMPILED_PENALTIES = tuple(
    (cost, folded, re.compile(pattern)) for cost, folded, pattern in _PENALTIES
)
# Words that are more often nouns ("support", "needs") count only after a plural.
_VERB = re.compile(
    r"(?<!\bto )(?<!-)\b(?:is|are|was|were|has|have|had|do|does|did|can|cannot|could|will|would|"
    r"may|must|should|made|makes?|ensures?|knows?|knew|receives?|provides?|meant|led|reach(?:es)?|"
    r"tells?|told|"
    r"meets?|met|sees?|saw|hears?|heard|speaks?|spoke|attends?|understands?|listens?|builds?|built|"
    r"holds?|held|takes?|took|gives?|gave|keeps?|kept|asks?|goes|go|went|gets?|got|sends?|sent|"
    r"writes?|wrote|seeks?|sought|shows?|responds?|considers?|identif(?:y|ies)|recognises?|"
    r"describes?|remains?|contributes?|feels?|felt|brings?|brought|comes?|came|becomes?|became|"
    r"leaves?|left|waits?|rel(?:y|ies)|demonstrates?|undertakes?|continues?|believes?|rings?|rang|"
    r"supports|works|helps|lacks|uses|\w{3,}ises|"
    r"(?<=s )(?:use|work|help|support|offer|need|lead|lack|challenge|benefit)|"
    r"(?:(?<=s )|(?<=hildren )|(?<=eople )|(?<=taff ))(?:experience|live|wait|act|visit|"
    r"identify|praise|want|find|share|agree))\b"
)
_BEGINS_CLAUSE = re.compile(r"(?<!^)(?:,|\b(?:which|that|who|whom|whose|where|when|if|how|so)\b)")
_PAST = re.compile(r"(\S+) (?!need)\w{3,}ed\b(?! by\b)")
_NO_SUBJECT = re.compile(
    r"(?i)^(?:an?|the|of|with|by|and|or|to|for|in|on|as|more|most|less|well|newly|not|being|"
    r"\S+ly|\S+,)$"
)
_CONCESSION = re.compile(
    r"^(?:(?:in|at|for|of|across|within|overall)\b[^,;]{0,60}, )?"
    r"(?:while|whilst|although|though)\b",
    re.IGNORECASE,
)
# What a role needs in its words, and what contradicts it.
_DEMAND = re.compile(r"\b(?:should|must|needs? to|are required to|recommend\w*)\b")
_DEFICIT = re.compile(
    r"\b(?:not|no|nor|never|none|nobody|nothing|little|few|lack\w*|insufficient\w*|inadequate\w*|inconsisten\w*|varia\w+|"
    r"weak\w*|poor\w*|limited|too (?:few|many|long|often|late)|delay\w*|drift|late|rarely|seldom|"
    r"absen\w+|gaps?|unclear|ineffective\w*|over-?optimis\w+|underdeveloped|sparse|difficult\w*|"
    r"however|although|though|but|despite|yet|only|less|unable|cannot|without|barrier\w*|"
    r"inhibit\w*|constrain\w*|undermin\w*|struggl\w*|face value|fragment\w*)\b"
)
_ORDER = re.compile(
    # "Review strategy meetings are often convened" asks for nothing.
    r"^(?!Review (?:\w+ ){0,3}(?:is|are|was|were|has|have|takes?)\b)"
    r"(?:Ensure|Improve|Review|Strengthen|Develop|Consider|Continue|Make sure|Increase|Address|"
    r"Work with|Agree|Provide|Take|Monitor|Establish|Accelerate|Evaluate|Promote)\b"
)
CONDITION = re.compile(r"(?<!\bas )(?<!\beven )\bif\b[^,.;]*")
"""A condition, in whose words nothing has gone wrong yet."""

_HELPS = re.compile(
    r"\bso that\b|\bwhich (?:helps?|enables?|allows?)\b|\b(?:enabling|helping|allowing)\b"
)
_PRAISE = re.compile(
    r"\b(?:effective\w*|well|good|strong\w*|timely|robust|skilled|clear\w*|helpful|helps?|benefit\w*|"
    r"positive\w*|valued?|valuable|success\w*|relevant|appropriate\w*|thorough\w*|improved?|"
    r"ensures?|enables?|supports?|prompt\w*|comprehensive|regular\w*)\b"
)
_AVERTED = re.compile(
    r"\b(?:ensur\w+|so) that there (?:is|are) no\b|"
    r"\b(?:used|works?|working|managed) (?:very )?well\b|\bwithout (?:drift|delay)\b|"
    r"\b(?<!not )(?:routinely|regularly|consistently|readily) (?:escalat|challeng|identif)\w+"
)
"""Something bad that does not happen, or a thing done well: praise, though it names a deficit."""

_STEP = re.compile(
    r"\b(?:should|must|plans? to|recommend\w*|since the|"
    r"ha(?:s|ve) (?:now |recently |since )?(?:introduced|begun|established|developed|set up|"
    r"started|launched|agreed|created|revised|commissioned|strengthened|put)|"
    r"are developing|is developing|are working to|is working to)\b"
)
# A cause, never a consequence: "leading to" counts only after a condition of work.
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a (?:result|consequence) of (?!\w* ?(?:parent|domestic|"
    r"neglect|abuse|harm|trauma|this|these|their))|on account of|caused by|"
    r"attribut\w+ to|contribut\w+ to|reasons? (?:for|why|is|are|was|were)|explain\w*|"
    r"which (?:limits?|slows?|delays?)|(?:not (?:been )?|never )trained|"
    r"hinder\w*|hamper\w*|inhibit\w*|prevents?|prevented|makes? it (?:hard|difficult))\b|"
    r"\b(?:lack|absence|shortages?|capacity|workloads?|caseloads?|turnover|vacanc\w+|systems?|"
    r"training|guidance|polic(?:y|ies)|process\w*|protocols?|pressures?|demand|budgets?|funding|"
    r"resources?|supervision|culture|confidence|knowledge)\b.{0,60}?"
    r"\b(?:means?|meant|leads?|led|leading|results?|resulted|resulting)\b"
)


_OF = re.compile(r"^The (?:\w+ ){1,3}of\b")
"""A beginning of many noun phrases: "The efforts of ... to ensure that ... are safe."."""

_HE_OR_SHE = re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself)\b")
_ONE_PERSON = re.compile(
    r"\b(?:child|baby|infant|toddler|girl|boy|mother|father|mum|dad|parent|woman|man|sibling|"
    r"sister|brother|son|daughter|pupil|student|teenager|person|carer|partner|patient|adult|"
    r"\w*(?:worker|visitor|officer|nurse|midwife|doctor|teacher|adviser|manager|practitioner|"
    r"therapist|paediatrician|consultant|registrar|gp|head|lead|grandmother|grandfather|aunt|"
    r"uncle|supervisor|interpreter|paramedic|advocate|guardian|psychologist|someone|anyone|"
    r"everyone))\b"
)
"""People whom "he" or "she" can mean."""

_NOT_SHOWN = re.compile(r"\b(?:no|little|limited|insufficient) (?:clear )?evidence (?:that|of)\b")


@lru_cache(maxsize=CACHE_SIZE)
def is_unquotable(text: str, *, testimony: bool = False) -> bool:
    """Whether a sentence cannot be quoted out of context, or must not be.

    In `testimony` it may name who listened: "Parents told inspectors ...".

    >>> is_unquotable("This was not always the case."), is_unquotable("Plans are reviewed on time.")
    (True, False)
    """
    lower = text.lower()
    if any(pattern.search(text) for pattern in _UNQUOTABLE) or not has_paired_marks(text):
        return True
    if any(pattern.search(lower) for pattern in _UNQUOTABLE_LOWER):
        return True
    if lacks_antecedent(lower) or (_OF.match(text) and verb_comes_late(text)):
        return True
    return (not testimony and bool(_REPORTERS.search(lower))) or not has_verb(text)


def blames(text: str) -> bool:
    """Whether words judge with hindsight, lay blame, or tell how a child died.

    >>> blames("The referral should have been read."), blames("Letters take a week.")
    (True, False)
    """
    return bool(_UNQUOTABLE_LOWER[0].search(text.lower()))


def lacks_antecedent(text: str) -> bool:
    """Whether "he" or "her" stands before anyone is named whom it could mean.

    >>> lacks_antecedent("her answers were not read"), lacks_antecedent("the nurse saw her")
    (True, False)
    """
    lower = text.lower()
    pronoun = _HE_OR_SHE.search(lower)
    return pronoun is not None and not _ONE_PERSON.search(lower[: pronoun.start()])


def has_paired_marks(text: str) -> bool:
    """Whether quotation marks and brackets come in pairs."""
    pairs = text.count("“") == text.count("”") and text.count("(") == text.count(")")
    return pairs and text.count('"') % 2 == 0


def has_verb(text: str) -> bool:
    """Whether a text holds a finite verb, and so is more than a noun phrase.

    >>> has_verb("Timely letters to nurses."), has_verb("Nurses noticed the bruise.")
    (False, True)
    """
    if _VERB.search(text):
        return True
    return any(not _NO_SUBJECT.match(match.group(1)) for match in _PAST.finditer(text))


@lru_cache(maxsize=CACHE_SIZE)
def penalty(text: str, *, kind: str = "paragraph", role: str = "") -> float:
    """Points that a text loses, from 0 upwards, for what may puzzle a reader.

    Parameters
    ----------
    text
        The sentence.
    kind
        Kind of its block; only "bullet" matters.
    role
        Role in which it would be quoted.

    >>> penalty("Plans are clear."), penalty("Plans (2021) are clear.")
    (0, 0.3)
    """
    lower = text.lower()
    points = sum(
        cost
        for cost, fold, pattern in _COMPILED_PENALTIES
        if pattern.search(lower if fold else text)
    )
    if kind == "bullet" and verb_comes_late(text):
        points += PENALTIES.late_verb
    if role in {"strength", "problem"} and _DEMAND.search(text):
        points += PENALTIES.demand
    if role == "problem" and not _DEFICIT.search(CONDITION.sub("", lower)):
        points += PENALTIES.no_deficit
    if role == "strength" and not (_PRAISE.search(lower) or _HELPS.search(text)):
        points += PENALTIES.no_praise
    return points


def verb_comes_late(text: str) -> bool:
    """Whether the first verb follows a comma or a side clause."""
    verb, clause = _VERB.search(text), _BEGINS_CLAUSE.search(text)
    return bool(clause and (verb is None or clause.start() < verb.start()))


def concedes_first(text: str) -> bool:
    """Whether a sentence first grants something, so that readers meet the contrary of its point.

    >>> concedes_first("In homes, while supervision takes place regularly, its effect varies.")
    True
    >>> concedes_first("Supervision is irregular, although files are signed.")
    False
    """
    return _CONCESSION.match(text) is not None


def contradicts_role(text: str, role: str) -> bool:
    """Whether the words contradict the role in which they would be quoted.

    Labels are sometimes wrong, and a strength with a "not" in it, or a problem with nothing
    but praise, would make a reader doubt the whole brief.

    >>> contradicts_role("Plans are not clear.", "strength")
    True
    >>> contradicts_role("Plans are clear.", "problem")
    True
    >>> contradicts_role("The trust has introduced a plan.", "action")
    False
    """
    if role == "action":
        return not (_STEP.search(text) or _ORDER.search(text))
    if _ORDER.search(text):
        return True
    # "Carers are assessed if children are unable to stay" names no lack of practice.
    lower = CONDITION.sub("", text.lower())
    deficit = bool(_DEFICIT.search(lower))
    if role == "problem":
        return _AVERTED.search(lower) is not None or (not deficit and bool(_PRAISE.search(lower)))
    return role == "strength" and deficit


def gives_reason(text: str) -> bool:
    """Whether the words show a reader why something happened, and not only what followed.

    >>> gives_reason("Letters came late because the system could not send them.")
    True
    """
    lower = text.lower()
    return bool(_REASON.search(lower)) and not _NOT_SHOWN.search(lower)
