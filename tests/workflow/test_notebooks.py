"""The notebooks are copied whole, and nobody's work is written over."""

import re

import pytest

from lif_nlp.about import NOTEBOOKS
from lif_nlp.errors import LifError
from lif_nlp.workflow.notebooks import GUIDES, copy_notebooks


@pytest.fixture
def copied(tmp_path):
    return copy_notebooks(tmp_path / "mine")


def test_notebooks_pictures_and_guides_are_there(copied, tmp_path):
    names = {path.relative_to(tmp_path / "mine").as_posix() for path in copied.written}
    assert {path.name for path in NOTEBOOKS.glob("*.ipynb")} < names
    assert {"README.md", "images/brief.png", *GUIDES} < names
    assert copied.unchanged == copied.kept == ()


def test_links_lead_to_files_of_the_copy(copied):
    pages = [path for path in copied.written if path.suffix == ".md"]
    for page in pages:
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert "://" in link or (page.parent / link).is_file(), f"{page}: {link}"


def test_a_second_copy_changes_nothing(copied, tmp_path):
    again = copy_notebooks(tmp_path / "mine")
    assert again.written == again.kept == ()
    assert set(again.unchanged) == set(copied.written)


def test_a_changed_notebook_is_kept_and_a_missing_one_comes_back(copied, tmp_path):
    changed, missing = tmp_path / "mine" / "01_start_here.ipynb", tmp_path / "mine" / GUIDES[0]
    changed.write_text('{"cells": ["ours"]}', encoding="utf-8")
    missing.unlink()

    again = copy_notebooks(tmp_path / "mine")

    assert again.kept == (changed,)
    assert again.written == (missing,)
    assert changed.read_text(encoding="utf-8") == '{"cells": ["ours"]}'


def test_what_was_left_by_running_them_is_not_copied(tmp_path):
    source = tmp_path / "notebooks"
    for name in ("a.ipynb", "review.xlsx", "learning-sample/b.md", ".ipynb_checkpoints/a.ipynb"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("{}", encoding="utf-8")

    copied = copy_notebooks(tmp_path / "mine", source=source)

    assert {path.name for path in copied.written} == {"a.ipynb", *GUIDES}


def test_an_installation_without_notebooks_is_an_error(tmp_path):
    with pytest.raises(LifError, match="the notebooks are missing; reinstall lif_nlp"):
        copy_notebooks(tmp_path / "mine", source=tmp_path / "none")
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_is_a_file_is_an_error(tmp_path):
    (tmp_path / "mine").write_text("", encoding="utf-8")
    with pytest.raises(LifError, match=r"cannot be written \(.*\); name another folder"):
        copy_notebooks(tmp_path / "mine")
