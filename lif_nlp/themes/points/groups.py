"""What findings state by their frames: known points of the framework, and shared keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from lif_nlp.frame_record import POINT_ROLES, Frame
from lif_nlp.framework.model import Framework, SeedPoint
from lif_nlp.ids import point_id
from lif_nlp.protocols import Encode, Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.points.thresholds import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Statement:
    """A row states a point, with what confidence (0..1), and what decided it."""

    point_id: str
    row: int
    confidence: float
    why: str
    frame: Frame | None = field(default=None, compare=False)
    """The frame that decided it, if one did."""


class KnownPoints:
    """The points of a framework, and which of them a frame states."""

    def __init__(self, framework: Framework) -> None:
        self.seeds: Mapping[str, SeedPoint] = {
            point_id("seed", seed.id): seed for seed in framework.points if not seed.part_of
        }
        self.aspects = {aspect.id: aspect for aspect in framework.aspects}
        self.defects = {defect.id: defect for defect in framework.defects}
        self.judging_words = frozenset(
            word
            for defect in framework.defects
            for phrase in (*defect.phrases, *defect.positive_phrases)
            for word in phrase.lower().split()
        )
        self._by_phrase = {
            seed.id: point_id("seed", seed.part_of or seed.id) for seed in framework.points
        }
        self.combinations: Mapping[str, dict[tuple[str, str], None]] = {id: {} for id in self.seeds}
        """Aspect with defect of each known point, its parts included, in the order of the file."""
        self._by_frame: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for seed in framework.points:
            id = self._by_phrase[seed.id]
            self.combinations[id].update(dict.fromkeys(product(seed.aspect, seed.defect)))
        for id, combinations in self.combinations.items():
            for aspect, defect in combinations:
                self._by_frame[self.seeds[id].role, aspect, defect].append(id)

    def name_vectors(self, encode: Encode | None, dim: int) -> dict[str, Vectors]:
        """Vectors of the names of known points, of `dim` numbers, by id; none without encoder."""
        if encode is None or not self.seeds:
            return {}
        rows = encode([seed.name for seed in self.seeds.values()])[:, :dim]
        return dict(zip(self.seeds, rows, strict=True))

    def stated_by(self, frame: Frame) -> list[tuple[str, float, str]]:
        """Ids of the known points that a frame states, with confidence and what decided it."""
        if frame.point:
            return [(self._by_phrase[frame.point], CONFIDENCE.phrase, "phrase")]
        ids = self._by_frame.get((frame.polarity, frame.aspect, frame.defect), [])
        return [(id, frame.confidence, "frame") for id in ids]

    def makes_a_point(self, frame: Frame) -> bool:
        """Whether a frame that states no known point says enough to be a point of its own.

        Only problems do: of 13 strengths and actions that a reader saw ("Audit: recorded") six made
        no sense (inspection reports, November 2026).
        """
        if frame.polarity != "problem":
            return False
        aspect, defect = self.aspects.get(frame.aspect), self.defects.get(frame.defect)
        if aspect is None or defect is None:
            return False
        return not (aspect.general or defect.general)


def stated_points(findings: Sequence[Finding], known: KnownPoints) -> list[Statement]:
    """What the frames of findings state: known points, or else their own key."""
    best: dict[tuple[str, int], Statement] = {}
    for row, finding in enumerate(findings):
        for statement in _statements(row, finding, known):
            place = statement.point_id, row
            if place not in best or statement.confidence > best[place].confidence:
                best[place] = statement
    return [best[place] for place in sorted(best)]


def _statements(row: int, finding: Finding, known: KnownPoints) -> Iterator[Statement]:
    for frame in finding.frames:
        # What families do or suffer is the story, not learning about services.
        if frame.polarity not in POINT_ROLES or frame.actor in ("family", "child"):
            continue
        if not frame.point and frame.confidence < CONFIDENCE.least:
            continue
        known_points = known.stated_by(frame)
        for id, confidence, why in known_points:
            yield Statement(id, row, confidence, why, frame)
        sure = frame.confidence >= CONFIDENCE.least_unnamed
        if not known_points and sure and known.makes_a_point(frame):
            yield Statement(point_id("frame", frame.key), row, frame.confidence, "frame", frame)
