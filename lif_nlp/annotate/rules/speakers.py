"""Who speaks in a sentence: a family, an agency, the coroner or the author."""

from __future__ import annotations

import re
from functools import cache

from lif_nlp.annotate.rules.toml_rules import compiled, read_file
from lif_nlp.annotate.unit_tokens import TokenizedUnit

SPEAKERS = ("family", "agency", "coroner", "author")
"""In the order in which they are tried; the author, if no other is named."""

_FILE = "speakers.toml"
_CORONER_REPORTS = ("pfd", "coroner", "inquest")


def speaker(unit: TokenizedUnit) -> str:
    """One of `SPEAKERS`; the author of a coroner's report is the coroner."""
    patterns = _patterns()
    is_coroner = unit.span.doc._.review_type in _CORONER_REPORTS
    author = "coroner" if is_coroner else "author"
    return next((name for name in SPEAKERS[:3] if patterns[name].search(unit.raw)), author)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = read_file(_FILE)
    lists.check_keys("speech_verbs", "family", "agency", "coroner")
    verbs, family, agency, coroner = (
        lists.text(key).replace("\n", "") for key in ("speech_verbs", "family", "agency", "coroner")
    )
    forms = {
        "family": rf"(?:{family})(?: \w+){{0,3}}? (?:{verbs})"
        rf"|(?:according to|in the (?:view|words|opinion) of) (?:the |his |her |"
        rf"their )?(?:{family})"
        rf"|(?:{family})['’]s? (?:view|words|account|feeling)",
        "agency": rf"(?:{agency})(?: (?:has|have|had|also|now|\w+ly)){{0,3}} (?:{verbs})"
        rf"|(?:according to|in the view of) (?:the )?(?:\w+ )?(?:{agency})",
        "coroner": coroner,
    }
    return {
        name: compiled(rf"\b(?:{form})\b", _FILE, re.IGNORECASE) for name, form in forms.items()
    }
