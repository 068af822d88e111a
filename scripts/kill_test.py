"""Kills `lif mine` at random moments, many times over, and counts what was lost or doubled.

    .venv/bin/python scripts/kill_test.py [FOLDER] [--kills 200] [--encoder hashed] [--jobs 2]
                                          [--follow TRACKERS]

After each kill -9 the workspace is opened and checked.  At the end the job runs undisturbed
once, and its tables are compared with those of a run that was never killed.  Without FOLDER,
the fictional sample is used.  With a folder of trackers and responses, the job is `lif mine` and
then `lif follow`.  Exit code 1 if anything was lost or doubled.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "corpora" / "sample"
TABLES = ("documents", "findings", "recommendations", "facts", "skipped_parts", "assignments")
FOLLOWED = (
    "ledger_asks", "ledger_documents", "ledger_answers", "ledger_snapshots", "ledger_actions",
    "ledger_links", "ledger_checks", "ledger_sent",
)  # fmt: skip
"""Tables that `lif follow` fills."""

_STEPS = """
import subprocess, sys
for arguments in sys.argv[1].split("\\n"):
    code = subprocess.call([sys.executable, "-m", "lif_nlp", *arguments.split("\\t")])
    if code not in (0, 3):
        sys.exit(code)
"""
"""Runs commands of lif one after the other, as a batch file would."""


def command(sources: Path, workspace: Path, options: argparse.Namespace) -> list[str]:
    """The command line of the main job."""
    mine = ["mine", str(sources), "-w", str(workspace), "--jobs", str(options.jobs), "--quiet"]
    steps = [mine]
    if options.follow:
        files = sorted(str(path) for path in options.follow.iterdir() if path.suffix != ".json")
        steps.append(["follow", *files, "-w", str(workspace)])
    return [sys.executable, "-c", _STEPS, "\n".join("\t".join(step) for step in steps)]


def run_whole(arguments: list[str], environment: dict[str, str]) -> float:
    """Seconds of an undisturbed run."""
    started = time.monotonic()
    process = subprocess.run(
        arguments, env=environment, capture_output=True, text=True, check=False
    )
    if process.returncode not in (0, 3):
        raise SystemExit(f"the job failed: {process.stderr[-500:]}")
    return time.monotonic() - started


def kill_after(seconds: float, arguments: list[str], environment: dict[str, str]) -> bool:
    """Start the job and kill it; False if it ended before."""
    process = subprocess.Popen(
        arguments,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def faults(workspace: Path) -> list[str]:
    """What is wrong with a workspace after a kill."""
    path = workspace / "learning.db"
    if not path.exists():
        return []
    problems = []
    from lif_nlp.store import Store

    with Store(workspace) as store:
        db: sqlite3.Connection = store.connection
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            problems.append("the database is damaged")
        if db.execute("PRAGMA foreign_key_check").fetchall():
            problems.append("a foreign key points nowhere")
        documents = store.frame("documents")
        stored = documents[documents["status"] == "ok"]
        if stored["source"].duplicated().any():
            problems.append("a document is stored twice")
        findings = Counter(store.frame("findings")["doc_id"])
        if any(findings[row.doc_id] != row.findings for row in stored.itertuples()):
            problems.append("a document lacks findings")
        for (shard,) in db.execute("SELECT DISTINCT shard FROM vectors"):
            if not (workspace / "vectors" / shard).is_file():
                problems.append("a vector's file is missing")
    return problems


def tables(workspace: Path, names: Sequence[str]) -> dict[str, str]:
    """The tables as text, for comparison."""
    from lif_nlp.store import Store

    with Store(workspace) as store:
        kept = {name: store.frame(name).to_json(orient="records") for name in TABLES}
        for name in set(names).difference(TABLES):
            kept[name] = repr(sorted(map(repr, store.connection.execute(f"SELECT * FROM {name}"))))
        return kept


def main() -> None:
    """Kill and check, and compare at the end."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--encoder", default="hashed")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--follow", type=Path)
    options = parser.parse_args()
    environment = {**os.environ, "LIF_ENCODER": options.encoder}
    generator = random.Random(options.seed)
    names = (*TABLES, *FOLLOWED) if options.follow else TABLES
    wrong: Counter[str] = Counter()
    kills = finished = 0
    with tempfile.TemporaryDirectory() as place:
        undisturbed, killed = Path(place, "undisturbed"), Path(place, "killed")
        seconds = run_whole(command(options.folder, undisturbed, options), environment)
        print(f"undisturbed: {seconds:.1f} s", flush=True)
        job = command(options.folder, killed, options)
        while kills < options.kills:
            if kill_after(generator.uniform(0.05, 1.1) * seconds, job, environment):
                kills += 1
                wrong.update(faults(killed))
                print(f"{kills} kills, {finished} finished, faults: {dict(wrong)}", flush=True)
            else:
                # It ended: start with a new workspace, so that every stage is killed sometimes.
                finished += 1
                if tables(killed, names) != tables(undisturbed, names):
                    wrong["tables differ from the undisturbed run"] += 1
                killed = Path(place, f"killed{finished}")
                job = command(options.folder, killed, options)
        run_whole(job, environment)
        if tables(killed, names) != tables(undisturbed, names):
            wrong["tables differ from the undisturbed run"] += 1
    result = {"kills": kills, "finished": finished + 1, "faults": dict(wrong)}
    print(json.dumps(result))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
