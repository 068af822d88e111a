"""Colours of a tracker: their names, and what the file's own legend says of them."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lif_nlp.ledger_records import Grid, GridCell

NAMES = (
    "red",
    "amber",
    "yellow",
    "green",
    "blue",
    "purple",
    "grey",
    "orange",
    "pink",
    "white",
    "black",
)
"""Colours that people write in plans."""

_NAMES = "|".join(NAMES)
_HUES = (
    (20, "red"),
    (54, "amber"),
    (68, "yellow"),
    (170, "green"),
    (255, "blue"),
    (325, "purple"),
    (361, "red"),
)
"""Upper ends of hue in degrees.  Office's amber is 45 to 48, its yellow 60, its blue 199."""

MIN_SATURATION = 0.06
"""Saturation (0..1) below which a fill is grey or white and says nothing; Office's palest
status colours have 0.15, its header greys under 0.05."""

MAX_BLACK, MIN_WHITE = 0.15, 0.93
"""Brightness (0..1) up to which a fill is black, and from which a pale one is white."""

_ENTRY = re.compile(
    rf"\b(?P<name>{_NAMES})\b\s*(?:shading|rows?|cells?)?\s*(?:=|:|,|-|–|—|\(|means|is|for|indicates)\s*"
    rf"(?P<meaning>[^;.|\n]+?)(?=\s*(?:[;.|\n)]|$|,?\s*\b(?:{_NAMES})\b\s*(?:=|:|,|-|–|means|is|for|\()))",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"\b(?:key|legend|shad(?:ing|ed)|colou?red|colours?|colour code|rag|brag)\b", re.IGNORECASE
)

_PART = re.compile(
    rf"^\W*(?:(?:key|legend|b?rag|colours?(?: code)?)\b\W*)*(?P<name>{_NAMES})\b\W*"
    r"(?:(?:shading|rows?|cells?)\b\W*)?(?:(?:means|is|for|indicates)\s+)?(?P<meaning>\w.*)$",
    re.IGNORECASE,
)
"""An entry of a legend that is divided by bars or semicolons, with no sign after the colour."""

_CLAUSE = re.compile(
    rf"\b(?P<name>{_NAMES})\b\s*(?:actions?|items?|steps?|lines?|rows?|ones?)?\s*"
    r"(?P<meaning>(?:have|has|are|is|will|show|shows|mark|marks)\b[^.;]{3,80})",
    re.IGNORECASE,
)
"""A legend told in sentences: "those in amber are under way; red actions have not been started"."""

_PARTS = re.compile(rf"[|;\n•/]|,\s*(?=(?:{_NAMES})\b)", re.IGNORECASE)

SHADE = re.compile(r"^(?:dark|light|pale|deep|bright)[ -](?=\w+$)")
"""A shade before the name of a colour, which matters only where a key tells two shades apart."""

INITIALS = {"r": "red", "a": "amber", "g": "green", "b": "blue", "y": "yellow"}
"""Letters that stand for colours in a column of status."""

MAX_MEANING_WORDS = 14
"""Words of a legend's entry; more is text in which a colour happens to stand."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours and codes of one file mean, in its own words: by fill, name and code."""

    by_fill: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    by_code: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, fill: str, word: str = "") -> str:
        """The file's words for a fill, or for a colour written as a word; or an empty string."""
        if word and word.lower() in self.by_name:
            return self.by_name[word.lower()]
        if fill in self.by_fill:
            return self.by_fill[fill]
        name = colour_name(fill)
        if name in self.by_name:
            return self.by_name[name]
        # People write amber and fill the cell with yellow.
        near = {"yellow": "amber", "amber": "yellow", "orange": "amber"}.get(name, "")
        return self.by_name.get(near, "")


def colour_name(fill: str) -> str:
    """The name of a fill ("92D050"), or an empty string for white and near-white grey.

    >>> [colour_name(fill) for fill in ("92D050", "FFEB9C", "FFC7CE", "00B0F0", "FFFFFF")]
    ['green', 'amber', 'red', 'blue', '']
    """
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return ""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if value < MAX_BLACK:
        return "black"
    if saturation < MIN_SATURATION:
        return "" if value > MIN_WHITE else "grey"
    return next(name for end, name in _HUES if hue * 360 < end)


def legend_of(grids: Sequence[Grid]) -> Legend:
    """The legend of a file: coloured cells with their meaning beside them, or a sentence."""
    by_fill: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for grid in grids:
        for row in grid.rows:
            _take_row(row, by_fill, by_name)
        for text in (grid.around, *_long_cells(grid)):
            if _LEGEND.search(text):
                for match in _ENTRY.finditer(text):
                    meaning = match["meaning"].strip(" ,)")
                    if len(meaning.split()) <= MAX_MEANING_WORDS:
                        by_name.setdefault(match["name"].lower(), meaning)
                for match in _CLAUSE.finditer(text):
                    by_name.setdefault(match["name"].lower(), match["meaning"].strip())
                for part in _PARTS.split(text):
                    entry = _PART.match(part)
                    if entry and len(entry["meaning"].split()) <= MAX_MEANING_WORDS:
                        by_name.setdefault(entry["name"].lower(), entry["meaning"].strip())
    return Legend(by_fill, by_name, {**_terms(grids), **_codes(grids)})


_TERM_HEADER = re.compile(
    r"^\W*(?:terms?|words?|status|code|key|label|position|state|b?rag)\W*$", re.IGNORECASE
)
_MEANING_HEADER = re.compile(r"\b(?:meaning|means|definition|explanation|what it)\b", re.IGNORECASE)
_TERM_ENTRY = re.compile(
    r"^(?:\W*(?:key|legend|words?|terms?|status|codes?|position)(?: used)?\s*:)?\W*"
    r"(?P<term>[\w][\w' /-]{0,38}?)\s*(?:=|\bmeans\b|:|\s[–—-]\s|\s?\()\s*"
    r"(?P<meaning>[^=]{3,120}?)\)?\W*$",
    re.IGNORECASE,
)
_ADDED_WORD = re.compile(
    r"\bwords? [‘“\"']?(?P<term>\w+)[’”\"']? is (?:added|used|written|put) (?:when|where|once|if) "
    r"(?P<meaning>[^.;]+)",
    re.IGNORECASE,
)
MAX_TERM_WORDS = 5
"""Words of a term that a file explains ("Open - awaiting allocation")."""


def _terms(grids: Sequence[Grid]) -> dict[str, str]:
    """What a file's own words of status mean, where it explains them anywhere.

    A term counts where it stands alone in a cell of a wider row too, so that a heading with a colon
    explains nothing.
    """
    used = {
        cell.text.strip().lower()
        for grid in grids
        for row in grid.rows
        if sum(bool(other.text) for other in row) > 2
        for cell in row
        if cell.text
    }
    entries: dict[str, str] = {}
    for grid in grids:
        for row in grid.rows:
            texts = [cell.text.strip() for cell in row if cell.text.strip()]
            if len(texts) == 2 and len(texts[0].split()) <= MAX_TERM_WORDS:
                entries.setdefault(texts[0].lower(), texts[1])
        lines = [
            cell.text
            for row in grid.rows
            for cell in row
            # In a step's own row "In progress: forms not yet sent" is news of that step alone.
            if len(cell.text.split()) > 2
            and ("=" in cell.text or sum(bool(other.text) for other in row) <= 2)
        ]
        for text in dict.fromkeys([*lines, *_explaining(grid.around.splitlines())]):
            for part in re.split(r"[;|\n•]|\.\s|,\s(?=\w[\w ]{0,30}\s?=)", text):
                if entry := _TERM_ENTRY.match(part.strip()):
                    entries.setdefault(entry["term"].strip().lower(), entry["meaning"].strip())
            for added in _ADDED_WORD.finditer(text):
                entries.setdefault(added["term"].lower(), added["meaning"].strip())
    return {
        term: meaning for term, meaning in entries.items() if term in used and term not in NAMES
    }


_EXPLAINS = re.compile(
    r"=|\bmeans\b|\bwords? [‘“\"']?\w+[’”\"']? is \w+ (?:when|where|once|if)\b", re.I
)
_ANNOUNCES = re.compile(
    r"\b(?:key|legend|meanings?|words?|terms?|status(?:es)?|codes?|definitions?|explanations?)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[;|•]")
MAX_ANNOUNCING_WORDS = 10
"""Words of a line that announces an explanation of terms; a longer one is text."""


def _explaining(lines: Sequence[str]) -> list[str]:
    """Lines beside a table that explain terms: by a sign, or below a line that says so.

    "In progress: the forms are not yet sent" beside a table tells news of one step.
    """
    explaining: list[str] = []
    announced = False
    for line in lines:
        entries = [part for part in _LISTED.split(line) if _TERM_ENTRY.match(part.strip())]
        names_terms = len(line.split()) <= MAX_ANNOUNCING_WORDS and bool(_ANNOUNCES.search(line))
        if _EXPLAINS.search(line) or (names_terms and len(entries) > 1):
            explaining.append(line)
        elif announced and entries:
            explaining.append(line)
            continue  # the list goes on
        announced = names_terms and not entries
    return explaining


_CODE = re.compile(
    r"(?:^|[|;,/\n(]\s*|[.:] )(?P<code>\d|[A-Z]{1,4}|[A-Z][a-z]+(?: [a-z]+)?(?= =))\s*(?:=|:)\s*"
    r"(?P<meaning>[^|;/\n=]{3,60}?)"
    r"(?=\s*(?:[|;/\n)]|\.(?:\s|$)|,\s*(?:\d|[A-Z]{1,4})\s*=|$))"
)
_BARE_CODE = re.compile(
    r"(?:^|[|;,/(:\n]\s*|(?<=[a-z]) )(?P<code>\d|[A-Z]{1,3})(?:\s*[–—-])?\s+"
    r"(?P<meaning>[A-Za-z][a-z’' ]{3,40}?)(?=\s*(?:[|;,/)\n.]|$|\s(?:\d|[A-Z]{1,3})\s))"
)
"""A code with nothing but a blank before its meaning, in a line that says that it is a key."""
_LETTER_CODE = re.compile(r"[A-Z]{1,4}")
MIN_CODES = 3
"""Entries that make a line a legend of codes ("0 = not begun | 1 = begun | 2 = finished")."""


def _codes(grids: Sequence[Grid]) -> Mapping[str, str]:
    """What the codes of a status column mean, where a line of the file says so."""
    for grid in grids:
        lines = [cell.text for row in grid.rows for cell in row if "=" in cell.text]
        # Cells first: what stands around the sheet repeats them.
        for text in dict.fromkeys([*lines, grid.around]):
            entries = {m["code"].lower(): m["meaning"].strip() for m in _CODE.finditer(text)}
            if len(entries) >= MIN_CODES:
                return entries
        for text in dict.fromkeys(
            [*(c.text for row in grid.rows for c in row), *grid.around.splitlines()]
        ):
            found = [(m["code"].lower(), m["meaning"].strip()) for m in _BARE_CODE.finditer(text)]
            # each code once: a paragraph that begins with a letter is no key
            if MIN_CODES <= len(found) == len(dict(found)):
                return dict(found)
        pairs = [[cell.text for cell in row if cell.text] for row in grid.rows]
        listed = {
            pair[0].lower(): pair[1]
            for pair in pairs
            if len(pair) == 2 and _LETTER_CODE.fullmatch(pair[0])
        }
        if len(listed) >= MIN_CODES:
            return listed
    return {}


def _take_row(row: tuple[GridCell, ...], by_fill: dict[str, str], by_name: dict[str, str]) -> None:
    """A row that holds a colour and its meaning, and hardly anything else."""
    texts = [cell for cell in row if cell.text]
    in_turn = [match for cell in texts if (match := _ENTRY.match(cell.text + " "))]
    if len(in_turn) > 1 and len(in_turn) >= len(texts) - 1:
        # a legend laid out across the sheet, an entry a cell
        for match in in_turn:
            by_name.setdefault(match["name"].lower(), match["meaning"].strip())
        return
    if len(texts) == 3 and texts[1].text.strip().lower() in NAMES and len(texts[0].text) <= 2:
        # "R | Red | work has not begun"
        by_name.setdefault(texts[1].text.strip().lower(), texts[2].text)
        return
    if not 1 <= len(texts) <= 2:
        return
    first = texts[0]
    name = first.text.strip().lower().rstrip(":")
    if len(texts) == 2 and SHADE.sub("", name) in NAMES:
        # The first wins: legends stand above, and later rows are steps of the plan.
        by_name.setdefault(name, texts[1].text)
        # The word may stand on its own colour, whose shade is then known exactly.
        if first.fill:
            by_fill.setdefault(first.fill, texts[1].text)
        return
    if len(texts) == 2 and first.fill and colour_name(first.fill) and len(name) <= MAX_CODE_LETTERS:
        by_fill.setdefault(first.fill, texts[1].text)  # a letter on its colour
    if match := _ENTRY.match(first.text + " "):
        by_name.setdefault(match["name"].lower(), match["meaning"].strip())
    # A legend may be a coloured, empty cell with the meaning beside it.
    swatch = next((cell.fill for cell in row if cell.fill and not cell.text), "")
    if (
        len(texts) == 1
        and swatch
        and colour_name(swatch)
        and len(first.text.split()) <= MAX_MEANING_WORDS
    ):
        by_fill.setdefault(
            swatch, re.sub(rf"^(?:{_NAMES})\s*[:=–-]\s*", "", first.text, flags=re.I)
        )


MAX_CODE_LETTERS = 2
"""Letters of a code on a coloured cell of a legend."""


def _long_cells(grid: Grid) -> Iterable[str]:
    """Cells that hold a whole legend in words."""
    return [
        cell.text for row in grid.rows for cell in row
        if len(re.findall(rf"\b(?:{_NAMES})\b", cell.text, re.IGNORECASE)) >= 2
    ]  # fmt: skip
