"""The words of a point: the quotes that stand for it, and a name nobody had to write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from lif_nlp.frame_record import Frame
from lif_nlp.framework.model import Aspect, Defect
from lif_nlp.point_records import ReportFacts
from lif_nlp.records import Finding
from lif_nlp.text.months import FULL_MONTH
from lif_nlp.themes.points.thresholds import QUOTES
from lif_nlp.themes.points.words import CONTRAST, content_words

# Words that lean on the sentence before.
_LEANS = re.compile(
    r"^\W*(?:this|these|those|that|they|it|he|she|his|her|their|its|such|also|however|but|and|so"
    r"|as a result|therefore|furthermore|in addition|additionally|consequently|similarly"
    r"|nevertheless|instead|as such|in these|in this|for example|for instance|both|others?"
    r"|some of these|here|there were|the (?:latter|former|same|above))\b",
    re.IGNORECASE,
)
# Codes (SW4), dates, references, names in brackets, mentions of a single child or place.
_UNFIT = re.compile(
    rf"\b(?:[A-Z]{{1,3}}\d+|see (?:above|below|page|section|paragraph)|paragraphs?"
    rf"|\d{{1,2}} (?:{FULL_MONTH})|(?:19|20)\d\d)\b"
    r"|\([^)]*$|^[^(]*\)|\brecommendation\b|[?:]\s*$",
    re.IGNORECASE,
)
# Words that point back to a sentence that is not there, also later on: "aware of this".
_POINTS_BACK = re.compile(r"\b(?:this|these)\b", re.IGNORECASE)
# A sentence that turns takes back a part of what it says.
_TURNS = re.compile(rf"\b(?:{CONTRAST}|yet)\b", re.IGNORECASE)
_NAMES = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|must|may|need|needs"
    r"|lack|lacks|lacked|remain|remains|take|takes|took|make|makes|made|show|shows|receive|receives"
    r"|know|knows|knew|feel|feels|fail|fails|failed|\w{3,}ed)\b",
    re.IGNORECASE,
)

_RELATIVE = re.compile(r"\b(?:who|whom|whose|which)\b", re.IGNORECASE)
_HEADING = re.compile(r"^\W*(?:the|a|an)\b", re.IGNORECASE)


def _says_something(text: str) -> bool:
    """Whether a verb stands outside clauses with "who" or "which".

    "The response to children who are missing" is a heading.
    """
    verbs = len(_FINITE.findall(text))
    return verbs > (len(_RELATIVE.findall(text)) if _HEADING.match(text) else 0)


def is_quotable(finding: Finding) -> bool:
    """Whether words stand alone: short, one clause, no opening pronoun, nothing that identifies.

    >>> text = "Return interviews were often held too late to be of use."
    >>> is_quotable(Finding("f", "d", 0, 9, text, 1, role="problem"))
    True
    >>> is_quotable(Finding("f", "d", 0, 9, "This was too late for him to be helped.", 1))
    False
    >>> is_quotable(Finding("f", "d", 0, 9, "The response to children who are homeless.", 1))
    False
    >>> is_quotable(Finding("f", "d", 0, 9, "Leaders are aware of this and act on it.", 1))
    False
    """
    words = finding.text.split()
    sure = finding.scores.get(f"role:{finding.role}", 1.0) >= QUOTES.sure
    return (
        sure
        and QUOTES.min_words <= len(words) <= QUOTES.max_words
        and not _LEANS.match(finding.text)
        and not _POINTS_BACK.search(finding.text)
        and not _UNFIT.search(finding.text)
        # A capital within a sentence may be a person or a place.
        and not _NAMES.search(finding.text)
        and not _TURNS.search(finding.text)
        and ";" not in finding.text
        and _says_something(finding.text)
    )


def choose_quotes(
    members: Sequence[tuple[Finding, float]], reports: Mapping[str, ReportFacts]
) -> tuple[str, ...]:
    """Ids of the findings whose words stand for a point, best first, each of another report.

    Parameters
    ----------
    members
        Findings with how near they are to the others and how surely they belong (0..1).
    reports
        Kind and year of each report: further quotes come from other kinds and years.
    """
    frequent = _frequent_words([finding for finding, _ in members])
    by_score = sorted(
        ((-_score(f, nearness, frequent), f.finding_id, f) for f, nearness in members),
        key=lambda item: item[:2],
    )
    clean = [finding for _, _, finding in by_score if is_quotable(finding)]
    quotes: list[Finding] = []
    # A point without any clean quote shows its best words as they are.
    for finding in clean or [finding for _, _, finding in by_score[:1]]:
        if len(quotes) == QUOTES.shown:
            break
        if finding.doc_id not in {f.doc_id for f in quotes} and _differs(finding, quotes, reports):
            quotes.append(finding)
    # Another kind and year where there is one, else another report will do.
    for finding in clean:
        if len(quotes) < QUOTES.shown and finding.doc_id not in {f.doc_id for f in quotes}:
            quotes.append(finding)
    return tuple(finding.finding_id for finding in quotes)


def _differs(
    finding: Finding, chosen: Sequence[Finding], reports: Mapping[str, ReportFacts]
) -> bool:
    """Whether a quote is of another kind and year of report than those chosen."""
    unknown = ReportFacts(finding.doc_id)
    own = reports.get(finding.doc_id, unknown)
    return all(
        (own.review_type, own.published[:4])
        != ((other := reports.get(f.doc_id, unknown)).review_type, other.published[:4])
        for f in chosen
    )


def _frequent_words(findings: Sequence[Finding]) -> frozenset[str]:
    counts = Counter(word for f in findings for word in _word_set(f.text))
    by_count = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return frozenset(word for word, _ in by_count[: QUOTES.frequent_words])


@lru_cache(maxsize=1 << 17)
def _word_set(text: str) -> frozenset[str]:
    # A finding can state several points, and is looked at twice for each.
    return frozenset(content_words(text))


def _score(finding: Finding, nearness: float, frequent: frozenset[str]) -> float:
    share = len(frequent & _word_set(finding.text)) / max(1, len(frequent))
    excess = max(0, len(finding.text.split()) - QUOTES.long_from)
    # An entry under "what needs to improve" may sound like praise.
    entry = QUOTES.entry if finding.kind in ("bullet", "table_row") else 0.0
    return nearness + QUOTES.typical * share - QUOTES.per_word * excess - entry


def name_of_frame(
    frame: Frame, aspects: Mapping[str, Aspect], defects: Mapping[str, Defect]
) -> str:
    """A name from the labels of the framework: "Pathway plans: late".

    Actions ask for the positive side.
    """
    defect = defects[frame.defect]
    side = defect.name if frame.polarity == "problem" else defect.positive or defect.name
    return f"{aspects[frame.aspect].name}: {side}"


def name_of_quote(text: str) -> str:
    """A name in a report's words, in quotation marks, without the full stop.

    >>> name_of_quote("Visits were late.")
    '“Visits were late”'
    """
    return f"“{' '.join(text.split()).rstrip(' .;:')}”"
