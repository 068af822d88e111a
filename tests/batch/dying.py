"""A run that ends at one call of one function, in a process of its own.

The processes are forked from one that has labelled a report already, so that each starts
with everything loaded: loading takes longer than the run itself.
"""

import importlib
import multiprocessing
import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

from lif_nlp.api.workspace import Workspace
from lif_nlp.runtime.cpu import limit_threads

KILLED = 99
"""Exit code of a run that killed itself."""


def mine_and_die(boundary, folder, workspace):
    """Mine a folder; the process ends before or after the n-th call of a function."""
    name, count, when = boundary
    owner, attribute = _owner(name)
    function, calls = getattr(owner, attribute), 0

    def deadly(*arguments, **options):
        nonlocal calls
        calls += 1
        if calls == count and when == "before":
            os._exit(KILLED)
        result = function(*arguments, **options)
        if calls == count:
            os._exit(KILLED)
        return result

    setattr(owner, attribute, deadly)
    with Workspace(workspace, encoder="hashed") as space:
        space.mine(folder, formats=("md",))


def follow_and_die(plan, workspace):
    """Take in a plan; the process is killed while the second of its rows is being written."""
    from lif_nlp.ledger_records import State
    from lif_nlp.store import ledger

    written, as_tuple = 0, ledger.astuple

    def deadly(record):
        nonlocal written
        written += isinstance(record, State)
        if written == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return as_tuple(record)

    ledger.astuple = deadly
    with Workspace(workspace, encoder="hashed") as space:
        space.follow(plan)


def run(boundary, folder, workspace):
    """Exit code of `mine_and_die` in a process of its own."""
    return exit_code_of(mine_and_die, boundary, folder, workspace)


def exit_code_of(job, *arguments):
    """Exit code of a job in a process of its own; negative for the signal that killed it."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([f"{__name__}_warm"])
    process = context.Process(target=job, args=arguments)
    process.start()
    process.join()
    return process.exitcode


def warm_up():
    """Load whatever a run loads."""
    # OpenMP's threads do not survive a fork, so there must be none.
    limit_threads(1)
    with TemporaryDirectory() as place:
        report = Path(place, "report.md")
        report.write_text("# Review: Child Z\n\n1 The plan drifted.\n", encoding="utf-8")
        with Workspace(Path(place, "w"), encoder="hashed") as space:
            space.mine(report, formats=("md",))


def _owner(name):
    """The module or class that a dotted name lies in, and the name's last part."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            owner = importlib.import_module(".".join(parts[:length]))
            break
        except ModuleNotFoundError:
            continue
    for part in parts[length:-1]:
        owner = getattr(owner, part)
    return owner, parts[-1]
