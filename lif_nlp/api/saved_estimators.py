"""Keeps an estimator in a folder and loads it again, without pickle: no code in it is run.

`estimator.json` holds the class and its parameters.  A fitted `ThemeModel` adds its themes
(`themes.json`), the labelled texts that it was fitted on (`findings.json`) and their vectors
(`vectors.npy`).
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from pydantic import TypeAdapter, ValidationError

from lif_nlp.about import __version__
from lif_nlp.api.estimators import ThemeModel
from lif_nlp.atomic_write import write_atomically
from lif_nlp.errors import LifError
from lif_nlp.framework import load_framework
from lif_nlp.records import Finding, ThemeSet

PARAMETERS = "estimator.json"
THEMES = "themes.json"
FINDINGS = "findings.json"
VECTORS = "vectors.npy"

Estimator = TypeVar("Estimator")


def save_estimator(estimator: Any, folder: Path) -> None:
    """Write the files of an estimator into a folder, which is made if need be.

    Raises
    ------
    LifError
        For a parameter that is an object, which JSON cannot keep.
    """
    parameters = {name: _plain(name, value) for name, value in estimator.get_params().items()}
    record = {"class": type(estimator).__name__, "version": __version__, "parameters": parameters}
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(estimator, ThemeModel) and hasattr(estimator, "theme_set_"):
        _save_themes(estimator, folder)
    # Written last: a folder that has it is whole.
    write_atomically(folder / PARAMETERS, json.dumps(record, indent=1).encode("utf-8"))


def load_estimator(kind: type[Estimator], folder: Path) -> Estimator:
    """The estimator of a class that was saved in a folder.

    Raises
    ------
    LifError
        When the folder holds none, or one of another class, or a file is damaged.
    """
    try:
        record = json.loads((folder / PARAMETERS).read_bytes())
        name, parameters = record["class"], record["parameters"]
    except FileNotFoundError:
        raise LifError(f"{folder}: no estimator is saved here; name the folder of save()") from None
    except (ValueError, KeyError, TypeError):
        raise LifError(f"{folder / PARAMETERS}: damaged; save the estimator again") from None
    if name != kind.__name__:
        raise LifError(f"{folder}: holds a {name}; load it with {name}.load")
    make = cast("Any", kind)
    try:
        estimator = make(**parameters)
        if isinstance(estimator, ThemeModel) and (folder / THEMES).is_file():
            _load_themes(estimator, folder)
    except (TypeError, ValueError, ValidationError, OSError) as error:
        # The message could quote a text that the model was fitted on.
        what = type(error).__name__
        raise LifError(f"{folder}: damaged ({what}); save the estimator again") from None
    return cast("Estimator", estimator)


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


def _save_themes(model: ThemeModel, folder: Path) -> None:
    vectors = io.BytesIO()
    np.save(vectors, model._finding_vectors, allow_pickle=False)
    write_atomically(folder / VECTORS, vectors.getvalue())
    write_atomically(folder / FINDINGS, TypeAdapter(list[Finding]).dump_json(model._findings))
    write_atomically(folder / THEMES, TypeAdapter(ThemeSet).dump_json(model.theme_set_))


def _load_themes(model: ThemeModel, folder: Path) -> None:
    """Give a model what `fit` would have given it."""
    model.framework_ = load_framework(model.framework)
    model.theme_set_ = TypeAdapter(ThemeSet).validate_json((folder / THEMES).read_bytes())
    model._findings = TypeAdapter(list[Finding]).validate_json((folder / FINDINGS).read_bytes())
    model._finding_vectors = np.load(folder / VECTORS, allow_pickle=False)
    model.discovery_model_ = None
    model.themes_ = model._as_frame(model.theme_set_)
