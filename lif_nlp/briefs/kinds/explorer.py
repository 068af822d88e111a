"""The explorer: one web page that holds the whole workspace, to filter and search offline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import EVIDENCE_COLUMNS, Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter, quote
from lif_nlp.briefs.subjects import Subject
from lif_nlp.briefs.writers.as_html import environment
from lif_nlp.briefs.writers.branding import BriefBranding
from lif_nlp.records import Brief
from lif_nlp.text import english

ROLES = ("strength", "problem", "action", "context")
_COLUMNS = ("heading", "role", "priorities", "agencies", "why", "hindsight")


def explorer(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Every finding of the subject as evidence, so that all of them are verified."""
    rows = subject.rows.sort_values(["doc_id", "start"])
    claims = [quote(material.evidence(row)) for row in _records(rows, EVIDENCE_COLUMNS)]
    quoter = Quoter(material, subject, audience.group)
    return assemble(("explorer", "Learning explorer"), quoter, audience, [("Findings", claims)])


def explorer_page(material: Material, brief: Brief, branding: BriefBranding) -> bytes:
    """The page in UTF-8: filters, search, counts per theme and year, every source."""
    page = environment().get_template("explorer.html.j2")
    # "<" is written as an escape, so that no words of a report can end the script.
    data = json.dumps(packed(material, brief), ensure_ascii=False, separators=(",", ":"))
    return page.render(brief=brief, branding=branding, data=data.replace("<", "\\u003c")).encode(
        "utf-8"
    )


def packed(material: Material, brief: Brief) -> dict[str, Any]:
    """The workspace as lists of numbers and words, small enough to embed.

    `findings` rows are [id, report, page, paragraph, heading, text, role, themes,
    priorities, agencies, why, hindsight, last page], with positions in the other lists.  `points`
    rows are [name, role, theme or -1, reports that could state it, findings, points that say the
    contrary, findings to quote, broad].
    """
    reports = material.reports.sort_values("doc_id")
    report_at = {str(doc): at for at, doc in enumerate(reports["doc_id"])}
    themes = material.themes.sort_values("theme_id")
    theme_at = {str(key): at for at, key in enumerate(themes["theme_id"])}
    harm_at = {priority.id: at for at, priority in enumerate(material.framework.priorities)}
    group_at = {agency.id: at for at, agency in enumerate(material.framework.agencies)}
    links: dict[str, list[int]] = {}
    for finding, theme in material.links[["finding_id", "theme_id"]].to_numpy():
        if theme in theme_at:
            links.setdefault(str(finding), []).append(theme_at[str(theme)])
    rows = material.findings.set_index("finding_id")
    ids = [one.finding_id for one in brief.evidence()]
    kinds = {kind.id: kind.name for kind in material.framework.review_types}
    return {
        "reports": [
            [material.title(str(row["doc_id"])), _year(row["year"]),
             english.day(str(row["published"] or "")), kinds.get(str(row["review_type"]), "Other"),
             str(row["area"] or "")]
            for _, row in reports.iterrows()
        ],
        "themes": [str(name) for name in themes["name"]],
        "priorities": [priority.name for priority in material.framework.priorities],
        "agencies": [agency.name for agency in material.framework.agencies],
        "roles": list(ROLES),
        "points": _points(material, {id: at for at, id in enumerate(ids)}, theme_at),
        "findings": [
            [one.finding_id, report_at[one.doc_id], one.page, one.paragraph,
             str(row["heading"] or ""), one.quote, ROLES.index(str(row["role"])),
             links.get(one.finding_id, []), [harm_at[h] for h in row["priorities"] if h in harm_at],
             [group_at[g] for g in row["agencies"] if g in group_at], int(bool(row["why"])),
             list(row["hindsight"]), one.page_end]
            for one, row in zip(
                brief.evidence(),
                _records(rows.loc[ids], _COLUMNS),
                strict=True,
            )
        ],
    }  # fmt: skip


def _points(
    material: Material, finding_at: Mapping[str, int], theme_at: Mapping[str, int]
) -> list[list[Any]]:
    """The learning points with the findings on the page that state them."""
    columns = ["point_id", "name", "role", "theme", "of_documents", "tensions", "quotes"]
    rows = material.points.reindex(columns=columns).to_dict("records")
    members = {
        point: sorted(finding_at[id] for id in stating["finding_id"] if id in finding_at)
        for point, stating in material.stating.items()
    }
    # A point without a finding on this page could be shown and not opened.
    rows = [row for row in rows if members.get(str(row["point_id"]))]
    at = {str(row["point_id"]): place for place, row in enumerate(rows)}
    return [
        [
            str(row["name"]), ROLES.index(str(row["role"])), theme_at.get(str(row["theme"]), -1),
            int(row["of_documents"]), members[str(row["point_id"])],
            [at[str(id)] for id in row["tensions"] if str(id) in at],
            [finding_at[str(id)] for id in row["quotes"] if str(id) in finding_at],
            int(row["point_id"] in material.broad_points),
        ]
        for row in rows
    ]  # fmt: skip


def _records(rows: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Rows as mappings of these columns alone: there are dozens, and many thousands of rows."""
    frame = rows[rows.columns.intersection(list(columns))]
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def _year(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
