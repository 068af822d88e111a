"""Which recommendation a text speaks of: by number, then words, then vectors.

A miss is better than a wrong link: below a threshold, or where two recommendations are
about as near, nothing is linked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from lif_nlp.ledger.numbering import Mention, find_key, mentions
from lif_nlp.ledger.words import WordOverlap, best
from lif_nlp.ledger_records import Ask
from lif_nlp.protocols import Vectors

Encoded = Callable[[Sequence[str]], Vectors]
"""Vectors of unit length of texts, one row each."""

# Chosen on 280 answers and checks without a number in 24 invented cases of five hands (November
# 2026): these link two thirds, 96 in 100 of them rightly.  A lead of .2 links 58 in 100, nearly all
# rightly; one of .1 links 70 in 100 and 94 rightly.
MIN_SCORE = 0.36
"""Least nearness (0..2) of a text to its recommendation: shared words and cosine together."""

MIN_LEAD = 0.16
"""How much nearer the best recommendation must be than the next."""

TITLE_WEIGHT = 0.5
"""What the words of the heading above a text count, beside its own."""

MIN_LEFT_SCORE = 0.3
"""Least nearness where others are spoken for, and one recommendation alone is left to choose."""

MIN_LEFT_LEAD = 0.1
"""How much nearer it must be than the next that nobody else has answered."""

COMMON_SHARE = 0.6
"""Share (0..1) of what a recommendation is nearer to a whole paper than the mean of all, by which
its nearness to a text of the paper is lowered: one on "this report" is a little like everything in
a letter about it.  Of 152 answers without a number in 31 invented cases (November 2026) five in a
hundred more find their own so, of twenty linked nineteen rightly."""

FEW_TEXTS = 3
"""Texts of a paper that count as many as those that it has not: the mean of few says little."""

ORDER_BONUS = 0.12
"""What it counts that a text stands between the answers to the recommendations before and after:
most responses go through the list in its order."""


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
    encode
        Vectors of texts, or None where there is no encoder.
    further
        Words that belong to a recommendation by its answers and actions, by its id: a check
        names the mailbox that was set up, not the route that was asked for.
    """

    def __init__(
        self,
        asks: Sequence[Ask],
        encode: Encoded | None = None,
        further: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.asks = tuple(asks)
        self._further_texts = {
            key: tuple(filter(None, texts)) for key, texts in (further or {}).items()
        }
        self._further = {key: " ".join(texts) for key, texts in self._further_texts.items()}
        self._keys = [ask.number or str(place) for place, ask in enumerate(asks, 1)]
        # Reversed, so that of two recommendations with one number the first is found.
        self._by_key = dict(zip(reversed(self._keys), reversed(self.asks), strict=True))
        self._overlap = WordOverlap(ask.text for ask in asks)
        self._encode = encode
        self._seen: dict[str, npt.NDArray[np.float64]] = {}
        self._common = np.zeros(len(self.asks))

    @property
    def keys(self) -> tuple[str, ...]:
        """The numbers of the recommendations; their places where none are printed."""
        return tuple(self._keys)

    def mentioned(self, text: str) -> list[Mention]:
        """References to recommendations by number."""
        return mentions(text, self._keys)

    def named(self, text: str) -> tuple[str, ...]:
        """The numbers of the recommendations that a text names one by one, each once."""
        keys = [key for one in self.mentioned(text) if not one.every for key in one.keys]
        return tuple(dict.fromkeys(keys))

    def by_key(self, key: str) -> Ask | None:
        """The recommendation with this number, or the one that a finer number belongs to."""
        return self._by_key.get(find_key(key, self._by_key))

    def numbered(self) -> list[tuple[str, Ask]]:
        """The recommendations with their numbers, in printed order."""
        return list(zip(self._keys, self.asks, strict=True))

    def scores(self, text: str) -> list[tuple[str, float]]:
        """Each recommendation with how near it is by words (0..1), the nearest first."""
        return best({ask.ask_id: self._by_words(text, ask.text) for ask in self.asks})

    def nearness(self, text: str, title: str = "") -> npt.NDArray[np.float64]:
        """How near a text is to each recommendation (0..2), by shared words and by meaning."""
        own = np.maximum(self._nearness(text) - self._common, 0.0)
        return own + TITLE_WEIGHT * self._nearness(title) if title else own

    def beside(self, texts: Collection[str]) -> AskMatcher:
        """The same for the texts of one paper: what a recommendation shares with all counts less.

        `texts` are those that no number links; of few of them little is made.
        """
        if not texts or not self.asks:
            return self
        middles = np.median([self._nearness(text) for text in texts], axis=0)
        twin = copy(self)
        weight = COMMON_SHARE * len(texts) / (len(texts) + FEW_TEXTS)
        # never below: what is further from the paper than others is no nearer to a text for it
        twin._common = weight * np.maximum(middles - middles.mean(), 0.0)
        return twin

    def by_words(self, text: str, *, title: str = "") -> Link | None:
        """The one recommendation that a text speaks of, or None where that is not clear.

        `title` gives further words, such as the heading above, that count half.
        """
        near = self.nearness(text, title)
        place = clear_place(near)
        return None if place is None else self._link(place, float(near[place]))

    def assign(
        self,
        texts: Sequence[tuple[str, str]],
        fixed: Mapping[int, Sequence[int]],
        taken: Sequence[int] = (),
        *,
        nearest_only: bool = False,
    ) -> dict[int, Link]:
        """One recommendation for each text at most, and one text for each recommendation.

        Parameters
        ----------
        texts
            Texts in the order of their document, each with the heading above it.
        fixed
            Places of the recommendations of texts that are linked already, by the text's place.
        taken
            Places of recommendations that may get no further text.
        nearest_only
            Whether none of those may be nearer: a text that is not like the open ones is then
            left out.
        """
        free = [place for place in range(len(texts)) if place not in fixed]
        open_asks = [place for place in range(len(self.asks)) if place not in set(taken)]
        if not free or not open_asks:
            return {}
        near = np.stack([self.nearness(*texts[place]) for place in free])
        near = near + np.stack([self._in_order(place, fixed) for place in free])
        of_open = near[:, open_asks]
        links: dict[int, Link] = {}
        # The best pairing as a whole: the nearest for each alone may give one recommendation two
        # texts.
        for row, column in zip(*linear_sum_assignment(-of_open), strict=True):
            score = float(of_open[row, column])
            rest = np.delete(of_open[row], column)
            others = np.delete(of_open[:, column], row)
            # Ahead of the other recommendations for this text, and of other texts for this
            # recommendation.
            lead = score - max(rest.max(initial=0.0), others.max(initial=0.0))
            nearest_at_all = clear_place(near[row])
            sure = nearest_at_all == open_asks[column]
            is_left = score >= MIN_LEFT_SCORE and lead >= MIN_LEFT_LEAD
            if nearest_only:
                is_left = is_left and int(near[row].argmax()) == open_asks[column]
            if sure or is_left:
                links[free[row]] = self._link(open_asks[column], score)
        return links

    def _in_order(self, place: int, fixed: Mapping[int, Sequence[int]]) -> npt.NDArray[np.float64]:
        """The bonus of each recommendation that lies between those of the texts around one."""
        bonus = np.zeros(len(self.asks))
        before = [max(asks) for text, asks in fixed.items() if text < place and len(asks) == 1]
        after = [min(asks) for text, asks in fixed.items() if text > place and len(asks) == 1]
        low, high = max(before, default=-1), min(after, default=len(self.asks))
        if before + after and low < high:
            bonus[low + 1 : high] = ORDER_BONUS
        return bonus

    def _link(self, place: int, score: float) -> Link:
        return Link(self.asks[place].ask_id, "words", min(score, 1.0))

    def _nearness(self, text: str) -> npt.NDArray[np.float64]:
        # Asked many times for one text: by itself, by its group and by the whole list.
        if text not in self._seen:
            words = np.asarray([self._word_nearness(text, ask) for ask in self.asks], float)
            meaning = np.zeros(len(self.asks))
            if self._encode is not None and text:
                vector = self._encode([text])[0]
                meaning = np.maximum(self._vectors @ vector, 0.0)
                for place, rows in self._further_vectors.items():
                    meaning[place] = max(meaning[place], float((rows @ vector).max()))
            self._seen[text] = words + meaning
        return self._seen[text]

    @cached_property
    def _vectors(self) -> Vectors:
        assert self._encode is not None
        return self._encode([ask.text for ask in self.asks])

    @cached_property
    def _further_vectors(self) -> Mapping[int, Vectors]:
        """Vectors of the answers and actions of each recommendation, by its place."""
        assert self._encode is not None
        texts = {
            place: own for place, ask in enumerate(self.asks)
            if (own := self._further_texts.get(ask.ask_id))
        }  # fmt: skip
        return {place: self._encode(own) for place, own in texts.items()}

    def _word_nearness(self, text: str, ask: Ask) -> float:
        further = self._further.get(ask.ask_id, "")
        # The better of both: many further words would thin out a recommendation's own.
        wholes = [ask.text, f"{ask.text} {further}"] if further else [ask.text]
        return max(self._by_words(text, whole) for whole in wholes)

    def _by_words(self, text: str, whole: str) -> float:
        return 0.5 * self._overlap.share(text, whole) + 0.5 * self._overlap.cosine(text, whole)

    def quoted(self, text: str) -> Ask | None:
        """The recommendation whose own words a text repeats, or None."""
        nearest = best({ask.ask_id: self._overlap.share(ask.text, text) for ask in self.asks})
        ids = {ask.ask_id: ask for ask in self.asks}
        return ids[nearest[0][0]] if nearest and nearest[0][1] >= QUOTED_SHARE else None

    def contradicts(self, ask: Ask, text: str) -> str:
        """Why the words speak against a link by number, or an empty string.

        Only words that point clearly to another recommendation do.
        """
        link = self.by_words(text)
        if link is None or link.ask_id == ask.ask_id or link.score < CONFLICT_SCORE:
            return ""
        if self._by_words(text, ask.text) >= MIN_OWN_WORDS:
            return ""
        other = next(a for a in self.asks if a.ask_id == link.ask_id)
        return f"its number is {ask.number}, its words are nearer to {other.number or 'another'}"


QUOTED_SHARE = 0.72
"""Share of a recommendation's words that a passage repeating it has; judgement, November 2026."""

CONFLICT_SCORE = 0.45
"""Nearness by words from which they may speak against a printed number; judgement, as above."""

MIN_OWN_WORDS = 0.1
"""Nearness by words to the recommendation whose number a text bears, from which they agree."""


def clear_place(near: npt.NDArray[np.float64]) -> int | None:
    """The place of the one recommendation that is clearly nearest, or None."""
    if not len(near):
        return None
    first, *rest = np.argsort(-near, kind="stable")
    second = float(near[rest[0]]) if rest else 0.0
    is_clear = near[first] >= MIN_SCORE and near[first] - second >= MIN_LEAD
    return int(first) if is_clear else None
