"""The floors hold: imports go down only, and a bare import stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lif_nlp

PACKAGE = Path(lif_nlp.__file__).parent
ROOMS = (
    "ingest", "fetch", "annotate", "embed", "themes", "synthesis", "briefs", "store", "evaluate",
    "interchange",
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


def imported(path):
    """Modules that a file imports anywhere, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "lif_nlp":
                yield from (f"lif_nlp.{alias.name}" for alias in node.names)


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
    for name in imported(path):
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
