"""Kills `lif mine` at random moments, many times over, and counts what was lost or doubled.

    .venv/bin/python scripts/kill_test.py [FOLDER] [--kills 200] [--encoder hashed] [--jobs 2]

After each kill -9 the workspace is opened and checked; in the end the job runs to its end
once, and its tables are compared with those of a run that nobody disturbed.  Without a
FOLDER, the fictional sample is used.  Exit code 1 when anything was lost or doubled.
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
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "corpora" / "sample"
TABLES = ("documents", "findings", "recommendations", "facts", "skipped_parts", "assignments")


def command(sources: Path, workspace: Path, jobs: int) -> list[str]:
    """The main job as a command line."""
    lif = str(Path(sys.executable).with_name("lif"))
    return [lif, "mine", str(sources), "-w", str(workspace), "--jobs", str(jobs), "--quiet"]


def run_whole(arguments: list[str], environment: dict[str, str]) -> float:
    """Seconds of a run to its end."""
    started = time.monotonic()
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"the job failed: {done.stderr[-500:]}")
    return time.monotonic() - started


def kill_after(seconds: float, arguments: list[str], environment: dict[str, str]) -> bool:
    """Start the job and kill it; False where it was done before."""
    process = subprocess.Popen(
        arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def faults(workspace: Path) -> list[str]:
    """What is wrong with a workspace after a kill; nothing, one hopes."""
    path = workspace / "learning.db"
    if not path.exists():
        return []
    found = []
    from lif_nlp.store import Store

    with Store(workspace) as store:
        db: sqlite3.Connection = store.connection
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            found.append("the database is damaged")
        if db.execute("PRAGMA foreign_key_check").fetchall():
            found.append("rows point to what is not there")
        documents = store.frame("documents")
        kept = documents[documents["status"] == "ok"]
        if kept["source"].duplicated().any():
            found.append("a document is there twice")
        findings = Counter(store.frame("findings")["doc_id"])
        if any(findings[row.doc_id] != row.findings for row in kept.itertuples()):
            found.append("a document lacks findings")
        for (shard,) in db.execute("SELECT DISTINCT shard FROM vectors"):
            if not (workspace / "vectors" / shard).is_file():
                found.append("a vector's file is missing")
    return found


def tables(workspace: Path) -> dict[str, str]:
    """The tables as text, to compare."""
    from lif_nlp.store import Store

    with Store(workspace) as store:
        return {name: store.frame(name).to_json(orient="records") for name in TABLES}


def main() -> None:
    """Kill, check, and in the end compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--encoder", default="hashed")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    environment = {**os.environ, "LIF_ENCODER": given.encoder}
    chance = random.Random(given.seed)
    wrong: Counter[str] = Counter()
    kills = finished = opened = 0
    with tempfile.TemporaryDirectory() as place:
        calm, shaken = Path(place, "calm"), Path(place, "shaken")
        seconds = run_whole(command(given.folder, calm, given.jobs), environment)
        print(f"undisturbed: {seconds:.1f} s", flush=True)
        job = command(given.folder, shaken, given.jobs)
        while kills < given.kills:
            if kill_after(chance.uniform(0.05, 1.1) * seconds, job, environment):
                kills += 1
                wrong.update(faults(shaken))
                opened += 1
            else:
                # done: begin anew, so that every stage gets its share of kills
                finished += 1
                if tables(shaken) != tables(calm):
                    wrong["tables differ from the undisturbed run"] += 1
                shaken = Path(place, f"shaken{finished}")
                job = command(given.folder, shaken, given.jobs)
        run_whole(job, environment)
        if tables(shaken) != tables(calm):
            wrong["tables differ from the undisturbed run"] += 1
    result = {"kills": kills, "opened": opened, "finished": finished + 1, "faults": dict(wrong)}
    print(json.dumps(result))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
