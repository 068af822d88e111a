"""A process beside this one that reads and annotates, and may die without harm.

Untrusted bytes are parsed there: a crash of a parser, or a file that takes too long,
ends the worker and costs one file.  Questions and answers travel over its standard
input and output, so a user's own script needs no `__main__` guard, as it would with
multiprocessing.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import traceback
from threading import Timer
from typing import IO, Any

from lif_nlp.about import ROOT
from lif_nlp.config import Settings
from lif_nlp.errors import LifError
from lif_nlp.framework import Framework
from lif_nlp.optional_imports import claim_process
from lif_nlp.runtime.cpu import limit_threads

# last on the path, for a parent that found lif_nlp in the folder it was started in
_FIND = f"import sys; sys.path.append({str(ROOT)!r});"
_SERVE = "from lif_nlp.runtime.worker import serve; serve()"


class WorkerEndedError(Exception):
    """The worker ended before it answered; `late` says whether it was out of time."""

    def __init__(self, late: bool) -> None:
        self.late = late
        super().__init__("out of time" if late else "ended by itself")


class Worker:
    """One worker process; it starts with the first question, and anew after its end.

    `threads` bounds its numeric libraries, so that N workers do not fight for cores.
    """

    def __init__(
        self, settings: Settings, *, framework: Framework | None = None, threads: int = 1
    ) -> None:
        self.settings, self._framework, self._threads = settings, framework, threads
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def ask(self, what: str, argument: object, *, seconds: float | None = None) -> Any:
        """What the bench's method `what` gives for `argument`.

        Raises WorkerEndedError when the process dies, or is ended after `seconds`;
        LifError as raised there.
        """
        process = self._started()
        late: list[bool] = []

        def end() -> None:
            late.append(True)
            process.kill()

        timer = Timer(seconds, end) if seconds else None
        if timer:
            timer.daemon = True
            timer.start()
        try:
            _send(process.stdin, (what, argument))
            good, answer = _receive(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            raise WorkerEndedError(bool(late)) from error
        finally:
            if timer:
                timer.cancel()
        if good:
            return answer
        kind, message = answer
        raise LifError(message) if kind == "LifError" else RuntimeError(message)

    def end(self) -> None:
        """End the process for good; a question under way raises WorkerEndedError."""
        self._ended = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process and wait for its end; the next question starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._ended:
            raise WorkerEndedError(late=False)
        if self._process is None:
            # -P: no module is taken from the current folder, where downloaded files may lie
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _FIND + _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._greet(self._process)
        return self._process

    def _greet(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the worker is ready, so that its start does not count as reading time."""
        try:
            _send(process.stdin, (self.settings, self._framework, self._threads))
            _receive(process.stdout)
        except (EOFError, OSError) as error:
            if self._ended:
                raise WorkerEndedError(late=False) from error
            raise LifError(
                f"a process that reads files could not be started ({sys.executable}); "
                "check that lif_nlp is installed for it, and that memory is left"
            ) from error


def serve() -> None:
    """Answer questions until standard input ends; runs in the worker process."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # whatever a library prints must not get among the answers
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    try:
        settings, framework, threads = _receive(questions)
        limit_threads(threads)
        claim_process()
        from lif_nlp.runtime.processor import DocumentProcessor

        processor = DocumentProcessor(settings, framework=framework)
        processor.get_ready()
        _send(answers, "ready")
        while True:
            what, argument = _receive(questions)
            _send(answers, _answer(processor, what, argument))
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        # the parent is gone, or was interrupted together with this process
        os._exit(0)


def _answer(processor: object, what: str, argument: object) -> tuple[bool, object]:
    import warnings

    warnings.simplefilter("ignore")
    try:
        return True, getattr(processor, what)(argument)
    except LifError as error:
        return False, ("LifError", str(error))
    except Exception as error:
        # where it failed, but not what it says: a message may hold words of the report
        last = traceback.extract_tb(error.__traceback__)[-1]
        return False, ("", f"{type(error).__name__} in {last.filename}, line {last.lineno}")


def _send(stream: IO[bytes] | None, value: object) -> None:
    assert stream is not None
    pickle.dump(value, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> Any:
    assert stream is not None
    return pickle.load(stream)
