"""The seven-minute wheel on one slide: cards around their subject."""

from __future__ import annotations

from typing import Any

from lif_nlp.briefs.writers.branding import BriefBranding, cite, printed
from lif_nlp.briefs.writers.slide_shapes import add_card, rgb
from lif_nlp.briefs.writers.slide_text import INK, SOFT, Line, text_height
from lif_nlp.records import Brief, Section

_CARD = (3.95, 2.2)
"""Width and height of a card in inches."""

_CARDS = (
    (0.35, 0.35), (4.69, 0.35), (9.03, 0.35),
    (9.03, 2.65), (9.03, 4.95), (4.69, 4.95), (0.35, 2.65),
)  # fmt: skip
"""Left and top of each card in inches, clockwise; the last is twice as high."""

_LAST_HEIGHT = 4.5
"""Inches of the last card, over two rows."""

_HUB = (5.27, 2.65, 2.8, 2.2)
"""Left, top, width and height of the hub in the middle, in inches."""

_INSET = 0.12
"""Inches between the edge of a card and its text."""

_FILLED = 0.9
"""Share of a card that its lines may fill by estimate, since a stand-in font may be wider."""

_SIZES = (13, 12, 11, 10, 9)
"""Points of a card's letters, the largest that fits; the wheel is for a wall or a handout."""


def add_wheel(slide: Any, brief: Brief, branding: BriefBranding) -> None:
    """Draw the cards and the hub on an empty slide."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    # What to do keeps the tall card, however many boxes stand before it.
    cards = [*_CARDS[: len(brief.sections) - 1], _CARDS[-1]]
    for at, (section, place) in enumerate(zip(brief.sections, cards, strict=False), start=1):
        size = (_CARD[0], _LAST_HEIGHT if place == _CARDS[-1] else _CARD[1])
        frame = add_card(slide, (*place, *size), branding.light, _INSET)
        lines = _lines(at, section, branding)
        points = _points(lines, size)
        for number, line in enumerate(lines):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = line.text
            run.font.size = Pt(points + line.size)
            run.font.bold = bool(line.lead)
            run.font.color.rgb = rgb(line.colour)
            run._r.get_or_add_rPr().set("lang", "en-GB")
            paragraph.space_before = Pt(line.gap)
    left, top, width, height = _HUB
    # The hub takes the place below it where a box was left out.
    height = height if len(brief.sections) >= len(_CARDS) else _LAST_HEIGHT
    hub = slide.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE, *map(Inches, (left, top, width, height))
    )
    hub.fill.solid()
    hub.fill.fore_color.rgb = rgb(branding.accent)
    hub.line.fill.background()
    hub.text_frame.word_wrap = True
    hub.text_frame.text = brief.subject
    hub.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    hub.text_frame.paragraphs[0].font.size = Pt(22)
    hub.text_frame.paragraphs[0].font.bold = True
    hub.text_frame.paragraphs[0].font.color.rgb = rgb("#FFFFFF")


def _lines(at: int, section: Section, branding: BriefBranding) -> list[Line]:
    """Lines of a card; their sizes are points more or less than its letters have."""
    lines = [Line(f"{at} {section.heading}", 2, branding.accent, 0, lead=section.heading)]
    for claim in section.claims:
        if claim.text:
            is_bold = claim.kind in ("point", "question")
            lines.append(Line(claim.text, 0, INK, 4, lead=claim.text if is_bold else ""))
        for one in claim.evidence:
            lines.append(Line(f"“{printed(one)}”", 0, INK, 4))
            lines += [Line(source, -2, SOFT, 0)] if (source := cite(one)) else []
    return lines


def _points(lines: list[Line], size: tuple[float, float]) -> int:
    """The largest letters with which the lines fit on their card."""
    width, high = size[0] - 2 * _INSET, size[1] - 2 * _INSET

    def needed(points: int) -> float:
        return sum(text_height(t.text, width, points + t.size) + t.gap / 72 for t in lines)

    return next((points for points in _SIZES if needed(points) <= _FILLED * high), _SIZES[-1])
