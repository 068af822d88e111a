"""Draws sentences that briefs would quote, for a reader who marks them blind.

    python scripts/draw_quotes.py draw WORKSPACE --out FOLDER [--seed 1] [--count 100]
    python scripts/draw_quotes.py score FOLDER

`draw` takes, for each side (strength, problem, reason), what passes every test for a quote in a
brief, each text once, and draws `count` of them by `seed`, spread over the reports.  It writes
`quotes.jsonl`, where a reader puts into `holds` whether the sentence says what its side claims
(true or false; null where it cannot be told), and `answers.jsonl` with report, confidence and
heading, which the reader must not open.  Take a workspace whose themes are built (`lif mine`).
`score` prints for each side how many hold.  The sheet holds words of reports: FOLDER must lie
outside the repository.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from real_gold import rows_of, write_rows

from lif_nlp.about import ROOT
from lif_nlp.briefs import KINDS
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.selection import Row, rank_candidates
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.workflow.material_cache import prepare_material
from lif_nlp.workflow.tables import frames

SIDES = {
    "strength": "Does it say that practice went well or helped?",
    "problem": "Does it say that something in practice went wrong, or was missing?",
    "reason": "Does it give a reason for how practice was?",
}
"""The question that the reader answers, by side."""

SHEET, ANSWERS = "quotes.jsonl", "answers.jsonl"


def main() -> None:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("draw")
    command.add_argument("workspace", type=Path)
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--count", type=int, default=100, help="sentences for each side")
    commands.add_parser("score").add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.command == "score":
        for side, (right, told) in score(options.folder).items():
            print(f"{side}: {right} of {told} hold")
        return
    if options.out.resolve().is_relative_to(ROOT):
        sys.exit("draw_quotes: --out must lie outside the repository; it holds reports' words")
    with Store(options.workspace) as store:
        session = Session(store)
        kind = KINDS["seven-minute"]
        material = prepare_material(frames(session), session.framework, kind)
    draw(material, options.out, seed=options.seed, count=options.count)


def draw(material: Material, folder: Path, *, seed: int, count: int) -> None:
    """Write the sheet and its answers."""
    chance = random.Random(seed)
    drawn = [
        (side, row) for side in SIDES for row in spread(quotable(material, side), count, chance)
    ]
    chance.shuffle(drawn)
    folder.mkdir(parents=True, exist_ok=True)
    sheet = [
        {
            "id": f"q{n:03}",
            "side": side,
            "question": SIDES[side],
            "text": row["text"],
            "holds": None,
        }
        for n, (side, row) in enumerate(drawn, 1)
    ]
    answers = [
        {
            "id": f"q{n:03}",
            "side": side,
            **{name: row.get(name) for name in ("doc_id", "finding_id", "heading")},
            "role": row["role"],
            "confidence": row.get(f"score_role_{row['role']}"),
        }
        for n, (side, row) in enumerate(drawn, 1)
    ]
    write_rows(folder / SHEET, sheet)
    write_rows(folder / ANSWERS, answers)
    print(json.dumps({side: sum(s == side for s, _ in drawn) for side in SIDES}))


def quotable(material: Material, side: str) -> list[Row]:
    """What could be quoted for a side, best first."""
    findings = material.findings
    of_side = findings["why"].astype(bool) if side == "reason" else findings["role"] == side
    return rank_candidates(findings[of_side].assign(confidence=1.0), material).rows


def spread(rows: list[Row], count: int, chance: random.Random) -> list[Row]:
    """`count` rows by chance, one from each report before a second from any."""
    by_report: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row["finding_id"])):
        by_report[str(row["doc_id"])].append(row)
    for of_report in by_report.values():
        chance.shuffle(of_report)
    drawn: list[Row] = []
    while len(drawn) < count and by_report:
        reports = sorted(by_report)
        chance.shuffle(reports)
        for report in reports[: count - len(drawn)]:
            drawn.append(by_report[report].pop())
            if not by_report[report]:
                del by_report[report]
    return drawn


def score(folder: Path) -> dict[str, tuple[int, int]]:
    """For each side how many quotes hold, of how many that the reader could tell."""
    rows: list[Mapping[str, Any]] = list(rows_of(folder / SHEET))
    told = {
        side: [r["holds"] for r in rows if r["side"] == side and r["holds"] is not None]
        for side in SIDES
    }
    return {side: (sum(marks), len(marks)) for side, marks in told.items()}


if __name__ == "__main__":
    main()
