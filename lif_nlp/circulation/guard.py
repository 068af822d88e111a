"""The verdict on one text."""

from __future__ import annotations

from collections.abc import Collection

from lif_nlp.circulation.circumstances import identifying_circumstances
from lif_nlp.circulation.known_words import KnownWords
from lif_nlp.circulation.names import identifying_names
from lif_nlp.circulation.numbers import identifying_numbers
from lif_nlp.circulation.witness import resembles


def identifying_kinds(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Kinds of detail in a text that could identify someone; empty when none is seen.

    Parameters
    ----------
    text
        A sentence or paragraph.
    known
        Capitalised words that name nobody, beside the guard's own: a framework's agencies
        and terms, and the words of a large area.

    >>> identifying_kinds("Ms Vale rang on 3 May.")
    ('name', 'date')
    """
    own = ("name",) if isinstance(known, KnownWords) and known.names_in(text) else ()
    kinds = [
        *own,
        *identifying_names(text, known),
        *identifying_numbers(text),
        *identifying_circumstances(text),
    ]
    if not kinds and resembles(text):
        kinds.append("resemblance")
    return tuple(dict.fromkeys(kinds))


def may_circulate(text: str, known: Collection[str] = ()) -> bool:
    """Whether nothing in a text may identify a child, family, worker or small place.

    >>> may_circulate("Health visitors saw the plan."), may_circulate("Grace was not seen.")
    (True, False)
    """
    return not identifying_kinds(text, known)
