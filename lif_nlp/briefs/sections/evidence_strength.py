"""How strong the evidence behind a brief is, in words and in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.counts import role_counts
from lif_nlp.briefs.subjects import Subject
from lif_nlp.text import english

_PER_REPORT = 2
"""Findings per report, over those that a level needs, below which it is not reached: one mention
in each of five reports is no learning on it.  Chosen by judgement."""

_SEVERAL = 5
"""Reports from which a level asks for findings too."""

# (word, least reports, least years covered, advice); the last that fits.
_LEVELS = (
    ("none", -1, 0, "Use only the questions."),
    ("a single report", 1, 0, "Take it as a prompt to look at our own work, not as a pattern."),
    ("limited", 2, 0, "Take it as a reason to look further."),
    ("moderate", 5, 2, "It is likely to come up again. Check it against our own practice."),
    ("strong", 10, 3, "It comes up again and again, over years."),
)


def levels_in_words() -> str:
    """What the stronger words for evidence need, as a sentence."""
    levels = [
        f"{word} when at least {english.some(reports, 'report')}, with {_PER_REPORT * reports} "
        f"findings over {english.some(years, 'year')} or more, speak of a subject"
        for word, reports, years, _ in reversed(_LEVELS)
        if reports >= _SEVERAL
    ]
    return f"We call the evidence {'; '.join(levels)}; and limited below that."


@dataclass(frozen=True, slots=True)
class EvidenceStrength:
    """The word for the strength of evidence, the numbers behind it, and what follows."""

    word: str
    numbers: str
    advice: str
    share: str = ""

    @property
    def sentence(self) -> str:
        """All of it as one line."""
        return f"Strength of evidence: {self.word}. {self.numbers} {self.advice}"

    @property
    def in_short(self) -> str:
        """The same with the number of reports alone."""
        return f"{self.share} The evidence is {self.word}. {self.advice}".strip()


def assess_evidence(material: Material, subject: Subject) -> EvidenceStrength:
    """Weigh the findings of a subject by distinct reports and years.

    "strong" needs ten reports with 20 findings over at least three years, "moderate" five with
    ten over two; anything less is called limited or a single report.  Where the lower end of the
    likely range of reports gives a lower word, both are told ("moderate to strong").
    """
    documents = material.reports[material.reports["doc_id"].isin(subject.rows["doc_id"])]
    years = [int(year) for year in documents["year"].dropna()]
    low = material.likely.get((subject.kind, subject.id, "reports"), (len(documents), 0))[0]
    word, advice = _level(subject, len(documents), years)
    least, _ = _level(subject, min(low, len(documents)), years)
    # Where a person would count fewer reports, the higher word alone would claim too much.
    word = word if least == word else f"{least} to {word}"
    return EvidenceStrength(
        word, _numbers(material, subject, years), advice, _share(material, subject, years)
    )


def _level(subject: Subject, reports: int, years: list[int]) -> tuple[str, str]:
    """The word for so many reports, and its advice."""
    word, advice = _LEVELS[0][0], _LEVELS[0][3]
    for level, needed, spread, level_advice in _LEVELS[1:]:
        has_enough = needed < _SEVERAL or len(subject.rows) >= _PER_REPORT * needed
        if reports >= needed and len(set(years)) >= spread and has_enough:
            word, advice = level, level_advice
    return word, advice


def _share(material: Material, subject: Subject, years: list[int]) -> str:
    """How many reports speak of a subject, and when, as a sentence."""
    reports = english.capital(_of(subject.reports, material))
    speak = english.agree(subject.reports or 1, "speak")
    counts = role_counts(subject.rows)
    sides = (
        f"{english.some(counts.problems, 'problem')}, {english.some(counts.strengths, 'strength')}"
    )
    name = english.lower_first(subject.name)
    return f"{reports} {speak} of {name}, {english.span(years)}: {sides}."


def _numbers(material: Material, subject: Subject, years: list[int]) -> str:
    counts = role_counts(subject.rows)
    if not counts.findings:
        none = english.share_of(0, len(material.reports), "report")
        return f"{none} mentions it."
    reports = _of(counts.reports, material)
    if not counts.judged:
        return f"{english.capital(reports)} mention it, {english.span(years)}."
    return f"{english.capital(counts.judged)} in {reports}, {english.span(years)}."


def likely_reports(material: Material, subject: Subject) -> str:
    """How many reports people would likely count, as a sentence for the notes; or nothing.

    Of each priority where the brief is about everything.
    """
    # Of one report it is seen whether it speaks of a subject.
    if len(material.reports) == 1 or subject.kind == "report":
        return ""
    names = {("priority", one.id): f" on {english.lower_first(one.name)}"
             for one in material.framework.priorities}  # fmt: skip
    if subject.kind != "all":
        names = {(subject.kind, subject.id): ""}
    ranges = [
        f"{found[0]} and {found[1]}{name}"
        for (kind, id), name in names.items()
        if (found := material.likely.get((kind, id, "reports"))) and found[0] < found[1]
    ]
    if not ranges:
        return ""
    listed = "; ".join(ranges)
    if subject.kind == "all":
        return f" Of these reports a person would probably count between {listed}."
    return (
        f" We count {english.some(subject.reports, 'report')} that "
        f"{english.agree(subject.reports, 'speak')} of {english.lower_first(subject.name)}; a "
        f"person reading them all would probably count between {listed}."
    )


def _of(hits: int, material: Material) -> str:
    total = len(material.reports)
    if hits == total:
        return f"all {english.some(total, 'report')}" if total > 1 else "one report"
    return f"{english.number(hits)} of {english.some(total, 'report')}"
