"""Sheets of what was sent, sessions held, attendance, returns, voice and elements."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from lif_nlp.ledger.trackers.dates import dates_in
from lif_nlp.ledger_records import (
    NOTHING_RECORDED,
    Element,
    Grid,
    GridCell,
    Sent,
    SessionHeld,
    Voice,
)

_SENT: Mapping[str, str] = {
    "subject": r"product|brief|item|what|title|document|material|resource",
    "audience": r"audience|sent to|\bto\b|recipient|who (?:to|for)|group",
    "channel": r"how|channel|method|medium|format",
    "date": r"sent|date|when|issued|on$",
    "by_role": r"\bby\b|role|sender",
    "version": r"version",
}
_DISPATCH = re.compile(
    r"\baudience\b|\bsent\b|recipient|(?:^|\| )(?:to|for) \||\b(?:to|for) whom\b|\bwho for\b"
)
_PRODUCT = re.compile(r"product|brief|item|version|title|document|material|what")
_RETURNS = re.compile(r"before|after|end of|attended|came|booked|evaluat|returned|confiden")
_EVENT = re.compile(r"event|session|course|training|workshop|briefing|topic|date", re.IGNORECASE)
_AGENCY = re.compile(
    r"health|education|social care|police|voluntary|housing|probation|school|midwi|gp"
    r"|practice|nurs|early|youth|agency|nhs|trust|other|independent",
    re.IGNORECASE,
)
_STAGES = (
    (r"before|pre[- ]|baseline|start", "before"),
    (
        r"(?:6|six|8|eight|12|twelve|3|three)[ -]*(?:to[ -]*(?:8|eight)[ -]*)?(?:weeks?|months?)"
        r"|follow[- ]?up|later|used|return",
        "six to eight weeks",
    ),
    (r"after|end of|post|on the day|straight", "straight after"),
)
# Kirkpatrick's levels of evaluation: 1 how it was liked, 2 what was learnt, 3 what people do.
_LEVELS = (
    (r"manager|used|applied|practice|did (?:it|differently)|observed|changed", 3),
    (r"confiden|knowledge|before|after|end of day|test|score|understand|\(1-\d\)", 2),
    (r"useful|enjoy|satisf|rating|recommend|trainer|comment", 1),
)
_VOICE = {
    "group": r"group|who",
    "words": r"said|told us",
    "action": r"\bdid\b|action|done",
    "change": r"chang|differ",
    "feedback": r"told back|fed back|feedback",
}


def log_records(grids: Sequence[Grid], source: str, as_of: str = "") -> list[object]:
    """What a file says was sent, held and said; empty for a file that holds no such sheet.

    Attendance is a count and an output; only figures on practice at work reach level 3.
    """
    records: list[object] = []
    for grid in grids:
        widest = max((sum(bool(cell.text) for cell in row) for row in grid.rows), default=0)
        # A title and notes may stand above the header.
        for index, row in enumerate(grid.rows[:10]):
            names = [cell.text for cell in row]
            kind = _sheet_kind(names)
            if kind:
                records += list(_READERS[kind](grid, index, names, source, as_of))
                break
            if sum(map(bool, names)) >= widest:
                break  # the names of the columns; below them a cell may say "after half term"
    return records


def is_dispatch(names: Sequence[str]) -> bool:
    """Whether columns with these names tell what was sent to whom, which is no plan of steps."""
    return _sheet_kind(names) == "sent"


def names_elements(grids: Sequence[Grid]) -> bool:
    """Whether a file is a sheet of the framework's requirements and their groups."""
    heads = ([cell.text for cell in grid.rows[0]] for grid in grids if grid.rows)
    return any(_sheet_kind(names) == "elements" for names in heads)


def _sheet_kind(names: Sequence[str]) -> str:
    texts = [name for name in names if name]
    if len(texts) < 3 or any(len(name.split()) > 9 for name in texts):
        return ""
    heads = " | ".join(texts).lower()
    agencies = sum(bool(_AGENCY.search(name)) for name in texts[1:])
    # Any year will do: it is asked whether the names of the columns are dates, not which.
    by_date = any(dates_in(name, "2024") for name in texts[1:])
    signs = (
        ("elements", re.search(r"\b(?:requirement|element)\b.*\bgroup\b", heads)),
        ("voice", re.search(r"\bsaid\b.*(?:\bdid\b|chang)", heads)),
        ("sent", _DISPATCH.search(heads) and _PRODUCT.search(heads)),
        ("evaluation", _RETURNS.search(heads)),
        ("attendance", agencies > 1 and _EVENT.search(texts[0])),
        ("by agency", by_date and re.match(r"agency|organisation|service|team", heads)),
    )
    return next((kind for kind, sign in signs if sign), "")


def _body(grid: Grid, header: int) -> Iterator[tuple[int, Sequence[GridCell]]]:
    for index in range(header + 1, len(grid.rows)):
        row = grid.rows[index]
        if sum(bool(cell.text) for cell in row) >= 2:
            yield grid.numbers[index], row


def _id(prefix: str, *parts: object) -> str:
    return prefix + hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:12]


def _columns(names: Sequence[str], patterns: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for role, pattern in patterns.items():
        for index, name in enumerate(names):
            # A name may fit several roles ("sent to" is no date); the first role takes the column.
            if index not in places.values() and re.search(pattern, name, re.IGNORECASE):
                places[role] = index
                break
    return places


def _text(row: Sequence[GridCell], places: Mapping[str, int], role: str) -> str:
    index = places.get(role)
    return row[index].text if index is not None and index < len(row) else ""


def _sent(grid: Grid, header: int, names: Sequence[str], source: str, as_of: str) -> Iterator[Sent]:
    places = _columns(names, _SENT)
    for number, row in _body(grid, header):
        dates = dates_in(_text(row, places, "date"), as_of)
        if not dates or re.search(
            r"to be sent|on hold|planned|draft", " ".join(c.text for c in row), re.I
        ):
            continue  # what is yet to be sent was not sent
        subject = " ".join(
            filter(None, (_text(row, places, "subject"), _text(row, places, "version")))
        )
        audience = _text(row, places, "audience")
        yield Sent(
            _id("s-", subject, audience, dates[0]), subject, audience, dates[0],
            _text(row, places, "channel"), _text(row, places, "by_role"), "", (
                f"{source}, {grid.name} row"
                f" {number}"),
        )  # fmt: skip


def _attendance(
    grid: Grid, header: int, names: Sequence[str], source: str, as_of: str
) -> Iterator[SessionHeld]:
    date_place = next(
        (i for i, name in enumerate(names) if re.search(r"date|when", name, re.I)), None
    )
    for number, row in _body(grid, header):
        subject = row[0].text
        dates = dates_in(row[date_place].text, as_of) if date_place is not None else []
        for index, name in enumerate(names):
            # A cell of words ("all", "yes") is no number of people.
            if index in (0, date_place) or not name or not row[index].text.strip().isdigit():
                continue
            yield SessionHeld(
                _id("e-", subject, dates[:1], name), subject, dates[0] if dates else "", name,
                row[index].text, 0, "", row[index].text, "", f"{source}, {grid.name} row {number}",
            )  # fmt: skip


def _by_agency(
    grid: Grid, header: int, names: Sequence[str], source: str, as_of: str
) -> Iterator[SessionHeld]:
    for number, row in _body(grid, header):
        for index, name in enumerate(names):
            if index and index < len(row) and row[index].text.strip().isdigit():
                dates = dates_in(name, as_of)
                yield SessionHeld(
                    # Made of its place, so that the same sheet again replaces its rows.
                    _id("e-", source, name, row[0].text),
                    grid.name,
                    dates[0] if dates else name,
                    agency=row[0].text,
                    attended=row[index].text,
                    count=row[index].text,
                    source=f"{source}, {grid.name} row {number}",
                )


def _evaluation(
    grid: Grid, header: int, names: Sequence[str], source: str, as_of: str
) -> Iterator[SessionHeld]:
    title = next((cell.text for row in grid.rows[:header] for cell in row if cell.text), grid.name)
    for number, row in _body(grid, header):
        dates = dates_in(" ".join(cell.text for cell in row[:2]), as_of)
        attendance = next(
            (
                row[i].text
                for i, name in enumerate(names)
                if re.search(r"came|attended|present", name, re.I) and i < len(row)
            ),
            "",
        )
        for index, name in enumerate(names):
            if index >= len(row) or not row[index].text or not name:
                continue
            level = next((level for pattern, level in _LEVELS if re.search(pattern, name, re.I)), 0)
            stage = next(
                (stage for pattern, stage in _STAGES if re.search(pattern, name, re.I)), ""
            )
            if not level:
                continue
            yield SessionHeld(
                _id("e-", source, grid.name, number, name),
                title,
                dates[0] if dates else "",
                attended=attendance,
                level=level,
                stage=stage,
                count=attendance,
                result=f"{name}: {row[index].text}",
                source=f"{source}, {grid.name} row {number}",
            )


def _voice(
    grid: Grid, header: int, names: Sequence[str], source: str, as_of: str
) -> Iterator[Voice]:
    places = _columns(names, _VOICE)
    for number, row in _body(grid, header):
        values = {role: _text(row, places, role) for role in _VOICE}
        if values["words"]:
            yield Voice(
                voice_id=_id("v-", source, grid.name, number, values["words"]),
                source=f"{source}, {grid.name} row {number}",
                **values,
            )


_ELEMENT = {
    "requirement": r"requirement|element",
    "group": r"group",
    "state": r"state|status|progress",
    "evidence": r"evidence",
    "as_of": r"date|as of|when",
}


def _elements(
    grid: Grid, header: int, names: Sequence[str], source: str, as_of: str
) -> Iterator[Element]:
    """Requirements of the framework with the group that answers for each."""
    places = _columns(names, _ELEMENT)
    for _, row in _body(grid, header):
        match = re.match(r"\W*R?\s?(\d{1,2})\b", _text(row, places, "requirement"), re.IGNORECASE)
        group = _text(row, places, "group")
        if match and group:
            dates = dates_in(_text(row, places, "as_of"), as_of)
            yield Element(
                f"R{int(match[1])}",
                group,
                _text(row, places, "state") or NOTHING_RECORDED,
                _text(row, places, "evidence"),
                dates[0] if dates else "",
            )


_READERS = {
    "elements": _elements,
    "sent": _sent,
    "attendance": _attendance,
    "by agency": _by_agency,
    "evaluation": _evaluation,
    "voice": _voice,
}
