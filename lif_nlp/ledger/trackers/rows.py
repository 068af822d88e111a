"""Rows of a tracker as it was saved: an action each, with the state that the file gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.status import read_by_rules, read_status
from lif_nlp.ledger.trackers.cell_words import as_words, cell_word, part_word
from lif_nlp.ledger.trackers.colours import INITIALS, NAMES, SHADE, Legend, colour_name, legend_of
from lif_nlp.ledger.trackers.columns import columns_of, data_rows, find_header
from lif_nlp.ledger.trackers.dates import dates_in, days_past
from lif_nlp.ledger.trackers.legends import as_status, by_colour, legend_reading
from lif_nlp.ledger.words import sentences
from lif_nlp.ledger_records import NOTHING_RECORDED, Grid, GridCell

_CLOSED_SHEET = re.compile(
    r"\b(?:closed|shut|completed?|archived?|signed off|done)\b", re.IGNORECASE
)
_POINTER = re.compile(
    r"^\W*(?:see|as|refer to|moved to|now)\b[^.]{0,25}\b[A-Z]*-?\d", re.IGNORECASE
)
_AS_OF = re.compile(
    r"\b(?:position (?:at|as at|on)|as (?:at|of)|updated?(?: on)?|considered by .{0,40}? on"
    r"|status at|version of|dated|last updated|at(?=[:\s]+\d))\b[:\s]*(?P<rest>.{0,40})",
    re.IGNORECASE,
)
_DATED_ENTRY = re.compile(r"(?:^|(?<=[.;:] )|(?<=\n))(?=\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b)")
_BLANK = re.compile(r"^\W*(?:n/?a|none|nil)?\W*$", re.IGNORECASE)

_TICKED = re.compile(r"^\W*(?:y|yes|x|✓|✔|☑)\W*$", re.IGNORECASE)
"""A mark in a column of ends."""

DECISIVE = ("reopened", "superseded", "closed with risk", "late", "not started", "verified")
"""Words that go before the colour of a row: the colour says how it looks, they say what is so."""

MAX_DATE_WORDS = 4
"""Words of a cell that is a date and nothing more."""

_BEYOND_COLOUR = ("reopened", "superseded", "closed with risk")
"""What no traffic light can say; a log that says so goes before the colour of an empty cell."""

_UNFINISHED = re.compile(
    r"\b(?:due|slipped|outstanding|to follow|awaited|still to|planned)\b", re.IGNORECASE
)
"""What in a list of milestones shows that one of them is not reached."""


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """One row of one saved version: what it says, where, and the state it gives."""

    sheet: str
    number: int
    cell: str
    ref: str
    recommendation: str
    text: str
    owner: str
    status: str
    raw: str
    colour: str
    due: str
    due_raw: str
    done: str
    progress: str
    evidence: str
    impact: str
    escalation: str
    conflict: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TrackerFile:
    """A saved version of a plan: its rows, its date, and how its columns were understood."""

    rows: tuple[TrackerRow, ...]
    as_of: str
    as_of_source: str
    columns: Mapping[str, Mapping[str, int]]
    title: str
    colour_readable: bool


def read_tracker(
    grids: Sequence[Grid],
    source: str,
    language: StatusLanguage,
    *,
    own: Mapping[str, str] | None = None,
    as_of: str = "",
) -> TrackerFile | None:
    """The actions of a tracker, or None for a file that is none.

    Hidden rows and sheets are read too, and marked; a legend anywhere in the file explains
    its colours.  `own` are roles by column name; `as_of` the date if the user gives it.
    """

    legend = legend_of(grids)

    def tells(cell: str) -> bool:
        return cell.strip().lower() in legend.by_code or bool(_by_text(cell, language))

    headers = {
        grid.name: header for grid in grids if (header := find_header(grid, tells)) is not None
    }
    if not headers:
        return None
    stated, where = (as_of, "given") if as_of else _as_of(grids, headers, source)
    rows: list[TrackerRow] = []
    columns: dict[str, Mapping[str, int]] = {}
    for grid in grids:
        if grid.name not in headers:
            continue
        roles = _with_due(
            grid, headers[grid.name], columns_of(grid, headers[grid.name], own, tells), stated
        )
        columns[grid.name] = roles
        last, recommendation = headers[grid.name], ""
        for index in data_rows(grid, headers[grid.name], roles):
            row = _row(grid, index, roles, legend, language, stated)
            between = range(last + 1, index)
            recommendation = _alone(grid, headers[grid.name], between, roles) or recommendation
            rows.append(_filled_down(row, recommendation, roles))
            last, recommendation = index, rows[-1].recommendation
    if not rows:
        return None
    first = next(grid for grid in grids if grid.name in headers)
    title = next((c.text for row in first.rows[: headers[first.name]] for c in row if c.text), "")
    title = title or next((line for line in first.around.splitlines() if line.strip()), "")
    # Other formats, such as CSV, carry no fills, so that a colour missing there says nothing.
    readable = source.lower().endswith((".xlsx", ".xlsm", ".docx"))
    return TrackerFile(tuple(rows), stated, where, columns, title, readable)


def _with_due(grid: Grid, header: int, roles: dict[str, int], as_of: str) -> dict[str, int]:
    """The columns, that of "completion date" as the date due where some of it is still to come.

    So it is where a sheet has news or a status, and no other column of dates due.
    """
    done = roles.get("done")
    tells = {role.split()[0] for role in roles} & {"status", "progress"}
    if done is None or "due" in roles or not as_of or not tells:
        return roles
    if not _COMPLETION.search(grid.rows[header][done].text):
        return roles
    cells = [row[done].text for row in grid.rows[header + 1 :] if done < len(row)]
    days = (day for cell in cells for day in dates_in(cell, as_of))
    if all((days_past(day, as_of) or 0) >= 0 for day in days):
        return roles
    return {("due" if role == "done" else role): place for role, place in roles.items()}


_COMPLETION = re.compile(r"\bcompletion\b", re.IGNORECASE)
"""Names of columns that hold either the date by which or that on which a step was completed."""


def _alone(grid: Grid, header: int, between: range, roles: Mapping[str, int]) -> str:
    """What stands last in the column of recommendations, in rows between two steps; or nothing."""
    place = roles.get("recommendation", -1)
    names = [cell.text for cell in grid.rows[header]]
    rows = [grid.rows[index] for index in reversed(between)]
    cells = [row[place].text for row in rows if 0 <= place < len(row)]
    return next((text for text in cells if text and text not in names), "")


def _filled_down(row: TrackerRow, above: str, roles: Mapping[str, int]) -> TrackerRow:
    """A row with the recommendation that stands above it, where its own is left blank.

    So it stands in sheets that name a recommendation once, above its steps.
    """
    own_column = roles.get("recommendation") not in (None, roles.get("action"))
    is_blank = not row.recommendation.strip() and not row.ref.strip()
    if row.text and is_blank and own_column:
        return replace(row, recommendation=above)
    return row


def _as_of(grids: Sequence[Grid], headers: Mapping[str, int], source: str) -> tuple[str, str]:
    """The date at which the version stood: from the sheet, else from the file's name."""
    for grid in grids:
        if grid.name not in headers:
            continue
        lines = [c.text for row in grid.rows[: headers[grid.name]] for c in row if c.text]
        texts = [*dict.fromkeys(lines), *grid.around.splitlines()]
        for text in texts:
            if (match := _AS_OF.search(text)) and (dates := dates_in(match["rest"])):
                return dates[0], f"sheet: {text[:60]}"
        for text in texts:
            if len(text.split()) < 12 and (dates := dates_in(text)):
                # The last date of a title: a period ends with the day for which it stands.
                return dates[-1], f"sheet: {text[:60]}"
    name = re.sub(r"\.\w+$", "", source.replace("\\", "/").rsplit("/", 1)[-1])
    # "plan_Sept24" has no word boundary before its figures.
    spaced = re.sub(r"(?<=[a-z])(?=\d)", " ", re.sub(r"_", " ", name))
    dates = dates_in(spaced)
    return (dates[-1], "file name") if dates else ("", "")


def _row(
    grid: Grid,
    index: int,
    roles: Mapping[str, int],
    legend: Legend,
    language: StatusLanguage,
    as_of: str,
) -> TrackerRow:
    row = grid.rows[index]

    def cell(role: str) -> GridCell:
        place = roles.get(role)
        return row[place] if place is not None and place < len(row) else GridCell()

    due, due_raw = _due(cell("due"), as_of)
    revised, revised_raw = _due(cell("due revised"), as_of)
    if revised:
        due, due_raw = revised, f"{due_raw} {revised_raw}".strip()
    status = cell("status")
    has_status = "status" in roles
    fill = status.fill if has_status else _row_fill(row)
    if not colour_name(fill):
        # A status cell with words speaks for itself; for an empty one the colour of the row is
        # asked.
        fill = "" if not has_status else _row_fill(row) if not status.text else fill
    done_cell = cell("done").text
    news_roles = [role for role in roles if role.split()[0] == "progress"]
    # "what have we done (evidence)" holds the news where no other column does
    logs = [cell(role).text for role in news_roles or ("evidence",)]
    log = "\n".join(filter(None, logs))
    newest = next((text for text in reversed(logs) if text), "")
    # "date of completion and outcome" holds the news where there is no column of status
    tells = not has_status and len(done_cell.split()) > MAX_DATE_WORDS
    raw = status.text if has_status else done_cell or newest
    dated = bool(done_cell and not tells and dates_in(done_cell, as_of))
    ticked = not has_status and _TICKED.match(done_cell) is not None
    raw = newest if ticked else raw
    closed = bool(_CLOSED_SHEET.search(grid.name)) or dated or ticked
    if not has_status and "done" in roles and not closed:
        log = f"{log}\n{done_cell}" if tells else log
    value, conflict = row_status(
        raw, fill, legend, language,
        word_column=has_status, due=due, as_of=as_of, log=log,
        closed=closed, closed_by=cell("closed_by").text, moved=bool(revised) or _moved(cell("due")),
    )  # fmt: skip
    # As far as both are exact: a day of the version's own month may be past.
    is_to_come = any(day[: len(as_of)] > as_of for day in dates_in(log, as_of))
    if value == "done" and not has_status and as_of and is_to_come:
        value = "in progress"  # a milestone after the date of the version is still to come
    done_date = _done(done_cell, log if value in ("done", "verified") else "", as_of)
    place = roles.get("status")
    return TrackerRow(
        sheet=grid.name,
        number=grid.numbers[index],
        cell=f"{_letters(place)}{grid.numbers[index]}"
        if place is not None
        else str(grid.numbers[index]),
        ref=cell("ref").text.strip(),
        recommendation=cell("recommendation").text,
        text=cell("action").text,
        owner=cell("owner").text,
        status=value,
        raw=raw,
        colour=fill,
        due=due,
        due_raw=due_raw,
        done=done_date,
        progress=log,
        evidence=cell("evidence").text,
        impact=cell("impact").text,
        escalation=cell("escalation").text,
        conflict=conflict,
        hidden=grid.hidden or grid.numbers[index] in grid.hidden_rows,
    )


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row_fill(row: Sequence[GridCell]) -> str:
    """The fill that most cells of a row share, where it is a colour."""
    fills = [cell.fill for cell in row if colour_name(cell.fill)]
    return max(sorted(set(fills)), key=fills.count) if fills else ""


def _due(cell: GridCell, as_of: str) -> tuple[str, str]:
    """The last live date of a cell; what is struck out does not count."""
    live = cell.text
    if cell.struck and cell.struck != cell.text:
        # Once only: a date that was struck out may be set again.
        live = live.replace(cell.struck, " ", 1)
    dates = dates_in(live, as_of)
    return (dates[-1] if dates else ""), cell.text


def _moved(cell: GridCell) -> bool:
    """Whether a date was put off: one struck out or left standing before a later one."""
    return bool(cell.struck) or (
        len(dates_in(cell.text)) > 1
        and bool(re.search(r"\b(?:now|then|revised|moved|was)\b|→|->", cell.text, re.IGNORECASE))
    )


def _done(cell: str, log: str, as_of: str) -> str:
    dates = dates_in(cell, as_of) or dates_in(log, as_of)
    return dates[-1] if dates else ""


def row_status(
    raw: str,
    fill: str,
    legend: Legend,
    language: StatusLanguage,
    *,
    word_column: bool,
    due: str = "",
    as_of: str = "",
    log: str = "",
    closed: bool = False,
    closed_by: str = "",
    moved: bool = False,
) -> tuple[str, str]:
    """The status that a row gives its action, and where its word and its colour disagree.

    A word goes before a colour; a colour means what the file's legend says, and is
    unreadable without one.  An empty cell on no colour is "none recorded".
    """
    word = as_words(raw).strip().lower().strip(" .:*")
    # A file's own codes first: there "R" may mean received.
    if word not in legend.by_code:
        word = INITIALS.get(word, word)
        word = word if word in legend.by_name else SHADE.sub("", word)
    coloured = by_colour(fill, word, legend, language, due, as_of)
    if closed and (not raw.strip() or not word_column):
        # the date of an end may stand beside news that it was given up, tolerated or undone
        by_news = _beyond_colour(log, language) or _by_text(log, language)
        if by_news in (*_BEYOND_COLOUR, "verified"):
            return by_news, ""
        if closed_by and not _BLANK.match(closed_by):
            return "verified", ""
        return "done", ""
    if word in legend.by_code:
        by_log = _beyond_colour(log, language)
        meaning = as_status(legend_reading(legend.by_code[word], language))
        if meaning == "unreadable":
            meaning = language.cell_words.get(word, meaning)
        return (by_log if by_log in _BEYOND_COLOUR else meaning), ""
    conflict = ""
    if word in NAMES or word in legend.by_name:
        by_news = _beyond_colour(log, language)
        value = by_news or coloured or language.colour_words.get(word, "unreadable")
    elif word_column:
        value, conflict = _by_word_column(raw, word, fill, coloured, log, language)
    else:
        value = _by_words(raw, fill, coloured, legend, language, log, moved=moved)
    if value == "unreadable" and word_column and raw.strip() and not _POINTER.match(raw):
        # a word or a letter that nobody explains: the news of the row says what is so
        value = _by_text(log, language, moved=moved) or value
    return value, conflict


def _by_words(
    raw: str,
    fill: str,
    coloured: str,
    legend: Legend,
    language: StatusLanguage,
    log: str,
    *,
    moved: bool,
) -> str:
    """The status of a row without a column of status: its news, and the colour of the row."""
    by_news = _by_text(raw, language, moved=moved)
    if by_news in ("done", "verified") and _UNFINISHED.search(log.replace(raw, "")):
        by_news = "in progress"
    if moved and by_news in ("", "in progress", "not started") and raw.strip():
        by_news = "late"
    if fill and not coloured:
        # a colour that the legend does not list leaves the words; without any legend the row
        # cannot be read
        has_legend = legend.by_fill or legend.by_name
        return by_news if has_legend and by_news else "unreadable"
    if by_news in DECISIVE or not coloured:
        return by_news or NOTHING_RECORDED
    return coloured


def _by_word_column(
    raw: str, word: str, fill: str, coloured: str, log: str, language: StatusLanguage
) -> tuple[str, str]:
    if not word or language.cell_words.get(word) == NOTHING_RECORDED:
        by_log = _beyond_colour(log, language)
        if fill and colour_name(fill):
            return by_log or coloured or "unreadable", ""
        return by_log or NOTHING_RECORDED, ""
    if _POINTER.match(raw) and _by_text(raw, language) not in _BEYOND_COLOUR:
        return "unreadable", ""
    share = _share_done(word)
    # a figure can say no more than a colour; the news beside it may
    share = share and (_beyond_colour(log, language) or share)
    value = cell_word(word, language) or share or _beyond_colour(raw, language)
    by_text = _by_text(raw, language, expected=True)
    if not value:
        # "Closed - not achieved, risk held": the whole cell goes before its first word
        value = by_text if by_text in (*_BEYOND_COLOUR, "verified") else ""
    # the file's own key of colours goes before what a word that nobody knows seems to say
    value = value or part_word(word, language) or coloured or by_text
    if not value:
        return coloured or "unreadable", ""
    if coloured and coloured != value and not {coloured, value} <= {"done", "verified"}:
        return value, f"the word says {value}, the colour {coloured}"
    return value, ""


def _beyond_colour(text: str, language: StatusLanguage) -> str:
    """What the latest words of a cell say that no traffic light can, by the rules alone.

    They go before what the cell of status shows, so they must say it outright.
    """
    units = sentences(_latest(text))
    values = (read_by_rules(unit, language).progress for unit in units)
    return next((value for value in values if value in _BEYOND_COLOUR), "")


def _latest(text: str) -> str:
    """The newest entry of a cell: by their dates, else the last.

    >>> _latest("9/1/2023 opened again. 1/4/2022 finished.")
    '9/1/2023 opened again.'
    """
    entries = [entry.strip() for entry in _DATED_ENTRY.split(text) if entry.strip()]
    days = [next(iter(dates_in(" ".join(entry.split()[:1]), "")), "") for entry in entries]
    if len(entries) > 1 and all(len(day) == len("2023-01-09") for day in days):
        return max(zip(days, range(len(entries)), entries, strict=True))[-1]
    return entries[-1] if entries else ""


_SHARE = re.compile(r"^(?P<share>\d{1,3})\s*(?:%|per cent)")


def _share_done(word: str) -> str:
    """The status that a percentage stands for."""
    match = _SHARE.match(word)
    if match is None:
        # a sheet's own share: 0.5 is half
        return "in progress" if re.fullmatch(r"0?\.\d+", word) else ""
    share = int(match["share"])
    return "done" if share >= ALL else "in progress" if share else "not started"


ALL = 100
"""Per cent at which an action is done, as claimed."""


def _by_text(
    text: str, language: StatusLanguage, *, moved: bool = False, expected: bool = False
) -> str:
    """The progress that the latest words of a cell claim; `expected` in a column of status."""
    latest = _latest(text)
    values = []
    if language.trained and (whole := _whole(latest, language, expected=expected)):
        values.append(whole)
    for line in latest.splitlines() if not values else ():
        for unit in sentences(line):
            if (
                value := language.cell_words.get(unit.lower().strip(" ."))
                or read_status(unit, language).progress
            ):
                values.append(value)
    if not values:
        return ""
    if moved and "late" not in values and values[-1] in ("planned", "in progress"):
        return "late"
    return next((value for value in DECISIVE if value in values), as_status(values[-1]))


def _whole(text: str, language: StatusLanguage, *, expected: bool = False) -> str:
    """The progress that an entry as a whole claims, by the models."""
    is_news = expected or len(text.split()) >= MIN_NEWS_WORDS
    return read_status(text, language, "progress" if is_news else "").progress


MIN_NEWS_WORDS = 3
"""Words of a cell from which it tells news; a shorter one may be a name or a reference."""
