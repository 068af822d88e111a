"""How often labels are wrong, by label and kind of report, and whether likely ranges hold.

    python scripts/label_outcomes.py --real REAL --folds FOLD_A FOLD_B --out OUTCOMES
    python scripts/label_errors.py OUTCOMES

Counts the outcomes of `label_outcomes` into `lif_nlp/synthesis/label_errors.json`, from which
likely ranges of counts come (`lif_nlp.synthesis.likely`), tries on held-out halves whether the
ranges hold, and writes the tables of METHODS.md.  It takes a minute and reads no text, so it can
be run again whenever there are new outcomes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lif_nlp.about import PACKAGE
from lif_nlp.records import ROLES
from lif_nlp.synthesis.likely import (
    FILE,
    LETTERS,
    MOST_HITS,
    REVIEWS,
    LabelErrors,
    RoleErrors,
    mean_size,
)

RESAMPLES = 200
"""Halves on which ranges are tried."""

FEWEST_REPORTS = 2
"""Reports without which there is no spread between reports."""

FEWEST_HANDS = 2
"""Hands without which there is no spread between hands."""

BEGIN, END = "<!-- label errors: begin -->", "<!-- label errors: end -->"
"""What stands around the tables in METHODS.md."""


@dataclass(frozen=True)
class Outcome:
    """What was found and what is true of one label in one report.

    For themes and priorities `hits` are the findings with the label and `is_true` whether a
    reader marked it; for roles `hits` is 0 and the four numbers count sentences.
    """

    profile: str
    kind: str
    hand: str
    report: str
    measure: str
    label: str
    hits: int = 0
    is_true: bool = False
    tp: int = 0
    fp: int = 0
    fn: int = 0
    tn: int = 0


def main() -> None:
    """Write the errors for use, and the tables of METHODS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("outcomes", type=Path, help="folder of the outcomes")
    write_tables(parser.parse_args().outcomes)


def write_tables(folder: Path) -> None:
    """Write the errors for use, and the tables of METHODS.md, from outcomes."""
    profiles, tables = {}, []
    for path in sorted(folder.glob("*.jsonl")):
        outcomes = [
            Outcome(**row) for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        ]
        profiles[path.stem] = errors_by_kind(outcomes)
        tables.append(error_table(path.stem, profiles[path.stem]))
        tables.append(coverage_table(path.stem, outcomes))
    FILE.write_text(json.dumps({"profiles": profiles}, indent=None) + "\n", encoding="utf-8")
    methods = (PACKAGE / "METHODS.md").read_text(encoding="utf-8")
    before, rest = methods.split(BEGIN)
    after = rest.split(END)[1]
    text = "\n\n".join([before + BEGIN, *tables, END + after])
    (PACKAGE / "METHODS.md").write_text(text, encoding="utf-8")


def errors_by_kind(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """By kind of report and measure, the marked reports of each label as `likely` reads them."""
    errors: dict[str, dict[str, Any]] = {}
    for kind in (LETTERS, REVIEWS):
        own = [outcome for outcome in outcomes if outcome.kind == kind]
        errors[kind] = {
            measure: {
                label: reports_by_hits([o for o in own if (o.measure, o.label) == (measure, label)])
                for label in sorted({o.label for o in own if o.measure == measure})
            }
            for measure in ("theme", "priority")
        }
        errors[kind]["role"] = {
            role: asdict(known)
            for role in ROLES
            if (known := role_errors([o for o in own if (o.measure, o.label) == ("role", role)]))
        }
        errors[kind]["alike"] = {
            measure: alike_in_hands([o for o in own if o.measure == measure])
            for measure in ("theme", "priority")
        }
    return errors


def reports_by_hits(outcomes: Sequence[Outcome]) -> list[list[int]]:
    """Reports with 0 to `MOST_HITS` findings: [those that have the label, those that have not]."""
    counts = [[0, 0] for _ in range(MOST_HITS + 1)]
    for outcome in outcomes:
        counts[min(outcome.hits, MOST_HITS)][not outcome.is_true] += 1
    return counts


def alike_in_hands(outcomes: Sequence[Outcome]) -> float:
    """How far reports of one hand have a label together beyond what their hits say, 0 to 1.

    The correlation within hands by the method of moments, over all labels and numbers of hits.
    """
    cells: dict[tuple[str, int], dict[str, list[int]]] = {}
    for outcome in outcomes:
        cell = cells.setdefault((outcome.label, min(outcome.hits, MOST_HITS)), {})
        counts = cell.setdefault(outcome.hand, [0, 0])
        counts[0] += outcome.is_true
        counts[1] += 1
    excess = most = 0.0
    for hands in cells.values():
        true, size = np.asarray(list(hands.values()), float).T
        total = size.sum()
        if len(size) < FEWEST_HANDS or not 0 < true.sum() < total:
            continue
        mean = true.sum() / total
        single = mean * (1 - mean) * total / (total - 1)
        seen = size * (1 - size / total) * single
        excess += ((true - size * mean) ** 2).sum() - seen.sum()
        most += (seen * (size - 1)).sum()
    return round(max(0.0, excess / most), 4) if most else 0.0


def between_hands(outcomes: Sequence[Outcome]) -> tuple[int, float]:
    """The hands of some sentences, and the variance of their mean error beyond that of reports."""
    by_hand: dict[str, list[tuple[int, int]]] = {}
    for o in outcomes:
        by_hand.setdefault(o.hand, []).append((o.tp + o.fp + o.fn + o.tn, o.fn - o.fp))
    if len(by_hand) < FEWEST_HANDS:
        return 1, 0.0
    means, within = [], []
    for reports in by_hand.values():
        sizes, errors = np.asarray(reports, float).T
        means.append(errors.sum() / sizes.sum())
        rest = errors - means[-1] * sizes
        if len(reports) >= FEWEST_REPORTS:
            spread = (rest**2).sum() * len(reports) / (len(reports) - 1)
            within.append(spread / sizes.sum() ** 2)
    beyond = float(np.var(means, ddof=1) - (np.mean(within) if within else 0.0))
    return len(by_hand), round(max(0.0, beyond), 6)


def role_errors(outcomes: Sequence[Outcome]) -> RoleErrors | None:
    """Errors of one role over these reports; None for fewer than two with marked sentences.

    One report does not say how far its sentences are wrong together.
    """
    used = [o for o in outcomes if o.tp + o.fp + o.fn + o.tn]
    if len(used) < FEWEST_REPORTS:
        return None
    cells = np.asarray([(o.tp, o.fp, o.fn, o.tn) for o in used], float)
    sentences, error = cells.sum(axis=1), cells[:, 2] - cells[:, 1]
    mean = error.sum() / sentences.sum()
    rest = error - sentences * mean
    single = (cells[:, 1] + cells[:, 2]).sum() / sentences.sum() - mean**2
    spread = (rest**2).sum() / sentences.sum() * len(used) / (len(used) - 1)
    # What the spread over whole reports is more than that of single sentences; where no sentence
    # is wrong, none are wrong together.
    excess = spread / single - 1 if single else 0.0
    together = excess / max(1e-9, mean_size(sentences) - 1)
    tp, fp, fn, tn = (int(count) for count in cells.sum(axis=0))
    together = round(max(0.0, float(together)), 4)
    return RoleErrors(len(used), tp, fp, fn, tn, together, *between_hands(used))


def error_table(profile: str, errors: Mapping[str, Mapping[str, Any]]) -> str:
    """Errors by label as a Markdown table."""
    lines = [
        f"**Profile {profile}: labels, by kind of report**",
        "",
        "| label | letters: with it, found of these, right of those found | reviews: the same |",
        "|---|---|---|",
    ]
    for measure in ("theme", "priority"):
        for label in errors[REVIEWS][measure]:
            cells = [report_figures(errors[kind][measure][label]) for kind in (LETTERS, REVIEWS)]
            lines.append(f"| {measure}: {label} | {' | '.join(cells)} |")
    for role in ROLES:
        cells = [role_figures(errors[kind]["role"].get(role)) for kind in (LETTERS, REVIEWS)]
        lines.append(f"| role of sentences: {role} | {' | '.join(cells)} |")
    return "\n".join(lines)


def report_figures(counts: Sequence[Sequence[int]]) -> str:
    """How many reports have a label, and how many of them and of those found are right."""
    found = [sum(column) for column in zip(*counts[1:], strict=True)]
    with_it = found[0] + counts[0][0]
    return f"{with_it}, {_share(found[0], with_it)}, {_share(found[0], sum(found))}"


def role_figures(errors: Mapping[str, Any] | None) -> str:
    """The same of sentences with a role; a dash where its errors are not known."""
    if errors is None:
        return "-"
    with_it = errors["tp"] + errors["fn"]
    return (
        f"{with_it}, {_share(errors['tp'], with_it)}, "
        f"{_share(errors['tp'], errors['tp'] + errors['fp'])}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def coverage_table(profile: str, outcomes: Sequence[Outcome]) -> str:
    """How often ranges from one half of the marked reports hold for the other half."""
    lines = [
        f"**Profile {profile}: how often the range holds**",
        "",
        f"| | held in {RESAMPLES} halves | least of a label | mean width | held, hand left out |",
        "|---|---|---|---|---|",
    ]
    for kind in (LETTERS, REVIEWS):
        for measure in ("theme", "priority", "role"):
            own = [o for o in outcomes if (o.kind, o.measure) == (kind, measure)]
            lines.append(f"| {kind}: {measure} | {' | '.join(coverage(own))} |")
    return "\n".join(lines)


def coverage(outcomes: Sequence[Outcome]) -> list[str]:
    """Cells of one line of `coverage_table`; dashes where there is too little to try."""
    generator = np.random.default_rng(0)
    reports = sorted({o.report for o in outcomes})
    held: dict[str, list[bool]] = {}
    widths = []
    for _ in range(RESAMPLES):
        chosen = set(generator.permutation(reports)[: len(reports) // 2])
        for label, is_held, width in tried(outcomes, chosen):
            held.setdefault(label, []).append(is_held)
            widths.append(width)
    if not held:
        return ["-", "-", "-", ""]
    hands = sorted({o.hand for o in outcomes} - {""})
    left_out = [
        is_held
        for hand in hands
        for _, is_held, _ in tried(outcomes, {o.report for o in outcomes if o.hand != hand})
    ]
    means = {label: float(np.mean(values)) for label, values in held.items()}
    worst = min(means, key=lambda label: means[label])
    return [
        f"{np.mean([value for values in held.values() for value in values]):.3f}",
        f"{means[worst]:.2f} ({worst})",
        f"{np.mean(widths):.2f}",
        f"{np.mean(left_out):.2f} of {len(left_out)}" if left_out else "",
    ]


def tried(outcomes: Sequence[Outcome], known: Collection[str]) -> Iterator[tuple[str, bool, float]]:
    """For each label, whether the range from the `known` reports holds for the others, and how
    wide it is as a share of them."""
    by_label: dict[str, tuple[list[Outcome], list[Outcome]]] = {}
    for outcome in outcomes:
        parts = by_label.setdefault(outcome.label, ([], []))
        parts[outcome.report not in known].append(outcome)
    if outcomes and outcomes[0].measure == "role":
        for role, (gold, others) in by_label.items():
            known_errors = role_errors(gold)
            if known_errors is None or not others:
                continue
            errors = LabelErrors({}, {("", role): known_errors})
            found = [(o.tp + o.fp, o.tp + o.fp + o.fn + o.tn) for o in others]
            true, total = sum(o.tp + o.fn for o in others), sum(size for _, size in found)
            low, high = errors.likely_findings(role, {"": found}) or (0, 0)
            yield role, low <= true <= high, (high - low) / total
        return
    counts = {
        ("", "", label): np.asarray(reports_by_hits(gold), float)
        for label, (gold, _) in by_label.items()
    }
    known_outcomes = [outcome for gold, _ in by_label.values() for outcome in gold]
    errors = LabelErrors(counts, alike={("", ""): alike_in_hands(known_outcomes)})
    for label, (_, others) in by_label.items():
        if others:
            low, high = errors.likely("", label, {"": [o.hits for o in others]}) or (0, 0)
            true = sum(o.is_true for o in others)
            yield label, low <= true <= high, (high - low) / len(others)


if __name__ == "__main__":
    main()
