"""A small invented corpus of findings with frames and vectors."""

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.annotate.frames.finder import FrameFinder
from lif_nlp.embed.load import load_encoder
from lif_nlp.framework import load_framework
from lif_nlp.point_records import ReportFacts
from lif_nlp.records import Finding

LATE = (
    "Return home interviews were late.",
    "Return home interviews were often held too late to be of use.",
    "There were delays in return home interviews after most episodes.",
    "Return interviews are not timely and say little.",
)
PROMPT = (
    "Return home interviews were held promptly in each area.",
    "Return home interviews are timely and children talk freely.",
    "Return interviews took place promptly and were used.",
)
# No aspect of the framework: only the pair test can group them.
BOATS = (
    "The harbour boat club gave the boys tea and a place to dry their coats.",
    "The harbour boat club gave the boys a place to dry their coats and tea.",
    "At the harbour boat club the boys had tea and a place to dry their coats.",
)


@pytest.fixture(scope="session")
def framework():
    return load_framework()


@pytest.fixture(scope="session")
def finder(framework):
    return FrameFinder(framework)


def _finding(finder, report, place, text, role, themes):
    return Finding(
        f"d-{report}:{place:04d}", f"d-{report}", place, place + len(text), text, 1, role=role,
        themes=themes, scores={f"role:{role}": 0.95}, frames=finder.find(text, role),
    )  # fmt: skip


@pytest.fixture(scope="session")
def findings(finder):
    """Each text of a list is of another report; report 0 says a thing twice."""
    made = []
    for texts, role, theme in (
        (LATE, "problem", "exploitation_and_missing"),
        (PROMPT, "strength", "exploitation_and_missing"),
        (BOATS, "strength", "family_engagement"),
    ):
        made += [
            _finding(finder, report, 10 * len(made), text, role, (theme,))
            for report, text in enumerate(texts)
        ]
    made.append(_finding(finder, 0, 999, "Return home interviews came too late.", "problem",
                         ("exploitation_and_missing",)))  # fmt: skip
    return [replace(f, finding_id=f"{f.doc_id}:{n:04d}") for n, f in enumerate(made)]


@pytest.fixture(scope="session")
def reports():
    areas = ("Northbeck", "Saltby", "Ravensby", "Thornholme")
    return {
        f"d-{n}": ReportFacts(f"d-{n}", "ilacs", f"202{n}-03-01", area)
        for n, area in enumerate(areas)
    }


@pytest.fixture(scope="session")
def vectors_of():
    encode = load_encoder("hashed").encode

    def vectors(findings):
        return np.asarray(encode([finding.text for finding in findings]), np.float32)

    return vectors
