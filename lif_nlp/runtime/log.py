"""The log of a workspace: what ran and where faults came from, never the words of a report.

Modules log ids, counts and paths through `logging.getLogger(__name__)`.  An exception is
logged by `errors.traceback_of`, which leaves its message out, because the message of a
parser may quote what it was parsing.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path

from lif_nlp.errors import traceback_of

LOG_FILE = "lif.log"
"""Name of the log file in a workspace; older files are `lif.log.1` and `lif.log.2`."""

MAX_LOG_BYTES = 1_000_000
"""Size at which a log file is closed and the next one begun.  Some 10,000 lines: about as
many as a run over 5,000 reports writes.  Chosen by judgement."""

OLD_LOG_FILES = 2
"""Older log files that are kept, so that the log takes at most 3 MB."""

MAX_RELAYED_LINES = 200
"""Lines that a worker sends with one answer; a broken file may fail at every cell."""

_PACKAGE = logging.getLogger("lif_nlp")
_LAYOUT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class _Formatter(logging.Formatter):
    """Formats an exception without its message, should a module log one directly."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        error = ei[1] if isinstance(ei, tuple) else None
        return traceback_of(error) if isinstance(error, BaseException) else ""


class _LogFile(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Go on without the log: a full disk must not stop a run, nor print the record."""


def show_debug_log() -> None:
    """Log everything to stderr from now on, as `--debug` asks."""
    if debugging():
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(_LAYOUT))
    _PACKAGE.addHandler(handler)
    _PACKAGE.setLevel(logging.DEBUG)


def debugging() -> bool:
    """Whether everything is logged, and workers may write to stderr."""
    return _PACKAGE.isEnabledFor(logging.DEBUG)


@contextmanager
def log_to_workspace(folder: Path) -> Iterator[None]:
    """Append what is logged within the block to `lif.log` in the workspace.

    Nested blocks for the same workspace write each line once.
    """
    path = (folder / LOG_FILE).resolve()
    # A run within a run, such as a round of watching, would write each line twice.
    if any(isinstance(h, _LogFile) and Path(h.baseFilename) == path for h in _PACKAGE.handlers):
        yield
        return
    # The file is opened with the first line, inside the handler's own error handling.
    handler = _LogFile(
        path, maxBytes=MAX_LOG_BYTES, backupCount=OLD_LOG_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(_Formatter(_LAYOUT))
    level = _PACKAGE.level
    # A level below that was set from outside stays, so that --debug reaches the file too.
    if not _PACKAGE.isEnabledFor(logging.INFO):
        _PACKAGE.setLevel(logging.INFO)
    _PACKAGE.addHandler(handler)
    try:
        yield
    finally:
        _PACKAGE.removeHandler(handler)
        handler.close()
        _PACKAGE.setLevel(level)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line logged in a worker, on its way to the log of the process that started it."""

    logger: str
    level: int
    message: str


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[LogLine] = []
        self.setFormatter(_Formatter("%(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.lines) < MAX_RELAYED_LINES:
            self.lines.append(LogLine(record.name, record.levelno, self.format(record)))


@contextmanager
def collect_log(level: int) -> Iterator[list[LogLine]]:
    """The list that fills with what is logged within the block; used in worker processes.

    Parameters
    ----------
    level
        Lines below this level are not collected.
    """
    collector, level_before = _Collector(), _PACKAGE.level
    _PACKAGE.addHandler(collector)
    _PACKAGE.setLevel(level)
    try:
        yield collector.lines
    finally:
        _PACKAGE.removeHandler(collector)
        _PACKAGE.setLevel(level_before)


def relay(lines: Iterable[LogLine]) -> None:
    """Log here what was logged in a worker."""
    for line in lines:
        # Not as the format itself: a percent sign in the message would be read as a place to fill.
        logging.getLogger(line.logger).log(line.level, "%s", line.message)


def log_level() -> int:
    """The level at which this process logs, for its workers to follow."""
    return _PACKAGE.getEffectiveLevel()
