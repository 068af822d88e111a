"""What the tests of reading share: a small framework and a reader of bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lif_nlp.config import Settings
from lif_nlp.framework.model import Framework, ReviewType
from lif_nlp.ingest import read
from lif_nlp.records import Document, Quarantined

_TYPES = (
    ReviewType(
        "cspr",
        "Local child safeguarding practice review",
        "practice_review",
        ("child safeguarding practice review", "serious case review", "CSPR"),
    ),
    ReviewType("mappa_scr", "MAPPA serious case review", "adult", ("MAPPA serious case review",)),
    ReviewType(
        "learning_briefing", "Learning briefing", "learning_product", ("7-minute briefing",)
    ),
    ReviewType("jtai", "Joint targeted area inspection", "inspection", ("JTAI",)),
    ReviewType("ilacs", "Inspection of local authority children's services", "inspection"),
    ReviewType("other_inspection", "Other inspection", "inspection", ("inspection of",)),
    ReviewType("multi_agency_audit", "Multi-agency audit", "audit", ("multi agency audit",)),
    ReviewType("pfd", "Coroner's report", "coroner", ("regulation 28 report",)),
)


@pytest.fixture(scope="session")
def framework() -> Framework:
    """A framework that knows eight review types and nothing else."""
    return Framework(
        name="test",
        partnership="",
        priorities=(),
        themes=(),
        review_types=_TYPES,
        agencies=(),
        requirements=(),
        hindsight=(),
        glossary={},
    )


Reader = Callable[..., list[Document | Quarantined]]


@pytest.fixture
def read_file(tmp_path: Path, framework: Framework) -> Reader:
    """Write bytes under a name and read them."""

    def run(name: str, content: bytes, **settings: object) -> list[Document | Quarantined]:
        path = tmp_path / name
        path.write_bytes(content)
        return list(read(path, framework=framework, settings=Settings(**settings)))

    return run
