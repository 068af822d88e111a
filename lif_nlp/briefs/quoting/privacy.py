"""Which words could tell a reader who the child, family or worker is.

The guard of `lif_nlp.circulation` decides on names, numbers and circumstances.  A quote is
taken out of its report and passed round, so the bar is higher here: no pseudonyms, no days and
months of what happened and no very small numbers either, though they name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from lif_nlp.circulation import identifying_kinds, split_words
from lif_nlp.circulation.headings import INNER_CAPITAL
from lif_nlp.circulation.word_lists import words
from lif_nlp.text.months import FULL_MONTH

_FEW = r"(?:one|two|three|four|five|six|seven|1|2|3|4|5|6|7)"
_PERSON = (
    r"(?:child|children|young (?:person|people)|bab(?:y|ies)|infants?|siblings?|famil(?:y|ies)|"
    r"mothers?|fathers?|parents?|girls?|boys?|pupils?|cases?|care leavers?)"
)
_MONTH = rf"(?:{FULL_MONTH})"
# (kind of detail, how it is looked for, expression).  Those to look for where "marked" need a
# capital inside the text, which most texts lack; "folded" is the text in small letters, which
# is much quicker than to look for both kinds of letter.
_RULES = (
    # When it happened; "by April 2024" says when something is due.
    ("date", "marked",
     rf"(?<!by )(?<!until )(?<!since )(?<!from )(?<!before )"
     rf"(?:\b\d{{1,2}} {_MONTH}\b|(?<!\d )\b{_MONTH} \d{{4}}\b)"),
    ("pseudonym", "marked",
     r"\b(?:[Cc]hild|[Bb]aby|[Ff]amily|[Ss]ibling|[Aa]dult|[Mm]other|[Ff]ather|"
     r"Young [Pp]erson|Case|Subject) (?:[A-Z]{1,3}|\d{1,2})\b"),
    ("pseudonym", "marked",
     r"\b(?:[Aa]dviser|[Ww]orker|[Pp]erson|[Pp]upil|[Ss]tudent|[Oo]fficer|[Nn]urse) [B-HJ-Z]\b"),
    ("pseudonym", "marked",
     r"(?<=[a-z,] )(?:Mother|Father|Grandmother|Grandfather|Stepfather)\b"),
    ("pseudonym", "marked",
     r"(?<![\w.'’])[B-HJ-Z](?= (?:was|is|had|has|and|did|said|told|went|lived)\b|"
     r"['’]s )|\b(?:and|of|for|with|to|by|that) [B-HJ-Z](?=[\s,.;])(?!\.\w)"),
    ("pseudonym", "marked",
     r"\b(?:SW|HV|GP|PN|C?MW|RW|PO|DC|TA|SN|FSW|TM|CPN|REG|IRO|YW|SCW|[TPMF]|AG|AW)\d{1,2}\b|"
     r"\b(?:Mo|Fa|Sib|Step)[A-Z]\b|"
     r"\b[MFP][A-Z](?=['’]s\b| (?:was|is|had|has|said|told|did|and|snatch|at|or)\b)"),
    ("age", "folded",
     r"\b(?:leader|man|woman|mother|father|boy|girl|worker|student|partner|parent) of \d{2}\b"),
    ("small number", "folded",
     rf"\b{_FEW} (?:of (?:the|these|those|\d+|{_FEW})|out of|in {_FEW})\b"),
    ("small number", "folded",
     rf"\b(?:{_FEW}|a single|another|this|that) (?:\w+ )?{_PERSON}\b"),
)  # fmt: skip
_COMPILED = tuple((kind, how, re.compile(pattern)) for kind, how, pattern in _RULES)
_MARK = re.compile(r"[A-Z0-9](?<=..)|^[B-HJ-Z]\W", re.S)


def identifying_details(text: str, known: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Kinds of detail in `text` that could identify someone; empty when none is seen.

    `known` are capitalised words that need not worry, see `circulation.known_words`.  The
    guard is asked only if no pseudonym or small number settles it.

    >>> identifying_details("The 4-year-old boy was seen by Dr Vale.")
    ('name', 'age')
    >>> identifying_details("Social workers know their children well.")
    ()
    """
    has_mark = _MARK.search(text) is not None
    read = {"folded": text.lower(), "marked": text if has_mark else ""}
    details = [kind for kind, how, pattern in _COMPILED if pattern.search(read[how])]
    # The quick rules first: the guard takes longer, and one detail is enough to refuse.
    return tuple(dict.fromkeys(details)) or identifying_kinds(text, known)


def names_origin(text: str) -> bool:
    """Whether words name a people, faith or language: with an area and an age they name a family.

    >>> names_origin("Restore advocacy for Bangladeshi carers."), names_origin("Ask the carers.")
    (True, False)
    """
    return bool(_ORIGIN.search(text)) or not words("languages").isdisjoint(split_words(text))


_ORIGIN = re.compile(
    r"\b(?:Gypsy|Gypsies|Roma|Travellers?|Romany|Black|Asian|African|Caribbean|Arab|Kurds?|Irish|"
    r"Scottish|American|Brazilian|Filipino|Sri Lankan|Zimbabwean|Congolese|Vietnamese|Moroccan|"
    r"Algerian|Ethiopian|Ugandan|Kenyan|Lithuanians?|Muslims?|Jewish|Jews?|Hindus?|Sikhs?|"
    r"Buddhists?|Catholics?|Christians?|Orthodox|Pentecostal|Jehovah['’]s)\b"
)
"""Peoples and faiths beside the languages of the guard's list."""


def proper_names(texts: Iterable[str]) -> frozenset[str]:
    """Words written with a capital inside a sentence and never without one.

    They tell a name at the start of a sentence from an ordinary word there.

    >>> sorted(proper_names(["We met Gethin.", "Plans help. We like plans.", "Gethin left."]))
    ['Gethin']
    """
    lines = "\n".join(texts)
    words = set(split_words(lines))
    return frozenset(word for word in INNER_CAPITAL.findall(lines) if word.lower() not in words)
