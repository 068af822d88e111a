"""Checks across the tables that people wrote for briefs: advice, scenarios, session, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from lif_nlp.framework.brief_texts import ACTS, COMPARISONS, GENERAL, ROLES
from lif_nlp.framework.validators import suggest

Table = Mapping[str, Any]
Faults = Iterator[str]


def find_brief_text_faults(data: Table) -> Faults:
    """Names that do not exist, stories without their acts, minutes that do not add up."""
    priorities = list(_tables(data, "priorities"))
    yield from _audience_faults(data, [GENERAL, *priorities])
    for id, scenario in _tables(data, "scenarios").items():
        yield from _scenario_faults(f"scenarios.{id}", scenario, data, priorities)
    yield from _session_faults(data.get("session"))
    for name, key in (("challenges", "question"), ("decisions", "text")):
        for id, entry in _tables(data, name).items():
            yield from _figure_faults(f"{name}.{id}", entry, key)
    this_week = data.get("this_week")
    for id in this_week if isinstance(this_week, Mapping) else ():
        yield from _unknown("this_week", id, [GENERAL, *priorities])


def _audience_faults(data: Table, allowed: list[str]) -> Faults:
    """Priorities, agencies and roles that do not exist; an agency in two groups."""
    owners: dict[str, str] = {}
    for id, group in _tables(data, "audiences").items():
        place = f"audiences.{id}"
        for priority in _tables(group, "advice"):
            yield from _unknown(f"{place}.advice", priority, allowed)
        for key, known in (("agencies", list(_tables(data, "agencies"))), ("roles", [*ROLES])):
            for name in _texts(group, key):
                yield from _unknown(f"{place}.{key}", name, known)
                owner = owners.setdefault(name, place)
                if owner != place:
                    yield f"{place}.{key}: '{name}' is also in {owner}; remove one"


def _scenario_faults(place: str, scenario: Table, data: Table, priorities: list[str]) -> Faults:
    yield from _unknown(f"{place}.priority", scenario.get("priority", ""), priorities)
    audiences = list(_tables(data, "audiences"))
    yield from _unknown(f"{place}.audience", scenario.get("audience", ""), audiences)
    acts = scenario.get("acts")
    if isinstance(acts, Mapping) and tuple(acts) != ACTS:
        present = ", ".join(acts) or "none"
        yield f"{place}.acts: has {present}; write {', '.join(ACTS)}, in this order"


def _session_faults(session: object) -> Faults:
    """Minutes that do not add up, notes that are alike, a form with one level."""
    if not isinstance(session, Mapping):
        return
    minutes = [step.get("minutes") for step in _tables(session, "steps").values()]
    numbers = [number for number in minutes if isinstance(number, int)]
    whole = session.get("minutes")
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
    yield from _unknown(f"{place}.comparison", comparison, list(COMPARISONS))
    if not isinstance(text, str) or not isinstance(comparison, str):
        return
    figures = COMPARISONS.get(comparison)
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


def _unknown(place: str, value: object, allowed: list[str]) -> Faults:
    if isinstance(value, str) and value and value not in allowed:
        yield f"{place}: there is no '{value}'; {suggest(value, allowed)}"


def _tables(data: Table, name: str) -> dict[str, Table]:
    entries = data.get(name)
    pairs = entries.items() if isinstance(entries, Mapping) else ()
    return {id: entry for id, entry in pairs if isinstance(entry, Mapping)}


def _texts(entry: Table, key: str) -> list[str]:
    values = entry.get(key)
    return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []
