"""Killed at any boundary, or out of disk: nothing is lost or doubled, and the store opens."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from lif_nlp.api.workspace import Workspace
from lif_nlp.embed import load_encoder
from lif_nlp.errors import StoreError
from lif_nlp.ledger_records import ActionAsk, Plan, Snapshot, State
from lif_nlp.runtime import manifest
from lif_nlp.store import Store
from tests.batch.conftest import TABLES, added, report
from tests.batch.dying import KILLED, exit_code_of, follow_and_die, run
from tests.ledger.test_follow import PLAN, REVIEW, SECOND

# What is killed, at which call of it; scripts/kill_test.py kills at random moments.
BOUNDARIES = [
    ("lif_nlp.store.store.Store.save_source", 1, "before"),
    ("lif_nlp.store.documents._add_findings", 2, "after"),
    ("lif_nlp.store.store.Store.save_repeats", 1, "before"),
    ("lif_nlp.store.duplicates.save_copies", 1, "after"),
    ("lif_nlp.store.store.Store.save_repeats", 1, "after"),
    ("lif_nlp.store.vectors.write_shard", 1, "after"),
    ("lif_nlp.store.themes.save_themes", 1, "after"),
    ("lif_nlp.store.store.Store.save_briefs", 1, "before"),
]


def own_lines(start):
    """Findings of one report alone."""
    return "".join(
        f"\n3.{n} In week {n} the police failed to tell school {n * 7} about the neglect.\n"
        for n in range(start, start + 10)
    )


def mine(folder, workspace):
    """Mine the folder to the end, in this process."""
    with Workspace(workspace, encoder="hashed") as space:
        space.mine(folder, formats=("md",))


def state(workspace):
    """Tables, themes and vectors of a workspace; fails if they are inconsistent."""
    with Store(workspace) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {name: store.frame(name) for name in (*TABLES, "themes", "assignments")}
        counts = tables["findings"].groupby("doc_id").size()
        for row in tables["documents"].query("status == 'ok'").itertuples():
            assert counts.get(row.doc_id, 0) == row.findings
        texts = tables["findings"]["text"].tolist()
        encoder = load_encoder("hashed")
        np.testing.assert_array_equal(store.encode_with(encoder)(texts), encoder.encode(texts))
    return tables


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    """Folder and tables of an undisturbed run; the reports share some wording."""
    place = tmp_path_factory.mktemp("calm")
    for at, name in enumerate("ABC"):
        (place / f"{name}.md").write_text(report(name) + own_lines(at * 10), encoding="utf-8")
    workspace = tmp_path_factory.mktemp("undisturbed")
    mine(place, workspace)
    tables = state(workspace)
    assert tables["findings"]["stock_wording"].sum() == 3
    assert set(tables["documents"]["duplicate_of"]) == {""}
    return place, tables


@pytest.mark.parametrize("boundary", BOUNDARIES, ids=lambda b: f"{b[2]} {b[0].split('.')[-1]}")
def test_the_next_run_continues_where_one_was_killed(boundary, calm, tmp_path):
    folder, expected = calm
    assert run(boundary, folder, tmp_path / "w") == KILLED
    state(tmp_path / "w")
    mine(folder, tmp_path / "w")
    after = state(tmp_path / "w")
    for name, table in expected.items():
        pd.testing.assert_frame_equal(after[name], table, obj=name)
    assert not [*(tmp_path / "w").rglob("*.part")] or boundary[2] == "before"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
def test_a_plan_whose_import_was_killed_is_not_there_and_comes_whole_the_next_time(tmp_path):
    review, plan = tmp_path / "heron.md", tmp_path / "heron_plan_2024-04.csv"
    review.write_text(REVIEW, encoding="utf-8")
    plan.write_text(PLAN.format(first="underway", last=SECOND), encoding="utf-8")
    added(tmp_path / "w", review)
    assert exit_code_of(follow_and_die, plan, tmp_path / "w") == -signal.SIGKILL
    kinds = (Plan, Snapshot, State, ActionAsk)
    with Store(tmp_path / "w") as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert [len(store.ledger.records(kind)) for kind in kinds] == [0, 0, 0, 0]
    with Workspace(tmp_path / "w", encoder="hashed") as space:
        space.follow(plan)
    with Store(tmp_path / "w") as store:
        assert [len(store.ledger.records(kind)) for kind in kinds] == [1, 1, 3, 3]


def test_vectors_lost_in_a_power_cut_are_encoded_again(many, tmp_path):
    added(tmp_path / "w", many)
    [shard] = (tmp_path / "w" / "vectors").glob("*.npy")
    for broken in (b"", shard.read_bytes()[:300], None):
        if broken is None:
            shard.unlink()
        else:
            shard.write_bytes(broken)
        state(tmp_path / "w")


def test_vectors_blanked_by_an_interrupted_purge_are_encoded_again(many, tmp_path):
    added(tmp_path / "w", many)
    [shard] = (tmp_path / "w" / "vectors").glob("*.npy")
    rows = np.load(shard)
    rows[::2] = 0.0
    np.save(shard, rows)
    state(tmp_path / "w")


def test_a_full_disk_stops_the_run_with_advice_and_keeps_what_was_read(many, tmp_path, monkeypatch):
    added(tmp_path / "w", many / "a.md")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr("lif_nlp.atomic_write.os.fsync", full)
        with pytest.raises(StoreError, match="the disk is full; what was read before is kept"):
            added(tmp_path / "w", many)
    _, tables = added(tmp_path / "w", many)
    assert len(tables["documents"]) == 4
    assert not [*(tmp_path / "w").rglob("*.part")]


@pytest.fixture
def disk(tmp_path):
    """A small disk whose size can be set; skipped if this user may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()

    def size(given, *more):
        command = ["mount", "-t", "tmpfs", "-o", ",".join([f"size={given}", *more]), "tmpfs", place]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    made = size("64k")
    if made.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.strip()}")
    yield place, lambda given: size(given, "remount")
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_is_really_full_stops_the_run_wherever_it_fills(calm, disk):
    folder, expected = calm
    place, resize = disk
    messages = []
    for size in ("64k", "400k", "480k", "540k", "600k", "680k", "64m"):
        assert resize(size).returncode == 0
        try:
            mine(folder, place / "w")
            break
        except StoreError as error:
            messages.append(str(error))
    assert messages, "the disks were not small enough"
    assert all("full" in message for message in messages), messages
    after = state(place / "w")
    for name, table in expected.items():
        pd.testing.assert_frame_equal(after[name], table, obj=name)


def test_a_database_that_cannot_grow_stops_the_run_and_opens_again(many, tmp_path):
    added(tmp_path / "w", many / "a.md")
    with Store(tmp_path / "w") as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StoreError, match=r"cannot be written \(database or disk is full\)"):
            store.set_note("key", "x" * 200_000)
        assert store.note("key") is None
        store.set_note("small", "1")
    assert len(added(tmp_path / "w", many)[1]["documents"]) == 4


def test_two_processes_may_open_a_new_workspace_at_once(tmp_path):
    code = "import sys, pathlib, lif_nlp.store as s; s.Store(pathlib.Path(sys.argv[1]))"
    both = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path / "w"], stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [process.communicate()[1] for process in both] == [b"", b""]


def test_a_reader_sees_whole_documents_while_a_run_writes(many, tmp_path):
    added(tmp_path / "w", many / "a.md")
    with Store(tmp_path / "w") as writer, Store(tmp_path / "w") as reader:
        writer.connection.execute("BEGIN IMMEDIATE")
        writer.connection.execute("DELETE FROM documents")
        assert len(reader.frame("documents")) == 1
        writer.connection.execute("ROLLBACK")


def test_a_failed_run_is_recorded_without_an_end(many, tmp_path, monkeypatch):
    added(tmp_path / "w", many / "a.md")
    monkeypatch.setattr(manifest, "_manifest", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        added(tmp_path / "w", many)
    db = sqlite3.connect(tmp_path / "w" / "learning.db")
    ends = [end for (end,) in db.execute("SELECT finished FROM runs ORDER BY started, finished")]
    assert sorted(bool(end) for end in ends) == [False, True]
