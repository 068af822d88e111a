"""What each column of each table means, in one line; the same name means the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

MEANING: Mapping[str, str] = MappingProxyType(
    {
        # where something stands
        "doc_id": "id of the report, from its bytes: the same file has the same id anywhere",
        "finding_id": "id of the finding: report id and place in its text",
        "source": "file that the report was read from",
        "title": "title of the report",
        "page": "page, counted from 1",
        "page_end": "page on which the words end, where they run over a page break",
        "paragraph": "printed paragraph number, where there is one",
        "heading": "headings above the words, outermost first",
        "place": "where in the file the part stands",
        "start": "first character of the words in the text of the report",
        "end": "character after the last",
        # reports
        "review_type": "kind of review, an id of the framework; empty where none was recognised",
        "published": "date as printed (year, month or day), empty where none was found",
        "year": "year of publication",
        "area": "area that the report is about",
        "pages": "number of pages",
        "words": "number of words",
        "status": "reports: ok or quarantined; themes: proposed, approved or rejected",
        "reason": "why a file could not be read, or a part of it not be used",
        "units": "sentences, bullets and table rows read = kept + boilerplate",
        "kept": "those that became findings",
        "boilerplate": "those left out: contents, signatures, wording of the law",
        "duplicate_of": "report of which this is a second copy, or empty; copies do not count",
        # facts about reports
        "name": "name of the theme, priority, agency or fact",
        "value": "what was found out about the report",
        "evidence": "the words that say so",
        # findings
        "kind": "findings: paragraph, bullet or table_row; themes: known, emergent or sub",
        "text": "the report's own words",
        "role": "what the words say about practice: strength, problem, action or context",
        "why": "whether they give a reason",
        "reasons": "kinds of reason given",
        "hindsight": "kinds of hindsight wording: explicit, counterfactual, outcome, blame",
        "aware": "whether the words guard against hindsight",
        "speaker": "who speaks, where it is not the report: family, child, practitioner ...",
        "agencies": "agencies and groups that the words name, ids of the framework",
        "priorities": "priorities that they give evidence on",
        "sub_areas": "parts of these priorities",
        "themes": "practice themes that they give evidence on",
        "repeated": "whether the same words stand in other reports too (letterhead, stock phrases)",
        # themes
        "theme_id": "id of the theme; it stays the same over later runs",
        "parent": "theme of which this one is a part",
        "documents": "reports in which the theme is met at least once",
        "findings": "findings that belong to it",
        "strengths": "those that say a strength",
        "problems": "those that say a problem",
        "actions": "those that ask for something to be done",
        "first_seen": "earliest date or year of publication",
        "last_seen": "latest date or year of publication",
        "stability": "share (0..1) of repeated runs on part of the reports in which it returns",
        "terms": "words typical of it",
        "exemplars": "ids of its most typical findings",
        "strength": "how strongly the finding belongs to the theme, 0..1",
        "by": "who said so: machine or person",
        # recommendations
        "owner": "who is to do it, as the report says",
        "due": "by when, as the report says",
        "missing": "what the words do not give (owner, date, measure ...)",
        "repeat_of": "earliest near-same recommendation of another report, or empty",
        "decision": "right or wrong where a person judged the recommendation, else empty",
        "same_as": "recommendation that a person said asks for the same, or none",
        # what people said
        "doc": "id of the report",
        "themes_sure": "practice themes that all who judged the words gave them",
        "themes_any": "practice themes that any of them gave",
        "judged": "practice themes that somebody was asked about",
        # counts over reports
        "reports": "distinct reports that speak of it",
        "of_reports": "all reports that could have",
        "share": "reports / of_reports, or / published, 0..1",
        "low": "lower end of the likely range (95 %) of the share or change",
        "high": "upper end of it",
        "priority": "id of the priority",
        "subject": "theme or priority",
        "id": "id of the theme or priority",
        "enough": "whether the year has enough reports (5) to say anything",
        "earlier": "years of the earlier half of the reports",
        "earlier_reports": "reports of that half that speak of it",
        "earlier_published": "all reports of that half",
        "later": "years of the later half",
        "later_reports": "reports of that half that speak of it",
        "later_published": "all reports of that half",
        "change": "later share less the earlier one, -1..1",
        "type_shift": "how far the mix of report types differs between the two, 0..1",
        "direction": "rising or falling only where the range excludes nought",
        "strength_reports": "reports that say a strength",
        "problem_reports": "reports that say a problem",
        "problems_with_reason": "problems that come with a reason",
        "strengths_with_reason": "strengths that come with a reason",
        "strength_share": "strengths / (strengths + problems), 0..1",
        "theme": "name of the theme",
        "agency": "id of the agency or group",
        "group": "id of the professional group",
        "basis": "named in the report, or usual for the theme in the framework",
        "finding_ids": "findings behind the row",
        "courses": "courses that cover the need",
        # hindsight profile
        "section": "kind of section",
        "apart": "sections with other rules of speech: recommendations, law, family words",
        "sentences": "sentences, bullets and rows in it",
        "explicit": "sentences that say that they look back",
        "counterfactual": "sentences that measure against what did not happen",
        "outcome": "sentences that read the past by its ending",
        "blame": "sentences with words of fault",
        "flagged": "sentences with any of these",
        "flagged_without_reason": "those of them that do not also say why",
        "explicit_per_1000": "per 1,000 sentences of the section",
        "counterfactual_per_1000": "per 1,000 sentences of the section",
        "outcome_per_1000": "per 1,000 sentences of the section",
        "blame_per_1000": "per 1,000 sentences of the section",
        "flagged_per_1000": "per 1,000 sentences of the section",
        # horizon and stuck learning
        "recent_from": "first year that counts as recent",
        "recent_reports": "recent reports that speak of it",
        "recent_published": "all recent reports",
        "signal": "new, rising, watch or steady",
        "years_with_problems": "years in which a problem was found",
        "first_year": "first of them",
        "last_year": "last of them",
        "action_since": "first year in which a report asked for action",
        "problem_reports_after": "later reports that still find a problem",
        "published_after": "all later reports",
        "repeats": "recommendations made again",
        "stuck": "problems in three years or more, and in two reports after action was asked for",
    }
)  # fmt: skip
"""Meaning by column; a column `score_<layer>_<code>` is a strength in 0..1."""


def explained(columns: Iterable[str]) -> list[tuple[str, str]]:
    """Each column with its meaning.

    >>> explained(["page", "score_theme_recording"])[1]
    ('score_theme_recording', 'how sure the tool is of theme recording, 0..1')
    """
    return [(name, MEANING.get(name) or _score(name)) for name in columns]


def _score(name: str) -> str:
    layer, _, code = name.removeprefix("score_").partition("_")
    return f"how sure the tool is of {layer} {code}, 0..1" if name.startswith("score_") else ""
