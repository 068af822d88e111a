"""The log of a workspace says where faults came from, is bounded, and quotes nothing."""

import logging

import pytest

from lif_nlp.errors import fault_location, traceback_of
from lif_nlp.runtime import log
from lif_nlp.runtime.log import LOG_FILE, collect_log, debugging, log_to_workspace, relay

WORDS = "The mother said that nobody came."
logger = logging.getLogger("lif_nlp.tests")


def failing():
    raise ValueError(WORDS)


@pytest.fixture
def error():
    try:
        failing()
    except ValueError as cause:
        try:
            raise KeyError(WORDS) from cause
        except KeyError as caught:
            return caught


def test_a_traceback_has_frames_and_causes_but_no_message(error):
    shown = traceback_of(error)
    assert shown.splitlines()[0] == "ValueError"
    assert "in failing" in shown
    assert shown.index("ValueError") < shown.index("KeyError")
    assert WORDS not in shown


def test_the_place_of_a_fault_has_no_message(error):
    assert fault_location(error).startswith("KeyError in ")
    assert WORDS not in fault_location(error)


def test_an_exception_logged_as_it_is_is_written_without_its_message(tmp_path, error):
    with log_to_workspace(tmp_path):
        logger.error("d-1: failed", exc_info=error)
    written = (tmp_path / LOG_FILE).read_text("utf-8")
    assert "d-1: failed" in written and "in failing" in written
    assert WORDS not in written


def test_nested_blocks_write_a_line_once(tmp_path):
    with log_to_workspace(tmp_path), log_to_workspace(tmp_path):
        logger.info("run r-1: started")
    assert (tmp_path / LOG_FILE).read_text("utf-8").count("run r-1") == 1


def test_nothing_is_logged_after_the_block(tmp_path):
    before = logging.getLogger("lif_nlp").level
    with log_to_workspace(tmp_path):
        logger.info("inside")
    logger.info("outside")
    assert "outside" not in (tmp_path / LOG_FILE).read_text("utf-8")
    assert logging.getLogger("lif_nlp").level == before


def test_the_log_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "MAX_LOG_BYTES", 2_000)
    with log_to_workspace(tmp_path):
        for number in range(200):
            logger.info("d-%d: read", number)
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == ["lif.log", "lif.log.1", "lif.log.2"]
    assert all(path.stat().st_size <= 2_000 for path in files)
    assert "d-199: read" in files[0].read_text("utf-8")


def test_a_log_that_cannot_be_written_stops_nothing_and_prints_nothing(tmp_path, capsys):
    (tmp_path / LOG_FILE).mkdir()
    with log_to_workspace(tmp_path):
        logger.error("d-1: failed")
    assert capsys.readouterr().err == ""


def test_lines_of_a_worker_are_logged_by_its_parent(caplog, monkeypatch):
    monkeypatch.setattr(log, "MAX_RELAYED_LINES", 2)
    with collect_log(logging.INFO) as lines:
        logger.debug("too fine")
        for number in range(3):
            logger.warning("d-%d: failed", number)
    caplog.clear()
    relay(lines)
    assert [record.message for record in caplog.records] == ["d-0: failed", "d-1: failed"]
    assert {record.name for record in caplog.records} == {"lif_nlp.tests"}


def test_debugging_is_off_unless_asked_for():
    assert not debugging()
