"""How strong the evidence behind a brief is, in words and in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.text import english

# (word, least reports, least years covered, advice); the first that fits.
_LEVELS = (
    ("none", -1, 0, "None of these reports mentions it, so use only the discussion questions."),
    ("a single report", 1, 0, "Treat it as a prompt to look at our own work, not as a pattern."),
    ("limited", 2, 0, "Treat it as a reason to look further."),
    ("moderate", 5, 2, "It is likely to recur; check it against local practice."),
    ("strong", 10, 3, "It recurs across reports and years."),
)


@dataclass(frozen=True, slots=True)
class EvidenceStrength:
    """The word for the strength of evidence, the numbers behind it, and what follows."""

    word: str
    numbers: str
    advice: str

    @property
    def sentence(self) -> str:
        """All of it as one line."""
        return f"Strength of evidence: {self.word}. {self.numbers} {self.advice}"


def assess_evidence(material: Material, subject: Subject) -> EvidenceStrength:
    """Weigh the findings of a subject by distinct reports, years and types.

    "strong" needs ten reports over at least three years, "moderate" five over
    two; anything less is called limited or a single report.
    """
    documents = material.reports[material.reports["doc_id"].isin(subject.rows["doc_id"])]
    years = [int(year) for year in documents["year"].dropna()]
    word, advice = _LEVELS[0][0], _LEVELS[0][3]
    for level, reports, spread, told in _LEVELS[1:]:
        if len(documents) >= reports and len(set(years)) >= spread:
            word, advice = level, told
    numbers = (
        f"{english.some(len(subject.rows), 'finding')} in {_of(len(documents), material)}, "
        f"{english.span(years)}"
    )
    types = kinds_of_report(material, list(documents["doc_id"]))
    numbers = f"{numbers}: {types}." if types else f"{numbers}."
    return EvidenceStrength(word, english.capital(numbers), advice)


def kinds_of_report(material: Material, doc_ids: list[str], limit: int = 3) -> str:
    """Types of these reports with their numbers, most frequent first."""
    names = {kind.id: kind.name for kind in material.framework.review_types}
    types = material.reports.loc[material.reports["doc_id"].isin(doc_ids), "review_type"]
    counts = types.fillna("").map(lambda key: names.get(key, "other reports")).value_counts()
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    told = [f"{english.lower_first(str(name))} ({n})" for name, n in pairs[:limit]]
    rest = sum(n for _, n in pairs[limit:])
    return english.listed([*told, f"others ({rest})"] if rest else told)


def _of(hits: int, material: Material) -> str:
    total = len(material.reports)
    if hits == total:
        return f"all {english.some(total, 'report')}" if total > 1 else "one report"
    return f"{english.number(hits)} of {english.some(total, 'report')}"
