"""Personal data in free text, found by local rules, and the text without it.

Numbers are checked by their check digits, so that a count or a date is not taken
for one.  Names are found only behind a title ("Mrs Hart") or from a list that the
user gives: no local rule finds every name, and none is promised to be gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lif_nlp.text.months import ANY_MONTH

_DATE = (
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{ANY_MONTH})[a-z]*\.?,?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
)
_CAPITAL = r"[A-Z](?:[a-z]+|[’'][A-Z][a-z]+)(?:[-’'][A-Z][a-z]+)*"


@dataclass(frozen=True, slots=True)
class PersonalHit:
    """A place in a text that holds personal data: its kind and offsets, never its words."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One redaction: what kind was taken out, and where its mark stands in the new text."""

    kind: str
    start: int
    end: int


def nhs_number_is_valid(digits: str) -> bool:
    """Whether ten digits pass the check of an NHS number (modulus 11).

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
    """Whether a unique pupil number (letter, 11 digits, digit or letter) passes its check.

    >>> upn_is_valid("H801200001001"), upn_is_valid("A801200001001")
    (True, False)
    """
    body = upn[1:].upper()
    digits = [int(char) if char.isdigit() else _UPN_LETTERS.find(char) for char in body]
    total = sum(digit * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return upn[0].upper() == _UPN_LETTERS[total % 23]


def _nhs(found: re.Match[str]) -> bool:
    return nhs_number_is_valid(re.sub(r"\D", "", found.group()))


def _always(_: re.Match[str]) -> bool:
    return True


_Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]]
_RULES: tuple[_Rule, ...] = (
    ("e-mail", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), _always),
    ("NHS number", re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])"), _nhs),
    (
        "UPN",
        re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-Z]\b", re.IGNORECASE),
        lambda found: upn_is_valid(found.group()),
    ),
    (
        "NINO",
        re.compile(
            r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?(?:\d\d\s?){3}[A-D]\b"
        ),
        _always,
    ),
    (
        "postcode",
        re.compile(
            r"\b(?:GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]"
            r"|[A-HK-Y]\d[ABEHMNPRV-Y])\s?\d[ABD-HJLNP-UW-Z]{2})\b"
        ),
        _always,
    ),
    (
        "date of birth",
        re.compile(rf"(?i:\b(?:d\.?o\.?b\.?|date of birth"
                   rf"|born(?: on)?)[\s:.-]{{0,4}})(?P<part>(?i:{_DATE}))"),
        _always,
    ),
    (
        "case number",
        re.compile(
            r"(?i:\b(?:case|ref(?:erence)?|liquid ?logic|mosaic|ics|crime|log|incident|police)"
            r"(?:\s+(?:no|number|id|ref|reference))?\.?\s*[:#]?\s*)"
            r"(?P<part>(?=[A-Z/-]*\d)[A-Z]{0,4}[-/]?\d[\dA-Z/-]{4,})\b"
        ),
        _always,
    ),
    (
        "name",
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|PC|DC|DS|DI|Sgt|Sister|Nurse|Rev)\.?\s+"
            rf"(?P<part>{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})"
        ),
        _always,
    ),
)  # fmt: skip


def find_personal(text: str, *, names: Iterable[str] = ()) -> list[PersonalHit]:
    """Places in `text` that hold personal data, by place, none overlapping.

    `names` are names known to the user, found wherever they stand whole.

    >>> [hit.kind for hit in find_personal("Mrs Hart, DOB 03/04/2015, rang 01632 960123.")]
    ['name', 'date of birth', 'phone']
    """
    hits = [*_by_rule(text), *_phones(text), *_known(text, names)]
    kept: list[PersonalHit] = []
    for hit in sorted(hits, key=lambda item: (item.start, item.start - item.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def redact(text: str, *, names: Iterable[str] = ()) -> tuple[str, list[Change]]:
    """The text with a mark for each piece of personal data, and where the marks stand.

    >>> redact("Call Mrs Hart on 01632 960123.")[0]
    'Call Mrs [name] on [phone].'
    """
    parts, changes, last, length = [], [], 0, 0
    for hit in find_personal(text, names=names):
        mark = f"[{hit.kind}]"
        parts += [text[last : hit.start], mark]
        length += hit.start - last
        changes.append(Change(hit.kind, length, length + len(mark)))
        length += len(mark)
        last = hit.end
    return "".join([*parts, text[last:]]), changes


def _by_rule(text: str) -> Iterator[PersonalHit]:
    for kind, pattern, holds in _RULES:
        for found in pattern.finditer(text):
            part = "part" if "part" in pattern.groupindex else 0
            if holds(found):
                yield PersonalHit(kind, *found.span(part))


_MAYBE_PHONE = re.compile(r"(?:\+44|\b0)[\d\s()-]{8,}")


def _phones(text: str) -> Iterator[PersonalHit]:
    if not _MAYBE_PHONE.search(text):
        return
    import phonenumbers

    # Any possible number counts: Ofcom's drama ranges and old codes are phones to a reader.
    leniency = phonenumbers.Leniency.POSSIBLE
    for found in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=leniency):
        digits = re.sub(r"\D", "", found.raw_string)
        if digits.startswith(("0", "44")) and len(digits) >= 10:
            yield PersonalHit("phone", found.start, found.end)


def _known(text: str, names: Iterable[str]) -> Iterator[PersonalHit]:
    listed: Sequence[str] = sorted({name.strip() for name in names if name.strip()}, key=len)
    for name in reversed(listed):
        for found in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield PersonalHit("name", *found.span())
