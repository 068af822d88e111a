"""How surely a defect is said of an aspect, by the words between the two."""

import pytest

from lif_nlp.annotate.frames.links import LINKS, Phrase, confidence_of_link


def link(text, aspect, defect):
    words = text.split()
    at = {name: words.index(name) for name in (aspect, defect)}
    said, of = at[defect], at[aspect]
    return confidence_of_link(words, Phrase("d", "problem", said, said), Phrase("a", "", of, of))


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("weak oversight", "attribute"),
        ("delays in the oversight", "attribute"),
        ("the oversight was weak", "subject"),
        ("the oversight of the team in the north of the county was often weak", "far_subject"),
        ("the answer to oversight was weak", "dependent"),
        ("the quality of oversight was weak", "subject"),
        ("they tell the board when oversight is weak", "condition"),
        ("oversight that helped and words weak", "loose"),
    ],
)
def test_each_pattern_has_its_confidence(text, pattern):
    defect = "delays" if "delays" in text else "weak"
    assert link(text, "oversight", defect) == getattr(LINKS, pattern)
