"""Builds single lines of a brief, each with the findings behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.selection import CandidatePool, Row, rank_candidates, select_quotes
from lif_nlp.briefs.quoting.thresholds import GAINS
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

_REASON_NAMES = {
    "training": "training and knowledge",
    "information": "information that was missing or late",
    "procedure": "unclear or unworkable procedures",
    "workload": "workload and capacity",
    "supervision": "supervision and oversight",
    "systems": "systems and tools",
    "culture": "culture and expectations",
    "belief": "beliefs and assumptions",
    "external": "changes outside the team",
    "resources": "resources and services",
}


def statement(text: str, rows: pd.DataFrame | None = None) -> Claim:
    """A sentence of ours, with the findings that it rests on."""
    return Claim("statement", text, ids(rows))


def count(text: str, rows: pd.DataFrame | None = None) -> Claim:
    """A sentence with figures, with the findings counted."""
    return Claim("count", text, ids(rows))


def questions(texts: Iterable[str]) -> list[Claim]:
    """Questions for a team to talk about."""
    return [Claim("question", text) for text in texts]


def action(text: str) -> Claim:
    """Something to do; it may begin with a lead word and a colon."""
    return Claim("action", text)


def ids(rows: pd.DataFrame | None) -> tuple[str, ...]:
    """Finding ids of rows, sorted, without duplicates."""
    return () if rows is None else tuple(sorted(set(rows["finding_id"])))


def with_role(rows: pd.DataFrame, role: str) -> pd.DataFrame:
    """The rows with this role: strength, problem, action or context."""
    return rows[rows["role"].eq(role)]


@dataclass
class Quoter:
    """Chooses the quotes of one brief, from as many different reports as it can.

    Parameters
    ----------
    material, subject
        What the brief draws on, and what it is about.
    group
        Id of the agency that the brief is for; findings that name it are preferred.
    testimony
        Whether the quotes are what children and families say.
    pools
        Ranked candidates by their finding ids.  Quoters of the same subject may share them,
        since ranking is the slow part.
    quoted_docs, quoted_findings, quoted_texts
        What the brief quotes so far.
    identifying
        Candidates that were passed over because they could identify someone.
    """

    material: Material
    subject: Subject
    group: str = ""
    testimony: bool = False
    pools: dict[tuple[str, ...], CandidatePool] = field(default_factory=dict)
    quoted_docs: set[str] = field(default_factory=set)
    quoted_findings: set[str] = field(default_factory=set)
    quoted_texts: list[str] = field(default_factory=list)
    identifying: int = 0

    def quotes(self, rows: pd.DataFrame, count: int) -> list[Claim]:
        """Up to `count` quotes from `rows`, each from another report if possible."""
        if not count or rows.empty:
            return []
        pool = self._pool(rows)
        self.identifying += pool.identifying
        candidates = [
            {**row, "merit": row["merit"] + GAINS.reader_group * (self.group in row["agencies"])}
            for row in pool.rows
            if row["finding_id"] not in self.quoted_findings
        ]
        selection = select_quotes(
            candidates,
            count,
            quoted_docs=self.quoted_docs,
            quoted_texts=self.quoted_texts,
            one_report=self.subject.kind == "report",
        )
        return [self._claim(row) for row in selection]

    def for_subject(self, subject: Subject) -> Quoter:
        """A quoter of another subject in the same brief, which repeats nothing quoted so far."""
        return Quoter(
            self.material,
            subject,
            self.group,
            quoted_docs=self.quoted_docs,
            quoted_texts=self.quoted_texts,
        )

    def _pool(self, rows: pd.DataFrame) -> CandidatePool:
        key = ids(rows)
        if key not in self.pools:
            self.pools[key] = rank_candidates(
                rows,
                self.material,
                phrases=self.subject.phrases,
                exemplars=self._exemplars(),
                testimony=self.testimony,
            )
        return self.pools[key]

    def _exemplars(self) -> Collection[str]:
        themes = self.material.themes
        if self.subject.kind != "theme" or "exemplars" not in themes.columns:
            return ()
        own = themes.loc[themes["theme_id"].eq(self.subject.id), "exemplars"]
        return own.iloc[0] if len(own) and own.iloc[0] is not None else ()

    def _claim(self, row: Row) -> Claim:
        evidence = self.material.evidence(row)
        self.quoted_docs.add(evidence.doc_id)
        self.quoted_findings.add(evidence.finding_id)
        self.quoted_texts.append(evidence.quote)
        return Claim("quote", "", (evidence.finding_id,), (evidence,))


def reason_counts(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Kinds of reason that findings give, most frequent first."""
    if "reasons" not in rows.columns:
        return []
    kinds = rows["reasons"].explode().dropna()
    names = kinds.map(lambda kind: _REASON_NAMES.get(kind, str(kind).replace("_", " ")))
    counts = names.value_counts()
    return sorted(((str(name), int(n)) for name, n in counts.items()), key=lambda x: (-x[1], x[0]))


def agency_counts(material: Material, rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Names of agencies in the findings with their distinct reports, most first.

    In a single report their findings are counted.
    """
    named = rows[["doc_id", "finding_id", "agencies"]].explode("agencies").dropna()
    counted = "doc_id" if rows["doc_id"].nunique() > 1 else "finding_id"
    counts = named.groupby("agencies")[counted].nunique()
    names = {agency.id: agency.name for agency in material.framework.agencies}
    found = [
        (names[str(key)], int(n)) for key, n in counts.items() if key in names and key != "all"
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def list_counts(pairs: Sequence[tuple[str, int]], limit: int) -> str:
    """The first few names with their counts, as part of a sentence."""
    return english.listed([f"{english.lower_first(name)} ({n})" for name, n in pairs[:limit]])
