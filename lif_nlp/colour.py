"""Colours: how well they contrast, and how they mix.

Luminance and contrast follow WCAG 2.2 (W3C), definitions of "relative luminance" and
"contrast ratio".  A colour is written "#rrggbb".
"""

from __future__ import annotations

_WEIGHTS = (0.2126, 0.7152, 0.0722)
"""Share of red, green and blue in luminance (WCAG)."""


def luminance(colour: str) -> float:
    """Relative luminance of a colour, from 0 (black) to 1 (white).

    >>> luminance("#000000"), round(luminance("#ffffff"), 3)
    (0.0, 1.0)
    """
    linear = (
        # The curve of sRGB: a straight line near black, a power above it.
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _channels(colour))
    )
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))


def contrast_with_white(colour: str) -> float:
    """Contrast of a colour with white, from 1 to 21.

    >>> round(contrast_with_white("#000000"), 2), round(contrast_with_white("#ffffff"), 2)
    (21.0, 1.0)
    """
    return 1.05 / (luminance(colour) + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """The colour with a share (0..1) of another mixed in.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)


def darken(colour: str, contrast: float) -> str:
    """The colour, mixed with black in small steps until its contrast with white is high enough.

    >>> darken("#123456", 5.5)
    '#123456'
    >>> contrast_with_white(darken("#ffe000", 5.5)) >= 5.5
    True
    """
    step = 0.08  # small enough that a pale colour keeps its hue
    while contrast_with_white(colour) < contrast:
        colour = mix(colour, "#000000", step)
    return colour


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
