"""Packages that `fast` never uses are not imported; other code gets them complete."""

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


def test_a_process_of_our_own_labels_without_torch():
    code = """
import sys
from lif_nlp.config import Settings
from lif_nlp.optional_imports import claim_process
from lif_nlp.workflow.annotate import annotate_texts
{}
table = annotate_texts(["The police did not tell the school."], None, Settings(profile="fast"))
print(table.role[0], "torch" in sys.modules)
"""
    assert run(code.format("claim_process()")) == ["problem", "False"]
    assert run(code.format("")) == ["problem", "True"]


def test_topics_are_named_without_torch_and_other_code_gets_bertopic_complete():
    assert run(
        """
import sys
import numpy as np
from lif_nlp.themes.discovery.clusterer import StableClusterer
from lif_nlp.themes.discovery.topic_model import fit_bertopic
texts = ["the plan drifted", "drift of the plan", "visits stopped", "no visits"] * 3
vectors = np.repeat(np.eye(2, 4, dtype=np.float32), 6, axis=0)
texts = sorted(texts, key=lambda text: "visit" in text)
model = fit_bertopic(texts, vectors, str.split, StableClusterer(min_size=4, max_size=8))
print(sorted(set(model.topics_)), "torch" in sys.modules, "umap" in sys.modules)
import bertopic
print(bertopic._bertopic.HAS_HDBSCAN)
"""
    ) == ["[0,", "1]", "False", "False", "True"]
