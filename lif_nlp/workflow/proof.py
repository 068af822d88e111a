"""What a security officer asks of a workspace: connections, files, words, models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lif_nlp.model_files import model_hashes
from lif_nlp.runtime.session import Session
from lif_nlp.text.english import some

_HOLDS = {
    "learning.db": "words of reports",
    "vectors": "numbers made from words: treat as words",
    "briefs": "words of reports",
    "digests": "titles of reports",
    "frames": "words of reports",
    "manifest": "names of files",
    "lif.log": "names of files, no words of reports",
    "lif.toml": "settings",
}
"""What stands in a part of the workspace, by how its name begins; see DATA_PROTECTION.md."""

_ELSE = "put there by a person, or made for them: look inside"

_SHOWN = 12
"""Digits of a hash that are printed: enough to compare two installations by eye."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Lines of the proof, by heading."""

    connections: str
    files: tuple[str, ...]
    models: tuple[str, ...]


def proof(session: Session, connections: int) -> Proof:
    """What can be shown of a workspace without reading a word of it.

    Parameters
    ----------
    session
        The workspace.
    connections
        Network connections that this process asked the system for, as counted by the caller.
    """
    fetch = session.settings.fetch
    downloads = f"on, for {some(len(fetch.pages), 'page')}" if fetch.on else "off"
    return Proof(
        connections=(
            f"network connections opened by this command: {connections} (counted by Python's "
            f"audit of every connect and name lookup); downloads in lif.toml: {downloads}"
        ),
        files=tuple(_parts(session.store.folder)),
        models=tuple(
            f"{name}: SHA-256 {value[:_SHOWN] or 'missing'}"
            for name, value in sorted(model_hashes().items())
        ),
    )


def _parts(folder: Path) -> list[str]:
    """One line for each file or folder of the workspace: how much it holds, and of what kind."""
    lines = []
    for path in sorted(folder.iterdir()):
        files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
        size = sum(one.stat().st_size for one in files)
        counts = f"{some(len(files), 'file')}, {some(size, 'byte')}"
        lines.append(f"{path.name}: {counts}; {_holds(path.name)}")
    return lines


def _holds(name: str) -> str:
    """What stands in a part of the workspace with this name."""
    if name.startswith("."):
        return "lock or record of the program, no words of reports"
    return next((what for start, what in _HOLDS.items() if name.startswith(start)), _ELSE)
