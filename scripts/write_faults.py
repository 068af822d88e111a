"""Let writes fail in every command, many times over, and count what breaks.

    python scripts/write_faults.py [--faults 100] [--seed 1]

Each time one command runs on a copy of a small workspace in a process that may write files only up
to a random size (RLIMIT_FSIZE), so that some write of it fails as on a full disk.  Afterwards the
database must be whole and hold every report, and stderr no traceback and no sentence of a report.
At the end of each, the command runs again without a limit and must succeed.  Exit code 1 if
anything broke.  Needs a system with fork (not Windows).
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path

WORDS = "The quibberel notice lay unread in the duty tray."
"""A sentence of the reports, which no message may hold."""

REPORT = f"""Local child safeguarding practice review, Child A1, 2021

Findings

Health visitors did not share what they saw with the school because records were kept apart.
{WORDS}
The school nurse listened to the child and wrote down her words.
Agencies should agree who leads the plan within three months.
"""

COMMANDS = (
    ("mine", "{place}/in", "-w", "{w}", "--jobs", "1", "--quiet"),
    ("add", "{place}/more.md", "-w", "{w}", "--jobs", "1", "--quiet"),
    ("themes", "-w", "{w}"),
    ("points", "-w", "{w}"),
    ("brief", "-w", "{w}", "--kind", "summary", "--theme", "recording"),
    ("export", "findings", "{place}/out.csv", "-w", "{w}"),
    ("export", "findings", "{place}/out.xlsx", "-w", "{w}"),
    ("review", "--export", "{place}/review.xlsx", "-w", "{w}"),
    ("search", "school", "-w", "{w}"),
    ("status", "-w", "{w}"),
    ("follow", "{place}/plan.csv", "-w", "{w}"),
    ("purge", "--report", "more.md", "-w", "{w}"),
)
"""Commands that write, with places to fill in."""

PLAN = (
    "Ref,Recommendation,Action,Owner,Due,Status\n"
    "1,Agree who leads,Name a lead,Board,May 2022,Done\n"
)

SMALLEST, LARGEST = 64, 2_000_000
"""Sizes between which the limit lies, drawn evenly by their logarithm."""

GOOD = {0, 1, 2, 3}
"""Exit codes that a command may end with."""


def run(arguments: list[str], folder: Path, limit: int = 0) -> tuple[int, str]:
    """Exit code and stderr of a command in a process that may write files up to `limit` bytes."""
    log = folder / "stderr"
    child = os.fork()
    if not child:
        with log.open("w") as file, Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(file.fileno(), 2)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        sys.argv = ["lif", *arguments]
        from lif_nlp import cli

        code = 70
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), log.read_text("utf-8", "replace")


def reports_in(workspace: Path) -> int:
    """Reports of a workspace whose database is whole; -1 if it is not."""
    with sqlite3.connect(workspace / "learning.db") as db:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return -1
        return int(db.execute("SELECT count(*) FROM documents").fetchone()[0])


def prepare(place: Path) -> Path:
    """A workspace with two reports, a report and a plan beside it."""
    (place / "in").mkdir(parents=True)
    for number in (1, 2):
        text = REPORT.replace("Child A1", f"Child A{number}")
        (place / "in" / f"r{number}.md").write_text(text, "utf-8")
    (place / "more.md").write_text(REPORT.replace("Child A1", "Child A3"), "utf-8")
    (place / "plan.csv").write_text(PLAN, "utf-8")
    code, said = run(filled(COMMANDS[0], place), place)
    if code:
        sys.exit(f"write_faults: the workspace could not be made: {said}")
    return place


def filled(command: tuple[str, ...], place: Path) -> list[str]:
    """A command with its places."""
    return [part.format(place=place, w=place / "w") for part in command]


def broken(before: int, after: int, code: int, said: str, *, purges: bool) -> list[str]:
    """What a fault broke, in words; empty if nothing."""
    faults = []
    if code not in GOOD:
        faults.append(f"exit code {code}")
    if "Traceback" in said:
        faults.append("traceback")
    if WORDS[:20] in said:
        faults.append("a sentence on stderr")
    if after < 0:
        faults.append("the database is damaged")
    elif after < before - purges:
        faults.append(f"{before - after} reports lost")
    return faults


def main() -> None:
    """Run the faults and print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ |= {"LIF_ENCODER": "hashed", "LIF_PROFILE": "fast"}
    # Read once, before processes are forked.
    from lif_nlp import label_texts

    label_texts(["Nobody rang."])

    generator = random.Random(options.seed)
    codes: Counter[str] = Counter()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = prepare(Path(folder, "whole"))
        for number in range(options.faults):
            command = COMMANDS[number % len(COMMANDS)]
            limit = int(SMALLEST * (LARGEST / SMALLEST) ** generator.random())
            place = Path(folder, f"n{number}")
            shutil.copytree(whole, place)
            before = reports_in(place / "w")
            code, said = run(filled(command, place), place, limit)
            codes[f"{command[0]} {code}"] += 1
            after = reports_in(place / "w")
            faults = broken(before, after, code, said, purges=command[0] == "purge")
            again, told = run(filled(command, place), place)
            if again not in GOOD - {1} and command[0] not in ("purge", "brief", "points"):
                faults.append(f"did not work again: {told[-200:]}")
            if faults:
                failed += 1
                print(f"{number}: {' '.join(command[:2])}, {limit} bytes: {'; '.join(faults)}")
            shutil.rmtree(place)
    print(f"{options.faults} faults, {failed} broke something; by command and code: {dict(codes)}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
