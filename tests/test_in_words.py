"""What a notebook shows of decisions and of a workspace: words, not the code of a record."""

import pandas as pd
import pytest

from lif_nlp.records import Document
from lif_nlp.workflow.decisions import Taken
from lif_nlp.workflow.review import Reviewed
from lif_nlp.workflow.status import Status

CLASH = "decision 3: there is no theme t-1"


def status():
    counts = dict.fromkeys(("documents_read", "documents_kept", "units_read", "units_kept"), 2)
    counts |= {"documents_quarantined": 0, "units_boilerplate": 0, "units_quarantined": 0}
    nothing = pd.DataFrame(columns=["source", "place", "reason"])
    return Status(counts, 4, 1, 1, [], nothing, nothing, ("the workspace can only be read",))


@pytest.mark.parametrize(
    ("result", "first", "other"),
    [
        (Reviewed(1, (CLASH,)), "1 new decision, 1 conflict unresolved", f"conflict: {CLASH}"),
        (Taken(2, left_undone=("5",)), "2 new decisions", "left undone: 5"),
        (status(), "reports: 2 read = 2 kept + 0 quarantined", "decisions in conflict: 1"),
    ],
)
def test_it_is_told_in_words(result, first, other):
    assert str(result).splitlines()[0] == first
    assert other in result.lines()
    assert result._repr_html_().startswith(f"<p>{first}</p>")


def test_a_document_is_shown_without_its_words():
    shown = repr(Document("d-1", "a.pdf", "Review", "Nobody asked Sam.", (), 1))

    assert "Review" in shown
    assert "Sam" not in shown
