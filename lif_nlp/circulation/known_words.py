"""Words of a framework that name nobody, and names that a partnership wants kept in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any

from lif_nlp.framework.model import Framework

# Proper words that point to no person; the framework adds its own.
_COMMON = """
Act Acts Board Boards British Care Child Children Children’s Council Court Covid Department
Education Emergency England English Europe European Executive Family Friday Good Government
Graded Profile Health Home Hospital Information Level Local Monday NHS National Ofsted Operation
Encompass Panel Partnership Person Persons Plan Police Public Regulation Safeguarding Saturday
Scotland Secretary Section Service Services Signs Safety Strategic Sunday Sure Start Team Thursday
Together Tuesday UK Wales Welsh Wednesday Working Years Young Tier Part Christmas Easter
""".split()  # noqa: SIM905


class KnownWords(Set[str]):
    """Capitalised words that name nobody, and a partnership's own names, which always do.

    >>> known = KnownWords(["Police", "Ash"], own_names=["Ash Lane"])
    >>> "Police" in known, known.names_in("They lived in ASH LANE.")
    (True, True)
    """

    def __init__(self, words: Iterable[str] = (), own_names: Iterable[str] = ()) -> None:
        self._words = frozenset(words)
        self.own_names = tuple(sorted({name.strip() for name in own_names} - {""}))
        name_patterns = (r"\s+".join(map(re.escape, name.split())) for name in self.own_names)
        self._own = re.compile(rf"(?<!\w)(?:{'|'.join(name_patterns)})(?!\w)", re.IGNORECASE)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __or__(self, others: Iterable[Any]) -> KnownWords:
        """These words and others, with the same own names."""
        return KnownWords(self._words.union(others), self.own_names)

    def names_in(self, text: str) -> bool:
        """Whether a text has one of the partnership's own names."""
        return bool(self.own_names) and self._own.search(text) is not None


def known_words(framework: Framework, own_names: Iterable[str] = ()) -> KnownWords:
    """Capitalised words that name agencies, meetings, laws and the like.

    `own_names` are kept in always: the setting of this name in `lif.toml`.
    """
    texts = [*framework.glossary, *framework.glossary.values(), framework.partnership]
    for agency in framework.agencies:
        texts += [agency.name, *agency.names, *agency.abbreviations, *agency.roles]
    for kind in framework.review_types:
        texts += [kind.name, *kind.aliases]
    texts += [theme.name for theme in framework.themes]
    # A sentence may begin with "midwife"; abbreviations are looked up as written and so.
    words = {word.capitalize() for text in texts for word in split_words(text)}
    return KnownWords(words | set(_COMMON), own_names)


def split_words(text: str) -> list[str]:
    """The words of a text, as written."""
    return re.findall(r"[A-Za-z’']+", text)
