"""Whether a reader finds a page of a file by its number."""

from __future__ import annotations


def has_pages(source: str) -> bool:
    """Whether the file at a path has pages with numbers that a reader finds: a PDF file has.

    In other files, and in a row of a table, a page is counted by the program.  A source without
    any ending is not known to be one of them.

    >>> [has_pages(f"reviews/heron.{end}") for end in ("pdf", "docx", "xlsm", "csv!/12")]
    [True, False, False, False]
    >>> has_pages("reviews.zip!/heron.PDF"), has_pages("heron")
    (True, True)
    """
    name = source.replace("\\", "/").rsplit("/", 1)[-1]
    is_part = "!/" in source
    return source.lower().endswith(".pdf") or ("." not in name and not is_part)
