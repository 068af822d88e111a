"""Packages that `fast` never uses are not imported; other code gets them complete."""

import importlib
import subprocess
import sys
from fractions import Fraction

import pytest

from lif_nlp.optional_imports import block_imports, import_without_dependencies


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    return done.stdout.split()


def test_a_blocked_package_is_restored_afterwards():
    with (
        block_imports("fractions"),
        pytest.raises(ModuleNotFoundError, match="import of fractions"),
    ):
        import fractions
    import fractions

    assert fractions.Fraction is Fraction


def test_a_loaded_module_is_returned_unchanged():
    assert import_without_dependencies("fractions", "numbers").Fraction is Fraction


def test_a_later_import_elsewhere_gets_the_complete_package(tmp_path, monkeypatch):
    package = tmp_path / "drawing"
    package.mkdir()
    (package / "__init__.py").write_text("from drawing.plots import COMPLETE\n")
    lines = ("try:", "    import fractions", "    COMPLETE = True")
    otherwise = ("except ImportError:", "    COMPLETE = False")
    (package / "plots.py").write_text("\n".join([*lines, *otherwise]))
    monkeypatch.syspath_prepend(tmp_path)
    assert import_without_dependencies("drawing", "fractions").COMPLETE is False
    drawing = importlib.import_module("drawing")
    assert drawing.COMPLETE is True
    for name in ("drawing", "drawing.plots"):
        monkeypatch.delitem(sys.modules, name)


def test_a_process_of_our_own_labels_and_names_topics_without_torch():
    assert run(
        """
import sys
import numpy as np
from lif_nlp.config import Settings
from lif_nlp.optional_imports import claim_process
from lif_nlp.themes.discovery.clusterer import StableClusterer
from lif_nlp.themes.discovery.topic_model import fit_bertopic
from lif_nlp.workflow.annotate import annotate_texts
claim_process()
table = annotate_texts(["The police did not tell the school."], None, Settings(profile="fast"))
texts = ["the plan drifted", "drift of the plan", "visits stopped", "no visits"] * 3
vectors = np.repeat(np.eye(2, 4, dtype=np.float32), 6, axis=0)
texts = sorted(texts, key=lambda text: "visit" in text)
model = fit_bertopic(texts, vectors, str.split, StableClusterer(min_size=4, max_size=8))
print(table.role[0], len(set(model.topics_)))
print("torch" in sys.modules, "umap" in sys.modules, "bertopic" in sys.modules)
"""
    ) == ["problem", "2", "False", "False", "False"]


def test_in_other_processes_spacy_is_left_to_be_imported_complete():
    assert run(
        """
import sys
from lif_nlp.optional_imports import claim_process, import_spacy_without_torch
import_spacy_without_torch()
print("spacy" in sys.modules)
claim_process()
import_spacy_without_torch()
print("spacy" in sys.modules, "torch" in sys.modules)
"""
    ) == ["False", "True", "False"]
