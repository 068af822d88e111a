import math

import pytest

from lif_nlp.themes.agreement import cohen_kappa, compare_codings, krippendorff_alpha


def test_kappa_of_a_worked_example():
    # 20 both yes, 15 both no, 5 and 10 apart: alike .7, by chance .5.
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_alpha_of_krippendorffs_own_example():
    # Two observers, ten binary units (Krippendorff 2011, example A): alpha 0.095.
    one = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
    two = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    assert krippendorff_alpha(list(zip(one, two, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_no_shared_units_have_no_agreement():
    assert math.isnan(cohen_kappa([], []))
    assert math.isnan(krippendorff_alpha([("a", None)]))


def test_text_that_nobody_coded_does_not_flatter():
    coded = {"f1": {"x"}, "f2": {"x"}, "f3": {"y"}}
    other = {"f1": {"x"}, "f2": {"y"}, "f3": {"y"}}
    empty = {f"e{i}": set() for i in range(100)}
    assert compare_codings(coded | empty, other | empty) == compare_codings(coded, other)
    assert compare_codings(coded, other)[0].units == 3


def test_labels_must_pair_up():
    with pytest.raises(ValueError, match="2 labels but 1 by the second reader"):
        cohen_kappa(["a", "b"], ["a"])
