"""A life line as a picture: filled where something is recorded, hollow where nothing is.

An effect that a check did not test is hollow too, with a whole line around it.

Shape carries the meaning, not colour, so that it reads in grey; the words stand below it as
a table, which is also what a screen reader reads.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from lif_nlp.display import page

if TYPE_CHECKING:
    from lif_nlp.ledger.lifelines import LifeLine, LifeLineStage

_WIDTH, _HEIGHT, _MARGIN, _RADIUS = 760, 96, 60, 11
"""Size of the picture in pixels, its margin at the sides, and the radius of a stage."""


class LifeLinePicture:
    """A recommendation's life line; shows itself in a notebook, and as text."""

    def __init__(self, line: LifeLine) -> None:
        self.line = line

    def __repr__(self) -> str:
        rows = [f"{self.line.ask.number} {self.line.ask.text}".strip()]
        for stage in self.line.stages:
            mark = "●" if stage.is_filled else "○"
            rows.append(f"{mark} {stage.name} {stage.date}: {stage.words}".replace(" :", ":"))
        return "\n".join([*rows, *(f"    {entry}" for entry in self.line.history)])

    def svg(self) -> str:
        """The picture as SVG, with a title that says it in words."""
        step = (_WIDTH - 2 * _MARGIN) / (len(self.line.stages) - 1)
        parts = [
            f'<line x1="{_MARGIN}" y1="40" x2="{_WIDTH - _MARGIN}" y2="40" stroke="#555" '
            'stroke-width="2"/>'
        ]
        for place, stage in enumerate(self.line.stages):
            x = _MARGIN + place * step
            fill = "#222" if stage.is_filled else "#fff"
            dash = "" if stage.recorded else ' stroke-dasharray="3 3"'
            parts.append(
                f'<circle cx="{x:.0f}" cy="40" r="{_RADIUS}" fill="{fill}" stroke="#222" '
                f'stroke-width="2"{dash}/>'
                f'<text x="{x:.0f}" y="18" text-anchor="middle" font-size="13">{escape(stage.name)}'
                f'</text><text x="{x:.0f}" y="74" text-anchor="middle" font-size="12">'
                f"{escape(_below(stage))}</text>"
            )
        title = "; ".join(
            f"{one.name}: {(_below(one) or 'recorded') if one.recorded else 'nothing recorded'}"
            for one in self.line.stages
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'font-family="sans-serif"><title>{escape(title)}</title>{"".join(parts)}</svg>'
        )

    def _repr_html_(self) -> str:
        rows = [
            [
                escape(stage.name),
                page.unbroken(stage.date),
                escape(stage.words),
                escape(stage.source),
            ]
            for stage in self.line.stages
        ]
        history = "".join(f"<li>{escape(entry)}</li>" for entry in self.line.history)
        return (
            f"<figure>{self.svg()}</figure>"
            + page.table(
                f"Recommendation {self.line.ask.number}".strip(),
                ("Stage", "Date", "Words", "Source"),
                rows,
            )
            + (f"<ul>{history}</ul>" if history else "")
        )


def _below(stage: LifeLineStage) -> str:
    """What stands below a stage: its date, or why it is hollow."""
    if not stage.recorded:
        return "not recorded"
    return stage.date if stage.is_filled else f"{stage.words} {stage.date}".strip()
