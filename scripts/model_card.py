"""Writes the card of a trained model: cross-validated figures, limits, a reliability plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

_BINS = 10
"""Bins of the reliability plot: tenths of probability."""

_SIDE, _EDGE = 240, 36
"""Side of the plot and its margin, in pixels."""


def write_card(
    folder: Path, model: Any, items: Sequence[Any], predicted: Any, decisions: Any
) -> dict[str, Any]:
    """Write README.md and reliability.svg into `folder`, and return the figures.

    Parameters
    ----------
    folder
        Where to write.
    model
        The trained model.
    items
        The labelled texts.
    predicted
        Cross-validated probabilities, shape (items, labels).
    decisions
        Decisions with thresholds set on other documents, same shape.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if model.kind == "any-of":
        decisions = at_most(decisions, predicted, np.asarray(model.thresholds))
    figures = {
        label: scores(items, decisions[:, column], label)
        for column, label in enumerate(model.labels)
    }
    total = {
        "micro": round(micro(items, decisions, model.labels), 3),
        "macro": round(float(np.mean([f["f1"] for f in figures.values() if f["texts"]])), 3),
    }
    by_file = {
        name: round(micro(*of_file(items, decisions, name), model.labels), 3)
        for name in sorted({item.file for item in items})
    }
    (folder / "reliability.svg").write_text(reliability(items, predicted, model.labels), "utf-8")
    (folder / "README.md").write_text(card(model, figures, total, by_file), "utf-8")
    print(model.name, total, by_file)
    return {"labels": figures, **total}


def at_most(decisions: Any, predicted: Any, thresholds: Any, count: int = 4) -> Any:
    """Decisions, limited to the `count` clearest labels of each text."""
    allowed = np.zeros_like(decisions)
    clearest = np.argsort(-(predicted / thresholds), axis=1, kind="stable")[:, :count]
    np.put_along_axis(allowed, clearest, True, axis=1)
    return decisions & allowed


def scores(items: Sequence[Any], decisions: Any, label: str) -> dict[str, float]:
    """Precision against either reader, recall against both, F1, number of texts."""
    by_both = np.asarray([label in item.sure for item in items])
    by_either = np.asarray([label in item.either for item in items])
    precision = float((decisions & by_either).sum() / max(1, decisions.sum()))
    recall = float((decisions & by_both).sum() / max(1, by_both.sum()))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    rounded = [round(v, 3) for v in (precision, recall, f1)]
    return dict(zip(("p", "r", "f1"), rounded, strict=True)) | {"texts": int(by_both.sum())}


def micro(items: Sequence[Any], decisions: Any, labels: Sequence[str]) -> float:
    """F1 over all labels together, counted as in `scores`."""
    by_both = np.asarray([[label in item.sure for label in labels] for item in items])
    by_either = np.asarray([[label in item.either for label in labels] for item in items])
    precision = (decisions & by_either).sum() / max(1, decisions.sum())
    recall = (decisions & by_both).sum() / max(1, by_both.sum())
    return float(2 * precision * recall / max(1e-9, precision + recall))


def of_file(items: Sequence[Any], decisions: Any, name: str) -> tuple[list[Any], Any]:
    """The items of one file, and the decisions on them."""
    places = [i for i, item in enumerate(items) if item.file == name]
    return [items[i] for i in places], decisions[places]


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
{len(model.features.words)} words and pairs weighted by tf-idf, and {len(model.features.extra)}
counts of cues.
Trained on {facts["trained"]} with `scripts/train_annotators.py`, on {facts["texts"]} labelled texts
of {facts["documents"]} documents. It stores no sentence: only weights, and words that occur in at
least five documents and are not names.

It says what a text is about. It does not judge a child, family, worker or service.

## Figures

From 8-fold cross-validation: all texts of a document are in one fold, and thresholds are set on the
other folds. Precision counts labels that either reader gave, recall labels that both gave. The gold
was also used while the rules were written, so expect somewhat lower figures on new documents.

**micro F1 {total["micro"]}, macro F1 {total["macro"]}**

| label | texts | precision | recall | F1 | threshold | review from |
|---|---|---|---|---|---|---|
{rows}

| training file | F1 (micro) | SHA-256 |
|---|---|---|
{data}

## Reliability

![Predicted probability against the share of texts with the label](reliability.svg)

On the line, predictions are well calibrated: of texts scored 0.7, seven in ten have the label.
"""


def reliability(items: Sequence[Any], predicted: Any, labels: Sequence[str]) -> str:
    """An SVG: mean probability of each bin against the share of texts with the label."""
    by_both = np.asarray([[label in item.sure for label in labels] for item in items])
    bins = np.clip((predicted * _BINS).astype(int), 0, _BINS - 1)
    points = [
        (
            float(predicted[bins == b].mean()),
            float(by_both[bins == b].mean()),
            int((bins == b).sum()),
        )
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
        f"share with the label</text></svg>\n"
    )


def _x(value: float) -> float:
    return _EDGE + value * _SIDE


def _y(value: float) -> float:
    return _EDGE + (1 - value) * _SIDE
