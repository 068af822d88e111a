"""Reading: a file as it lies in the folder becomes a Document as it was meant to be read.

`read` turns one file into documents of blocks with page, heading path and exact
offsets, or into a Quarantined with the reason; it never raises for bad input.
Each format has one reader; what they share is a `Reading` of `Piece`s.
"""

from lif_nlp.ingest.reader import read
from lif_nlp.ingest.sources import find_sources

__all__ = ["find_sources", "read"]
