"""The main job writes its briefs again only if something that they show has changed."""

from dataclasses import replace

import pytest

from lif_nlp.briefs import BriefRequest
from lif_nlp.config import Branding
from lif_nlp.local_card import Card
from lif_nlp.records import RecommendationReview
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.brief import brief
from lif_nlp.workflow.decisions import take, undo
from lif_nlp.workflow.mine import mine

STALE = "as it was"


@pytest.fixture
def mined(built):
    """A workspace whose briefs were overwritten, so that a brief written again shows."""
    overwrite(built)
    return built


def overwrite(session):
    for path in run_mine(session):
        path.write_text(STALE, encoding="utf-8")


def run_mine(session):
    with record_run(session, "mine") as run:
        return mine(session, [], run, formats=("md",)).briefs


def stale(session):
    """Whether a further run left the briefs as they were."""
    paths = run_mine(session)
    assert paths
    return {path.read_text("utf-8") == STALE for path in paths}


def changed(session, **values):
    """The stored themes, the first one with other values."""
    found = session.store.themes()
    first, *others = found.themes
    session.store.save_themes(replace(found, themes=(replace(first, **values), *others)))


def test_briefs_stay_where_nothing_changed(mined):
    assert stale(mined) == {True}


@pytest.mark.parametrize("values", [{"status": "rejected"}, {"name": "A name of our own"}])
def test_a_decision_on_a_theme_changes_the_briefs(mined, values):
    changed(mined, **values)
    assert stale(mined) == {False}


def test_a_reviewed_recommendation_changes_the_briefs_and_undoing_it_too(mined):
    finding_id = mined.store.frame("recommendations")["finding_id"].iloc[0]
    take(mined, [], [RecommendationReview(finding_id, "wrong")])
    assert stale(mined) == {False}
    overwrite(mined)
    undo(mined, 1)
    assert stale(mined) == {False}


def test_a_corrected_title_changes_the_briefs(mined):
    mined.store.connection.execute("UPDATE documents SET title = 'Child K, corrected'")
    assert stale(mined) == {False}


def test_other_branding_changes_the_briefs(mined):
    branding = Branding(partnership="Northmoor SCP")
    other = Session(mined.store, mined.settings.model_copy(update={"branding": branding}))
    assert stale(other) == {False}


def test_another_local_card_changes_the_briefs(mined):
    card = Card(front_door="01632 960001")
    other = Session(mined.store, mined.settings.model_copy(update={"card": card}))
    assert stale(other) == {False}


def test_other_texts_for_briefs_change_the_briefs(mined):
    other = Session(mined.store, mined.settings)
    other.framework = replace(other.framework, this_week={})
    assert stale(other) == {False}


def test_a_brief_written_elsewhere_may_be_moved(mined, tmp_path):
    request = BriefRequest(priority="neglect", formats=("md",), out=tmp_path / "out")
    with record_run(mined, "brief") as run:
        for path in brief(mined, run, request):
            path.unlink()
    assert stale(mined) == {True}


def test_a_missing_brief_is_written_again(mined):
    run_mine(mined)[0].unlink()
    assert stale(mined) == {False}
