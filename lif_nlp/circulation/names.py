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

from lif_nlp.circulation.rules import patterns
from lif_nlp.circulation.word_lists import (
    is_abstract,
    is_field_word,
    is_ordinary,
    names_no_thing,
    without_accents,
    without_harmless_phrases,
    words,
)
from lif_nlp.text.months import DAYS, MONTH_NUMBERS

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'‘\-‐‑][^\W_]+)*(?:\d+[A-Z]?\b)?")
ENDING = re.compile(r"(?:n[’']t|[’'](?:ll|ve|re|d|m|s)|[’'])$", re.IGNORECASE)
"""What is taken off a word before it is looked up: "'s", "n't"."""

DAY_WORDS = frozenset(
    f"{day}{plural}"
    for day in (*DAYS, "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun")
    for plural in ("", "s")
)
"""Days of the week, whole and short."""

_ALONE = re.compile(
    r"(?:^|[\s(])(?:to|with|by|from|for|about|that|when|if|because|told|asked|saw|and|said|[Aa]t|[Nn]ear)\s$"
)
"""What stands before a capitalised word that is no part of a longer title: "we spoke to Price"."""

_CAPITAL_NEXT = re.compile(r"[’'s]*\s+[A-Z]")
"""What follows a word that is part of a longer title."""

_HYPHENATED = frozenset({"post", "mortem", "ordinator", "ordinators", "ordinate", "ordinated"})
"""Parts of words that are whole only with a hyphen: "post-mortem", "co-ordinator"."""

_SENTENCE = re.compile(r"[“\"‘']?[A-Z][^/]*[a-z0-9][)”\"’']*[.!?][)”\"’']*", re.DOTALL)
"""A sentence with a capital in front, a stop at its end and no slash of a note ("t/c from")."""

_DESCRIPTION = re.compile(r"\w{3,}(?:ed|ing|less|ful|ive|al|ous|able|ible|ile|ant|ent|ary)$")
"""Endings of words that describe."""

_MIN_LOWER = 4
"""Letters from which a word in small letters is looked up: shorter ones are mostly
abbreviations of case notes ("mtg").  Judged by hand."""
_MAX_CODE = 4
"""Capitals that an unknown abbreviation with a vowel may have; a longer one may be a name.
Judged by hand on half of the privacy sentences, 30 November 2026."""
_UNSPOKEN = re.compile(r"^[^AEIOUYÀ-Ý]+$|^(?=.{5,6}$).*[BCDFGJKLMNPQRSTVWXZ]{4}")
"""Capitals that nobody speaks as a name: no vowel, or four consonants together in a short word
("UNCRC", but not "RAVENSCROFT")."""
_LOOK_BACK = 60
"""Characters before a word in which what it follows is looked for: no pattern needs more."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text without its ending, and where it stands."""

    base: str
    text: str
    start: int

    @property
    def low(self) -> str:
        return self.base.lower()

    @property
    def before(self) -> str:
        return self.text[max(0, self.start - _LOOK_BACK) : self.start]

    @property
    def after(self) -> str:
        return self.text[self.start + len(self.base) :]

    @property
    def opens(self) -> bool:
        """Whether the word opens a sentence, a quotation or an item of a list."""
        before, rules = self.before, patterns("names")
        return (
            rules["opens"].search(before) is not None
            and not rules["abbreviation"].search(before)
            and not rules["labelled"].search(before)
        )


def identifying_names(text: str, known: Collection[str] = ()) -> list[str]:
    """Kinds of name in a text, without repetition: "name", "initials".

    Parameters
    ----------
    text
        A sentence or paragraph.
    known
        Capitalised words that name nobody: agencies, terms and the area of a framework.

    >>> identifying_names("Grace and patience were shown, but Siân was not seen.")
    ['name']
    """
    # By a word that is no name: the sentence around it must still read as one.
    text = without_harmless_phrases(text)
    shouts = text.isupper() and len(text.split()) > 2
    has_name = any(_names(word, known, shouts=shouts) for word in _doubtful_words(text))
    has_name = has_name or _has_name_by_place(text)
    rules = patterns("names")
    initials = any(
        not _is_kin_of_a_code(match) for match in rules["cut_name"].finditer(text)
    ) or any(
        not rules["holder"].search(text[: match.start()])
        for match in rules["initials"].finditer(text)
    )
    return [kind for kind, hit in (("name", has_name), ("initials", initials)) if hit]


def _has_name_by_place(text: str) -> bool:
    """Whether what stands around a word shows that it is a name, whatever the word is."""
    rules = patterns("names")
    return (
        any(not _is_eponym(match) for match in rules["titled"].finditer(text))
        or rules["nicknamed"].search(text) is not None
        or any(_may_be_nickname(match) for match in rules["quoted_name"].finditer(text))
    )


def has_listed_name(text: str) -> bool:
    """Whether a word of a text is in a list of names, or stands where only a name can.

    >>> has_listed_name("Plans for Georgia were late."), has_listed_name("The Kelp Wall was used.")
    (True, False)
    """
    return _has_name_by_place(without_harmless_phrases(text)) or any(
        word.low in words("forename_words")
        or word.low in words("surname_words")
        or word.base in words("area_forenames")
        or _describes_and_acts(word)
        for word in _doubtful_words(text)
    )


def _doubtful_words(text: str) -> Iterator[_Word]:
    """The words that are not plain English in small letters wherever they stand."""
    for match in _TOKEN.finditer(text):
        if not _is_plain(match.group()):
            yield _Word(ENDING.sub("", match.group()), text, match.start())


@lru_cache(maxsize=1 << 16)
def _is_plain(token: str) -> bool:
    """Whether a word is in small letters and English, or too short to tell."""
    base = ENDING.sub("", token)
    if base != base.lower() or not is_latin(base) or base in words("low_forenames"):
        return False
    return all(
        len(part) < _MIN_LOWER or part in _HYPHENATED or is_ordinary(part) or is_abstract(part) or part.capitalize() in words("languages")
        or part.capitalize() in DAY_WORDS or part in MONTH_NUMBERS
        for part in re.split(r"[-‐‑’'‘]", base)
    )  # fmt: skip


def is_latin(base: str) -> bool:
    """Whether a word is written in Latin letters.

    >>> is_latin("Siân"), is_latin("Юлия")
    (True, False)
    """
    return base.isascii() or all(
        unicodedata.name(c, "").startswith("LATIN") for c in base if c.isalpha()
    )


def _names(word: _Word, known: Collection[str], *, shouts: bool) -> bool:
    """Whether a word may be the name of a person or place."""
    base = word.base
    if base == base.lower() or not is_latin(base):
        return _names_in_small_letters(word)
    if any(c.isdigit() for c in base):
        return False
    if _is_harmless(base, known) and not _describes_and_acts(word):
        return _is_a_name_too(word) or (base not in known and _is_no_area_here(word))
    if shouts or (base.isupper() and len(base) > _MAX_CODE):
        return _names_in_capitals(word, known)
    if base.rstrip("s").isupper():
        return without_accents(word.low) in words("short_names") or _is_addressed(word)
    return _describes_and_acts(word) or not _may_be_capitalised(word, known)


def _describes_and_acts(word: _Word) -> bool:
    """Whether a word that describes owns or does something, as only a name can: "Early's notes"."""
    return (
        word.low in words("describing_surnames")
        and word.opens
        and patterns("names")["owns_or_acts"].match(word.after) is not None
    )


def _names_in_small_letters(word: _Word) -> bool:
    """Whether an unknown word in small letters, or of another script, may be a name."""
    if not is_latin(word.base):
        return True
    is_handle = word.after[:1] == "_"
    if word.base not in words("low_forenames") and is_prose(word.text) and not is_handle:
        return False
    # an address, a hashtag or a file name is for the numbers to judge
    return word.before[-1:] not in tuple("@./#_")


def _is_a_name_too(word: _Word) -> bool:
    """Whether a harmless word is also a name and does what people do: "April was moved"."""
    rules = patterns("names")
    return (word.low in words("forename_words") or word.low in words("surname_words")) and (
        rules["rarely_acts"].match(word.after) is not None
        or (
            rules["spoken_to"].search(word.before) is not None
            and not _CAPITAL_NEXT.match(word.after)
        )
        or (
            rules["told_of"].search(word.before) is not None
            and rules["had"].match(word.after) is not None
        )
    )


def _is_no_area_here(word: _Word) -> bool:
    """Whether an area's name that is a forename too stands where no area does: "Plans for Georgia"."""
    rules = patterns("names")
    return (
        word.base in words("area_forenames")
        and not rules["in_area"].search(word.before)
        and not rules["institution"].match(word.after)
    )


@lru_cache(maxsize=8)
def is_prose(text: str) -> bool:
    """Whether a text is a whole sentence, whose writer begins names with a capital.

    >>> is_prose("Windows need restrictors."), is_prose("told hv that kayden bites")
    (True, False)
    """
    return _SENTENCE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=1 << 14)
def _is_listed(base: str) -> bool:
    return (
        base in words("harmless")
        or base in words("languages")
        or base in words("large_areas")
        or base in DAY_WORDS
        or base.rstrip(".").casefold() in MONTH_NUMBERS
        or base.lower() in words("medicines")
    )


def _is_harmless(base: str, known: Collection[str]) -> bool:
    return (base in known and base.lower() not in words("forename_words")) or _is_listed(base)


def _names_in_capitals(word: _Word, known: Collection[str]) -> bool:
    """Whether a word written in capitals, in a heading or a note, may be a name."""
    if _is_addressed(word):
        return True
    for part in re.split(r"[-’']", word.base):
        low = part.lower()
        if len(part) < 3 or _is_harmless(part.capitalize(), known) or _is_harmless(part, known):
            continue
        plain = without_accents(low)
        # few English words have an accent, and fewer keep it in capitals
        if plain in words("short_names") or (plain != low and not is_field_word(plain)):
            return True
        if not (is_ordinary(low) or len(part) <= 3 or _UNSPOKEN.search(part)):
            return True
        if low in words("forename_words") and _acts_like_a_person(word, word.after.lower()):
            return True
    return False


def _is_addressed(word: _Word) -> bool:
    """Whether a forename in capitals stands where a heading tells of whom: "URGENT RE HOPE"."""
    rules = patterns("names")
    return (
        word.low in words("forename_words")
        and word.low not in MONTH_NUMBERS
        and rules["addressed"].search(word.before) is not None
        and rules["ends_there"].match(word.after) is not None
    )


def _may_be_capitalised(word: _Word, known: Collection[str]) -> bool:
    """Whether a word with a capital may have it for another reason than being a name."""
    rules, after = patterns("names"), word.after
    if (
        rules["cited"].match(after)
        or rules["invented"].match(after)
        or (word.low in words("forename_words") and rules["colours"].match(after))
    ):
        return True
    if word.base in words("authors"):
        return (
            rules["authored"].match(after) is not None
            or rules["by_author"].search(word.before) is not None
            or (
                word.before[-3:] in ("As ", "as ")
                and word.low not in words("forename_words")
                and rules["as_said"].match(after) is not None
            )
            or (word.opens and is_ordinary(word.low) and not rules["acts"].match(after))
        )
    parts = [part for part in re.split(r"[-‐‑]", word.base) if part]
    if len(parts) > 1:
        return _is_compound(parts, known, opens=word.opens)
    # "SENCo", "GPs", "CiCC": capitals inside
    if rules["mixed_case"].fullmatch(word.base) or (
        sum(c.isupper() for c in word.base) > 2 and word.base[:2].isupper()
    ):
        return True
    return _is_a_word(word)


def _is_a_word(word: _Word) -> bool:
    """Whether a capitalised word is one of the language where it stands, and no name."""
    rules, after = patterns("names"), word.after
    low = ENDING.sub("", word.low)
    if low in words("forename_words"):
        may_open = word.opens and low in words("word_forenames")
        return may_open and not _acts_like_a_person(word, after)
    if low in words("surname_words"):
        alone = _ALONE.search(word.before) is not None and not _CAPITAL_NEXT.match(after)
        if rules["rarely_acts"].match(after) or (alone and not word.opens):
            return False
    if word.opens:
        # "Denise" ends as verbs do, "Moriarty" as nouns do.
        return is_ordinary(low) or (is_abstract(low) and not low.endswith(("ise", "rty", "lly")))
    return (
        is_field_word(low)
        or (is_ordinary(low) and (is_abstract(low) or _describes(low)))
        or (low in words("institution_words") and rules["institution"].match(after) is not None)
    )


def _describes(low: str) -> bool:
    """Whether a word in small letters describes and is no surname: "Homeless", "Nurturing"."""
    return (
        _DESCRIPTION.search(low) is not None
        and names_no_thing(low)
        and low not in words("surname_words")
    )


def _is_compound(parts: list[str], known: Collection[str], *, opens: bool) -> bool:
    """Whether the parts of a word with hyphens are plain: "Multi-agency", "Post-Adoption"."""
    plain = all(
        part == part.lower() or part.isupper() or _is_harmless(part, known)
        or is_field_word(part.lower()) or (opens and is_ordinary(part.lower()))
        for part in parts
    )  # fmt: skip
    return plain and any(part == part.lower() or is_field_word(part.lower()) for part in parts[1:])


def _acts_like_a_person(word: _Word, after: str) -> bool:
    """Whether what follows a word at the start is what people do: "Hope had been told"."""
    rule = "rarely_acts" if word.low in words("rarely_forenames") else "acts"
    return patterns("names")[rule].match(after) is not None


def _is_kin_of_a_code(match: re.Match[str]) -> bool:
    """Whether two letters stand for the kin of a child with a code: "MB" beside "Child B"."""
    letters = match.group()
    return (
        letters[0] in "AFGMSU"
        and re.search(rf"\b(?:[Cc]hild|[Bb]aby) {letters[1]}\b", match.string) is not None
    )


def _may_be_nickname(match: re.Match[str]) -> bool:
    """Whether a quoted word is what somebody is called, and no term of the field."""
    name = match.group(1) or match.group(2)
    return not (is_field_word(name.lower()) or is_abstract(name.lower()))


def _is_eponym(match: re.Match[str]) -> bool:
    """Whether a title stands before a word or an author: "Mrs and Mr", "Lord Laming's report"."""
    base = ENDING.sub("", match.group(1))
    after = match.string[match.start(1) + len(base) :]
    if base in words("authors") and patterns("names")["authored"].match(after):
        return True
    if base == base.lower() or len(base) == 1:
        return True
    # "Mrs and Mr", "Lord Justice"; "Mr Talbot" is a person though a place has the name.
    if patterns("names")["personal_title"].match(match.group()):
        return base in words("titles")
    return base in words("harmless") and base not in {"Black", "White", "Young"}
