"""Guides are true: links resolve, examples run, commands and names in them exist."""

import re
import runpy
import shlex
from pathlib import Path

import pytest
import typer

import lif_nlp
from lif_nlp.briefs import FORMATS, KINDS
from lif_nlp.cli.app import COMMANDS, app
from lif_nlp.framework import load_framework
from lif_nlp.workflow.tables import TABLES

ROOT = Path(lif_nlp.__file__).parent.parent
SKIPPED = {".venv", "node_modules", "learning", "learning-sample", "demo"}
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not SKIPPED & set(path.relative_to(ROOT).parts) and "source" not in path.parts
)
GUIDES = [path for path in PAGES if path.is_relative_to(ROOT / "lif_nlp")] + [
    ROOT / "README.md",
    ROOT / "notebooks" / "README.md",
]
REQUIREMENTS = ROOT / "lif_nlp" / "framework" / "REQUIREMENTS.md"
NAMES = {command.__name__ for command in COMMANDS}


def name_of(path):
    return str(path.relative_to(ROOT))


def blocks(path, language):
    return re.findall(rf"```{language}\n(.*?)```", path.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_between_pages_resolve(path):
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    linked = re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", text)
    gone = [to for to in linked if "://" not in to and not (path.parent / to).exists()]
    assert gone == []


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_commands_in_guides_exist(path):
    named = re.findall(r"(?:^|`|bin/)lif ([a-z]+)", path.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= NAMES


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_kinds_tables_and_ids_in_guides_exist(path):
    text, framework = path.read_text("utf-8"), load_framework()
    priorities = {p.id for p in framework.priorities} | {"child_exploitation"}
    themes = {t.code for t in framework.themes}

    assert set(re.findall(r"--kind ([a-z-]+)", text)) <= set(KINDS)
    assert {
        f for given in re.findall(r"--format ([a-z,]+)", text) for f in given.split(",")
    } <= set(FORMATS)
    assert set(re.findall(r'ws\.table\("(\w+)"\)', text)) <= set(TABLES)
    assert set(re.findall(r"--priority ([a-z_]+)", text)) <= priorities
    assert set(re.findall(r"--theme ([a-z_]+)", text)) <= themes


def test_methods_of_a_workspace_in_guides_exist():
    from lif_nlp import Workspace

    named = {
        name for path in GUIDES for name in re.findall(r"\bws\.(\w+)", path.read_text("utf-8"))
    }
    assert [name for name in sorted(named) if not hasattr(Workspace, name)] == []


def test_the_examples_for_contributors_run_from_top_to_bottom(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = "\n\n".join(blocks(ROOT / "lif_nlp" / "README.md", "python"))

    exec(compile(code, "lif_nlp/README.md", "exec"), {"__name__": "guide"})


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIF_ENCODER", "hashed")
    [code] = blocks(ROOT / "README.md", "python")
    short = tmp_path / "corpora" / "sample"
    short.mkdir(parents=True)
    (short / "review.md").write_text(
        "# Learning review: Child A\n\nPublished 3 March 2024\n\n## Findings\n\n"
        "The bruise was not shared with the school because systems differ; neglect was seen.\n\n"
        "Practitioners did not use the neglect tool, so poor home conditions were not measured.\n",
        encoding="utf-8",
    )

    exec(compile(code, "README.md", "exec"), {"__name__": "guide"})


def test_the_generated_pages_are_current_and_no_command_is_undocumented():
    script = runpy.run_path(str(ROOT / "scripts" / "build_reference.py"))

    assert set(script["EXAMPLES"]) >= NAMES, "give each command an example in build_reference.py"
    for path, page in script["PAGES"].items():
        assert path.read_text("utf-8") == page(), "run scripts/build_reference.py"


def test_every_requirement_has_a_line_and_says_whether_it_is_met():
    rows = re.findall(r"^\| (R\d+) \|(.*)\|$", REQUIREMENTS.read_text("utf-8"), re.MULTILINE)
    cells = {name: [cell.strip() for cell in row.split("|")] for name, row in rows}

    assert list(cells) == [requirement.id for requirement in load_framework().requirements]
    for name, (_, status, how, shown) in cells.items():
        assert status in {"met", "partly", "not"}, name
        assert how and (shown or status == "not"), name


def test_notebooks_named_in_the_requirements_exist():
    named = set(re.findall(r"notebook (\d\d)", REQUIREMENTS.read_text("utf-8")))

    assert named <= {path.stem[:2] for path in (ROOT / "notebooks").glob("*.ipynb")}


def test_the_options_of_each_command_named_in_the_requirements_exist():
    rows = re.findall(r"^\| R\d+ \|.*\| (.*) \|$", REQUIREMENTS.read_text("utf-8"), re.MULTILINE)
    lines = {code for row in rows for code in re.findall(r"`(lif [^`]+)`", row)}
    group = typer.main.get_command(app)

    assert len(lines) > 20
    for line in lines:
        _, name, *arguments = shlex.split(line)
        # parsed and not run: a wrong option or value raises
        group.commands[name].make_context(name, arguments)
