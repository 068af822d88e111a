"""Where a quote of one report stands, in as few words as readers need: its page or its heading."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.sections.report_sentences import known_of
from lif_nlp.briefs.subjects import Subject
from lif_nlp.briefs.writers.branding import cite
from lif_nlp.records import Claim, Section

_MOST_HEADING = 9
"""Words of a heading that is named as a quote's place; a longer one is a sentence."""


def headings_of(material: Material, subject: Subject) -> dict[str, str]:
    """Where each finding of a report without pages stands: under which heading, if it can be told.

    Empty for a report with pages, whose sources name the page.
    """
    if material.has_pages(subject.id):
        return {}
    known = known_of(material, subject)
    places = {}
    for finding_id, heading in zip(
        subject.rows["finding_id"], subject.rows["heading"].fillna(""), strict=True
    ):
        last = str(heading).rpartition(" > ")[2].strip()
        if last and len(last.split()) <= _MOST_HEADING and not identifying_details(last, known):
            places[str(finding_id)] = f"Under “{last}”"
    return places


def cited_briefly(places: dict[str, str], has_pages: bool, section: Section) -> Section:
    """A section whose sources name the page alone: the report's title stands on top.

    Of quotes in a row from one place only the last says where it stands.  Without pages and
    paragraphs a quote under no heading that can be told has no source, or is from elsewhere.
    """
    told = [one for claim in section.claims for one in claim.evidence]
    is_known = has_pages or any(one.paragraph for one in told)
    is_placed = is_known or any(one.finding_id in places for one in told)
    unknown = "This report" if is_known else "Elsewhere in this report"
    claims = [
        replace(
            claim,
            evidence=tuple(
                replace(
                    e,
                    title=places.get(e.finding_id, unknown),
                    published="",
                    is_cited=e.is_cited and is_placed,
                )
                for e in claim.evidence
            ),
        )
        for claim in section.claims
    ]
    # "Who: Named Midwife." between two quotes has no place of its own.
    quoted = [at for at, claim in enumerate(claims) if claim.evidence]
    for at, next_at in pairwise(quoted):
        claim = claims[at]
        if _stand_together(claim, claims[next_at]):
            evidence = tuple(replace(e, is_cited=False) for e in claim.evidence)
            claims[at] = replace(claim, evidence=evidence)
    return replace(section, claims=tuple(claims))


def _stand_together(one: Claim, other: Claim) -> bool:
    """Whether what is printed under both quotes is the same."""
    first, second = (
        {cite(replace(e, spelt_out="")) for e in claim.evidence} for claim in (one, other)
    )
    return first == second
