"""Every notebook runs from a clean kernel, shows public names only, and is stored stripped."""

import json
import re
from pathlib import Path

import pytest

import lif_nlp

FOLDER = Path(lif_nlp.__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells(path, kind):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def test_the_first_notebook_is_there():
    assert FOLDER / "01_start_here.ipynb" in NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_public_names_are_imported(path):
    code = "\n".join("".join(cell["source"]) for cell in cells(path, "code"))
    taken = re.findall(r"from (lif_nlp[\w.]*) import \(?([\w, \n]+)", code)
    for module, names in taken:
        assert module == "lif_nlp"
        assert {name.strip() for name in names.split(",") if name.strip()} <= set(lif_nlp.__all__)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path):
    assert all(
        cell["outputs"] == [] and not cell["execution_count"] for cell in cells(path, "code")
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_a_clean_kernel(path, tmp_path):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
