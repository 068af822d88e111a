"""Which recommendation a text speaks of: by number, then words, then vectors.

A miss is better than a wrong link: below a threshold, or where two recommendations are
about as near, nothing is linked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lif_nlp.ledger.numbering import Mention, find_key, mentions
from lif_nlp.ledger.words import WordOverlap, best, stem_set
from lif_nlp.ledger_records import Ask

Similarity = Callable[[str, str], float]
"""Cosine (-1..1) of the vectors of two texts."""

# Set on the invented cases d1 to d3 (November 2026).  Higher thresholds miss more links,
# lower ones put answers under the wrong recommendation.
MIN_SHARE = 0.15
"""Least share of a text's rarity-weighted words that the recommendation has too."""

MIN_COSINE = 0.15
"""Least cosine of the two texts by words."""

MIN_MARGIN = 1.5
"""How many times nearer the best recommendation must be than the next."""

MIN_SHARED = 2
"""Least number of content words in common."""

MIN_VECTOR_COSINE = 0.55
"""Least cosine of vectors where words alone decide nothing."""

MIN_VECTOR_MARGIN = 0.08
"""How much nearer by vectors the best must be than the next."""


@dataclass(frozen=True, slots=True)
class Link:
    """A recommendation that a text speaks of, how we know, and how sure (0..1)."""

    ask_id: str
    link_by: str
    score: float
    conflict: str = ""


class AskMatcher:
    """Links texts to the recommendations of one review.

    Parameters
    ----------
    asks
        The recommendations in printed order.
    similarity
        Cosine of two texts' vectors, or None where there is no encoder.
    further
        Words that belong to a recommendation by its answers and actions, by its id: a check
        names the mailbox that was set up, not the route that was asked for.
    """

    def __init__(
        self,
        asks: Sequence[Ask],
        similarity: Similarity | None = None,
        further: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.asks = tuple(asks)
        self._further = {key: " ".join(texts) for key, texts in (further or {}).items()}
        self._keys = [ask.number or str(place) for place, ask in enumerate(asks, 1)]
        self._by_key = dict(zip(reversed(self._keys), reversed(self.asks), strict=True))
        self._overlap = WordOverlap(ask.text for ask in asks)
        self._similarity = similarity

    @property
    def keys(self) -> tuple[str, ...]:
        """The numbers of the recommendations; their places where none are printed."""
        return tuple(self._keys)

    def mentioned(self, text: str) -> list[Mention]:
        """References to recommendations by number."""
        return mentions(text, self._keys)

    def by_key(self, key: str) -> Ask | None:
        """The recommendation with this number, or the one that a finer number belongs to."""
        return self._by_key.get(find_key(key, self._by_key))

    def scores(self, text: str) -> list[tuple[str, float]]:
        """Each recommendation with how near it is by words (0..1), the nearest first."""
        return best(
            {
                ask.ask_id: 0.5 * self._overlap.cosine(text, ask.text)
                + 0.5 * self._overlap.share(text, ask.text)
                for ask in self.asks
            }
        )

    def by_words(self, text: str, *, title: str = "") -> Link | None:
        """The one recommendation that a text speaks of, or None where that is not clear.

        `title` gives further words, such as the heading above, that count half.
        """
        ranked = best(
            {
                ask.ask_id: self._nearness(text, ask) + 0.5 * self._nearness(title, ask)
                for ask in self.asks
            }
        )
        if not ranked or not ranked[0][1]:
            return None
        (first, score), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
        if score >= MIN_MARGIN * second:
            return Link(first, "words", min(score, 1.0))
        return self._by_vectors(text)

    def _nearness(self, text: str, ask: Ask) -> float:
        """How near a text is by words, or 0 below the thresholds."""
        further = self._further.get(ask.ask_id, "")
        wholes = [ask.text, f"{ask.text} {further}"] if further else [ask.text]
        return max(self._near(text, whole) for whole in wholes)

    def _near(self, text: str, whole: str) -> float:
        if not text or len(stem_set(text) & stem_set(whole)) < MIN_SHARED:
            return 0.0
        share, cosine = self._overlap.share(text, whole), self._overlap.cosine(text, whole)
        if share < MIN_SHARE and cosine < MIN_COSINE:
            return 0.0
        return 0.5 * share + 0.5 * cosine

    def _by_vectors(self, text: str) -> Link | None:
        if self._similarity is None:
            return None
        ranked = best({ask.ask_id: self._similarity(text, ask.text) for ask in self.asks})
        (first, score), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
        if score >= MIN_VECTOR_COSINE and score - second >= MIN_VECTOR_MARGIN:
            return Link(first, "vectors", score)
        return None

    def quoted(self, text: str) -> Ask | None:
        """The recommendation whose own words a text repeats, or None."""
        ranked = best({ask.ask_id: self._overlap.share(ask.text, text) for ask in self.asks})
        ids = {ask.ask_id: ask for ask in self.asks}
        return ids[ranked[0][0]] if ranked and ranked[0][1] >= QUOTED_SHARE else None

    def contradicts(self, ask: Ask, text: str) -> str:
        """Why the words speak against a link by number, or an empty string.

        Only words that point clearly to another recommendation do.
        """
        link = self.by_words(text)
        if link is None or link.ask_id == ask.ask_id or link.score < CONFLICT_SCORE:
            return ""
        if self._nearness(text, ask):
            return ""
        other = next(a for a in self.asks if a.ask_id == link.ask_id)
        return f"its number is {ask.number}, its words are nearer to {other.number or 'another'}"


QUOTED_SHARE = 0.72
"""Share of a recommendation's words that a passage repeating it has; judgement, November 2026."""

CONFLICT_SCORE = 0.45
"""Nearness by words from which they may speak against a printed number; judgement, as above."""
