"""Any number of workers gives the same tables, and a poisonous file costs only itself."""

import zipfile

import pandas as pd
import pytest

from lif_nlp.runtime import guarded, parallel
from tests.batch.conftest import TABLES, added, report

POISON = """
import os, time
from lif_nlp.ingest import reader
read = reader.read
def poisoned(path, **options):
    if path.name == "c.md":
        os.abort()
    if path.name == "d.md":
        time.sleep(60)
    return read(path, **options)
import lif_nlp.ingest
lif_nlp.ingest.read = poisoned
from lif_nlp.runtime.worker import serve
serve()
"""


def same(left, right):
    for name in TABLES:
        pd.testing.assert_frame_equal(left[name], right[name])


def test_two_jobs_give_the_tables_of_one(many, tmp_path):
    alone, one = added(tmp_path / "one", many)
    together, two = added(tmp_path / "two", many, jobs=2)
    assert alone == together
    same(one, two)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_crashes_or_hangs_its_reader_is_quarantined(many, tmp_path, monkeypatch, jobs):
    monkeypatch.setattr("lif_nlp.runtime.worker._SERVE", POISON)
    monkeypatch.setattr(guarded, "GRACE_SECONDS", 0.0)
    done, tables = added(tmp_path / "w", many, jobs=jobs, seconds_per_file=2)
    assert len(done.document_ids) == 2
    reasons = {item.source[-4:]: item.reason for item in done.quarantined}
    assert reasons["c.md"].startswith("the parser crashed")
    assert reasons["d.md"].startswith("reading took longer than 2 seconds; raise seconds_per_file")
    assert tables["documents"]["status"].tolist().count("quarantined") == 2


KILLED_ONCE = """
import os
from pathlib import Path
from lif_nlp.runtime.processor import DocumentProcessor
{what} = DocumentProcessor.{what}
def killed_once(processor, argument):
    try:
        Path({mark!r}).touch(exist_ok=False)
    except FileExistsError:
        return {what}(processor, argument)
    os.kill(os.getpid(), 9)
DocumentProcessor.{what} = killed_once
from lif_nlp.runtime.worker import serve
serve()
"""


@pytest.mark.parametrize(("what", "jobs"), [("read", 1), ("label", 2)])
def test_a_worker_killed_from_outside_costs_no_file(many, tmp_path, monkeypatch, what, jobs):
    serve = KILLED_ONCE.format(what=what, mark=str(tmp_path / "killed"))
    monkeypatch.setattr("lif_nlp.runtime.worker._SERVE", serve)
    done, _ = added(tmp_path / "w", many, jobs=jobs)
    assert (tmp_path / "killed").exists()
    assert (len(done.document_ids), done.quarantined) == (4, ())


SLOW = """
import time
from lif_nlp.ingest.formats import containers
members = containers.zip_members
def slow(*given, **options):
    for place, member in enumerate(members(*given, **options)):
        time.sleep(1.2 if place else 0)
        yield member
containers.zip_members = slow
from lif_nlp.runtime.worker import serve
serve()
"""


def test_reports_of_an_archive_read_in_time_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("lif_nlp.runtime.worker._SERVE", SLOW)
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for name in "AB":
            archive.writestr(f"{name}.md", report(name))
    done, _ = added(tmp_path / "w", tmp_path / "many.zip", seconds_per_file=1)
    assert len(done.document_ids) == 1
    [late] = done.quarantined
    assert late.reason.startswith("reading took longer than 1 seconds; raise seconds_per_file")


def test_raising_the_limit_has_the_file_read_again(many, tmp_path, monkeypatch):
    with monkeypatch.context() as poisoned:
        poisoned.setattr("lif_nlp.runtime.worker._SERVE", POISON)
        poisoned.setattr(guarded, "GRACE_SECONDS", 0.0)
        added(tmp_path / "w", many, seconds_per_file=1)
    assert added(tmp_path / "w", many, seconds_per_file=1)[0].document_ids == ()
    done, _ = added(tmp_path / "w", many, seconds_per_file=90)
    assert len(done.document_ids) == 2


def test_one_odd_report_does_not_stop_the_run(many, tmp_path, monkeypatch):
    from lif_nlp.runtime.processor import DocumentProcessor

    label = DocumentProcessor._label

    def odd(self, document):
        if document.title.endswith("B"):
            raise ValueError("words of the report")
        return label(self, document)

    monkeypatch.setattr(DocumentProcessor, "_label", odd)
    done, _ = added(tmp_path / "w", many)
    assert len(done.document_ids) == 3
    [refused] = done.quarantined
    assert refused.reason.startswith("its sentences could not be labelled (ValueError)")
    assert "words of the report" not in refused.reason


def test_the_same_bytes_twice_in_a_folder_are_one_document(many, tmp_path):
    (many / "copy.md").write_bytes((many / "a.md").read_bytes())
    done, tables = added(tmp_path / "w", many)
    assert (len(done.document_ids), done.skipped) == (4, 1)
    assert len(tables["documents"]) == 4


def test_results_come_in_order_and_few_tasks_are_in_progress():
    class Later:
        def __init__(self, task):
            started.append(task)
            self.task = task

        def result(self):
            return self.task * 10

    started, seen = [], []
    for task, result in parallel.bounded_map(range(6), Later, window=2):
        seen.append((task, result))
        assert len(started) <= len(seen) + 1
    assert seen == [(n, n * 10) for n in range(6)]


def test_any_number_of_jobs_labels_documents_again_in_the_same_way(many, tmp_path, monkeypatch):
    def after_a_new_version(jobs):
        folder = tmp_path / f"w{jobs}"
        added(folder, many)
        with monkeypatch.context() as newer:
            newer.setattr("lif_nlp.about.__version__", "99")
            from lif_nlp.runtime import processed_files

            newer.setattr(processed_files.about, "__version__", "99")
            return added(folder, tmp_path / "nothing-here", jobs=jobs)

    done, one = after_a_new_version(1)
    assert done.refreshed == 4
    same(one, after_a_new_version(2)[1])


def test_a_changed_report_replaces_the_old_one(many, tmp_path):
    added(tmp_path / "w", many)
    (many / "a.md").write_text(report("Z"), encoding="utf-8")
    _, tables = added(tmp_path / "w", many)
    assert "Review: Child A" not in set(tables["documents"]["title"])
    assert len(tables["documents"]) == 4
