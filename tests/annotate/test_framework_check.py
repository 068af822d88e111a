"""The framework check shows evidence and asks; it scores nobody."""

from dataclasses import replace

from lif_nlp.annotate import check_against_framework, not_asked
from lif_nlp.framework import load_framework
from lif_nlp.records import Document, Finding

REPORT = Document("d", "r.pdf", "R", "", (), 1)


def finding(text, **fields):
    return Finding(f"d:{hash(text) % 999}", "d", 0, 0, text, 1, **fields)


def rows(*findings):
    checked = check_against_framework(REPORT, findings, load_framework())
    return {row.requirement: row for row in checked}


def test_an_empty_report_has_no_evidence_and_is_asked():
    checked = rows()
    assert {row.status for row in checked.values()} == {"no evidence"}
    assert checked["R19"].ask.startswith("Who led the review")


def test_strengths_and_problems_meet_r13_with_their_quotes():
    checked = rows(
        finding("Help was swift.", role="strength"), finding("Plans drifted.", role="problem")
    )
    assert checked["R13"].status == "met"
    assert checked["R13"].quotes == ("Help was swift.", "Plans drifted.")


def test_a_missing_part_makes_it_partly_and_is_named():
    row = rows(finding("Plans drifted.", role="problem"))["R13"]
    assert (row.status, row.missing) == ("partly", ("strengths",))


def test_blaming_language_counts_against_r20_and_is_shown():
    text = "Staff failed to ring."
    row = rows(finding(text, hindsight=("blame",)))["R20"]
    assert (row.status, row.quotes) == ("no evidence", (text,))


def test_a_judgement_with_its_reason_close_by_is_explained():
    judged = finding("It should have been done.", hindsight=("counterfactual",))
    bare = rows(judged)["R27"]
    told = rows(judged, finding("It was not, because the ward was full.", why=True))["R27"]
    assert ("judgements explained" in bare.missing, told.missing) == (
        True,
        ("the view at the time",),
    )


def test_findings_of_other_reports_are_ignored():
    other = Finding("x", "other", 0, 0, "Help was swift.", 1, role="strength")
    assert rows(other)["R13"].status == "no evidence"


def test_rows_follow_the_framework_and_cover_what_one_report_can_show():
    names = list(rows())
    assert names == sorted(names, key=lambda name: int(name[1:]))
    assert {"R4", "R12", "R13", "R15", "R43"} <= set(names)
    assert {f"R{n}" for n in range(19, 30)} <= set(names)


def test_what_is_asked_of_reviews_only_is_not_asked_of_an_inspection():
    letter = replace(REPORT, review_type="jtai")
    asked = {row.requirement for row in check_against_framework(letter, [], load_framework())}
    assert not_asked(letter, load_framework()) == ["R4", "R19", "R22"]
    assert asked.isdisjoint({"R4", "R19", "R22"}) and "R13" in asked
    for report in (REPORT, replace(REPORT, review_type="cspr")):
        assert not_asked(report, load_framework()) == []


def test_a_name_or_a_heading_is_no_evidence():
    assert rows(finding("Independent reviewer: M."))["R19"].status == "no evidence"
    said = "The lead reviewer, a nurse, is independent of all agencies."
    assert rows(finding(said))["R19"].status == "met"


def test_a_number_of_children_is_no_scale_of_a_review():
    assert rows(finding("She held 24 children and was the third worker."))["R18"].status != "met"
    assert rows(finding("The audit examined the records of 24 children."))["R18"].status == "met"


def test_each_part_is_shown_before_the_second_finding_of_one():
    contexts = [finding(f"On day {n} the family moved to another flat.") for n in range(3)]
    reason = finding("It was late because the ward was full.", why=True, role="problem")
    action = finding("Agencies should ring the ward.", role="action")
    row = rows(*contexts, action, reason)["R12"]
    assert row.status == "met"
    assert row.quotes[:2] == (reason.text, action.text)


def test_wording_that_speaks_against_a_requirement_is_marked():
    blame = finding("Staff failed to ring.", hindsight=("blame",))
    assert rows(blame)["R20"].against == (blame.finding_id,)
