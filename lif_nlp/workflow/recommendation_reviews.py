"""What people decided about recommendations: not one at all, or the same as another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from lif_nlp.records import RecommendationReview
from lif_nlp.runtime.session import Session
from lif_nlp.synthesis.repeated_recommendations import NO_REPEAT
from lif_nlp.themes.revision.record import place_of


def record_reviews(
    log: Sequence[RecommendationReview], reviews: Sequence[RecommendationReview]
) -> tuple[list[RecommendationReview], list[RecommendationReview]]:
    """The reviews that are new to the log, and those of the log that came again undone."""
    new_reviews, left_undone = [], []
    for review in reviews:
        earlier = _same(log, review)
        if earlier is None:
            new_reviews.append(review)
        elif not earlier.active:
            left_undone.append(earlier)
    return new_reviews, left_undone


def evaluate(
    log: Iterable[RecommendationReview], finding_ids: Collection[str]
) -> tuple[RecommendationReview, ...]:
    """The log with status and reason of each review; `finding_ids` are the recommendations.

    A review that names a recommendation that is not there is in conflict, and is tried
    again whenever decisions are applied.
    """
    in_force: dict[str, RecommendationReview] = {}
    in_file: dict[tuple[str, str, str], RecommendationReview] = {}
    outcomes = []
    for review in log:
        if not review.active:
            outcomes.append(review)
            continue
        # Two rows of one file that differ are a slip of one person; nobody can say which was meant.
        first = in_file.setdefault((review.source_hash, review.author, review.finding_id), review)
        fault = _fault(review, finding_ids)
        if not fault and review.source_hash and _verdict(first) != _verdict(review):
            fault = f"{place_of(first.row)} contradicts it"
        if fault:
            outcomes.append(replace(review, status="conflict", reason=fault))
            continue
        earlier = in_force.get(review.finding_id)
        outcome = replace(review, status="applied", reason="")
        # Kept from the first time on: later decisions must not rewrite what was there before.
        if not (review.before or review.after):
            outcome = replace(
                outcome, before=_in_words(earlier) if earlier else "", after=_in_words(review)
            )
        in_force[review.finding_id] = review
        if earlier and earlier.author != review.author and _verdict(earlier) != _verdict(review):
            outcome = replace(outcome, reason=f"differs from {_with_author(earlier)}")
        outcomes.append(outcome)
    return tuple(outcomes)


def disagreement(review: RecommendationReview) -> str:
    """A sentence where a review differs from another person's, or empty."""
    if not review.reason.startswith("differs from "):
        return ""
    about = f"recommendation {review.finding_id}: {_with_author(review)}"
    return f"{about} {review.reason}; the later one is in force"


def with_reviews(session: Session, recommendations: pd.DataFrame) -> pd.DataFrame:
    """Recommendations with the columns `decision` and `same_as`, empty where nobody decided."""
    in_force = {
        review.finding_id: review
        for review in session.store.recommendation_reviews()
        if review.active and review.status == "applied"
    }
    ids = recommendations["finding_id"]
    return recommendations.assign(
        decision=[in_force[f].decision if f in in_force else "" for f in ids],
        same_as=[in_force[f].same_as if f in in_force else "" for f in ids],
    )


def _same(
    log: Sequence[RecommendationReview], review: RecommendationReview
) -> RecommendationReview | None:
    """The review of the log that says the same already, as for edits (`record`)."""
    differs = False
    for other in reversed(log):
        if other.finding_id != review.finding_id:
            continue
        same = _verdict(other) == _verdict(review) and review.author in {"", other.author}
        if same and review.batch and other.batch == review.batch:
            return other
        if same and other.active and not differs:
            return other
        differs = differs or other.active
    return None


def _verdict(review: RecommendationReview) -> tuple[str, str]:
    return review.decision, review.same_as


def _in_words(review: RecommendationReview) -> str:
    if review.same_as == NO_REPEAT:
        return "repeats none"
    return f"same as {review.same_as}" if review.same_as else review.decision


def _with_author(review: RecommendationReview) -> str:
    who = ", ".join(part for part in (review.author, review.at[:10]) if part)
    return f"'{_in_words(review)}' ({who})" if who else f"'{_in_words(review)}'"


def _fault(review: RecommendationReview, finding_ids: Collection[str]) -> str:
    same_as = review.same_as
    if review.decision not in {"", "right", "wrong"}:
        return f"decision '{review.decision}' is not one of right, wrong"
    if review.finding_id not in finding_ids:
        return f"there is no recommendation {review.finding_id}"
    if same_as and same_as != NO_REPEAT and same_as not in finding_ids:
        return f"same_as names no recommendation: {same_as}"
    if same_as.partition(":")[0] == review.finding_id.partition(":")[0]:
        return "same_as names the same report; only another report can repeat it"
    if review.decision == "wrong" and same_as:
        return "it says wrong and gives same_as; nothing was taken from the row"
    return ""
