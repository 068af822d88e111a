"""Numbers, dates and identifiers: what is left when the harmless kinds are taken away.

The rules stand in `numbers.toml`.  Check digits are not asked for: a number as long as an NHS
number is kept in, right or wrong.
"""

from __future__ import annotations

import re

from lif_nlp.circulation.rules import Text, kinds_of, rules
from lif_nlp.circulation.word_lists import words

_DIGIT = re.compile(r"\d")
_NATIONAL = re.compile(
    r"\b(?:0800|0808|0300|0330|0344|0345|0303|116)[ -]?\d{3,4}(?:[ -]?\d{3,4})?\b"
)
_NATIONAL_SITE = re.compile(
    rf"(?i)(?:\b[\w.]+@)?(?:https?://)?(?:\bwww\.)?\b(?:{'|'.join(sorted(map(re.escape, words('national_sites')), key=len, reverse=True))})\b(?:/[\w/-]*)?"
)
_SHORT_CODE = re.compile(r"\b[Tt]ext(?:ing)? (?:\w+ )?(?:to )?\d{5}\b")
_YEARS = re.compile(
    r"\b(?:19|20)\d\d(?:\s*(?:[-–—/,]|to|and)\s*(?:(?:19|20)\d\d|\d\d))?\b(?![-/]\d)"
)
_QUANTITIES = re.compile(
    r"\b[Ss](?:ections?)? ?\d{1,3}[A-Z]?(?:/\d{1,3}[A-Z]?)+\b|[£$€]\s?\d[\d,.]*\d|\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\d+(?:\.\d+)?\s?%"
)
# The days on which the country counts its children: "At 31 March 2014, 479 children ...".
_COUNTING_DAYS = re.compile(
    r"\b(?:[Aa]t|[Oo]n|[Aa]s at|[Tt]o|[Bb]y|[Ff]rom|[Ee]nding|[Ss]ince|[Uu]ntil) (?:31 March|1 April|30 September|31 December|31 August|1 September)\b"
)
_LONG = re.compile(r"(?<![\d.])\+?\(?\d(?:[\s().\-–/]{0,2}\d){5,}")
_SHORT_PHONE = re.compile(r"\b0\d{2,4}[ -]?\d{3}|\+44")
_PLAIN_DIGITS = re.compile(r"\d{5,}")
_PLATE = re.compile(
    r"\b[A-Za-z]{2}\d{2} ?[A-Za-z]{3}\b|\b[A-Z]\d{1,3} ?[A-Z]{3}\b|\b[A-Z]{3} ?\d{1,4}[A-Z]?\b(?<!MIN 1)(?<!NHS 111)|"
    r"\b(?:number plate|registration (?:number |mark )?)[\"“:]?\s?\w*\d"
)
_MIXED = re.compile(r"\b(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])\w[\w/-]*\w\b")
_HARMLESS_MIXED = re.compile(
    r"(?:[A-Za-z]{1,7}\d{1,2}s?|[A-Za-z]{1,3}\d[A-Za-z]?|s\d{1,3}[A-Za-z]?|\d+(?:st|nd|rd|th|s)|\d{1,2}(?:am|pm|hrs?|h|x\d)|Place2Be|"
    r"\d+(?:\.\d+)?(?:cm|mm|m|km|kg|g|mg|mcg|ml|mls|l|lb|lbs|oz|k|bn|min|mins|sec|wks?|yrs?|mths?|days?|x)|"
    r"\d{1,2}[A-Za-z]|(?:COVID|Covid|covid)-19|[A-Za-z]+-\d{1,2}|\d+(?:-[A-Za-z]+)+|\d{1,3}-\d{1,3}(?:-[A-Za-z]+)+|"
    r"\d+/\d+|[A-Za-z]\d/[A-Za-z]\d|(?:19|20)\d\d-[a-z]+|(?:pre|post|mid|non|sub)-(?:19|20)\d\ds?|Catch22|[Nn]=\d+|[Uu]nder-\d{1,2}s?)"
)


def identifying_numbers(text: str) -> list[str]:
    """Kinds of number, date, address or identifier in a text that may point to somebody.

    >>> identifying_numbers("Call 07700 900938 after she left on 3 May.")
    ['date', 'number']
    >>> identifying_numbers("In 2019 and 2020, 31 of the 52 audits (60%) met section 11.")
    []
    """
    has_digits = _DIGIT.search(text) is not None
    # Taken away before anything is looked for: they belong to helplines, not to people.
    text = _NATIONAL_SITE.sub(" ", _SHORT_CODE.sub(" ", text))
    kinds = kinds_of(rules("numbers"), Text(_COUNTING_DAYS.sub(" ", text)))
    if not has_digits:
        return kinds
    plain = _QUANTITIES.sub(" ", _NATIONAL.sub(" ", text))
    checks = (
        (
            "number",
            _LONG.search(_YEARS.sub(" ", plain))
            or _SHORT_PHONE.search(plain)
            or _PLAIN_DIGITS.search(plain),
        ),
        ("vehicle", any(_is_plate(match) for match in _PLATE.finditer(text))),
        ("code", any(not _HARMLESS_MIXED.fullmatch(m.group()) for m in _MIXED.finditer(plain))),
    )
    return list(dict.fromkeys([*kinds, *(kind for kind, match in checks if match)]))


def _is_plate(match: re.Match[str]) -> bool:
    """Whether a match is no acronym with a year or a small number: "MARAC 2019", "YJS 3"."""
    letters, digits = re.sub(r"[^A-Za-z]", "", match.group()), re.sub(r"\D", "", match.group())
    is_acronym = re.fullmatch(r"[A-Z]{3} ?(?:\d|\d\d|(?:19|20)\d\d)", match.group()) is not None
    return len(letters) > 1 and bool(digits) and not is_acronym
