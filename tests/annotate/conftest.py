"""One annotator by rules alone, for all tests of rules."""

import pytest

from lif_nlp.annotate import Annotator
from lif_nlp.framework import load_framework


@pytest.fixture(scope="session")
def annotator():
    return Annotator(load_framework(), rules_only=True)
