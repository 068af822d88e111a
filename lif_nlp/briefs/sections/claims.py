"""Builds single lines of a brief, each with the findings behind it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.quotability import concedes_first
from lif_nlp.briefs.quoting.selection import (
    CandidatePool,
    Row,
    rank_candidates,
    recency,
    select_quotes,
)
from lif_nlp.briefs.quoting.thresholds import GAINS, LIMITS
from lif_nlp.briefs.subjects import Subject
from lif_nlp.briefs.writers.branding import cite
from lif_nlp.records import Claim, Evidence
from lif_nlp.text import english

_SHOWN_ELSEWHERE = 3
"""Candidates of each box that the kinds of brief before this one are likely to show."""

_KEPT_PART = 6
"""At most this part (a sixth) of the candidates is passed over, so that the best of a small pool
stay in sight.  Chosen by judgement; larger, and kinds repeat each other's quotes."""

_QUOTES_OF_POINT, _NEARLY = 3, 0.4
"""Best quotes of a learning point among which the kinds of brief take turns, and the points that
the last of them may be behind the first: a worse one would be off its heading."""

_TOOL = re.compile(r"(?i)\b(?:tools?|profiles?|checklists?|toolkits?)\b")
"""A tool of assessment, of which a brief quotes one report as a problem, and one as a strength."""

_POINTED_AT = 3
"""Places that a line names where nothing can be quoted."""

_KINDS_OF_REASON = 3
"""Kinds of reason that a line names; the rest are counted as other kinds."""

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
    "knowledge": "training and knowledge",
    "rules": "unclear or unworkable procedures",
    "resources": "resources and services",
}


def statement(text: str, rows: pd.DataFrame | None = None) -> Claim:
    """A sentence of ours, with the findings that it rests on."""
    return Claim("statement", text, ids(rows))


def count(text: str, rows: pd.DataFrame | None = None) -> Claim:
    """A sentence with figures, with the findings counted."""
    return Claim("count", text, ids(rows))


def quote(evidence: Evidence) -> Claim:
    """The words of a finding with their source, and no words of ours."""
    return Claim("quote", "", (evidence.finding_id,), (evidence,))


def questions(texts: Iterable[str]) -> list[Claim]:
    """Questions for a team to talk about."""
    return [Claim("question", text) for text in texts]


def action(text: str) -> Claim:
    """Something to do; it may begin with a lead word and a colon."""
    return Claim("action", text)


def ids(rows: pd.DataFrame | None) -> tuple[str, ...]:
    """Finding ids of rows, sorted, without duplicates."""
    return () if rows is None else tuple(sorted(set(rows["finding_id"])))


def ids_behind(table: pd.DataFrame) -> tuple[str, ...]:
    """Finding ids of a table with several in each row (`finding_ids`), sorted, each once."""
    return tuple(sorted({one for finding_ids in table["finding_ids"] for one in finding_ids}))


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
    turn
        Place of the kind of brief among all kinds: each begins further down the ranking, so that
        not every kind shows the same quotes.
    pools
        Ranked candidates by their finding ids.  Quoters of the same subject may share them,
        since ranking is the slow part.
    came_back
        Points and themes of the subject by role, which quoters of it may share for the same reason.
    quoted_docs, quoted_findings, quoted_texts, quoted_roles
        What the brief quotes so far; the last with the role in which each text stands.
    identifying
        Candidates that were passed over because they could identify someone.
    """

    material: Material
    subject: Subject
    group: str = ""
    testimony: bool = False
    turn: int = 0
    pools: dict[tuple[str, ...], CandidatePool] = field(default_factory=dict)
    came_back: dict[tuple[str, ...], list[Any]] = field(default_factory=dict)
    quoted_docs: set[str] = field(default_factory=set)
    quoted_findings: set[str] = field(default_factory=set)
    quoted_texts: list[str] = field(default_factory=list)
    quoted_roles: list[tuple[str, str]] = field(default_factory=list)
    identifying: int = 0

    def quotes(
        self, rows: pd.DataFrame, count: int, *, telling: Collection[str] | None = None
    ) -> list[Claim]:
        """Up to `count` quotes from `rows`, each from another report if possible.

        `telling` are the ids that a learning point names as the ones to quote it with; with
        them a newer quote is worth more, since readers ask if it is still so.
        """
        if not count or rows.empty:
            return []
        pool = self._pool(rows)
        of_point = telling is not None
        # Counted here and told in the notes, so that readers know what was kept from them.
        self.identifying += pool.identifying
        # Within one learning point all say the same, so the newest may decide.
        newest = recency(pool.rows) if of_point else [0.0] * len(pool.rows)
        first = 0 if of_point else self._first(pool)
        # Among many reports ours first; of a single area there is nothing to choose.
        own_docs = self.material.own_reports if self.subject.kind != "report" else frozenset()
        # Three reports on one form are one finding to readers.
        told = {role for role, text in self.quoted_roles if _TOOL.search(text)}
        candidates = [
            {
                **row,
                "merit": row["merit"]
                + GAINS.reader_group * (self.group in row["agencies"])
                + GAINS.point_recency * new
                + GAINS.own_area * (row["doc_id"] in own_docs)
                + GAINS.telling * (row["finding_id"] in (telling or ()))
                + GAINS.sureness * row.get("sureness", 0.0),
            }
            for row, new in list(zip(pool.rows, newest, strict=True))[first:]
            if row["finding_id"] not in self.quoted_findings
            and not leaves_out(str(row["text"]), (self.subject.name, *self.subject.phrases))
            and not (row["role"] in told and _TOOL.search(row["text"]))
        ]
        if of_point:
            # A short one says little, but below the line of its point better that than nothing.
            full = [row for row in candidates if len(row["text"].split()) >= LIMITS.min_words]
            candidates = full or candidates
            # One that first grants the contrary stands for the point only where no other does.
            plain = [row for row in candidates if not concedes_first(row["text"])]
            candidates = self._in_turn(plain or candidates)
        selection = select_quotes(
            candidates,
            count,
            quoted_docs=self.quoted_docs,
            quoted_texts=self.quoted_texts,
            one_report=self.subject.kind == "report",
        )
        return [self.quote(row) for row in selection]

    def probe(self, rows: pd.DataFrame) -> bool:
        """Whether any of these rows can be quoted; nothing is chosen."""
        return not rows.empty and bool(self._pool(rows).rows)

    def for_subject(self, subject: Subject) -> Quoter:
        """A quoter of another subject in the same brief, which repeats nothing quoted so far."""
        return Quoter(
            self.material,
            subject,
            self.group,
            turn=self.turn,
            quoted_docs=self.quoted_docs,
            quoted_findings=self.quoted_findings,
            quoted_texts=self.quoted_texts,
            quoted_roles=self.quoted_roles,
        )

    def _first(self, pool: CandidatePool) -> int:
        """Candidates that another kind of brief shows, and this one passes over."""
        return min(_SHOWN_ELSEWHERE * self.turn, len(pool.rows) // _KEPT_PART)

    def _in_turn(self, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Without the quotes of a point that other kinds show, if others are nearly as good."""
        best = sorted(candidates, key=lambda row: (-row["merit"], row["finding_id"]))
        alike = [row for row in best if row["merit"] >= best[0]["merit"] - _NEARLY]
        passed = self.turn % min(len(alike), _QUOTES_OF_POINT) if alike else 0
        return best[passed:]

    def _pool(self, rows: pd.DataFrame) -> CandidatePool:
        key = ids(rows)
        if key not in self.pools:
            # What is in confidence is counted; its words stand in a brief on that report alone.
            is_own = rows["doc_id"].eq(self.subject.id)
            is_open = is_own | ~rows["finding_id"].isin(self.material.in_confidence)
            self.pools[key] = rank_candidates(
                rows[is_open],
                self.material,
                phrases=self.subject.phrases,
                exemplars=self._exemplars(),
                testimony=self.testimony,
                one_report=self.subject.kind == "report",
            )
        return self.pools[key]

    def _exemplars(self) -> Collection[str]:
        themes = self.material.themes
        if self.subject.kind != "theme" or "exemplars" not in themes.columns:
            return ()
        own = themes.loc[themes["theme_id"].eq(self.subject.id), "exemplars"]
        return own.iloc[0] if len(own) and own.iloc[0] is not None else ()

    def quote(self, row: Row | pd.Series) -> Claim:
        """The words of a finding as a quote of this brief, which is not chosen again."""
        evidence = self.material.evidence(row)
        self.quoted_docs.add(evidence.doc_id)
        self.quoted_findings.add(evidence.finding_id)
        # The sentence that stands before it in the same quote.
        self.quoted_findings |= {str(row.get("before") or evidence.finding_id)}
        self.quoted_texts.append(evidence.quote)
        self.quoted_roles.append((str(row["role"]), evidence.quote))
        return quote(evidence)


def leaves_out(text: str, names: Iterable[str]) -> bool:
    """Whether a sentence says that it is not about a subject of one of these names.

    >>> leaves_out("Notices (other than domestic abuse) wait for days.", ["Domestic abuse"])
    True
    """
    lower = text.casefold()
    match = _LEAVES_OUT.search(lower)
    return match is not None and any(
        name.casefold() in lower[match.end() : match.end() + len(name) + _NEAR] for name in names
    )


_LEAVES_OUT = re.compile(r"\b(?:other than|except(?: for)?|excluding|apart from)\b")
"""Words by which a sentence leaves out what follows them."""

_NEAR = 12
"""Letters between these words and what they leave out: "other than for domestic abuse"."""


def places(material: Material, rows: pd.DataFrame, most: int = _POINTED_AT) -> str:
    """Where to read findings that are not quoted: report, area and page, newest first.

    Empty where all are in confidence.
    """
    rows = rows[~rows["finding_id"].isin(material.in_confidence)]
    newest = rows.sort_values(["year", "finding_id"], ascending=[False, True])
    first = newest.drop_duplicates("doc_id").head(most)
    citations = []
    for _, row in first.iterrows():
        one, area = material.evidence(row), material.area(str(row["doc_id"]))
        # "Local child safeguarding practice review" alone might be anybody's.
        is_told = not area or area.casefold() in one.title.casefold()
        citations.append(cite(one if is_told else replace(one, title=f"{one.title} ({area})")))
    return "; ".join(citations)


def reasons_in_words(rows: pd.DataFrame) -> str:
    """For how many findings the kind of reason is clear, and which kinds; empty where for none.

    A finding may give reasons of two kinds, so it is told of how many findings the kinds are.
    """
    counts = reason_counts(rows)
    if not counts:
        return ""
    clear = int(rows["reasons"].map(bool).sum())
    rest = sum(n for _, n in counts[_KINDS_OF_REASON:])
    kinds = [f"{name} ({n})" for name, n in counts[:_KINDS_OF_REASON]]
    kinds_in_words = english.listed([*kinds, f"other kinds ({rest})"] if rest else kinds)
    if clear == len(rows):
        return f"Kinds of reason: {kinds_in_words}."
    return f"The kind of reason is clear in {english.number(clear)} of them: {kinds_in_words}."


def reason_counts(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Kinds of reason that findings give, most frequent first."""
    if "reasons" not in rows.columns:
        return []
    kinds = rows[["finding_id", "reasons"]].explode("reasons").dropna()
    names = kinds["reasons"].map(lambda kind: _REASON_NAMES.get(kind, str(kind).replace("_", " ")))
    # Two codes may have one name; a finding counts once for it.
    counts = kinds.assign(name=names).groupby("name")["finding_id"].nunique()
    return sorted(((str(name), int(n)) for name, n in counts.items()), key=lambda x: (-x[1], x[0]))


def agency_counts(material: Material, rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Names of agencies in the findings with their distinct reports, most first.

    In a single report their findings are counted.
    """
    by_agency = rows[["doc_id", "finding_id", "agencies"]].explode("agencies").dropna()
    unit = "doc_id" if rows["doc_id"].nunique() > 1 else "finding_id"
    counts = by_agency.groupby("agencies")[unit].nunique()
    names = {agency.id: agency.name for agency in material.framework.agencies}
    pairs = [
        (names[str(key)], int(n)) for key, n in counts.items() if key in names and key != "all"
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def list_counts(pairs: Sequence[tuple[str, int]], limit: int) -> str:
    """The first few names with their counts, as part of a sentence."""
    return english.listed([f"{english.lower_first(name)} ({n})" for name, n in pairs[:limit]])
