"""The briefing on one report: its story, its own learning, what it asks for and of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from lif_nlp.briefs.audiences import Audience, about_work, near_themes
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.page_subject import PageSubject, page_subject
from lif_nlp.briefs.quoting.brackets import without_brackets
from lif_nlp.briefs.quoting.privacy import names_origin
from lif_nlp.briefs.quoting.selection import CandidatePool, has_unknown_form
from lif_nlp.briefs.readability import count_words
from lif_nlp.briefs.report_cases import ReportCases, added_lines, befell_child
from lif_nlp.briefs.report_topic import report_topic
from lif_nlp.briefs.sections import boxes, report_learning, report_requests, report_story
from lif_nlp.briefs.sections.after_inspection import after_inspection
from lif_nlp.briefs.sections.assemble import STEPS, assemble
from lif_nlp.briefs.sections.claims import Quoter, action, questions
from lif_nlp.briefs.sections.discussion_questions import LOOKING_BACK
from lif_nlp.briefs.sections.judgement import judgement
from lif_nlp.briefs.sections.own_learning import own_learning
from lif_nlp.briefs.sections.report_scope import scope
from lif_nlp.briefs.sections.report_sentences import details_that_stay, known_of
from lif_nlp.briefs.sections.report_sources import cited_briefly, headings_of
from lif_nlp.briefs.sections.report_story import OF_LIFE, as_in_title
from lif_nlp.briefs.subjects import Subject, subject_of_learning
from lif_nlp.briefs.writers.branding import printed
from lif_nlp.errors import ConfidentialReportError, EmptyBriefError, NothingForReadersError
from lif_nlp.framework.model import OF_SERVICES, PracticeTheme
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_FITS = (
    (6, 3, 7, 3, 2), (6, 3, 5, 3, 2), (5, 3, 5, 3, 2), (5, 3, 4, 2, 2), (4, 2, 4, 2, 1),
    (3, 2, 3, 2, 1), (3, 1, 3, 1, 1), (2, 1, 2, 1, 1), (1, 1, 1, 1, 0),
)  # fmt: skip
"""Quotes shown as (learning, good practice, recommendations, questions, reasons), the fullest
first."""

_OF_ITS_OWN = 2
"""Quotes more where the report itself numbers or lists what it learnt: most have five to seven."""

_ON_A_PAGE = ((3, 1, 2, 0, 1), (3, 1, 1, 0, 1), (2, 1, 1, 0, 1), (2, 1, 1, 0, 0))
_MOST_ON_A_PAGE = 315
"""The same on one page, the fullest first, and the words that fit there."""

_ON_A_WALL, _LETTER_ON_A_WALL = (4, 1, 2, 0, 1), (2, 1, 2, 0, 1)
"""The same on the wheel, whose boxes are small, and of an inspection, whose list is long."""

_IN_A_SESSION = (4, 2, 2, 0, 2)
"""The same in a session, after the story."""

_FEW_FINDINGS = 2
"""Sentences on what was learnt or difficult that a brief needs."""

_FEWEST_QUOTES = 3
"""Quotes without which a page on a review says too little to talk about; one is a finding."""

_READ_IT = "read the report itself, or make a brief on a theme that several reports name"
"""What to do where too little of a review can be quoted."""

_EXACT = "word for word"
"""What briefs say of their quotes."""

_MIRROR = "Which of these findings could be ours too, and where would we look to see?"
"""The question that every team can answer from its own work."""


_SECOND_SHOWN, _SECOND_SHARE = 2, 0.06
"""Shown quotes on a second theme before it has a line of advice, or its share of all sentences."""


@dataclass(frozen=True, slots=True)
class ReportParts:
    """What a brief on one report is made of, each part as lines; a part without lines is left out.

    `topic` is the report with the framework's texts on what the shown quotes are about, and
    `headings` name `good`, `found` (what was learnt, must improve or was difficult) and `behind`.
    """

    quoter: Quoter
    topic: Subject
    decided: list[Claim]
    story: list[Claim]
    why: list[Claim]
    of_readers: list[Claim]
    good: list[Claim]
    found: tuple[tuple[str, list[Claim]], ...]
    behind: list[Claim]
    requests: list[Claim]
    changed: list[Claim]
    own_questions: list[Claim]
    todo: list[Claim]
    is_of_services: bool

    @property
    def behind_heading(self) -> str:
        """Heading of what lay behind it: only of people's work one says that it made sense."""
        return "What lay behind it" if self.is_of_services else "Why it made sense on the day"

    @property
    def asked(self) -> list[Claim]:
        """What the report asks for; of an inspection, what must improve."""
        return self.requests or next(
            (lines for heading, lines in self.found if heading == MUST), []
        )

    @property
    def learnt(self) -> list[Claim]:
        """What was learnt or difficult, in one box."""
        return [line for heading, lines in self.found if heading != MUST for line in lines]


MUST = "What must improve"
"""Heading of what an inspection lists as to be improved."""


def one_report(material: Material, subject: Subject, audience: Audience, most_words: int) -> Brief:
    """The briefing on a report, at most `most_words` words; boxes without words are left out."""
    # Shared by all attempts: candidates are ranked once, however often the brief is composed.
    pools: dict[tuple[str, ...], CandidatePool] = {}
    for fit in _FITS:
        brief = _briefing(report_parts(material, subject, audience, fit, pools), audience)
        if count_words(brief) <= most_words:
            break
    return brief


def _briefing(parts: ReportParts, audience: Audience) -> Brief:
    of_services = parts.is_of_services
    return assemble_report(
        ("seven-minute", "Seven-minute briefing"),
        parts,
        audience,
        [
            *_opening(parts),
            ("Why it matters", parts.why),
            ("What it says of your work", parts.of_readers),
            *([] if of_services else [("Good practice", parts.good)]),
            *parts.found,
            (parts.behind_heading, parts.behind),
            *([("Good practice", parts.good)] if of_services else []),
            ("What the report asks for", parts.requests),
            ("What has changed since", parts.changed),
            ("Questions that the report asks", parts.own_questions),
            ("What to do, and questions for us", parts.todo),
        ],
    )


def _opening(parts: ReportParts) -> list[tuple[str, list[Claim]]]:
    """What the inspectors decided, or what happened."""
    return [
        ("What the inspectors decided", parts.decided),
        ("What happened", [] if parts.decided else parts.story),
    ]


def report_on_a_page(material: Material, subject: Subject, audience: Audience) -> Brief:
    """The learning summary of one report: what happened, what was learnt, what it asks for."""
    pools: dict[tuple[str, ...], CandidatePool] = {}
    for fit in _ON_A_PAGE:
        parts = report_parts(material, subject, audience, fit, pools)
        brief = assemble_report(
            ("summary", "Learning summary"),
            parts,
            audience,
            [
                ("In short", [*parts.decided, *_in_short(parts.story)]),
                ("What was learnt", parts.learnt),
                (parts.behind_heading, parts.behind),
                ("Good practice", parts.good),
                (
                    MUST if parts.decided and parts.asked else "What the report asks for",
                    parts.asked,
                ),
                ("What to do", short_steps(parts.todo)),
            ],
        )
        if count_words(brief) <= _MOST_ON_A_PAGE:
            break
    return brief


def _in_short(story: Sequence[Claim]) -> list[Claim]:
    """The first lines of a story, with its sentences where it has any."""
    told = [line for line in story if line.evidence]
    ours = [line for line in story if not line.evidence]
    note = [] if not told or story[-1].evidence else ours[-1:]
    return [*ours[: 1 if told else 2], *told, *(line for line in note if line not in ours[:1])]


def report_wheel(material: Material, subject: Subject, audience: Audience) -> Brief:
    """The briefing on one report in seven short boxes, for a wall."""
    is_letter = material.family(subject.id) in OF_SERVICES
    fit = _LETTER_ON_A_WALL if is_letter else _ON_A_WALL
    parts = report_parts(material, subject, audience, fit)
    what = ("What the inspectors decided", parts.decided)
    return assemble_report(
        ("wheel", "Seven minutes on one page"),
        parts,
        audience,
        [
            what if parts.decided else ("What happened", _in_short(parts.story)),
            ("Why it matters", parts.why),
            ("What was learnt", parts.learnt),
            (parts.behind_heading, parts.behind),
            ("Good practice", parts.good),
            (MUST if parts.decided and parts.asked else "What the report asks for", parts.asked),
            ("What to do, and questions for us", short_steps(parts.todo)),
        ],
    )


def short_steps(lines: Sequence[Claim]) -> list[Claim]:
    """What to stop, start and keep, with the first question and the one on what goes well."""
    steps = [claim for claim in lines if claim.text.partition(":")[0] in STEPS]
    asked = [claim for claim in lines if claim.kind == "question"]
    # The last question is the one on a strength (`discussion_questions`); one alone is not
    # repeated.
    return [*steps, *asked[:1], *asked[1:][-1:]]


def report_parts(
    material: Material,
    subject: Subject,
    audience: Audience,
    fit: tuple[int, ...] = _IN_A_SESSION,
    pools: dict[tuple[str, ...], CandidatePool] | None = None,
) -> ReportParts:
    """The parts of a brief on one report, with as many quotes as `fit` says."""
    is_rapid = material.review_type(subject.id) == "rapid_review"
    if material.is_unpublished(subject.id) and not is_rapid:
        raise ConfidentialReportError(subject.id)
    whole, is_of_services = subject, material.family(subject.id) in OF_SERVICES
    # The area, and often an age band, stand on top of the page, so a people or faith is too much.
    tells = subject.rows["text"].map(names_origin).astype(bool)
    unknown = [has_unknown_form(str(text), material, subject.id) for text in subject.rows["text"]]
    subject = replace(subject, rows=subject.rows[~tells & ~pd.Series(unknown, subject.rows.index)])
    quoter = Quoter(material, subject, audience.group, pools={} if pools is None else pools)
    decided = judgement(material, whole, quoter)
    own_questions = report_requests.asked_questions(material, subject, fit[3])
    # What the report asks for is chosen first, so that nothing shown as learning repeats it.
    must = report_requests.to_improve(quoter, fit[0] + 2)
    requests = report_requests.recommendations(quoter, fit[2]) if not must else []
    of_readers = report_learning.of_service(quoter, audience)
    learnt = own_learning(quoter, fit[0] + _OF_ITS_OWN) if not must else []
    learnt = learnt or report_learning.learning_points(quoter, fit[0])
    good = report_learning.good_practice(quoter, fit[1])
    # Where the report says what it learnt, that goes before what a model calls a problem.
    difficult = [] if len(learnt) > 2 else report_learning.findings(quoter, fit[0] - 1)
    # A single lesson would seem the one that matters most.
    if len(learnt) == 1 and difficult:
        learnt, difficult = [*learnt, *difficult], []
    if len(learnt) + len(difficult) < _FEW_FINDINGS:
        problems = report_learning.that_lean_on_nothing(quoter, subject.problems)
        difficult += quoter.quotes(problems, _FEW_FINDINGS - len(difficult))
    behind = report_learning.reasons(quoter, fit[4])
    changed = report_learning.what_changed(quoter)
    shown = [*must, *learnt, *difficult, *requests, *own_questions]
    if is_of_services:
        page = PageSubject(subject_of_learning(material, whole, shown), ReportCases())
    else:
        told = {id for claim in (*shown, *good, *behind) for id in claim.finding_ids}
        is_baby = report_story.may_be_of_baby(material, whole)
        page = page_subject(material, whole, told, is_baby=is_baby)
        page = replace(page, topic=replace(page.topic, name=_titled(material, page)))
        # The brief's title comes from what the quoter is about.
        quoter.subject = replace(quoter.subject, name=page.topic.name)
    topic = page.topic
    quoter.identifying += int(tells.sum())
    # An inspection of all services is about no one theme, and advice on one would miss the rest.
    is_general = is_of_services and not report_topic(
        material, {"doc_id": whole.id, "title": whole.name}, whole.rows
    )
    return ReportParts(
        quoter=quoter,
        topic=topic,
        decided=decided,
        story=_what_happened(material, subject, whole, page),
        why=[] if is_general else _why(material, topic, audience),
        of_readers=of_readers,
        good=good,
        found=(
            ("What was learnt", learnt),
            (MUST, must),
            ("What was difficult", difficult),
        ),
        behind=behind,
        requests=requests,
        changed=changed,
        own_questions=own_questions,
        todo=after_inspection(material, whole.rows, must, audience)
        if is_general
        else _do(material, page, subject, audience, shown),
        is_of_services=is_of_services,
    )


def _what_happened(
    material: Material, subject: Subject, whole: Subject, page: PageSubject
) -> list[Claim]:
    """The story, or where it tells nothing of what happened, what the report looked at."""
    befell = befell_child(material, page.topic, page.cases)
    lines = report_story.story(material, subject, whole, befell)
    tells = any(line.kind == "statement" or line.evidence for line in lines)
    looked_at = (
        []
        if tells or material.family(subject.id) in OF_SERVICES
        else scope(material, subject, page.topic.borrowed)
    )
    return [*looked_at, *lines]


def assemble_report(
    kind: tuple[str, str],
    parts: ReportParts,
    audience: Audience,
    sections: Sequence[tuple[str, Sequence[Claim]]],
    charts: Sequence[Chart | None] = (),
) -> Brief:
    """A brief of these headed lines, whose sources name the page or the heading alone."""
    quoter = parts.quoter
    safe = [(heading, _that_leave(quoter, lines)) for heading, lines in sections]
    brief = assemble(kind, quoter, audience, safe, charts)
    _refuse_without_readers(parts, brief, audience)
    quotes = len(brief.evidence())
    told = [*parts.learnt, *parts.good, *parts.behind]
    # A session has a story and a plan of its own.
    if kind[0] != "session" and not parts.is_of_services and (quotes < _FEWEST_QUOTES or not told):
        raise EmptyBriefError(brief.brief_id, _READ_IT, quotes)
    if any(one.bracketed for one in brief.evidence()):
        outside = [
            line.replace(_EXACT, f"{_EXACT} outside square brackets") for line in brief.methods
        ]
        brief = replace(brief, methods=tuple(outside))
    places = headings_of(quoter.material, quoter.subject)
    has_pages = quoter.material.has_pages(quoter.subject.id)
    cite_briefly = partial(cited_briefly, places, has_pages)
    return replace(brief, sections=tuple(map(cite_briefly, brief.sections)))


def _refuse_without_readers(parts: ReportParts, brief: Brief, audience: Audience) -> None:
    """Raise NothingForReadersError for a service that no sentence of the brief names.

    A version with other services' learning alone would tell its readers nothing.
    """
    own = about_work(parts.topic.rows, audience.group)
    if not audience.group or {one.finding_id for one in brief.evidence()} & set(own["finding_id"]):
        return
    material = parts.quoter.material
    near = near_themes(material, audience, parts.topic)
    nearest = material.framework.theme(near[0][0]).name if near else ""
    raise NothingForReadersError(brief.brief_id, audience.name, english.lower_first(nearest))


def _that_leave(quoter: Quoter, lines: Sequence[Claim]) -> list[Claim]:
    """The lines without quotes that point to somebody, and without what stands beside such a quote.

    Each box asks this when it chooses; here it is asked once more of all, so that none forgets it.
    The story alone may name somebody as the printed title does.
    """
    known = known_of(quoter.material, quoter.subject)
    title = quoter.material.title(quoter.subject.id)
    held = {
        claim.finding_ids
        for claim in lines
        if any(
            details_that_stay(as_in_title(without_brackets(printed(one)), title), known)
            for one in claim.evidence
        )
    }
    # Labels and owners rest on the finding of their quote alone.
    quoter.identifying += len(held)
    return [claim for claim in lines if claim.finding_ids not in held]


def _why(material: Material, topic: Subject, audience: Audience) -> list[Claim]:
    """Why it matters, and signs; how often a report names a service says nothing to its readers."""
    lines = boxes.why(material, topic, audience)
    about_counts = f"For {audience.name}: "
    return [
        line for line in lines if line.kind != "count" and not line.text.startswith(about_counts)
    ]


def _do(
    material: Material,
    page: PageSubject,
    subject: Subject,
    audience: Audience,
    shown: Sequence[Claim],
) -> list[Claim]:
    """What to do, with lines on what else befell the child, else on the report's second theme, and
    a question on these findings."""
    lines = boxes.do(material, replace(page.topic, rows=subject.rows), audience)
    asked = [line for line in lines if line.kind == "question"]
    asked = [line for line in asked if not line.text.startswith(LOOKING_BACK)]
    first, rest = asked[:1], asked[1:][-1:]
    at = next((n for n, line in enumerate(lines) if line.kind == "question"), len(lines))
    others = [line for line in lines if line.kind != "question"]
    also = list(map(action, added_lines(page.cases, audience, material)))
    second = page.learning or (None if also else _second_theme(material, page.topic, shown))
    also += [action(f"{second.name}: {english.lower_first(second.start)}")] if second else []
    return [*others[:at], *also, *first, *questions([_MIRROR]), *rest, *others[at:]]


def _titled(material: Material, page: PageSubject) -> str:
    """What a review is about, its type and its area: a title of its own may hold the child's name,
    and rarely tells the subject."""
    topic = page.topic
    kind = material.type_name(topic.id)
    area = material.area(topic.id)
    parts = [english.lower_first(kind) if topic.borrowed else kind, area]
    told = ", ".join(part for part in parts if part)
    about = topic.borrowed
    if about and page.learning:
        about += f", with learning on {english.lower_first(page.learning.name)}"
    return f"{about}: {told}" if about else told


def _second_theme(
    material: Material, topic: Subject, shown: Sequence[Claim]
) -> PracticeTheme | None:
    """Another theme of families' lives that two of the shown quotes are on, else the review's."""
    told = {id for claim in shown for id in claim.finding_ids if claim.kind == "quote"}
    rows = topic.rows[topic.rows["finding_id"].isin(told)]
    of_all = max(_SECOND_SHOWN, int(_SECOND_SHARE * len(topic.rows)))
    for of_rows, least in ((rows, _SECOND_SHOWN), (topic.rows, of_all)):
        counts = of_rows["themes"].explode().value_counts()
        themes = [
            theme
            for theme in material.framework.themes
            if theme.code in OF_LIFE
            and theme.code != topic.theme
            and counts.get(theme.code, 0) >= least
        ]
        if themes:
            return max(themes, key=lambda theme: int(counts[theme.code]))
    return None
