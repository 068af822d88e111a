"""Codes to scan with a phone, for web addresses of the local card; needs the extra `card`.

They are drawn on this machine: nothing is asked of the internet.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import Any

from lif_nlp.briefs.writers.line_parts import split_lead, with_addresses
from lif_nlp.records import Brief

MOST = 4
"""Codes beside each other: more do not fit across a page at a size that phones read."""

_LEVEL = "m"
"""Error correction: with 15 % of a code restored, one photocopied badly is still read."""

_PIXELS = 8
"""Pixels of a module in a PNG, so that it is sharp in print."""


def can_draw() -> bool:
    """Whether the package that draws codes is installed."""
    return find_spec("segno") is not None


def addresses(brief: Brief) -> list[tuple[str, str]]:
    """Name and address of a brief's first web pages, each page once; telephones have no code.

    Pages that a line leads to ("Read on") come before those of the local card.  Empty where codes
    cannot be drawn.
    """
    if not can_draw():
        return []
    pages: dict[str, str] = {}
    for claim in (claim for section in brief.sections for claim in section.claims):
        lead, rest = split_lead(claim.text)
        for piece, is_link in with_addresses(rest):
            if is_link:
                pages.setdefault(piece, lead or "Read on")
    for name, _, address in brief.card:
        if address.startswith("http"):
            pages.setdefault(address, name)
    return [(name, address) for address, name in pages.items()][:MOST]


def svg_uri(address: str) -> str:
    """The code as a data URI of an SVG picture, black on white."""
    return str(_code(address).svg_data_uri(scale=4, light="white"))


def png(address: str) -> bytes:
    """The code as a PNG picture, black on white."""
    out = BytesIO()
    _code(address).save(out, kind="png", scale=_PIXELS, light="white")
    return out.getvalue()


def _code(address: str) -> Any:
    import segno

    # Many telephones do not read the small form ("micro").
    return segno.make(address, error=_LEVEL, micro=False)
