"""Abbreviations: how they are recognised, and what texts say they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from lif_nlp.text.folding import fold_phrase

_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
# "(PLO)", "(IROs)"
_BRACKET = re.compile(r"\(([A-Z]{3,7}s?)\)")
_UNLETTERED = frozenset({"and", "or", "of", "for", "the", "in"})
"""Words that an abbreviation may skip: "public law outline of the court" is PLOC."""

_MAX_LETTERS = 8
"""Longest abbreviation; longer words in capitals are headings or emphasis.

Chosen by judgement; the framework's longest is 6.
"""


def is_abbreviation(word: str) -> bool:
    """Whether a word is written as an abbreviation: capitals, digits, a plural s.

    >>> is_abbreviation("IROs"), is_abbreviation("A&E"), is_abbreviation("Police")
    (True, True, False)
    """
    # Most words end here, and every word of every phrase and text is asked.
    if word[:1].islower():
        return False
    bare = _POSSESSIVE.sub("", word)
    bare = bare[:-1] if bare.endswith("s") and len(bare) > 2 else bare
    return 2 <= len(bare) <= _MAX_LETTERS and bare.upper() == bare and not bare.isdigit()


def abbreviation_meanings(texts: Iterable[str], accepted: Collection[str]) -> dict[str, str]:
    """What abbreviations mean according to the texts, by folded abbreviation.

    Parameters
    ----------
    texts
        Texts that may introduce an abbreviation: "the public law outline (PLO)".
    accepted
        Abbreviations to look for.  Others are left out: "fit" may be the name of a team,
        and is an everyday word as well.

    Returns
    -------
    dict[str, str]
        The meaning given most often, in lower case.

    >>> abbreviation_meanings(["The public law outline (PLO) ran.", "Staff (ABC)."], {"plo"})
    {'plo': 'public law outline'}
    >>> abbreviation_meanings(["The school advice and guidance team (AGT) met."], {"agt"})
    {'agt': 'advice and guidance team'}
    """
    short_forms = {fold_phrase(short) for short in accepted}
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for bracket in _BRACKET.finditer(text):
            short, before = fold_phrase(bracket[1]), text[: bracket.start()]
            # The last letter of CAMHS belongs to it, that of IROs does not.
            meaning = _spelt_by(before, bracket[1].lower()) or _spelt_by(before, short)
            if short in short_forms and meaning:
                counts.setdefault(short, Counter())[meaning] += 1
    return {
        # By the alphabet among equals, so that the order of reports changes nothing.
        short: min(meanings, key=lambda meaning: (-meanings[meaning], meaning))
        for short, meanings in sorted(counts.items())
    }


def _spelt_by(before: str, short: str) -> str:
    """The last words of `before` whose initials spell `short`; "" if they do not."""
    remaining = short
    # Backwards: the meaning ends right before the bracket, and where it begins is not known.
    for word in reversed(list(_WORD.finditer(before.lower()))):
        # No meaning begins with "and", which an A may skip.
        is_first = len(remaining) == 1
        if word[0][0] == remaining[-1] and not (is_first and word[0] in _UNLETTERED):
            remaining = remaining[:-1]
        elif word[0] not in _UNLETTERED:
            return ""
        if not remaining:
            return before[word.start() :].strip().lower()
    return ""
