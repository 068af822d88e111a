"""Processes are limited by the cores this process may use, not by those of the machine."""

import os

import pytest

from lif_nlp.config import Settings
from lif_nlp.runtime import cpu
from lif_nlp.runtime.cpu import cores
from lif_nlp.runtime.parallel import worker_count


@pytest.fixture
def quota(tmp_path, monkeypatch):
    """The file that holds the quota of a container."""
    file = tmp_path / "cpu.max"
    monkeypatch.setattr(cpu, "_QUOTA", file)
    return file


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores are bound on Linux alone")
def test_a_process_bound_to_one_core_uses_one(quota):
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        assert (cores(), worker_count(Settings(jobs=0), 100)) == (1, 1)
    finally:
        os.sched_setaffinity(0, allowed)
    assert cores() == len(allowed)


@pytest.mark.parametrize(("given", "found"), [
    ("200000 100000", 2), ("150000 100000", 1), ("50000 100000", 1),
    ("max 100000", 8), ("", 8), ("900000 100000", 8),
])  # fmt: skip
def test_the_quota_of_a_container_counts(quota, monkeypatch, given, found):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    quota.write_text(given + "\n", encoding="ascii")
    assert cores() == found


@pytest.mark.parametrize(
    ("profile", "tasks", "found"),
    [("fast", 100, 4), ("accurate", 100, 2), ("fast", 17, 3), ("accurate", 8, 1), ("fast", 0, 0)],
)
def test_no_more_processes_start_than_are_worth_it(quota, monkeypatch, profile, tasks, found):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert worker_count(Settings(jobs=0, profile=profile), tasks) == found
