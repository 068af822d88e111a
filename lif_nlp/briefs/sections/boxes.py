"""Parts of a brief that several kinds share: each returns the lines of one box.

A box on what reports say holds the name of a point or a quote; with neither it is left out (no
lines), since a number and a page tell a team nothing to talk about.  Problems and strengths are the
exception: where reports name many of both, a brief never shows one side alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.audiences import Audience, advice_of, meaning, naming
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.report_cases import advice_on
from lif_nlp.briefs.sections.assemble import FORM, STEPS, follow_up
from lif_nlp.briefs.sections.child_day import child_day
from lif_nlp.briefs.sections.claims import (
    Quoter,
    action,
    agency_counts,
    count,
    list_counts,
    questions,
    reasons_in_words,
    statement,
)
from lif_nlp.briefs.sections.counts import reports_that
from lif_nlp.briefs.sections.discussion_questions import LOOKING_BACK, discussion_questions
from lif_nlp.briefs.sections.evidence_strength import assess_evidence
from lif_nlp.briefs.sections.messages import bearing_out, messages, own_message
from lif_nlp.briefs.sections.recurring_points import recurring_points, tension_lines
from lif_nlp.briefs.subjects import Subject
from lif_nlp.framework.brief_texts import Advice
from lif_nlp.records import Claim
from lif_nlp.text import english

_SIGNS = 4
"""Signs that a brief lists; all of them would leave no room for quotes."""

_OURS = 2
"""Quotes of one box that name the readers' service; the rest says what others see."""

_SERVICES = 4
"""Services that a brief names; more make a list that nobody reads."""

_TENSIONS = 1
"""Pairs of points on which reports differ; a second takes room from the figures."""

_PLAIN = 3
"""Problems without a reason for each quote wanted, from which those with one are kept for the
box on reasons."""

_NAMED = 2
"""Themes named of findings, to say what they are about."""

_MANY = 10
"""Findings of one side from which they are told of even where none can be quoted."""

_OWN_WORDS = {
    "strength": "Start from your own work: when did this go well here, and what made it possible?",
    "problem": "Start from your own work: where is this hard here, and what would make it easier?",
}
"""What a team does where no sentence can be quoted; a page that readers do not have is no help."""

_FOR_ALL = "For every service:"
"""What stands after the quotes that name the readers' own."""

_ALSO = {
    "problem": "Also difficult, in the words of reports:",
    "strength": "Also good, in the words of reports:",
    "action": "Also asked for:",
}
"""What stands above quotes that belong to no point."""

_TELL = {
    "problem": ("say", "what is difficult"),
    "strength": ("say", "what works"),
    "action": ("ask", "for something to be done"),
}
"""What reports with findings of a role do: a verb that agrees with their number, and the rest."""


def about(material: Material, subject: Subject, audience: Audience) -> list[Claim]:
    """What the subject is, why it matters and what it means for the readers."""
    lines = [statement(english.full_stop(subject.definition))] if subject.definition else []
    return [*lines, *why(material, subject, audience)]


def why(material: Material, subject: Subject, audience: Audience) -> list[Claim]:
    """Why it matters, and whom it concerns."""
    lines = [statement(subject.why_it_matters)] if subject.why_it_matters else []
    named = agency_counts(material, subject.rows)
    # "Most" is said of what more than one report names.
    services = list_counts([pair for pair in named if pair[1] > 1] or named, _SERVICES)
    if audience.group:
        lines += meaning(material, audience, subject)
    elif services:
        # Of one report every service would be named "1".
        units = "reports" if subject.reports > 1 else "findings"
        lines.append(count(f"Services named most, by number of {units}: {services}.", subject.rows))
    else:
        names = {a.id: english.lower_first(a.name) for a in material.framework.agencies}
        groups = [names[group] for group in subject.groups if group in names and group != "all"]
        concern = english.listed(groups[:_SERVICES]) or "every service"
        lines.append(statement(f"It mainly concerns {concern}."))
    advice = _advice(material, subject, audience)
    # A role, such as managers, reads its general signs on a theme too: they are about its own work.
    if advice and (subject.priority or subject.case or not audience.group):
        lines.append(statement(f"Signs that {audience.name} may notice:"))
        lines += [action(sign) for sign in advice.signs[:_SIGNS]]
    return lines


def quotes_group(subject: Subject, quoter: Quoter) -> bool:
    """Whether a problem or strength that names the readers' service can be quoted."""
    rows = naming(subject.rows, quoter.group)
    return quoter.probe(rows[rows["role"].isin(["problem", "strength"])])


def difficult(subject: Subject) -> str:
    """Heading of what reports say is hard: nothing comes back in one report."""
    return "What came back most" if subject.reports > 1 else "What was difficult"


def problems(subject: Subject, quoter: Quoter, quoted: int, *, points: bool = True) -> list[Claim]:
    """What came back most: `quoted` quotes at most, each below its learning point if it has one.

    Without `points`, quotes alone.
    """
    rows = subject.problems
    if rows.empty:
        return []
    # The box on reasons quotes those that come with one.
    plain = rows[~rows["why"].astype(bool)]
    single = plain if len(plain) >= _PLAIN * quoted else rows
    lines = _told(quoter, "problem", rows, single, quoted, points=points)
    # What befell the child of one report stands in its story.
    is_harm = subject.kind == "priority"
    return [*lines, *child_day(quoter)] if is_harm and points and lines else lines


def strengths(subject: Subject, quoter: Quoter, quoted: int, *, points: bool = True) -> list[Claim]:
    """What worked: `quoted` quotes at most, each below its learning point if it has one."""
    rows = subject.strengths
    if rows.empty:
        return []
    return _told(quoter, "strength", rows, rows, quoted, points=points)


def reasons(subject: Subject, quoter: Quoter, shown: int) -> list[Claim]:
    """Why practice was as it was, with up to `shown` quotes that give a reason."""
    rows, bad = subject.explained, len(subject.problems)
    if rows.empty:
        return []
    of = f"{english.capital(english.number(len(rows)))} of the {english.some(bad, 'problem')}"
    lead = f"{of} {english.agree(len(rows), 'come')} with a reason. {reasons_in_words(rows)}"
    shows = subject.shown_why
    return counted_quotes(lead.strip(), rows, quoter.quotes(shows, shown))


def asked(subject: Subject, quoter: Quoter, quoted: int) -> list[Claim]:
    """What reports ask for: `quoted` quotes at most, each below its learning point if any."""
    rows = subject.actions
    if rows.empty:
        return []
    return _told(quoter, "action", rows, rows, quoted)


def sure(material: Material, subject: Subject, changed: Sequence[Claim]) -> list[Claim]:
    """How strong the evidence is, what has `changed`, and where reports differ."""
    points = recurring_points(material, subject, "problem")
    evidence = count(assess_evidence(material, subject).sentence, subject.rows)
    differing = [
        replace(line, text=f"Reports differ: {line.text}")
        for line in tension_lines(material, points, _TENSIONS)
    ]
    return [evidence, *changed, *differing]


def do(material: Material, subject: Subject, audience: Audience) -> list[Claim]:
    """Stop, start, keep, questions, and a date to look again; the readers' own where there are."""
    advice = _advice(material, subject, audience)
    # A theme's own steps are written for practice, and say more than a service's general ones,
    # unless they speak of the service as another.
    has_steps = bool(subject.stop) and not (subject.priority or subject.case)
    is_own = _is_of_practice(audience) and has_steps and not _names(subject, audience, material)
    source = subject if is_own or advice is None else advice
    steps = zip(STEPS, (source.stop, source.start, source.keep), strict=True)
    lines = [action(f"{name}: {text}") for name, text in steps if text]
    lines += [action(line) for line in (advice.also if advice else ())]
    of_service = advice.questions if advice and not (is_own and audience.group) else ()
    own = (*of_service, *audience.questions)
    asked_of = discussion_questions(material, subject, own)
    # A board was not in the room: it is asked of its own work alone.
    is_board = audience.id == "board"
    lines += questions(
        text for text in asked_of if not (is_board and text.startswith(LOOKING_BACK))
    )
    look_again = follow_up(material.created, is_board=is_board, has_start=bool(source.start))
    return [*lines, action(look_again), FORM]


def _advice(material: Material, subject: Subject, audience: Audience) -> Advice | None:
    """What these readers are advised: on what befell the child, else on the priority."""
    if subject.case and _is_of_practice(audience):
        return advice_on(subject.case, audience, material)
    return advice_of(material.framework, audience, subject.priority)


def _is_of_practice(audience: Audience) -> bool:
    """Whether the readers meet families: frontline workers, or a service."""
    return audience.id == "frontline" or bool(audience.group)


def _names(subject: Subject, audience: Audience, material: Material) -> bool:
    """Whether the steps on a subject speak of the readers' own service: "with police" to police."""
    if not audience.group:
        return False
    agency = material.framework.agency(audience.group)
    words = (*agency.names, *agency.roles, *agency.abbreviations)
    steps = f" {subject.stop} {subject.start} {subject.keep} ".casefold()
    return any(re.search(rf"\b{re.escape(word.casefold())}s?\b", steps) for word in words)


def count_actions(rows: pd.DataFrame, quoter: Quoter, quoted: int) -> list[Claim]:
    """How many findings ask for or report action, with up to `quoted` of them as quotes."""
    reported = english.agree(int(rows["doc_id"].nunique()), "report")
    lead = f"{reports_that(rows, 'ask')} for or {reported} action."
    return counted_quotes(lead, rows, quoter.quotes(rows, quoted))


def counted_quotes(lead: str, rows: pd.DataFrame, quotes: list[Claim]) -> list[Claim]:
    """A count with its quotes; no lines where nothing can be quoted."""
    return [count(lead, rows), *quotes] if quotes else []


def _about(material: Material, rows: pd.DataFrame, subject: Subject) -> str:
    """The other themes that findings are most often on, as the end of a sentence; or empty."""
    names = {
        theme.code: english.lower_first(theme.name)
        for theme in material.framework.themes
        if theme.code != subject.theme
    }
    links = material.links[material.links["finding_id"].isin(rows["finding_id"])]
    counts = links.loc[links["theme_id"].isin(list(names)), "theme_id"].value_counts()
    first = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))[:_NAMED]
    # "And" is part of many names, so each has its own preposition.
    told = ", and ".join(f"on {names[str(code)]}" for code, _ in first)
    return f", most often {told}" if told and len(rows) > 1 else ""


def _above(quotes: list[Claim], rows: pd.DataFrame) -> str:
    """How a line ends that stands above words of the reports that it counts."""
    if rows["doc_id"].nunique() == 1:
        return ":"
    return ". In the words of one:" if len(quotes) == 1 else ". In their words:"


def _told(
    quoter: Quoter,
    role: str,
    rows: pd.DataFrame,
    single: pd.DataFrame,
    quoted: int,
    *,
    points: bool = True,
) -> list[Claim]:
    """What came back in lines, then quotes from `single`, to `quoted` quotes in all.

    On problems the framework's line on the whole subject leads, with words of its own; without
    one and without points, a count of `rows` does.  With neither quote nor line there is a box
    only of many problems or strengths, and it asks for one's own work.
    """
    own = naming(rows, quoter.group)
    ours = quoter.quotes(own, min(quoted, _OURS)) if len(own) else []
    quoted -= len(ours)
    if ours:
        ours.insert(0, count("Where reports name your service:", own))
    # What is said of the whole harm stands first, with words of its own.
    lead = own_message(quoter, role) if points and quoted else []
    # The kinds of brief take turns, as with any point.
    lead_words = quoter.quotes(bearing_out(single), 1, telling=()) if lead else []
    lead_words = lead_words or (quoter.quotes(bearing_out(rows), 1, telling=()) if lead else [])
    # A claim that no sentence shows is left out.
    lead = lead if lead_words else []
    quoted -= len(lead_words)
    lines = messages(quoter, role, quoted, group=quoter.group) if points and quoted else []
    came = sum(claim.kind == "point" for claim in lines)
    # A point whose words cannot be shown safely has no quote, so others take its place.
    missing = quoted - sum(claim.kind == "quote" for claim in lines)
    more = quoter.quotes(single, missing)
    if not (came or more) and len(single) < len(rows):
        more = quoter.quotes(rows, missing)
    has_words = any(claim.kind == "quote" for claim in [*ours, *lead_words, *lines, *more])
    if not (has_words or came) and (role == "action" or not quoted or len(rows) < _MANY):
        return []
    if not (lead or came):
        verb, rest = _TELL[role]
        told = f"{reports_that(rows, verb)} {rest}"
        lead = [count(f"{told}{_above(more, rows)}", rows)]
        if not more:
            lead = [count(f"{told}{_about(quoter.material, rows, quoter.subject)}.", rows)]
    # Else they would seem to belong to the readers' own service, or to the last point.
    for_all = [statement(_FOR_ALL)] if ours and (lead_words or lines or more) else []
    also = [count(_ALSO[role], single)] if (came or lead_words) and more else []
    # Else praise would stand alone where reports name problems, or the reverse.
    ask = [] if has_words or came or role == "action" else [statement(_OWN_WORDS[role])]
    return [*ours, *for_all, *lead, *lead_words, *lines, *also, *more, *ask]
