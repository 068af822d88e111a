from lif_nlp.briefs import KINDS
from lif_nlp.workflow.material_cache import MaterialCache


def test_briefs_of_one_kind_share_what_was_gathered(workspace, framework):
    stored = MaterialCache(workspace[0], framework)
    first = stored.material(KINDS["seven-minute"], run_id="r")
    assert stored.material(KINDS["summary"], run_id="r") is first
    assert stored.material(KINDS["board"], run_id="r") is not first


def test_scores_that_no_brief_reads_are_left_behind(workspace, framework):
    frames = dict(workspace[0])
    frames["findings"] = frames["findings"].assign(score_theme_recording=0.5, score_role_problem=1)
    columns = MaterialCache(frames, framework).material(KINDS["newsletter"]).findings.columns
    assert "score_role_problem" in columns and "score_theme_recording" not in columns
