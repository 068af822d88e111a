"""Works that a report cites, with the page and the finding that cites them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lif_nlp.ledger_records import Research
from lif_nlp.records import Document
from lif_nlp.text.months import MONTHS

_CITATION = re.compile(
    r"\b(?P<who>[A-Z][A-Za-z'’-]+(?:(?:,| and| &|, and) [A-Z][A-Za-z'’-]+)*(?: et al\.?)?),? "
    r"\((?P<year>(?:19|20)\d{2})[a-z]?\)"
    r"|\((?P<who2>[A-Z][A-Za-z'’-]+(?:(?:,| and| &"
    r"|, and) [A-Z][A-Za-z'’-]+)*(?: et al\.?)?),? (?P<year2>(?:19|20)\d{2})[a-z]?\)"
)
_NO_AUTHOR = frozenset(
    (*MONTHS, "The", "In", "Since", "Child", "Baby", "Review", "Act", "Working", "Together")
)


def research_of(document: Document, findings: Iterable[tuple[int, int, str]]) -> list[Research]:
    """References in the text by author and year, each once, on the page where it stands first.

    `findings` are start, end and id of the report's findings.
    """
    spans = list(findings)
    works: dict[str, Research] = {}
    for block in document.blocks:
        words = document.text[block.start : block.end]
        for match in _CITATION.finditer(words):
            who, year = match["who"] or match["who2"], match["year"] or match["year2"]
            # "March (2021)" and "Working Together (2018)" have the look of a citation.
            if who.split()[0].strip(",") in _NO_AUTHOR:
                continue
            start = block.start + match.start()
            finding = next((f for begin, end, f in spans if begin <= start < end), "")
            citation = f"{who} ({year})"
            works.setdefault(
                citation, Research(document.doc_id, citation, block.page_at(start), finding)
            )
    return list(works.values())
