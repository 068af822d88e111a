"""A process that reads and labels files for this one, and may die without harm.

Untrusted bytes are parsed there: a parser that crashes, or a file that takes too long, ends
the worker and costs one file.  Requests and answers are pickled over the worker's standard
input and output, so a user's own script needs no `__main__` guard, as it would with
multiprocessing.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, TYPE_CHECKING, Any

from lif_nlp.about import ROOT
from lif_nlp.config import Settings
from lif_nlp.errors import LifError, fault_location, traceback_of
from lif_nlp.framework import Framework
from lif_nlp.optional_imports import claim_process
from lif_nlp.records import Document, Quarantined
from lif_nlp.runtime.cpu import limit_threads
from lif_nlp.runtime.log import LogLine, collect_log, debugging, log_level, relay

if TYPE_CHECKING:
    # `processor` imports numpy, which must not be loaded before `limit_threads`.
    from lif_nlp.runtime.processor import DocumentProcessor, LabelledDocument, Source

_log = logging.getLogger(__name__)

# The folder of lif_nlp goes last on the path: the parent may have found it in the folder it
# was started in, where a report's neighbours could replace modules of the standard library.
_EXTEND_PATH = f"import sys; sys.path.append({str(ROOT)!r});"
_SERVE = "from lif_nlp.runtime.worker import serve; serve()"

TRACE_BEFORE_END = 0.9
"""Share of a request's time after which the worker notes where it is, in case it is ended."""

MAX_CRASH_REPORT = 16_384
"""Characters of a crash report that are logged: a few threads of 100 frames each."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Request for the documents of a file."""

    source: Source


@dataclass(frozen=True, slots=True)
class LabelDocument:
    """Request for a document's findings."""

    document: Document


Request = ReadFile | LabelDocument


@dataclass(frozen=True, slots=True)
class _Setup:
    """What a worker is told before its first request."""

    settings: Settings
    framework: Framework | None
    threads: int
    log_level: int
    show_stderr: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """The result of a request, and what was logged meanwhile."""

    value: Any
    log: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A LifError, by its message."""

    message: str
    log: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class _Fault:
    """Any other exception, by its class and place: its message may quote a report."""

    location: str
    log: tuple[LogLine, ...]


class WorkerEndedError(Exception):
    """The worker ended before it answered; `late` says whether it ran out of time."""

    def __init__(self, late: bool) -> None:
        self.late = late
        super().__init__("out of time" if late else "ended by itself")


class Worker:
    """One worker process, started by its first request and again after its end.

    Parameters
    ----------
    settings
        Settings for reading and labelling.
    framework
        The framework; None loads the one that the settings name.
    threads
        Threads of the worker's numeric libraries, so that N workers do not compete for the
        cores.
    """

    def __init__(
        self, settings: Settings, *, framework: Framework | None = None, threads: int = 1
    ) -> None:
        self.settings, self._framework, self._threads = settings, framework, threads
        self._process: subprocess.Popen[bytes] | None = None
        self._crash_report: IO[bytes] | None = None
        self._ended = False

    def read(self, source: Source, *, seconds: float | None = None) -> list[Document | Quarantined]:
        """`DocumentProcessor.read` in the worker.

        Parameters
        ----------
        source
            Path of a file, or its bytes and name.
        seconds
            The worker is killed after this time; None waits for ever.

        Raises
        ------
        WorkerEndedError
            When the process dies, or is killed for taking too long.
        LifError
            As raised in the worker.
        RuntimeError
            For any other exception in the worker; names its class and line only.
        """
        documents: list[Document | Quarantined] = self._request(ReadFile(source), seconds)
        return documents

    def label(
        self, document: Document, *, seconds: float | None = None
    ) -> LabelledDocument | Quarantined:
        """`DocumentProcessor.label` in the worker; parameters and errors as for `read`."""
        labelled: LabelledDocument | Quarantined = self._request(LabelDocument(document), seconds)
        return labelled

    def _request(self, request: Request, seconds: float | None) -> Any:
        process = self._running()
        late: list[bool] = []

        def kill() -> None:
            # Noted before the kill, which breaks the pipe at once.
            late.append(True)
            process.kill()

        timer = Timer(seconds, kill) if seconds else None
        if timer:
            # Otherwise a program that ends would wait for it.
            timer.daemon = True
            timer.start()
        try:
            _send(process.stdin, (request, seconds))
            answer = _receive(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._log_crash("out of time" if late else "ended by itself")
            self.close()
            raise WorkerEndedError(bool(late)) from error
        finally:
            if timer:
                timer.cancel()
        relay(answer.log)
        if isinstance(answer, _Refusal):
            raise LifError(answer.message)
        if isinstance(answer, _Fault):
            raise RuntimeError(answer.location)
        return answer.value

    def end(self) -> None:
        """End the process for good; a request under way raises WorkerEndedError."""
        self._ended = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process and wait for its end; the next request starts another."""
        if self._process is not None:
            self._process.kill()
            # Waits, and closes the pipes as well.
            self._process.communicate()
            self._process = None
        if self._crash_report is not None:
            self._crash_report.close()
            self._crash_report = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._ended:
            raise WorkerEndedError(late=False)
        if self._process is None:
            self._crash_report = TemporaryFile()  # noqa: SIM115 (closed with the process)
            # -P: no module is taken from the current folder, where downloaded files may lie.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _EXTEND_PATH + _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if debugging() else self._crash_report,
                # On Windows each worker of a program without a console would open one.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._set_up(self._process)
        return self._process

    def _set_up(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the worker is ready, so that its start does not count as reading time."""
        setup = _Setup(self.settings, self._framework, self._threads, log_level(), debugging())
        try:
            _send(process.stdin, setup)
            _receive(process.stdout)
        except (EOFError, OSError) as error:
            if self._ended:
                raise WorkerEndedError(late=False) from error
            self._log_crash("could not be started")
            raise LifError(
                f"a process that reads files could not be started ({sys.executable}); "
                "check that lif_nlp is installed for it, and that there is memory left"
            ) from error

    def _log_crash(self, reason: str) -> None:
        """Log where the worker was when it died, as far as it could still say."""
        assert self._process is not None and self._crash_report is not None
        self._process.kill()
        self._process.wait()
        self._crash_report.seek(0)
        report = self._crash_report.read(MAX_CRASH_REPORT).decode("utf-8", "replace")
        _log.warning("worker %s %s\n%s", self._process.pid, reason, report or "  no traceback")


def serve() -> None:
    """Answer requests until standard input ends; runs in the worker process."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # A crash in C code (a segmentation fault in PDFium) leaves its frames in the file that
    # the parent gave as stderr.
    crash_report = os.fdopen(os.dup(2), "w", encoding="utf-8")
    faulthandler.enable(crash_report)
    # Whatever a library prints must not get in among the answers, nor into the crash report:
    # it may print what it parses.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    try:
        setup: _Setup = _receive(requests)
        if not setup.show_stderr:
            os.dup2(nothing, 2)
        limit_threads(setup.threads)
        claim_process()
        from lif_nlp.runtime.processor import DocumentProcessor

        processor = DocumentProcessor(setup.settings, framework=setup.framework)
        processor.get_ready()
        _send(answers, "ready")
        while True:
            request, seconds = _receive(requests)
            if seconds:
                faulthandler.dump_traceback_later(seconds * TRACE_BEFORE_END, file=crash_report)
            _send(answers, _answer(processor, request, setup.log_level))
            faulthandler.cancel_dump_traceback_later()
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        # The parent is gone, or was interrupted together with this process.
        os._exit(0)


def _answer(
    processor: DocumentProcessor, request: Request, level: int
) -> _Answer | _Refusal | _Fault:
    import warnings

    # Libraries warn in words of what they parse.
    warnings.simplefilter("ignore")
    with collect_log(level) as lines:
        try:
            return _Answer(_dispatch(processor, request), tuple(lines))
        except LifError as error:
            _log.debug("refused\n%s", traceback_of(error))
            return _Refusal(str(error), tuple(lines))
        except Exception as error:
            _log.error("fault in a worker\n%s", traceback_of(error))
            # Class and line only: a message may quote the report, and this goes to logs and the
            # screen.
            return _Fault(fault_location(error), tuple(lines))


def _dispatch(processor: DocumentProcessor, request: Request) -> object:
    match request:
        case ReadFile(source):
            return processor.read(source)
        case LabelDocument(document):
            return processor.label(document)


def _send(stream: IO[bytes] | None, value: object) -> None:
    assert stream is not None
    pickle.dump(value, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> Any:
    assert stream is not None
    # Safe here alone: the other end is a process that this program started.
    return pickle.load(stream)
