"""`lif mine --profile fast` loads neither torch nor what else it does not use."""

import json
import os
import subprocess
import sys

from tests.conftest import REVIEW

UNUSED = (
    "torch", "transformers", "sentence_transformers", "huggingface_hub", "umap", "hdbscan", "numba",
    "plotly", "pptx", "pyarrow", "weasyprint", "pytesseract", "distributed", "IPython", "jupyter",
)  # fmt: skip
"""Packages that only the accurate profile, extras or notebooks need."""

MINE = """
import json, sys
from lif_nlp.cli import main
class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {unused!r}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, NotInstalled())
try:
    main()
except SystemExit as end:
    code = end.code or 0
loaded = [name for name in {unused!r} if name in sys.modules]
print(json.dumps([code, loaded]))
"""
"""Runs `lif` where importing any of the packages fails, as if none were installed.  None in
`sys.modules` would not do: SciPy takes a name that stands there for a package it can ask."""


def test_mining_with_fast_works_without_torch_and_loads_nothing_unused(tmp_path):
    for number in range(3):
        text = REVIEW.replace("Child K", f"Child {'KLM'[number]}").replace("2021", f"202{number}")
        (tmp_path / f"review-{number}.md").write_text(text, encoding="utf-8")
    options = ("--profile", "fast", "--jobs", "1", "--quiet")
    done = subprocess.run(
        [sys.executable, "-c", MINE.format(unused=UNUSED), "mine", ".", "-w", "w", *options],
        cwd=tmp_path,
        env={**os.environ, "LIF_ENCODER": ""} | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []], done.stderr
    assert list((tmp_path / "w" / "briefs").glob("*.html"))
