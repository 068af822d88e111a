"""The install command is one that works here: this Python, and packages by their own names."""

import sys

import pytest

from lif_nlp import about
from lif_nlp.errors import MissingExtraError


def test_data_of_a_clone_lies_at_its_top():
    for folder in (about.MODELS, about.SAMPLE, about.GOLD, about.NOTEBOOKS):
        assert folder.is_dir()


@pytest.mark.parametrize(
    ("package", "extra", "listed"),
    [
        ("python-pptx", "slides", '"python-pptx>=1.0"'),
        ("distributed", "cluster", '"dask[distributed]>=2025.1"'),
        ("weasyprint", "corpus", '"markdown-it-py>=3" "mdit-py-plugins>=0.4" "weasyprint>=70"'),
    ],
)
def test_an_extra_is_installed_by_the_names_of_its_packages(package, extra, listed):
    assert about.install_command(package, extra) == f'"{sys.executable}" -m pip install {listed}'


def test_without_an_installation_the_package_is_named(monkeypatch):
    def missing(name):
        from importlib.metadata import PackageNotFoundError

        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.requires", missing)
    assert about.install_command("httpx", "feeds").endswith(' -m pip install "httpx"')


def test_a_missing_extra_gives_the_command():
    error = MissingExtraError("weasyprint", "pdf", "A PDF brief")
    assert str(error) == (
        "A PDF brief needs the package weasyprint, which is not installed; "
        f'run: "{sys.executable}" -m pip install "weasyprint>=70"'
    )
