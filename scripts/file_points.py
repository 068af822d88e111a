"""Files sentences under known points as the product does, and compares that with a reader's choice.

    python scripts/file_points.py file SHEET.jsonl OUT.jsonl [--profile fast] [--all]
    python scripts/file_points.py score OUT.jsonl ANSWERS.jsonl

A line of SHEET holds `id`, `text` and perhaps `heading`; one of OUT holds `id`, the ids of `points`
that the sentence states by itself, the surest first, and `sureness` of each.  A line of ANSWERS
holds `id` and `points`, none where the sentence states no known point.  With --all the likeliest
points are given, however unsure.  `score` prints how many sentences are filed, and how many of the
points given are among the reader's: those that are not may be true, since a reader chooses among
neighbours.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from real_gold import rows_of, write_rows

from lif_nlp.annotate import Annotator
from lif_nlp.config import load_settings
from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework import load_framework
from lif_nlp.protocols import deep_encode
from lif_nlp.runtime.models import load_encoder_of
from lif_nlp.themes.corpus import Corpus
from lif_nlp.themes.points.build import framed_statements
from lif_nlp.themes.points.groups import KnownPoints
from lif_nlp.themes.points.known_statements import known_answers, sure_answers
from lif_nlp.themes.points.pair_test import pair_test_for

SHARES = (0.1, 0.15, 0.2, 0.25, 0.35)
"""Shares of the sentences, the surest first, at which precision is told (issue 16)."""


def main() -> int:
    """Run the command that the arguments name; returns 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    file_parser = commands.add_parser("file")
    file_parser.add_argument("sheet", type=Path)
    file_parser.add_argument("out", type=Path)
    file_parser.add_argument("--profile", default="fast", choices=("fast", "accurate"))
    file_parser.add_argument("--all", action="store_true", help="however unsure")
    score_parser = commands.add_parser("score")
    score_parser.add_argument("out", type=Path)
    score_parser.add_argument("answers", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "file":
        sheet = list(rows_of(arguments.sheet))
        write_rows(arguments.out, filed(sheet, arguments.profile, arguments.all))
    else:
        given = {row["id"]: row for row in rows_of(arguments.out)}
        for name, value in score(given, list(rows_of(arguments.answers))).items():
            print(f"{name:<44}{json.dumps(value)}")
    return 0


def filed(
    rows: Sequence[Mapping[str, Any]], profile: str, with_unsure: bool
) -> list[dict[str, Any]]:
    """The known points of each sentence, each read by itself."""
    framework = load_framework()
    encoder = load_encoder_of(load_settings(profile=profile))
    annotator = Annotator(framework, encode=deep_encode(encoder))
    texts = [" ".join(row["text"].split()) for row in rows]
    labelled = annotator.label(texts, [heading_of(row.get("heading", "")) for row in rows])
    findings = tuple(
        replace(finding, finding_id=f"{place:06d}", doc_id=f"{place:06d}")
        for place, finding in enumerate(labelled)
        if finding.role in POINT_ROLES
    )
    vectors = np.asarray(encoder.encode([finding.text for finding in findings]), np.float32)
    corpus, known = Corpus(findings, vectors), KnownPoints(framework)
    test = pair_test_for(encoder.encode)
    table = test.table(findings, vectors, framework, encoder.encode)
    given = known_answers(corpus, known, encoder.encode)
    if not with_unsure:
        framed = framed_statements(corpus, table, known, test, encoder.encode)
        given = [*framed, *sure_answers(given, corpus, encoder.encode, len(findings))]
    points: dict[int, dict[str, float]] = {}
    for statement in sorted(given, key=lambda s: -s.confidence):
        if statement.point_id in known.seeds:
            own = points.setdefault(int(findings[statement.row].finding_id), {})
            own.setdefault(known.seeds[statement.point_id].id, round(statement.confidence, 4))
    return [
        {"id": row["id"], "points": [*own], "sureness": [*own.values()]}
        for row, own in ((row, points.get(place, {})) for place, row in enumerate(rows))
    ]


def heading_of(value: str) -> str:
    """Headings as `Annotator.label` takes them, from a list in JSON or a line."""
    return " > ".join(json.loads(value)) if value.startswith("[") else value


def score(
    given: Mapping[str, Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """How many sentences are filed, and how many of the points are the reader's."""
    whole = {p.id: p.part_of or p.id for p in load_framework().points}
    ranked = []
    hits = total = found = wanted = 0
    for row in answers:
        truth = {whole.get(id, id) for id in row["points"]}
        own = given[row["id"]]
        points = list(dict.fromkeys(whole.get(id, id) for id in own["points"]))
        total, hits = total + len(points), hits + sum(p in truth for p in points)
        wanted, found = wanted + bool(truth), found + bool(truth & set(points))
        if points:
            ranked.append((own.get("sureness", [1.0])[0], points[0] in truth))
    ranked.sort(key=lambda item: -item[0])
    count = len(answers)
    return {
        "sentences": count,
        "filed by the reader": round(wanted / max(1, count), 3),
        "filed": round(len(ranked) / max(1, count), 3),
        "points given that are the reader's": [round(hits / max(1, total), 3), total],
        "of the reader's sentences, filed alike": round(found / max(1, wanted), 3),
        **{
            f"surest point is the reader's, at {share:.0%}": round(
                sum(true for _, true in ranked[: int(share * count)]) / int(share * count), 3
            )
            for share in SHARES
            if 0 < int(share * count) <= len(ranked)
        },
    }


if __name__ == "__main__":
    sys.exit(main())
