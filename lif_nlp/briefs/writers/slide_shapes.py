"""Shapes that several slides draw alike."""

from __future__ import annotations

from typing import Any


def rgb(colour: str) -> Any:
    """A colour of python-pptx from its hex code, such as "#1a5276"."""
    from pptx.dml import color

    colours: Any = color.RGBColor
    return colours.from_string(colour[1:])


def add_card(slide: Any, place: tuple[float, float, float, float], fill: str, inset: float) -> Any:
    """Draw a rectangle without line or shadow, and give its text frame, which is still empty.

    Parameters
    ----------
    slide
        Slide of python-pptx to draw on.
    place
        Left, top, width and height in inches.
    fill
        Colour as a hex code.
    inset
        Inches between the text and the card's left, right and upper edge.
    """
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    card = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, place))
    card.fill.solid()
    card.fill.fore_color.rgb = rgb(fill)
    card.line.fill.background()
    card.shadow.inherit = False
    frame = card.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = Inches(inset)
    return frame
