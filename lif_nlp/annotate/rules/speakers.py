"""Who speaks in a sentence: the author, a family, an agency or a coroner."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from lif_nlp.annotate.unit_tokens import Phrase

SPEAKERS = ("family", "agency", "coroner", "author")
"""Looked for in this order; the author where no other is named."""

_CORONER_REPORTS = ("pfd", "coroner", "inquest")


def speaker(phrase: Phrase) -> str:
    """One of `SPEAKERS`; in a coroner's report the coroner stands for the author."""
    patterns = _patterns()
    author = "coroner" if phrase.unit.doc._.review_type in _CORONER_REPORTS else "author"
    return next((name for name in SPEAKERS[:3] if patterns[name].search(phrase.raw)), author)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    file = Path(__file__).with_name("speakers.toml")
    lists = {k: v.replace("\n", "") for k, v in tomllib.loads(file.read_text("utf-8")).items()}
    said, family, agency = lists["said"], lists["family"], lists["agency"]
    forms = {
        "family": rf"(?:{family})(?: \w+){{0,3}}? (?:{said})"
        rf"|(?:according to|in the (?:view|words|opinion) of) (?:the |his |her |"
        rf"their )?(?:{family})"
        rf"|(?:{family})['’]s? (?:view|words|account|feeling)",
        "agency": rf"(?:{agency})(?: (?:has|have|had|also|now|\w+ly)){{0,3}} (?:{said})"
        rf"|(?:according to|in the view of) (?:the )?(?:\w+ )?(?:{agency})",
        "coroner": lists["coroner"],
    }
    return {name: re.compile(rf"\b(?:{form})\b", re.IGNORECASE) for name, form in forms.items()}
