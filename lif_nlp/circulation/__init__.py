"""What may leave the learning team: the one guard against identifying a child, family or worker.

A text circulates only if every capitalised word is known to be harmless, every number is of
a harmless kind, and no circumstance points to one family.  `lif annotate` and the quotes of
briefs ask the same function.
"""

from lif_nlp.circulation.guard import identifying_kinds, may_circulate
from lif_nlp.circulation.known_words import KnownWords, known_words, split_words

__all__ = ["KnownWords", "identifying_kinds", "known_words", "may_circulate", "split_words"]
