"""Copies the data at the top of the repository into the wheel, as `lif_nlp/_data/`.

Everything else is in pyproject.toml.  Mapping the folders to packages would do the same
without code, but would turn an editable install into an import hook, which type checkers
and editors cannot follow.
"""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

DATA = ("models", "corpora/sample", "corpora/follow_up", "corpora/gold", "notebooks")
"""Folders that ship; `lif_nlp/about.py` finds them in a clone and in an install."""


class BuildWithData(build_py):
    """The usual build of the package, and a copy of each data folder."""

    def run(self) -> None:
        """Build; an editable install reads the folders where they are."""
        super().run()
        if not self.editable_mode:
            for source, target in self._data().items():
                self.mkpath(str(Path(target).parent))
                self.copy_file(source, target)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """Paths of all built files."""
        return [*super().get_outputs(include_bytecode), *self._data().values()]

    def _data(self) -> dict[str, str]:
        """Each file of the data folders with the path that it is copied to."""
        target = Path(self.build_lib, "lif_nlp", "_data")
        return {
            str(path): str(target / path)
            for folder in DATA
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file() and not _is_leftover(path)
        }


def _is_leftover(path: Path) -> bool:
    """Whether Jupyter or a notebook left the file in somebody's working copy."""
    parts = path.parts
    if ".ipynb_checkpoints" in parts or "__pycache__" in parts:
        return True
    return parts[0] == "notebooks" and path.suffix not in {".ipynb", ".md", ".png", ".svg"}


setup(cmdclass={"build_py": BuildWithData})
