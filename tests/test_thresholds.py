"""In rooms of judgement no number is bare: each stands in a table of thresholds, documented."""

import ast
import importlib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import lif_nlp

PACKAGE = Path(lif_nlp.__file__).parent
TABLES = (PACKAGE / "themes", PACKAGE / "briefs" / "quoting")
FILES = [
    file for room in TABLES for file in sorted(room.rglob("*.py")) if file.name != "thresholds.py"
]
PLAIN = {
    0.0, 1.0,  # ends of a share
    0.5, 2.0,  # median, half, double
    0.25, 0.75,  # quartiles
    1e-9, 1e-12,  # guards against dividing by zero
}  # fmt: skip


def numbers(node):
    return [
        n for n in ast.walk(node)
        if isinstance(n, ast.Constant) and type(n.value) in (int, float)
    ]  # fmt: skip


def undocumented(body):
    """Assignments with a number that no docstring follows."""
    return [
        statement
        for statement, after in zip(body, [*body[1:], None], strict=True)
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and statement.value
        and numbers(statement.value)
        and not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant))
    ]


def bare_numbers(source):
    """Numbers in constants without a docstring, and floats inside functions."""
    tree = ast.parse(source)
    named = [n for statement in undocumented(tree.body) for n in numbers(statement.value)]
    inside = [
        number
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for number in numbers(node)
        if isinstance(number.value, float) and number.value not in PLAIN
    ]
    return sorted({(number.lineno, number.value) for number in (*named, *inside)})


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_number_is_bare(path):
    found = bare_numbers(path.read_text(encoding="utf-8"))
    assert found == [], f"{path}: move these to the room's thresholds.py and say what they do"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("LIMIT = 7", [(1, 7)]),
        ('LIMIT = 7\n"""Reports: fewer say nothing."""', []),
        ("LIMITS: dict[str, float] = {'a': 0.2}", [(1, 0.2)]),
        ("def f(x, least=0.3):\n    return x > 0.4", [(1, 0.3), (2, 0.4)]),
        ("def f(x):\n    return x[1:3] + 0.5", []),
    ],
)
def test_the_check_finds_bare_numbers(source, expected):
    assert bare_numbers(source) == expected


@pytest.mark.parametrize("room", TABLES, ids=lambda path: path.name)
def test_every_threshold_says_what_it_does(room):
    tree = ast.parse((room / "thresholds.py").read_text(encoding="utf-8"))
    bodies = [tree.body, *(n.body for n in ast.walk(tree) if isinstance(n, ast.ClassDef))]
    silent = [statement.lineno for body in bodies for statement in undocumented(body)]
    assert silent == [], f"lines of {room / 'thresholds.py'} without a word of explanation"


@pytest.mark.parametrize("room", TABLES, ids=lambda path: path.name)
def test_every_threshold_is_used(room):
    name = ".".join(["lif_nlp", *room.relative_to(PACKAGE).parts, "thresholds"])
    tables = {
        key: value
        for key, value in vars(importlib.import_module(name)).items()
        if key.isupper() and is_dataclass(value)
    }
    text = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    unused = [
        f"{key}.{field.name}"
        for key, table in tables.items()
        for field in fields(table)
        if f".{field.name}" not in text
    ]
    assert unused == []
