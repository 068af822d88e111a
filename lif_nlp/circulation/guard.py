"""The verdict on one text."""

from __future__ import annotations

from collections.abc import Collection

from lif_nlp.circulation.circumstances import identifying_circumstances, without_letters
from lif_nlp.circulation.known_words import KnownWords
from lif_nlp.circulation.name_context import name_probability
from lif_nlp.circulation.names import has_listed_name, identifying_names, is_prose
from lif_nlp.circulation.numbers import identifying_numbers
from lif_nlp.circulation.witness import resemblance

IS_DOUBTFUL = 0.57
"""Probability from which a text is kept in that rules let pass.  On 954 sentences that the rules had not
seen, each set left out of the training in turn, 0.57 kept in 0.96 of the hard identifying ones and lost
0.09 of the others (rules alone 0.85 and 0.045); 0.65 kept in 0.943 and lost 0.074, 0.54 0.966 and 0.104 (November 2026)."""

ALIKE_COUNTS = 0.7
"""Weight of what a sentence is like beside what its words are: 0.6 and 0.8 kept in 0.004 fewer at the same loss."""

IS_NO_NAME = 0.05
"""Probability of a name below which a word that no list has is let pass, if nothing else speaks against
its text: of 708 sentences with a name that only lists kept in 0 fell below, of 39 harmless ones 4 (November 2026)."""


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
    own = ["name"] if isinstance(known, KnownWords) and known.names_in(text) else []
    names = identifying_names(text, known)
    others = [*own, *identifying_numbers(text), *identifying_circumstances(text)]
    kinds = [*own, *names, *others]
    if not kinds:
        return _heard(text, known)
    if kinds == ["name"] and not own and is_prose(text) and not has_listed_name(text):
        # Rules say only that no list has a word: its place may show that it is a tool.
        return ("name",) if name_probability(text, known) >= IS_NO_NAME else ()
    return tuple(dict.fromkeys(kinds))


def _heard(text: str, known: Collection[str]) -> tuple[str, ...]:
    """What the two witnesses say together of a text in which rules see nothing."""
    text = without_letters(text)
    named = name_probability(text, known)
    alike = ALIKE_COUNTS * resemblance(text)
    if 1 - (1 - named) * (1 - alike) < IS_DOUBTFUL:
        return ()
    return ("name",) if named > alike else ("resemblance",)


def may_circulate(text: str, known: Collection[str] = ()) -> bool:
    """Whether nothing in a text may identify a child, family, worker or small place.

    >>> may_circulate("Health visitors saw the plan."), may_circulate("Grace was not seen.")
    (True, False)
    """
    return not identifying_kinds(text, known)
