"""An old public name works and warns with the new one, at the caller's line."""

import sys
import types

import pytest

from lif_nlp._deprecated import deprecated_arguments, deprecated_names


class Shelf:
    """A class with a new name."""


@pytest.fixture
def module(monkeypatch):
    made = types.ModuleType("shelves")
    made.Shelf = Shelf
    monkeypatch.setitem(sys.modules, "shelves", made)
    made.__getattr__ = deprecated_names(
        "shelves", {"Rack": "Shelf", "Findings": "lif_nlp.records.Finding"}
    )
    return made


def test_an_old_class_is_the_new_class(module):
    with pytest.warns(
        DeprecationWarning, match=r"^shelves.Rack is deprecated .*; use Shelf$"
    ) as caught:
        assert module.Rack is Shelf
    assert caught[0].filename == __file__


def test_a_class_may_have_moved_to_another_module(module):
    from lif_nlp.records import Finding

    with pytest.warns(DeprecationWarning, match=r"use lif_nlp.records.Finding$"):
        assert module.Findings is Finding


def test_a_name_that_never_was_is_an_attribute_error(module):
    with pytest.raises(AttributeError, match="module 'shelves' has no attribute 'Box'"):
        _ = module.Box


@deprecated_arguments(second="right")
def both(left, *, right=0):
    return left, right


def test_an_old_argument_is_passed_on_by_its_new_name():
    with pytest.warns(
        DeprecationWarning, match=r"^both\(second=\) is deprecated .*; use right=$"
    ) as caught:
        assert both(1, second=2) == (1, 2)
    assert caught[0].filename == __file__


def test_an_old_argument_beside_the_new_one_is_refused():
    with pytest.raises(TypeError, match="got 'right' and its old name 'second'"):
        both(1, second=2, right=3)
