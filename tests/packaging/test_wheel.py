"""What ships is whole: sdist and wheel hold all that a clone holds and a user needs."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from lif_nlp import about
from lif_nlp.config import load_settings
from lif_nlp.workflow.annotate import annotate
from tests.ingest.makers import Line, make_pdf
from tests.packaging.conftest import ROOT, Environment

DATA = ("models", "corpora/sample", "corpora/follow_up", "corpora/gold", "notebooks")
MOST_MB = 38
"""20 before three whole layers of the network shipped (10 MB, which hardly compress); 28 before the
small networks of labels and of follow-up and the gold of four more hands; 30 before the test of
known points (two models of 2 MB) and what readers filed under them; 35 before the gold of six more
hands, the models of priorities and more sentences of known points; 36 before the gold of three more
hands and 9,600 answers about known points: gold grows by a hand at a time; 37
before the gold of two more hands, of labels amended and of answers of follow-up."""


def digests(folder, names):
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


@pytest.fixture(scope="module")
def tracked():
    """Files of the project that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a clone")
    return [name for name in listed.stdout.splitlines() if Path(ROOT, name).is_file()]


def test_the_sdist_is_the_whole_project(dist, tracked):
    [path] = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert set(tracked) - packed - {".gitignore"} == set()


def test_the_wheel_holds_the_data_byte_for_byte(wheel, tracked):
    shipped = [name for name in tracked if name.startswith(DATA)]
    with zipfile.ZipFile(wheel) as archive:
        inside = {
            name.removeprefix("lif_nlp/_data/"): hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if name.startswith("lif_nlp/_data/")
        }
    assert inside == digests(ROOT, shipped)


def test_the_wheel_holds_every_file_of_the_package(wheel, tracked):
    package = {name for name in tracked if name.startswith("lif_nlp/")}
    with zipfile.ZipFile(wheel) as archive:
        inside = {n for n in archive.namelist() if not n.startswith("lif_nlp/_data/")}
    assert package - inside == set()
    assert {name.split("/")[0].partition("-")[0] for name in inside} == {"lif_nlp"}


def test_the_wheel_is_small(wheel):
    assert wheel.stat().st_size < MOST_MB * 1_000_000


def test_the_install_uses_its_own_files(install, tmp_path):
    code = (
        "import json, lif_nlp; from lif_nlp import about; "
        "print(json.dumps([lif_nlp.__file__, *map(str, "
        "(about.MODELS, about.SAMPLE, about.GOLD, about.NOTEBOOKS))]))"
    )
    done = install.run("python", "-c", code, cwd=tmp_path)
    for path in map(Path, json.loads(done.stdout)):
        assert path.exists()
        assert path.is_relative_to(install.packages)
        assert not path.is_relative_to(ROOT)


@pytest.mark.parametrize("program", [("lif",), ("python", "-m", "lif_nlp")])
def test_the_program_says_its_version(install, tmp_path, program):
    done = install.run(*program, "--version", cwd=tmp_path)
    assert done.returncode == 0
    assert about.__version__ in done.stdout


REVIEW = """# Learning review: Child B

Published 3 May 2022

## Findings

2.1 The school did not tell the GP that the boy had lost weight, because nobody had asked.

2.2 The health visitor wrote down in the plan what the boy said about his daily life.
"""


def own_reports(folder):
    """The folder, with a folder of two reports of one's own in it."""
    reports = folder / "my reports"
    reports.mkdir()
    (reports / "child_b.md").write_text(REVIEW, encoding="utf-8")
    line = Line("Information about the injuries was not shared with the nursery.", y=700)
    (reports / "letter.pdf").write_bytes(make_pdf([[line]]))
    return folder


@pytest.fixture
def folder(tmp_path):
    """A folder to work in that holds nothing but two reports of one's own."""
    return own_reports(tmp_path)


def gold_texts(path, *, step=1):
    """Write every `step`-th text of the shipped gold, as a file for `lif annotate`."""
    lines = [
        line
        for gold in sorted(about.GOLD.glob("sample_*.jsonl"))
        for line in gold.read_text(encoding="utf-8").splitlines()
    ]
    rows = [{key: json.loads(line)[key] for key in ("id", "text")} for line in lines[::step]]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


GOLD_STEP = {"fast": 1, "accurate": 9}
"""Every how many texts of the gold are labelled: "accurate" takes ten times as long."""

# A program that labels takes seconds to load, so one process runs all of these commands.
IN_TURN = """
import io, json, sys
from contextlib import redirect_stdout
from lif_nlp.cli import main
done = []
for command in json.load(sys.stdin):
    sys.argv = ["lif", *command]
    with redirect_stdout(io.StringIO()) as out:
        try:
            main()
        except SystemExit as end:
            done.append([end.code or 0, out.getvalue()])
json.dump(done, sys.stdout)
"""


@pytest.fixture(scope="module")
def desk(install, mined_sample, tmp_path_factory):
    """A folder in which the installed `lif` labelled, mined and scored, and what it printed.

    The clone's workspace of the sample lies there: to the wheel it must be up to date.
    """
    folder = own_reports(tmp_path_factory.mktemp("desk"))
    shutil.copytree(mined_sample, folder / "desk" / "learning-sample")
    commands = {
        "evaluate": ["evaluate", "--profile", "fast", "--json"],
        "demo": ["demo", "-w", "desk/learning-sample", "--profile", "fast", "--jobs", "1"],
        "notebooks": ["notebooks", "desk"],
    }
    for profile, step in GOLD_STEP.items():
        gold_texts(folder / f"gold-{profile}.jsonl", step=step)
        gold, labels, chosen = f"gold-{profile}.jsonl", f"{profile}.jsonl", ("--profile", profile)
        commands |= {
            f"annotate {profile}": ["annotate", gold, labels, *chosen],
            f"mine {profile}": ["mine", "my reports", "-w", profile, "--quiet", *chosen],
        }
    given = json.dumps(list(commands.values()))
    done = install.run("python", "-c", IN_TURN, cwd=folder, given=given)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert [code for code, _ in results] == [0] * len(commands), done.stderr
    return folder, dict(zip(commands, [out for _, out in results], strict=True))


@pytest.mark.parametrize("profile", GOLD_STEP)
def test_labels_of_the_gold_are_those_of_the_clone(desk, tmp_path, profile):
    folder, _ = desk
    theirs, ours = folder / f"{profile}.jsonl", tmp_path / "ours.jsonl"
    count = annotate(folder / f"gold-{profile}.jsonl", ours, load_settings(profile=profile))
    assert theirs.read_bytes() == ours.read_bytes()
    assert len(theirs.read_text(encoding="utf-8").splitlines()) == count > 100


@pytest.mark.parametrize("profile", GOLD_STEP)
def test_own_reports_are_mined(desk, profile):
    folder, printed = desk
    assert "(2 new), " in printed[f"mine {profile}"].splitlines()[0]
    assert list(folder.glob(f"{profile}/briefs/*.html"))


def test_the_gold_is_scored(desk):
    _, printed = desk
    scores = json.loads(printed["evaluate"])
    assert {"role", "hindsight"} <= {row["measure"] for row in scores}


def test_the_demo_says_where_to_look_and_a_notebook_runs_on_it(install, desk):
    folder, printed = desk
    assert printed["demo"].startswith("25 fictional reports, ")
    lines = [line.split() for line in printed["demo"].splitlines()]
    # of all 25 reports, the trackers find the one review that they follow up
    recorded = {words[1] for words in lines if words[:1] == ["●"]}
    assert recorded == {"answered", "action", "done", "checked", "effect"}
    [brief] = [line for line in printed["demo"].splitlines() if line.startswith("Open this first")]
    assert Path(brief.partition(": ")[2]).is_file()
    manifest = max(folder.glob("desk/learning-sample/manifest/*.json"))
    assert json.loads(manifest.read_text(encoding="utf-8"))["results"]["add"] == {
        "documents": 0, "quarantined": [], "skipped": 25, "refreshed": 0,
    }  # fmt: skip

    # its first cell is load_sample(): the sample of the wheel, known already by its bytes
    path = folder / "desk" / "05_review_with_colleagues.ipynb"
    done = install.run(
        *("python", "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", path),
        cwd=folder / "desk", LIF_PROFILE="fast",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    notebook = json.loads(path.read_text(encoding="utf-8"))
    # the sample was mined by the clone, and quotes lead to the files that it read
    outputs = json.dumps(notebook).replace(str(ROOT / "corpora" / "sample"), "")
    assert str(ROOT) not in outputs
    assert all(cell["execution_count"] for cell in notebook["cells"] if cell["cell_type"] == "code")


@pytest.mark.parametrize("damage", ["one byte altered", "removed"])
def test_a_damaged_model_is_an_error_and_nothing_is_written(install, folder, damage):
    model = install.packages / "lif_nlp" / "_data" / "models" / "role" / "model.safetensors"
    content = model.read_bytes()
    try:
        if damage == "removed":
            model.unlink()
        else:
            model.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        done = install.run("lif", "mine", "my reports", "--quiet", cwd=folder)
    finally:
        model.write_bytes(content)
    assert done.returncode == 1
    assert done.stderr.startswith(f"lif: {model}: ")
    assert "reinstall lif_nlp or restore the folder 'models', or label by rules" in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["my reports"]


def test_an_editable_install_is_seen_by_type_checkers(project, tmp_path):
    venv = Environment(tmp_path / "venv")
    venv.install("--no-build-isolation", "-e", project)
    options = ("--follow-imports=skip", "--cache-dir", tmp_path / "cache")
    done = venv.run("python", "-m", "mypy", *options, "-c", "import lif_nlp", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("Success")
