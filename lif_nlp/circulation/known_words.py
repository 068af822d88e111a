"""Capitalised words of a framework that name nobody."""

from __future__ import annotations

import re

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


def known_words(framework: Framework) -> frozenset[str]:
    """Capitalised words that name agencies, meetings, laws and the like."""
    texts = [*framework.glossary, *framework.glossary.values(), framework.partnership]
    for agency in framework.agencies:
        texts += [agency.name, *agency.names, *agency.abbreviations, *agency.roles]
    for kind in framework.review_types:
        texts += [kind.name, *kind.aliases]
    texts += [theme.name for theme in framework.themes]
    words = {word.capitalize() for text in texts for word in split_words(text)}
    return frozenset(words | set(_COMMON))


def split_words(text: str) -> list[str]:
    """The words of a text, as written."""
    return re.findall(r"[A-Za-z’']+", text)
