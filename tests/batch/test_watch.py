"""A round of watching continues whatever is wrong with one file or disk."""

import os
import time

import pytest

from lif_nlp.config import load_settings
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.workflow import watch as watching
from lif_nlp.workflow.watch import watch, watch_once


@pytest.fixture
def session(tmp_path):
    with Store(tmp_path / "w") as store:
        yield Session(store, load_settings(tmp_path / "w", encoder="hashed", jobs=1))


@pytest.fixture
def arrived(many):
    """Two reports that have settled."""
    for name in "cd":
        (many / f"{name}.md").unlink()
    then = time.time() - 60
    for path in many.iterdir():
        os.utime(path, (then, then))
    return many


def refusing(name, error):
    """`file_hash` on a machine where one file cannot be read."""
    plain = watching.file_hash

    def file_hash(path):
        if path.name == name:
            raise error
        return plain(path)

    return file_hash


def test_a_file_without_access_is_named_and_the_rest_is_mined(session, arrived, monkeypatch):
    closed = refusing("a.md", PermissionError(13, "Permission denied"))
    monkeypatch.setattr(watching, "file_hash", closed)
    [first] = watch(session, arrived, rounds=1)
    assert [doc["title"] for doc in first.digest.documents] == ["Review: Child B"]
    line = (
        f"{arrived / 'a.md'}: the file cannot be opened (Permission denied); check who may read it"
    )
    assert first.not_taken == (line,)
    [again] = watch(session, arrived, rounds=1)
    assert (again.digest, again.not_taken) == (None, (line,))


def test_a_file_removed_while_it_is_hashed_is_not_a_fault(session, arrived, monkeypatch):
    monkeypatch.setattr(watching, "file_hash", refusing("a.md", FileNotFoundError(2, "gone")))
    [found] = watch(session, arrived, rounds=1)
    assert len(found.digest.documents) == 1
    assert (found.not_taken, found.fault) == ((), "")


def test_a_name_that_is_not_utf8_does_not_stop_the_round(session, arrived):
    odd = os.fsencode(arrived) + b"/caf\xe9.md"
    (arrived / "b.md").rename(os.fsdecode(odd))
    found = watch_once(session, arrived)
    assert len(found.digest.documents) == 1
    [line] = [item["source"] for item in found.digest.quarantined]
    assert line == "caf\\xe9.md"


def test_a_disk_fault_is_reported_and_the_next_round_continues(session, arrived, monkeypatch):
    def failing(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(watching, "_new_files", failing)
        [found] = watch(session, arrived, rounds=1)
    assert found.fault == "[Errno 5] Input/output error"
    [found] = watch(session, arrived, rounds=1)
    assert len(found.digest.documents) == 2


def test_a_file_is_hashed_again_only_when_it_changes(session, arrived, monkeypatch):
    hashed, plain = [], watching.file_hash

    def counted(path):
        hashed.append(path.name)
        return plain(path)

    monkeypatch.setattr(watching, "file_hash", counted)

    def change_one(_):
        hashed.append("--")
        then = time.time() - 30
        os.utime(arrived / "b.md", (then, then))

    list(watch(session, arrived, rounds=3, sleep=change_one))
    assert hashed == ["a.md", "b.md", "--", "b.md", "--", "b.md"]


def test_a_workspace_in_the_watched_folder_is_not_mined(tmp_path, arrived):
    with Store(arrived / "learning") as store:
        session = Session(store, load_settings(arrived, encoder="hashed", jobs=1))
        rounds = list(watch(session, arrived, rounds=2, sleep=lambda _: None))
        assert len(rounds[0].digest.documents) == 2
        then = time.time() - 60
        for path in arrived.rglob("*.*"):
            os.utime(path, (then, then))
        assert watch_once(session, arrived).digest is None
