"""Whatever fails, no word of a report is in the log or on stderr, and the traceback is."""

import sqlite3

import pytest

from lif_nlp.runtime.processor import DocumentProcessor

WORDS = "Information about home conditions was not shared"
FAULTY_READER = f"""
from lif_nlp.ingest import reader
def faulty(*arguments):
    raise ValueError({WORDS!r})
reader._read_by_type = faulty
from lif_nlp.runtime.worker import serve
serve()
"""


def faulty(*arguments, **options):
    raise ValueError(WORDS)


def a_file_that_cannot_be_parsed(monkeypatch):
    monkeypatch.setattr("lif_nlp.runtime.worker._SERVE", FAULTY_READER)


def a_report_that_cannot_be_labelled(monkeypatch):
    monkeypatch.setattr(DocumentProcessor, "_label", faulty)


def themes_that_cannot_be_built(monkeypatch):
    monkeypatch.setattr("lif_nlp.themes.build_themes", faulty)


def a_brief_that_cannot_be_written(monkeypatch):
    monkeypatch.setattr("lif_nlp.workflow.brief.make_brief", faulty)


@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["plain", "debug"])
@pytest.mark.parametrize(
    ("inject", "code"),
    [
        (a_file_that_cannot_be_parsed, 3),
        (a_report_that_cannot_be_labelled, 3),
        (themes_that_cannot_be_built, 1),
        (a_brief_that_cannot_be_written, 1),
    ],
)
def test_a_fault_is_traced_and_quotes_nothing(
    lif, reports, tmp_path, monkeypatch, inject, code, debug
):
    (reports / "false.pdf").unlink()
    inject(monkeypatch)
    done = lif("mine", reports, "-w", tmp_path / "w", "--quiet", *debug)
    log = (tmp_path / "w" / "lif.log").read_text("utf-8")
    assert done.code == code
    assert "ValueError\n" in log and "in faulty" in log
    assert ("in faulty" in done.err) == bool(debug)
    assert WORDS not in log + done.err
    if code == 1:
        assert done.err.splitlines()[-1].startswith("lif: unexpected error (ValueError in ")


def test_a_run_logs_ids_and_counts_and_quotes_nothing(lif, reports, tmp_path):
    lif("mine", reports, "-w", tmp_path / "w", "--quiet")
    log = (tmp_path / "w" / "lif.log").read_text("utf-8")
    assert "mine started" in log and ": done, {" in log
    assert "review.md: reports=1 findings=6 quarantined=0" in log
    text = (reports / "review.md").read_text("utf-8")
    sentences = [line.split(" ", 1)[1] for line in text.splitlines() if line[:1].isdigit()]
    assert sentences and not any(sentence in log for sentence in sentences)


COMMANDS = (
    ("status",),
    ("search", "bruise"),
    ("export", "findings", "out.csv"),
    ("export", "findings", "out.xlsx"),
    ("review", "--log"),
    ("purge", "--report", "d-0"),
)
FAULTS = (
    ("lif_nlp.store.store.Store.frame", ValueError(WORDS)),
    (
        "lif_nlp.store.store.Store.findings",
        UnicodeDecodeError("utf-8", WORDS.encode(), 0, 1, WORDS),
    ),
    ("lif_nlp.store.store.Store.edits", sqlite3.DatabaseError(WORDS)),
    ("lif_nlp.store.store.Store.themes", MemoryError(WORDS)),
    ("lif_nlp.store.store.Store.save_run", sqlite3.OperationalError(WORDS)),
    ("lif_nlp.workflow.export.write_even_if_open", RecursionError(WORDS)),
    ("lif_nlp.runtime.manifest.write_atomically", OSError(28, WORDS)),
)


def test_no_command_tells_words_whatever_fails(lif, workspace, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failed = 0
    for place, error in FAULTS:

        def fail(*_arguments, _error=error, **_options):
            raise _error

        for command in COMMANDS:
            with monkeypatch.context() as patch:
                patch.setattr(place, fail)
                done = lif(*command, "-w", workspace)
            log = (workspace / "lif.log").read_text("utf-8")
            assert WORDS not in done.err + log, (place, command)
            assert "Traceback" not in done.err, (place, command)
            assert done.code in {0, 1, 2}, (place, command)
            failed += done.code == 1
    assert failed > 12
