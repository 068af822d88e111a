"""Reading: a file as it lies in the folder becomes a Document as it was meant to be read.

`read` turns one file into documents of blocks with page, heading path and exact
offsets, or into a Quarantined with the reason; it never raises for bad input.
Each format has one reader; all of them give a `Reading` of `Piece`s, and all that
follows (boilerplate, metadata, privacy, offsets) is the same for every format.
The parsers are imported when a file of their kind comes by.
"""

from lif_nlp.ingest.duplicates import near_duplicates, repeated_sentences
from lif_nlp.ingest.personal_data import find_personal, redact
from lif_nlp.ingest.reader import read
from lif_nlp.ingest.sheets.explain import explain_columns
from lif_nlp.ingest.sources import find_sources

__all__ = [
    "explain_columns",
    "find_personal",
    "find_sources",
    "near_duplicates",
    "read",
    "redact",
    "repeated_sentences",
]
