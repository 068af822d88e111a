import math

import pytest

from lif_nlp.evaluate.agreement import cohen_kappa, compare_codings, krippendorff_alpha


def test_kappa_of_a_worked_example():
    # 20 both yes, 15 both no, 5 and 10 differ: agreement .7, by chance .5.
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


def test_kappa_and_alpha_of_codes_computed_by_hand():
    # x: A 1 1 0 1, B 1 0 0 0.  Agreement 2/4; by chance 3/4 * 1/4 + 1/4 * 3/4 = 3/8.
    #    alpha: 4 ones and 4 zeros in all, expected 2 * 4 * 4 / (8 * 7) = 4/7.
    # y: A 0 0 1 1, B 0 1 1 1.  Agreement 3/4; by chance 1/2.  alpha: expected 2 * 5 * 3 / 56.
    first = {"f1": {"x"}, "f2": {"x"}, "f3": {"y"}, "f4": {"x", "y"}}
    second = {"f1": {"x"}, "f2": {"y"}, "f3": {"y"}, "f4": {"y"}}
    x, y = compare_codings(first, second)
    assert (x.units, x.agreement, x.kappa, x.alpha) == pytest.approx((4, 0.5, 0.2, 1 - 0.5 * 7 / 4))
    assert (y.units, y.agreement, y.kappa, y.alpha) == pytest.approx(
        (4, 0.75, 0.5, 1 - 0.25 * 56 / 30)
    )


def test_readers_who_never_differ_agree_wholly_and_those_who_always_do_not_at_all():
    assert cohen_kappa("aaaa", "aaaa") == 1.0
    assert krippendorff_alpha([("a", "a")] * 4) == 1.0
    assert cohen_kappa("aaaa", "bbbb") == 0.0
    assert cohen_kappa("abab", "baba") == -1.0


def test_findings_that_one_reader_alone_saw_do_not_count():
    assert compare_codings({"f1": {"x"}, "f2": {"x"}}, {"f1": {"x"}})[0].units == 1
    assert compare_codings({"f1": {"x"}}, {"f2": {"x"}}) == ()
    assert compare_codings({"f1": set()}, {"f1": set()}) == ()


def test_a_code_that_only_one_reader_gave_is_not_hidden():
    [x, y] = compare_codings({"f1": {"x"}, "f2": {"y"}}, {"f1": {"y"}, "f2": {"y"}})
    assert (x.code, x.agreement, x.kappa) == ("x", 0.5, 0.0)
    assert (y.code, y.agreement) == ("y", 0.5)


def test_alpha_takes_three_readers_and_gaps():
    # Pairs inside units: (a a), (a b b) -> a-b twice over 2, b-b over 2; units of one fall out.
    units = [("a", "a", None), ("a", "b", "b"), (None, None, "b")]
    # totals a 3, b 2 of n 5; observed 4/2 = 2 apart; expected 2 * 3 * 2 / 4 = 3.
    assert krippendorff_alpha(units) == pytest.approx(1 - 2 / 3)


def test_labels_must_pair_up():
    with pytest.raises(ValueError, match="2 labels but 1 by the second reader"):
        cohen_kappa(["a", "b"], ["a"])
