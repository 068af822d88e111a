"""Required words of many patterns, kept beside Python's compiled files for the next process.

Deriving them for all rules takes half a second of each process that labels.  As with
compiled files, nothing has to be kept up to date by hand: the name of a file is a hash of
the patterns and of the code that derives their words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from lif_nlp.atomic_write import write_atomically
from lif_nlp.text.regex_prefilter import required_words

WordSets = tuple[frozenset[str], ...]

LEAST_KEPT = 50
"""Patterns from which a file is worth while: fewer are derived in the time it takes to read it.
Chosen by judgement, November 2026."""

MOST_FILES = 30
"""Files that stay: ten belong to one framework, so that three fit. Chosen by judgement."""

_ENDING = ".cache"
"""End of the names of the files: one that a wheel built from this folder does not take in."""

_SOURCES = ("regex_prefilter.py", "regex_syntax.py", "word_lists.toml")
"""What the words of a pattern depend on, besides the pattern."""


def required_words_of(patterns: Sequence[str], flags: int = 0) -> list[WordSets]:
    """The `required_words` of each pattern, in order.

    Nothing is written when Python is told to write no compiled files
    (`sys.dont_write_bytecode`), or where their folder cannot be written to.

    Parameters
    ----------
    patterns
        Regular expressions.
    flags
        Their flags for `re.compile`.
    """
    if len(patterns) < LEAST_KEPT:
        return [required_words(pattern, flags) for pattern in patterns]
    try:
        path = _path(patterns, flags)
        content = json.loads(path.read_text(encoding="utf-8"))
        return [tuple(map(frozenset, sets)) for sets in content]
    except (OSError, ValueError, NotImplementedError):
        # Missing or damaged, or Python was built without a folder for compiled files.
        results = [required_words(pattern, flags) for pattern in patterns]
    if not sys.dont_write_bytecode:
        _keep(patterns, flags, results)
    return results


def _path(patterns: Sequence[str], flags: int) -> Path:
    key = json.dumps([_source_hash(), flags, *patterns])
    # Python's own rule of where compiled files go, also where a variable moves them elsewhere.
    module_cache = Path(cache_from_source(__file__))
    digest = sha256(key.encode()).hexdigest()[:24]
    return module_cache.with_name(f"required-words-{digest}{_ENDING}")


@cache
def _source_hash() -> str:
    folder = Path(__file__).parent
    return sha256(b"".join((folder / name).read_bytes() for name in _SOURCES)).hexdigest()


def _keep(patterns: Sequence[str], flags: int, results: Sequence[WordSets]) -> None:
    try:
        path = _path(patterns, flags)
        # Sorted, so that the same patterns make the same bytes in every process.
        text = json.dumps([[sorted(words) for words in sets] for sets in results])
        write_atomically(path, text.encode())
        files = path.parent.glob(f"required-words-*{_ENDING}")
        older = sorted(files, key=lambda p: p.stat().st_mtime)
        for file in older[:-MOST_FILES]:
            file.unlink(missing_ok=True)
    except (OSError, NotImplementedError):
        # A read-only install works as before, only not faster.
        return
