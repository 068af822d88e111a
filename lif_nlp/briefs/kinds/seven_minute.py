"""The seven-minute briefing: seven boxes on two pages, for a team to talk about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lif_nlp.briefs.audiences import EVERYONE, Audience
from lif_nlp.briefs.kinds.one_report import one_report
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.selection import CandidatePool
from lif_nlp.briefs.readability import count_words
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import changes
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.sections.figures import balance_of_agencies, balance_of_themes, trend
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

_OWN_WORDS = 60
"""Words by which a version for some readers is shorter, so that it stays on two pages."""

_MAX_WORDS_OF_ONE = 770
"""The same for one report, whose many boxes would else run over a second page."""

# (points that came back, of them with a quote; what worked, with a quote; quotes of reasons;
# what is asked for, with a quote), the fullest first: the first that keeps the brief within
# its words is taken.
_FITS = (
    (5, 4, 3, 3, 2, 3, 2), (5, 3, 3, 2, 2, 2, 1), (5, 3, 2, 2, 1, 2, 1), (5, 2, 2, 2, 1, 2, 1),
    (5, 2, 2, 1, 1, 1, 1), (4, 2, 2, 1, 1, 1, 0), (3, 1, 1, 1, 1, 1, 0), (3, 1, 1, 1, 0, 1, 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fixed:
    """Parts that stay the same however many quotes there is room for."""

    about: list[Claim]
    sure: list[Claim]
    todo: list[Claim]
    charts: list[Chart | None]


def headings_of(subject: Subject) -> tuple[str, ...]:
    """The headings of the seven boxes; nothing comes back in one report."""
    return (HEADINGS[0], boxes.difficult(subject), *HEADINGS[2:])


def seven_minute(material: Material, subject: Subject, audience: Audience = EVERYONE) -> Brief:
    """The briefing of a theme, a priority or one report, at most `MAX_WORDS` words."""
    if subject.kind == "report":
        return one_report(material, subject, audience, _MAX_WORDS_OF_ONE)
    # Shared by all attempts: candidates are ranked once, however often the brief is composed.
    pools: dict[tuple[str, ...], CandidatePool] = {}
    balance = balance_of_agencies if subject.kind == "theme" else balance_of_themes
    fixed = _Fixed(
        boxes.about(material, subject, audience),
        boxes.sure(material, subject, changes(material, subject)),
        boxes.do(material, subject, audience),
        [balance(material, subject), trend(material, subject)],
    )
    for fit in _FITS:
        quoter = Quoter(material, subject, audience.group, pools=pools)
        near = boxes.near(material, subject, audience, quoter)
        brief = _compose(replace(fixed, about=[*fixed.about, *near]), audience, quoter, fit)
        # Signs and quotes of the readers' own take more lines than their words: two pages in all.
        if count_words(brief) <= MAX_WORDS - _OWN_WORDS * (audience != EVERYONE):
            break
    return brief


def _compose(fixed: _Fixed, audience: Audience, quoter: Quoter, fit: tuple[int, ...]) -> Brief:
    subject = quoter.subject
    points, quoted, strengths, strengths_quoted, reasons, requests, requests_quoted = fit
    bodies = (
        fixed.about,
        boxes.problems(subject, quoter, quoted, points),
        boxes.strengths(subject, quoter, strengths_quoted, strengths),
        boxes.reasons(subject, quoter, reasons),
        boxes.asked(subject, quoter, requests_quoted, requests),
        fixed.sure,
        fixed.todo,
    )
    return assemble(
        ("seven-minute", "Seven-minute briefing"),
        quoter,
        audience,
        list(zip(headings_of(subject), bodies, strict=True)),
        fixed.charts,
    )
