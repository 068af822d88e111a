"""Whatever slips: one line that names what is wrong and the way out, and the right exit code."""

import re
import shlex

import pytest

from tests.cli.wrong_inputs import FAILED, WRONG_USAGE


@pytest.fixture(scope="module")
def places(mined_folder, tmp_path_factory):
    """What the words in capitals stand for."""
    folder = tmp_path_factory.mktemp("slips")
    for name in ("empty", "tomls", "broken"):
        (folder / name).mkdir()
    (folder / "tomls" / "lif.toml").write_text("jobs = = 2\n", encoding="utf-8")
    (folder / "broken" / "learning.db").write_bytes(b"no database" * 100)
    files = {
        "file.txt": "a,b\n1,2\n",
        "bad.toml": "name = = 2\n",
        "lines.jsonl": '{"id": "a", "text": "Fine."}\n{oops\n',
        "review.md": "# Learning review: Child Z\n\n## Findings\n\nThe plan was late.\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "false.pdf").write_bytes(b"<html><body>Report not found</body></html>")
    names = {
        "W": mined_folder, "NONE": folder / "none", "EMPTY": folder / "empty",
        "FILE": folder / "file.txt", "REPORT": folder / "review.md", "TOML": folder / "bad.toml",
        "TOMLS": folder / "tomls", "LINES": folder / "lines.jsonl", "BROKEN": folder / "broken",
        "FALSE": folder / "false.pdf",
    }  # fmt: skip
    return {name: str(path) for name, path in names.items()}


def words(typed, places):
    """The arguments with the paths that the words in capitals stand for."""
    standing = re.compile(rf"^({'|'.join(places)})(?=$|[./])")
    parts = shlex.split(typed.replace("\\", "\\\\"))
    return [standing.sub(lambda name: places[name[1]], part) for part in parts]


@pytest.mark.parametrize(("typed", "message"), FAILED, ids=[typed for typed, _ in FAILED])
def test_a_slip_is_one_line_with_a_way_out(lif, places, tmp_path, monkeypatch, typed, message):
    monkeypatch.chdir(tmp_path)
    done = lif(*words(typed, places))
    head, colon, rest = message.partition(":")
    expected = places.get(head, head) + colon + rest
    assert expected in done.err
    assert done.err.startswith("lif: ")
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("typed", "message"), WRONG_USAGE, ids=[typed for typed, _ in WRONG_USAGE])
def test_wrong_usage_is_said_with_the_way_it_is_used(lif, places, typed, message):
    done = lif(*words(typed, places))
    assert done.code == 2
    assert message in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_every_command_has_a_slip():
    from lif_nlp.cli.app import COMMANDS

    tried = {typed.split()[0] for typed, _ in (*FAILED, *WRONG_USAGE)}
    assert {command.__name__ for command in COMMANDS} <= tried
    assert len(FAILED) + len(WRONG_USAGE) >= 60
