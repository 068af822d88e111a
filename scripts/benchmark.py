"""Measures how long the whole job takes, relative to a plain recipe in the same run.

    .venv/bin/python scripts/benchmark.py FOLDER [--limit 20] [--repeat 3] [--out bench.json]
        [--recipes plain,fast,again] [--growth 50,215,430] [--gate earlier.json]

The plain recipe is what an analyst would write in a notebook: pypdf for text, a spaCy
sentencizer, all-MiniLM-L6-v2 in float32, and BERTopic with its defaults.  Each run is a
fresh process, and recipes take turns.  The table gives medians, range, the peak memory of
all processes together, and the ratio plain / ours (above 1 is faster than the plain recipe).
"again" runs with nothing new and "one_more" with one more report, a copy with other words;
both use the workspace of "fast".  "accurate" and "fast" use all cores, as the command does by
default, and "fast_jobs1" one process.

A long benchmark can be run in parts: `--out` keeps earlier results for other recipes and
sizes, and a readable table is written next to it (.md).  `--growth` runs "fast" on a growing
number of reports; if the folder has too few, copies with other words (`changed_copies.py`)
make up the rest.  `--gate` fails (exit code 1) if a ratio fell below three quarters of that
in an earlier `--out`.  Needs the extra `dev`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psutil
from changed_copies import write_copies

from lif_nlp.optional_imports import claim_process

RECIPES = ("plain", "accurate", "fast", "fast_jobs1", "again", "one_more")
ON_FAST = ("again", "one_more")
"""Recipes that continue in the workspace of "fast"."""

PACKAGES = ("torch", "spacy", "bertopic", "pypdf", "pypdfium2", "numpy", "scikit-learn")

MIN_SHARE = 0.75
"""Share of the earlier ratio below which `--gate` fails.  Chosen by judgement, to allow
for what a few runs vary by; not tuned."""

START_COMMANDS = {
    "import lif_nlp": ["-c", "import lif_nlp"],
    "lif --help": [
        "-c",
        "import sys; sys.argv=['lif', '--help']; from lif_nlp.cli import main; main()",
    ],
}


def pdfs_in(folder: Path) -> list[Path]:
    """PDFs below a folder, without web pages saved as .pdf, which the plain recipe cannot read."""
    paths = sorted(folder.rglob("*.pdf"))
    return [path for path in paths if path.open("rb").read(5) == b"%PDF-"]


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


def ours(paths: list[Path], workspace: Path, profile: str, jobs: int = 0) -> dict[str, float]:
    """Seconds by stage of `lif mine` with a profile; `jobs` 0 uses all cores."""
    from lif_nlp.config import load_settings
    from lif_nlp.runtime.manifest import record_run
    from lif_nlp.runtime.session import Session
    from lif_nlp.store import Store
    from lif_nlp.workflow.add import add
    from lif_nlp.workflow.mine import mine
    from lif_nlp.workflow.themes import themes

    clock = Clock()
    workspace.mkdir(parents=True, exist_ok=True)
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
    """A stopwatch that records the seconds of each stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._last = time.perf_counter()

    def __call__(self, stage: str) -> None:
        """Record the seconds since the last call as those of `stage`."""
        now = time.perf_counter()
        self.stages[stage] = now - self._last
        self._last = now


def run_one(recipe: str, paths: list[Path], workspace: Path) -> dict[str, float]:
    """One run in this process: seconds by stage, in total, and of processor time."""
    claim_process()  # as the command line does
    jobs: dict[str, Callable[[], dict[str, float]]] = {
        "plain": lambda: plain(paths, workspace),
        "accurate": lambda: ours(paths, workspace, "accurate"),
        "fast": lambda: ours(paths, workspace, "fast"),
        "fast_jobs1": lambda: ours(paths, workspace, "fast", jobs=1),
        "again": lambda: ours(paths, workspace, "fast"),
        "one_more": lambda: ours(paths, workspace, "fast"),
    }
    started = time.perf_counter()
    stages = jobs[recipe]()
    stages["whole"] = time.perf_counter() - started
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    stages["cpu"] = sum(one.ru_utime + one.ru_stime for one in both)
    return stages


def run_fresh(recipe: str, paths: Sequence[Path], workspace: Path) -> dict[str, float]:
    """One run in a fresh process, with the peak memory (MB) of it and its child processes."""
    with tempfile.TemporaryDirectory() as place:
        path_list = Path(place, "paths.json")
        path_list.write_text(json.dumps([str(path) for path in paths]), encoding="utf-8")
        command = [
            sys.executable, __file__, str(path_list), "--recipe", recipe,
            "--workspace", str(workspace),
        ]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        ended, peak = Event(), [0.0]
        watcher = Thread(target=_watch_memory, args=(process.pid, ended, peak))
        watcher.start()
        output, errors = process.communicate()
        ended.set()
        watcher.join()
    if process.returncode:
        sys.exit(f"{recipe} failed: {errors.decode()[-2000:]}")
    stages: dict[str, float] = json.loads(output.splitlines()[-1])
    return stages | {"peak_mb": peak[0]}


def _watch_memory(pid: int, ended: Event, peak: list[float]) -> None:
    """Record the peak memory (MB) of a process and its children together."""
    while not ended.wait(0.25):
        resident = 0
        try:
            parent = psutil.Process(pid)
            for process in (parent, *parent.children(recursive=True)):
                resident += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue  # it has just ended
        peak[0] = max(peak[0], resident / 2**20)


def compare(
    paths: list[Path], repeat: int, recipes: tuple[str, ...], place: Path
) -> dict[str, list[dict[str, float]]]:
    """The runs of each recipe; recipes take turns, `repeat` times."""
    [extra] = write_copies(paths[:1], place / "extra", 1)
    runs: dict[str, list[dict[str, float]]] = {recipe: [] for recipe in recipes}
    for number in range(repeat):
        for recipe in recipes:
            workspace = place / f"{'fast' if recipe in ON_FAST else recipe}-{number}"
            if recipe in ON_FAST and not workspace.is_dir():
                run_fresh("fast", paths, workspace)
            sources = [*paths, extra] if recipe == "one_more" else paths
            runs[recipe].append(run_fresh(recipe, sources, workspace))
            print(recipe, round(runs[recipe][-1]["whole"], 1), "s", file=sys.stderr, flush=True)
            if recipe not in ("fast", *ON_FAST):
                shutil.rmtree(workspace, ignore_errors=True)
        shutil.rmtree(place / f"fast-{number}", ignore_errors=True)
    return runs


def grow(paths: list[Path], sizes: list[int], place: Path) -> list[dict[str, float]]:
    """One run of "fast" in a new workspace for each number of reports."""
    missing = max([0, *sizes]) - len(paths)
    copies = write_copies(paths, place / "copies", -(-missing // len(paths))) if missing > 0 else []
    rows = []
    for size in sizes:
        workspace = place / f"growth-{size}"
        sources = [*paths, *copies][:size]
        row = {"documents": float(len(sources))} | run_fresh("fast", sources, workspace)
        row["processor_s_per_report"] = row["cpu"] / len(sources)
        rows.append(row)
        print("growth", size, round(row["whole"], 1), "s", file=sys.stderr, flush=True)
        shutil.rmtree(workspace, ignore_errors=True)
    return rows


def start_times(repeat: int) -> dict[str, float]:
    """Median seconds of `import lif_nlp` and of `lif --help`."""
    return {
        name: round(statistics.median(_seconds([sys.executable, *rest]) for _ in range(repeat)), 2)
        for name, rest in START_COMMANDS.items()
    }


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def slower_recipes(table: list[dict[str, object]], earlier: Path) -> list[str]:
    """Recipes whose ratio fell below `MIN_SHARE` of an earlier one, with both figures."""
    before = json.loads(earlier.read_text(encoding="utf-8"))["table"]
    base = {row["recipe"]: row["plain_over_this"] for row in before}
    return [
        f"{row['recipe']}: {row['plain_over_this']}, was {base[row['recipe']]}"
        for row in table
        if row["recipe"] in base
        and float(str(row["plain_over_this"])) < MIN_SHARE * base[row["recipe"]]
    ]


def summary(recipe: str, runs: list[dict[str, float]], base: float) -> dict[str, object]:
    """One row: median, least and most seconds, ratio to the plain recipe, peak memory."""
    whole = sorted(run["whole"] for run in runs)
    middle = statistics.median(whole)
    return {
        "recipe": recipe,
        "sentences": int(runs[0]["sentences_n"]),
        "median_s": round(middle, 2),
        "least_s": round(whole[0], 2),
        "most_s": round(whole[-1], 2),
        "plain_over_this": round(base / middle, 2),
        "cpu_s": round(statistics.median(run["cpu"] for run in runs), 1),
        "peak_mb": round(max(run["peak_mb"] for run in runs)),
    }


def parse_options() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=20, help="number of PDFs")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--recipe", choices=RECIPES, help=argparse.SUPPRESS)
    parser.add_argument("--workspace", type=Path, help=argparse.SUPPRESS)
    parser.add_argument(
        "--recipes",
        default=",".join(RECIPES),
        help="recipes to run, joined by commas; may be empty",
    )
    parser.add_argument("--growth", default="", help="numbers of reports, joined by commas")
    parser.add_argument("--gate", type=Path, help="an earlier --out")
    return parser.parse_args()


def main() -> None:
    """Print the tables; with --out, store all runs."""
    options = parse_options()
    if options.recipe:
        paths = [Path(path) for path in json.loads(options.folder.read_text(encoding="utf-8"))]
        print(json.dumps(run_one(options.recipe, paths, options.workspace)))
        return
    paths = pdfs_in(options.folder)
    recipes = tuple(recipe for recipe in RECIPES if recipe in options.recipes.split(","))
    sizes = [int(number) for number in options.growth.split(",") if number]
    before = json.loads(options.out.read_text()) if options.out and options.out.is_file() else {}
    limited = paths[: options.limit]
    if before and recipes and before["files"] != len(limited):
        sys.exit(f"{options.out}: made with {before['files']} reports, not {len(limited)}")
    with tempfile.TemporaryDirectory() as place:
        runs = compare(limited, options.repeat, recipes, Path(place)) if recipes else {}
        growth = grow(paths, sizes, Path(place))
    report = make_report(before, runs, growth, len(limited), options.repeat)
    text = as_text(report)
    print(text)
    if options.out:
        options.out.write_text(json.dumps(report, indent=1), encoding="utf-8")
        options.out.with_suffix(".md").write_text(text, encoding="utf-8")
    if options.gate and (slower := slower_recipes(report["table"], options.gate)):
        sys.exit("slower than before: " + "; ".join(slower))


def make_report(
    before: dict[str, Any],
    runs: dict[str, list[dict[str, float]]],
    growth: list[dict[str, float]],
    files: int,
    repeat: int,
) -> dict[str, Any]:
    """The results: runs of now, and earlier runs of recipes that were not run now."""
    runs = before.get("runs", {}) | runs
    rows = {row["documents"]: row for row in [*before.get("growth", []), *growth]}
    base = statistics.median(run["whole"] for run in runs.get("plain", []) or [{"whole": 0.0}])
    return {
        "machine": f"{platform.platform()}, {processor()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "files": files if runs else before.get("files", 0),
        "start_s": start_times(repeat),
        "table": [summary(recipe, runs[recipe], base) for recipe in RECIPES if recipe in runs],
        "runs": runs,
        "growth": [rows[size] for size in sorted(rows)],
    }


def processor() -> str:
    """Name of the processor, if the system gives it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def as_text(report: dict[str, Any]) -> str:
    """The tables in Markdown."""
    packages = ", ".join(f"{name} {number}" for name, number in report["packages"].items())
    lines = [
        f"{report['files']} reports; {report['machine']}; Python {report['python']}; {packages}",
        "; ".join(f"`{name}` {seconds} s" for name, seconds in report["start_s"].items()),
    ]
    for rows in (report["table"], report["growth"]):
        if rows:
            lines += ["", *_markdown(rows)]
    return "\n".join(lines) + "\n"


def _markdown(rows: Sequence[dict[str, Any]]) -> list[str]:
    heads = list(rows[0])
    cells = [[f"{row[h]:.1f}" if isinstance(row[h], float) else str(row[h]) for h in heads]
             for row in rows]  # fmt: skip
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *cells)]


if __name__ == "__main__":
    main()
