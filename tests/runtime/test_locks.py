"""A workspace has one writer at a time; a second one learns which process that is."""

import subprocess
import sys

import pytest

from lif_nlp.errors import StoreError
from lif_nlp.runtime.locks import workspace_lock

OCCUPY = """
import sys
from pathlib import Path
from lif_nlp.runtime.locks import workspace_lock
with workspace_lock(Path(sys.argv[1]), "mine", "2024-05-01T02:00:00", wait_seconds=0):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", OCCUPY, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    yield process
    process.communicate()


def test_a_second_writer_learns_which_process_has_the_lock(tmp_path, other_process):
    message = rf"in use by 'lif mine' \(process {other_process.pid}, since 2024-05-01T02:00:00\)"
    with (
        pytest.raises(StoreError, match=message),
        workspace_lock(tmp_path, "add", "later", wait_seconds=0.1),
    ):
        pass


def test_a_killed_writer_releases_the_lock(tmp_path, other_process):
    other_process.kill()
    other_process.wait(10)
    with workspace_lock(tmp_path, "add", "later", wait_seconds=5):
        pass


def test_the_owner_of_the_lock_is_removed_afterwards(tmp_path):
    with workspace_lock(tmp_path, "add", "now", wait_seconds=0):
        assert (tmp_path / ".holder.json").is_file()
    assert not (tmp_path / ".holder.json").exists()
