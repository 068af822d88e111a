"""The seven-minute briefing: seven boxes on two pages, for a team to talk about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lif_nlp.briefs.audiences import EVERYONE, Audience, naming
from lif_nlp.briefs.kinds.one_report import one_report
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.selection import CandidatePool
from lif_nlp.briefs.readability import count_words
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import changes
from lif_nlp.briefs.sections.claims import Quoter, count, places
from lif_nlp.briefs.sections.figures import balance_of_agencies, balance_of_themes, trend
from lif_nlp.briefs.sections.messages import points_of, themes_of
from lif_nlp.briefs.sections.recurring_points import shown_of
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Chart, Claim

HEADINGS = (
    "What it is, and why it matters",
    "What came back most",
    "What worked",
    "What lay behind it",
    "What reports ask for",
    "How sure we are, and what has changed",
    "What to do, and questions to ask",
)
MAX_WORDS = 940
"""Words that are read in seven minutes: about 130 a minute, read aloud in a team meeting, without
the small print at the end, some 90 words, of which half are counted here."""

_PLACES = 2
"""Places that point a service to what names it and is not quoted."""

_FOR_ALL = 1
"""Lines and quotes of what every service reads, on a page of signs and steps."""

_OWN_WORDS = 60
"""Words by which a version for some readers is shorter, so that it stays on two pages."""

_MAX_WORDS_OF_ONE = 850
"""The same for one report, whose many boxes would else run over a second page."""

# (quotes of what came back, of what worked, of reasons, of what is asked for), the fullest first:
# the first that keeps the brief within its words is taken.
_FITS = (
    (5, 3, 2, 2), (4, 3, 2, 2), (4, 2, 2, 1), (3, 2, 1, 1), (2, 2, 1, 1), (2, 1, 1, 1),
    (1, 1, 1, 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fixed:
    """Parts that stay the same however many quotes there is room for."""

    about: list[Claim]
    sure: list[Claim]
    todo: list[Claim]
    trend: Chart | None


def headings_of(subject: Subject) -> tuple[str, ...]:
    """The headings of the seven boxes; nothing comes back in one report."""
    return (HEADINGS[0], boxes.difficult(subject), *HEADINGS[2:])


def seven_minute(material: Material, subject: Subject, audience: Audience = EVERYONE) -> Brief:
    """The briefing of a theme, a priority or one report, at most `MAX_WORDS` words."""
    if subject.kind == "report":
        # A role has more lines of advice than a service, and each takes a line of the page.
        own = 2 if audience.id and not audience.group else int(audience != EVERYONE)
        most = _MAX_WORDS_OF_ONE - _OWN_WORDS * own
        return one_report(material, subject, audience, most)
    # Shared by all attempts: candidates are ranked once, however often the brief is composed.
    pools: dict[tuple[str, ...], CandidatePool] = {}
    came_back: dict[tuple[str, ...], list[Any]] = {}
    fixed = _Fixed(
        boxes.about(material, subject, audience),
        boxes.sure(material, subject, changes(material, subject)),
        boxes.do(material, subject, audience),
        trend(material, subject),
    )
    for fit in _FITS:
        quoter = Quoter(material, subject, audience.group, pools=pools, came_back=came_back)
        if audience.group and not boxes.quotes_group(subject, quoter):
            return _signs_and_steps(fixed, audience, quoter)
        brief = _compose(fixed, audience, quoter, fit)
        # Signs and quotes of the readers' own take more lines than their words: two pages in all.
        if count_words(brief) <= MAX_WORDS - _OWN_WORDS * (audience != EVERYONE):
            break
    return brief


def _signs_and_steps(fixed: _Fixed, audience: Audience, quoter: Quoter) -> Brief:
    """One page for a service on which nothing can be quoted: its signs and steps first.

    Whatever else reports say of the subject is for those whom they name.
    """
    headings = (HEADINGS[0], "What every service reads: what came back most", HEADINGS[-1])
    came = boxes.problems(quoter.subject, quoter, _FOR_ALL)
    own = naming(quoter.subject.rows, audience.group)
    where = places(quoter.material, own, _PLACES)
    see = [count(f"What reports say of {audience.name}: see {where}.", own)] if where else []
    bodies = ([*fixed.about, *see], came, fixed.todo)
    return assemble(
        ("seven-minute", "Seven-minute briefing"),
        quoter,
        audience,
        list(zip(headings, bodies, strict=True)),
    )


def _compose(fixed: _Fixed, audience: Audience, quoter: Quoter, fit: tuple[int, ...]) -> Brief:
    subject = quoter.subject
    quoted, strengths, reasons, requests = fit
    bodies = (
        fixed.about,
        boxes.problems(subject, quoter, quoted),
        boxes.strengths(subject, quoter, strengths),
        boxes.reasons(subject, quoter, reasons),
        boxes.asked(subject, quoter, requests),
        fixed.sure,
        fixed.todo,
    )
    return assemble(
        ("seven-minute", "Seven-minute briefing"),
        quoter,
        audience,
        list(zip(headings_of(subject), bodies, strict=True)),
        [_balance(quoter, [*bodies[1], *bodies[2]]), fixed.trend],
    )


def _balance(quoter: Quoter, lines: list[Claim]) -> Chart | None:
    """Both sides by service on a theme, else by theme: of what `lines` tell, if they do."""
    if quoter.subject.kind == "theme":
        return balance_of_agencies(quoter.material, quoter.subject)
    told = [
        one.theme
        for role in ("problem", "strength")
        for of_role in (points_of, themes_of)
        for one in shown_of(of_role(quoter, role), lines)
    ]
    return balance_of_themes(quoter.material, quoter.subject, told)
