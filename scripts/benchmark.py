"""How long the whole job takes, as ratios against the plain recipe in the same run.

    .venv/bin/python scripts/benchmark.py FOLDER [--limit 20] [--repeat 3] [--out bench.json]
        [--recipes plain,fast,again] [--growth 10,20,40,80] [--gate bench.json]

The plain recipe is what an analyst would write in a notebook: pypdf for text, a
spaCy sentencizer, all-MiniLM-L6-v2 in float32, BERTopic with its defaults.  Each
run is a fresh process; the table gives medians, spread, peak memory and the ratio
plain / ours (above 1 means faster than the plain recipe).  "again" runs with nothing
new, "one_more" with one report more, both on the workspace of "fast".  `--growth` runs
"fast" on more and more reports.  `--gate` fails (exit code 1) where a ratio fell to
less than three quarters of that in an earlier `--out`.  Needs the extra `dev`.
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
from typing import Any

RECIPES = ("plain", "accurate", "fast", "fast_jobs2", "again", "one_more")
ON_FAST = ("again", "one_more")
"""Recipes that go on where "fast" ended."""

LEAST_SHARE = 0.75
"""A ratio may fall to this share of an earlier one before the gate closes."""

SMALL = {
    "import lif_nlp": ["-c", "import lif_nlp"],
    "lif --help": [
        "-c",
        "import sys; sys.argv=['lif', '--help']; from lif_nlp.cli import main; main()",
    ],
}


def pdfs_in(folder: Path) -> list[Path]:
    """PDFs below a folder; web pages saved under that name would stop the plain recipe."""
    found = sorted(folder.rglob("*.pdf"))
    return [path for path in found if path.open("rb").read(5) == b"%PDF-"]


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


def ours(paths: list[Path], workspace: Path, profile: str, jobs: int = 1) -> dict[str, float]:
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
        session = Session(store, load_settings(workspace, profile=profile, jobs=jobs))
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
        "fast_jobs2": lambda: ours(paths, workspace, "fast", jobs=2),
        "again": lambda: ours(paths, workspace, "fast"),
        "one_more": lambda: ours(paths, workspace, "fast"),
    }
    started = time.perf_counter()
    stages = jobs[recipe]()
    stages["whole"] = time.perf_counter() - started
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    # of the processes beside this one, only the largest is known
    stages["peak_mb"] = (own.ru_maxrss + others.ru_maxrss) / 1024
    stages["cpu"] = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
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


def compare(
    folder: Path, limit: int, repeat: int, recipes: tuple[str, ...]
) -> dict[str, list[dict[str, float]]]:
    """Runs of each recipe, in turn, `repeat` times."""
    runs: dict[str, list[dict[str, float]]] = {recipe: [] for recipe in recipes}
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as place:
            for recipe in recipes:
                workspace = Path(place, "fast" if recipe in ON_FAST else recipe)
                files = limit + (recipe == "one_more")
                runs[recipe].append(run_fresh(recipe, folder, files, workspace))
    return runs


def grow(folder: Path, sizes: list[int]) -> list[dict[str, float]]:
    """One cold run of "fast" for each number of reports."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            rows.append({"documents": size} | run_fresh("fast", folder, size, Path(place, "w")))
    return rows


def start_times(repeat: int) -> dict[str, float]:
    """Median seconds of a bare import and of the help."""
    return {
        name: round(statistics.median(_seconds([sys.executable, *rest]) for _ in range(repeat)), 2)
        for name, rest in SMALL.items()
    }


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def closed(table: list[dict[str, object]], earlier: Path) -> list[str]:
    """Recipes whose ratio fell too far, with both figures."""
    before = json.loads(earlier.read_text(encoding="utf-8"))["table"]
    base = {row["recipe"]: row["plain_over_this"] for row in before}
    return [
        f"{row['recipe']}: {row['plain_over_this']}, was {base[row['recipe']]}"
        for row in table
        if row["recipe"] in base
        and float(str(row["plain_over_this"])) < LEAST_SHARE * base[row["recipe"]]
    ]


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
        "cpu_s": round(statistics.median(run["cpu"] for run in found), 1),
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
    parser.add_argument("--recipes", default=",".join(RECIPES), help="some of the recipes")
    parser.add_argument("--growth", default="", help="numbers of reports, joined by commas")
    parser.add_argument("--gate", type=Path, help="an earlier --out")
    given = parser.parse_args()
    paths = pdfs_in(given.folder)[: given.limit]
    if given.recipe:
        print(json.dumps(run_one(given.recipe, paths, given.workspace)))
        return
    recipes = tuple(recipe for recipe in RECIPES if recipe in given.recipes.split(","))
    runs = compare(given.folder, len(paths), given.repeat, recipes)
    base = statistics.median(run["whole"] for run in runs.get("plain", []) or [{"whole": 0.0}])
    table = [summary(recipe, found, base) for recipe, found in runs.items()]
    found = {
        "machine": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "files": len(paths),
        "start_s": start_times(given.repeat),
        "table": table,
        "runs": runs,
        "growth": grow(given.folder, [int(n) for n in given.growth.split(",") if n]),
    }
    show(found)
    if given.out:
        given.out.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if given.gate and (fallen := closed(table, given.gate)):
        sys.exit("slower than before: " + "; ".join(fallen))


def show(found: dict[str, Any]) -> None:
    """Print the tables for reading."""
    print(
        f"{found['files']} files; {found['machine']}; Python {found['python']}; {found['start_s']}"
    )
    for rows in (found["table"], found["growth"]):
        for number, row in enumerate(rows):
            if not number:
                print(" | ".join(row))
            print(
                " | ".join(
                    str(round(v, 1)) if isinstance(v, float) else str(v) for v in row.values()
                )
            )


if __name__ == "__main__":
    main()
