"""Cores that this process may use, and threads of numeric libraries.

The thread settings are environment variables that OpenMP, BLAS and the tokenizers read when
they are loaded, so they must be set before numpy or torch is imported.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

_log = logging.getLogger(__name__)

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_POOLS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


def cores() -> int:
    """Number of cores that this process may use, at least 1.

    Takes account of CPU affinity (`taskset`, a batch system) and of the quota of a container
    under cgroup v2: a container may have two cores of a machine with sixty-four.
    """
    # Unlike the number of cores, this knows of `taskset` and of containers with fixed cores.
    affinity = getattr(os, "sched_getaffinity", None)
    available = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(available, _quota(available)))


def _quota(allowed: int) -> int:
    """Whole cores of the container's quota, or `allowed` where there is none.

    The file holds two numbers of microseconds, "<quota> <period>", or "max <period>".
    """
    try:
        quota, period = _QUOTA.read_text(encoding="ascii").split()
    except (OSError, ValueError) as error:
        _log.debug("no container quota (%s)", type(error).__name__)
        return allowed
    return allowed if quota == "max" else int(quota) // int(period)


def set_passive_openmp() -> None:
    """Let idle OpenMP threads sleep instead of spinning.

    Spinning threads keep busy ones off the cores: beside another process, encoding 300
    passages on two cores took 19 seconds instead of 2 (workflow/README.md).
    """
    # For libraries in C alone: what Python reads of the environment stays as the user set it.
    os.putenv("OMP_WAIT_POLICY", "PASSIVE")


def limit_threads(threads: int) -> None:
    """Limit the threads of OpenMP, BLAS and the tokenizers in this process."""
    set_passive_openmp()
    for pool in _POOLS:
        os.putenv(pool, str(threads))
    # Its threads are not counted among those above, and it warns after every fork.
    os.putenv("TOKENIZERS_PARALLELISM", "false")
