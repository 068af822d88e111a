"""Checks one report against the framework: each requirement met, partly met or no evidence.

Each answer comes with the findings that show it, and never with a score for an author.
`check_evidence.toml` defines what counts as evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from lif_nlp.annotate.rules.toml_rules import compiled, read_file
from lif_nlp.framework.model import Framework
from lif_nlp.records import Document, Finding

_FILE = "check_evidence.toml"

_MAX_EVIDENCE = 5
"""Findings shown for a requirement: enough to check it, few enough to read.

Chosen by judgement; the status does not depend on it.
"""

_REASON_REACH = 3
"""Findings, from one with hindsight wording on, among which its reason is looked for."""

FEWEST_WORDS = 5
"""Words from which a finding can be evidence for words of a rule, or of what happened.  Shorter
ones are names, headings and cells, which say nothing.  Chosen by judgement; not tuned."""

MET, PARTLY, NO_EVIDENCE = "met", "partly", "no evidence"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """The answer to one requirement for one report.

    `status` is "met", "partly" or "no evidence"; `missing` names the parts without
    evidence; `finding_ids` and `quotes` give at most five findings that show the others;
    `ask` is a question for the author if something is missing; `against` are those of the
    findings that speak against it, such as wording that blames.
    """

    requirement: str
    text: str
    status: str
    finding_ids: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    ask: str = ""
    against: tuple[str, ...] = ()


def check_against_framework(
    document: Document, findings: Sequence[Finding], framework: Framework
) -> list[CheckRow]:
    """One row per requirement that a single report can show, in the order of the framework.

    Requirements that concern the partnership itself have no rules of evidence, and are
    left out; so are those that are asked of reviews only, where the report is none.

    Parameters
    ----------
    document
        The report.
    findings
        Its findings; those of other documents are ignored.
    framework
        The requirements.
    """
    own_findings = [f for f in findings if f.doc_id == document.doc_id]
    rules = read_file(_FILE).values
    left_out = set(not_asked(document, framework))
    return [
        _row(requirement.id, requirement.text, rules[requirement.id], own_findings)
        for requirement in framework.requirements
        if requirement.id in rules and requirement.id not in left_out
    ]


def not_asked(document: Document, framework: Framework) -> list[str]:
    """Ids of the requirements that are not asked of a report of this kind."""
    kinds = {kind.id: kind for kind in framework.review_types}
    kind = kinds.get(document.review_type)
    if kind is None or kind.of_practice:
        return []
    return [name for name, rule in read_file(_FILE).values.items() if rule.get("of_reviews")]


def _row(name: str, text: str, rule: Mapping[str, Any], findings: Sequence[Finding]) -> CheckRow:
    by_part: list[Sequence[Finding]] = []
    missing: list[str] = []
    against: list[str] = []
    for part in rule["parts"]:
        is_met, part_evidence = _part(part, findings)
        by_part.append(part_evidence[:_MAX_EVIDENCE])
        if not is_met:
            missing.append(part["name"])
        # Here the findings are the fault, not the proof.
        if "free_of" in part or "explained" in part:
            against += [f.finding_id for f in part_evidence[:_MAX_EVIDENCE]]
    # One finding of each part, then the second of each: the first few show every part.
    in_turn = [f for turn in zip_longest(*by_part) for f in turn if f is not None]
    evidence = list({f.finding_id: f for f in in_turn}.values())
    status = MET if not missing else PARTLY if len(missing) < len(rule["parts"]) else NO_EVIDENCE
    return CheckRow(
        requirement=name,
        text=text,
        status=status,
        finding_ids=tuple(f.finding_id for f in evidence[:_MAX_EVIDENCE]),
        quotes=tuple(f.text for f in evidence[:_MAX_EVIDENCE]),
        missing=tuple(missing),
        ask=rule["ask"] if missing else "",
        against=tuple(against),
    )


def _part(part: Mapping[str, Any], findings: Sequence[Finding]) -> tuple[bool, list[Finding]]:
    """Whether a part is met, and the findings that show it (or show the opposite)."""
    if "free_of" in part:
        counter_evidence = [f for f in findings if _is_in_own_words(f, part["free_of"])]
        # A report from which nothing was read is free of anything, and shows nothing.
        return not counter_evidence and bool(findings), counter_evidence
    if "explained" in part:
        return _is_hindsight_explained(findings)
    is_strict = "words" in part or part.get("role") == "context"
    fewest = FEWEST_WORDS if is_strict else 1
    evidence = [f for f in findings if len(f.text.split()) >= fewest and _fulfils(f, part)]
    return len(evidence) >= part.get("least", 1), evidence


def _is_in_own_words(finding: Finding, code: str) -> bool:
    """Whether the report itself uses the wording; a family's words do not count against it."""
    speakers = {m.note for m in finding.marks if m.layer == "hindsight" and m.code == code}
    return code in finding.hindsight and speakers != {"family"}


def _fulfils(finding: Finding, part: Mapping[str, Any]) -> bool:
    tests: Iterable[bool] = (
        "role" not in part or finding.role == part["role"],
        "why" not in part or finding.why,
        "aware" not in part or finding.aware,
        "voice" not in part or any(m.layer == "voice" for m in finding.marks),
        len(finding.agencies) >= part.get("agencies", 0),
        "words" not in part or _says(part["words"], finding),
    )
    return all(tests)


def _says(words: str, finding: Finding) -> bool:
    pattern = compiled(words, _FILE, re.IGNORECASE)
    return bool(pattern.search(finding.text)) or any(pattern.search(h) for h in finding.heading)


def _is_hindsight_explained(findings: Sequence[Finding]) -> tuple[bool, list[Finding]]:
    """Whether at least half of the hindsight wording has a reason close by; those without."""
    places = [at for at, f in enumerate(findings) if f.hindsight]
    without_reason = [
        at for at in places if not any(f.why for f in findings[at : at + _REASON_REACH])
    ]
    if not places:
        return bool(findings), []
    return len(without_reason) * 2 <= len(places), [findings[at] for at in without_reason]
