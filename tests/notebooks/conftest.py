"""A desk for each notebook, with a copy of the sample's workspace, and one kernel for all."""

import shutil

import pytest


@pytest.fixture
def desk(mined_sample, tmp_path):
    """A folder to run a notebook in: with its own copy of the sample's workspace."""
    shutil.copytree(mined_sample, tmp_path / "learning-sample")
    return tmp_path


@pytest.fixture(scope="module")
def client():
    """A client with a running kernel, which has then loaded what notebooks import.

    The wheel's notebook runs in a process of its own (`tests/packaging`).
    """
    import nbformat
    from nbclient import NotebookClient

    client = NotebookClient(nbformat.v4.new_notebook(), timeout=240, kernel_name="python3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIF_PROFILE", "fast")
        with client.setup_kernel():
            yield client


@pytest.fixture
def execute(client, desk):
    """A function that runs a notebook at the desk; it finds no names of another notebook."""

    from nbformat.v4 import new_code_cell, new_notebook

    def run(notebook):
        clean = new_code_cell(f"%reset -f\n%cd -q {desk}")
        client.nb = new_notebook(cells=[clean, *notebook.cells])
        for at, cell in enumerate(client.nb.cells):
            client.execute_cell(cell, at)

    return run
