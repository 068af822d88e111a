"""The command line: each command parses, calls one function of the same name, and prints.

An error is one line that says what to do; `--debug` shows where it came from.  Progress
goes to stderr, results to stdout.  Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done, but
some inputs were quarantined.
"""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from typing import NoReturn

_log = logging.getLogger(__name__)


def main() -> None:
    """Run the command line `lif`; an exception becomes one line on stderr and exit code 1."""
    from lif_nlp.cli.app import app
    from lif_nlp.errors import LifError, fault_location
    from lif_nlp.optional_imports import claim_process

    claim_process()
    _escape_unprintable()
    try:
        app(args=[_with_home(argument) for argument in sys.argv[1:]])
    except LifError as error:
        _fail(error, str(error))
    except Exception as error:
        # by name, since only the store imports the database
        if type(error).__module__ == "sqlite3":
            _fail(
                error,
                f"the workspace is damaged ({fault_location(error)}); put a copy of its folder "
                "back, or delete it and add the reports again",
            )
        if isinstance(error, OSError) and error.filename and error.strerror:
            advice = "check that the folder exists, and that you may read and write there"
            _fail(error, f"{error.filename}: {error.strerror}; {advice}")
        # Only class and place: the message of a library may quote the report it failed on.
        _fail(
            error,
            f"unexpected error ({fault_location(error)}); please report it, with what --debug "
            "shows or with lif.log from the workspace",
        )


def _with_home(argument: str) -> str:
    """An argument with `~` at its start as the home folder.

    Windows' shells pass it on as it is, and so does bash in quotes.
    """
    option, equals, value = argument.partition("=")
    if argument.startswith("--") and equals:
        return f"{option}={_with_home(value)}"
    is_home = argument.startswith(("~/", "~\\"))
    return os.path.expanduser(argument) if is_home else argument  # noqa: PTH111


def _escape_unprintable() -> None:
    """Print characters that the terminal's code page lacks as escapes, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(error: Exception, line: str) -> NoReturn:
    from lif_nlp.cli.program import as_typed_here
    from lif_nlp.errors import traceback_of

    _log.debug("the command failed\n%s", traceback_of(error))
    sys.stderr.write(f"lif: {as_typed_here(line)}\n")
    sys.exit(1)
