"""Framework check of one report: for each requirement met, partly or no evidence.

Each answer comes with the findings that show it, never with a score for an author.
What counts as evidence is data: see `check_evidence.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lif_nlp.framework.model import Framework
from lif_nlp.records import Document, Finding

_FILE = files("lif_nlp.annotate.rules") / "check_evidence.toml"
_SHOWN = 5

MET, PARTLY, NONE = "met", "partly", "no evidence"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One requirement held against one report.

    `status` is "met", "partly" or "no evidence"; `missing` names the parts without
    evidence; `finding_ids` and `quotes` are at most five findings that show the rest;
    `ask` is a question to the author where something is missing.
    """

    requirement: str
    text: str
    status: str
    finding_ids: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    ask: str = ""


def check_against_framework(
    document: Document, findings: Sequence[Finding], framework: Framework
) -> list[CheckRow]:
    """One row per requirement that a single report can show, in the order of the framework.

    Requirements without evidence rules (those on the partnership itself) are left out.
    """
    mine = [f for f in findings if f.doc_id == document.doc_id]
    rules = _evidence()
    return [
        _row(requirement.id, requirement.text, rules[requirement.id], mine)
        for requirement in framework.requirements
        if requirement.id in rules
    ]


def _row(name: str, text: str, rule: Mapping[str, Any], findings: Sequence[Finding]) -> CheckRow:
    shown: list[Finding] = []
    missing: list[str] = []
    for part in rule["parts"]:
        met, evidence = _part(part, findings)
        shown += [f for f in evidence[:_SHOWN] if f not in shown]
        if not met:
            missing.append(part["name"])
    status = MET if not missing else PARTLY if len(missing) < len(rule["parts"]) else NONE
    return CheckRow(
        requirement=name,
        text=text,
        status=status,
        finding_ids=tuple(f.finding_id for f in shown[:_SHOWN]),
        quotes=tuple(f.text for f in shown[:_SHOWN]),
        missing=tuple(missing),
        ask=rule["ask"] if missing else "",
    )


def _part(part: Mapping[str, Any], findings: Sequence[Finding]) -> tuple[bool, list[Finding]]:
    """Whether a part has evidence, and the findings that show it (or speak against it)."""
    if "free_of" in part:
        against = [f for f in findings if _said_by_author(f, part["free_of"])]
        return not against and bool(findings), against
    if "explained" in part:
        return _explained(findings)
    evidence = [f for f in findings if _fulfils(f, part)]
    return len(evidence) >= part.get("least", 1), evidence


def _said_by_author(finding: Finding, code: str) -> bool:
    """Whether the report itself uses the wording; a family's words are never held against it."""
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
    pattern = re.compile(words, re.IGNORECASE)
    return bool(pattern.search(finding.text)) or any(pattern.search(h) for h in finding.heading)


def _explained(findings: Sequence[Finding]) -> tuple[bool, list[Finding]]:
    """Whether half of the hindsight wording has a reason in the same or the next two findings."""
    flagged = [at for at, f in enumerate(findings) if f.hindsight]
    bare = [at for at in flagged if not any(f.why for f in findings[at : at + 3])]
    if not flagged:
        return bool(findings), []
    return len(bare) * 2 <= len(flagged), [findings[at] for at in bare]


@cache
def _evidence() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))
