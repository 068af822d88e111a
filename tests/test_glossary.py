"""The glossary is whole, and no public name uses a word of our old dialect."""

import dataclasses
import inspect
import re
from pathlib import Path

import pytest
import typer

import lif_nlp
from lif_nlp import Workspace, records
from lif_nlp.cli.app import COMMANDS
from lif_nlp.schema import TABLES
from lif_nlp.workflow.tables import TABLES as SHOWN

README = Path(lif_nlp.__file__).with_name("README.md").read_text(encoding="utf-8")
DIALECT = {
    "told", "tell", "tells", "found", "lean", "leaning", "weight", "fitness", "beside", "anew",
    "met", "stands", "stand", "hands", "house", "twin", "twins", "nought", "apart", "kept", "said",
    "says", "stuck", "asked", "alike", "loose", "oftener", "seldomer",
}  # fmt: skip


def glossary():
    """Entries of the glossary: term and meaning."""
    [table] = re.findall(r"## Glossary\n(.*?)\n## ", README, re.DOTALL)
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", table, re.MULTILINE)[1:])


def words(name):
    """Lower-case words of a name in snake_case, kebab-case or CamelCase."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return {word for word in re.split(r"[^a-z]+", spaced.lower()) if word}


def public_names():
    """(where, name) of everything that a user writes or reads."""
    for name in lif_nlp.__all__:
        yield "lif_nlp", name
    for name in dir(Workspace):
        if not name.startswith("_"):
            yield "Workspace", name
            member = inspect.getattr_static(Workspace, name)
            if inspect.isfunction(member):
                for argument in inspect.signature(member).parameters:
                    yield f"Workspace.{name}", argument
    for name in SHOWN:
        yield "table", name
    for table in TABLES.values():
        for column in table.names:
            yield f"table {table.name}", column
    for command in COMMANDS:
        yield "command", command.__name__
        for parameter in typer.main.get_command(_app(command)).params:
            for option in parameter.opts:
                yield f"lif {command.__name__}", option
    for kind in vars(records).values():
        if dataclasses.is_dataclass(kind) and kind.__module__ == records.__name__:
            yield "records", kind.__name__
            for field in dataclasses.fields(kind):
                yield kind.__name__, field.name


def _app(command):
    app = typer.Typer()
    app.command()(command)
    return app


NAMES = sorted(set(public_names()))


def test_the_glossary_has_about_forty_entries_of_one_line():
    assert 40 <= len(glossary()) <= 60
    assert all(len(meaning) <= 160 for meaning in glossary().values())


@pytest.mark.parametrize(("where", "name"), NAMES, ids=str)
def test_a_public_name_is_in_plain_words(where, name):
    assert not words(name) & DIALECT


def imports_of(path):
    """Files of the package that a file imports, and what their packages re-export."""
    home = Path(lif_nlp.__file__).parent
    modules = re.findall(r"from (lif_nlp[\w.]*) import \(?([^)\n]*)", path.read_text("utf-8"))
    names = {m for m, _ in modules} | {
        f"{m}.{n.strip()}" for m, ns in modules for n in ns.split(",")
    }
    for name in names:
        inside = home.joinpath(*name.split(".")[1:])
        yield from (f for f in (inside.with_suffix(".py"), inside / "__init__.py") if f.is_file())


def test_a_findings_way_can_be_followed_by_imports():
    home = Path(lif_nlp.__file__).parent
    stops = re.findall(r"^\| `([\w/.]+)` \| (?:the user|`([\w/.]+)`) \|", README, re.MULTILINE)
    assert 10 <= len(stops) <= 15
    for stop, importer in stops:
        assert (home / stop).is_file()
        if importer:
            direct = set(imports_of(home / importer))
            packages = [path for path in direct if path.name == "__init__.py"]
            reached = direct.union(*(imports_of(path) for path in packages))
            assert home / stop in reached, f"{importer} does not lead to {stop}"
