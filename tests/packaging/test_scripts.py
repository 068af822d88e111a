"""The scripts that set up the project need Python alone, on every platform."""

import ast
import re
import subprocess
import sys

import pytest

from tests.packaging.conftest import ROOT

SCRIPTS = ("set_up.py", "demo.py", "test.py")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_imports_only_what_comes_with_python(name):
    tree = ast.parse((ROOT / "scripts" / name).read_text("utf-8"))
    modules = {
        module.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in (
            [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module]
        )
    }
    assert modules - set(sys.stdlib_module_names) <= {"set_up"}


def test_what_scripts_take_from_the_package_is_there():
    """Few scripts run in tests, and none is read by mypy: a name that moved is seen here."""
    wanted = {
        (node.module, alias.name)
        for path in (ROOT / "scripts").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lif_nlp.")
        for alias in node.names
    }
    assert ("lif_nlp.ids", "file_hash") in wanted
    assert [names for names in sorted(wanted) if not is_there(*names)] == []


def is_there(module, name):
    """Whether a module holds a name, by its text: to import all of them takes seconds."""
    place = ROOT.joinpath(*module.split("."))
    own = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    found = re.search(rf"\b{name}\b", own.read_text("utf-8")) if own.is_file() else None
    return found is not None or (place / f"{name}.py").is_file()


@pytest.mark.parametrize("shell", ["demo.sh", "test.sh"])
def test_a_shell_script_only_calls_the_script_in_python(shell):
    lines = (ROOT / "scripts" / shell).read_text("utf-8").splitlines()
    python = shell.replace(".sh", ".py")
    assert lines[-1] == f'exec bash "$(dirname "$0")/run.sh" {python} "$@"'


def test_set_up_does_nothing_where_it_was_done(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import set_up

    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python").write_text("")
    (tmp_path / ".set-up-notebook").write_text(f"{set_up._wanted()}\n")
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "PYTHON", programs / "python")
    assert set_up.set_up("notebook") == programs / "python"


def test_set_up_on_windows_uses_its_folders():
    code = (
        "import os, pathlib; os.name = 'nt'; pathlib.Path = pathlib.PurePosixPath; "
        "source = open('scripts/set_up.py').read().replace('.resolve()', ''); "
        "scope = {'__name__': 'x', '__file__': '/clone/scripts/set_up.py'}; "
        "exec(source, scope); print(scope['PYTHON'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "/clone/.venv/Scripts/python.exe\n"
