"""Checks across the tables that people wrote for briefs: advice, scenarios, session, questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from lif_nlp.framework.brief_texts import ACTS, COMPARISONS, GENERAL, OPTIONS, ROLES
from lif_nlp.framework.validators import entries_of, suggest, texts_of, unknown_name

Table = Mapping[str, Any]
Faults = Iterator[str]


def find_brief_text_faults(data: Table) -> Faults:
    """Names that do not exist, stories without their acts, minutes that do not add up."""
    priorities = list(entries_of(data, "priorities"))
    yield from _audience_faults(data, [GENERAL, *priorities])
    for id, scenario in entries_of(data, "scenarios").items():
        yield from _scenario_faults(f"scenarios.{id}", scenario, data, priorities)
    for id, entry in entries_of(data, "quiz").items():
        yield from _quiz_faults(f"quiz.{id}", entry, data, priorities)
    for id, case in entries_of(data, "cases").items():
        yield from _case_faults(f"cases.{id}", case, data, priorities)
    yield from _session_faults(data.get("session"))
    for name, key in (("challenges", "question"), ("decisions", "text")):
        for id, entry in entries_of(data, name).items():
            yield from _figure_faults(f"{name}.{id}", entry, key)
            themes = list(entries_of(data, "themes"))
            yield from unknown_name(f"{name}.{id}.theme", entry.get("theme", ""), themes)
    this_week = data.get("this_week")
    for id in this_week if isinstance(this_week, Mapping) else ():
        yield from unknown_name("this_week", id, [GENERAL, *priorities])


def _audience_faults(data: Table, allowed: list[str]) -> Faults:
    """Priorities, agencies and roles that do not exist; an agency in two groups."""
    owners: dict[str, str] = {}
    for id, group in entries_of(data, "audiences").items():
        place = f"audiences.{id}"
        for priority in entries_of(group, "advice"):
            yield from unknown_name(f"{place}.advice", priority, allowed)
        for key, names in (("agencies", list(entries_of(data, "agencies"))), ("roles", [*ROLES])):
            for name in texts_of(group, key):
                yield from unknown_name(f"{place}.{key}", name, names)
                owner = owners.setdefault(name, place)
                if owner != place:
                    yield f"{place}.{key}: '{name}' is also in {owner}; remove one"


def _scenario_faults(place: str, scenario: Table, data: Table, priorities: list[str]) -> Faults:
    yield from unknown_name(f"{place}.priority", scenario.get("priority", ""), priorities)
    themes = list(entries_of(data, "themes"))
    yield from unknown_name(f"{place}.theme", scenario.get("theme", ""), themes)
    if scenario.get("theme") and scenario.get("priority"):
        yield f'{place}: has a theme and a priority; keep one, and write "" for the other'
    audiences = list(entries_of(data, "audiences"))
    yield from unknown_name(f"{place}.audience", scenario.get("audience", ""), audiences)
    acts = scenario.get("acts")
    if isinstance(acts, Mapping) and tuple(acts) != ACTS:
        present = ", ".join(acts) or "none"
        yield f"{place}.acts: has {present}; write {', '.join(ACTS)}, in this order"


def _case_faults(place: str, case: Table, data: Table, priorities: list[str]) -> Faults:
    """Priorities and readers that do not exist; cues that are no regular expression."""
    for key in ("in_place_of", "not_with"):
        for id in texts_of(case, key):
            yield from unknown_name(f"{place}.{key}", id, priorities)
    for id in entries_of(case, "readers"):
        yield from unknown_name(f"{place}.readers", id, list(entries_of(data, "audiences")))
    for number, cue in enumerate(texts_of(case, "cues"), start=1):
        try:
            re.compile(cue)
        except re.error as error:
            yield f"{place}.cues: entry {number}: {error}; correct the regular expression"


def _quiz_faults(place: str, entry: Table, data: Table, priorities: list[str]) -> Faults:
    """A theme or priority that does not exist, or both; a best option that is not there."""
    yield from unknown_name(f"{place}.priority", entry.get("priority", ""), priorities)
    yield from unknown_name(
        f"{place}.theme", entry.get("theme", ""), list(entries_of(data, "themes"))
    )
    if bool(entry.get("theme")) == bool(entry.get("priority")):
        yield f"{place}: needs a theme or a priority, and not both"
    options, best = entry.get("options"), entry.get("best")
    if isinstance(options, list) and len(options) != OPTIONS:
        yield f"{place}.options: {len(options)} given; write {OPTIONS}"
    elif isinstance(best, int) and not 1 <= best <= OPTIONS:
        yield f"{place}.best: {best} is none of the options; write 1 to {OPTIONS}"


def _session_faults(session: object) -> Faults:
    """Minutes that do not add up, notes that are alike, a form with one level."""
    if not isinstance(session, Mapping):
        return
    minutes = [step.get("minutes") for step in entries_of(session, "steps").values()]
    numbers = [number for number in minutes if isinstance(number, int)]
    whole = session.get("minutes")
    # Where one number is missing, that fault is told by itself; the sum would only confuse.
    if isinstance(whole, int) and len(numbers) == len(minutes) and sum(numbers) != whole:
        yield (
            f"session.steps: the minutes add up to {sum(numbers)}, not {whole}; change a step, or "
            "session.minutes"
        )
    notes = session.get("notes")
    first: dict[object, str] = {}
    for kind, note in notes.items() if isinstance(notes, Mapping) else ():
        if note in first:
            yield f"session.notes.{kind}: is the same as {first[note]}; say something else"
        first.setdefault(note, kind)
    form = session.get("form")
    levels = form.get("levels") if isinstance(form, Mapping) else None
    if isinstance(levels, list) and len(levels) == 1:
        yield "session.form.levels: 1 given; write at least 2"


def _figure_faults(place: str, entry: Table, key: str) -> Faults:
    """A comparison that does not exist, or words to fill that it does not give."""
    comparison, text = entry.get("comparison"), entry.get(key)
    yield from unknown_name(f"{place}.comparison", comparison, list(COMPARISONS))
    if not isinstance(text, str) or not isinstance(comparison, str):
        return
    figures = COMPARISONS.get(comparison)
    # That the comparison does not exist is reported above; which figures it gives is unknown.
    if figures is None:
        return
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield f"{place}.{key}: a {{ or }} without its pair; write words to fill as {{theme}}"
        return
    for name in names:
        if name not in figures:
            hint = suggest(name, sorted(figures))
            yield f"{place}.{key}: '{comparison}' does not give {{{name}}}; {hint}"
