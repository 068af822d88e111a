"""A Dask cluster gives the same tables as one process, even if workers die."""

import os
import signal
import sys

import pytest

from lif_nlp.config import load_settings
from lif_nlp.errors import LifError, MissingExtraError
from lif_nlp.runtime.cluster import process_on_cluster
from tests.batch.conftest import added
from tests.batch.test_jobs import same


def test_without_dask_the_extra_is_named(many, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r'-m pip install "dask\[distributed\]>='):
        next(process_on_cluster([many / "a.md"], load_settings(cluster="tcp://127.0.0.1:1")))


OURS_ALONE = "from lif_nlp.optional_imports import claim_process; claim_process()"
"""Lets the workers leave out what other users of a worker might need, as `lif` does."""


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        processes=True,
        silence_logs=50,
        preload=[OURS_ALONE],
    ) as running:
        yield running
        # Dask would ask them to end for some seconds before it kills them.
        for worker in running.workers.values():
            worker.auto_restart = False
            os.kill(worker.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_cluster_gives_the_tables_of_one_process(cluster, many, tmp_path):
    (many / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    alone, one = added(tmp_path / "one", many)
    spread, two = added(tmp_path / "two", many, cluster=cluster.scheduler_address)
    assert alone == spread
    same(one, two)


@pytest.mark.slow
@pytest.mark.parametrize("killed", [1, 2])
def test_a_run_survives_workers_killed_halfway(cluster, many, tmp_path, killed):
    _, one = added(tmp_path / "one", many)
    settings = load_settings(encoder="hashed", cluster=cluster.scheduler_address)
    results = process_on_cluster(sorted(many.iterdir()), settings)
    first = next(results)
    for victim in list(cluster.workers.values())[:killed]:
        os.kill(victim.pid, signal.SIGKILL)
    rest = list(results)
    documents = [
        labelled.document.doc_id for _, done in [first, *rest] for labelled in done.documents
    ]
    assert sorted(documents) == sorted(one["documents"]["doc_id"])


@pytest.mark.slow
def test_a_missing_or_too_large_file_is_named_and_the_rest_is_read(cluster, many):
    large = many / "large.md"
    large.write_bytes(b"x" * (1 << 20) + b"x")
    paths = [many / "gone.md", large, many / "a.md"]
    settings = load_settings(encoder="hashed", cluster=cluster.scheduler_address, max_file_mb=1)
    done = [given for _, given in process_on_cluster(paths, settings)]
    reasons = [item.reason for given in done for item in given.quarantined]
    assert [reason.split(";")[0] for reason in reasons] == [
        "the file cannot be opened (No such file or directory)",
        "the file is 1 MB, larger than the limit of 1 MB",
    ]
    assert [len(given.documents) for given in done] == [0, 0, 1]


@pytest.mark.slow
def test_a_missing_scheduler_is_an_error_with_advice(many, monkeypatch):
    monkeypatch.setattr("lif_nlp.runtime.cluster.CONNECT_SECONDS", 0.5)
    settings = load_settings(encoder="hashed", cluster="tcp://127.0.0.1:9")
    with pytest.raises(LifError, match=r"no Dask scheduler answers at 'tcp://127.0.0.1:9'; start"):
        next(process_on_cluster([many / "a.md"], settings))
