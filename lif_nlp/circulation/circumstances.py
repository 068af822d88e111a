"""Circumstances that point to one family without a name: places, ages, kin, trades, rare events.

The rules stand in `circumstances.toml`.  What no rule foresees is caught by the story: a
sentence that tells of one family in words that reviews do not share.
"""

from __future__ import annotations

import re

from lif_nlp.circulation.rules import Text, kinds_of, rules
from lif_nlp.circulation.word_lists import (
    is_abstract,
    is_field_word,
    is_ordinary,
    names_no_thing,
    without_harmless_phrases,
    words,
)

_PLACE_NOUNS = words("place_nouns") | words("low_place_nouns")
_HEADED = re.compile(
    rf"\b([^\W\d_][\w’']*(?:[-][\w’']+)*) (?:day )?({'|'.join(sorted(_PLACE_NOUNS, key=len, reverse=True))})\b(?! (?:Review|Order|Paper|Care|Schools?|of Commons|of Lords))",
    re.IGNORECASE,
)
_ONE_FAMILY = re.compile(
    r"\b(?:he|she|his|hers?|him|mother|father|mum|dad|child [a-z]\d?|baby [a-z]|"
    r"the (?:\w+ )?(?:boys?|girls?|baby|infant|toddler|step\w+|grand\w+|couple|family|partner|uncle|aunt|quads|"
    r"brothers?|sisters?|siblings|relatives|son|daughter|man|woman|teenager|pupil)|"
    r"one (?:boy|girl|child|family|mother|father|pupil|parent)|"
    r"(?:both|two|three|four|five) (?:\w+ )?(?:brothers|sisters|boys|girls|sons|daughters|siblings)|"
    r"their (?:\w+ )?(?:house|home|flat|mother|father|parents|mum|dad|uncle|aunt|sister|brother|son|daughter|baby))\b(?!['’]s (?:charity|day|services?|aid|health)\b)"
    r"(?!(?<=family) (?:hubs?|courts?|justice|rights|centres?|group|support|nurse)\b)",
    re.IGNORECASE,
)
# The child, the children and parents are told of in general too: only what happened counts.
_PERHAPS_ONE = re.compile(
    r"\b(?:the|this|that|these) (?:\w+ )?(?:child|children|parents|youth|victim|perpetrator|worker|consultant|headteacher|midwife|gp|nurse|officer|manager|iro|doctor|teacher|visitor)"
    r"(?:['’]s?)?(?! (?:protection|and|or|in|looked|social|sexual|abuse|criminal|death|focus|focused|safeguarding|health|care|"
    r"exploitation|plans?|services?|development|welfare|act|who|whose|whom|with|they)\b)\b",
    re.IGNORECASE,
)
# Who speaks to reviewers about the work: no person of the family.
_INFORMANT = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne) (?:\w+ ){0,2}(?:teacher|worker|visitor|nurse|midwife|manager|officer|doctor|gp|GP|head) "
    r"(?:told (?:us|the review\w*)|said to us|wrote to us|said) that (?:she|he)\b"
)
_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)"
_A_CHILD = r"(?:child|boy|girl|baby|toddler|infant|teenager|pupil|young person)"
# What a child of an age may do or be tells of no one child: "a boy of nine should not ...".
_ANY_CHILD = re.compile(
    rf"\b[Aa]n? (?:{_A_CHILD} (?:of|aged) {_NUMBER}|{_NUMBER}[- ](?:year|month|week)s?[- ]old(?: {_A_CHILD})?)"
    r"(?=(?:['’]s \w+)? (?:may|might|can|cannot|can['’]t|should|must|will|would|needs?|knows?|does|has to|"
    r"is (?:an?|never|not|old|able|too|still|unlikely|likely|more|less)|is (?:\w+ )?(?:child|enough))\b)"
    rf"|\b(?:[Ww]hen|[Oo]nce|[Uu]ntil|[Ii]f) an? {_A_CHILD} is {_NUMBER}\b"
)
_LETTERED = re.compile(
    r"\b(?:Child|Baby|Adult|Sibling|Infant|Family|(?:Young )?Person|Mother|Father|Boy|Girl|Subject|Mr|Ms|Mrs) "
    r"(?:[A-Z]{1,2}\d?|\d{1,2})(?![\w.&]|['’-][A-Z]| [A-Z][a-z]| \d)"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|went|came|took|gave|got|made|saw|lived|kept|found|left)\b"
)
_LOW_WORD = re.compile(r"(?<![\w’'-])[a-z]{4,}(?!\w)")


def without_letters(text: str) -> str:
    """A text with "a child" for people who are called by a letter or number alone.

    >>> without_letters("Baby T was weighed, and Mr A was not asked.")
    'a child was weighed, and a child was not asked.'
    """
    return _LETTERED.sub("a child", text)


def identifying_circumstances(text: str) -> list[str]:
    """Kinds of circumstance in a text that may point to one family, place or worker.

    >>> identifying_circumstances("The fifth of eight children lived above the launderette.")
    ['siblings', 'place']
    """
    text = _ANY_CHILD.sub("a child", text)
    read = Text(text)
    kinds = kinds_of(rules("circumstances"), read)
    if _tells_of_one_family(text):
        kinds.append("story")
    if (
        "place" not in kinds
        and not read.words.isdisjoint(_PLACE_NOUNS)
        and any(map(_names_a_place, _HEADED.finditer(without_harmless_phrases(text))))
    ):
        kinds.append("place")
    return kinds


def _tells_of_one_family(text: str) -> bool:
    """Whether a text tells of one family, in a word that is not of the field."""
    text = _INFORMANT.sub("", text)
    one = _ONE_FAMILY.search(text) or (_PERHAPS_ONE.search(text) and _PAST.search(text))
    return bool(one) and not all(map(_is_of_the_field, _LOW_WORD.findall(text)))


def _is_of_the_field(word: str) -> bool:
    """Whether reviews use a word so often, or it is so general, that it tells no family."""
    return (
        is_field_word(word)
        or word in words("medicines")
        or word in words("general_words")
        or names_no_thing(word)
        or (is_abstract(word) and is_ordinary(word))
    )


def _names_a_place(match: re.Match[str]) -> bool:
    """Whether a capitalised word before a noun of place is its name: "Kingfisher House"."""
    first, noun = match.groups()
    if first == first.lower() or first.lower() in words("plain_qualifiers"):
        return False
    if first.isupper():
        return False
    if noun == noun.lower():
        if noun not in words("low_place_nouns") or first in words("languages"):
            return False
        # "Weekly clinic": a word that only opens the sentence; "Fulmar ward" is named after a thing
        return match.start() > 0 or not _is_of_the_field(first.lower())
    return noun.lower() in words("place_nouns")
