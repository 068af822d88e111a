"""Public names stand once, in `lif_nlp/__init__.pyi`, and each can be imported."""

import pytest

import lif_nlp


def test_the_public_names_are_these():
    assert lif_nlp.__all__ == [
        "Framework", "LifError", "PracticeAnnotator", "SAMPLE", "ThemeModel", "Workspace",
        "__version__", "agreement", "check", "label_texts", "load_framework", "load_sample",
        "score_gold", "show",
    ]  # fmt: skip
    assert dir(lif_nlp) == lif_nlp.__all__


@pytest.mark.parametrize("name", lif_nlp.__all__)
def test_a_public_name_can_be_imported(name):
    assert getattr(lif_nlp, name) is not None


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'lif_nlp' has no attribute 'Findings'"):
        _ = lif_nlp.Findings
