"""How numeric libraries use the cores; to be said before any of them is loaded."""

from __future__ import annotations

import os
from pathlib import Path

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_POOLS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


def cores() -> int:
    """How many cores this process may use, at least 1; a container may have few of many.

    What it was bound to (`taskset`, a batch system) counts, and the quota of a container
    under cgroup v2.
    """
    bound = getattr(os, "sched_getaffinity", None)
    allowed = len(bound(0)) if bound else os.cpu_count() or 1
    return max(1, min(allowed, _quota(allowed)))


def _quota(allowed: int) -> int:
    """Whole cores that "<microseconds> <of so many>" in `_QUOTA` comes to, or `allowed`."""
    try:
        given, period = _QUOTA.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return allowed
    return allowed if given == "max" else int(given) // int(period)


def set_passive_openmp() -> None:
    """Have idle threads of OpenMP sleep rather than spin.

    Beside other work, spinning threads keep each other from the cores: encoding took
    ten times as long on two busy cores (measured, see README.md beside this file).
    """
    os.putenv("OMP_WAIT_POLICY", "PASSIVE")


def limit_threads(threads: int) -> None:
    """Bound the threads of OpenMP, BLAS and tokenizers in this process."""
    set_passive_openmp()
    for pool in _POOLS:
        os.putenv(pool, str(threads))
    os.putenv("TOKENIZERS_PARALLELISM", "false")
