"""Every notebook runs on its own, shows public names only, and is stored stripped."""

import ast
import json
import re

import pytest

import lif_nlp
from lif_nlp import about

NOTEBOOKS = sorted(about.NOTEBOOKS.glob("*.ipynb"))


def cells(path, kind):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def test_all_eight_are_there():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06", "07", "08"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_public_names_are_imported(path):
    code = "\n".join("".join(cell["source"]) for cell in cells(path, "code"))
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("lif_nlp"):
            assert node.module == "lif_nlp"
            assert {alias.name for alias in node.names} <= set(lif_nlp.__all__)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path):
    assert all(
        cell["outputs"] == [] and not cell["execution_count"] for cell in cells(path, "code")
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_says_what_not_to_conclude(path):
    words = " ".join("".join(cell["source"]) for cell in cells(path, "markdown")).casefold()

    assert any(said in words for said in ("what not to conclude", "must not be used", "cannot say"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_on_its_own_and_fetches_nothing(path, execute):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    execute(notebook)

    shown = [
        "".join(output["data"].get("text/html", ""))
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    assert shown
    assert not [html for html in shown if re.search(r"<(?:script|img|link)[^>]+https?://", html)]
