"""Template wording: headings, grades, and sentences that a kind of report always holds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from lif_nlp.point_records import ReportFacts
from lif_nlp.records import Finding
from lif_nlp.text.word_lists import words
from lif_nlp.themes.points.thresholds import BOILERPLATE

_WORD = re.compile(r"[A-Za-z]+")
_GRADED = r"(?:good|inadequate|outstanding|requires? improvement)(?: to be good)?\W*$"
_GRADE = re.compile(
    rf"^[^.;]{{0,90}}\b(?:is|are|remains?|as|was|were) (?:judged |graded )?(?:to be )?{_GRADED}"
    r"|^[\w ,’']{3,80}:? requires improvement(?: to be good)?\W*$"
    rf"|\boverall effectiveness\b|^[^.;:]{{0,90}}: {_GRADED}",
    re.IGNORECASE,
)
"""An inspected area with its grade."""

_TITLE = re.compile(r"^[^.;:]{3,90} (?:Inadequate|Outstanding|Good|Requires [Ii]mprovement)\W*$")
"""An area with its grade, written as a title."""

_CORRESPONDENCE = re.compile(
    r"@\w|\bwritten statement\b|\b(?:this|the) letter\b|\bshould (?:send|submit|publish|copy)\b"
    r"|\bthe response (?:should|must)\b|\bshould be a multi-agency response\b"
    r"|\b(?:ofsted|hmic\w*|cqc|inspectors) (?:will|would|carried|conducted|undertook|met)\b",
    re.IGNORECASE,
)
"""What inspectorates ask in answer to a letter, and how they worked."""


def find_boilerplate(
    findings: Sequence[Finding], reports: Mapping[str, ReportFacts]
) -> frozenset[str]:
    """Ids of the findings that are grades, fragments, or nearly the same in many reports.

    Parameters
    ----------
    findings
        All findings that could state a point.
    reports
        Kind of each report, by its id.
    """
    kind = {id: facts.review_type for id, facts in reports.items()}
    totals = Counter(kind.get(doc_id, "") for doc_id in {f.doc_id for f in findings})
    using: dict[tuple[str, str], set[str]] = defaultdict(set)
    keys = [template_of(finding.text) for finding in findings]
    for finding, key in zip(findings, keys, strict=True):
        using[kind.get(finding.doc_id, ""), key].add(finding.doc_id)
    templates = {
        key
        for (name, key), documents in using.items()
        if len(documents) >= max(BOILERPLATE.reports, BOILERPLATE.share * totals[name])
    }
    return frozenset(
        finding.finding_id
        for finding, key in zip(findings, keys, strict=True)
        if key in templates or states_nothing(finding.text)
    )


def states_nothing(text: str) -> bool:
    """Whether a text is a grade or a fragment, whatever its report.

    >>> states_nothing("The overall effectiveness is good."), states_nothing("Visits were late.")
    (True, False)
    """
    return text.count(" ") < BOILERPLATE.min_words - 2 or bool(
        _GRADE.match(text)
        or _TITLE.match(text.lstrip("0123456789. "))
        or _CORRESPONDENCE.search(text)
    )


def template_of(text: str) -> str:
    """The words of a text without names, numbers and function words.

    >>> template_of("The homes that Redcliff Council visited in May 2012.")
    'homes visited'
    """
    words_of_text = _WORD.findall(text)
    # The first word has a capital in any sentence, name or not.
    common = [word for word in words_of_text[1:] if word.islower()]
    return " ".join(
        w for w in [*words_of_text[:1], *common] if w.lower() not in words("stop_words")
    )
