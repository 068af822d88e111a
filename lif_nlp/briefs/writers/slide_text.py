"""How much of a section fits on a slide, and how large its text can be.

PowerPoint cannot be asked from here, so lines are estimated from the number of letters: close
enough to fill a slide and never to run over its edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import ceil

from lif_nlp.briefs.writers.branding import BriefBranding, cite, printed
from lif_nlp.briefs.writers.line_parts import split_lead, split_point
from lif_nlp.records import Chart, Claim

WIDTH, HEIGHT = 11.9, 5.0
"""Inches that the text of a slide has."""

TABLE_WIDTH, TABLE_HEIGHT = 11.9, 5.1
"""Inches that a table has."""

TABLE_POINTS = (18, 16, 14)
"""Sizes of a table's letters, the largest first; smaller is not read from the back of a room."""

_MARGIN = 0.1
"""Inches at the sides of a cell's text, and between its top and bottom together."""

_NARROWEST = 8
"""Letters that every column of a table has room for, however short its words."""

_LETTER = 0.56
"""Width of a letter as a share of its height; read off Calibri and its wider stand-ins."""

_LINE = 1.22
"""Height of a line as a share of its letters' height."""

_LARGEST, _SMALLEST = 1.5, 0.78
"""Range of the scale of a slide's text; smaller is not read from the back of a room."""

_STEP = 0.04
"""By how much text is made smaller until it fits: about one point in 24."""

_READABLE = 0.88
"""Scale at which lines are shared out over slides: a little smaller saves half-empty slides."""

_LEAD_WORDS = 6
"""Words of a lead that is set in bold; fewer than on paper, since a slide is read at a glance."""

_QUESTIONS_APART = 30
"""Words before the first of several questions, from which they begin a slide of their own."""

_ASKED_OF_SCENE = 2
"""Questions in a row that stay on the slide of the scene that they are about."""

INK, SOFT = "#1D2329", "#444C54"
_SIZES = {"quote": 22, "statement": 24, "count": 20, "question": 25, "action": 24, "point": 26}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a slide: its text and look, in points; a `number` counts a question.

    `lead` is the part at its beginning that is set in bold; `link` an address.
    """

    text: str
    size: int
    colour: str = INK
    gap: int = 10
    indent: float = 0.0
    lead: str = ""
    number: int = 0
    link: str = ""


def lines_of(claims: Sequence[Claim], branding: BriefBranding, numbered: int) -> Iterator[Line]:
    """The paragraphs of a slide; `numbered` questions stand on slides before it."""
    several = numbered or sum(claim.kind == "question" for claim in claims) > 1
    for claim in claims:
        if claim.kind == "point":
            name, counts = split_point(claim.text)
            yield Line(name, _SIZES["point"], branding.accent, 14, lead=name)
            yield Line(counts, 16, SOFT, 1)
        elif claim.kind == "question":
            numbered += 1
            yield Line(claim.text, _SIZES["question"], INK, 14,
                       number=numbered if several else 0)  # fmt: skip
        elif claim.text:
            colour = SOFT if claim.kind == "count" else INK
            first, rest = split_lead(claim.text, _LEAD_WORDS)
            lead = f"{first}: " if first and rest else ""
            yield Line(claim.text, _SIZES.get(claim.kind, 20), colour, 12, lead=lead)
        for one in claim.evidence:
            yield Line(f"“{printed(one)}”", _SIZES["quote"], INK, 8, indent=0.35)
            if source := cite(one):
                yield Line(source, 14, SOFT, 2, indent=0.35, link=branding.page_link(one))


def scale_of(lines: Sequence[Line]) -> float:
    """The largest scale at which the lines fit on a slide; the smallest where none does."""
    scale = _LARGEST
    while scale > _SMALLEST and height_of(lines, scale) > HEIGHT:
        scale -= _STEP
    return max(scale, _SMALLEST)


def height_of(lines: Sequence[Line], scale: float) -> float:
    """Inches that the lines need at a scale."""
    total = 0.0
    for line in lines:
        total += text_height(line.text, WIDTH - line.indent, line.size * scale)
        total += line.gap * scale / 72
    return total


def text_height(text: str, width: float, points: float) -> float:
    """Inches that a text needs in lines of `width` inches, with letters of `points`."""
    letters = width * 72 / (_LETTER * points)
    return ceil(max(len(text), 1) / letters) * _LINE * points / 72


def pages(claims: Sequence[Claim], branding: BriefBranding) -> list[list[Claim]]:
    """The lines of a section in order, shared out evenly over the slides that they need.

    What belongs together stays together (see `_stays`), forms are left out, and several questions
    in a row begin a slide of their own.
    """
    parts = _parts([claim for claim in claims if claim.kind != "form"])
    groups: list[list[list[Claim]]] = [[]]
    question_count = sum(part[0].kind == "question" for part in parts)
    words = 0
    for part in parts:
        is_question = part[0].kind == "question"
        previous = groups[-1][-1][0].kind if groups[-1] else ""
        if (
            question_count > 1
            and is_question
            and previous != "question"
            and words > _QUESTIONS_APART
        ):
            groups.append([])
        groups[-1].append(part)
        words += sum(len(claim.text.split()) for claim in part)
    return [page for group in groups for page in _shared_out(group, branding)]


def _parts(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that cannot be parted, together."""
    parts: list[list[Claim]] = []
    for at, claim in enumerate(claims):
        question_count = sum(1 for _ in takewhile(_is_question, claims[at:]))
        if parts and _stays(parts[-1], claim, question_count):
            parts[-1].append(claim)
        else:
            parts.append([claim])
    return parts


def _stays(part: Sequence[Claim], claim: Claim, asked: int) -> bool:
    """Whether a claim stays with the part before it; `asked` questions stand in a row from here.

    A quote stays with its point or count, whatever a colon announces with it, advice with the line
    on whom it is for, and a question or two with the scene that they are about.
    """
    before = part[-1]
    announces = before.text.endswith(":")
    if announces or (_is_question(before) and _is_question(claim) and part[0].text.endswith(":")):
        return True
    if claim.kind == "quote":
        return before.kind in ("point", "count")
    if claim.kind == "action":
        return part[0].kind == "statement" and before.kind in ("statement", "action")
    is_scene = part[0].kind == "statement" and before.kind in ("statement", "question")
    return _is_question(claim) and is_scene and asked <= _ASKED_OF_SCENE


def _is_question(claim: Claim) -> bool:
    return claim.kind == "question"


def _shared_out(parts: list[list[Claim]], branding: BriefBranding) -> Iterator[list[Claim]]:
    heights = [height_of(list(lines_of(part, branding, 0)), _READABLE) for part in parts]
    needed = max(1, ceil(sum(heights) / HEIGHT))
    share = sum(heights) / needed
    page: list[Claim] = []
    used, height_before = 0.0, 0.0
    for part, height in zip(parts, heights, strict=True):
        is_full = (
            # Letters are estimated: what is a little too high is made smaller, not parted.
            used + height > HEIGHT * 1.15
            or height_before + used + height / 2 > share * _turn(height_before, share)
        )
        if page and is_full:
            yield page
            height_before, page, used = height_before + used, [], 0.0
        page += part
        used += height
    if page:
        yield page


def _turn(done: float, share: float) -> int:
    """Which slide is being filled, from 1."""
    return int(done / share + 0.5) + 1


def column_widths(chart: Chart) -> list[float]:
    """Inches of each column, by the letters of its longest cell; columns of an empty form alike."""
    if not any(str(cell) for row in chart.rows for cell in row):
        return [TABLE_WIDTH / len(chart.columns)] * len(chart.columns)
    longest = [
        max(*map(len, str(head).split()), *(len(str(row[at])) for row in chart.rows))
        for at, head in enumerate(chart.columns)
    ]
    # The root: a column ten times as long needs more lines as well as more width.
    shares = [max(length, _NARROWEST) ** 0.6 for length in longest]
    return [TABLE_WIDTH * share / sum(shares) for share in shares]


def table_height(rows: Sequence[Sequence[object]], widths: Sequence[float], points: int) -> float:
    """Inches that a table needs at a size of letters, estimated as for lines."""
    return sum(
        max(
            text_height(str(cell), width - 2 * _MARGIN, points) + _MARGIN
            for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    )


def shared_rows(chart: Chart) -> list[tuple[tuple[object, ...], ...]]:
    """The rows of a table, shared out evenly over the slides that they need."""
    widths = column_widths(chart)
    needed = 1
    while needed < len(chart.rows):
        # Rounded up, so that no more slides come of it than are needed.
        share = -(-len(chart.rows) // needed)
        parts = [chart.rows[at : at + share] for at in range(0, len(chart.rows), share)]
        heights = [table_height([chart.columns, *part], widths, TABLE_POINTS[-1]) for part in parts]
        if max(heights) <= TABLE_HEIGHT:
            return parts
        needed += 1
    return [(row,) for row in chart.rows]
