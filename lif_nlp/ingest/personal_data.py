"""Finds personal data in free text by local rules.

Numbers are verified by their check digits, so that counts and dates are not mistaken for
them. Names are found only after a title ("Mrs Hart") or from a list that the user supplies:
no rule finds every name, so the guard is asked too where a report is redacted (`redaction.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact
from lif_nlp.text.months import ANY_MONTH

_DATE = (
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{ANY_MONTH})[a-z]*\.?,?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
)
_CAPITAL = r"[A-Z](?:[a-z]+|[’'][A-Z][a-z]+)(?:[-’'][A-Z][a-z]+)*"


@dataclass(frozen=True, slots=True)
class PersonalDataMatch:
    """Kind and offsets of personal data in a text; never its words."""

    kind: str
    start: int
    end: int


def nhs_number_is_valid(digits: str) -> bool:
    """Whether ten digits pass the NHS number's modulus 11 check.

    NHS Data Dictionary, "NHS NUMBER":
    https://www.datadictionary.nhs.uk/attributes/nhs_number.html

    >>> nhs_number_is_valid("9434765919"), nhs_number_is_valid("9434765918")
    (True, False)
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    check = (11 - total % 11) % 11
    return len(digits) == 10 and len(set(digits)) > 1 and check == int(digits[9])


_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn_is_valid(upn: str) -> bool:
    """Whether a unique pupil number (letter, 11 digits, digit or letter) has its check letter.

    Department for Education, "Unique pupil numbers (UPNs)": the sum of the digits times 2 to
    13, modulo 23, gives the letter.

    >>> upn_is_valid("H801200001001"), upn_is_valid("A801200001001")
    (True, False)
    """
    body = upn[1:].upper()
    digits = [int(char) if char.isdigit() else _UPN_LETTERS.find(char) for char in body]
    total = sum(digit * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return upn[0].upper() == _UPN_LETTERS[total % 23]


def _is_nhs_number(match: re.Match[str]) -> bool:
    return nhs_number_is_valid(re.sub(r"\D", "", match.group()))


def _is_upn(match: re.Match[str]) -> bool:
    return upn_is_valid(match.group())


def _accept(_: re.Match[str]) -> bool:
    return True


# Kind, pattern (its group "part", if any, is what is redacted), and a check of the match.
_Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]
_RULES: tuple[_Rule, ...] = (
    ("e-mail", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), _accept),
    ("NHS number", re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])"), _is_nhs_number),
    (
        "UPN",
        re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-Z]\b", re.IGNORECASE),
        _is_upn,
    ),
    (
        "NINO",
        re.compile(
            r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?(?:\d\d\s?){3}[A-D]\b"
        ),
        _accept,
    ),
    (
        "postcode",
        re.compile(
            r"\b(?:GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]"
            r"|[A-HK-Y]\d[ABEHMNPRV-Y])\s?\d[ABD-HJLNP-UW-Z]{2})\b"
        ),
        _accept,
    ),
    (
        "date of birth",
        re.compile(rf"(?i:\b(?:d\.?o\.?b\.?|date of birth"
                   rf"|born(?: on)?)[\s:.-]{{0,4}})(?P<part>(?i:{_DATE}))"),
        _accept,
    ),
    (
        "case number",
        re.compile(
            r"(?i:\b(?:case|ref(?:erence)?|liquid ?logic|mosaic|ics|crime|log|incident|police)"
            r"(?:\s+(?:no|number|id|ref|reference))?\.?\s*[:#]?\s*)"
            r"(?P<part>(?=[A-Z/-]*\d)[A-Z]{0,4}[-/]?\d[\dA-Z/-]{4,})\b"
        ),
        _accept,
    ),
    (
        "name",
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|PC|DC|DS|DI|Sgt|Sister|Nurse|Rev)\.?\s+"
            rf"(?P<part>{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})"
        ),
        _accept,
    ),
)  # fmt: skip


def find_personal_data(text: str, *, names: Iterable[str] = ()) -> list[PersonalDataMatch]:
    """Personal data in `text`, in order of its offsets, without overlaps.

    `names` are names that the user knows; they are found wherever they occur as whole words.

    >>> [hit.kind for hit in find_personal_data("Mrs Hart, DOB 03/04/2015, rang 01632 960123.")]
    ['name', 'date of birth', 'phone']
    """
    candidates = [*_match_rules(text), *_match_phones(text), *_match_names(text, names)]
    matches: list[PersonalDataMatch] = []
    # Of two that start together the longer comes first.
    for match in sorted(candidates, key=lambda item: (item.start, item.start - item.end)):
        if not matches or match.start >= matches[-1].end:
            matches.append(match)
    return matches


def count_personal_data(pieces: Sequence[Piece]) -> list[Fact]:
    """A fact "personal_data" for each kind and page, with a count and no values."""
    counts: Counter[tuple[str, int]] = Counter()
    for piece in pieces:
        counts.update((match.kind, piece.page) for match in find_personal_data(piece.text))
    return facts_of_kinds("personal_data", counts)


def facts_of_kinds(name: str, counts: Counter[tuple[str, int]]) -> list[Fact]:
    """A fact for each kind and page, with its count and no value."""
    return [
        Fact(name, f"{kind}: {count}", page=page) for (kind, page), count in sorted(counts.items())
    ]


def _match_rules(text: str) -> Iterator[PersonalDataMatch]:
    for kind, pattern, is_valid in _RULES:
        for match in pattern.finditer(text):
            part = "part" if "part" in pattern.groupindex else 0
            if is_valid(match):
                yield PersonalDataMatch(kind, *match.span(part))


_POSSIBLE_PHONE = re.compile(r"(?:\+44|\b0)[\d\s()-]{8,}")
_MIN_PHONE_DIGITS = 10
"""UK numbers have 10 or 11 digits with the leading zero (Ofcom, National Numbering Plan)."""


def _match_phones(text: str) -> Iterator[PersonalDataMatch]:
    if not _POSSIBLE_PHONE.search(text):
        return
    import phonenumbers

    # Any possible number counts, not only those in use: to a reader, Ofcom's drama numbers
    # and abolished codes are phone numbers too.
    leniency = phonenumbers.Leniency.POSSIBLE
    for match in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=leniency):
        digits = re.sub(r"\D", "", match.raw_string)
        if digits.startswith(("0", "44")) and len(digits) >= _MIN_PHONE_DIGITS:
            yield PersonalDataMatch("phone", match.start, match.end)


def _match_names(text: str, names: Iterable[str]) -> Iterator[PersonalDataMatch]:
    by_length: Sequence[str] = sorted({name.strip() for name in names if name.strip()}, key=len)
    # Long names first, so that "Ann Lee" is found before "Ann".
    for name in reversed(by_length):
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield PersonalDataMatch("name", *match.span())
