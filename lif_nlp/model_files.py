"""Hashes of model files: written after training, checked before a model is used.

A model is a folder.  Its `SHA256SUMS` lists each file that affects results, so not the
card or its picture.  A missing or altered file is an error, because labels would silently
differ from those whose accuracy was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lif_nlp.about import MODELS
from lif_nlp.errors import ModelError
from lif_nlp.ids import file_hash

SUMS = "SHA256SUMS"

LABELS = ("role", "why", "reason", "hindsight", "actor", "themes", "priorities")
"""Questions that trained models answer."""

ROLE_CONTEXT = "role_context"
"""The model that settles the role of a sentence of a report by what stands around it."""

LABEL_MODELS = tuple(
    f"{label}{variant}"
    for label in (*LABELS, ROLE_CONTEXT)
    for variant in ("", "-static", "-words")
)
"""Folders of the shipped label models: one for each encoder, one that needs no vectors."""

LABEL_FILES = ("model.safetensors", "model.json")
NETWORK = "network"
"""Folder of the changed weights that turn MiniLM into the network of the profile "accurate"."""
SMALL_NETWORK = "network-static"
"""Folder of the small network whose columns the profile "fast" reads beside static vectors."""
STATIC_ENCODER = "static"
STATIC_FILES = ("vectors.safetensors", "tokenizer.json")

PAIR_MODELS = ("pairs", "pairs-static", "pairs-words")
"""Folders of the test whether two findings state the same point, by encoder as above."""

PAIR_FILES = ("model.json", "space.safetensors")

KNOWN_MODELS = ("points", "points-static")
"""Folders of the test which known points a finding states, by encoder as above."""

STATUS_QUESTIONS = ("position", "progress", "effect")
"""What models read in answers, trackers and checks."""

STATUS_NETWORK = "status-network"
"""Folder of the changed weights that turn MiniLM into the network that reads these."""

STATUS_MODELS = (
    STATUS_NETWORK,
    *(f"status-{question}{end}" for question in STATUS_QUESTIONS for end in ("", "-static")),
)
"""Folders of these models: the network, for its rows, and for vectors of the small encoder."""

REINSTALL = "reinstall lif_nlp or restore the folder 'models'"
"""What to do about a damaged model."""

OR_RULES_ONLY = (
    f"{REINSTALL}, or label by rules alone (rules_only=True, or --rules-only on the command line)"
)
"""What to do about a damaged label model."""


def write_checksums(folder: Path, names: Sequence[str]) -> None:
    """Write the hashes of `names` into the folder's SHA256SUMS, as `sha256sum` does."""
    sums = "".join(f"{file_hash(folder / name)}  {name}\n" for name in names)
    # With line ends of Unix on Windows too: `sha256sum -c` takes a carriage return for part of the
    # name.
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="\n")


def check_model(folder: Path, names: Sequence[str], *, remedy: str = REINSTALL) -> None:
    """Return if every file is present and has the hash listed in SHA256SUMS.

    Parameters
    ----------
    folder
        The model's folder.
    names
        Files that affect results; each must be listed in SHA256SUMS.
    remedy
        What the user can do, as the end of the message.

    Raises
    ------
    ModelError
        For the first file that is missing, not listed or altered.
    """
    if not folder.is_dir():
        raise ModelError(f"{folder}: the model '{folder.name}' is missing; {remedy}")
    for name in (SUMS, *names):
        if not (folder / name).is_file():
            raise ModelError(
                f"{folder / name}: this file of the model '{folder.name}' is missing; {remedy}"
            )
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in names:
        if file_hash(folder / name) != expected.get(name):
            raise ModelError(
                f"{folder / name}: SHA-256 differs from {SUMS}, so the model '{folder.name}' "
                f"was altered; {remedy}"
            )


def shipped_files(models: Path = MODELS) -> dict[Path, tuple[str, ...]]:
    """Folder of each shipped model, with the files that affect its results."""
    return {
        **{models / name: LABEL_FILES for name in LABEL_MODELS},
        models / NETWORK: LABEL_FILES,
        models / SMALL_NETWORK: LABEL_FILES,
        models / STATIC_ENCODER: STATIC_FILES,
        **{models / name: PAIR_FILES for name in PAIR_MODELS},
        **{models / name: LABEL_FILES for name in (*KNOWN_MODELS, *STATUS_MODELS)},
    }


def model_hashes(models: Path = MODELS) -> dict[str, str]:
    """SHA-256 of each file of the shipped models, by its path below `models`.

    A file that is missing has the hash "".
    """
    paths = [folder / name for folder, names in shipped_files(models).items() for name in names]
    return {
        path.relative_to(models).as_posix(): _known_hash(path) if path.is_file() else ""
        for path in paths
    }


def _known_hash(path: Path) -> str:
    """The hash of a file, which is read again only once its size or date differs.

    Every run records what it used, also one that undoes a single decision, and 78 files are
    30 MB to read.
    """
    stat = path.stat()
    return _hash_of_state(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=256)
def _hash_of_state(path: Path, size: int, modified: int) -> str:
    """The hash of a file in one state; `size` and `modified` (in nanoseconds) tell it apart."""
    return file_hash(path)


def finding_model_hashes(models: Path = MODELS) -> dict[str, str]:
    """The same for the models on which findings depend: all but those that read follow-up."""
    hashes = model_hashes(models)
    # Follow-up is read anew each time, so its models must not have all reports labelled again.
    return {path: sha for path, sha in hashes.items() if path.split("/")[0] not in STATUS_MODELS}
