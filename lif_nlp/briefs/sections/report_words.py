"""Words by which sentences of a review are told apart: lessons, steps, events, method."""

from __future__ import annotations

import re

METHOD = re.compile(
    r"(?i)\b(?:this|the) (?:review|report|reviewers?|panel|authors?|document|briefing)\b|"
    r"\bterms of reference\b|\bcriteria\b|\bfictional\b|\bpseudonym|\boverdose|\btablets?\b|"
    r"\bcutting\b|\b(?:learning|recall) events?\b|\bdrafts?\b|^(?:Research|Members|Since)\b|"
    r"\bis (?:an?|the) (?:framework|tool|scheme|process|national|statutory|model|term|way of)\b|"
    r"\bis defined as\b|"
    r"\b(?:legal|criminal) fault\b|\bbreach(?:ed)? (?:any|no) (?:procedure|policy)\b|"
    r"^(?:National|Statutory|Government|Similar|Recent) (?:data|guidance|deaths|figures)\b|"
    r"\bon the research\b|\boffence since\b|\bmade by us\b|\b(?:required|duty) (?:in|by) law\b|"
    r"^The tool has \w+ (?:domains|parts|sections)\b|\bis a matter for\b|^We try\b|"
    r"^Good practice would be\b|^Several (?:described|staff|spoke|said)\b|\bused the phrase\b|"
    r"\bsaid so\b|\bdescribed in\b|\bsections? \d|\blike this one\b|^(?:YP|Whether|One can)\b|"
    r"^(?:Two|Three|Four|Five|Six|Seven) (?:is|are)\b|\bnot used it\b|\bit took\b|"
    r"\bhold a review\b|^Not\b|^\w+[’'] |"
    r"\bfor one (?:had|has|was|is)\b|"
    r"^(?:At|In|On|By|For|After|Before|From|With|Under|During|Since|Until) [^,]{3,40}?,? "
    r"(?:it|they) (?:was|were|had|is|are|did|could|would)\b|"
    r"\bwe (?:found|saw|read|heard)\b|\b(?:on|of|in|to|for|with|about) it\.$"
)
"""How a review was made, how somebody was hurt, what others found elsewhere, and definitions."""
LAW = re.compile(
    r"(?i)\b(?:have|has|had|under|is|are) (?:an? |the )?(?:(?:legal|statutory|general|public) )*"
    r"dut(?:y|ies) (?:to|of|under|in)\b|\b(?:is|are|was|were) (?:\w+ )?(?:entitled|required) to\b|"
    r"\b(?:is|are|became|made) (?:a |an )?(?:criminal )?offences?\b|\bin (?:English |UK )?law\b|"
    r"\b(?:the|an?|each|every|this) (?:Act|Regulations)\b|\bAct (?:19|20)\d\d\b|"
    r"\b(?:Working Together|statutory guidance|national guidance|the statute|legislation) "
    r"(?:to\b|says?|sets?|requires?|defines?|states?|expects?|is\b|makes?|asks?|provides?)|"
    r"^(?:Local )?[Ss]afeguarding partners must\b|\btwelve-month period\b|"
    r"\b(?:all|every) (?:children|child|patients?|parents?) .{0,30}(?:entitled|a right to)\b|"
    r"\bhave regard to\b"
)
"""What the law gives or asks of everyone: no finding of a review, and no request of it."""
STEP = re.compile(
    r"\b(?:should|must|will|be given|now)\b|\bto be \w+ed\b|\bto be told\b|"
    r"^(?:(?!is |are |was |were |had |has |have |known |decision |expected )[\w’'-]+ ){1,4}"
    r"to (?!the\b|an?\b)[a-z]+ |"
    r"\b(?:has|have) (?:since |now |already )?(?:been|begun|agreed|set|bought|placed|given|\w+ed)\b"
)
"""A step that is asked for or taken: no lesson, and nothing that was difficult."""
NO_CLAIM = re.compile(
    r"(?i) / |\bchapters?\b|^(?:part|section|appendix|stage|phase)\b|\blearning: "
)
"""The name of a part, or a path of them: it claims nothing."""
TOLD_ONCE = re.compile(
    r"\b(?:was|were|had|did|became|held|kept|took|gave|went|led|left|made|lost|saw|told|got|met)\b"
)
"""Verbs of what happened once."""
ENDS_ED = re.compile(r"\b\w{3,}ed\b")
RARE = re.compile(
    r"(?i)\b(?:wedding|funeral|doll|diary|guinea pig|horse|pony|riding|rugby|football|fish\w*|"
    r"bakery|church|mosque|temple|vicar|priest)\w*\b|"
    r"\b(?:nan|gran|cook|siblings?|brother|sister|aunt|wrist|broken|fractur\w+|wounds?|"
    r"another city|(?:foot ?|hand ?)?prints|blankets?)\b"
)
"""What a family is known by where it lives."""
UNSAID = re.compile(
    r"^The (?:provider|rooms)\b|\bthat (?:option|line|form|letter|meeting|call|month|April|year)\b|"
    r"^The service was\b|"
    r"\bthe thought\b|\b[Tt]he (?:line|matrix|proforma|national threshold)\b|"
    r"\b(?:believed|thought|felt|took|supposed) (?:it|they)\b|\bto press it\b"
)
OF_THE_CASE = re.compile(
    r"^One has\b|\b(?:I|me|my)\b|\bunderstood the scheme\b|\bthe national threshold\b|\b[Oo]urs\b|"
    r"\b[Tt]he (?:contact application|domestic abuse file|change of dose|contract)\b"
)
"""Things of a case that a reader of the brief has not met."""
OF_FAMILY = re.compile(
    r"(?i)\b(?:mother|father|mum|dad|parents|grand\w+|stepfather|step-?dad|aunt|uncle|partner|"
    r"sister|brother|siblings?|he|she|him|her|his|hers)\b"
)
ONE_WORKER = re.compile(
    r"^(?:The|An?) (?:[\w’']+ ){0,3}(?:workers?|managers?|officers?|nurses?|doctors?|teachers?|"
    r"visitors?|supervisors?|midwi\w+|chairs?|heads?)(?:['’]s)?\b"
)
PRESENT = re.compile(r"\b(?:is|are|has|have|do|does|can|cannot|needs?|makes?|helps?|matters?)\b")
PAST = re.compile(
    r"\b(?:was|were|had|did|rang|went|told|saw)\b|^(?:The )?(?:[\w’'-]+ ){1,3}(?!need)\w{3,}ed\b"
)
CLEARS = re.compile(r"(?i)\b(?:nobody|no one) .{0,30}(?:faults?|blames?)\b|\bnot to blame\b")
