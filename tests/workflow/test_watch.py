"""A watched folder: each settled report is mined once, and the digest quotes nothing."""

import json
import os
import shutil
import time

import pytest

from lif_nlp.errors import StoreError
from lif_nlp.runtime.locks import watcher_lock
from lif_nlp.workflow import watch as watching
from lif_nlp.workflow.watch import settled, watch, watch_once
from tests.workflow.conftest import opened


def age(folder, seconds=60):
    then = time.time() - seconds
    for path in folder.iterdir():
        os.utime(path, (then, then))


@pytest.fixture
def arrived(reports):
    """The reports, unchanged for a while."""
    age(reports)
    return reports


@pytest.fixture
def watched(session, arrived):
    """A session that has made its first round."""
    assert watch_once(session, arrived).digest
    return session


def test_a_file_that_still_changes_is_left_for_the_next_round(arrived):
    fresh = arrived / "half.pdf"
    fresh.write_bytes(b"%PDF-1.4 half of it")
    assert fresh not in settled(sorted(arrived.iterdir()), 5)
    assert len(settled(sorted(arrived.iterdir()), 5)) == 3


def test_a_file_stamped_by_a_wrong_clock_is_taken(arrived):
    age(arrived, seconds=-3 * 86_400)
    assert len(settled(sorted(arrived.iterdir()), 5)) == 3


def test_a_removed_file_is_not_a_fault(arrived):
    assert settled([arrived / "gone.pdf"], 5) == []


def test_each_report_is_processed_once(session, arrived):
    digest = watch_once(session, arrived).digest
    assert len(digest.documents) == 2
    assert [item["source"][-9:] for item in digest.quarantined] == ["false.pdf"]
    assert watch_once(session, arrived).digest is None


def test_the_digest_tells_what_is_new_and_quotes_nothing(session, arrived):
    digest = watch_once(session, arrived).digest
    folder = session.store.folder / "digests"
    page = (folder / f"{digest.run_id}.html").read_text("utf-8")
    data = json.loads((folder / f"{digest.run_id}.json").read_text("utf-8"))
    assert {doc["title"] for doc in data["documents"]} >= {digest.documents[0]["title"]}
    assert data["moves"] and all(move["before"] == 0 for move in data["moves"])
    assert "Child K" in page
    for finding in session.store.findings():
        assert finding.text not in page
        assert finding.text not in json.dumps(data, ensure_ascii=False)


def test_the_digest_names_briefs_of_what_moved_only(watched, arrived):
    again = arrived / "second.md"
    again.write_text(
        "# Review: Child R\n\n2.1 The GP failed to tell the school about the neglect.\n",
        encoding="utf-8",
    )
    age(arrived)
    digest = watch_once(watched, arrived).digest
    assert [doc["title"] for doc in digest.documents] == ["Review: Child R"]
    moved = {move.theme_id for move in digest.moves} | {"neglect"}
    assert digest.briefs
    assert all(any(subject in path for subject in moved) for path in digest.briefs)


def test_rounds_with_nothing_new_give_no_digest(watched, arrived):
    found = list(watch(watched, arrived, every_seconds=0.01, rounds=2))
    assert [one.digest for one in found] == [None, None]


def test_the_next_digest_covers_an_interrupted_round(session, arrived, monkeypatch):
    def power_cut(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(watching, "make_digest", power_cut)
        with pytest.raises(KeyboardInterrupt):
            watch_once(session, arrived)
    digest = watch_once(session, arrived).digest
    assert len(digest.documents) == 2
    assert all(move.before == 0 for move in digest.moves)


def test_a_second_watcher_is_refused(session, arrived):
    with (
        watcher_lock(session.store.folder),
        pytest.raises(
            StoreError,
            match=r"in use by 'lif watch' \(process \d+, since .*only one watcher can run",
        ),
    ):
        next(watch(session, arrived))


def test_a_missing_folder_is_a_fault_of_one_round(session, arrived):
    shutil.move(arrived, arrived.with_name("away"))
    rounds = watch(session, arrived, rounds=2, sleep=lambda _: None)
    assert "no such folder" in next(rounds).fault
    assert "no such folder" in next(rounds).fault


def test_a_refused_file_is_read_again_once_its_limit_is_raised(tmp_path, arrived):
    comment = "x" * 1_200_000
    (arrived / "long.html").write_text(
        f"<!doctype html><h1>Review</h1><!--{comment}--><p>The plan drifted.</p>", encoding="utf-8"
    )
    age(arrived)
    narrow = opened(tmp_path / "w", max_file_mb=1)
    first = watch_once(narrow, arrived).digest
    assert "larger than the limit of 1 MB" in " ".join(item["reason"] for item in first.quarantined)
    assert watch_once(narrow, arrived).digest is None
    narrow.store.close()
    wide = opened(tmp_path / "w", max_file_mb=2)
    assert len(watch_once(wide, arrived).digest.documents) == 1
