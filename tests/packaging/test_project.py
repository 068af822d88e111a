"""pyproject.toml declares what the code imports, and the constraints pin what it declares."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement

from tests.packaging.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
TOOLS = ("dev", "docs")


def name_of(requirement):
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


def brought(requirement):
    """Names of the packages that a requirement brings by itself."""
    asked = Requirement(requirement)
    needed = [Requirement(line) for line in requires(asked.name) or []]
    return {
        name_of(r.name)
        for r in needed
        if r.marker is None or any(r.marker.evaluate({"extra": e}) for e in ("", *asked.extras))
    }


def imported_packages():
    """Top-level packages that lif_nlp imports anywhere, functions included."""
    for path in (ROOT / "lif_nlp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_every_imported_package_is_declared_or_comes_with_one_that_is():
    # the tools of developers are no help to users
    users = [r for extra, listed in EXTRAS.items() if extra not in TOOLS for r in listed]
    declared = [*PROJECT["dependencies"], *users]
    available = {name_of(r) for r in declared}.union(*(brought(r) for r in declared))
    distributions = packages_distributions()
    foreign = set(imported_packages()) - set(sys.stdlib_module_names) - {"lif_nlp"}
    undeclared = {
        package
        for package in foreign
        if not available & {name_of(name) for name in distributions.get(package, [])}
    }
    assert undeclared == set()


@pytest.mark.parametrize("extra", ["", *EXTRAS])
def test_constraints_pin_each_dependency_to_a_version_it_allows(extra):
    lines = (ROOT / "scripts" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    pinned = {name_of(name): version for name, version in pins.items()}
    for requirement in EXTRAS.get(extra, PROJECT["dependencies"]):
        version = pinned[name_of(requirement)]
        assert Requirement(requirement).specifier.contains(version), f"{requirement}: {version}"


def test_the_packages_that_bertopic_brings_are_not_our_own():
    assert not {"hdbscan", "umap-learn"} & {name_of(r) for r in PROJECT["dependencies"]}
    assert {"hdbscan", "umap-learn"} <= brought("bertopic")
