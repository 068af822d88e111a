"""What may leave the learning team: the one guard against identifying a child, family or worker.

A text circulates only if every capitalised word is known to be harmless, every number is of
a harmless kind, and no circumstance points to one family.  `lif annotate` and the quotes of
briefs ask the same function.
"""

from lif_nlp.circulation.guard import identifying_kinds, may_circulate
from lif_nlp.circulation.headings import (
    FOR_CIRCULATION,
    FOR_LEARNING_TEAM,
    file_to_show,
    for_whom,
    has_unknown_name,
    name_to_show,
    title_to_show,
)
from lif_nlp.circulation.known_words import KnownWords, known_words, split_words
from lif_nlp.circulation.small_groups import hide_small_counts, hold_back_rare

__all__ = [
    "FOR_CIRCULATION",
    "FOR_LEARNING_TEAM",
    "KnownWords",
    "file_to_show",
    "for_whom",
    "has_unknown_name",
    "hide_small_counts",
    "hold_back_rare",
    "identifying_kinds",
    "known_words",
    "may_circulate",
    "name_to_show",
    "split_words",
    "title_to_show",
]
