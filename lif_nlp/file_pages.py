"""Whether a reader finds a page of a file by its number."""

from __future__ import annotations

import re

_WITHOUT_PAGES = re.compile(
    r"\.(?:docx?|odt|rtf|html?|md|txt|eml|msg|csv|xlsx?|ods)$", re.IGNORECASE
)
"""Files in which a page is counted by the program and cannot be found by a reader."""


def has_pages(source: str) -> bool:
    """Whether the file at a path has pages with numbers that a reader finds.

    >>> has_pages("reviews/heron.pdf"), has_pages("reviews/heron.docx")
    (True, False)
    """
    return not _WITHOUT_PAGES.search(source)
