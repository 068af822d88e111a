"""Exceptions, and how any exception is described without quoting a report.

A message says what is wrong and where, what was received and what is allowed, and what to
do next.  It names ids, pages, rows and columns, and never quotes the text of a report.
Messages of other libraries may quote it, so `fault_location` and `traceback_of` leave all
messages out.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from lif_nlp.about import install_command

MOST_CHARACTERS = 700
"""Length of a list of names that is printed whole where an unknown name was given: about nine
lines of a terminal, which holds our tables and kinds.  A longer list is cut, since it hides the
advice.  Chosen by judgement."""

NEAR_SPELLING = 0.75
"""Similarity (0 to 1, `difflib`) from which a name counts as misspelt.  One wrong letter in four
passes; lower, and it suggests names that share little.  Chosen by judgement; not tuned."""


class LifError(Exception):
    """Base class of errors that a user can act on; the message is one line."""


class LifWarning(UserWarning):
    """What a user should know of work that went on all the same; the message is one line."""


class UnreadableError(LifError):
    """A source that cannot be read; the caller quarantines it and continues.

    Parameters
    ----------
    source
        Path of the file, or its name inside an archive.
    what
        What is wrong with it.
    do
        What the user can do about it.

    Attributes
    ----------
    reason
        The message without the file's name.
    """

    def __init__(self, source: str | Path, what: str, do: str) -> None:
        self.source = str(source)
        self.reason = f"{what}; {do}"
        super().__init__(f"{self.source}: {self.reason}")


class FrameworkError(LifError):
    """A framework file that is not valid; lists every fault with its key."""

    def __init__(self, source: str | Path, faults: list[str]) -> None:
        self.faults = tuple(faults)
        lines = "; ".join(faults)
        super().__init__(f"{source}: {lines}; correct the file and run again")


class ConfigError(LifError):
    """A setting that is not valid; names its key and where it was set."""


class MissingExtraError(LifError):
    """An optional package is not installed; the message gives the command that installs it."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed; "
            f"run: {install_command(package, extra)}"
        )


class RuleFileError(LifError):
    """A file of labelling rules that breaks its format, named with the key at fault."""


class ModelError(LifError):
    """A model that is missing, or whose files differ from those that were released."""


class StoreError(LifError):
    """A workspace that cannot be opened or written to."""


class UnknownNameError(LifError):
    """A name (of a theme, priority, table or format) that does not exist.

    Parameters
    ----------
    what
        What it should be the name of, such as "theme".
    got
        What was received.
    allowed
        The names that exist, or each id with its title.
    see
        Command that lists all of them, for names too many to print.
    synonyms
        The name that is meant by each other word that people use, in small letters.
    """

    def __init__(
        self,
        what: str,
        got: str,
        allowed: Iterable[str] | Mapping[str, str],
        *,
        see: str = "",
        synonyms: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        titles = allowed if isinstance(allowed, Mapping) else {name: name for name in allowed}
        choices = [_with_title(name, title) for name, title in titles.items()]
        meant = synonyms.get(got.strip().casefold(), "")
        names = [meant] if meant in titles else _nearest(got, titles)
        near = [_with_title(name, titles[name]) for name in names]
        parts = [f"did you mean {' or '.join(near)}?"] if near else []
        parts.append(_choice(choices, see, is_short=bool(near)) if choices else "there is none yet")
        super().__init__(f"unknown {what} '{got}'; {' '.join(parts)}")


def _with_title(name: str, title: str) -> str:
    """An id with the title that tells people what it is."""
    return name if title == name else f"{name} ({title})"


def _choice(shown: Sequence[str], see: str, *, is_short: bool) -> str:
    """What there is to choose from, or how to see it; its beginning is left out if `is_short`."""
    whole = ", ".join(shown)
    if len(whole) <= MOST_CHARACTERS:
        return f"choose one of: {whole}"
    if is_short and see:
        return f"to list all: {see}"
    beginning = whole[:MOST_CHARACTERS].rpartition(", ")[0]
    rest = len(shown) - beginning.count(", ") - 1
    return f"choose one of: {beginning} and {rest} more" + (f"; to list them: {see}" if see else "")


def _nearest(got: str, titles: Mapping[str, str]) -> list[str]:
    """Up to two ids that are spelt like what was received, or whose title is."""
    spellings = {text.casefold(): name for name, title in titles.items() for text in (title, name)}
    near = get_close_matches(got.strip().casefold(), spellings, n=4, cutoff=NEAR_SPELLING)
    return list(dict.fromkeys(spellings[text] for text in near))[:2]


class EmptyBriefError(LifError):
    """A brief that would hold next to nothing of any report; it is not written."""

    def __init__(self, brief_id: str, instead: str, boxes: int = 0) -> None:
        why = (
            "reports give it only one box of points or quotes"
            if boxes
            else "no report gives it a point or a quote"
        )
        super().__init__(f"brief {brief_id} was not written, because {why}; {instead}")


class ConfidentialReportError(LifError):
    """A brief on an agency's own review of its work: a paper in confidence, never quoted."""

    def __init__(self, doc_id: str) -> None:
        super().__init__(
            f"no brief on report {doc_id} was written, because it is an agency's review of its own "
            "work, which is given in confidence; make the brief on the review that it was "
            "written for"
        )


class NothingForReadersError(LifError):
    """A version of a brief on one report for readers whom no sentence of it names."""

    def __init__(self, brief_id: str, readers: str, nearest: str = "") -> None:
        on = f", such as {nearest}" if nearest else ""
        super().__init__(
            f"brief {brief_id} for {readers} was not written, because no sentence of the report "
            f"that can be quoted is about them; leave out the audience, or make their version of a "
            f"brief on a theme or priority{on}"
        )


class QuoteError(LifError):
    """A quote that differs from the stored report; the brief is not written.

    Attributes
    ----------
    faults
        One line for each quote.
    doc_ids
        The reports whose stored words changed.
    """

    def __init__(self, brief_id: str, faults: list[str], doc_ids: tuple[str, ...] = ()) -> None:
        self.faults = tuple(faults)
        self.doc_ids = doc_ids
        super().__init__(
            f"brief {brief_id} was not written, because {len(faults)} quote(s) differ from "
            f"the stored report: {'; '.join(faults)}; run 'lif add' on the report again"
        )


def fault_location(error: BaseException) -> str:
    """Class of an exception and the line that raised it, without its message.

    >>> try:
    ...     int("words of a report")
    ... except ValueError as error:
    ...     fault_location(error).split(" in ")[0]
    'ValueError'
    """
    frames = traceback.extract_tb(error.__traceback__)
    name = type(error).__name__
    if not frames:
        return name
    return f"{name} in {_short(frames[-1].filename)}, line {frames[-1].lineno}"


def traceback_of(error: BaseException) -> str:
    """The traceback of an exception and of its causes, without any message.

    The innermost exception comes first, as in Python's own tracebacks.  Each is one line
    with its class, then one line a frame: file, line number and function.
    """
    chain: list[BaseException] = []
    current: BaseException | None = error
    # A cause can point back at an exception of the chain, so each is taken once.
    while current is not None and current not in chain:
        chain.append(current)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return "\n".join(_frames(one) for one in reversed(chain))


def _frames(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {_short(f.filename)}:{f.lineno} in {f.name}" for f in frames]
    return "\n".join([type(error).__name__, *lines])


def _short(filename: str) -> str:
    """The path of a module below the folder it is imported from."""
    path = Path(filename)
    # The longest first: site-packages lies below a folder that is on the path as well.
    for folder in sorted(filter(None, sys.path), key=len, reverse=True):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return filename
