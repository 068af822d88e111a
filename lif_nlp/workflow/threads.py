"""How numeric libraries use the cores; to be said before any of them is loaded."""

from __future__ import annotations

import os

_POOLS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


def wait_patiently() -> None:
    """Have idle threads of OpenMP sleep rather than spin.

    Beside other work, spinning threads keep each other from the cores: encoding took
    ten times as long on two busy cores (measured, see README.md beside this file).
    """
    os.putenv("OMP_WAIT_POLICY", "PASSIVE")


def limit_threads(threads: int) -> None:
    """Bound the threads of OpenMP, BLAS and tokenizers in this process."""
    wait_patiently()
    for pool in _POOLS:
        os.putenv(pool, str(threads))
    os.putenv("TOKENIZERS_PARALLELISM", "false")
