"""The floors hold: imports go down only, in no circle, and `import lif_nlp` stays light."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import lif_nlp

PACKAGE = Path(lif_nlp.__file__).parent
ROOMS = (
    "ingest", "fetch", "annotate", "embed", "themes", "synthesis", "briefs", "store", "evaluate",
    "interchange", "ledger",
)  # fmt: skip
CORRIDOR, DOORS = (
    ("workflow", "runtime"),
    ("cli", "api", "__init__", "__main__", "display"),
)
HEAVY = {
    "spacy": "annotate", "bertopic": "themes", "umap": "themes", "hdbscan": "themes",
    "sentence_transformers": "embed", "torch": "embed", "pypdfium2": "ingest", "mammoth": "ingest",
    "sqlite3": "store", "docx": "briefs", "pptx": "briefs", "jinja2": "briefs",
    "matplotlib": "briefs", "typer": "cli", "httpx": "fetch", "distributed": "runtime",
}  # fmt: skip
FILES = sorted(path for path in PACKAGE.rglob("*.py"))


def place(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def floor(name):
    if name in ROOMS:
        return 1
    if name in CORRIDOR:
        return 2
    return 3 if name in DOORS else 0


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path, nodes=ast.walk):
    """Modules that a file imports, also inside functions."""
    for node in nodes(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "lif_nlp":
                yield from (f"lif_nlp.{alias.name}" for alias in node.names)


MODULES = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in FILES}
MODULES = {name.removesuffix(".__init__"): path for name, path in MODULES.items()}


def running(node):
    """The nodes below a node, without those under `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from running(child)


def modules_imported(path):
    """Modules of the package that a file imports at run time, also inside functions."""
    for node in running(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in MODULES else node.module for name in names)


def test_no_files_import_each_other_in_a_circle():
    graph = {
        name: {other for other in modules_imported(path) if other in MODULES} - {name}
        for name, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_every_room_has_files():
    assert {place(path) for path in FILES} >= {*ROOMS, *CORRIDOR, "cli", "framework"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path):
    here = place(path)
    for name in imported(path):
        if not name.startswith("lif_nlp."):
            continue
        there = name.split(".")[1]
        if there == here or there.startswith("__"):
            continue
        assert floor(there) <= floor(here), f"{path} imports {name}"
        assert not (floor(here) == 1 == floor(there)), f"{path}: rooms do not know each other"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_heavy_package_is_imported_in_one_room_only(path):
    # An import for type checkers alone loads nothing.
    for name in imported(path, nodes=running):
        home = HEAVY.get(name.split(".")[0])
        assert home in (None, place(path)), f"{path} imports {name}, which belongs to {home}"


def test_only_config_reads_the_environment():
    readers = [
        path.name
        for path in FILES
        if "os.environ" in (text := path.read_text("utf-8")) or "getenv" in text
    ]
    assert readers == []


def test_a_bare_import_loads_nothing_heavy():
    code = "import lif_nlp, sys; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = ["torch", "spacy", "bertopic", "pandas", "sklearn"]
    out = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_no_public_name_is_a_modules_name():
    # importing a module would hide the public name behind it
    assert set(lif_nlp.__all__) & {path.stem for path in PACKAGE.iterdir()} == set()
