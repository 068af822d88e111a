"""Reports that misbehave, and the tables of a workspace to compare."""

import pytest

from lif_nlp.config import load_settings
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.workflow.add import add

# pytest imports files to look for examples in them; this one mines a report when imported.
collect_ignore = ["dying_warm.py"]

TABLES = ("documents", "findings", "recommendations", "facts", "skipped_parts")


def report(name, sentence="The police failed to tell the school about the neglect."):
    return (
        f"# Review: Child {name}\n\nPublished 3 May 2022\n\n## Findings\n\n2.1 {sentence}\n\n"
        f"2.2 The health visitor saw Child {name} at home and wrote it down.\n"
    )


@pytest.fixture
def many(tmp_path):
    """A folder of four short reports."""
    folder = tmp_path / "many"
    folder.mkdir()
    for name in "ABCD":
        (folder / f"{name.lower()}.md").write_text(report(name), encoding="utf-8")
    return folder


def added(workspace, sources, **settings):
    """What `add` did, and the tables after it."""
    with Store(workspace) as store:
        given = load_settings(workspace, **{"encoder": "hashed", **settings})
        session = Session(store, given)
        with record_run(session, "add") as run:
            done = add(session, [sources], run)
        return done, {name: store.frame(name) for name in TABLES}
