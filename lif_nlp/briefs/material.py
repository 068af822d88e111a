"""What a brief is made from: the findings that count, their themes, the tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any

import pandas as pd

from lif_nlp.briefs.quoting.in_report import Standing
from lif_nlp.briefs.quoting.privacy import proper_names
from lif_nlp.circulation import (
    KnownWords,
    file_to_show,
    hold_back_rare,
    known_words,
    split_words,
    title_to_show,
)
from lif_nlp.file_pages import has_pages
from lif_nlp.framework.model import HEADED_BY_SUBJECT, OF_SERVICES, Framework, SeedPoint
from lif_nlp.ids import point_id
from lif_nlp.records import Evidence
from lif_nlp.text import english
from lif_nlp.text.abbreviations import abbreviation_meanings
from lif_nlp.text.phrase_matching import PhraseMatcher

EVIDENCE_COLUMNS = (
    *("finding_id", "doc_id", "start", "end", "text"),
    *("page", "page_end", "paragraph"),
)
"""Columns of findings that `Material.evidence` reads."""

_LAST_SERIOUS_CASE_REVIEW = 2018
"""Year in which partnerships took over from boards (Working Together 2018)."""

_EVERYDAY = frozenset({"GP", "GPs"})
"""Abbreviations that every reader says: to spell them out would only be in the way."""

_BODY = re.compile(
    r"(?i)\b(?:(?:local|multi-agency|children(?:['’]s)?) )*"
    r"(?:safeguarding|partnership|council|board)\b.*$"
)
"""What follows the area in a partnership's name: "Safeguarding Children Partnership"."""

_AFTER_BODY = re.compile(r"(?i)^.*\b(?:partnership|board|council)\b\s*(?:for|of|in)?\b")
"""What goes before the area where the name puts it last."""

_OWN_REVIEW = re.compile(
    r"(?i)\b(?:individual|internal|independent) (?:agency )?management (?:review|report)s?\b|"
    r"\b(?-i:IMR)s?\b|\bintegrated chronology\b|\bself[- _]evaluation\b"
)
"""Titles of what an agency wrote of its own work for a review: papers in confidence."""

_OF_CASES = re.compile(r"(?i)\b(?:cases?|records?|files?|MACFA)\b")
"""Words by which the title of an audit, or the heading of its rows, says that a row is a case."""

_OF_COUNCIL = re.compile(
    r"(?i)^(?:the |(?:(?:royal|london|metropolitan) )?(?:city|county|borough) of )+"
    r"|(?: (?:city|county|borough|district|metropolitan))+$"
)
"""Words before and after a place that say what kind of council it has."""


def _no_text(doc_id: str) -> str:
    """No text: briefs on many reports read findings alone."""
    return ""


@dataclass(frozen=True, eq=False)
class Material:
    """Everything the kinds of brief may draw on.

    `reports` are the documents that count (with `year`), `findings` their
    findings, `links` one row per finding and theme (with `theme_id` and
    `confidence`), `themes` the themes in use, `tables` those of the synthesis,
    `facts` what reports say of themselves and `recommendations` what they ask, with owners.
    `given_partnership` is the name that a person set, or empty, `own_names` what is kept in
    always.  `points` are the learning points that are shown, `echoes` those that two reports
    state, `point_members` what states them and `point_years` the reports of each year that do and
    that could.  `life_lines` are what is recorded of recommendations, `ageing` the open actions of
    the newest plans that are past their date on the day `created`, the oldest first, `left_plan`
    those past it that the newest version of their plan no longer has, `voice` what groups said and
    were told, `programme` recommendations with
    their steps, all as in `schema`.  `likely` are the likely ranges of counts, by "theme",
    "priority" or "all", its id and what is counted ("reports" or a role).  `briefs_folder` is the
    web folder of the partnership's briefs, from the local card, or empty.  `text_of` gives the
    stored text of a report, for a brief on that report, and else an empty one.  `standing`
    tells how likely its sentences are to be understood alone.
    """

    framework: Framework
    reports: pd.DataFrame
    findings: pd.DataFrame
    links: pd.DataFrame
    themes: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    created: str
    run_id: str = ""
    facts: pd.DataFrame = field(default_factory=pd.DataFrame)
    recommendations: pd.DataFrame = field(default_factory=pd.DataFrame)
    given_partnership: str = ""
    own_names: tuple[str, ...] = ()
    points: pd.DataFrame = field(default_factory=pd.DataFrame)
    echoes: pd.DataFrame = field(default_factory=pd.DataFrame)
    point_members: pd.DataFrame = field(default_factory=pd.DataFrame)
    point_years: pd.DataFrame = field(default_factory=pd.DataFrame)
    life_lines: pd.DataFrame = field(default_factory=pd.DataFrame)
    ageing: pd.DataFrame = field(default_factory=pd.DataFrame)
    left_plan: pd.DataFrame = field(default_factory=pd.DataFrame)
    voice: pd.DataFrame = field(default_factory=pd.DataFrame)
    programme: pd.DataFrame = field(default_factory=pd.DataFrame)
    likely: Mapping[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)
    briefs_folder: str = ""
    text_of: Callable[[str], str] = _no_text
    standing: Standing = field(default_factory=Standing)

    @cached_property
    def partnership(self) -> str:
        """The partnership's name in print, or "Your partnership" if it is not known.

        The framework's own name stands only above reports on its own area: to other readers it
        would be somebody else's.
        """
        return self.given_partnership or (
            self.framework.partnership if self.own_reports else "Your partnership"
        )

    @cached_property
    def own_reports(self) -> frozenset[str]:
        """IDs of the reports about the partnership's own area."""
        own = areas_of(self.given_partnership or self.framework.partnership)
        return frozenset(
            str(row["doc_id"])
            for row in self.reports.to_dict("records")
            if _bare_area(str(row.get("area") or "")) in own
            or (not row.get("area") and _begins_with_area(str(row.get("source") or ""), own))
        )

    @property
    def knows_its_area(self) -> bool:
        """Whether our own reports can be told from those of other areas."""
        return bool(self.given_partnership or self.own_reports)

    @cached_property
    def stating(self) -> Mapping[str, pd.DataFrame]:
        """Findings that state each learning point and have its role, by the point's id.

        With how surely they state it (`sureness`, 0..1) and by what that is known (`basis`).  A
        complaint is no evidence of what works.  Points without such a finding are left out.
        """
        parts = [table for table in (self.points, self.echoes) if not table.empty]
        if not parts:
            return {}
        roles = pd.concat([table[["point_id", "role"]] for table in parts])
        members = self.point_members.drop_duplicates(["point_id", "finding_id"])
        # One that a person put there, or that says nothing of it, is sure.
        members = members.reindex(columns=["point_id", "finding_id", "confidence", "basis"])
        members = members.rename(columns={"confidence": "sureness"}).fillna(
            {"sureness": 1.0, "basis": ""}
        )
        pairs = members.merge(roles, on="point_id")
        rows = pairs.merge(self.findings, on=["finding_id", "role"])
        return {str(point_id): own for point_id, own in rows.groupby("point_id", sort=False)}

    @cached_property
    def broad_points(self) -> frozenset[str]:
        """IDs of the known points that are true of most reports and say little by themselves."""
        return frozenset(id for id, point in self._seeds.items() if point.broad)

    def words_of_point(self, id: str) -> PhraseMatcher[bool] | None:
        """What finds the words by which a known point says how its subject is; None of others."""
        if id not in self._words_of_points:
            seed = self._seeds.get(id)
            own = self._phrases_of(seed) if seed else []
            self._words_of_points[id] = PhraseMatcher({True: own}, gaps=True) if own else None
        return self._words_of_points[id]

    def _phrases_of(self, seed: SeedPoint) -> list[str]:
        """Phrases of a known point, and of what it finds wrong or well with its subject."""
        phrases = [*seed.phrases]
        for defect in self.framework.defects:
            # The name of a point says its first two; further ones are near to these.
            if defect.id in seed.defect[:2]:
                is_good = seed.role == "strength"
                phrases += defect.positive_phrases if is_good else defect.phrases
        return phrases

    @cached_property
    def _words_of_points(self) -> dict[str, PhraseMatcher[bool] | None]:
        return {}

    @cached_property
    def _seeds(self) -> dict[str, SeedPoint]:
        return {point_id("seed", point.id): point for point in self.framework.points}

    def alone(self, text: str, doc_id: str) -> float:
        """Probability, 0..1, that a sentence of a report is understood without the report."""
        return self.standing.of(text, doc_id, self.of_report)

    def is_elsewhere(self, doc_id: str) -> bool:
        """Whether a report is known to be about another area than ours."""
        is_other = doc_id not in self.own_reports and bool(self.area(doc_id))
        return self.knows_its_area and is_other

    def shares_area(self, doc_id: str) -> bool:
        """Whether a report on several areas is about ours too, as those of joint panels are."""
        own = areas_of(self.given_partnership or self.framework.partnership)
        return self.is_elsewhere(doc_id) and bool(own & areas_of(self.area(doc_id)))

    def of_theme(self, theme_id: str) -> pd.DataFrame:
        """Findings of a theme, with `confidence`."""
        return self.links[self.links["theme_id"].eq(theme_id)]

    def of_priority(self, priority_id: str) -> pd.DataFrame:
        """Findings that speak of a priority, with `confidence`."""
        has_priority = self.findings["priorities"].map(lambda got: priority_id in got).astype(bool)
        rows = self.findings[has_priority]
        score = f"score_priority_{priority_id}"
        # A priority that a person gave has no score.
        confidence = rows[score].fillna(1.0) if score in rows.columns else 1.0
        return rows.assign(confidence=confidence)

    def of_report(self, doc_id: str) -> pd.DataFrame:
        """Findings of one report, with the `confidence` of their surest theme."""
        rows = self.findings[self.findings["doc_id"].eq(doc_id)]
        links = self.links[self.links["doc_id"].eq(doc_id)]
        best = links.groupby("finding_id")["confidence"].max()
        return rows.assign(confidence=rows["finding_id"].map(best).fillna(0.0))

    def title_in_report(self, doc_id: str) -> str:
        """Title as it stands in a report, or empty; it may name a child, so no brief shows it."""
        return str(self._report(doc_id).get("title") or "")

    def published(self, doc_id: str) -> str:
        """The day, month or year on which a report was published, in ISO form; or empty."""
        return str(self._report(doc_id).get("published") or "")

    @cached_property
    def newest(self) -> str:
        """Day, month or year of the newest report in ISO form; empty where none has a date."""
        published = self.reports["published"].dropna().astype(str)
        return str(published.max()) if len(published) else ""

    def title(self, doc_id: str) -> str:
        """Title of a report as a brief may print it, or its id where it has none.

        A title that holds a person's name or age (a coroner's report, some reviews) gives
        way to the type and area of the report.
        """
        # A title is asked for with each quote, and the guard reads it each time.
        if doc_id not in self._titles:
            self._titles[doc_id] = self._title(doc_id)
        return self._titles[doc_id]

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {}

    def _title(self, doc_id: str) -> str:
        title = self.title_in_report(doc_id)
        if not title:
            return doc_id
        kind = self.type_name(doc_id)
        return title_to_show(
            title,
            kind,
            self.area(doc_id),
            self.known_words,
            is_of_services=self.family(doc_id) in OF_SERVICES,
        )

    def _file(self, doc_id: str) -> str:
        """Name of a report's file, unless it may tell who somebody is."""
        if doc_id not in self._files:
            source, area = str(self._report(doc_id).get("source") or ""), self.area(doc_id)
            self._files[doc_id] = file_to_show(source, area, self.known_words)
        return self._files[doc_id]

    @cached_property
    def _files(self) -> dict[str, str]:
        return {}

    def facts_of(self, doc_id: str) -> Mapping[str, str]:
        """What was read of a report's front pages and child (age band, harm ...), by name."""
        return self._facts.get(doc_id, {})

    @cached_property
    def _facts(self) -> dict[str, dict[str, str]]:
        if self.facts.empty:
            return {}
        return {
            str(doc_id): dict(zip(own["name"].astype(str), own["value"].astype(str), strict=True))
            for doc_id, own in self.facts.groupby("doc_id", sort=False)
        }

    def child_of(self, doc_id: str) -> tuple[str, tuple[str, ...]]:
        """Age band and kinds of harm of a report's child, as far as enough reports share them."""
        if doc_id not in self._children:
            return "", ()
        rows = self._children[doc_id]
        return rows[0][0], tuple(harm for _, harm in rows if harm)

    @cached_property
    def _children(self) -> dict[str, list[tuple[str, str]]]:
        """By report, its age band with each kind of harm; the rarer part is held back."""
        rows = []
        for doc_id in self.reports["doc_id"].astype(str):
            facts = self.facts_of(doc_id)
            band, harms = facts.get("age_band", ""), facts.get("harm", "").split("; ")
            rows += [(doc_id, band, harm) for harm in harms] if band or harms != [""] else []
        table = pd.DataFrame(rows, columns=["doc_id", "age_band", "harm"])
        left = hold_back_rare(table, ["age_band", "harm"], self.framework.smallest_group)
        # a report with three kinds of harm shares its band with itself, which hides nobody
        reports = table.drop_duplicates("doc_id")["age_band"].value_counts()
        bands_and_harms: dict[str, list[tuple[str, str]]] = {}
        for report, own in left.groupby("doc_id", sort=False):
            # a band that one harm makes rare is held back for all of them
            bands = set(own["age_band"].astype(str))
            band = bands.pop() if len(bands) == 1 else ""
            band = band if reports.get(band, 0) >= self.framework.smallest_group else ""
            bands_and_harms[str(report)] = [(band, str(harm)) for harm in own["harm"]]
        return bands_and_harms

    def review_type(self, doc_id: str) -> str:
        """Id of a report's type, or empty."""
        return str(self._report(doc_id).get("review_type") or "")

    def type_name(self, doc_id: str) -> str:
        """What a report is called, or "Report": practice reviews had another name until 2018."""
        type_id = self.review_type(doc_id)
        year = self.published(doc_id)[:4]
        if type_id == "cspr" and year.isdigit() and int(year) <= _LAST_SERIOUS_CASE_REVIEW:
            return "Serious case review"
        return next((r.name for r in self.framework.review_types if r.id == type_id), "Report")

    def is_unpublished(self, doc_id: str) -> bool:
        """Whether a report is a rapid review or an agency's own review, which nobody publishes."""
        if self.review_type(doc_id) == "rapid_review":
            return True
        source = str(self._report(doc_id).get("source") or "")
        names = (self.title_in_report(doc_id), PurePath(source).stem)
        return any(_OWN_REVIEW.search(name.replace("_", " ")) for name in names)

    def is_closed(self, doc_id: str) -> bool:
        """Whether a board's readers do not have a paper: unpublished, or one agency's own audit."""
        return self.review_type(doc_id) == "single_agency_audit" or self.is_unpublished(doc_id)

    @cached_property
    def in_confidence(self) -> frozenset[str]:
        """IDs of findings of papers that nobody publishes, and of rows of audits on one case.

        None where a workspace holds such papers alone: its readers are those who wrote them.
        """
        ids = [str(doc_id) for doc_id in self.reports["doc_id"]]
        secret = {doc_id for doc_id in ids if self.is_unpublished(doc_id)}
        if len(secret) == len(ids):
            return frozenset()
        rows = self.findings
        heading = rows["heading"].astype(str) if "heading" in rows.columns else ""
        titles = dict(zip(self.reports["doc_id"], self.reports["title"].astype(str), strict=True))
        of_case = (rows["doc_id"].map(titles) + " " + heading).str.contains(_OF_CASES)
        audits = [doc_id for doc_id in ids if self.family(doc_id) in ("audit", "")]
        is_case = rows["kind"].eq("table_row") & rows["doc_id"].isin(audits) & of_case
        return frozenset(rows.loc[rows["doc_id"].isin(secret) | is_case, "finding_id"])

    def family(self, doc_id: str) -> str:
        """Family of a report's type (inspection, audit, practice review ...) or empty."""
        type_id = self.review_type(doc_id)
        return next((r.family for r in self.framework.review_types if r.id == type_id), "")

    def is_headed_by_subject(self, doc_id: str) -> bool:
        """Whether a report tells no family's story: an inspection, a coroner's report."""
        return self.family(doc_id) in HEADED_BY_SUBJECT

    def has_pages(self, doc_id: str) -> bool:
        """Whether a reader finds a page of a report by its number."""
        return has_pages(str(self._report(doc_id).get("source") or ""))

    def area(self, doc_id: str) -> str:
        """The area that a report is about, or empty."""
        return str(self._report(doc_id).get("area") or "")

    @cached_property
    def known_words(self) -> KnownWords:
        """Capitalised words that name agencies, meetings, laws and the like."""
        return known_words(self.framework, self.own_names)

    def known_in(self, area: str) -> KnownWords:
        """The known words with those of an area's own name."""
        if area not in self._known_in:
            self._known_in[area] = self.known_words | set(split_words(area))
        return self._known_in[area]

    @cached_property
    def _known_in(self) -> dict[str, KnownWords]:
        return {}

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that the findings only ever write with a capital: names, for the most part."""
        return proper_names(self.findings["text"]) - self.known_words

    @cached_property
    def _reports(self) -> dict[str, dict[str, object]]:
        rows = self.reports.to_dict("records")
        return {str(row["doc_id"]): {str(k): v for k, v in row.items()} for row in rows}

    def _report(self, doc_id: str) -> dict[str, object]:
        return self._reports.get(doc_id, {})

    def meaning(self, form: str, doc_id: str = "") -> str:
        """What an abbreviation means by the framework, else by the report's own words; or empty."""
        known = self._short_forms
        if form in known:
            return known[form]
        if not doc_id:
            return ""
        if (doc_id, form) not in self._meanings_of_report:
            texts = self.findings.loc[self.findings["doc_id"].eq(doc_id), "text"]
            introducing = texts[texts.str.contains(f"({form})", regex=False)]
            meanings = list(abbreviation_meanings(introducing, [form]).values())
            # "and guidance service" has lost its first word.
            meanings = [words for words in meanings if not words.startswith(("and ", "of "))]
            self._meanings_of_report[doc_id, form] = meanings[0] if meanings else ""
        return self._meanings_of_report[doc_id, form]

    @cached_property
    def _meanings_of_report(self) -> dict[tuple[str, str], str]:
        return {}

    @cached_property
    def _short_forms(self) -> Mapping[str, str]:
        """The abbreviations of the framework, also in the plural, without everyday ones."""
        known = {**self.framework.glossary, **self.framework.short_forms}
        plurals = {f"{form}s": english.plural(meaning) for form, meaning in known.items()}
        return {form: text for form, text in (plurals | known).items() if form not in _EVERYDAY}

    def evidence(self, row: pd.Series | Mapping[str, Any]) -> Evidence:
        """The exact words of a finding, with report, page and paragraph."""
        doc_id = str(row["doc_id"])
        page = int(row["page"])
        return Evidence(
            finding_id=str(row["finding_id"]),
            doc_id=doc_id,
            start=int(row["start"]),
            end=int(row["end"]),
            quote=str(row["text"]),
            title=self.title(doc_id),
            page=page,
            page_end=int(row.get("page_end") or page),
            paragraph=str(row.get("paragraph") or ""),
            published=self.published(doc_id),
            file=self._file(doc_id),
            has_pages=self.has_pages(doc_id),
        )


def areas_of(partnership: str) -> frozenset[str]:
    """The areas that a partnership's name holds, in small letters.

    >>> sorted(areas_of("North East Lincolnshire Safeguarding Children Partnership"))
    ['north east lincolnshire']
    >>> sorted(areas_of("Saltby and Norhaven Safeguarding Children Board"))
    ['norhaven', 'saltby', 'saltby and norhaven']
    >>> sorted(areas_of("Safeguarding Children Partnership for the City of Saltby"))
    ['saltby']
    """
    core = _bare_area(_BODY.sub("", partnership) or _AFTER_BODY.sub("", partnership))
    return frozenset({core, *re.split(r",? and |, ", core)} - {""})


def _bare_area(name: str) -> str:
    """A place in small letters, without the words for its council."""
    return _OF_COUNCIL.sub("", name.replace("&", "and").strip(" ,")).casefold().strip()


def _begins_with_area(source: str, areas: frozenset[str]) -> bool:
    """Whether a file's name begins with one of the areas, after a number at most.

    Not wherever it stands: "North_East_Moorshire" is another area than Moorshire.

    >>> _begins_with_area("C/06_Stoke-on-Moor_review_2024.docx", frozenset({"stoke-on-moor"}))
    True
    """
    words = re.findall(r"[^\W\d_]+", PurePath(source).stem.casefold())
    names = [re.findall(r"[^\W\d_]+", area) for area in areas]
    return any(words[: len(name)] == name for name in names)
