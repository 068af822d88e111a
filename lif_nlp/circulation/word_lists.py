"""Word lists of the guard: what is harmless, what names a person or a place."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from lif_nlp.circulation.rules import patterns

_FOLDER = Path(__file__).parent
_PREFIXES = (
    "un",
    "non",
    "re",
    "mis",
    "co",
    "pre",
    "post",
    "over",
    "under",
    "anti",
    "multi",
    "mid",
    "hyper",
    "hypo",
    "inter",
    "intra",
    "sub",
    "super",
    "micro",
    "neuro",
    "psycho",
    "self",
    "semi",
    "cyber",
    "bio",
    "eco",
    "out",
    "fore",
    "touch",
    "work",
    "hand",
)
_SUFFIXES = ("s", "es", "ly", "ness", "d", "like", "wise")
_MIN_STEM = 4
"""Letters that a word keeps without its prefix or suffix.  Judged by hand: with three, names
such as "Alder" would pass as a form of "al"."""

# What British spelling changes of the American list.
_SPELLINGS = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("ae", "e"), ("oe", "e"), ("tre", "ter"),
    ("ll", "l"), ("ence", "ense"), ("ogue", "og"), ("mme", "m"), ("iqu", "iq"),
)  # fmt: skip

_ABSTRACT = re.compile(
    r"(?:\w{2,}[st]ion|\w{3,}ment|\w{2,}(?:al|il|iv|ar|ic|iti|ersi|xi|ni|ti|li)ty|\w{3,}ness|\w{3,}(?:ance|ence|ancy|ency)|\w{3,}(?:ative|itive|ctive|ssive)"
    r"|\w{3,}(?:ise|ises|ised|ising|ify|ifies|ified)|\w{2,}(?:itis|isms?|ology|ologies|ologists?|ological|ectomy|ography|ographies|ometry|phobia|phobic|centric)|\w{3,}(?:ally|ively|ately|antly|ently|ingly|edly|ably|ibly|fully|lessly|ously)|\w{4,}(?:able|ible|ful|ational))s?"
)  # fmt: skip


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list, as written; an underscore stands for a space.

    Raises KeyError for a name that the file does not have.

    >>> "Encompass" in words("harmless")
    True
    """
    lists = tomllib.loads((_FOLDER / "word_lists.toml").read_text("utf-8"))
    return frozenset(entry.replace("_", " ") for entry in lists[name].split())


_TITLE_CASE = r"(?:(?: |, | \()(?:[A-Z][\w’'-]*\)?|of|and|for|in|to|the|against|from|on))*"
_LAW = rf"(?<=the )[A-Z][\w’'-]*{_TITLE_CASE} (?:Act|Order|Rules|Regulations|Code) (?:19|20)\d\d\b"
"""A law by its title and year, "the Childcare Act 2006": only behind "the", where no name stands."""

_WHOLE_COUNTRY = ("National", "British", "Chartered", "European", "International", "World")
_NATIONAL = rf"(?<=the )(?:{'|'.join(_WHOLE_COUNTRY)})(?: (?:of |for |in )?[A-Z][\w’'-]*)+"
"""A body of the whole country by how it begins; what follows "and" may be a person."""


def _whole(alternatives: Iterable[str]) -> re.Pattern[str]:
    """Patterns as whole words: "Red Cross" is no part of "Red Crossley"."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


def _phrases(name: str) -> list[str]:
    """The phrases of a list, longest first, so that none hides a longer one."""
    return sorted(map(re.escape, words(name)), key=len, reverse=True)


@cache
def _harmless_phrases() -> re.Pattern[str]:
    return _whole([_LAW, _NATIONAL, *_phrases("harmless_phrases")])


@cache
def _whole_authors() -> re.Pattern[str]:
    return _whole(_phrases("whole_authors"))


def without_harmless_phrases(text: str) -> str:
    """A text with "it" in place of bodies, laws, tools and cited authors, who point to nobody here.

    >>> without_harmless_phrases("We rang the Marie Collins Foundation.")
    'We rang the it.'
    """
    cited = _whole_authors().sub(lambda match: "it" if _is_cited(match) else match.group(), text)
    return _harmless_phrases().sub(
        lambda match: match.group() if _ends_in_a_name(match.group()) else "it", cited
    )


def _ends_in_a_name(phrase: str) -> bool:
    """Whether what begins like a body of the whole country ends like a person: "British Mia Jones"."""
    if phrase in words("harmless_phrases"):
        return False
    last = phrase.rsplit(maxsplit=1)[-1].lower()
    return phrase.startswith(_WHOLE_COUNTRY) and (
        last in words("surname_words") or not is_ordinary(last)
    )


def _is_cited(match: re.Match[str]) -> bool:
    """Whether an author's name stands for a work: others have the name too."""
    rules, before, after = (
        patterns("names"),
        match.string[: match.start()],
        match.string[match.end() :],
    )
    return any(rules[name].match(after) for name in ("cited", "authored", "invented")) or (
        rules["by_author"].search(before) is not None
    )


@cache
def _lines(name: str) -> frozenset[str]:
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1 << 16)
def is_field_word(word: str) -> bool:
    """Whether reviews and the framework write a word small too, in any form of it.

    >>> is_field_word("safeguarding"), is_field_word("beacon")
    (True, False)
    """
    field = _lines("field_words.txt")
    return any(form in field for form in _inflections(word))


def _inflections(word: str) -> Iterator[str]:
    """A word with and without the endings of number, tense and adverbs."""
    yield word
    yield f"{word}s"
    for ending, others in (("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")), ("ly", ("",))):
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            yield from (word.removesuffix(ending) + other for other in others)


@lru_cache(maxsize=1 << 16)
def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is English and no name alone.

    >>> is_ordinary("paediatricians"), is_ordinary("tegan")
    (True, False)
    """
    plain = without_accents(word)
    ordinary = _lines("ordinary_words.txt")
    return any(
        form in ordinary or form in words("medicines") or is_field_word(form)
        for form in _forms(plain)
    )


def without_accents(word: str) -> str:
    """A word with its letters bare.

    >>> without_accents("siân")
    'sian'
    """
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _forms(word: str) -> Iterator[str]:
    """A word, and what it may be a form of."""
    yield word
    stems = [word]
    stems += [word[: -len(end)] for end in _SUFFIXES if word.endswith(end)]
    stems += [word[len(start) :] for start in _PREFIXES if word.startswith(start)]
    for stem in stems:
        if len(stem) >= _MIN_STEM:
            yield stem
            for british, american in _SPELLINGS:
                if british in stem:
                    yield stem.replace(british, american)


def names_no_thing(word: str) -> bool:
    """Whether an ordinary word names no thing, creature, person, place or event.

    >>> names_no_thing("dismayed"), names_no_thing("harbour")
    (True, False)
    """
    lines = _lines("abstract_words.txt")
    return any(form in lines for form in _inflections(word))


@lru_cache(maxsize=1 << 14)
def is_abstract(word: str) -> bool:
    """Whether a word's ending is that of abstract words: it tells of no thing or place.

    >>> is_abstract("participation"), is_abstract("lighthouse")
    (True, False)
    """
    return _ABSTRACT.fullmatch(word) is not None
