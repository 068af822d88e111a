"""A review's own sentence with what identifies in square brackets, as editors shorten a quote.

"Sam, who was nine, lived with his mother (MS)" becomes "[The child], [of primary school age],
lived with his [mother]".  Whether what is left may be shown is for the guard to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from lif_nlp.text import english
from lif_nlp.text.ages import age_band
from lif_nlp.text.months import FULL_MONTH
from lif_nlp.text.number_words import CARDINALS, ORDINALS

MOST_BRACKETS = 3
"""Brackets of one sentence; with more it is ours rather than the report's."""

LEFT_OUT = "[…]"
"""Stands where words were left out."""

_KIN = {
    "mother": "the mother", "mum": "the mother", "father": "the father", "dad": "the father",
    "stepfather": "the stepfather", "step-father": "the stepfather", "partner": "the partner",
    "grandmother": "the grandmother", "gran": "the grandmother", "nan": "the grandmother",
    "grandfather": "the grandfather", "grandad": "the grandfather",
    "step-grandfather": "the step-grandfather", "mother's father": "the grandfather",
    "mother's mother": "the grandmother", "father's mother": "the grandmother",
    "father's father": "the grandfather", "aunt": "an aunt", "uncle": "an uncle",
    "brother": "a brother", "sister": "a sister", "half-sister": "a half-sister",
    "half-brother": "a half-brother", "sibling": "a sibling",
}  # fmt: skip
"""Members of a family as reports name them, and as a bracket does."""

_KINS = "|".join(sorted((re.escape(kin) for kin in _KIN), key=len, reverse=True))
_NAME = r"(?:(?:Mr|Mrs|Ms|Miss|Dr) [A-Z]\w*|[A-Z][a-z]+|[A-Z]{1,2}[a-z]?[A-Z]?\d?)"
_SURE_NAME = r"(?:(?:Mr|Mrs|Ms|Miss|Dr) [A-Z]\w*|[A-Z]{1,2}[a-z]?[A-Z]?\d?)"
_CALLED = re.compile(
    rf"\b(?P<kin>{_KINS})(?:"
    rf" \((?P<bracket>{_NAME})(?:,? (?:aged )?\d{{1,2}})?\)|"
    rf", (?:whom we call|who asked (?:us|me) to call (?:her|him)|known (?:here )?as|called) "
    rf"(?P<told>{_NAME})\b|, (?P<aside>{_SURE_NAME})(?=[,.]))"
)
"""A member of the family and the name that the report gives, said plainly: "his mother (MS)"."""
_ROLES = frozenset(
    ["Mother", "Father", "Grandmother", "Grandfather", "Stepfather", "Police", "GP", "Child",
     "Children", "Baby", "School", "Sibling", "Family", "Partner", "Mum", "Dad", "HV", "SW", "CSC"]
)  # fmt: skip
"""Words written as names that are none."""

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
"""Tens by their word."""
_NUMBER = rf"(?:\d{{1,2}}|(?:{'|'.join(_TENS)})(?:-\w+)?|{'|'.join(CARDINALS)})"
"""A number in figures or words, as ages are written."""
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{FULL_MONTH})(?: \d{{4}})?|\d{{4}}"
OPENING_DATE = re.compile(
    rf"^(?:(?:Late|Early) )?(?:On|In|By|At)\b(?: (?:the|a)\b)?[^,]{{0,30}}?\b(?:{_DAY})"
    rf"(?:, at the age of [\w -]+?(?=,))?,? (?=\S)"
)
"""When it happened, before the sentence proper: the quote begins behind it."""
_DATE = re.compile(
    rf",? (?:(?:early|late) )?(?:in|on|during|since|from|by|until)(?: the \w+ of)? (?:{_DAY})\b"
    r"(?:, \w+ (?:days?|weeks?|months?) (?:after|before) (?:his|her|their) \w+ birthday)?"
)
_AFTER_BIRTHDAY = re.compile(
    r",? \w+ (?:days?|weeks?|months?) (?P<side>after|before) (?:his|her|their) "
    r"(?P<nth>[\w-]+) birthday"
)
_AGE = re.compile(
    rf"(?P<lead>, (?:then )?aged |, at the age of |(?<=, who )was (?:then )?(?:aged )?|"
    rf"\bat the age of |\baged |\b(?:when|since) (?:he|she) was |"
    r"\b(?:diagnosed|came into care|taken into care)\b[^,.;]{0,40}? at (?=\w+(?:,| and | with ))|"
    rf"\bwas (?:then )?(?:aged )?(?=\w+ (?:when|years old)))"
    rf"(?P<n>{_NUMBER})\b(?: (?P<unit>week|month|year)s?(?: old)?)?(?! and a (?:half|bit))"
)
_UNSURE = re.compile(
    rf"\b(?:aged|turned|was|is) (?:nearly |almost |about )?{_NUMBER}\b"
    r"(?! (?:of|in|to|or|more|other)\b)|"
    rf"\b{_NUMBER}[- ](?:years?|months?|weeks?|days?)[- ]old\b|\bbirthday\b|\band a half\b"
)
"""What may still be an age after all is said: no such sentence is shown."""
_JOINED = re.compile(rf"\b(?:{_KINS}), \[(?:the |an? (?!adult|baby\]))")
"""A relation and a person who may be another: "his father, [the child], ..."."""
_BRACKETED_CODE = re.compile(
    rf"\b(?P<noun>(?:[a-z]+-)?(?:{_KINS}|partner|boyfriend|child|baby|carers?)) "
    r"\((?:[A-Z][\w]{0,4})?(?:,? ?(?:aged )?\d{1,2})?\)"
)
"""A noun with a code or age in round brackets."""
_NAMED_ASIDE = re.compile(
    rf"\b(?P<noun>(?:former |ex-)?(?:{_KINS}|partner|husband|wife|boyfriend|girlfriend))"
    rf"(?: (?P<after>[A-Z][a-z]+)|, (?P<aside>[A-Z][a-z]+)(?=[,.]))"
    rf"(?:, (?:aged )?{_NUMBER}(?=[,.]))?(?P<end>,(?= (?:at|in|from|said|told|was|had))|)"
)
"""A relation with the name behind it: "her brother Josh", "her former partner, Tom, at"."""
_RELATIVE = re.compile(r", who (?:was|is|were|had)\b[^,]{3,60},")
_SCHOOL_YEAR = re.compile(r"\bYear (?P<n>\d{1,2})\b")
_CUTS = re.compile(
    r"(?:,(?= )|;)| (?=(?:and|outside|when|where|after|before|because|with|on|at|in|from) )"
)
"""Where a sentence may end early."""

_HE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_FEWEST_WHOLE, _FEWEST_LEFT = 3, 5
"""Words outside the brackets of a whole sentence, and of one that ends early."""

_AGES = {
    "under 1": ("a baby", "as a baby"), "1 to 4": ("under school age", "before school age"),
    "5 to 9": ("of primary school age", "at primary school age"),
    "10 to 15": ("of secondary school age", "at secondary school age"),
    "16 to 17": ("aged 16 or 17", "at 16 or 17"), "": ("an adult", "as an adult"),
}  # fmt: skip
"""Ages as a bracket says them: who somebody is, and when something happened."""

_LAST_PRIMARY, _LAST_PRIMARY_YEAR = 10, 6
"""Age and school year at the end of primary school."""


def cast(texts: Sequence[str], child: Collection[str], of_child: str) -> dict[str, str]:
    """Who is meant by the names and codes of a review, as a bracket says it.

    Only where the review says plainly who somebody is; a name that it gives to two is nobody's.

    Parameters
    ----------
    texts
        Its sentences.
    child
        Names of the child, or of the person whom the review is about.
    of_child
        How a bracket calls that person.

    >>> cast(["His mother (MS) rang.", "Sam waited."], ["Sam"], "the child")
    {'Sam': 'the child', 'MS': 'the mother'}
    >>> cast(["When he lived with his father, Sam was happy."], [], "")
    {}
    """
    named: dict[str, set[str]] = {}
    for text in texts:
        for match in _CALLED.finditer(text.replace("’", "'")):
            name = match["bracket"] or match["told"] or match["aside"]
            if name not in _ROLES:
                named.setdefault(name, set()).add(_KIN[match["kin"]])
    roles = dict.fromkeys(child, of_child)
    for name, kins in named.items():
        if len(kins) == 1 and name not in roles:
            roles[name] = next(iter(kins))
    return roles


def shortened(
    text: str, roles: Mapping[str, str], first: str = ""
) -> Iterator[tuple[int, int, str]]:
    """Ways to print a sentence without names, ages and dates, the fullest first.

    `roles` are as from `cast`, and `first` is whom the first "he" or "she" means, where that is to
    be said.  Each is the first and last character of `text` that it stands for, and the words with
    brackets.  None has more than `MOST_BRACKETS`.

    >>> roles = {"Sam": "the child"}
    >>> next(shortened("On 3 May 2019 Sam, who was nine, fell ill.", roles))[2]
    '[The child], [of primary school age], fell ill.'
    """
    opening = OPENING_DATE.match(text)
    start = opening.end() if opening else 0
    body = text[start:]
    ends = [len(body), *reversed([m.start() for m in _CUTS.finditer(body)])]
    # With what is said of people in passing, then without it.
    with_asides, without = (_replaced(body, roles, first, is_full=full) for full in (True, False))
    for end in ends:
        for pieces in (with_asides, *([without] if without != with_asides else [])):
            kept = [(a, b, words) for a, b, words in pieces if b <= end]
            if any(a < end < b for a, b, _ in pieces):
                continue
            words = _joined(body[:end], kept)
            is_whole = end == len(body)
            own = re.sub(r"\[[^\]]*\]", "", words)
            if len(own.split()) < (_FEWEST_WHOLE if is_whole else _FEWEST_LEFT):
                continue
            if not is_whole:
                words = f"{words.removesuffix(LEFT_OUT).rstrip(' ,')} {LEFT_OUT}"
            bare = re.sub(r"\[[^\]]*\]", "[]", words)
            if _UNSURE.search(bare) or _JOINED.search(words):
                continue
            if words.count("[") <= MOST_BRACKETS + (not is_whole):
                yield start, start + end, _opened(words)


def without_brackets(words: str) -> str:
    """What a shortened sentence says, for the guard to read.

    >>> without_brackets("[The child] fell ill […].")
    'The child fell ill.'
    """
    return re.sub(r" ?\[…\]", "", words).replace("[", "").replace("]", "")


def stands_for(words: str, quote: str) -> bool:
    """Whether everything outside the brackets stands in the quote, in its order.

    >>> stands_for("[The child] fell ill.", "Sam fell ill."), stands_for("[He] left.", "Sam fell.")
    (True, False)
    """
    outside = re.split(r"\[[^\]]*\]", words)
    at = 0
    for number, part in enumerate(outside):
        wanted = part.strip()
        found = quote.find(wanted, at)
        # Before the first bracket stands the beginning itself.
        if found < 0 or (number == 0 and wanted and found > 0):
            return False
        at = found + len(wanted)
    return words.endswith("]") or at == len(quote)


def _opened(words: str) -> str:
    """Words that open with a capital; one that is ours stands in a bracket."""
    if words.startswith("["):
        return f"[{english.capital(words[1:])}"
    first, _, rest = words.partition(" ")
    return words if first[:1].isupper() else f"[{english.capital(first)}] {rest}"


def _joined(body: str, pieces: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for a, b, words in pieces:
        parts += [body[at:a], words]
        at = b
    return "".join([*parts, body[at:]])


def _replaced(
    body: str, roles: Mapping[str, str], first: str, *, is_full: bool
) -> list[tuple[int, int, str]]:
    """Where a bracket stands instead of words: first and last character, and the bracket.

    Unless it `is_full`, what is said in passing of people's age and work is left out.
    """
    pieces: list[tuple[int, int, str]] = []
    wanted = [
        *_of_pronoun(body, first),
        *([] if is_full else _asides(body)),
        *_birthdays(body),
        *_relations(body, roles),
        *_ages(body),
        *((m.start(), m.end(), f" {LEFT_OUT}") for m in _DATE.finditer(body)),
        *_names(body, roles),
    ]
    for a, b, words in wanted:
        if all(b <= begin or a >= end for begin, end, _ in pieces):
            pieces.append((a, b, words))
    return _merged(sorted(pieces), body)


_Pieces = Iterator[tuple[int, int, str]]


def _of_pronoun(body: str, first: str) -> _Pieces:
    """Whom the first "he" or "she" means, where that is to be said."""
    pronoun = _HE.search(body) if first else None
    if pronoun:
        said = english.capital(first) if pronoun.group()[0].isupper() else first
        yield pronoun.start(), pronoun.end(), f"[{said}]"


def _asides(body: str) -> _Pieces:
    """What is said of somebody between two commas, if it tells an age."""
    for match in _RELATIVE.finditer(body):
        if _AGE.search(match.group()):
            yield match.start(), match.end(), f" {LEFT_OUT}"


def _birthdays(body: str) -> _Pieces:
    """Days told from a birthday, with the date before them."""
    for match in _AFTER_BIRTHDAY.finditer(body):
        date = next((d for d in _DATE.finditer(body) if d.end() >= match.end()), None)
        a = date.start() if date and date.start() < match.start() else match.start()
        nth = ORDINALS.index(match["nth"]) + 1 if match["nth"] in ORDINALS else 0
        years = nth - (match["side"] == "before")
        if nth:
            yield a, match.end(), f" [{_AGES[_band(years) if years else 'under 1'][True]}]"


def _relations(body: str, roles: Mapping[str, str]) -> _Pieces:
    """Members of the family with the name, code or age that stands behind them."""
    for match in _NAMED_ASIDE.finditer(body):
        name = match["after"] or match["aside"]
        # "When he lived with his father, Sam, ..." begins a new thing.
        if name not in roles and name not in _ROLES:
            yield match.start("noun"), match.end(), f"[{match['noun']}]"
    for match in _BRACKETED_CODE.finditer(body):
        yield match.start(), match.end(), f"[{match['noun']}]"


def _ages(body: str) -> _Pieces:
    """Ages and school years."""
    for match in _AGE.finditer(body):
        lead, band = match["lead"], _band(_number(match["n"]), match["unit"] or "year")
        is_aside, is_was = lead.startswith(","), lead.startswith("was")
        is_when = "aged" not in lead and not is_was
        words = _AGES[band][is_when]
        words = f"was {words}" if is_was else f"from {words[3:]}" if "since" in lead else words
        # Of "diagnosed with asthma at nine" only the age gives way.
        a = match.start("n") - 3 if lead.endswith(" at ") else match.start() + 2 * is_aside
        yield a, match.end(), f"[{words}]"
    for match in _SCHOOL_YEAR.finditer(body):
        school = "primary" if int(match["n"]) <= _LAST_PRIMARY_YEAR else "secondary"
        yield match.start(), match.end(), f"[{school} school]"


def _names(body: str, roles: Mapping[str, str]) -> _Pieces:
    """Names and codes; one may stand in quotation marks, with a note that it is none."""
    if not roles:
        return
    every = "|".join(map(re.escape, sorted(roles, key=len, reverse=True)))
    pattern = (
        rf"[“\"‘]?\b(?P<name>{every})\b[”\"]?(?P<s>['’]s)?"
        r"(?: \((?:not (?:her|his|their) (?:real )?name|a pseudonym)\))?"
    )
    for match in re.finditer(pattern, body):
        yield match.start(), match.end(), f"[{roles[match['name']]}{match['s'] or ''}]"


def _merged(pieces: list[tuple[int, int, str]], body: str) -> list[tuple[int, int, str]]:
    """The brackets, with one for two that only "and" stands between."""
    merged: list[tuple[int, int, str]] = []
    for a, b, words in pieces:
        last = merged[-1] if merged else None
        if last and body[last[1] : a] == " and " and LEFT_OUT not in words + last[2]:
            merged[-1] = (last[0], b, f"{last[2][:-1]} and {words[1:]}")
        else:
            merged.append((a, b, words))
    return merged


def _number(word: str) -> int:
    """A number in figures or words.

    >>> _number("9"), _number("twenty"), _number("twenty-two")
    (9, 20, 22)
    """
    if word.isdigit():
        return int(word)
    tens, _, rest = word.partition("-")
    units = CARDINALS.index(rest) + 1 if rest in CARDINALS else 0
    return _TENS[tens] + units if tens in _TENS else CARDINALS.index(word) + 1


def _band(number: int, unit: str = "year") -> str:
    """The band of an age, with the last year of primary school in that of primary school."""
    if unit == "year":
        return "5 to 9" if number == _LAST_PRIMARY else age_band(str(number))
    return age_band(str(number), unit)
