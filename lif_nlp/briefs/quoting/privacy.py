"""Which words could tell a reader who the child, family or worker is.

A quote is taken out of its report and passed round, so the bar is higher than in
the report itself: no names, ages, dates, pseudonyms or very small numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from lif_nlp.framework.model import Framework
from lif_nlp.text.months import FULL_MONTH

_MONTHS = rf"(?:{FULL_MONTH})"
_FEW = r"(?:one|two|three|four|five|six|seven|1|2|3|4|5|6|7)"
_PERSON = (
    r"(?:child|children|young (?:person|people)|bab(?:y|ies)|infants?|siblings?|famil(?:y|ies)|"
    r"mothers?|fathers?|parents?|girls?|boys?|pupils?|cases?|care leavers?)"
)
# (kind of detail, how it is looked for, expression).  Those to look for where "marked" need a
# capital, a figure or a sign of an address inside the text, which most texts lack; "folded" is
# the text in small letters, which is much quicker than to look for both kinds of letter.
_RULES = (
    ("name", "marked", r"\b(?:Mr|Mrs|Ms|Miss|Dr|Professor|PC|DC|DS|Sgt)\.? [A-Z]"),
    ("pseudonym", "marked",
     r"\b(?:[Cc]hild|[Bb]aby|[Ff]amily|[Ss]ibling|[Aa]dult|[Mm]other|[Ff]ather|"
     r"Young [Pp]erson|Case|Subject) (?:[A-Z]{1,3}|\d{1,2})\b"),
    ("pseudonym", "marked",
     r"(?<=[a-z,] )(?:Mother|Father|Grandmother|Grandfather|Stepfather)\b"),
    ("pseudonym", "marked",
     r"(?<![\w.'’])[B-HJ-Z](?= (?:was|is|had|has|and|did|said|told|went|lived)\b|"
     r"['’]s )|\b(?:and|of|for|with|to|by|that) [B-HJ-Z](?=[\s,.;])(?!\.\w)"),
    ("age", "", r"\b(?:was|is|were|turned) (?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|"
                r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
                r"(?=[,.]| (?:years?|months?|weeks?)\b)"),
    ("age", "", r"\w[- ](?:year|month|week|day)s?[- ]old\b"),
    ("age", "", r"\b(?:aged? \w+\b(?! range)|(?:his|her|their) \w+ birthday\b)"),
    ("date", "marked",
     rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}\b|\b{_MONTHS} \d{{1,2}}\b|"
     r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"),
    ("small number", "folded",
     rf"\b{_FEW} (?:of (?:the|these|those|\d+|{_FEW})|out of|in {_FEW})\b"),
    ("small number", "folded",
     rf"\b(?:{_FEW}|a single|another|this|that) (?:\w+ )?{_PERSON}\b"),
    ("contact", "marked",
     r"\S@\S|\bhttps?://|\b0\d{2,4}[ -]?\d{3,}|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b"),
)  # fmt: skip
_COMPILED = tuple((kind, how, re.compile(pattern)) for kind, how, pattern in _RULES)
_MARK = re.compile(r"[A-Z0-9@/](?<=..)|^[B-HJ-Z]\W", re.S)
_CAPITAL = re.compile(r"(?<=[a-z,;:’') ] )[“‘\"'(]?([A-Z][a-z]+(?:[-’'][A-Za-z]+)*)")

# Proper words that point to no person; the framework adds its own.
_COMMON = """
Act Acts Board Boards British Care Child Children Children’s Council Court Covid Department
Education Emergency England English Europe European Executive Family Friday Good Government
Graded Profile Health Home Hospital Information Level Local Monday NHS National Ofsted Operation
Encompass Panel Partnership Person Persons Plan Police Public Regulation Safeguarding Saturday
Scotland Secretary Section Service Services Signs Safety Strategic Sunday Sure Start Team Thursday
Together Tuesday UK Wales Welsh Wednesday Working Years Young Tier Part Christmas Easter
""".split()  # noqa: SIM905


def known_words(framework: Framework) -> frozenset[str]:
    """Capitalised words that name agencies, meetings, laws and the like."""
    texts = [*framework.glossary, *framework.glossary.values(), framework.partnership]
    for agency in framework.agencies:
        texts += [agency.name, *agency.names, *agency.abbreviations, *agency.roles]
    for kind in framework.review_types:
        texts += [kind.name, *kind.aliases]
    texts += [theme.name for theme in framework.themes]
    words = {word.capitalize() for text in texts for word in split_words(text)}
    return frozenset(words | set(_COMMON))


def identifying_details(text: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Kinds of detail in `text` that could identify someone; empty when none is seen.

    `known` are capitalised words that need not worry, see `known_words`.

    >>> identifying_details("The 4-year-old boy was seen by Dr Vale.")
    ('name', 'age')
    >>> identifying_details("Social workers know their children well.")
    ()
    """
    marked = _MARK.search(text) is not None
    read = {"": text, "folded": text.lower(), "marked": text if marked else ""}
    found = [kind for kind, how, pattern in _COMPILED if pattern.search(read[how])]
    if not found and marked and has_unknown_name(text, known):
        found.append("proper name")
    return tuple(dict.fromkeys(found))


def has_unknown_name(text: str, known: Collection[str]) -> bool:
    """Whether a word inside `text` has a capital and is not a known one.

    >>> has_unknown_name("The plan was written with Tamsin.", {"Police"})
    True
    """
    return any(word not in known for word in _CAPITAL.findall(text))


def proper_names(texts: Iterable[str]) -> frozenset[str]:
    """Words written with a capital inside a sentence and never without one.

    They tell a name at the start of a sentence from an ordinary word there.

    >>> sorted(proper_names(["We met Gethin.", "Plans help. We like plans.", "Gethin left."]))
    ['Gethin']
    """
    lines = "\n".join(texts)
    words = set(split_words(lines))
    return frozenset(word for word in _CAPITAL.findall(lines) if word.lower() not in words)


def split_words(text: str) -> list[str]:
    """The words of a text, as written."""
    return re.findall(r"[A-Za-z’']+", text)
