"""Exceptions; each message says what, where, what came, what is allowed, what to do.

The text of a report never appears in a message: ids, pages, rows and column
names do.
"""

from __future__ import annotations

from pathlib import Path

from lif_nlp.about import install_command


class LifError(Exception):
    """Anything lif_nlp refuses to do; the message is one line for the user."""


class UnreadableError(LifError):
    """A source that cannot be read; the caller quarantines it and goes on.

    `reason` is the part of the message without the file's name.
    """

    def __init__(self, source: str | Path, what: str, do: str) -> None:
        self.source = str(source)
        self.reason = f"{what}; {do}"
        super().__init__(f"{self.source}: {self.reason}")


class FrameworkError(LifError):
    """A framework file that breaks its rules; lists every fault with its key."""

    def __init__(self, source: str | Path, faults: list[str]) -> None:
        self.faults = tuple(faults)
        lines = "; ".join(faults)
        super().__init__(f"{source}: {lines}; correct the file and run again")


class ConfigError(LifError):
    """A setting that is not allowed, named with its key and where it came from."""


class MissingExtraError(LifError):
    """An optional package is needed; the message gives the command that installs it."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed; "
            f"run: {install_command(package, extra)}"
        )


class ModelError(LifError):
    """A model that is missing, or whose files are not the ones expected."""


class StoreError(LifError):
    """A workspace that cannot be opened or written."""


class UnknownNameError(LifError):
    """A name (theme, priority, table, format) that does not exist here."""

    def __init__(self, what: str, got: str, allowed: list[str]) -> None:
        super().__init__(f"unknown {what} '{got}'; choose one of: {', '.join(allowed)}")


class QuoteError(LifError):
    """A quote that differs from its stored source; the brief is not written."""

    def __init__(self, brief_id: str, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"brief {brief_id} was not written, because {len(faults)} quote(s) differ from "
            f"the stored report: {'; '.join(faults)}; run 'lif add' on the report again"
        )
