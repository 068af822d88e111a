"""The kinds of brief, one small file each, in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.seven_minute import seven_minute
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of brief is composed and what it needs.

    `subject` says whether it is about one theme, priority or report ("one") or
    the whole workspace ("all"); `tables` are the tables of the synthesis it reads.
    """

    id: str
    name: str
    compose: Callable[[Material, Subject, Audience], Brief]
    subject: str = "one"
    tables: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            Kind("seven-minute", "Seven-minute briefing", seven_minute,
                 tables=("directions", "stuck")),
        )
    }
)  # fmt: skip
"""Every kind of brief by its name on the command line."""
