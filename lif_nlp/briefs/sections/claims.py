"""Lines of a brief that every kind uses, each with the findings behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.selection import CandidatePool, Row, rank_candidates, select_quotes
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Claim
from lif_nlp.text import english

_NAMED = 0.8
"""Points that a quote gains for naming the agency that a brief is for."""

_REASON_NAMES = {
    "training": "training and knowledge",
    "information": "information that was missing or late",
    "procedure": "unclear or unworkable procedures",
    "workload": "workload and capacity",
    "supervision": "supervision and oversight",
    "systems": "systems and tools",
    "culture": "culture and expectations",
    "resources": "resources and services",
}


def statement(text: str, rows: pd.DataFrame | None = None) -> Claim:
    """Our own words, with the findings they rest on."""
    return Claim("statement", text, ids(rows))


def count(text: str, rows: pd.DataFrame | None = None) -> Claim:
    """A line that gives figures, with the findings counted."""
    return Claim("count", text, ids(rows))


def questions(texts: Iterable[str]) -> list[Claim]:
    """Questions for a team to talk about."""
    return [Claim("question", text) for text in texts]


def action(text: str) -> Claim:
    """A thing to do; a lead word and a colon may stand first."""
    return Claim("action", text)


def ids(rows: pd.DataFrame | None) -> tuple[str, ...]:
    """Finding ids of rows, in order, each once."""
    return () if rows is None else tuple(sorted(set(rows["finding_id"])))


def with_role(rows: pd.DataFrame, role: str) -> pd.DataFrame:
    """The rows that say a strength, a problem, an action or context."""
    return rows[rows["role"].eq(role)]


@dataclass
class Quoter:
    """Hands out quotes for one brief, so that reports are not quoted over and over.

    Findings that name the agency `group` are preferred.  `pools` may be shared by
    quoters of the same subject, since ranking is the slow part.  `testimony` is for
    what children and families say.
    `left_out` counts, by finding id, what was passed over because it could
    identify someone or looks back with hindsight.
    """

    material: Material
    subject: Subject
    group: str = ""
    testimony: bool = False
    pools: dict[tuple[str, ...], CandidatePool] = field(default_factory=dict)
    used_docs: set[str] = field(default_factory=set)
    used_findings: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    identifying: int = 0
    hindsight: int = 0

    def quotes(self, rows: pd.DataFrame, count: int) -> list[Claim]:
        """Up to `count` quotes from `rows`, each from another report if possible."""
        if not count or rows.empty:
            return []
        found = self._pool(rows)
        self.identifying += found.identifying
        self.hindsight += found.hindsight
        fresh = [
            {**row, "merit": row["merit"] + _NAMED * (self.group in row["agencies"])}
            for row in found.rows
            if row["finding_id"] not in self.used_findings
        ]
        alone = self.subject.kind == "report"
        chosen = select_quotes(fresh, count, used=self.used_docs, said=self.said, one_report=alone)
        return [self._claim(row) for row in chosen]

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
        self.used_docs.add(evidence.doc_id)
        self.used_findings.add(evidence.finding_id)
        self.said.append(evidence.quote)
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
