"""Which sentences carry what children and families themselves said or felt.

A sentence about how well a service listens is not testimony, nor is what one parent
said in an inquiry: the first is about us, the second could tell who they were.
"""

from __future__ import annotations

import re

_PEOPLE = (
    r"(?:children and young people|children and (?:their )?families|"
    r"parents and (?:carers|children)|children|young people|young (?:women|men|carers)|"
    r"care leavers|pupils|teenagers|siblings|"
    r"brothers and sisters|parents|mothers|fathers|families|relatives|grandparents|"
    r"(?<!oster )(?<!inship )carers)"
)
_SOME = (
    r"(?:(?:many|most|some|all|the majority|a number|several|other|older|younger|disabled|those|"
    r"birth|the|care-experienced) (?:of (?:the )?)?)*"
)
_MET = r"(?:,? (?:who|whom|with whom) [^.;]{3,45}?)?"
_BETWEEN = (
    r"(?:,? (?:(?!(?:who|to|for|of|from|is|are|was|were|be|been|being|with|by|not|as|this|that|"
    r"which|in|and|but|so|than)\b)[\w’'-]+)){0,5}?(?: in care| looked after)?"
)
_TELLS = (
    r"(?:said|say|told|tell|described?|report(?:ed)?(?! missing)|feel|felt|express(?:ed)?|"
    r"explain(?:ed)?|spoke|speak(?! English)|value|appreciated?|wanted|"
    r"wish(?:ed)?(?! to (?:stay|be))|worry|worried|agreed? that|shared with|think|thought|"
    r"believed?|praised?|complain(?:ed)?|comment(?:ed)?)"
)
_SAID = re.compile(
    rf"(?i)(?:^|[.;:,] |, and |\b(?:but|while|although|because|means that|result is that) )"
    rf"{_SOME}{_PEOPLE}{_MET}{_BETWEEN},? {_TELLS}\b"
)
# Whose words belong to one inquiry, or a service that is called after children and families.
_NOT_SAID = re.compile(
    r"(?i)^the (?:parents|children|families|family|siblings|mother|father)\b(?! who)|"
    r"\b(?:office of|county|services?|department (?:for|of)) children\b|"
    r"\b(?:indicated|perpetrator)|\bhelp(?:s|ed|ing)? (?:\w+ ){0,4}feel\b"
)
_HARD = re.compile(
    r"(?i)\b(?:not|no|never|lack\w*|few|frustrat\w*|upset\w*|worr\w+|concern\w*|challeng\w+|"
    r"difficult\w*|hard\w*|unclear|unsafe|broken|variab\w+|negative\w*|fear\w*|lonel\w+|confus\w+|"
    r"delay\w*|wait\w*|rarely|unhappy|ignored|change of worker|changes? of|let down|struggl\w+|"
    r"prevented|poor\w*|without|too (?:many|long|late|often|few))\b"
)
_GLAD = re.compile(
    r"(?i)\b(?:highly|valued?|appreciated?|positive\w*|well|safer?|supported|supportive|help\w*|"
    r"brilliant|good|great|excellent|heard|listened|trust\w*|proud|happy|joyful\w*|praised?|"
    r"favourabl\w+|warm\w*|lifeline|meaningful|cared for|confident|better|easier|kind\w*|"
    r"respect\w*|knowledgeable|accessible|welcom\w+)\b"
)
_VIEWS = (
    r"(?:views?|voices?|feedback|wishes|suggestions?|ideas|what (?:\w+ ){1,3}(?:say|said|tell|told)"
    r"|co-?produc\w+|council|forum)"
)
_WHOSE = r"(?:child(?:ren)?|young people|care leavers|parents|families|carers)"
_TAKEN_UP = (
    r"(?:led to|resulted in|influenc\w+|shap(?:e[sd]?|ing)|act(?:s|ed)? (?:up)?on|"
    r"respond(?:s|ed)? to|ha(?:s|ve) changed|redesign\w*|design(?:s|ed)?|created?|produced?|"
    r"used to (?:improve|develop|shape|change|inform|plan))"
)
_DID = re.compile(
    rf"(?i)\b{_WHOSE}\b.{{0,60}}\b{_VIEWS}\b.{{0,90}}\b{_TAKEN_UP}\b|"
    rf"\b{_VIEWS}\b.{{0,40}}\b{_WHOSE}\b.{{0,90}}\b{_TAKEN_UP}\b|"
    rf"\b{_WHOSE} (?:\w+ )?(?:have |has )?(?:helped (?:to )?(?:design|write|shape|develop|recruit|"
    r"choose|train)|designed|co-designed|influenced|shaped|chose|wrote)\b|"
    rf"\b(?:in response to|because of|based on) .{{0,40}}\b{_WHOSE}\b.{{0,20}}\b{_VIEWS}\b"
)
_INTENDS = re.compile(
    r"(?i)\b(?:commitment|committed|attendance|involvement by|keen|aims?|captured|listened to|"
    r"considered|taken into account|how (?:\w+ ){1,3}(?:is|are) (?:designed|delivered|shaped))\b"
)
"""Who means to listen, or has listened, has not yet done anything."""

_OWN_PLAN = re.compile(r"(?i)\b(?:assessments?|plans?|planning|case records?|decisions|analysis)\b")
_CHANGED = re.compile(
    rf"(?i)\b{_WHOSE}\b[^,]{{0,90}}\b(?:(?:feel|are|is|be) safer|now (?:have|feel|know|receive|get|"
    r"see|can|live)|ha(?:s|ve) (?:much |significantly |considerably )?improved|"
    r"(?:having|making|made|makes) an? (?:\w+ )?(?:impact|difference)|"
    r"(?:good|real|positive) progress)\b|"
    rf"\bas a result,? (?:of [^,]{{3,50}}, )?(?:\w+ ){{0,2}}{_WHOSE}\b"
)


_REVIEWER = re.compile(
    r"(?i)^(?:(?:finding|theme|learning point|lesson|recommendation|key line) \d+[.:]? )?"
    r"(?:the |local |many |most |some |all )*(?:professionals|practitioners|staff|workers|social "
    r"workers|health visitors|teachers|services|agencies|partners|leaders|managers|inspectors|"
    r"reviewers|plans|assessments|records)\b"
)


def is_of_services(text: str) -> bool:
    """Whether a sentence is a reviewer's on services, even if it speaks of children telling.

    >>> is_of_services("Finding 1. Professionals wait for children to tell.")
    True
    >>> is_of_services("Children told staff that they felt safe.")
    False
    """
    return bool(_REVIEWER.search(text)) and not _SAID.search(text)


def reports_voice(text: str) -> bool:
    """Whether several children or family members say or feel something in these words.

    >>> reports_voice("Care leavers told inspectors that they felt safe where they live.")
    True
    >>> reports_voice("Workers use drawings to understand how children feel.")
    False
    """
    return bool(_SAID.search(text)) and not _NOT_SAID.search(text)


def is_positive(text: str) -> bool:
    """Whether what is told is about something that helps.

    >>> is_positive("Parents said that they felt listened to.")
    True
    >>> is_positive("Parents said it was not kind.")
    False
    """
    return bool(_GLAD.search(text)) and not _HARD.search(text)


def is_negative(text: str) -> bool:
    """Whether what is told is about something that is hard, and not praise with one hard word.

    >>> is_negative("Parents said that nobody rang back and they did not know why.")
    True
    >>> is_negative("Parents said it was good and kind, and not rushed.")
    False
    """
    hard = len(_HARD.findall(text))
    return hard > 0 and hard >= len(_GLAD.findall(text))


def describes_response(text: str) -> bool:
    """Whether the words tell of a step taken from what children or families said.

    That a child's views went into the child's own plan is good, and no answer to all.

    >>> describes_response("Young people’s views have shaped the new leaflet.")
    True
    """
    is_step = bool(_DID.search(text)) and not _OWN_PLAN.search(text)
    return is_step and not _INTENDS.search(text)


def describes_change(text: str) -> bool:
    """Whether the words tell of something that is different now for children or families.

    >>> describes_change("Visits are regular and, as a result, children feel safer.")
    True
    """
    return bool(_CHANGED.search(text))
