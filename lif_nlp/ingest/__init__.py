"""Reading files: a PDF, Word file, web page, sheet or archive becomes Documents.

`read` turns one file into documents of blocks with page, heading path and exact offsets, or
into a Quarantined with the reason; it never raises for bad input. Each format has one reader
(`formats/`, `pdf/`, `sheets/`), all of which return a `Reading` of `Piece`s. Everything that
follows (boilerplate, `metadata/`, personal data, offsets) is the same for every format.
Parsers are imported when the first file of their type is read.
"""

from lif_nlp.ingest.duplicates import find_near_duplicates, find_repeated_sentences
from lif_nlp.ingest.personal_data import find_personal_data
from lif_nlp.ingest.reader import read
from lif_nlp.ingest.redaction import redacted
from lif_nlp.ingest.sheets.explain import explain_columns
from lif_nlp.ingest.sources import find_sources, is_workspace, locate, missing_reason

__all__ = [
    "explain_columns",
    "find_near_duplicates",
    "find_personal_data",
    "find_repeated_sentences",
    "find_sources",
    "is_workspace",
    "locate",
    "missing_reason",
    "read",
    "redacted",
]
