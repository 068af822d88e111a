"""What a harm is like for a child, in the words of a report: what a page on practice forgets."""

from __future__ import annotations

import re
from dataclasses import replace

from lif_nlp.briefs.quoting.quotability import penalty
from lif_nlp.briefs.quoting.stands_alone import probability_alone
from lif_nlp.briefs.quoting.thresholds import LIMITS
from lif_nlp.briefs.sections.claims import Quoter, statement
from lif_nlp.records import Claim

_LEAD = "What it is like for a child, in the words of a report:"

_CHILDREN = re.compile(
    r"(?i)^(?:[\w’'-]+,? ){0,3}(?:children|young people|babies|toddlers|teenagers|pupils|girls|"
    r"boys)\b(?![’'])"
)
"""A sentence that begins with children, and not with one child, who might be known."""

_LIVED = re.compile(
    r"(?i)\b(?:hungry|hunger|cold|tired|dirty|unwashed|asham\w+|shame|afraid|fright\w+|scared|"
    r"sleep|beds?|food|meals?|clothes|not being thought|lonel\w+|toothache|shouting|"
    r"blame themselves|keep (?:it |a )?secrets?|home alone)\b"
)
"""What children meet in a day, in plain nouns."""


def child_day(quoter: Quoter) -> list[Claim]:
    """One sentence on what children live with, below a line of ours; no lines without one.

    It judges no service, so it need not stand on a side.
    """
    rows = quoter.subject.rows
    texts = rows["text"].astype(str)
    is_lived = texts.map(
        lambda text: bool(_CHILDREN.search(text) and _LIVED.search(text)) and _is_plain(text)
    )
    rows = rows[is_lived.astype(bool) & rows["role"].isin(["problem", "context"])]
    if rows.empty:
        return []
    # Of "the lack of care is less visible" and "hunger, cold, waiting" the latter is a day.
    lived = rows["text"].map(lambda text: len(_LIVED.findall(str(text))))
    rows = rows[lived.eq(lived.max())]
    # It shares what is quoted; a testimony takes no turns, and prefers no reader's service.
    own = replace(quoter.for_subject(quoter.subject), testimony=True, group="", turn=0)
    quotes = own.quotes(rows, 1)
    return [statement(_LEAD, rows), *quotes] if quotes else []


def _is_plain(text: str) -> bool:
    """Whether a sentence is understood by itself, whatever kind of report it is from."""
    is_alone = probability_alone(text) >= LIMITS.min_stands_alone
    return is_alone and penalty(text) < LIMITS.max_penalty
