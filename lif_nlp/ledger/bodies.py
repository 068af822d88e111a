"""Owners of actions as bodies and roles; names of persons stay in the source."""

from __future__ import annotations

import re

_BODY = re.compile(
    r"service|council|trust|board|team|lead\b|leads\b|manager|police|constabulary|school|partnership|head|chair|nurse"
    r"|doctor|officer|group|committee|agency|agencies|director|health|care|commission|forum|unit|college|practice"
    r"|hospital|provider|social|education|all\b|coordinator|scrutineer|business|midwi|governor|probation|housing"
    r"|youth|department|authority|secretar|executive|administrat|principal|partners?\b|network",
    re.IGNORECASE,
)
_INITIALISM = re.compile(r"\b[A-Z]{2,6}\b")
_PARTS = re.compile(r"\s*(?:;|/|\n|,|\band\b|&)\s*")


def bodies_in(cell: str) -> str:
    """The bodies and roles of an owner's cell, joined by semicolons.

    >>> bodies_in("Constabulary; Ann Other"), bodies_in("Head of Early Help (A. Other)")
    ('Constabulary', 'Head of Early Help')
    """
    # "Designated nurse (J. Smith)": the role stays, the person goes.
    plain = re.sub(r"\((?:[A-Z]\.? ?)+[A-Z][a-z]+\)", "", cell).strip()
    if not re.search(r"[;/\n,]|\band\b|&", plain):
        return plain if _is_body(plain) else ""
    parts = [part.strip() for part in _PARTS.split(plain) if part.strip()]
    return "; ".join(dict.fromkeys(part for part in parts if _is_body(part)))


def is_body(name: str) -> bool:
    """Whether a short name holds a word for a body or a role.

    >>> is_body("Constabulary"), is_body("Update")
    (True, False)
    """
    return len(name.split()) <= MAX_BODY_WORDS and _BODY.search(name) is not None


MAX_BODY_WORDS = 4
"""Words of a column that is called after an agency ("Children's social care")."""


def is_written_as_name(line: str) -> bool:
    """Whether most words of a line without a full stop have capitals, as in names and addresses.

    >>> is_written_as_name("Children’s Social Care"), is_written_as_name("Staff were told.")
    (True, False)
    """
    words = re.findall(r"[A-Za-z][\w’'-]*", line)
    capital = sum(word[0].isupper() for word in words)
    has_end = line.rstrip().endswith((".", "!", "?"))
    return len(words) > 1 and not has_end and capital >= NAME_SHARE * len(words)


NAME_SHARE = 0.7
"""Share of capitalised words from which a line without a full stop is a name; judgement."""


_ANSWERING = re.compile(
    r"\b(?:service|services|council|trust|board|teams?|police|constabulary|force|schools?|academ(?:y"
    r"|ies)|colleges?|nurser(?:y|ies)|partnership|hospitals?|surger(?:y|ies)|practices?|clinics?"
    r"|pharmac(?:y|ies)|general practice|gps|social care|agenc(?:y|ies)|association|homes"
    r"|departments?|authority|commissioners?|committee|executive|governors|forum|federation|company"
    r"|provider|charity|probation|chief nurse|medical director|chief constable|head ?teachers?"
    r"|heads?|director|superintendent|inspectorate|midwi(?:fe|ves)|health visitors?|health|housing"
    r"|(?-i:[A-Z]{3,6}|St\.? [A-Z]\w+))\b",
    re.IGNORECASE,
)
_NOT_ANSWERING = re.compile(
    r"\b(?:reviews?|reviewers?|reports?|recommendations?|coroner|inspectors?|auditors?|author|you"
    r"|your|we|i|it|they|he|she|who|child|mother|father|parents?|famil(?:y|ies)|actions?|plans?"
    r"|that|which|when|where|if|because|although|since|until|while)\b"
    r"|^(?:(?:good|poor|best|safe|current|daily|social work) )?practice$"
    r"|(?:^|mental |sexual |physical |emotional |child |children[’']s )health$",
    re.IGNORECASE,
)
_PART_OF = re.compile(r" (?:about|across|at|between|by|for|from|in|of|on|to|with|within)\b")
"""What follows the body itself, or a thing of which a body is only a part."""

_SUBJECT = re.compile(
    r"\W*(?:(?:for|on behalf of|speaking for) )?(?P<who>(?:the |our |its |both |all )?"
    r"[^\s,;:.()]+(?: [^\s,;:.()]+){0,7}?)(?:, [^,;.]{2,60},)? (?:(?:also|now|still|both|then|alone"
    r"|therefore) )?"
    r"(?:has|have|had|will|would|is|are|was|were|does|do|did|can|could|cannot|may|accept\w*"
    r"|agree\w*|see|sees|supports?|supported|declin\w+|reject\w*|notes?|noted|consider\w*|acknowledg\w+"
    r"|t(?:old|ells?)|said|says?|wants?|hopes?|intends?|means?|feels?|felt|takes?|took|came"
    r"|sends?|sent|decided|prefers?|confirm\w*|report\w*|regard\w*|use[sd]?|wish\w*)\b",
    re.IGNORECASE,
)


def body_of_answer(sentence: str) -> str:
    """The body that a sentence of an answer is about, by its subject; nothing for "we" and "it".

    >>> body_of_answer("The therapy service sees the point and will ring families.")
    'The therapy service'
    >>> body_of_answer("We accept this."), body_of_answer("The review asks the council to act.")
    ('', '')

    What is done with a body is no body:

    >>> body_of_answer("Training for all schools will be completed by May.")
    ''
    """
    match = _SUBJECT.match(sentence)
    if match is None or _NOT_ANSWERING.search(match["who"]):
        return ""
    itself = _PART_OF.split(match["who"], maxsplit=1)[0]
    return match["who"].strip() if _ANSWERING.search(itself) else ""


def is_same_body(later: str, earlier: str) -> bool:
    """Whether a body is one named before, by the same name or the end of it.

    >>> is_same_body("The council", "Marl Council"), is_same_body("Marl Council", "The council")
    (True, False)
    """
    short, long = (_ARTICLE.sub("", name.lower()) for name in (later, earlier))
    return f" {long}".endswith(f" {short}")


_ARTICLE = re.compile(r"^(?:the|our|its|both|all) ")


def _is_body(part: str) -> bool:
    """Whether it is no person: two or three capitalised words without a body or role are one."""
    if _BODY.search(part) or _INITIALISM.search(part):
        return True
    return not re.fullmatch(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,2}", part)
