"""The record of a frame: what one clause of a finding claims, in parts that can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from lif_nlp.record_values import sent_by_values

POINT_ROLES = ("problem", "strength", "action")
"""What a learning point can be; findings of other roles state none."""


@sent_by_values
@dataclass(frozen=True, slots=True)
class Frame:
    """What one clause of a finding claims about practice: who or what, and how it was.

    Parameters
    ----------
    polarity
        "problem", "strength" or "action".
    aspect
        Id of an aspect of the framework; else the words of the clause that name it, folded
        ("home visiting scheme"); empty where there are none.
    defect
        Id of a defect of the framework, or empty.  Under "strength" it is its positive side.
    direction
        The end of a scale ("late", "high"), or empty.
    negated
        Whether a negation turned the words to this polarity ("no delay", "not shared").
    quantity
        How many it is true of: "none", "one", "some", "many", "all", or empty.
    actor
        Who acts: "agency", "family", "child", or empty.
    start, end
        Offsets of the clause in the text of the finding.
    confidence
        How surely the defect is said of the aspect, 0..1; 0 where one of them is missing.
    point
        Id of the known point that a phrase of the clause states by itself, or empty.
    """

    polarity: str
    aspect: str = ""
    defect: str = ""
    direction: str = ""
    negated: bool = False
    quantity: str = ""
    actor: str = ""
    start: int = 0
    end: int = 0
    confidence: float = 0.0
    point: str = ""

    @property
    def key(self) -> str:
        """Polarity, aspect, defect and direction; empty without an aspect or a defect.

        >>> Frame("problem", "pathway_plan", "late", "late").key
        'problem|pathway_plan|late|late'
        """
        if not (self.aspect and self.defect):
            return ""
        return "|".join((self.polarity, self.aspect, self.defect, self.direction))
