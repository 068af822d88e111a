"""The command line: a command parses, calls one function of the same name, prints.

Errors are one line that says what to do; `--debug` shows the traceback.  Progress
goes to stderr, results to stdout.  Exit codes: 0 done, 1 failed, 2 wrong usage,
3 done, but some inputs were quarantined.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line `lif`."""
    from lif_nlp.cli.app import app
    from lif_nlp.errors import LifError
    from lif_nlp.optional_imports import claim_process

    claim_process()
    debug = "--debug" in sys.argv
    try:
        app()
    except LifError as error:
        if debug:
            raise
        sys.stderr.write(f"lif: {error}\n")
        sys.exit(1)
