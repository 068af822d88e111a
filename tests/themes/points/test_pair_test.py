"""The test whether two findings state the same point, and what rules it out."""

import json
from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.embed.load import load_encoder
from lif_nlp.errors import ModelError
from lif_nlp.records import Finding
from lif_nlp.themes.points.features import FIGURES, VETOES, pair_figures, vetoes
from lif_nlp.themes.points.pair_points import StatedPoints
from lif_nlp.themes.points.pair_test import pair_test_for, read_pair_test
from lif_nlp.themes.points.statements import make_table

TEXTS = (
    ("Return home interviews are late.", "problem"),
    ("Return home interviews are timely.", "strength"),
    ("Return home interviews are often late.", "problem"),
    ("Child protection plans ended too soon.", "problem"),
    ("Child protection plans drifted for too long.", "problem"),
)


@pytest.fixture(scope="module")
def table(finder, framework, vectors_of):
    findings = [
        Finding(f"f{n}", f"d{n}", 0, 1, text, 1, role=role, frames=finder.find(text, role))
        for n, (text, role) in enumerate(TEXTS)
    ]
    return make_table(findings, vectors_of(findings), framework, rarity=lambda word: 1.0)


@pytest.mark.parametrize(("a", "b", "veto"), [(0, 1, "polarity"), (0, 2, ""), (3, 4, "direction")])
def test_clashes_are_ruled_out_whatever_the_words(table, a, b, veto):
    left, right = np.array([a]), np.array([b])
    assert [VETOES[code] for code in vetoes(table, left, right)] == [veto]
    assert [VETOES[code] for code in vetoes(table, right, left)] == [veto]


def test_figures_are_the_same_either_way_round(table):
    left, right = np.array([0, 3, 1]), np.array([2, 4, 4])
    one, other = pair_figures(table, left, right), pair_figures(table, right, left)
    assert one.shape == (3, len(FIGURES))
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_relations(table):
    test = pair_test_for(None)
    same, opposite = test.relations(table, np.array([0, 0]), np.array([2, 1]))
    assert (same.relation, opposite.relation) == ("same", "opposite")
    assert opposite.veto == "polarity"
    assert opposite.score < test.same_from <= same.score


def test_findings_that_state_one_known_point_are_surer_the_same_than_those_of_two(table):
    test = pair_test_for(load_encoder("static").encode)
    rows = np.array([0]), np.array([2])

    def score_of(first, second):
        sure = np.zeros((len(table), 2), np.float32)
        sure[0, first] = sure[2, second] = 0.9
        [relation] = test.relations(table, *rows, StatedPoints(sure, sure))
        return relation.score

    [alone] = test.relations(table, *rows)
    assert score_of(0, 1) < alone.score < score_of(1, 1)


def test_altered_weights_are_refused(tmp_path):
    folder = tmp_path / "pairs"
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps({"name": "pairs"}), encoding="utf-8")
    (folder / "SHA256SUMS").write_text("0  model.json\n", encoding="utf-8")
    with pytest.raises(ModelError):
        read_pair_test(folder)


def test_an_unknown_encoder_is_judged_by_words_alone():
    test = pair_test_for(lambda texts: np.eye(1, 8, dtype=np.float32))
    assert test == replace(pair_test_for(None))
    assert test.probe == []
