"""The card of a trained model: figures by cross-validation, limits, a reliability plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

_BINS = 10
_SIDE, _EDGE = 240, 36


def write_card(
    folder: Path, model: Any, items: Sequence[Any], given: Any, decided: Any
) -> dict[str, Any]:
    """Write README.md and reliability.svg into `folder`; gives the figures back.

    `given` are cross-validated probabilities, `decided` decisions with thresholds set
    on other documents, both of shape (items, labels).
    """
    folder.mkdir(parents=True, exist_ok=True)
    if model.kind == "any-of":
        decided = at_most(decided, given, np.asarray(model.thresholds))
    figures = {
        label: scores(items, decided[:, column], label) for column, label in enumerate(model.labels)
    }
    total = {
        "micro": round(micro(items, decided, model.labels), 3),
        "macro": round(float(np.mean([f["f1"] for f in figures.values() if f["texts"]])), 3),
    }
    by_file = {
        name: round(micro(*only(items, decided, name), model.labels), 3)
        for name in sorted({item.file for item in items})
    }
    (folder / "reliability.svg").write_text(reliability(items, given, model.labels), "utf-8")
    (folder / "README.md").write_text(card(model, figures, total, by_file), "utf-8")
    print(model.name, total, by_file)
    return {"labels": figures, **total}


def at_most(decided: Any, given: Any, lines: Any, most: int = 4) -> Any:
    """Decisions with only the `most` clearest labels of each text kept."""
    kept = np.zeros_like(decided)
    clear = np.argsort(-(given / lines), axis=1, kind="stable")[:, :most]
    np.put_along_axis(kept, clear, True, axis=1)
    return decided & kept


def scores(items: Sequence[Any], decided: Any, label: str) -> dict[str, float]:
    """Precision against either reader, recall against both, F1, number of texts."""
    sure = np.asarray([label in item.sure for item in items])
    either = np.asarray([label in item.either for item in items])
    precision = float((decided & either).sum() / max(1, decided.sum()))
    recall = float((decided & sure).sum() / max(1, sure.sum()))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    rounded = [round(v, 3) for v in (precision, recall, f1)]
    return dict(zip(("p", "r", "f1"), rounded, strict=True)) | {"texts": int(sure.sum())}


def micro(items: Sequence[Any], decided: Any, labels: Sequence[str]) -> float:
    """F1 over all labels together, counted as in `scores`."""
    sure = np.asarray([[label in item.sure for label in labels] for item in items])
    either = np.asarray([[label in item.either for label in labels] for item in items])
    precision = (decided & either).sum() / max(1, decided.sum())
    recall = (decided & sure).sum() / max(1, sure.sum())
    return float(2 * precision * recall / max(1e-9, precision + recall))


def only(items: Sequence[Any], decided: Any, name: str) -> tuple[list[Any], Any]:
    """The items of one file, and the decisions on them."""
    here = [i for i, item in enumerate(items) if item.file == name]
    return [items[i] for i in here], decided[here]


def card(model: Any, figures: Any, total: Any, by_file: Any) -> str:
    """The text of the card."""
    facts = model.facts
    vectors = f"vectors of {facts['encoder']}, " if facts["encoder"] else ""
    rows = "\n".join(
        f"| {label} | {f['texts']} | {f['p']} | {f['r']} | {f['f1']} | {line} | {low} |"
        for (label, f), line, low in zip(
            figures.items(), model.thresholds, model.lower, strict=True
        )
    )
    data = "\n".join(
        f"| {name} | {by_file.get(name, '')} | `{digest[:16]}` |"
        for name, digest in sorted(facts["data"].items())
    )
    return f"""# Model `{model.name}`

Logistic regression ({model.kind} {len(model.labels)} labels) on {vectors}
{len(model.features.words)} words and pairs weighed by tf-idf, and {len(model.features.extra)}
counts of cues.
Trained {facts["trained"]} on {facts["texts"]} marked texts of {facts["documents"]} documents with
`scripts/train_annotators.py`. No sentence is kept: only weights, and words found in at least five
documents that are no names.

It says what a text speaks of. It is no judgement of a child, family, worker or service.

## Figures

By cross-validation in 8 parts; a document is never in both parts, and thresholds are set on the
other parts. Precision counts against what either reader gave, recall against what both gave.
The gold also judged the rules while they were written, so expect somewhat less on new documents.

**micro F1 {total["micro"]}, macro F1 {total["macro"]}**

| label | texts | precision | recall | F1 | threshold | uncertain from |
|---|---|---|---|---|---|---|
{rows}

| training file | F1 (micro) | SHA-256 |
|---|---|---|
{data}

## Reliability

![Predicted probability against the share that readers gave](reliability.svg)

Points on the line: of texts scored 0.7, seven in ten carry the label.
"""


def reliability(items: Sequence[Any], given: Any, labels: Sequence[str]) -> str:
    """An SVG: mean probability of each tenth against the share that readers gave."""
    sure = np.asarray([[label in item.sure for label in labels] for item in items])
    bins = np.clip((given * _BINS).astype(int), 0, _BINS - 1)
    points = [
        (float(given[bins == b].mean()), float(sure[bins == b].mean()), int((bins == b).sum()))
        for b in range(_BINS)
        if (bins == b).any()
    ]
    dots = "".join(
        f'<circle cx="{_x(p):.1f}" cy="{_y(s):.1f}" r="4" fill="#335c81"><title>{n} scores</title>'
        f"</circle>"
        for p, s, n in points
    )
    path = " ".join(f"{_x(p):.1f},{_y(s):.1f}" for p, s, _ in points)
    size = _SIDE + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" '
        f'font-family="sans-serif" font-size="11"><title>Reliability of scores</title>'
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999"/>'
        f'<path d="M{_x(0)},{_y(1)} V{_y(0)} H{_x(1)}" fill="none" stroke="#333"/>'
        f'<polyline points="{path}" fill="none" stroke="#335c81"/>{dots}'
        f'<text x="{_x(0.5)}" y="{size - 8}" text-anchor="middle">predicted probability</text>'
        f'<text x="12" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 12 {_y(0.5)})">'
        f"share given by readers</text></svg>\n"
    )


def _x(value: float) -> float:
    return _EDGE + value * _SIDE


def _y(value: float) -> float:
    return _EDGE + (1 - value) * _SIDE
