"""Names of people and places: every capitalised word that is not known to be harmless.

Nobody can list all names, so the guard lists what is no name: words of the field, agencies,
law, tools, large areas.  What is left, in any script and form, is taken for a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lif_nlp.circulation.word_lists import is_field_word, is_ordinary, words
from lif_nlp.text.months import DAYS, MONTH_NUMBERS

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'‘\-‐‑][^\W_]+)*(?:\d+[A-Z]?\b)?")
_ENDING = re.compile(r"(?:n[’']t|[’'](?:ll|ve|re|d|m|s)|[’'])$", re.IGNORECASE)
_DAYS = frozenset(
    f"{day}{plural}"
    for day in (*DAYS, "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun")
    for plural in ("", "s")
)
_OPENS = re.compile(
    r"(?:^|[.!?:;•|…\n\t*(\[“\"‘–—]|(?:^|\s)['’]|(?:^|\s)(?:\d+|[a-z]|[ivx]+)[.)])\s*$"
)
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Mx|Prof|Rev|Sgt|Cllr|Fr|Sr|[A-Z])\.\s*$")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sgt|Sergeant|Revd?|Reverend|Lady|Lord|Sir|Dame|Cllr|Councillor|Prof|Professor|Judge|"
    r"Justice|Imam|Rabbi|Pastor|Aunt|Auntie|Uncle|Sr|Fr|Madam|Master|Nan|Granny)\.?\s+([^\W\d_][\w’'-]*)"
)
_ACTS = re.compile(
    r"[’']s\b|,? (?:who|aged|then|also|never|always|later|again|still|only|once|himself|herself)\b|"
    r" (?:was|were|is|has|had|did|didn[’']t|does|said|told|asks?|went|lives?|came|felt|thought|spoke|gave|got|took|"
    r"made|saw|knew|left|would|could|can|cannot|will|may|might|should|must|loved?|liked?|hates?|says|told|wrote|"
    r"kept|ran|rang|slept|ate|sat|stood|became|began|brought|bought|drew|drank|fell|found|hid|held|hurt|"
    r"met|paid|put|sent|spent|told|wore|wants?|seems?|tells|goes|stayed|(?!(?:need|feed|speed|seed|bed|red|shed)\b)\w+ed)\b|"
    r" and (?:[A-Z]|(?:his|her) )|(?: \([^)]*\))?[.!?]?$|, (?:the|a|an|his|her|my|\d|\w+teen)\b"
)
_RARELY_ACTS = re.compile(
    r"[’']s (?:mother|father|mum|dad|brother|sister|family|school|teacher)\b|,? who\b| said\b| told\b"
)
_CITED = re.compile(
    r"(?:[’']s)?(?:,? (?:and|&) [A-Z][\w’'-]+| and colleagues| et al\.?|, [A-Z][\w’'-]+)*"
    r",? ?(?:\(?(?:19|20)\d\d[a-z]?\)?)|(?:[’']s)? (?:and colleagues|et al)\b"
)  # fmt: skip
_INITIALS = re.compile(
    r"(?<![\w.])(?!(?:U\.K|U\.S|E\.U)\b)[A-Z]\.(?:\s?-?[A-Z]\b\.?)+|(?<![\w.’'-])[A-Z]\.(?=\s+[A-Z]?[a-z])"
)
_HOLDER = re.compile(
    r"(?:child|children|baby|adult|sibling|mother|father|person|people|family|school|worker|and|to|hospital|area|girl|boy|case|"
    r"subject|sister|brother|appendix|part|annex|section|figure|table|tier|level|service|plan|vitamin|hepatitis|agency|option|of|for|with|about) (?:[A-Z],? (?:and|or) |[A-Z], )*$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\bthe ([A-Z][^\W\d_]+(?:[’'-][A-Z]?[^\W\d_]+)*) (?:famil(?:y|ies)|brothers|sisters|siblings|household|children|twins|boys|girls|baby|case|"
    r"home|inquest|trial|murder|review into|cousins)\b|\b(?:the|of) ([A-Z][a-z]+(?<!ie)s)(?= (?:were|had|was|lived|moved|and their))"
)
_ROLE_AND_NAME = re.compile(
    r"\b(?:[Nn]urse|[Mm]idwife|PC|DC|DS|DI|DCI|PCSO|GP|HV|SW|CPN|[Oo]fficer|[Ww]orker|[Vv]isitor|[Tt]eacher|[Cc]oach|[Cc]onstable|"
    r"[Ss]ergeant|[Ii]nspector|[Dd]etective|[Cc]onsultant|[Dd]octor|[Cc]hef|[Cc]aretaker|[Ss]ister|[Bb]rother|[Aa]dviser|[Mm]anager|"
    r"[Cc]arers?|[Mm]entor|[Tt]utor|[Ff]riend|SENCo|[Pp]artner|[Nn]eighbour|[Gg]uardian|[Ss]olicitor|[Pp]aramedic),? ([A-Z][a-z’'-]+)(?P<after>.*)"
)
_ROLE_PARTS = frozenset(
    [
        "Practice",
        "Practices",
        "Service",
        "Services",
        "Academy",
        "Team",
        "Teams",
        "Lead",
        "Leads",
        "Manager",
        "Managers",
        "Forum",
        "Network",
        "Notes",
        "Records",
        "Form",
        "Board",
        "Surgery",
        "Hub",
        "Trainee",
        "Registrar",
        "Associate",
        "Assistant",
        "Sergeant",
        "Inspector",
        "Constable",
        "Coordinator",
        "Officer",
        "Officers",
        "Federation",
        "Superintendent",
        "Safeguarding",
        "Consultant",
        "Specialist",
        "Practitioner",
        "Practitioners",
        "Advisor",
        "Adviser",
    ]
)
_NICKNAMED = re.compile(
    r"\b(?:known (?:\w+ ){0,4}?(?:as|by)|nick-?named?|street name|went by|goes by|alias|a\.?k\.?a\b\.?|calls? (?:him|her)(?:self)?|"
    r"called (?:him|her)(?:self)?|called|answer(?:s|ed) to|dubbed|gang|crew|tag)[ ,:]+(?:the (?:name )?)?[“\"‘'](?=\w)|"
    r"\bnick-?name|\b(?:went|goes|known) by the name|\b(?:alias|a\.k\.a|aka)\b|\bstreet name|\b(?:calls?|called) (?:him|her)self\b|"
    r"\bknown (?:locally|online|on the \w+|to (?:his|her|friends|staff|all|everyone|\w+ police)[\w ]*?) as\b"
)
_PHRASES = re.compile(
    "|".join(sorted(map(re.escape, words("harmless_phrases")), key=len, reverse=True))
)
_MIN_LOWER = 4
"""Letters from which a word in small letters is looked up: shorter ones are mostly
abbreviations of case notes ("mtg").  Judged by hand."""
_MAX_CODE = 4
"""Capitals that an unknown abbreviation or code may have; a longer one may be a name.
Judged by hand on half of the privacy sentences, 30 November 2026."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text without its ending, what comes before and after, where it stands."""

    base: str
    before: str
    after: str
    opens: bool

    @property
    def low(self) -> str:
        return self.base.lower()


def identifying_names(text: str, known: Collection[str] = ()) -> list[str]:
    """Kinds of name in a text, without repetition: "name", "initials", "place".

    Parameters
    ----------
    text
        A sentence or paragraph.
    known
        Capitalised words that name nobody: agencies, terms and the area of a framework.

    >>> identifying_names("Grace and patience were shown, but Siân was not seen.")
    ['name']
    """
    text = _PHRASES.sub("it", text)
    shouts = text.isupper() and len(text.split()) > 2
    kinds = [kind for word in _words(text) if (kind := _kind_of(word, known, shouts=shouts))]
    if any(not _is_eponym(match.group(1)) for match in _TITLED.finditer(text)):
        kinds.append("name")
    if any(_follows_a_role(match) for match in _ROLE_AND_NAME.finditer(text)) or _NICKNAMED.search(
        text
    ):
        kinds.append("name")
    if any(not _describes_people(match) for match in _PEOPLE.finditer(text)):
        kinds.append("name")
    if any(not _HOLDER.search(text[: match.start()]) for match in _INITIALS.finditer(text)):
        kinds.append("initials")
    return list(dict.fromkeys(kinds))


def _words(text: str) -> Iterator[_Word]:
    for match in _TOKEN.finditer(text):
        before = text[: match.start()]
        opens = _OPENS.search(before) is not None and not _ABBREVIATION.search(before)
        base = _ENDING.sub("", match.group())
        yield _Word(base, before, text[match.start() + len(base) :], opens)


def _kind_of(word: _Word, known: Collection[str], *, shouts: bool) -> str:
    """The kind of name that a word is, or empty."""
    base = word.base
    if any(not unicodedata.name(c, "").startswith("LATIN") for c in base if c.isalpha()):
        return "name"
    if base == base.lower():
        return "" if _is_plain(word) else "name"
    if any(c.isdigit() for c in base) or _is_harmless(base, known):
        return ""
    if shouts or (base.isupper() and len(base) > _MAX_CODE):
        return _kind_in_capitals(word, known)
    if base.rstrip("s").isupper():
        return "name" if base.lower() in words("short_names") else ""
    return "" if _may_be_capitalised(word, known) else "name"


def _is_plain(word: _Word) -> bool:
    """Whether a word in small letters is English, part of a code, or too short to tell."""
    parts = re.split(r"[-‐‑’'‘]", word.low)
    if word.before[-1:] in "@./#_" and word.before:
        return True
    return all(
        len(part) < _MIN_LOWER or is_ordinary(part) or part.capitalize() in words("languages")
        or part.capitalize() in _DAYS or part in MONTH_NUMBERS
        for part in parts
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _is_listed(base: str) -> bool:
    return (
        base in words("harmless")
        or base in words("languages")
        or base in words("large_areas")
        or base in _DAYS
        or base.rstrip(".").casefold() in MONTH_NUMBERS
        or base.lower() in words("medicines")
    )


def _is_harmless(base: str, known: Collection[str]) -> bool:
    return (base in known and base.lower() not in words("forename_words")) or _is_listed(base)


def _kind_in_capitals(word: _Word, known: Collection[str]) -> str:
    """The kind of a word written in capitals, in a heading or a note."""
    parts = [part for part in re.split(r"[-’']", word.base) if part]
    for part in parts:
        low = part.lower()
        if len(part) < 3 or _is_harmless(part.capitalize(), known) or _is_harmless(part, known):
            continue
        if low in words("short_names") or not (is_ordinary(low) or len(part) <= 3):
            return "name"
        if low in words("forename_words") and _acts_like_a_person(word, word.after.lower()):
            return "name"
    return ""


def _may_be_capitalised(word: _Word, known: Collection[str]) -> bool:
    """Whether a word with a capital may have it for another reason than being a name."""
    if _CITED.match(word.after):
        return True
    parts = [part for part in re.split(r"[-‐‑]", word.base) if part]
    if len(parts) > 1:
        return all(
            part == part.lower() or part.isupper() or _is_harmless(part, known)
            or (is_field_word(part.lower()) or (word.opens and is_ordinary(part.lower())))
            for part in parts
        ) and any(part == part.lower() or is_field_word(part.lower()) for part in parts[1:])  # fmt: skip
    low = _ENDING.sub("", word.low)
    if low in words("forename_words"):
        return word.opens and not _acts_like_a_person(word, word.after)
    if word.opens:
        return is_ordinary(low)
    # "SENCo", "GPs", "McX": capitals inside
    return is_field_word(low) or (
        sum(c.isupper() for c in word.base) > 2 and word.base[:2].isupper()
    )


def _acts_like_a_person(word: _Word, after: str) -> bool:
    """Whether what follows a word at the start is what people do: "Hope had been told"."""
    rule = _RARELY_ACTS if word.low in words("rarely_forenames") else _ACTS
    return rule.match(after) is not None


def _follows_a_role(match: re.Match[str]) -> bool:
    """Whether a role's next word is a name that is a word too: "Nurse May rang"."""
    base = _ENDING.sub("", match.group(1))
    return (
        base not in _ROLE_PARTS
        and _ACTS.match(match.group(1)[len(base) :] + match["after"]) is not None
    )


def _is_eponym(name: str) -> bool:
    base = _ENDING.sub("", name)
    return (
        base == base.lower()
        or len(base) == 1
        or (base in words("harmless") and base not in {"Black", "White", "Young", "Wood"})
    )


def _describes_people(match: re.Match[str]) -> bool:
    base = next(group for group in match.groups() if group)
    return any(_is_listed(form) for form in (base, base.removesuffix("s"))) or is_field_word(
        base.lower()
    )
