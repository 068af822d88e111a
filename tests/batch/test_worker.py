"""A worker that dies, hangs or prints costs one file, and the log says why."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lif_nlp.config import load_settings
from lif_nlp.errors import LifError
from lif_nlp.framework import load_framework
from lif_nlp.runtime.worker import Worker, WorkerEndedError


@pytest.fixture
def worker():
    made = Worker(load_settings(encoder="hashed"), framework=load_framework())
    yield made
    made.close()


def test_a_worker_answers_several_requests(worker, many):
    [first] = worker.read(many / "a.md")
    process = worker._process
    [second] = worker.read(many / "b.md")
    assert (first.title, second.title) == ("Review: Child A", "Review: Child B")
    assert worker._process is process


def test_a_worker_that_is_killed_costs_one_request(worker, many):
    worker.read(many / "a.md")
    os.kill(worker._process.pid, signal.SIGKILL)
    with pytest.raises(WorkerEndedError, match="ended by itself"):
        worker.read(many / "a.md")
    assert worker.read(many / "a.md")


def test_a_request_that_takes_too_long_ends_the_worker(worker, many, monkeypatch, caplog):
    slow = (
        "import time; from lif_nlp.runtime.processor import DocumentProcessor;"
        "DocumentProcessor.read = lambda processor, path: time.sleep(60);"
        "from lif_nlp.runtime.worker import serve; serve()"
    )
    monkeypatch.setattr("lif_nlp.runtime.worker._SERVE", slow)
    with pytest.raises(WorkerEndedError, match="out of time"):
        worker.read(many, seconds=0.1)
    assert "in <lambda>" in caplog.text


FAULTY = """
import lif_nlp.ingest
def faulty(path, **options):
    raise ValueError("words of a report")
lif_nlp.ingest.read = faulty
from lif_nlp.runtime.worker import serve
serve()
"""


def test_a_fault_in_a_worker_names_its_line_and_quotes_nothing(worker, many, monkeypatch, caplog):
    monkeypatch.setattr("lif_nlp.runtime.worker._SERVE", FAULTY)
    with pytest.raises(RuntimeError, match=r"^ValueError in <string>, line 4$"):
        worker.read(many / "a.md")
    assert "lif_nlp/runtime/processor.py" in caplog.text
    assert "in faulty" in caplog.text
    assert "words of a report" not in caplog.text


CRASHING = """
import lif_nlp.ingest, os
def crashing(path, **options):
    os.abort()
lif_nlp.ingest.read = crashing
from lif_nlp.runtime.worker import serve
serve()
"""


def test_a_crash_leaves_its_traceback_in_the_log(worker, many, monkeypatch, caplog):
    monkeypatch.setattr("lif_nlp.runtime.worker._SERVE", CRASHING)
    with pytest.raises(WorkerEndedError, match="ended by itself"):
        worker.read(many / "a.md")
    assert "in crashing" in caplog.text


def test_a_lif_error_in_a_worker_is_raised_as_one(many):
    broken = Worker(load_settings(encoder="no-such"), framework=load_framework())
    [document] = broken.read(many / "a.md")
    with pytest.raises(LifError, match="unknown encoder 'no-such'"):
        broken.label(document)
    broken.close()


def test_a_worker_ends_with_its_parent(tmp_path):
    code = (
        "import sys; from lif_nlp.config import load_settings;"
        "from lif_nlp.runtime.worker import Worker;"
        "w = Worker(load_settings()); w._running();"
        "print(w._process.pid, flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait(10)
    for _ in range(100):
        if not _alive(pid):
            break
        time.sleep(0.1)
    assert not _alive(pid)


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
