"""Numbers, dates and identifiers: what is left when the harmless kinds are taken away.

Check digits are not asked for: a number as long as an NHS number is kept in, right or wrong.
"""

from __future__ import annotations

import re

from lif_nlp.text.months import ANY_MONTH

_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?|(?:twenty|thirty)[- ]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|" \
       r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth))"  # fmt: skip
# A month in small letters may be a verb or a rank: "level 3 may", "on march".
_MONTH = (
    rf"(?:(?-i:{ANY_MONTH}|{ANY_MONTH.upper()})|(?!may|mar|march|sept?\b){ANY_MONTH.lower()})\b\.?"
)
_NATIONAL = re.compile(r"\b(?:0800|0808|0300|0345|116)[ -]?\d{3,4}(?:[ -]?\d{3,4})?\b")
_YEARS = re.compile(
    r"\b(?:19|20)\d\d(?:\s*(?:[-–—/,]|to|and)\s*(?:(?:19|20)\d\d|\d\d))?\b(?![-/]\d)"
)
_QUANTITIES = re.compile(r"[£$€]\s?\d[\d,.]*\d|\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\d+(?:\.\d+)?\s?%")

_EXACT = re.compile(
    rf"\b{_DAY}(?: of)?[ \-]{_MONTH}|\b{_MONTH} (?:the )?[0-3]?\d(?:st|nd|rd|th)?\b(?!\d)|"
    r"\b\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|"
    r"\b(?:d\.?\s?o\.?\s?b\b|date of birth)\.?:?\s*\W?\s*\d|\bborn (?:on|in) (?:\w+ )?\d|"
    r"\b(?:Christmas|Boxing|New Year['’]s|Halloween|Easter|Valentine['’]s) (?:Day|Eve|Sunday|Monday|Night)\b",
    re.IGNORECASE,
)  # fmt: skip
_CONTACT = re.compile(
    r"\S@\S|(?<!\S)@\w|\bhttps?:|\bwww\.|\b[\w-]+\.(?:com|org|net|co\.uk|gov\.uk|nhs\.uk|example|tv|me|gg)\b|"
    r"\b(?:u/|user(?:name)? )\w+|#\w{4,}|"
    r"\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|gamertag|screen ?name|handle|profile|account|user(?:name)?|channel)"
    r"\b[^.]{0,25}?(?:called|named|under the name|as)? [\"“'‘]?(?=\w*[a-z])(?:\w+[._]\w+|\w*[a-z]\w*\d\w*)",
    re.IGNORECASE,
)  # fmt: skip
_LONG = re.compile(r"(?<![\d.])\+?\(?\d(?:[\s().\-–/]{0,2}\d){5,}")
_SPOKEN = re.compile(
    r"(?:\b(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)\b[\s,-]+){4,}|"
    r"\b(?:ext(?:ension)?|bleep|pager)\b\.?:? ?(?:no\.? |number )?\d{2,}|\b(?:number|mobile|phone|card|account|plate)\b[^.]{0,30}\b(?:ending|ended|ends|beginning|starting)(?: in| with)? \w*\d|"
    r"\b(?:ending|ended|ends) (?:in )?\d{3,}|\b0\d{2,4}[ -]?\d{3}|\+44",
    re.IGNORECASE,
)
_PLAIN_DIGITS = re.compile(r"\d{5,}")
_POSTCODE = re.compile(
    r"\b[A-Za-z]{1,2}\d[\dA-Za-z]? ?\d[A-Za-z]{2}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d\b"
)
_PLATE = re.compile(
    r"\b[A-Za-z]{2}\d{2} ?[A-Za-z]{3}\b|\b[A-Z]\d{1,3} ?[A-Z]{3}\b|\b[A-Z]{3} ?\d{1,4}[A-Z]?\b(?<!MIN 1)|"
    r"\b(?:number plate|registration (?:number |mark )?)[\"“:]?\s?\w*\d"
)
_MIXED = re.compile(r"\b(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])\w[\w/-]*\w\b")
_HARMLESS_MIXED = re.compile(
    r"(?:[A-Za-z]{1,7}\d{1,2}s?|[A-Za-z]{1,3}\d[A-Za-z]?|s\d{1,3}[A-Za-z]?|\d+(?:st|nd|rd|th|s)|\d{1,2}(?:am|pm|hrs?|h|x\d)|Place2Be|"
    r"\d+(?:\.\d+)?(?:cm|mm|m|km|kg|g|mg|mcg|ml|mls|l|lb|lbs|oz|k|bn|min|mins|sec|wks?|yrs?|mths?|days?|x)|"
    r"\d{1,2}[A-Za-z]|(?:COVID|Covid|covid)-19|[A-Za-z]+-\d{1,2}|\d+(?:-[A-Za-z]+)+|\d{1,3}-\d{1,3}(?:-[A-Za-z]+)+|"
    r"\d+/\d+|[A-Za-z]\d/[A-Za-z]\d|(?:19|20)\d\d-[a-z]+|(?:pre|post|mid|non|sub)-(?:19|20)\d\ds?|Catch22)"
)
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?|case|file|incident|log|crime|claim|docket|warrant|licence|passport|account|complaint|custody|URN|UPN|NINO)"
    r"(?: (?:no|number|id|ref|reference|record))?\b\.?:? ?#?\w*-?\d[\w/-]{2,}|"
    r"\b(?:NHS|National Insurance|NI|hospital|patient|pupil|unique \w+) (?:[Nn]umber|[Nn]o\b|[Ii][Dd]\b)[^.]{0,40}\d|"
    r"\b(?:URN|UPN|NINO|ULN|PNC|CRO)\b[^.]{0,20}\d|\b[A-Z]{2,}[-/][A-Z\d]+[-/]\w*\d|\b\w+/\w*\d\w*/\w+|"
    r"\[(?:19|20)\d\d\]|\b(?:19|20)\d\d\] |\bR v\.? |\bRe [A-Z]\b|\b[A-Z]\w* v\.? [A-Z]|\(A Child\)|\b(?:19|20)\d\d EW",
)  # fmt: skip


def identifying_numbers(text: str) -> list[str]:
    """Kinds of number, date, address or identifier in a text that may point to somebody.

    >>> identifying_numbers("Call 07700 900938 after 3 May.")
    ['date', 'number']
    >>> identifying_numbers("In 2019 and 2020, 31 of the 52 audits (60%) met section 11.")
    []
    """
    plain = _QUANTITIES.sub(" ", _NATIONAL.sub(" ", text))
    without_years = _YEARS.sub(" ", plain)
    checks = (
        ("date", _EXACT.search(text)),
        ("contact", _CONTACT.search(text)),
        (
            "number",
            _LONG.search(without_years) or _SPOKEN.search(plain) or _PLAIN_DIGITS.search(plain),
        ),
        ("postcode", _POSTCODE.search(text)),
        ("vehicle", any(_is_plate(match) for match in _PLATE.finditer(text))),
        ("reference", _REFERENCE.search(text)),
        ("code", any(not _HARMLESS_MIXED.fullmatch(m.group()) for m in _MIXED.finditer(plain))),
    )
    return [kind for kind, match in checks if match]


def _is_plate(match: re.Match[str]) -> bool:
    """Whether a match is no acronym with a year or a small number: "MARAC 2019", "YJS 3"."""
    letters, digits = re.sub(r"[^A-Za-z]", "", match.group()), re.sub(r"\D", "", match.group())
    is_acronym = re.fullmatch(r"[A-Z]{3} ?(?:\d|\d\d|(?:19|20)\d\d)", match.group()) is not None
    return len(letters) > 1 and bool(digits) and not is_acronym
