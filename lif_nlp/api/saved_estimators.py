"""Keeps an estimator in a folder and reads it again, without pickle: no code in it is run.

`estimator.json` holds the class and its parameters.  A fitted `ThemeModel` adds its themes
(`themes.json`), the labelled texts that it was fitted on (`findings.json`) and their vectors
(`vectors.npy`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from lif_nlp.about import __version__
from lif_nlp.atomic_write import write_atomically
from lif_nlp.errors import LifError
from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding, ThemeSet

PARAMETERS = "estimator.json"
THEMES = "themes.json"
FINDINGS = "findings.json"
VECTORS = "vectors.npy"


def save_estimator(
    name: str, parameters: Mapping[str, object], folder: Path, parts: Mapping[str, bytes]
) -> None:
    """Write the files of an estimator into a folder, which is made if need be.

    Parameters
    ----------
    name
        Its class.
    parameters
        As `get_params` gives them.
    folder
        Where to.
    parts
        Content of further files, by name.

    Raises
    ------
    LifError
        For a parameter that is an object, which JSON cannot keep.
    """
    plain = {parameter: _plain(parameter, value) for parameter, value in parameters.items()}
    record = {"class": name, "version": __version__, "parameters": plain}
    folder.mkdir(parents=True, exist_ok=True)
    for old in (PARAMETERS, THEMES, FINDINGS, VECTORS):
        (folder / old).unlink(missing_ok=True)
    for file, content in parts.items():
        write_atomically(folder / file, content)
    # Deleted first and written last: a folder that has it is whole.
    write_atomically(folder / PARAMETERS, json.dumps(record, indent=1).encode("utf-8"))


def read_estimator(name: str, folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Parameters and further files of an estimator of a class that was saved in a folder.

    Raises
    ------
    LifError
        When the folder holds none, or one of another class, or a file is damaged.
    """
    if not (folder / PARAMETERS).is_file():
        raise LifError(f"{folder}: no estimator is saved here; name the folder of save()")
    with whole(folder):
        record = json.loads((folder / PARAMETERS).read_bytes())
        saved, parameters = str(record["class"]), dict(record["parameters"])
    if saved != name:
        raise LifError(f"{folder}: holds a {saved}; load it with {saved}.load")
    parts = [folder / file for file in (THEMES, FINDINGS, VECTORS)]
    with whole(folder):
        return parameters, {path.name: path.read_bytes() for path in parts if path.is_file()}


@contextmanager
def whole(folder: Path) -> Iterator[None]:
    """Turn what damaged files raise into one line; their words could be a report's."""
    try:
        yield
    except (KeyError, TypeError, ValueError, OSError, EOFError) as error:
        what = type(error).__name__
        # Without the cause, whose message may quote a text that the estimator was fitted on.
        raise LifError(f"{folder}: damaged ({what}); save the estimator again") from None


def pack_themes(themes: ThemeSet, findings: list[Finding], vectors: Vectors) -> dict[str, bytes]:
    """Themes, the findings that they were built from and their vectors, as files."""
    numbers = io.BytesIO()
    np.save(numbers, vectors, allow_pickle=False)
    return {
        THEMES: TypeAdapter(ThemeSet).dump_json(themes),
        FINDINGS: TypeAdapter(list[Finding]).dump_json(findings),
        VECTORS: numbers.getvalue(),
    }


def unpack_themes(parts: Mapping[str, bytes]) -> tuple[ThemeSet, list[Finding], Vectors]:
    """What `pack_themes` packed; raises KeyError or ValueError for damaged files."""
    return (
        TypeAdapter(ThemeSet).validate_json(parts[THEMES]),
        TypeAdapter(list[Finding]).validate_json(parts[FINDINGS]),
        np.load(io.BytesIO(parts[VECTORS]), allow_pickle=False),
    )


def _plain(name: str, value: object) -> object:
    """The value of a parameter as JSON keeps it."""
    if isinstance(value, Path):
        return str(value)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise LifError(
        f"{name} is a {type(value).__name__}, which save cannot keep; give its name or folder "
        "instead, or use joblib.dump"
    )
