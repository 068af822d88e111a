"""Requests that begin with their verb: "Review the form", "3. Ensure that ..."."""

from __future__ import annotations

from collections.abc import Sequence

from lif_nlp.text.word_lists import words

_NOT_AFTER_IMPERATIVE = frozenset(
    ["of", "for", "from", "to", "in", "by", "is", "was", "are", "were", "and", "has", "have", ","]
)


def opens_with_imperative(tokens: Sequence[str]) -> bool:
    """Whether the tokens begin by asking for a step, after a label or bullet.

    >>> opens_with_imperative("3 . review the form".split())
    True
    >>> opens_with_imperative("review of the form".split())
    False
    """
    spoken = [at for at, word in enumerate(tokens[:8]) if word.isalpha() and len(word) > 1]
    if len(spoken) < 2 or tokens[spoken[0]] not in words("imperatives"):
        return False
    if spoken[0] and tokens[spoken[0] - 1] in ("a", "i"):
        return False
    if tokens[spoken[1]].endswith("s") and tokens[spoken[0]] in words("nouns_too"):
        # "Review reports are ..." names things; "Review the reports" asks.
        return False
    return tokens[spoken[1]] not in _NOT_AFTER_IMPERATIVE
