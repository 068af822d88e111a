"""Measures the learning points of a workspace: by machine, and by sheets that people read blind.

    python scripts/measure_points.py figures WORKSPACE
    python scripts/measure_points.py draw WORKSPACE --out FOLDER [--seed 1] [--members 200]
    python scripts/measure_points.py score FOLDER
    python scripts/measure_points.py build WORKSPACE [--size 60000]
    python scripts/measure_points.py stability WORKSPACE

`figures` prints coverage and what points were made by.  `draw` writes two sheets, each with its
answers in a file of their own: `members.jsonl`, memberships of shown points to be marked with
`belongs` (true or false), `side` and `direction` (false where the point claims the contrary), and
`intruder.jsonl`, groups of five sentences of which one is of the nearest other point (`odd`: 1
to 5).  A reader fills the sheets and must not open the answers; `score` then prints the figures.
`build` measures time and memory of a full build, `stability` what new, fewer and shuffled reports
change.  Points are built by `lif points` before.  Sheets hold words of reports: FOLDER must lie
outside the repository.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from real_gold import rows_of, write_rows

from lif_nlp.about import ROOT
from lif_nlp.config import load_settings
from lif_nlp.point_records import PointMember, PointSet, ReportFacts
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.themes.corpus import unit_mean
from lif_nlp.themes.points import build_points, extend_points, shown_points
from lif_nlp.workflow.points import report_facts, statable_findings

COVERAGES = (0.15, 0.25, 0.35)
"""Shares of the problems, strengths and actions at which precision is told (issue 16)."""

TRIALS, SHOWN_OF_POINT = 60, 4
"""Intruder trials, and true members in each."""

NOISE = 0.02
"""Spread of what is added to each number of a copied vector when a corpus is made larger; copies
then have a cosine of about 0.9 with each other, as near paraphrases do."""

SAME_POINT = 0.5
"""Share of a point's remaining findings that must stay together for it to have returned."""


@dataclass(frozen=True)
class Material:
    """What points are built from, and the points that the workspace holds."""

    session: Session
    points: PointSet
    findings: list[Finding]
    vectors: Vectors
    reports: Mapping[str, ReportFacts]

    @classmethod
    def of(cls, session: Session) -> Material:
        """Everything of an open workspace; exits where points were not built."""
        points = session.store.machine_points()
        if points is None:
            sys.exit("measure_points: build the points first, with: lif points -w WORKSPACE")
        findings = statable_findings(session)
        vectors = np.asarray(session.encode([finding.text for finding in findings]))
        return cls(session, points, findings, vectors, report_facts(session))

    def build(self, findings: Sequence[Finding], vectors: Vectors) -> PointSet:
        """Points of some findings, built anew."""
        encode = self.session.encoder.encode
        return build_points(
            findings, vectors, self.session.framework, reports=self.reports, encode=encode
        )

    def take(self, keep: np.ndarray) -> tuple[list[Finding], Vectors]:
        """Findings and vectors of some rows (a mask)."""
        return [f for f, kept in zip(self.findings, keep, strict=True) if kept], self.vectors[keep]

    def shown_members(self) -> list[PointMember]:
        """Memberships of shown points."""
        shown = {point.point_id for point in shown_points(self.points)}
        return [member for member in self.points.members if member.point_id in shown]


def main() -> int:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("figures", "draw", "build", "stability"):
        command = commands.add_parser(name)
        command.add_argument("workspace", type=Path)
        command.add_argument("--profile", default="fast")
        if name == "draw":
            command.add_argument("--out", type=Path, required=True)
            command.add_argument("--seed", type=int, default=1)
            command.add_argument("--members", type=int, default=200)
        if name == "build":
            command.add_argument("--size", type=int, default=60000)
    commands.add_parser("score").add_argument("folder", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "score":
        show(score(arguments.folder))
        return 0
    if arguments.command == "draw" and arguments.out.resolve().is_relative_to(ROOT):
        sys.exit("measure_points: --out must lie outside the repository; it holds reports' words")
    with Store(arguments.workspace) as store:
        settings = load_settings(arguments.workspace, profile=arguments.profile)
        material = Material.of(Session(store, settings))
        if arguments.command == "figures":
            show(figures(material))
        elif arguments.command == "draw":
            draw(material, arguments.out, arguments.seed, arguments.members)
        elif arguments.command == "build":
            show(measure_build(material, arguments.size))
        else:
            show(stability(material))
    return 0


def show(result: Mapping[str, Any]) -> None:
    """Print figures, one a line."""
    for name, value in result.items():
        print(f"{name:<36}{json.dumps(value)}")


def figures(material: Material) -> dict[str, Any]:
    """Coverage, and what the shown points were made by."""
    shown, members = shown_points(material.points), material.shown_members()
    findings = {finding.finding_id: finding for finding in material.findings}
    role_of = {point.point_id: point.role for point in shown}
    total = len(findings)
    return {
        "reports": len(material.reports),
        "findings": total,
        "template wording": len(material.points.boilerplate),
        "points shown": len(shown),
        "points shown by role": Counter(point.role for point in shown),
        "points shown by name": Counter(point.named_by for point in shown),
        "memberships of shown points": len(members),
        "memberships by what decided": Counter(member.why for member in members),
        "findings in shown points": round(len({m.finding_id for m in members}) / total, 3),
        "findings of the other role": sum(
            role_of[member.point_id] != findings[member.finding_id].role for member in members
        ),
    }


def draw(material: Material, out: Path, seed: int, count: int) -> None:
    """Write both sheets and their answers."""
    random = np.random.RandomState(seed)
    out.mkdir(parents=True, exist_ok=True)
    names = {point.point_id: point for point in material.points.points}
    findings = {finding.finding_id: finding for finding in material.findings}
    members = material.shown_members()
    place = coverage_of(members, len(material.findings))
    chosen = [members[i] for i in sorted(random.permutation(len(members))[:count])]
    random.shuffle(chosen)
    sheet, answers = [], []
    for number, member in enumerate(chosen):
        id, finding, point = f"m{number:03d}", findings[member.finding_id], names[member.point_id]
        sheet.append({"id": id, "point": point.name, "role": point.role, "text": finding.text,
                      "belongs": None, "side": None, "direction": None})  # fmt: skip
        answers.append({"id": id, "point_id": member.point_id, "finding_id": member.finding_id,
                        "why": member.why, "confidence": member.confidence,
                        "coverage": round(place[member.finding_id], 4)})  # fmt: skip
    write_rows(out / "members.jsonl", sheet)
    write_rows(out / "members_answers.jsonl", answers)
    trials = intruder_trials(material, random)
    write_rows(out / "intruder.jsonl", [trial for trial, _ in trials])
    write_rows(out / "intruder_answers.jsonl", [answer for _, answer in trials])
    print(f"{out}: {len(sheet)} memberships, {len(trials)} groups with an intruder")


def coverage_of(members: Sequence[PointMember], total: int) -> dict[str, float]:
    """For each finding of shown points the share of all findings that are as sure or surer."""
    surest: dict[str, float] = defaultdict(float)
    for member in members:
        surest[member.finding_id] = max(surest[member.finding_id], member.confidence)
    ranked = sorted(surest, key=lambda id: (-surest[id], id))
    return {id: (place + 1) / total for place, id in enumerate(ranked)}


def intruder_trials(
    material: Material, random: np.random.RandomState
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Groups of five: four members of a point, of four reports, and one of the nearest other."""
    row = {finding.finding_id: i for i, finding in enumerate(material.findings)}
    own: dict[str, list[int]] = defaultdict(list)
    for member in material.shown_members():
        own[member.point_id].append(row[member.finding_id])
    points = [point for point in shown_points(material.points) if point.documents >= SHOWN_OF_POINT]
    means = np.array([unit_mean(material.vectors[own[point.point_id]]) for point in points])
    trials = []
    for number, at in enumerate(random.permutation(len(points))[:TRIALS]):
        point = points[at]
        others = [i for i, p in enumerate(points) if p.role == point.role and i != at]
        if not others:
            continue
        near = points[max(others, key=lambda i: (float(means[i] @ means[at]), -i))]
        strangers = sorted(set(own[near.point_id]) - set(own[point.point_id]))
        group = _of_reports(random.permutation(own[point.point_id]), material)
        if len(group) < SHOWN_OF_POINT or not strangers:
            continue
        rows = [*group, strangers[random.randint(len(strangers))]]
        order = random.permutation(len(rows))
        # With their numbers, since readers of a bare list count from 0 or from 1.
        texts = {place: material.findings[rows[i]].text for place, i in enumerate(order, 1)}
        odd = int(np.flatnonzero(order == len(rows) - 1)[0]) + 1
        id = f"i{number:03d}"
        trials.append((
            {"id": id, "texts": texts, "odd": None},
            {"id": id, "odd": odd, "point": point.name, "other": near.name},
        ))  # fmt: skip
    return trials


def _of_reports(rows: Sequence[int], material: Material) -> list[int]:
    """The first rows that are of different reports."""
    by_report: dict[str, int] = {}
    for row in rows:
        by_report.setdefault(material.findings[row].doc_id, int(row))
    return list(by_report.values())[:SHOWN_OF_POINT]


def score(folder: Path) -> dict[str, Any]:
    """Figures of the sheets that are filled in."""
    result: dict[str, Any] = {}
    marked = [row for row in rows_of(folder / "members.jsonl") if row["belongs"] is not None]
    if marked:
        answers = {row["id"]: row for row in rows_of(folder / "members_answers.jsonl")}
        true = np.array([bool(row["belongs"]) for row in marked])
        place = np.array([answers[row["id"]]["coverage"] for row in marked])
        why = np.array([answers[row["id"]]["why"] for row in marked])
        result["memberships read"] = len(marked)
        result["that belong"] = round(float(true.mean()), 3)
        result |= {f"  by {w}": [round(float(true[why == w].mean()), 3), int((why == w).sum())]
                   for w in sorted(set(why))}  # fmt: skip
        for share in COVERAGES:
            within = place <= share
            if within.any():
                result[f"  at {share:.0%} coverage"] = [
                    round(float(true[within].mean()), 3), int(within.sum())
                ]  # fmt: skip
        for name in ("side", "direction"):
            told = [row[name] for row in marked if row[name] is not None]
            if told:
                result[f"{name} purity"] = [round(float(np.mean(told)), 3), len(told)]
    trials = [row for row in rows_of(folder / "intruder.jsonl") if row["odd"] is not None]
    if trials:
        odd = {row["id"]: row["odd"] for row in rows_of(folder / "intruder_answers.jsonl")}
        found = [row["odd"] == odd[row["id"]] for row in trials]
        result["intruders found"] = [round(float(np.mean(found)), 3), len(found)]
    return result


def measure_build(material: Material, size: int) -> dict[str, Any]:
    """Time and memory of a full build over `size` findings, made of copies where there are fewer.

    Copies are of other reports, with vectors that are near and not the same.
    """
    random = np.random.RandomState(0)
    findings, parts, copy = list(material.findings), [material.vectors], 0
    reports = dict(material.reports)
    while len(findings) < size:
        copy += 1
        few = material.findings[: size - len(findings)]
        for finding in few:
            doc_id = f"{finding.doc_id}{copy:x}"
            reports.setdefault(doc_id, replace(material.reports[finding.doc_id], doc_id=doc_id))
            findings.append(
                replace(finding, doc_id=doc_id, finding_id=f"{doc_id}:{len(findings):06d}")
            )
        noisy = material.vectors[: len(few)] + random.normal(
            0, NOISE, (len(few), material.vectors.shape[1])
        ).astype(np.float32)
        parts.append(noisy / np.linalg.norm(noisy, axis=1, keepdims=True))
    larger = replace(material, findings=findings, vectors=np.vstack(parts), reports=reports)
    before = _peak_memory()
    started, used = time.perf_counter(), time.process_time()
    points = larger.build(larger.findings, larger.vectors)
    return {
        "findings": len(findings),
        "seconds": round(time.perf_counter() - started, 1),
        "seconds of the processor": round(time.process_time() - used, 1),
        "peak memory before, MB": before,
        "peak memory, MB": _peak_memory(),
        "points shown": len(shown_points(points)),
    }


def _peak_memory() -> int | None:
    """Most memory that this process has held, in MB (Linux counts in KB); None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def stability(material: Material) -> dict[str, Any]:
    """What fewer, shuffled and new reports change."""
    whole = material.build(material.findings, material.vectors)
    random = np.random.RandomState(0)
    order = random.permutation(len(material.findings))
    shuffled = material.build([material.findings[i] for i in order], material.vectors[order])
    documents = np.array([finding.doc_id for finding in material.findings])
    distinct = np.unique(documents)
    returned = []
    for _ in range(5):
        left_out = set(random.permutation(distinct)[: max(1, len(distinct) // 10)].tolist())
        keep = np.array([doc_id not in left_out for doc_id in documents])
        returned.append(_returned(whole, material.build(*material.take(keep)), left_out))
    return {
        "points shown": len(shown_points(whole)),
        "shuffled, the same": shuffled == whole,
        "return without a tenth, of all": round(float(np.mean([all_ for all_, _ in returned])), 3),
        "return, of those with three left": round(float(np.mean([few for _, few in returned])), 3),
        **_growth(material, documents),
    }


def _returned(whole: PointSet, part: PointSet, left_out: set[str]) -> tuple[float, float]:
    """Share of shown points that a build on fewer reports shows, too: of all, and of those that
    three of its reports state."""
    found: dict[str, set[str]] = defaultdict(set)
    shown = {point.point_id for point in shown_points(part)}
    for member in part.members:
        if member.point_id in shown:
            found[member.finding_id].add(member.point_id)
    members: dict[str, list[str]] = defaultdict(list)
    for member in whole.members:
        if member.finding_id.partition(":")[0] not in left_out:
            members[member.point_id].append(member.finding_id)
    every, able = [], []
    for point in shown_points(whole):
        own = members[point.point_id]
        hits = Counter(other for finding in own for other in found[finding])
        is_back = bool(own) and max(hits.values(), default=0) >= SAME_POINT * len(own)
        every.append(is_back)
        if len({finding.partition(":")[0] for finding in own}) >= 3:
            able.append(is_back)
    return float(np.mean(every)), float(np.mean(able))


def _growth(material: Material, documents: np.ndarray) -> dict[str, Any]:
    """One report more: ids that are kept, and seconds; the report is one of median length."""
    counts = Counter(documents.tolist())
    ranked = sorted(counts, key=lambda doc_id: (counts[doc_id], doc_id))
    new = ranked[len(ranked) // 2]
    before = material.build(*material.take(documents != new))
    row = {finding.finding_id: i for i, finding in enumerate(material.findings)}

    def take(finding_ids: Sequence[str]) -> tuple[list[Finding], Vectors]:
        rows = [row[id] for id in finding_ids]
        return [material.findings[i] for i in rows], material.vectors[rows]

    encode = material.session.encoder.encode
    findings, vectors = material.take(documents == new)
    started = time.perf_counter()
    after = extend_points(
        before, findings, vectors, material.session.framework, reports=material.reports,
        take=take, encode=encode,
    )  # fmt: skip
    kept = {p.point_id for p in before.points} <= {p.point_id for p in after.points}
    return {
        "one report more, findings": len(findings),
        "one report more, ids kept": kept,
        "one report more, seconds": round(time.perf_counter() - started, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
