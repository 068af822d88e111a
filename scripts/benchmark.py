"""How long the whole job takes, as ratios against the plain recipe in the same run.

    .venv/bin/python scripts/benchmark.py FOLDER [--limit 20] [--repeat 3] [--out bench.json]

The plain recipe is what an analyst would write in a notebook: pypdf for text, a
spaCy sentencizer, all-MiniLM-L6-v2 in float32, BERTopic with its defaults.  Each
run is a fresh process; the table gives medians, spread, peak memory and the ratio
plain / ours (above 1 means faster than the plain recipe).  Needs the extra `dev`.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RECIPES = ("plain", "accurate", "fast", "again")


def plain(paths: list[Path], workspace: Path) -> dict[str, float]:
    """Seconds by stage of the plain recipe."""
    import spacy
    from bertopic import BERTopic
    from pypdf import PdfReader
    from sentence_transformers import SentenceTransformer

    from lif_nlp.embed.minilm import find_package_model

    clock = Clock()
    texts = [page.extract_text() for path in paths for page in PdfReader(path).pages]
    clock("read")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    sentences = [s.text.strip() for doc in nlp.pipe(texts) for s in doc.sents if len(s) > 4]
    clock("sentences")
    model = SentenceTransformer(str(find_package_model()), device="cpu", local_files_only=True)
    vectors = model.encode(sentences, show_progress_bar=False)
    clock("encode")
    BERTopic().fit_transform(sentences, vectors)
    clock("themes")
    return clock.stages | {"sentences_n": len(sentences)}


def ours(paths: list[Path], workspace: Path, profile: str) -> dict[str, float]:
    """Seconds by stage of `lif mine` with a profile."""
    from lif_nlp.config import load_settings
    from lif_nlp.store import Store
    from lif_nlp.workflow.add import add
    from lif_nlp.workflow.manifest import record_run
    from lif_nlp.workflow.mine import mine
    from lif_nlp.workflow.session import Session
    from lif_nlp.workflow.themes import themes

    clock = Clock()
    with Store(workspace) as store:
        session = Session(store, load_settings(workspace, profile=profile))
        with record_run(session, "benchmark") as run:
            add(session, paths, run)
            clock("add")
            themes(session, run)
            clock("themes_stage")
            mine(session, paths, run, formats=("html",))
            clock("briefs")
        return clock.stages | {"sentences_n": store.counts()["units_kept"]}


class Clock:
    """Seconds since the last call, by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._last = time.perf_counter()

    def __call__(self, stage: str) -> None:
        """Note the seconds since the last call as those of `stage`."""
        now = time.perf_counter()
        self.stages[stage] = now - self._last
        self._last = now


def run_one(recipe: str, paths: list[Path], workspace: Path) -> dict[str, float]:
    """One run in this process: seconds by stage, whole seconds and peak megabytes."""
    jobs: dict[str, Callable[[], dict[str, float]]] = {
        "plain": lambda: plain(paths, workspace),
        "accurate": lambda: ours(paths, workspace, "accurate"),
        "fast": lambda: ours(paths, workspace, "fast"),
        "again": lambda: ours(paths, workspace, "accurate"),
    }
    started = time.perf_counter()
    stages = jobs[recipe]()
    stages["whole"] = time.perf_counter() - started
    stages["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return stages


def run_fresh(recipe: str, folder: Path, limit: int, workspace: Path) -> dict[str, float]:
    """One run in a fresh process."""
    command = [
        sys.executable, __file__, str(folder), "--limit", str(limit), "--recipe", recipe,
        "--workspace", str(workspace),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(folder: Path, limit: int, repeat: int) -> dict[str, object]:
    """All recipes in turn, `repeat` times; "again" runs on the workspace of "accurate"."""
    runs: dict[str, list[dict[str, float]]] = {recipe: [] for recipe in RECIPES}
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as place:
            for recipe in RECIPES:
                name = "accurate" if recipe == "again" else recipe
                runs[recipe].append(run_fresh(recipe, folder, limit, Path(place, name)))
    base = statistics.median(run["whole"] for run in runs["plain"])
    table = [summary(recipe, found, base) for recipe, found in runs.items()]
    return {
        "machine": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "files": limit,
        "table": table,
        "runs": runs,
    }


def summary(recipe: str, found: list[dict[str, float]], base: float) -> dict[str, object]:
    """One row: median, least and most seconds, ratio to the plain recipe, peak memory."""
    whole = sorted(run["whole"] for run in found)
    middle = statistics.median(whole)
    return {
        "recipe": recipe,
        "sentences": int(found[0]["sentences_n"]),
        "median_s": round(middle, 2),
        "least_s": round(whole[0], 2),
        "most_s": round(whole[-1], 2),
        "plain_over_this": round(base / middle, 2),
        "peak_mb": round(max(run["peak_mb"] for run in found)),
    }


def main() -> None:
    """Print the table, and write all runs with --out."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--recipe", choices=RECIPES, help=argparse.SUPPRESS)
    parser.add_argument("--workspace", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    paths = sorted(given.folder.rglob("*.pdf"))[: given.limit]
    if given.recipe:
        print(json.dumps(run_one(given.recipe, paths, given.workspace)))
        return
    found = compare(given.folder, len(paths), given.repeat)
    columns = ("recipe", "sentences", "median_s", "least_s", "most_s", "plain_over_this", "peak_mb")
    print(" | ".join(columns))
    for row in found["table"]:  # type: ignore[attr-defined]
        print(" | ".join(str(row[column]) for column in columns))
    if given.out:
        given.out.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
