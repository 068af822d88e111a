"""Whose reports a brief rests on: ours, other areas' or both, and of which kinds."""

from __future__ import annotations

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.text import english

_AREAS_NAMED = 3
"""Areas named; the rest are counted, so that the line stays one line. Chosen by judgement."""

_KINDS = 3
"""Kinds of report named, the most frequent first."""


def whose_reports(material: Material, subject: Subject) -> str:
    """One line on whose reports these are, their kinds and years; empty without any report."""
    ids = [str(doc_id) for doc_id in material.reports["doc_id"]]
    if subject.kind != "all":
        own_ids = set(subject.rows["doc_id"])
        ids = [doc_id for doc_id in ids if doc_id in own_ids]
    if not ids:
        return ""
    if len(ids) == 1:
        return f"{_one(material, ids[0])} {_kinds_and_years(material, ids)}"
    return f"{_several(material, ids)} {_kinds_and_years(material, ids)}"


def _one(material: Material, doc_id: str) -> str:
    if doc_id in material.own_reports:
        return "This is one report, about our own area."
    area = material.area(doc_id)
    if not area:
        return f"This is one report{', which names no area' * material.knows_its_area}."
    return f"This is one report, about {area}{', not about us' * material.knows_its_area}."


def _several(material: Material, ids: list[str]) -> str:
    own = sum(doc_id in material.own_reports for doc_id in ids)
    reports = those = english.some(len(ids), "report")
    if len(ids) < len(material.reports):
        reports = f"{english.number(len(ids))} of {len(material.reports)} reports"
    if own == len(ids):
        return f"These {reports} are all about our own area."
    unknown = sum(not material.area(doc_id) for doc_id in ids if doc_id not in material.own_reports)
    if own:
        verb = english.agree(own, "be")
        return (
            f"{english.capital(english.number(own))} of these {those} {verb} about our own "
            f"area{_rest(len(ids) - own, unknown)}."
        )
    if not material.knows_its_area:
        return f"These {reports} are about {_areas(material, ids)}."
    ask = "Ask which of it is true here too."
    if not unknown:
        return f"These {reports} are about other areas, none about ours. {ask}"
    if unknown == len(ids):
        return f"These {reports} name no area, so some may be about ours. {ask}"
    elsewhere = len(ids) - unknown
    return (
        f"{english.capital(english.number(elsewhere))} of these {those} "
        f"{english.agree(elsewhere, 'be')} about other areas{_naming_none(unknown)}. {ask}"
    )


def _rest(others: int, unknown: int) -> str:
    """What follows our own reports; an area that is not known is never called another."""
    if not unknown:
        return ", the others about other areas"
    if unknown == others:
        return _naming_none(unknown)
    return f", {english.number(others - unknown)} about other areas{_naming_none(unknown)}"


def _naming_none(reports: int) -> str:
    return f"; {english.number(reports)} {english.agree(reports, 'name')} no area"


def _areas(material: Material, ids: list[str]) -> str:
    areas = sorted({area for doc_id in ids if (area := material.area(doc_id))})
    if not areas:
        return "areas that they do not name"
    first_areas = areas[:_AREAS_NAMED]
    rest = len(areas) - len(first_areas)
    names = [*first_areas, english.some(rest, "other area")] if rest else first_areas
    # "Saltby and Northbeck" is one area, which commas alone would not show.
    is_joined = any(" and " in area for area in first_areas) and len(names) > 1
    area_list = f"{'; '.join(names[:-1])}; and {names[-1]}" if is_joined else english.listed(names)
    without = sum(not material.area(doc_id) for doc_id in ids)
    return area_list + _naming_none(without) * bool(without)


def _kinds_and_years(material: Material, ids: list[str]) -> str:
    rows = material.reports[material.reports["doc_id"].isin(ids)]
    years = [int(year) for year in rows["year"].dropna()]
    kinds = kinds_of_report(material, ids)
    when = english.span(years)
    return f"{english.capital(kinds)}; {when}." if kinds else f"{english.capital(when)}."


def kinds_of_report(material: Material, doc_ids: list[str], limit: int = _KINDS) -> str:
    """Types of these reports with their numbers, most frequent first."""
    if len(doc_ids) == 1 and material.review_type(doc_ids[0]):
        return english.lower_first(material.type_name(doc_ids[0]))
    names = {kind.id: kind.name for kind in material.framework.review_types}
    types = material.reports.loc[material.reports["doc_id"].isin(doc_ids), "review_type"]
    counts = types.fillna("").map(lambda key: names.get(key, "other reports")).value_counts()
    # Sorted once more, as pandas leaves equal counts in the order of the rows.
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    if len(pairs) > limit and pairs[0][1] == 1:
        return f"{english.some(len(pairs), 'kind')} of report"
    kinds = [
        f"{english.lower_first(str(name))}{f' ({n})' * (len(doc_ids) > 1)}"
        for name, n in pairs[:limit]
    ]
    rest = sum(n for _, n in pairs[limit:])
    return english.listed([*kinds, f"other kinds ({rest})"] if rest else kinds)
