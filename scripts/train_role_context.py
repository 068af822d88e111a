"""Train the models that settle roles in context, and write their cards.

    export LIF_REAL_CORPUS=FOLDER
    python scripts/real_gold.py texts corpora/gold/real_*_01.jsonl --out REAL
    python scripts/train_annotators.py --sentences ALL --passages ALL --without SOME --network \\
        --only role themes priorities --fold --workspace WORKSPACE --teachers models --out FOLD_A
    python scripts/train_annotators.py --sentences ALL --passages ALL --without OTHERS --network \\
        --only role themes priorities --fold --workspace WORKSPACE --teachers models --out FOLD_B
    python scripts/train_role_context.py --real REAL/real_sentences_01.jsonl \\
        --folds FOLD_A FOLD_B --out models

Twenty hands wrote whole invented reviews and marked each line: `w1` to `w4` as files
(corpora/reviews), `rl01` to `rl16` as marked sentences under headings.  A model of context must
not learn how well the role model knows these very sentences, so the reports of each hand are read
by a role model that was fitted without it.  Where a network reads, large or small, that takes
networks of their own (`--folds`): each hand's gold must be missing in one of them.  SOME are the
files of sentences and passages by `w1`, `w3`, `rl02`, `rl05`, `rl07`, `rl08` and `rl10`, OTHERS
those by the other hands, and both those by `rl12` to `rl16` (which the first of the folds reads)
and the blind reading of passages (the other readings of `rl01` to `rl03`).  The small networks
learn from real sentences that the final models have labelled, and so at second hand from all gold.
The figures leave one hand out in the model of context as well.  No text is stored: only weights,
and words of headings.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from context_card import Outcome, write_context_card
from gold_texts import BLIND, LATE, SECOND
from text_features import names_of
from train_annotators import (
    PENALTY,
    VECTOR_SCALE,
    WORDS_SCALE,
    Gold,
    committed,
    deepened,
    gold_of_sentences,
)

from lif_nlp.about import GOLD, ROOT
from lif_nlp.annotate import Annotator, training
from lif_nlp.annotate.models.features import FeatureSpec, Matrix
from lif_nlp.annotate.models.linear import PROBE, LinearModel, load_model, save_model
from lif_nlp.annotate.role_context import (
    BOILERPLATE,
    LABELS,
    NAMES,
    context_rows,
    heading_text,
    placed_units,
    role_mark,
    settled_role,
)
from lif_nlp.config import load_settings
from lif_nlp.embed import load_encoder
from lif_nlp.embed.minilm import load_minilm
from lif_nlp.embed.packed import DEEP_PARTS
from lif_nlp.embed.static import load_static
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash
from lif_nlp.ingest import read
from lif_nlp.model_files import NETWORK, ROLE_CONTEXT, SMALL_NETWORK
from lif_nlp.protocols import Encode, deep_encode
from lif_nlp.records import ROLES, Block, Document, LabelEvidence

REVIEWS = ROOT / "corpora" / "reviews"
"""Folder of the invented reviews, with a folder for each hand."""

WITHOUT_ROLES = ("real_", "ledger_")
"""Beginnings of the names of gold files that hold no text, or no roles."""

VARIANTS = {"accurate": ("", "minilm"), "fast": ("-static", "static"), "words": ("-words", "")}
"""Ending of each model's name, and the encoder whose role model it follows."""

CONTEXT_PENALTY = 5.0
"""L2 penalty of the model of context.  With one hand left out, 5 gave a role macro F1 of 0.799
and 10 of 0.793 for the profile fast (November 2026)."""

HEADING_SCALE = 1.0
"""Length of the columns of heading words; 0.5 and 2 change macro F1 by at most 0.004."""

MIN_REPORTS = 4
"""Reports in whose headings a word must stand; chosen by judgement."""

SENTENCES_A_PARAGRAPH = 4
"""Sentences put into a paragraph where the gold does not say where one ends."""

SAME_LENGTH = 0.6
"""Part of a unit that a line of boilerplate must fill to count as that unit, so that the "2" of
a contents page does not make boilerplate of a sentence that holds a 2.  Chosen by judgement."""

SHORTEST_PART = 4
"""Words from which a unit may be a part of a gold line, or the other way round."""


@dataclass(frozen=True)
class Line:
    """A marked line of a report, and the place of its unit, or None if no unit holds it."""

    text: str
    role: str | None
    is_boilerplate: bool
    unit: int | None
    fills_unit: bool


@dataclass(frozen=True)
class Report:
    """A marked report with the features of its units by a role model that has not seen it."""

    hand: str
    name: str
    texts: Sequence[str]
    headings: Sequence[str]
    kinds: Sequence[str]
    rows: Matrix
    marks: Sequence[LabelEvidence]
    """Evidence of the first role of each unit."""
    lines: Sequence[Line]

    def samples(self) -> Iterator[tuple[int, str]]:
        """Places of units with a sure label, and the label."""
        for line in self.lines:
            if line.unit is None:
                continue
            if line.is_boilerplate:
                if line.fills_unit:
                    yield line.unit, BOILERPLATE
            elif line.role:
                yield line.unit, line.role


def main() -> None:
    """Read the options, train each variant, and write the models with their cards."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--real", nargs="*", type=Path, default=[], help="rebuilt real texts")
    parser.add_argument("--out", type=Path, default=ROOT / "models")
    parser.add_argument(
        "--folds", nargs="*", type=Path, default=[], help="networks without some hands"
    )
    parser.add_argument("--lines", type=Path, help="folder for each line with its shares")
    parser.add_argument("--only", nargs="*", choices=list(VARIANTS), default=list(VARIANTS))
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the card")
    options = parser.parse_args()
    paths = [*gold_files(), *options.real]
    gold = gold_of_sentences(paths)
    hashes = {path.name: file_hash(committed(path)) for path in paths}
    if options.only != ["words"] and not options.folds:
        parser.error("all but words need --folds, networks that have not seen some of the hands")
    for variant in options.only:
        train_variant(*VARIANTS[variant], gold, hashes, options)


def gold_files() -> list[Path]:
    """Gold of roles whose sentences stand in the repository, first readings only."""
    paths = [*GOLD.glob("*_sentences_*.jsonl"), GOLD / "training_sentences.jsonl"]
    return sorted(
        path
        for path in paths
        if not path.stem.endswith((SECOND, BLIND)) and not path.name.startswith(WITHOUT_ROLES)
    )


def train_variant(
    ending: str,
    encoder_name: str,
    gold: Gold,
    hashes: Mapping[str, str],
    options: argparse.Namespace,
) -> None:
    """Fit and save the model that follows one role model."""
    encoder = load_encoder(encoder_name) if encoder_name else None
    encode = deep_encode(encoder) if encoder else None
    lines = options.lines / f"{ROLE_CONTEXT}{ending}.jsonl" if options.lines else None
    if lines:
        lines.parent.mkdir(parents=True, exist_ok=True)
        lines.unlink(missing_ok=True)  # lines are appended by report
    readers = [reader_of(fold, ending) for fold in options.folds] if encoder else []
    reports = read_reports(gold, readers)
    outcome = Outcome()
    for hand in sorted({report.hand for report in reports}):
        fitted = fit([report for report in reports if report.hand != hand])
        for report in (r for r in reports if r.hand == hand):
            shares = probabilities(fitted, report)
            count_lines(outcome, report, shares)
            if lines:
                write_lines(lines, report, shares)
    final = fit(reports)
    model = replace(
        final,
        name=ROLE_CONTEXT + ending,
        probe=np.zeros(0, np.float32) if encode is None else encode([PROBE])[0],
        facts={
            "encoder": f"{encoder.name} {encoder.revision}" if encoder else "",
            "trained": options.date,
            "texts": sum(len(list(report.samples())) for report in reports),
            "documents": len(reports),
            "data": dict(hashes),
            "penalty": CONTEXT_PENALTY,
            "figures": outcome.figures(),
        },
    )
    folder = options.out / model.name
    save_model(model, folder)
    write_context_card(folder, model, outcome)
    print(model.name, json.dumps(outcome.figures()["all"]), flush=True)


@dataclass(frozen=True)
class Reader:
    """The folder of a network that has not seen some of the hands, and what labels roles with it.

    `seen` are the names of the gold files that the network and its role model learnt from.
    """

    fold: Path
    seen: frozenset[str]
    encode: Encode
    annotator: Annotator


def reader_of(fold: Path, ending: str) -> Reader:
    """What reads with the network and the role model in a folder."""
    if ending:
        encode = load_static(network=fold / SMALL_NETWORK).encode_deep
    else:
        encode = load_minilm(fold / NETWORK).encode_deep
    model = load_model(fold / f"role{ending}", encode=encode)
    annotator = Annotator(load_framework(), encode=encode, in_context=False)
    tagger: Any = annotator.nlp.get_pipe("lif_role")
    tagger.model = model
    return Reader(fold, frozenset(model.facts["data"]), encode, annotator)


def unread_by(readers: Sequence[Reader], gold_file: Path) -> Reader:
    """The first reader that has not seen a gold file."""
    return next(reader for reader in readers if gold_file.name not in reader.seen)


def read_reports(gold: Gold, readers: Sequence[Reader]) -> list[Report]:
    """All marked reports, each read with a role model that was fitted without its hand.

    That is one of the `readers`, or, without them, one that needs no vectors.
    """
    by_words = None if readers else Annotator(load_framework(), in_context=False)
    reports = []
    for hand, gold_file, documents in hands():
        if by_words is None:
            annotator = unread_by(readers, gold_file).annotator
        else:
            annotator = by_words
            tagger: Any = annotator.nlp.get_pipe("lif_role")
            tagger.model = role_model(gold, without=gold_file.name)
        rows = read_rows(gold_file)
        for name, document in documents:
            reports.append(read_report(annotator, hand, name, document, rows[name]))
    return reports


def hands() -> Iterator[tuple[str, Path, list[tuple[str, Document]]]]:
    """Each hand with its gold file and its reports by the name that the gold uses."""
    settings, framework = load_settings(), load_framework()
    for folder in sorted(path for path in REVIEWS.iterdir() if path.is_dir()):
        read_files = [
            (path.name, document)
            for path in sorted(folder.iterdir())
            for document in read(path, settings=settings, framework=framework)
            if isinstance(document, Document)
        ]
        yield folder.name, GOLD / f"reviews_sentences_{folder.name}.jsonl", read_files
    for path in sorted(GOLD.glob(f"{LATE}sentences_[0-9]*.jsonl")):
        made = [(name, report_of(name, rows)) for name, rows in read_rows(path).items()]
        yield f"rl{path.stem.removeprefix(f'{LATE}sentences_')}", path, made


def read_rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of a gold file by document, in reading order."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["doc"], []).append(row)
    return rows


def report_of(name: str, rows: Sequence[Mapping[str, Any]]) -> Document:
    """A report made of marked sentences under their headings."""
    text, blocks, heading = "", [], None
    sentences: list[str] = []

    def add(words: str, **facts: Any) -> None:
        nonlocal text
        blocks.append(Block(len(text), len(text) + len(words), page=1, **facts))
        text += words + "\n"

    def close() -> None:
        if sentences:
            add(" ".join(sentences), heading=(heading,) if heading else ())
            sentences.clear()

    for row in rows:
        if row["heading"] != heading:
            close()
            heading = row["heading"]
            if heading:
                add(heading, kind="heading", level=1)
        sentences.append(row["text"])
        if len(sentences) == SENTENCES_A_PARAGRAPH:
            close()
    close()
    return Document(f"d-{name}", name, name, text, tuple(blocks), pages=1)


def lower_columns(rows: Matrix, dim: int) -> Matrix:
    """The columns of an encoder's rows that no network has learned from gold: the vector, of
    length `dim`, and the middle layer if there is one."""
    if rows.shape[1] != DEEP_PARTS * dim:
        return rows[:, :dim]
    return np.hstack([rows[:, :dim], rows[:, 2 * dim : 3 * dim]])


def role_model(gold: Gold, *, without: str) -> LinearModel:
    """A role model without vectors as `train_annotators` fits it, without one gold file."""
    files = np.asarray([text.file for text in gold.texts])
    spec, fitted = fit_question(gold, "role", files != without, None, None)
    return one_of("role", ROLES, fitted, spec, np.zeros(0, np.float32))


def fit_question(
    gold: Gold,
    question: str,
    kept: npt.NDArray[np.bool_],
    vectors: Matrix | None,
    encode: Encode | None,
) -> tuple[FeatureSpec, training.LinearFit]:
    """The linear part of one question's model, fitted on the texts that are `kept`.

    `vectors` are the `lower_columns` of the texts' rows; the result reads whole rows.
    """
    labels = next(labels for labels in gold.labels if labels.target.name == question)
    used = np.flatnonzero((labels.weights.sum(axis=1) > 0) & kept)
    spec = FeatureSpec(
        dim=0 if vectors is None else vectors.shape[1],
        vector_scale=VECTOR_SCALE,
        words=gold.vocabulary[0],
        idf=gold.vocabulary[1],
        words_scale=WORDS_SCALE,
        extra=names_of(question),
    )
    texts = [gold.texts[place].text for place in used]
    own_vectors = None if vectors is None else vectors[used]
    rows = training.rows_of(spec, texts, vectors=own_vectors, extra=gold.features[question][used])
    width = 0 if encode is None else encode([PROBE]).shape[1]
    is_deep = width == DEEP_PARTS // 2 * spec.dim
    first = spec.dim // 2 if is_deep else spec.dim
    scaling = training.ScaledColumns.fit(rows.vectors, first, spec.dim, length=VECTOR_SCALE)
    rows = replace(rows, vectors=scaling.scale(rows.vectors))
    kind = "one-of" if labels.target.one_of else "any-of"
    fitted = scaling.unscale(
        training.fit(
            rows, labels.values[used], kind=kind, weight=labels.weights[used], penalty=PENALTY
        )
    )
    if is_deep:
        fitted = deepened(fitted, spec, first)
        spec = replace(spec, dim=width)
    return spec, fitted


def one_of(
    name: str,
    labels: Sequence[str],
    fitted: training.LinearFit,
    spec: FeatureSpec,
    probe: Any,
) -> LinearModel:
    """A model that gives its likeliest label."""
    half = (0.5,) * len(labels)
    return LinearModel(
        name, "one-of", tuple(labels), fitted.weights, fitted.bias, half, half, spec, probe
    )


def read_report(
    annotator: Annotator,
    hand: str,
    name: str,
    document: Document,
    rows: Sequence[Mapping[str, Any]],
) -> Report:
    """The features of a report's units, and which unit holds each marked line."""
    docs = [doc for _, group in annotator.until_roles(document) for doc in group]
    units = placed_units(docs)
    texts = [folded(placed.unit.raw) for placed in units]
    return Report(
        hand,
        name,
        [placed.unit.raw.strip() for placed in units],
        [heading_text(placed.heading) for placed in units],
        [placed.kind for placed in units],
        context_rows(units),
        [role_mark(placed.unit) for placed in units],
        lines_of(rows, texts),
    )


def folded(text: str) -> str:
    """A text as words in lower case."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def lines_of(rows: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> list[Line]:
    """The marked lines, each with the place of the unit that holds it.

    A line of a contents page has the words of a finding's title: the unit is then the title's.
    """
    words = [folded(row["text"]) for row in rows]
    places = [unit_of(text, texts) for text in words]
    marked = {
        place
        for place, row in zip(places, rows, strict=True)
        if place is not None and not row.get("boilerplate")
    }
    lines = []
    for row, text, place in zip(rows, words, places, strict=True):
        is_boilerplate = bool(row.get("boilerplate"))
        is_other = is_boilerplate and place in marked
        fills = place is not None and not is_other and len(text) >= SAME_LENGTH * len(texts[place])
        lines.append(Line(row["text"], row["role"], is_boilerplate, place, fills))
    return lines


def unit_of(words: str, texts: Sequence[str]) -> int | None:
    """Place of the unit nearest in length to a line, among those that hold it or are part of it."""
    places = [
        place
        for place, text in enumerate(texts)
        if text == words
        or (len(text.split()) >= SHORTEST_PART and (text in words or words in text))
    ]
    return min(places, key=lambda place: abs(len(texts[place]) - len(words)), default=None)


def fit(reports: Sequence[Report]) -> LinearModel:
    """The model of context of these reports."""
    headings = sorted({(heading, r.hand + r.name) for r in reports for heading in r.headings})
    words, idf = training.vocabulary(
        [heading for heading, _ in headings],
        [report for _, report in headings],
        min_documents=MIN_REPORTS,
    )
    spec = FeatureSpec(words=words, idf=idf, words_scale=HEADING_SCALE, extra=NAMES)
    samples = [(r, place, label) for r in reports for place, label in r.samples()]
    rows = training.rows_of(
        spec,
        [report.headings[place] for report, place, _ in samples],
        vectors=None,
        extra=np.stack([report.rows[place] for report, place, _ in samples]),
    )
    targets = np.asarray([[label == name for name in LABELS] for *_, label in samples], np.float32)
    fitted = training.fit(
        rows, targets, kind="one-of", weight=np.ones_like(targets), penalty=CONTEXT_PENALTY
    )
    return one_of(ROLE_CONTEXT, LABELS, fitted, spec, np.zeros(0, np.float32))


def probabilities(model: LinearModel, report: Report) -> Matrix:
    """Probabilities of `ROLES` for each unit of a report; boilerplate counts as context."""
    shares = model.probabilities(report.headings, extra=report.rows)
    shares[:, ROLES.index("context")] += shares[:, LABELS.index(BOILERPLATE)]
    return shares[:, : len(ROLES)]


def settled_roles(report: Report, shares: Matrix) -> list[str]:
    """The role of each unit in context."""
    return [
        settled_role(mark, kind, dict(zip(ROLES, row, strict=True)))
        for mark, kind, row in zip(report.marks, report.kinds, shares, strict=True)
    ]


def write_lines(path: Path, report: Report, shares: Matrix) -> None:
    """Append the lines of a report with the shares that a model gave which has not seen it."""
    settled = settled_roles(report, shares)
    with path.open("a", encoding="utf-8") as file:
        for line in report.lines:
            if line.unit is not None:
                row = {
                    "hand": report.hand,
                    "doc": report.name,
                    "text": report.texts[line.unit],
                    "heading": report.headings[line.unit],
                    "kind": report.kinds[line.unit],
                    "first": report.marks[line.unit].code,
                    "by": report.marks[line.unit].by,
                    "role": settled[line.unit],
                    "shares": [round(float(share), 4) for share in shares[line.unit]],
                    "gold": BOILERPLATE if line.is_boilerplate else line.role,
                    "fills": line.fills_unit,
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def count_lines(outcome: Outcome, report: Report, shares: Matrix) -> None:
    """Add the lines of a report that was left out to the figures."""
    first = [mark.code for mark in report.marks]
    settled = settled_roles(report, shares)
    counts: Counter[str] = outcome.counts[report.hand]
    for line in report.lines:
        found = line.unit is not None
        if line.is_boilerplate:
            counts["boilerplate"] += 1
            for when, roles in (("before", first), ("after", settled)):
                leaks = line.unit is not None and roles[line.unit] != "context"
                counts[f"{when}:leaked"] += leaks
                counts[f"{when}:leaked whole"] += leaks and line.fills_unit
            continue
        counts["lines"] += 1
        counts["found"] += found
        if line.unit is None or not line.role:
            continue
        outcome.add(
            report.hand,
            line.role,
            first[line.unit],
            settled[line.unit],
            shares[line.unit],
        )


if __name__ == "__main__":
    main()
