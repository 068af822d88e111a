"""Rules as data: patterns over folded tokens, read from a TOML file and compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lif_nlp.annotate.unit_tokens import Phrase
from lif_nlp.text.pattern_set import Name, Wordings
from lif_nlp.text.word_lists import words

_ADVERB = (
    r"(?:not|never|also|already|then|perhaps|always|therefore|still|ever|both|all|at least|"
    r"in fact|instead|just|even|well|too|often|now|only|at that point|very|so|quite|"
    r"nevertheless|nonetheless|"
    r"however|in all likelihood|in all probability|on the balance of probabilities|on balance|"
    r"in turn|at once|soon|once|again|thus|, (?:[^\s,]+ ){1,8},|,|\w+ly)"
)
_WHOLE_TOKENS = " (?:%s)(?= )"
"""A match takes in the space before its first token, by which `re` leaps from token to token."""

_PLACEHOLDER = re.compile(r"\{(ADV|PP|NP|LIST:\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, its table and code, its patterns, the guards that must all hold."""

    name: str
    layer: str
    code: str
    patterns: tuple[str, ...]
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that a rule's pattern met: tokens `first` to before `last` of a phrase."""

    phrase: Phrase
    first: int
    last: int
    rule: str = ""

    @property
    def found(self) -> str:
        """The tokens met, in lower case."""
        return " ".join(self.phrase.words[self.first : self.last])

    def before(self, reach: int = 200) -> str:
        """Up to `reach` tokens before, ending with a space."""
        return " " + "".join(
            w + " " for w in self.phrase.words[max(0, self.first - reach) : self.first]
        )

    def after(self, reach: int = 200) -> str:
        """Up to `reach` tokens after, beginning with a space."""
        return "".join(" " + w for w in self.phrase.words[self.last : self.last + reach]) + " "


@cache
def read_rules(file: str, layer: str) -> tuple[Rule, ...]:
    """The rules of one table of a file of this folder, in the order of the file."""
    entries = tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))[layer]
    return tuple(
        Rule(
            entry["name"],
            layer,
            entry.get("code", "aware"),
            tuple(entry["patterns"]),
            tuple(entry.get("guards", ())),
        )
        for entry in entries
    )


def compile_pattern(alternatives: Sequence[str]) -> re.Pattern[str]:
    """A pattern over whole tokens, its placeholders filled in."""
    return re.compile(_WHOLE_TOKENS % filled("|".join(alternatives)))


def filled(pattern: str) -> str:
    """A pattern of a TOML file with its placeholders filled in."""
    return _PLACEHOLDER.sub(_fill, pattern)


def token_wordings(patterns: Mapping[Name, Sequence[str]]) -> Wordings[Name]:
    """Named lists of patterns over whole tokens, to be asked of a phrase together."""
    return Wordings(
        {name: [filled(entry) for entry in listed] for name, listed in patterns.items()},
        shell=_WHOLE_TOKENS,
    )


class RuleBook:
    """Rules that are asked of a phrase together."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._wordings = token_wordings(dict(enumerate(rule.patterns for rule in self._rules)))

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def candidates(self, phrase: Phrase) -> Iterator[tuple[Rule, list[Candidate]]]:
        """Each rule that meets the phrase, in order, and where; guards not yet asked."""
        for place, matches in self._wordings.find(phrase.text, phrase.vocabulary).items():
            rule = self._rules[place]
            yield rule, [Candidate(phrase, *phrase.tokens(m), rule.name) for m in matches]


def _fill(placeholder: re.Match[str]) -> str:
    name = placeholder.group(1)
    if name == "ADV":
        return rf"{_ADVERB}(?: {_ADVERB}){{0,2}}"
    if name == "NP":
        return r"(?:[^\s,;]+ ){0,9}?[^\s,;]+"
    if name == "PP":
        plain = "|".join(sorted(words("not_participles")))
        return rf"(?:(?!(?:{plain}) )\w[\w-]+ed|{_either('participles')})(?= )"
    return f"(?:{_either(name.removeprefix('LIST:'))})(?= )"


def _either(name: str) -> str:
    return "|".join(sorted(map(re.escape, words(name)), key=lambda w: (-len(w), w)))
