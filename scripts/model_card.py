"""Writes the card of a trained model: figures on held-out documents, a reliability plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

_BINS = 10
"""Bins of the reliability plot: tenths of probability."""

_SIDE, _EDGE = 240, 36
"""Side of the plot and its margin, in pixels."""


def write_card(
    folder: Path,
    model: Any,
    files: Sequence[str],
    values: Any,
    weights: Any,
    predicted: Any,
    decisions: Any,
) -> dict[str, Any]:
    """Write README.md and reliability.svg into `folder`, and return the figures.

    Parameters
    ----------
    folder
        Where to write.
    model
        The trained model.
    files
        The gold file of each held-out text.
    values, weights
        Labels of the readers and their weights, shape (texts, labels); a weight of 0 means
        that the label is in doubt and does not count.
    predicted
        Probabilities by a model that has not seen the documents, same shape.
    decisions
        Decisions with thresholds set on other documents, same shape.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known, labels = weights > 0, values > 0.5
    figures = {
        label: scores(decisions[:, column], labels[:, column], known[:, column])
        for column, label in enumerate(model.labels)
    }
    measured = [f["f1"] for f in figures.values() if f["texts"]]
    total = {
        "micro": scores(decisions, labels, known)["f1"],
        "macro": round(float(np.mean(measured)), 3) if measured else 0.0,
    }
    by_file = {}
    for name in sorted(set(files)):
        places = [place for place, file in enumerate(files) if file == name]
        by_file[name] = scores(decisions[places], labels[places], known[places])["f1"]
    (folder / "reliability.svg").write_text(reliability(labels, predicted, known), "utf-8")
    (folder / "README.md").write_text(card(model, figures, total, by_file, len(files)), "utf-8")
    print(model.name, total, by_file, flush=True)
    return {"labels": figures, **total, "held_out": len(files)}


def at_most(decisions: Any, predicted: Any, thresholds: Any, count: int = 4) -> Any:
    """Decisions, limited to the `count` clearest labels of each text."""
    allowed = np.zeros_like(decisions)
    clearest = np.argsort(-(predicted / thresholds), axis=1, kind="stable")[:, :count]
    np.put_along_axis(allowed, clearest, True, axis=1)
    return decisions & allowed


def scores(decisions: Any, labels: Any, known: Any) -> dict[str, float]:
    """Precision, recall, F1 and the number of texts with the label, where it is known."""
    hits = float((decisions & labels & known).sum())
    precision = hits / max(1.0, float((decisions & known).sum()))
    recall = hits / max(1.0, float((labels & known).sum()))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    rounded = [round(v, 3) for v in (precision, recall, f1)]
    texts = int((labels & known).sum())
    return dict(zip(("p", "r", "f1"), rounded, strict=True)) | {"texts": texts}


def card(
    model: Any, figures: Any, total: Mapping[str, float], by_file: Mapping[str, float], tested: int
) -> str:
    """The text of the card."""
    facts = model.facts
    vectors = f"vectors of {facts['encoder']}, " if facts["encoder"] else ""
    taught = (
        f" It learned from {facts['taught']} unlabelled sentences as well, with what the model "
        "of the profile `accurate` says of them."
        if facts["taught"]
        else ""
    )
    blend = (
        f" Its logits are {facts['blend'][0]} times those of the network's head plus "
        f"{facts['blend'][1]} times those of the linear model."
        if facts["blend"][0]
        else ""
    )
    if facts.get("refitted"):
        blend = " It was fitted again on the rows of the network, which stayed as it was."
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
counts of cues and rules.{blend}
Trained on {facts["trained"]} with `scripts/train_annotators.py`, on {facts["texts"]} labelled texts
of {facts["documents"]} documents.{taught} It stores no sentence: only weights, and words that occur
in at least five documents and are not names.

It says what a text is about. It does not judge a child, family, worker or service.

## Figures

On {tested} texts of documents that the model measured here has not seen (a fifth of the documents,
by a hash of their names); thresholds for the figures are set on the other half of these documents.
The model that is stored was then fitted on all texts. Labels in doubt do not count. The rules were
written with sight of some of these documents, so expect somewhat lower figures on new ones.

**micro F1 {total["micro"]}, macro F1 {total["macro"]}**

| label | texts | precision | recall | F1 | threshold | review from |
|---|---|---|---|---|---|---|
{rows}

| training file | F1 (micro) on its held-out part | SHA-256 |
|---|---|---|
{data}

## Reliability

![Predicted probability against the share of texts with the label](reliability.svg)

On the line, predictions are well calibrated: of texts scored 0.7, seven in ten have the label.
"""


def write_network_card(folder: Path, facts: Mapping[str, Any], size: int) -> None:
    """Write README.md of the network's folder."""
    text = f"""# Model `network`

Changes to the weights of the {facts["settings"]["upper"]} upper layers of all-MiniLM-L6-v2 (weights
`{facts["base"][:16]}`), {size // 1024} KiB in half precision, trained on {facts["trained"]} with
`scripts/train_annotators.py --network` on seven questions at once: role, reason, kind of reason,
hindsight with awareness, actor, priorities and practice themes. Its heads stand in the models
`role`, `why`, `reason`, `hindsight`, `actor`, `priorities` and `themes`, with their figures;
`likeness` gives the vector for likeness, so that one pass serves both.

Rank correlation of the cosines of all pairs of held-out texts with those of MiniLM itself:
**{facts["rank_correlation"]}**.

It saw no text of the documents that are held out for figures.

{_made_from(facts)}
"""
    (folder / "README.md").write_text(text, encoding="utf-8")


def _made_from(facts: Mapping[str, Any]) -> str:
    """The tables of a network's settings and of the files that it learnt from."""
    settings = "\n".join(f"| {name} | {value} |" for name, value in facts["settings"].items())
    data = "\n".join(f"| {name} | `{digest[:16]}` |" for name, digest in facts["data"].items())
    return f"""| setting | value |
|---|---|
{settings}

| training file | SHA-256 |
|---|---|
{data}"""


def write_small_network_card(folder: Path, facts: Mapping[str, Any], size: int) -> None:
    """Write README.md of the folder of the small network of "fast"."""
    text = f"""# Model `{folder.name}`

Filters over the vectors of neighbouring tokens, for the profile `fast` ({size // 1024} KiB, whole
numbers of one byte; vectors for the {facts["tokens"]} tokens of MiniLM that stand in at least
`fewest_texts` training texts; no text is stored). The models `role-static`, `why-static`,
`reason-static`, `hindsight-static`, `actor-static`, `priorities-static` and `themes-static` read
its columns beside the static vector, words and cues; their cards have the figures.

Trained on {facts["trained"]} with `scripts/train_annotators.py` on gold and on
{facts.get("taught", 0)} unlabelled sentences with what the models of the profile `accurate` say of
them. It saw no gold of the documents that are held out for figures.

{_made_from(facts)}
"""
    (folder / "README.md").write_text(text, encoding="utf-8")


def reliability(labels: Any, predicted: Any, known: Any) -> str:
    """An SVG: mean probability of each bin against the share of texts with the label."""
    bins = np.clip((predicted * _BINS).astype(int), 0, _BINS - 1)
    points = []
    for number in range(_BINS):
        chosen = (bins == number) & known
        if chosen.any():
            share = float(labels[chosen].mean())
            points.append((float(predicted[chosen].mean()), share, int(chosen.sum())))
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
