"""Learning points are codes in NVivo and similar programs, and come back as decisions."""

import pytest

from lif_nlp.interchange.refi_qda.codebook import read_codebook, theme_guid
from lif_nlp.runtime.manifest import record_run
from lif_nlp.workflow.export import export
from lif_nlp.workflow.point_tables import select_points
from lif_nlp.workflow.themes import themes
from tests.workflow.conftest import take
from tests.workflow.practice_reports import LATE, SUPERVISED
from tests.workflow.test_points import findings_of, id_of
from tests.workflow.test_refi_qda import change, codings


@pytest.fixture
def coded(pointed, tmp_path):
    with record_run(pointed, "themes") as run:
        themes(pointed, run)
    export(pointed, "assignments", tmp_path / "coded.qdpx")
    return tmp_path / "coded.qdpx"


def test_points_stand_under_one_code_with_their_side_and_count(pointed, coded):
    export(pointed, "themes", coded.with_suffix(".qdc"))
    codes = {code.code_id: code for code in read_codebook(coded.with_suffix(".qdc"))}
    late = codes[theme_guid(id_of(pointed, LATE))]

    assert codes[late.parent].name == "Learning points"
    assert late.description == "problem; stated by at least 6 reports"
    below = [code for code in codes.values() if code.parent == late.parent]
    assert sorted(code.name for code in below) == sorted(select_points(pointed)["name"])


def test_a_project_taken_back_unchanged_decides_nothing(pointed, coded):
    assert len([c for c in codings(coded) if theme_guid(id_of(pointed, LATE)) in c]) == 6
    done = take(pointed, coded)
    assert (done.edits, done.conflicts, done.notices) == (0, (), ())


def test_a_point_renamed_and_a_coding_withdrawn_there_are_decisions_here(pointed, coded):
    late, supervised = id_of(pointed, LATE), id_of(pointed, SUPERVISED)
    name = select_points(pointed).set_index("point_id").loc[late, "name"]
    gone = next(c for c in codings(coded) if theme_guid(supervised) in c)
    change(coded, (f'name="{name}"', 'name="Meetings come late"'), (gone, ""))
    done = take(pointed, coded, author="A. Reader")

    assert (done.edits, done.conflicts) == (2, ())
    frame = select_points(pointed).set_index("point_id")
    assert frame.loc[late, "name"] == "Meetings come late"
    assert len(findings_of(pointed, supervised)) == 5
