"""Trains the test of known points on sentences that readers filed under them.

    python scripts/real_gold.py texts corpora/gold/point_assignments_0[14].jsonl \\
        corpora/gold/point_members_*.jsonl --out /tmp/gold
    python scripts/train_known_points.py /tmp/gold WORKSPACE --only points-static \\
        [--without REPORTS.json]

WORKSPACE is a workspace with the real reports, mined by `fast` for `points-static` and by
`accurate` for `points`: its findings bring the labels of the sentences.  Writes `models/points`
(accurate profile) and `models/points-static` (fast), or the one named.
Figures are from four folds over documents; no model is asked about a report that taught it.
REPORTS is a list of ids of reports of which no reader's choice teaches, since final sheets are
drawn from them: for the shipped models those whose id, hashed by SHA-256, leaves 3 when divided by
4.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from point_members import label
from point_network import HIDDEN, Lesson, fit, joined
from point_trust import JudgedAnswer, fit_trust
from real_gold import rows_of
from regression import fit_regression
from safetensors.numpy import save_file
from scipy.special import logsumexp

from lif_nlp.about import GOLD, MODELS
from lif_nlp.embed.load import load_encoder
from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash
from lif_nlp.model_files import KNOWN_MODELS, LABEL_FILES, write_checksums
from lif_nlp.protocols import Encoder
from lif_nlp.records import Finding
from lif_nlp.store import Store
from lif_nlp.themes.corpus import Corpus, draw_rows, unit_mean
from lif_nlp.themes.points.groups import KnownPoints
from lif_nlp.themes.points.known_statements import (
    SMALL_COLLECTION,
    SPARSE_DISCOUNT,
    SPARSE_REPORTS,
)
from lif_nlp.themes.points.known_test import SURENESS, UNLIKELY, KnownTest
from lif_nlp.themes.points.pair_test import PROBE, pair_test_for
from lif_nlp.themes.points.regression import probabilities

Array = npt.NDArray[Any]

ENCODERS = dict(zip(KNOWN_MODELS, ("minilm", "static"), strict=True))
"""Encoder of each variant."""

ASSIGNED = ("point_assignments_01.jsonl", "point_assignments_04.jsonl")
"""Sentences of real reports with the points that a reader filed them under, with their texts; where
they hold `asked`, a strict reader was asked about these points."""

ASSIGNED_INVENTED = (
    "point_assignments_02.jsonl", "point_assignments_03.jsonl", "point_assignments_05.jsonl",
)  # fmt: skip
"""The same for sentences of invented reviews."""

JUDGED = ("point_members_01.jsonl", "point_members_02.jsonl")
"""Memberships that readers judged, with their texts: true ones teach."""

STRICT = ("point_members_05.jsonl", "point_members_06.jsonl", "point_members_07.jsonl")
"""Memberships as shown, which strict readers judged, with their texts.  In `07` a false one comes
with the point that fits better, if one does."""

APART = tuple(f"point_members_{number:02d}.jsonl" for number in range(8, 17))
"""The same of reports that teach nothing: they say how far the test can be believed."""

RENAMED = "point_members_17.jsonl"
"""Memberships judged anew under the wider names of December 2026: most that had been false."""

GROUP_FILES = "point_groups_0[4-9].jsonl"
"""Invented sentences for known points, and near misses of each."""

UNSURE, INVENTED = 0.7, 0.7
"""Weight in teaching of a sentence that its reader was not sure of, and of an invented one.
Thousands of sentences that only frames put into a point gave 0.02 more out of fold, and a test that
was too sure of what frames say: of 200 memberships a strict reader found 0.79 true."""

FOLDS = 4
"""Parts of the documents; the answers about each come from a network that saw none of it."""

SURE_STRENGTH = 1.0
"""Inverse of the ridge penalty of the regression over `SURENESS`."""

LEAST = 0.88
"""Probability, as believed, from which a finding states a point.  Of 657 reports 21 in 100 findings
lie above, and 0.933 of these are to be expected true (0.924 at 0.86, 0.943 at 0.9, with 25 and 17
in 100; `fast`, December 2026)."""

CENTRE_MEMBERS, CENTRE_LOG = 24, float(np.log(0.8))
"""Members of each point that make its centre, and the logarithm of the network's probability from
which a finding is one of them."""

CENTRE_FINDINGS = 20_000
"""Findings among which they are sought, drawn by hash; more cost time."""

CENTRE_LEAST = 4
"""Members that make a centre by themselves; with fewer, written sentences do."""

AT_ONCE = 1 << 12
"""Findings read at a time when members are sought; bounds memory."""

STRICT_WEIGHT = 6.0
"""What an answer that a strict reader judged counts for, beside one that is compared with a
reader's choice among neighbours, which an acceptable answer may miss."""

SHARE_WEIGHT = 4.0
"""Judged answers that the share of all counts for in the share of one point: most have eight."""


@dataclass(frozen=True)
class Sentence:
    """A finding with the known points that it states, and how much it teaches (0..1).

    `asked` are the points about which a reader said yes or no; all where it is None.
    """

    finding: Finding
    points: tuple[str, ...]
    weight: float
    is_scored: bool
    asked: frozenset[str] | None = None

    @property
    def document(self) -> str:
        """The report or invented text that it belongs to."""
        return self.finding.doc_id


def main() -> int:
    """Train both variants; returns 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="folder of the assignments with their texts")
    parser.add_argument("workspace", type=Path, help="a mined workspace")
    parser.add_argument("--without", type=Path, help="reports whose sentences teach nothing")
    parser.add_argument("--only", choices=KNOWN_MODELS)
    parser.add_argument("--out", type=Path, default=MODELS)
    arguments = parser.parse_args()
    left_out = json.loads(arguments.without.read_text()) if arguments.without else []
    with Store(arguments.workspace) as store:
        stored = store.findings(counted=True, marks=False, machine=True, scores="role:")
        statable = [f for f in stored if f.role in POINT_ROLES]
    findings = [f for f in statable if f.doc_id not in left_out]
    apart = read_apart(arguments.gold, [f for f in statable if f.doc_id in left_out])
    sentences = [
        sentence
        for sentence in read_sentences(arguments.gold, findings)
        if sentence.document not in left_out
    ]
    for name in [arguments.only] if arguments.only else KNOWN_MODELS:
        data = train(name, sentences, findings, apart, arguments.gold, arguments.out / name)
        print(name, json.dumps(data["figures"]))
    return 0


def read_sentences(folder: Path, findings: Sequence[Finding]) -> list[Sentence]:
    """All sentences that teach."""
    whole = {p.id: p.part_of or p.id for p in load_framework().points}
    by_text = {key_of(f.doc_id, f.text): f for f in findings}
    sentences = [
        Sentence(finding, points_of(row, whole), weight_of(row), True, asked_of(row, whole))
        for name in ASSIGNED
        for row in rows_of(folder / name)
        if (finding := by_text.get(key_of(row["doc"], row["text"])))
    ]
    invented = [
        {"doc": row["gold"].rpartition("-")[0] or row["gold"][:4], **row}
        for name in ASSIGNED_INVENTED
        for row in rows_of(GOLD / name)
    ]
    sentences += [
        Sentence(finding, points_of(row, whole), weight_of(row), True, asked_of(row, whole))
        for row, finding in zip(invented, label(invented), strict=True)
    ]
    judged = [
        {"points": [row["point"]], **row}
        for name in JUDGED
        for row in rows_of(folder / name)
        if row["belongs"]
    ]
    filed_ids = {sentence.finding.finding_id for sentence in sentences}
    strict = strict_sentences(judged_rows(folder, STRICT), by_text, whole)
    sentences += [s for s in strict if s.finding.finding_id not in filed_ids]
    filed_ids |= {sentence.finding.finding_id for sentence in strict}
    sentences += [
        Sentence(finding, points_of(row, whole), INVENTED, False)
        for row in judged
        if (finding := by_text.get(key_of(row.get("doc", ""), row["text"])))
        and finding.finding_id not in filed_ids
    ]
    written = [
        {"text": text, "doc": f"{path.stem}-{number}", "points": points}
        for path in sorted(GOLD.glob(GROUP_FILES))
        for number, row in enumerate(rows_of(path))
        for text, points in texts_of(row)
    ]
    return sentences + [
        Sentence(finding, points_of(row, whole), INVENTED, False)
        for row, finding in zip(written, label(written), strict=True)
    ]


def read_apart(folder: Path, findings: Sequence[Finding]) -> list[Sentence]:
    """Findings of reports that teach nothing, with what strict readers said of their points."""
    whole = {p.id: p.part_of or p.id for p in load_framework().points}
    by_text = {key_of(f.doc_id, f.text): f for f in findings}
    return strict_sentences(judged_rows(folder, (*STRICT, *APART)), by_text, whole)


def judged_rows(folder: Path, names: Sequence[str]) -> list[Mapping[str, Any]]:
    """Judged memberships of these files; one of `RENAMED` takes the place of what was said under a
    narrower name."""
    renamed = list(rows_of(folder / RENAMED))
    judged_anew = {(*key_of(row["doc"], row["text"]), row["point"]) for row in renamed}
    rows = [row for name in names for row in rows_of(folder / name)]
    rows = [r for r in rows if (*key_of(r["doc"], r["text"]), r["point"]) not in judged_anew]
    return [*rows, *renamed]


def key_of(document: str, text: str) -> tuple[str, str]:
    """What a labelled sentence and its finding share, however the text is broken into lines."""
    return document, " ".join(text.split())


def strict_sentences(
    rows: Sequence[Mapping[str, Any]],
    by_text: Mapping[tuple[str, str], Finding],
    whole: Mapping[str, str],
) -> list[Sentence]:
    """Findings whose memberships strict readers judged, each once, by the majority of them."""
    judged: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    findings: dict[str, Finding] = {}
    for row in rows:
        finding = by_text.get(key_of(row["doc"], row["text"]))
        if finding is not None and row["point"] in whole:
            judged[finding.finding_id].append(row)
            findings[finding.finding_id] = finding
    sentences = []
    for id, own in judged.items():
        votes, better = Counter[str](), Counter[str]()
        for row in own:
            votes[whole[row["point"]]] += 1 if row["belongs"] else -1
            if not row["belongs"] and row.get("best", "") in whole:
                better[whole[row["best"]]] += 1
        # A part of a point that became one with it is no better place.
        points = [point for point, vote in votes.items() if vote > 0 or point in better]
        points = points or [point for point, _ in better.most_common(1)]
        # Without a better point, a sentence that is false here may be true elsewhere.
        is_told = bool(points) or all("best" in row for row in own)
        weight = min(weight_of({"sure": True, **row}) for row in own) if is_told else 0.0
        asked = frozenset((*votes, *points))
        sentences.append(Sentence(findings[id], tuple(points), weight, True, asked))
    return sentences


def texts_of(row: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The sentences of a group: those that state its point, and near misses."""
    others = [*row["opposite"], *(near["text"] for near in row["related"])]
    return [(text, [row["point"]]) for text in row["same"]] + [(text, []) for text in others]


def points_of(row: Mapping[str, Any], whole: Mapping[str, str]) -> tuple[str, ...]:
    """The points of a sentence, each once, whatever part of it was named."""
    return tuple(dict.fromkeys(whole[id] for id in row["points"] if id in whole))


def asked_of(row: Mapping[str, Any], whole: Mapping[str, str]) -> frozenset[str] | None:
    """The points about which a strict reader of a sentence was asked; None where all were open."""
    if "asked" not in row:
        return None
    return frozenset(whole[id] for id in (*row["asked"], *row["points"]) if id in whole)


def weight_of(row: Mapping[str, Any]) -> float:
    """How much an assigned sentence teaches."""
    return 1.0 if row["sure"] else UNSURE


def train(
    name: str, sentences: Sequence[Sentence], findings: Sequence[Finding],
    apart: Sequence[Sentence], gold: Path, folder: Path,
) -> dict[str, Any]:  # fmt: skip
    """Fit one variant and write its folder; returns what its file of facts holds.

    `apart` are judged sentences of reports of which nothing is among the others.
    """
    folder.mkdir(parents=True, exist_ok=True)
    encoder: Encoder = load_encoder(ENCODERS[name])
    known = KnownPoints(load_framework())
    empty = untaught(name, encoder, known)
    corpus = Corpus(
        tuple(sentence.finding for sentence in sentences),
        encoder.encode([sentence.finding.text for sentence in sentences]),
    )
    lesson = lesson_of(empty, sentences, corpus, known)
    names = name_lesson(empty, encoder, known)
    whole = replace(empty, tensors=fit(joined(lesson, names)))
    centres = centres_of(whole, sentences, corpus, findings, known, encoder)
    rows, places, table = answered(empty, sentences, corpus, lesson, names, centres, known, encoder)
    truth = np.array([
        empty.points[place] in sentences[row].points
        for row, place in zip(rows, places, strict=True)
    ])  # fmt: skip
    strict = np.array([sentences[row].asked is not None for row in rows])
    documents = [sentences[row].document for row in rows]
    asked_points = [empty.points[place] for place in places]
    shares = shares_of(asked_points, truth, strict, empty.points)
    role_of = dict(zip(empty.points, empty.roles, strict=True))
    table[:, SURENESS.index("share")] = shares_apart(asked_points, truth, strict, documents)
    held = held_out(table, truth, strict, documents)
    weights, bias = regression(table, truth, strict)
    judged = [
        JudgedAnswer(
            asked_points[i], role_of[asked_points[i]], float(held[i]), float(truth[i]), False
        )
        for i in np.flatnonzero(strict & np.array([d.startswith("d-") for d in documents]))
    ]
    tensors = {**whole.tensors, "centres": centres}
    sure = replace(whole, tensors=tensors, shares=shares, sure_weights=weights, sure_bias=bias)
    judged += judged_apart(sure, apart, known, encoder)
    is_real = np.array([sentences[row].document.startswith("d-") for row in rows]) & ~strict
    is_invented = ~is_real & ~strict
    data = {
        "name": name,
        "encoder": ENCODERS[name],
        "trained": datetime.now(UTC).date().isoformat(),
        "gold": {
            path.name: file_hash(path)[:16]
            for path in (
                *(gold / name for name in (*ASSIGNED, *STRICT)),
                *(GOLD / name for name in ASSIGNED_INVENTED),
                *sorted(GOLD.glob(GROUP_FILES)),
            )
        },
        "figures": {
            "sentences": len(sentences),
            **curve("real", held, truth, rows, is_real, sentences),
            **curve("invented", held, truth, rows, is_invented, sentences),
            **strict_curve(held[strict], truth[strict]),
        },
        "points": empty.points,
        "roles": empty.roles,
        "names": dict(empty.names),
        "shares": shares,
        "trust": fit_trust(judged, empty.points, empty.roles),
        "words": dict(empty.words),
        "labels": empty.labels,
        "least": LEAST,
        "sure_weights": weights,
        "sure_bias": bias,
        "probe": list(empty.probe),
    }
    save_file({k: v.astype(np.float16) for k, v in tensors.items()}, folder / LABEL_FILES[0])
    (folder / LABEL_FILES[0]).chmod(0o644)
    (folder / LABEL_FILES[1]).write_text(json.dumps(data, indent=0) + "\n", encoding="utf-8")
    write_checksums(folder, LABEL_FILES)
    (folder / "README.md").write_text(card(data), encoding="utf-8")
    return data


def answered(
    empty: KnownTest, sentences: Sequence[Sentence], corpus: Corpus, lesson: Lesson, names: Lesson,
    centres: Array, known: KnownPoints, encoder: Encoder,
) -> tuple[list[int], list[int], Array]:  # fmt: skip
    """Answers about scored sentences by networks that saw none of their documents: row, place of
    the point, and figures; of strictly judged sentences only points that were asked about."""
    members = pair_test_for(encoder.encode).members
    scored = np.array([sentence.is_scored for sentence in sentences])
    fold = folds_of([sentence.document for sentence in sentences], scored)
    rows, places, figures = [], [], []
    for number in range(FOLDS):
        taught = fit(joined(lesson.take(np.flatnonzero(fold != number)), names))
        test = replace(empty, tensors={**taught, "centres": centres})
        asked_rows = np.flatnonzero((fold == number) & scored)
        own = corpus.take(asked_rows.tolist())
        for answer in test.answers(own, known, members, encoder.encode):
            row = int(asked_rows[answer.row])
            asked = sentences[row].asked
            if asked is None or empty.points[answer.place] in asked:
                rows.append(row)
                places.append(answer.place)
                figures.append(answer.figures)
    return rows, places, np.array(figures)


def judged_apart(
    test: KnownTest, sentences: Sequence[Sentence], known: KnownPoints, encoder: Encoder
) -> list[JudgedAnswer]:
    """What strict readers made of the answers about sentences that taught nothing."""
    corpus = Corpus(
        tuple(sentence.finding for sentence in sentences),
        encoder.encode([sentence.finding.text for sentence in sentences]),
    )
    answers = list(
        test.answers(corpus, known, pair_test_for(encoder.encode).members, encoder.encode)
    )
    sure = test.probability([answer.figures for answer in answers])
    sure_of = {(a.row, a.place): float(p) for a, p in zip(answers, sure, strict=True)}
    return [
        JudgedAnswer(
            test.points[place], test.roles[place], sure_of.get((row, place), UNLIKELY / 2),
            float(test.points[place] in sentence.points), True,
        )
        for row, sentence in enumerate(sentences)
        for place in sorted(test.points.index(id) for id in sentence.asked or ())
    ]  # fmt: skip


def centres_of(
    test: KnownTest, sentences: Sequence[Sentence], corpus: Corpus, findings: Sequence[Finding],
    known: KnownPoints, encoder: Encoder,
) -> Array:  # fmt: skip
    """Mean vector of members of each point that the network is sure of, shape (points, d); no
    scored sentence is among them, and a point with few takes in the sentences written for it."""
    scored_ids = {s.finding.finding_id for s in sentences if s.is_scored}
    rows = [row for row, f in enumerate(findings) if f.finding_id not in scored_ids]
    free = [findings[row] for row in draw_rows(findings, rows, CENTRE_FINDINGS)]
    sure: dict[int, list[int]] = defaultdict(list)
    vectors = encoder.encode([finding.text for finding in free])
    for start in range(0, len(free), AT_ONCE):
        part = free[start : start + AT_ONCE]
        inputs = test.inputs(part, vectors[start : start + AT_ONCE], known)
        logits, _ = test.logits(inputs, test.allowed(part))
        odds = logits - logsumexp(logits, axis=1, keepdims=True)
        for row, place in np.argwhere(odds[:, :-1] >= CENTRE_LOG).tolist():
            sure[place].append(start + row)
    drawn = {place: draw_rows(free, rows, CENTRE_MEMBERS) for place, rows in sure.items()}
    written: dict[str, list[int]] = defaultdict(list)
    for row, sentence in enumerate(sentences):
        if not sentence.is_scored:
            for point in sentence.points:
                written[point].append(row)
    names = encoder.encode([test.names[id] for id in test.points])
    centres = []
    for place, id in enumerate(test.points):
        own = vectors[drawn.get(place, [])]
        parts = [names[place : place + 1], corpus.vectors[written[id][:CENTRE_MEMBERS]]]
        centres.append(unit_mean(own if len(own) >= CENTRE_LEAST else np.vstack(parts)))
    return np.array(centres, np.float32)


def shares_of(
    asked: Sequence[str], truth: Array, strict: Array, points: Collection[str]
) -> dict[str, float]:
    """Share of each point's answers that strict readers found true, drawn towards that of all."""
    hits, counts = Counter[str](), Counter[str]()
    for point, is_true, is_strict in zip(asked, truth, strict, strict=True):
        counts[point] += int(is_strict)
        hits[point] += int(is_strict and is_true)
    mean = SHARE_WEIGHT * float(truth[strict].mean())
    return {id: round((hits[id] + mean) / (counts[id] + SHARE_WEIGHT), 3) for id in points}


def shares_apart(
    asked: Sequence[str], truth: Array, strict: Array, documents: Sequence[str]
) -> Array:
    """The share of each answer's point, counted in other parts of the documents than its own."""
    fold = folds_of(documents, np.ones(len(documents), bool))
    result = np.zeros(len(asked))
    for number in range(FOLDS):
        others, own = fold != number, np.flatnonzero(fold == number)
        rest = [asked[row] for row in np.flatnonzero(others)]
        shares = shares_of(rest, truth[others], strict[others], set(asked))
        result[own] = [shares[asked[row]] for row in own]
    return result


def untaught(name: str, encoder: Encoder, known: KnownPoints) -> KnownTest:
    """The test without weights: what it knows by name."""
    seeds = list(known.seeds.values())
    labels = (
        *(f"aspect:{id}" for id in known.aspects),
        *(f"defect:{id}" for id in known.defects),
        *sorted({f"theme:{seed.theme}" for seed in seeds if seed.theme}),
    )
    return KnownTest(
        name,
        tuple(seed.id for seed in seeds),
        tuple(seed.role for seed in seeds),
        {seed.id: seed.name for seed in seeds},
        {},
        {},
        pair_test_for(encoder.encode).rarities,
        labels,
        0.0,
        {},
        0.0,
        [round(float(v), 4) for v in encoder.encode([PROBE])[0]],
        {},
    )


def lesson_of(
    test: KnownTest, sentences: Sequence[Sentence], corpus: Corpus, known: KnownPoints
) -> Lesson:
    """What the network reads of sentences, and its answers."""
    place = {id: i for i, id in enumerate(test.points)}
    targets = np.zeros((len(sentences), len(place) + 1), np.float32)
    asked = np.zeros((len(sentences), len(place)), np.float32)
    for row, sentence in enumerate(sentences):
        for id in sentence.points:
            targets[row, place[id]] = 1.0
        targets[row, -1] = not sentence.points
        asked[row, [place[id] for id in sorted(sentence.asked or ())]] = 1.0
    truth = (targets[:, :-1] > 0).astype(np.float32)
    targets /= targets.sum(axis=1, keepdims=True)
    # A reader may see another side than the program does.
    allowed = test.allowed(corpus.findings) | (targets[:, :-1] > 0)
    weights = np.array([sentence.weight for sentence in sentences], np.float32)
    inputs = test.inputs(corpus.findings, corpus.vectors, known)
    return Lesson(inputs, allowed, targets, weights, asked, truth)


def name_lesson(test: KnownTest, encoder: Encoder, known: KnownPoints) -> Lesson:
    """The names of the points as sentences that state them."""
    seeds = list(known.seeds.values())
    findings = [
        Finding(seed.id, seed.id, 0, len(seed.name), seed.name, 1, role=seed.role,
                themes=(seed.theme,) if seed.theme else ())
        for seed in seeds
    ]  # fmt: skip
    corpus = Corpus(tuple(findings), encoder.encode([seed.name for seed in seeds]))
    sentences = [Sentence(f, (f.finding_id,), 1.0, False) for f in findings]
    return lesson_of(test, sentences, corpus, known)


def folds_of(documents: Sequence[str], scored: Array) -> Array:
    """Fold of each sentence by its document; -1 for documents without scored sentences."""
    distinct = sorted({d for d, is_scored in zip(documents, scored, strict=True) if is_scored})
    order = np.random.RandomState(0).permutation(len(distinct))
    fold = {document: int(order[i]) % FOLDS for i, document in enumerate(distinct)}
    return np.array([fold.get(document, -1) for document in documents])


def regression(table: Array, truth: Array, strict: Array) -> tuple[dict[str, float], float]:
    """Weights of `SURENESS` in their own units, and the constant."""
    weight = np.where(strict, STRICT_WEIGHT, 1.0)
    return fit_regression(table, truth, SURENESS, SURE_STRENGTH, weight)


def held_out(table: Array, truth: Array, strict: Array, documents: Sequence[str]) -> Array:
    """Probability of each answer from a regression that saw none of its document."""
    fold = folds_of(documents, np.ones(len(documents), bool))
    result = np.zeros(len(truth))
    for number in range(FOLDS):
        taught, asked = fold != number, fold == number
        fitted = regression(table[taught], truth[taught], strict[taught])
        result[asked] = probabilities(table[asked], SURENESS, *fitted)
    return result


def strict_curve(held: Array, truth: Array) -> dict[str, Any]:
    """How many answers strict readers found true, of all and of those that pass."""
    passed = held >= LEAST
    return {
        "strict_judged": len(truth),
        "strict_true": round(float(truth.mean()), 3),
        "strict_passed": round(float(passed.mean()), 3),
        "strict_passed_true": round(float(truth[passed].mean()), 3) if passed.any() else 0.0,
    }


def curve(
    prefix: str, held: Array, truth: Array, rows: Sequence[int], part: Array,
    sentences: Sequence[Sentence],
) -> dict[str, Any]:  # fmt: skip
    """How many sentences are answered, and how many answers are the reader's."""
    own = np.array(rows)[part]
    total = len(set(own.tolist()))
    filed = sum(bool(sentences[row].points) for row in set(own.tolist()))
    passed = part & (held >= LEAST)
    answered = set(np.array(rows)[passed].tolist())
    result = {
        f"{prefix}_read": total,
        f"{prefix}_filed": round(filed / max(1, total), 3),
        f"{prefix}_answered": round(len(answered) / max(1, total), 3),
        f"{prefix}_as_the_reader": round(float(truth[passed].mean()), 3) if passed.any() else 0.0,
    }
    # The surest answer of each sentence, by its sureness.
    best: dict[int, tuple[float, bool]] = {}
    for row, p, is_true in zip(own.tolist(), held[part], truth[part], strict=True):
        best[row] = max(best.get(row, (0.0, False)), (float(p), bool(is_true)))
    ranked = sorted(best.values(), reverse=True)
    for share in (0.1, 0.15, 0.2, 0.25, 0.35):
        first = ranked[: max(1, int(share * total))]
        result[f"{prefix}_at_{share:.0%}"] = round(sum(true for _, true in first) / len(first), 3)
    return result


def card(data: Mapping[str, Any]) -> str:
    """The model card."""
    figures = data["figures"]
    rows = "\n".join(f"| {name.replace('_', ' ')} | {value} |" for name, value in figures.items())
    return f"""# Model `{data["name"]}`

Says which of {len(data["points"])} known learning points a finding states, or none: a network of
{HIDDEN} hidden units over the vector of the encoder {data["encoder"]}, words, frames, themes and
role, and a logistic regression over {len(SURENESS)} figures that says how sure the answer is
(`lif_nlp/themes/points/known_test.py`). Trained on {data["trained"]} with
`scripts/train_known_points.py` on {figures["sentences"]} sentences that readers filed or wrote. It
stores no sentence: only weights, and how rare words are that occur in at least ten documents.

It reads what a sentence says. It does not judge a child, family, worker or service.

## Figures

From {FOLDS} folds over documents; "as the reader" is the share of answers that one reader gave,
too. A reader chooses among points that lie near each other, so an answer that differs may be true.

| figure | value |
|---|---|
{rows}

How sure the regression is, is corrected point by point by what strict readers found on reports that
taught nothing (`scripts/point_trust.py`). A finding states a point from {data["least"]} of that;
for a point that fewer than {SPARSE_REPORTS} reports
state so, in a collection of fewer than {SMALL_COLLECTION}, from {SPARSE_DISCOUNT} less.
"""


if __name__ == "__main__":
    sys.exit(main())
