"""Compiles the patterns of rules: over the text as written, and over folded tokens.

A pattern over text is a regular expression in which a space stands for any white space or
hyphens, and " ?" for optional ones; it begins and ends at the edge of a word.

A pattern over tokens sees the tokens of a unit in lower case, each between two spaces, and
matches whole tokens.  Its placeholders are {adverbs} (up to three adverbs),
{past_participle}, {noun_phrase} (up to ten words without a comma), or the name of a word
list, for any word of that list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from lif_nlp.annotate.rules.toml_rules import compiled, expand
from lif_nlp.text.pattern_set import Name, PrefilteredPatterns
from lif_nlp.text.word_lists import words

NEVER = re.compile(r"(?!)")
"""A pattern that matches nothing."""

# ------------------------------------------------------------------ over text

_EDGE = r"(?<![\w’-])"
_TEXT = r"(?:%s)(?!\w)"


def any_of(
    entries: Iterable[str], *, meanings: Mapping[str, str] | None = None, place: str = ""
) -> re.Pattern[str]:
    """One pattern that matches any of the entries, in capitals or not.

    Parameters
    ----------
    entries
        Patterns over text; without any, the result matches nothing.
    meanings
        What the placeholders stand for.
    place
        File and key, for the message of a RuleFileError.

    >>> any_of(["co ?sleeping", "{who} slept"], meanings={"who": "baby"}).findall("Co-sleeping")
    ['Co-sleeping']
    """
    patterns = expand_all(entries, meanings or {}, place=place)
    alternatives = "|".join(map(_with_any_space, patterns))
    return compiled(_EDGE + _TEXT % alternatives, place, re.IGNORECASE) if alternatives else NEVER


def text_patterns(
    entries: Mapping[Name, Iterable[str]], *, flags: int = re.IGNORECASE
) -> PrefilteredPatterns[Name]:
    """Finds what `any_of` finds, for many named lists of entries at once.

    Without the flag, entries and texts must be in lower case; that is twice as fast.

    >>> patterns = text_patterns({"sleep": ["co ?sleeping"], "food": ["meals?"]})
    >>> list(patterns.find("No meal that day"))
    ['food']
    """
    spaced = {
        name: list(map(_with_any_space, alternatives)) for name, alternatives in entries.items()
    }
    return PrefilteredPatterns(spaced, edge=_EDGE, template=_TEXT, flags=flags)


def expand_all(
    entries: Iterable[str], meanings: Mapping[str, str], *, place: str
) -> tuple[str, ...]:
    """The entries with their placeholders replaced."""
    return tuple(expand(entry, meanings.__getitem__, place=place) for entry in entries)


def _with_any_space(entry: str) -> str:
    return entry.replace(" ?", r"[\s\-–]*").replace(" ", r"[\s\-–]+")


# ---------------------------------------------------------------- over tokens

_TOKENS = " (?:%s)(?= )"
"""The match includes the space before its first token, so that `re` skips to token starts."""

_ADVERB = (
    r"(?:not|never|also|already|then|perhaps|always|therefore|still|ever|both|all|at least|"
    r"at the (?:very )?least|in fact|instead|just|even|well|too|often|now|only|at that point|"
    r"very|so|quite|nevertheless|nonetheless|"
    r"however|in all likelihood|in all probability|on the balance of probabilities|on balance|"
    r"in turn|at once|soon|once|again|thus|, (?:[^\s,]+ ){1,8},|,|\w+ly)"
)


def token_pattern(*alternatives: str, place: str = "a pattern over tokens") -> re.Pattern[str]:
    """One pattern over tokens that matches any of the alternatives.

    >>> bool(token_pattern("(?:was|were) {adverbs} {past_participle}").search(" was not seen "))
    True
    """
    alternation = "|".join(expand(entry, _token_meaning, place=place) for entry in alternatives)
    return compiled(_TOKENS % alternation, place)


def token_patterns(
    patterns: Mapping[Name, Sequence[str]], *, place: str = "patterns over tokens"
) -> PrefilteredPatterns[Name]:
    """Named lists of patterns over tokens, to be found in a unit together."""
    return PrefilteredPatterns(
        {
            name: [expand(entry, _token_meaning, place=f"{place}, {name}") for entry in entries]
            for name, entries in patterns.items()
        },
        template=_TOKENS,
    )


@cache
def _token_meaning(name: str) -> str:
    if name == "adverbs":
        return rf"{_ADVERB}(?: {_ADVERB}){{0,2}}"
    if name == "noun_phrase":
        return r"(?:[^\s,;]+ ){0,9}?[^\s,;]+"
    if name == "past_participle":
        other = "|".join(sorted(words("not_participles")))
        return rf"(?:(?!(?:{other}) )\w[\w-]+ed|{_any_word('participles')})(?= )"
    return f"(?:{_any_word(name)})(?= )"


def _any_word(name: str) -> str:
    """The words of a list as alternatives, longest first, so that none hides a longer one."""
    return "|".join(sorted(map(re.escape, words(name)), key=lambda w: (-len(w), w)))
