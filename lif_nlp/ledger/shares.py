"""Shares that a sentence of a check gives, such as "three of twenty-five files"."""

from __future__ import annotations

import re

from lif_nlp.text.number_words import CARDINALS

_UNITS = ["no", *CARDINALS[:19]]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 20 + 10 * place for place, word in enumerate(_TENS)},
    "none": 0,
}
_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))
# up to 999: more figures are a year
_COUNT = rf"(?:\d{{1,3}}(?!\d)|(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_UNITS[1:10])})|{_WORDS})"
_SHARE = re.compile(
    rf"\b(?P<part>{_COUNT})\s+(?:\w+\s+)?(?:out of|of|in|from)\s+"
    rf"(?:the\s+|these\s+|those\s+|our\s+|all\s+|a sample of\s+)?(?P<all>{_COUNT})\b",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"\b(?P<share>\d{1,3})(?:\.\d+)?\s?(?:%|per cent\b)", re.IGNORECASE)
_IN_WORDS = {
    "half": 0.5,
    "a third": 1 / 3,
    "a quarter": 0.25,
    "two thirds": 2 / 3,
    "three quarters": 0.75,
}
_FRACTION = re.compile(rf"\b(?P<words>{'|'.join(_IN_WORDS)})\b(?= of\b)", re.IGNORECASE)


_COUNTED = re.compile(
    r"\b(?:pages?|parts?|versions?|sections?|steps?|phases?|chapters?|tables?|weeks?|days?)\s*$",
    re.I,
)
"""Before "3 of 12": the place in a row, no share."""

_WHOLE = re.compile(
    rf"\b(?P<how>every|each|all|not|none)(?: single)?(?: one)? of (?:the |these |those |our )?"
    rf"(?P<all>{_COUNT})\b",
    re.IGNORECASE,
)
"""A share told without its part: "every one of the ten", "not one of the nine"."""


_SAMPLE_FIRST = re.compile(
    rf"\bof (?:the |these |those |our "
    rf"|all )?(?P<all>{_COUNT}) (?:[a-z’-]+,?\s){{1,6}}[^.;]{{0,60}}?"
    rf"(?<=[ ,])(?P<part>{_COUNT})\b"
    r"(?!\s*(?:days?|weeks?|months?|years?|hours?|minutes?|%|per cent|of|in|out of|to|or)\b)",
    re.IGNORECASE,
)
"""A share with its sample first: "Of the 22 records, 17 had a plan"."""


def shares_in(text: str) -> list[float]:
    """The shares (0..1) that a text gives, in its order; those above one are left out.

    >>> shares_in("The tool was in three of twenty-five files, against 2 of 10 in 2023.")
    [0.12, 0.2]
    >>> shares_in("Half of the schools, and 80% of the rest, have a plan.")
    [0.5, 0.8]
    >>> shares_in("Page 3 of 12")
    []
    >>> shares_in("Every one of the ten had it."), shares_in("Not one of the nine had it.")
    ([1.0], [0.0])
    >>> shares_in("Of the 20 records, 15 had a plan.")
    [0.75]
    """
    return [share for _, share in _placed(text)]


def _placed(text: str) -> list[tuple[int, float]]:
    """The shares with their places in the text."""
    found: list[tuple[int, float]] = []
    wholes = {match.start("all"): match for match in _WHOLE.finditer(text)}
    for match in wholes.values():
        found.append((match.start(), float(match["how"].lower() not in ("not", "none"))))
    for match in _SHARE.finditer(text):
        if match.start("all") in wholes or _COUNTED.search(text[: match.start()]):
            continue
        if whole := _value(match["all"]):
            found.append((match.start(), _value(match["part"]) / whole))
    found += [(match.start(), int(match["share"]) / 100) for match in _PER_CENT.finditer(text)]
    found += [(m.start(), _IN_WORDS[m["words"].lower()]) for m in _FRACTION.finditer(text)]
    for match in _SAMPLE_FIRST.finditer(text):
        whole, part = _value(match["all"]), _value(match["part"])
        if whole and not any(match.start() <= place < match.end() for place, _ in found):
            found.append((match.start(), part / whole))
    return [(place, share) for place, share in sorted(found) if share <= 1]


def _value(count: str) -> int:
    """The value of a count in figures or words."""
    if count.isdigit():
        return int(count)
    return sum(_VALUES[word] for word in re.split(r"[- ]", count.lower()))


LOW, HIGH = 0.45, 0.75
"""Share (0..1) of files up to which few have something, and from which most do; judgement."""

_FAULT = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|without|missing|miss(?:ed|es)|lack\w*|fail\w*|late|unaware"
    r"|absent|gaps?|blank|empty|neither|nor|cannot|overdue|delay\w*|wrong\w*|out of date|unsigned"
    r"|forgot\w*|omit\w*|poor\w*|weak\w*|inadequate\w*|misappli\w*|mis\w+|unseen|un(?:clear|safe"
    r"|met|recorded|known|answered)|insufficient\w*|incomplete|superficial|drift\w*|repeat\w*"
    r"|complain\w*|breach\w*|left out|wait\w*|slow\w*|hurt|harm\w*|injur\w*)\b|n’t\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:ha[ds]|have|held|holds?|show(?:ed|s)?|record\w*|in (?:place|use)|us(?:e|ed|es)|met|asked"
    r"|told|named|complet\w*|signed|made|seen|saw|carried|found|read|written|dated|done|followed"
    r"|knew|know|heard|could)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:against|down from|up from|compared|than|last (?:year|time|audit)|earlier|before"
    r"|previous\w*|ago|was|were|had been|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FELL = re.compile(r"\b(?:fell|fallen|dropped|declined|reduced|came down|fewer)\b", re.IGNORECASE)
_FEWER_DO = re.compile(
    r"\b(?:fewer|less often|less)\b[^.]*\b(?:us\w+|record\w*|ask\w*|attend\w*|complet\w*|see|seen"
    r"|know|follow\w*|held|have|had)\b[^.]*\bthan\b",
    re.IGNORECASE,
)


_OF_A_THING = re.compile(
    r"\b(?:missed|missing|late|delayed|repeat(?:ed)?|poor|wrong|absent|injured|harmed|unborn|failed"
    r"|overdue|incomplete)\s+(?!(?:as|in|was|were|has|at)\b)\w+s\b",
    re.IGNORECASE,
)
"""A word for a fault that names the thing looked at, such as "missed appointments"."""

_CLAUSE = re.compile(r"[;,:]|\b(?:but|while|whereas)\b", re.IGNORECASE)
_BASELINE = re.compile(
    r"\b(?:against|compared|from|than|where)\b[^.;]*$"
    r"|\b(?:ago|earlier|before),?[^.;]*\bwas(?: in)?\s*$",
    re.IGNORECASE,
)
"""What stands before a share that is the earlier one."""


def _is_faulty(text: str, place: int) -> bool:
    """Whether the clause of a share, at its place, tells of a fault."""
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    start = max((end for end in ends if end <= place), default=0)
    end = min((end for end in ends if end > place), default=len(text))
    return _FAULT.search(_OF_A_THING.sub(" ", text[start:end])) is not None


def _in_order(text: str) -> list[tuple[int, float]]:
    """The shares with their places, the newest first: "one in three in 2022, now nine in ten"."""
    placed = _placed(text)
    between = text[placed[0][0] : placed[1][0]] if len(placed) > 1 else ""
    if re.search(r"[;,][^;,]*\bnow\b", between, re.IGNORECASE):
        return [placed[1], placed[0], *placed[2:]]
    return placed


def speaks_against(text: str, verdict: str) -> bool:
    """Whether the shares of a sentence plainly speak against a verdict that a model gave.

    Nothing is made of a share alone: it only takes a verdict back, so that a person reads it.

    >>> against = "Supervision was recorded in two of ten files, against eight of ten last year."
    >>> speaks_against(against, "improved"), speaks_against(against, "not embedded")
    (True, False)
    >>> speaks_against("Strategy meetings were late in 80% of cases.", "improved")
    True
    >>> speaks_against("The pathway was in use in eleven of twelve files.", "not embedded")
    True
    >>> speaks_against("Missed visits were told on the day in 17 of 20 cases.", "improved")
    False
    """
    placed = _in_order(text)
    shares = [share for _, share in placed]
    is_fault = _is_faulty(text, placed[0][0]) if placed else _FAULT.search(text) is not None
    is_baseline = len(placed) == 1 and bool(_BASELINE.search(text[: placed[0][0]]))
    if verdict == "improved":
        falls = len(shares) > 1 and shares[0] < shares[1] and bool(_COMPARED.search(text))
        few_do = len(shares) == 1 and shares[0] <= LOW and bool(_WANTED.search(text))
        few_do = few_do and not is_baseline
        most_fail = bool(shares) and shares[0] > 1 - LOW and is_fault
        return (
            _FEWER_DO.search(text) is not None or most_fail or (not is_fault and (falls or few_do))
        )
    if verdict == "not embedded":
        most_do = len(shares) == 1 and shares[0] >= HIGH and bool(_WANTED.search(text))
        most_do = most_do and not is_baseline
        fell = is_fault and _FELL.search(text) is not None
        return fell or (most_do and not is_fault)
    return False
