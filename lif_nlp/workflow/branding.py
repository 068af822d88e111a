"""The partnership's branding: its files looked for in the workspace, its name kept in lif.toml."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from lif_nlp.atomic_write import write_atomically
from lif_nlp.config import Branding
from lif_nlp.errors import ConfigError

# Version 0.1 called the table [house]; such a file is still read.
_TABLE = re.compile(r"^[ \t]*\[(?:branding|house)\][^\n]*\n?", re.MULTILINE)
_NAME = re.compile(r"^[ \t]*partnership[ \t]*=.*$", re.MULTILINE)


def locate_branding_files(branding: Branding, workspace: Path) -> Branding:
    """The branding with its logo and template looked for in the workspace.

    A path that is absolute stays.  A file that is not in the workspace is left as named, so
    that the fault names it so.
    """
    own = {name: getattr(branding, name) for name in ("logo", "template")}
    paths = {
        name: workspace / path
        for name, path in own.items()
        if path and not path.is_absolute() and (workspace / path).is_file()
    }
    return branding.model_copy(update=paths)


def set_partnership(workspace: Path, name: str) -> None:
    """Write the partnership's name into `lif.toml`; everything else in the file stays.

    Parameters
    ----------
    workspace
        Folder of the workspace; created if missing.
    name
        Name in print; empty for "Your partnership".

    Raises
    ------
    ConfigError
        When the file is written in a way that takes no line here; it is left as it was.
    """
    path = workspace / "lif.toml"
    # Notepad begins a file with a byte order mark, at which TOML stops.
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    # A JSON string is a TOML string too.
    line = f"partnership = {json.dumps(name, ensure_ascii=False)}"
    if table := _TABLE.search(text):
        head, rest = text[: table.end()], text[table.end() :]
        own, start, others = rest.partition("\n[")
        # A function, as a backslash in a name would count as a group of the pattern.
        own = _NAME.sub(lambda _: line, own) if _NAME.search(own) else f"{line}\n{own}"
        text = head.rstrip("\n") + "\n" + own + start + others
    else:
        text = f"{text.rstrip()}\n\n[branding]\n{line}\n".lstrip()
    # A file that this edit would break is left as it was.
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # "branding.accent = ..." and "branding = {...}" are tables that no second part may follow
        raise ConfigError(
            f"{path}: the partnership's name could not be added; write it there yourself, beside "
            f'the other keys of "branding": {line}'
        ) from error
    write_atomically(path, text.encode("utf-8"))
