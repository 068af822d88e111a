"""The kinds of brief, one small file each, in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.annual import annual
from lif_nlp.briefs.kinds.board import board
from lif_nlp.briefs.kinds.cdop import cdop
from lif_nlp.briefs.kinds.explorer import explorer, explorer_page
from lif_nlp.briefs.kinds.horizon import horizon_scan
from lif_nlp.briefs.kinds.newsletter import newsletter
from lif_nlp.briefs.kinds.points import points
from lif_nlp.briefs.kinds.programme import programme
from lif_nlp.briefs.kinds.session import session
from lif_nlp.briefs.kinds.seven_minute import seven_minute
from lif_nlp.briefs.kinds.summary import summary
from lif_nlp.briefs.kinds.training import training
from lif_nlp.briefs.kinds.voice import voice
from lif_nlp.briefs.kinds.wheel import wheel
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.briefs.writers.branding import BriefBranding
from lif_nlp.records import Brief

_ANOTHER_SUBJECT = (
    "add reports that speak of it with 'lif add', or choose a theme that 'lif themes' lists"
)
_MORE_REPORTS = "add more reports with 'lif add'; until then the explorer shows every finding"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of brief is composed and what it needs.

    `subject` says whether it is about one theme, priority or report ("one"), the
    whole workspace ("all"), or either ("any"); `tables` are the tables of the
    synthesis it reads.  A kind with a `page` of its own is a web page only, whatever
    formats are asked for.  `instead` says what to do where no report says anything for it.
    Where no subject was named, it is refused with fewer than `fewest_boxes` boxes that show a
    point or a quote.  With `has_short_card` it carries the numbers and the contact of the local
    card alone, for boards and panels.
    """

    id: str
    name: str
    compose: Callable[[Material, Subject, Audience], Brief]
    subject: str = "one"
    tables: tuple[str, ...] = ()
    page: Callable[[Material, Brief, BriefBranding], bytes] | None = None
    instead: str = _ANOTHER_SUBJECT
    has_short_card: bool = False
    fewest_boxes: int = 1


_MOVING = ("directions", "persistence")
"""Tables that say what changes and what does not."""

# With one box of content a briefing would mostly ask and advise; the figures, risks and decisions
# of a board or an annual report stand without a quote.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            Kind("seven-minute", "Seven-minute briefing", seven_minute, tables=_MOVING,
                 fewest_boxes=2),
            Kind("wheel", "Seven minutes on one page", wheel, tables=_MOVING,
                 fewest_boxes=2),
            Kind("summary", "Learning summary", summary, tables=_MOVING, fewest_boxes=2),
            Kind("session", "Learning session", session, tables=_MOVING),
            Kind("newsletter", "Newsletter paragraph", newsletter),
            Kind("training", "Training pack", training, "any", ("training",)),
            Kind("points", "What comes back", points, "all", instead=_MORE_REPORTS,
                 has_short_card=True),
            Kind("annual", "Annual report section", annual, "all", _MOVING,
                 instead=_MORE_REPORTS, has_short_card=True, fewest_boxes=0),
            Kind("board", "Board page", board, "all",
                 ("balance", "recurring_problems", "repeated_recommendations", *_MOVING),
                 instead=_MORE_REPORTS, has_short_card=True, fewest_boxes=0),
            Kind("horizon", "Horizon scan", horizon_scan, "all", ("horizon",),
                 instead="add dated reports of three years or more with 'lif add'",
                 has_short_card=True),
            Kind("voice", "You said, we did", voice, "any",
                 instead="the page needs two sentences, one at least on what is hard, in which "
                 "several children or parents say something that is safe to pass on; make "
                 "the seven-minute briefing on the child's voice (--theme voice_of_child), or add "
                 "your sheet of what groups said with 'lif follow'", has_short_card=True),
            Kind("cdop", "Child death overview brief", cdop, "all",
                 instead="add two or more child death reviews or coroners' reports with 'lif add', "
                 "or make a seven-minute briefing on a theme", has_short_card=True, fewest_boxes=2),
            Kind("programme", "Programme of action", programme, "any",
                 instead="add reviews that recommend something with 'lif add', and what follows "
                 "them up with 'lif follow'", has_short_card=True),
            Kind("explorer", "Learning explorer", explorer, "all", page=explorer_page),
        )
    }
)  # fmt: skip
"""Every kind of brief by its name on the command line."""
