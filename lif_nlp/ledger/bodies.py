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


def _is_body(part: str) -> bool:
    """Whether it is no person: two or three capitalised words without a body or role are one."""
    if _BODY.search(part) or _INITIALISM.search(part):
        return True
    return not re.fullmatch(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,2}", part)
