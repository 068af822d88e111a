"""What a newcomer meets in the first hour: the end of `lif mine`, names, and slips."""

import io
import sys
import tomllib
from pathlib import Path

import pytest


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def answer(monkeypatch):
    """A function that puts this process at a terminal where somebody types an answer."""

    def type_in(text):
        monkeypatch.setattr(sys, "stdin", Terminal(f"{text}\n"))
        monkeypatch.setattr(sys, "stderr", Terminal())

    return type_in


def branding(workspace):
    return tomllib.loads((workspace / "lif.toml").read_text("utf-8"))["branding"]


def test_mine_ends_with_what_comes_back_and_the_file_to_open(lif, reports, tmp_path):
    (reports / "false.pdf").unlink()
    done = lif("mine", reports, "-w", tmp_path / "w", "--quiet")
    assert done.code == 0
    counts, *_, first, all_briefs = done.out.splitlines()
    assert counts.startswith("2 reports (2 new), 8 findings, ")
    assert "No learning point is stated by three reports yet" in done.out
    _, shared = done.out.split("\nThemes that most reports share:\n")
    assert shared.startswith("  2 of 2 reports  ")
    briefs = tmp_path / "w" / "briefs"
    assert first.startswith(f"Open this first, in a browser: {briefs}")
    assert first.endswith(".html")
    web_pages = len(list(briefs.glob("*.html")))
    assert all_briefs == f"{web_pages} briefs, each as a web page and a Word file: {briefs}"
    # The fullest, where a priority comes before it that no quote is about.
    opened = Path(first.removeprefix("Open this first, in a browser: ")).read_text("utf-8")
    assert "<blockquote" in opened and "two reports" in opened
    assert "brief: " not in done.out


@pytest.mark.parametrize("command", ["mine", "add"])
@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("reprots", "no such file or folder (looked for in "),
        ("empty", "there is no file in this folder; name the folder that holds the reports"),
        (
            "C:\\reviews",
            "no such file or folder; this is a Windows path, and lif runs on Linux here",
        ),
    ],
)
def test_nothing_to_read_makes_no_workspace(lif, tmp_path, monkeypatch, command, source, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    done = lif(command, source)
    assert done.code == 1
    assert done.err.startswith(f"lif: {source}: {message}")
    assert len(done.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.mark.parametrize("command", ["mine", "add"])
def test_a_workspace_named_among_the_reports_stops_the_run(
    lif, workspace, reports, tmp_path, monkeypatch, command
):
    monkeypatch.chdir(tmp_path)
    done = lif(command, workspace, reports)
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith(f'run: lif {command} "{reports}" -w "{workspace}"\n')
    assert not (tmp_path / "learning").exists()


def test_a_typo_beside_real_reports_is_listed_and_the_rest_is_read(lif, reports, tmp_path):
    done = lif("add", reports / "review.md", tmp_path / "typo", "-w", tmp_path / "w", "--quiet")
    assert done.code == 3
    assert "1 report read" in done.out
    assert "no such file or folder" in done.err


def test_the_home_folder_may_be_written_as_a_tilde(lif, reports, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    done = lif("add", "~/reports/review.md", "--workspace=~/w", "--quiet")
    assert done.code == 0
    assert (tmp_path / "w" / "learning.db").is_file()


def test_the_partnership_is_asked_once(lif, reports, tmp_path, answer):
    (tmp_path / "w").mkdir()
    answer("Harrowmere Partnership")
    lif("mine", reports / "review.md", "-w", tmp_path / "w")
    assert branding(tmp_path / "w") == {"partnership": "Harrowmere Partnership"}
    answer("Another")
    lif("mine", reports / "review.md", "-w", tmp_path / "w")
    assert branding(tmp_path / "w") == {"partnership": "Harrowmere Partnership"}
    [page] = (tmp_path / "w" / "briefs").glob("*priority-neglect.html")
    assert "Harrowmere Partnership" in page.read_text("utf-8")


def test_input_that_ends_at_the_question_leaves_the_heading_neutral(
    lif, reports, tmp_path, monkeypatch
):
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert lif("mine", reports / "review.md", "-w", tmp_path / "w").code == 0
    [page] = (tmp_path / "w" / "briefs").glob("*priority-neglect.html")
    assert "Your partnership" in page.read_text("utf-8")


def test_ctrl_c_is_one_line_with_the_way_on(lif, reports, tmp_path, monkeypatch):
    class Pressed(Terminal):
        def readline(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Pressed())
    monkeypatch.setattr(sys, "stderr", Terminal())
    done = lif("mine", reports / "review.md", "-w", tmp_path / "w")
    assert done.code == 130
    assert sys.stderr.getvalue().endswith(
        "Stopped. What was read is kept; run the same command again to go on.\n"
    )
    assert not (tmp_path / "w").exists()


def test_the_partnership_may_be_given_and_nobody_is_asked(lif, reports, tmp_path):
    workspace = tmp_path / "w"
    workspace.mkdir()
    (workspace / "lif.toml").write_text('seed = 5\n\n[branding]\naccent = "#112233"\n\n[fetch]\n')
    given = ("mine", reports / "review.md", "-w", workspace, "--quiet", "--partnership")
    lif(*given, 'The "Vale" Partnership')
    lif(*given, "Vale")
    settings = tomllib.loads((workspace / "lif.toml").read_text("utf-8"))
    assert settings == {
        "seed": 5,
        "branding": {"partnership": "Vale", "accent": "#112233"},
        "fetch": {},
    }


@pytest.mark.parametrize(
    "own", ['branding.accent = "#112233"\n', '[ branding ]\naccent = "#112233"\n']
)
def test_a_name_that_does_not_fit_into_the_file_leaves_it_as_it_is(lif, reports, tmp_path, own):
    workspace = tmp_path / "w"
    workspace.mkdir()
    (workspace / "lif.toml").write_text(own)
    done = lif("mine", reports / "review.md", "-w", workspace, "--quiet", "--partnership", "Vale")
    assert done.code == 1
    assert done.err == (
        f"lif: {workspace / 'lif.toml'}: the partnership's name could not be added; write it "
        'there yourself, beside the other keys of "branding": partnership = "Vale"\n'
    )
    assert (workspace / "lif.toml").read_text("utf-8") == own


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--theme", "recording", "--priority", "neglect"),
            "a brief is about one thing, and theme 'recording' and priority 'neglect' were given",
        ),
        (("--kind", "board", "--priority", "neglect"), "the kind 'board' covers all reports"),
    ],
)
def test_options_that_exclude_each_other_are_refused(lif, workspace, options, message):
    done = lif("brief", "-w", workspace, *options)
    assert done.code == 1
    assert message in done.err


def test_a_brief_takes_names_as_people_type_them(lif, workspace, tmp_path):
    for number, options in enumerate(
        [
            ("--priority", "NEGLECT "),
            ("--theme", "information  Sharing"),
            ("--report", "child k"),
            ("--report", "review.md"),
            ("--priority", "neglect", "--kind", "Seven Minute"),
        ]
    ):
        done = lif("brief", "-w", workspace, *options, "--format", "md", "--out", tmp_path / "o")
        assert done.code == 0, (number, done.err)


def test_a_report_is_purged_by_its_title(lif, workspace):
    done = lif("purge", "-w", workspace, "--report", "Child K")
    assert "was removed" in done.out
    # a brief that names the report without a quote of it stays, and is told
    assert done.code == 3 and "still holds words of the report" in done.err


def test_search_is_narrowed_by_role_theme_priority_report_and_year(lif, workspace):
    def titles(*options):
        done = lif("search", "school", "-w", workspace, *options)
        assert done.code == 0, done.err
        return done.out

    unquoted = lif("search", "the", "school", "-w", workspace)
    assert unquoted.out == lif("search", "the school", "-w", workspace).out != ""
    assert "(strength)" in titles() and "(problem)" in titles()
    assert "(strength)" not in titles("--role", "Problem")
    assert titles("--year", "1999") == ""
    assert titles("--year", "2020-2022") != ""
    assert "audit" not in titles("--report", "child k").lower()
    assert titles("--priority", "neglect", "--role", "strength") != ""
    assert lif("search", "x", "-w", workspace, "--year", "soon").code == 1


def test_points_that_no_report_states_are_listed_on_request_only(lif, workspace):
    short = lif("points", "--all", "-w", workspace).out
    assert "0 of 0 reports" not in short
    assert "known points that no report states are left out; add --unstated" in short
    assert "0 of " in lif("points", "--all", "--unstated", "-w", workspace).out
