"""What labels come to on gold that no model has seen: the outcomes behind likely ranges.

    export LIF_REAL_CORPUS=FOLDER
    python scripts/real_gold.py texts corpora/gold/real_*_01.jsonl --out REAL
    python scripts/label_outcomes.py --real REAL --folds FOLD_A FOLD_B --out OUTCOMES

Labels gold with models that were fitted without it, and writes for each report and label what the
models found and what is true; no text is written.  Invented reviews are read by networks and models
of role, themes and priorities that have not seen their hand (`--folds`, as for
`train_role_context`, trained with `--only role themes priorities`), and by a model of roles in
context that was fitted without it: `w1` to `w4` as files, the others as marked sentences.  Letters
are read in five parts, by models that were fitted without the part; of a letter only the marked
paragraphs are read.  These are the linear part alone, on the vectors of MiniLM as published for
"accurate" and of the static encoder for "fast", since the networks have seen the letters: the
models that ship are better, and ranges of letters somewhat wide.  Rules of priorities were written
with sight of part of the reviews: their errors are on the low side.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from gold_texts import FOLDS, LATE, parts_of
from label_errors import Outcome
from train_annotators import Gold, gold_of_passages, gold_of_sentences
from train_role_context import (
    VARIANTS,
    Reader,
    Report,
    fit,
    fit_question,
    folded,
    gold_files,
    hands,
    lines_of,
    lower_columns,
    read_reports,
    read_rows,
    reader_of,
    unread_by,
)

from lif_nlp.about import GOLD, MODELS
from lif_nlp.annotate import Annotator
from lif_nlp.annotate.models.linear import PROBE, load_model, save_model
from lif_nlp.embed import load_encoder
from lif_nlp.embed.minilm import load_minilm
from lif_nlp.framework import load_framework
from lif_nlp.framework.model import Framework
from lif_nlp.ids import document_id
from lif_nlp.model_files import ROLE_CONTEXT
from lif_nlp.protocols import deep_encode
from lif_nlp.records import ROLES, Block, Document, Finding
from lif_nlp.synthesis.likely import LETTERS, REVIEWS
from lif_nlp.themes.known import counted_codes

LETTER_TYPE = "jtai"
"""Review type that the marked paragraphs of a letter are read as."""

PROFILES = ("accurate", "fast")
"""Profiles whose outcomes are counted: those with an encoder, and so with networks by hands."""

PASSAGE_QUESTIONS = ("themes", "priorities")
"""Questions about passages whose outcomes are counted."""

FEWEST_PASSAGES = 5
"""Marked paragraphs from which a letter counts: fewer say little of the letter."""


def main() -> None:
    """Read gold with models that have not seen it, and write what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--real", type=Path, required=True, help="folder of rebuilt real texts")
    parser.add_argument("--folds", nargs="+", type=Path, required=True, help="networks by hands")
    parser.add_argument("--out", type=Path, required=True, help="folder for the outcomes")
    parser.add_argument("--only", nargs="*", choices=PROFILES, default=PROFILES)
    options = parser.parse_args()
    sentences = gold_of_sentences([*gold_files(), options.real / "real_sentences_01.jsonl"])
    passages = gold_of_passages(
        [
            *sorted(GOLD.glob("*passages_[abwr01]*.jsonl")),
            GOLD / "training_passages.jsonl",
            options.real / "real_passages_01.jsonl",
        ]
    )
    options.out.mkdir(parents=True, exist_ok=True)
    for profile in options.only:
        reader = HeldOut(profile, sentences, passages, options.folds)
        with (options.out / f"{profile}.jsonl").open("w", encoding="utf-8") as file:
            for outcome in (*reader.reviews(), *reader.letters()):
                file.write(json.dumps(asdict(outcome)) + "\n")


class HeldOut:
    """Reads gold with models that have not seen it.

    Parameters
    ----------
    profile
        Which encoder the models follow.
    sentences, passages
        All gold that the models may be fitted on.
    folds
        Folders of networks and models that have not seen some of the hands.
    """

    def __init__(
        self, profile: str, sentences: Gold, passages: Gold, folds: Sequence[Path]
    ) -> None:
        self.profile, self.folds = profile, folds
        self.sentences, self.passages = sentences, passages
        self.ending, encoder = VARIANTS[profile]
        shipped = load_encoder(encoder)
        published = load_minilm(None) if encoder == "minilm" else shipped
        self.encode = deep_encode(published)
        # With it the shipped models are read, whose labels and thresholds stay.
        self._shipped = deep_encode(shipped)
        self.vectors = [
            lower_columns(self.encode(gold.words), published.dim) for gold in (sentences, passages)
        ]
        self.framework = load_framework()

    def reviews(self) -> Iterator[Outcome]:
        """Outcomes of the invented reviews, each hand left out in turn."""
        readers = [reader_of(fold, self.ending) for fold in self.folds]
        reports = read_reports(self.sentences, readers)
        for hand, gold_file, documents in hands():
            annotator = self._annotator_of(
                unread_by(readers, gold_file), [report for report in reports if report.hand != hand]
            )
            lines = read_rows(gold_file)
            marked = marked_passages(passage_file(gold_file, lines))
            for name, document in documents:
                findings = annotator.annotate(document).findings
                make = OutcomeMaker(self.profile, REVIEWS, hand, name, self.framework)
                yield from make.of_report(findings, marked.get(name, []))
                yield from make.of_lines(findings, lines[name])

    def letters(self) -> Iterator[Outcome]:
        """Outcomes of the marked paragraphs and sentences of real letters, by parts."""
        rows = {
            name: _rows_by_report(gold)
            for name, gold in (("sentences", self.sentences), ("passages", self.passages))
        }
        for part in range(FOLDS):
            is_own = [
                (parts_of(gold.texts) == part) & _is_real(gold)
                for gold in (self.sentences, self.passages)
            ]
            annotator = self._annotator(~is_own[0], ~is_own[1])
            for name in sorted(
                {self.passages.texts[n].document for n in np.flatnonzero(is_own[1])}
            ):
                yield from self._letter(annotator, name, rows["passages"][name])
            for name in sorted(
                {self.sentences.texts[n].document for n in np.flatnonzero(is_own[0])}
            ):
                yield from self._letter_roles(annotator, name, rows["sentences"][name])

    def _letter(self, annotator: Annotator, name: str, places: Sequence[int]) -> Iterator[Outcome]:
        if len(places) < FEWEST_PASSAGES:
            return
        texts = [self.passages.texts[place] for place in places]
        document = letter_of(name, [text.text for text in texts])
        marked = [
            {
                f"{question}_{part}": sorted(labels)
                for question in ("themes", "priorities")
                for part, labels in zip(
                    ("sure", "any"),
                    (text.marks[question][0], text.marks[question][0] | text.marks[question][1]),
                    strict=True,
                )
            }
            for text in texts
        ]
        make = OutcomeMaker(self.profile, LETTERS, "", name, self.framework)
        yield from make.of_report(annotator.annotate(document).findings, marked)

    def _letter_roles(
        self, annotator: Annotator, name: str, places: Sequence[int]
    ) -> Iterator[Outcome]:
        texts = [self.sentences.texts[place] for place in places]
        pairs = [
            (finding.role, min(text.marks["role"][0]))
            for finding, text in zip(annotator.label([t.text for t in texts]), texts, strict=True)
            if "role" in text.marks
        ]
        yield from OutcomeMaker(self.profile, LETTERS, "", name, self.framework).of_roles(pairs)

    def _annotator(
        self, kept_sentences: npt.NDArray[np.bool_], kept_passages: npt.NDArray[np.bool_]
    ) -> Annotator:
        """An annotator whose models of role, themes and priorities know the texts kept alone."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "models")
            shutil.copytree(MODELS, folder)
            self._replace(folder, "role", self.sentences, kept_sentences, self.vectors[0])
            for question in PASSAGE_QUESTIONS:
                self._replace(folder, question, self.passages, kept_passages, self.vectors[1])
            return Annotator(self.framework, encode=self.encode, models=folder)

    def _annotator_of(self, reader: Reader, reports: Sequence[Report]) -> Annotator:
        """An annotator with the models of a reader, and roles settled as in these reports."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "models")
            shutil.copytree(MODELS, folder)
            for question in ("role", *PASSAGE_QUESTIONS):
                model_name = f"{question}{self.ending}"
                shutil.copytree(reader.fold / model_name, folder / model_name, dirs_exist_ok=True)
            context = replace(
                fit(reports), name=f"{ROLE_CONTEXT}{self.ending}", probe=reader.encode([PROBE])[0]
            )
            save_model(context, folder / context.name)
            return Annotator(self.framework, encode=reader.encode, models=folder)

    def _replace(
        self,
        folder: Path,
        question: str,
        gold: Gold,
        kept: npt.NDArray[np.bool_],
        vectors: npt.NDArray[np.float32],
    ) -> None:
        name = f"{question}{self.ending}"
        shipped = load_model(MODELS / name, encode=self._shipped)
        spec, fitted = fit_question(gold, question, kept, vectors, self.encode)
        model = replace(
            shipped,
            weights=fitted.weights,
            bias=fitted.bias,
            features=spec,
            probe=self.encode([PROBE])[0][: spec.dim],
        )
        save_model(model, folder / name)


class OutcomeMaker:
    """Makes the outcomes of one report."""

    def __init__(self, profile: str, kind: str, hand: str, name: str, framework: Framework) -> None:
        # A name of an invented report is no secret, but no reader of outcomes needs one.
        self._key = (profile, kind, hand, document_id(name.encode("utf-8")))
        self._themes = [theme.code for theme in framework.themes]
        self._priorities = [priority.id for priority in framework.priorities]

    def of_report(
        self, findings: Sequence[Finding], marked: Sequence[Mapping[str, Collection[str]]]
    ) -> Iterator[Outcome]:
        """For each theme and priority, what was found and whether it is true of the report.

        What only one of two readers would give is left out.
        """
        for measure, labels, found in (
            ("theme", self._themes, counted_codes),
            ("priority", self._priorities, lambda finding: finding.priorities),
        ):
            question = "themes" if measure == "theme" else "priorities"
            sure = {label for row in marked for label in row[f"{question}_sure"]}
            either = {label for row in marked for label in row[f"{question}_any"]}
            for label in labels:
                if label in sure or label not in either:
                    hits = sum(label in found(finding) for finding in findings)
                    yield Outcome(*self._key, measure, label, hits, label in sure)

    def of_lines(
        self, findings: Sequence[Finding], rows: Sequence[Mapping[str, object]]
    ) -> Iterator[Outcome]:
        """For each role, how its sentences were read; a line that is no finding is context."""
        texts = [folded(finding.text) for finding in findings]
        pairs = []
        for line in lines_of(rows, texts):
            if line.is_boilerplate:
                if line.unit is not None and line.fills_unit:
                    pairs.append((findings[line.unit].role, "context"))
            elif line.role:
                role = "context" if line.unit is None else findings[line.unit].role
                pairs.append((role, line.role))
        yield from self.of_roles(pairs)

    def of_roles(self, pairs: Sequence[tuple[str, str]]) -> Iterator[Outcome]:
        """For each role the four counts of (role found, true role)."""
        for role in ROLES:
            cells = [(found == role, true == role) for found, true in pairs]
            counts = [
                cells.count(c) for c in ((True, True), (True, False), (False, True), (False, False))
            ]
            yield Outcome(*self._key, "role", role, 0, False, *counts)


def passage_file(sentences: Path, reports: Collection[str]) -> Path:
    """The gold of passages of these reports; its number may differ from that of the sentences."""
    own = GOLD / sentences.name.replace("sentences", "passages")
    paths = [own, *sorted(GOLD.glob(f"{LATE}passages_[0-9]*.jsonl"))]
    return next(path for path in paths if any(row["doc"] in reports for row in _rows_of(path)))


def marked_passages(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The marked passages of a gold file by report, a blind second reading among them.

    What writer and blind reader both gave is sure, what one of them gave is in doubt.
    """
    blind = {
        row["id"]: row
        for name in sorted(GOLD.glob(f"{LATE}passages_blind.jsonl"))
        for row in _rows_of(name)
    }
    marked: dict[str, list[dict[str, Any]]] = {}
    for row in _rows_of(path):
        other = blind.get(row["id"], row)
        both = {
            f"{question}_{part}": sorted(
                join(set(row[f"{question}_{part}"]), set(other[f"{question}_{part}"]))
            )
            for question in ("themes", "priorities")
            for part, join in (("sure", set.intersection), ("any", set.union))
        }
        marked.setdefault(row["doc"], []).append(both)
    return marked


def _rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def letter_of(name: str, texts: Sequence[str]) -> Document:
    """A letter that holds these paragraphs."""
    text, blocks = "", []
    for paragraph in texts:
        blocks.append(Block(len(text), len(text) + len(paragraph), page=1))
        text += paragraph + "\n"
    return Document(name, name, name, text, tuple(blocks), pages=1, review_type=LETTER_TYPE)


def _rows_by_report(gold: Gold) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for place, text in enumerate(gold.texts):
        rows.setdefault(text.document, []).append(place)
    return rows


def _is_real(gold: Gold) -> npt.NDArray[np.bool_]:
    return np.asarray([text.file.startswith("real_") for text in gold.texts], bool)


if __name__ == "__main__":
    main()
