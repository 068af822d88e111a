from dataclasses import replace

import pandas as pd
import pytest

from lif_nlp.briefs import KINDS, Quoter, subject_of
from lif_nlp.briefs.audiences import EVERYONE
from lif_nlp.briefs.kinds.board import leading, what_came_back
from lif_nlp.briefs.kinds.explorer import ROLES, explorer, packed
from lif_nlp.briefs.sections.followed_up import followed_up
from lif_nlp.briefs.sections.messages import messages, own_message
from lif_nlp.briefs.sections.recurring_points import (
    point_lines,
    recurring_points,
    recurring_themes,
    tension_lines,
    with_contraries,
)
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import SHARE

LATE = "Discharge letters reach school nurses late"


@pytest.fixture(scope="module")
def with_points(workspace, framework):
    findings = workspace[0]["findings"]
    bad = findings.loc[findings["text"].str.startswith("Hospital staff"), "finding_id"]
    good = findings.loc[findings["text"].str.startswith("General practices"), "finding_id"]
    base = {"theme": SHARE, "priorities": ("neglect",), "of_documents": 12, "quotes": (),
            "first_seen": "2015-03-09", "last_seen": "2021-03-09",
            "status": "proposed"}  # fmt: skip
    rows = [
        base | {"point_id": "p1", "name": LATE, "role": "problem", "documents": 4,
                "tensions": ("p2",), "named_by": "seed"},
        base | {"point_id": "p2", "name": "Letters reach nurses in time.", "role": "strength",
                "documents": 3, "tensions": ("p1",), "named_by": "seed"},
        base | {"point_id": "p3", "name": "Seen twice", "role": "problem", "documents": 2,
                "tensions": (), "named_by": "seed"},
        base | {"point_id": "p4", "name": "A report's own words", "role": "problem",
                "documents": 9, "tensions": (), "named_by": "quote"},
    ]  # fmt: skip
    members = [
        {"point_id": point, "finding_id": finding}
        for point, stating in (("p1", bad), ("p2", good), ("p3", bad), ("p4", bad))
        for finding in stating
    ]
    frames = {**workspace[0], "points": pd.DataFrame(rows), "point_members": pd.DataFrame(members)}
    return prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")


def test_a_point_stands_in_one_line_with_its_reports_years_and_newest_quote(with_points):
    subject = subject_of(with_points, theme=SHARE)
    points = recurring_points(with_points, subject, "problem")
    lines = point_lines(Quoter(with_points, subject), points, 1)
    assert [line.kind for line in lines] == ["point", "quote"]
    assert [line.text for line in lines] == [f"{LATE}: at least 4 reports, 2015 to 2022.", ""]
    assert lines[1].evidence[0].quote.startswith("Hospital staff do not always share discharge")


def test_a_quote_that_first_grants_the_contrary_of_its_point_stands_back(with_points):
    subject = subject_of(with_points, theme=SHARE)
    [point] = recurring_points(with_points, subject, "problem")

    def quote_of(rows):
        own = replace(point, rows=rows, quotable=rows)
        _, line = point_lines(Quoter(with_points, subject), [own], 1)
        return line.evidence[0]

    first = quote_of(point.rows)
    is_first = point.rows["finding_id"].eq(first.finding_id)
    granted = "Although letters are written regularly, h" + first.quote[1:]
    # by its year alone the conceding quote would come first
    rows = point.rows.assign(
        text=point.rows["text"].where(~is_first, granted),
        year=point.rows["year"].where(is_first, point.rows["year"].min()),
    )
    assert quote_of(rows).finding_id != first.finding_id
    # where no other can be quoted it stands
    assert quote_of(rows[is_first]).quote.startswith("Although letters")


def test_a_person_s_approval_counts_for_more_than_the_number_of_reports(workspace, framework):
    findings = workspace[0]["findings"]
    bad = findings.loc[findings["text"].str.startswith("Hospital staff")]
    one = bad[bad["doc_id"].eq(bad["doc_id"].iloc[0])]
    row = {"point_id": "p5", "name": "“Letters come late”", "role": "problem", "theme": SHARE,
           "priorities": (), "of_documents": 12, "quotes": (), "first_seen": "2015-03-09",
           "last_seen": "2015-03-09", "documents": 1, "tensions": (),
           "named_by": "quote"}  # fmt: skip
    members = pd.DataFrame({"point_id": "p5", "finding_id": one["finding_id"]})

    def lines(status):
        frames = {
            **workspace[0],
            "points": pd.DataFrame([row | {"status": status}]),
            "point_members": members,
        }
        material = prepare_material(frames, framework, KINDS["seven-minute"])
        return [p.line for p in recurring_points(material, subject_of(material), "problem")]

    assert lines("proposed") == []
    assert lines("approved") == ["“Letters come late”: at least 1 report, 2015."]


@pytest.mark.parametrize("named_by", ["quote", "frame"])
def test_a_group_that_nobody_has_checked_is_not_what_came_back(
    with_points, workspace, framework, named_by
):
    rows = with_points.points.assign(documents=9, named_by=named_by, status="proposed")
    frames = {**workspace[0], "points": rows, "point_members": with_points.point_members}
    assert prepare_material(frames, framework, KINDS["seven-minute"]).points.empty
    twice = {**frames, "points": rows.assign(documents=2)}
    assert prepare_material(twice, framework, KINDS["seven-minute"]).echoes.empty
    named = {**frames, "points": rows.assign(named_by="person")}
    assert len(prepare_material(named, framework, KINDS["seven-minute"]).points) == len(rows)


def test_reports_that_differ_are_told_once(with_points):
    subject = subject_of(with_points, priority="neglect")
    [line] = tension_lines(with_points, recurring_points(with_points, subject, "problem"), 5)
    assert line.text == (
        f"“{LATE}” (four reports), and “Letters reach nurses in time” (four reports)."
    )


def test_a_point_of_which_as_many_say_the_contrary_says_so_in_its_own_line(with_points):
    found = what_came_back(Quoter(with_points, subject_of(with_points)), 3)
    first = with_contraries(with_points, found.shown, found.lines)
    assert [line.text for line in first if line.text.startswith(LATE)] == [
        f"{LATE}: at least 4 reports, 2015 to 2022; but at least 4 reports say “letters reach "
        "nurses in time”."
    ]


def test_a_complaint_is_no_evidence_of_a_strength(with_points):
    praise = with_points.points.assign(role="strength")
    turned = replace(with_points, points=praise)
    points = recurring_points(turned, subject_of(turned, theme=SHARE), "strength")
    assert [point.id for point in points] == ["p2"]


def test_a_theme_that_nearly_all_reports_name_is_not_ranked_and_stands_with_its_message(material):
    everything = subject_of(material)
    names = [theme.name for theme in recurring_themes(material, everything, "problem")]
    assert "Information sharing" not in names and names
    first, words, *_ = what_came_back(Quoter(material, everything), 5).lines
    assert first.text.startswith(
        "What one service knows does not reach others in time: 12 reports name a problem with "
        "information sharing, "
    )
    assert words.evidence


def test_most_reports_are_more_than_half_of_them(material):
    *_, lead = what_came_back(Quoter(material, subject_of(material)), 0).lines
    assert lead.text.startswith("Most of the 12 reports name a problem with ")
    themes = recurring_themes(material, subject_of(material), "problem", everywhere=True)
    few = [theme.name.lower() for theme in themes if 2 * theme.reports <= theme.of_reports]
    assert few and not [name for name in few if name in lead.text]


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        (
            ["checked"],
            "Responses, plans or checks are here for one report that made one recommendation: "
            "1 was checked later.",
        ),
        (
            ["effect"],
            "Responses, plans or checks are here for one report that made one recommendation: "
            "something is recorded.",
        ),
    ],
)
def test_a_stage_of_one_recommendation_is_told_in_plain_words(material, stages, told):
    rows = [{"ask_id": "a", "stage": stage, "recorded": True, "words": ""} for stage in stages]
    first, *_ = followed_up(replace(material, life_lines=pd.DataFrame(rows)))
    assert first.text == told


def test_a_paper_from_which_nothing_could_be_read_is_not_said_to_be_missing(material):
    hollow = "nothing recorded"
    rows = [
        ("a", "answered", True, "accepted: Yes."),
        ("b", "answered", False, f"{hollow} in Council response up to 2024-03-01"),
        ("c", "answered", False, f"{hollow}: no response in the workspace is linked"),
        ("c", "found again", False, f"{hollow} in later reviews of this area in the workspace"),
    ]
    lines = pd.DataFrame(rows, columns=["ask_id", "stage", "recorded", "words"])
    asked = pd.DataFrame({"ask_id": ["a", "b", "c"], "doc_id": ["one", "two", "three"]})
    claims = followed_up(replace(material, life_lines=lines, programme=asked))
    assert [claim.text for claim in claims[1:3]] == [
        "For one recommendation of other reports a response, plan or check is here, but nothing "
        "could be read from it.",
        "For one recommendation of other reports no such paper is here.",
    ]


def test_every_point_and_theme_stands_above_words_that_say_it(with_points):
    found = what_came_back(Quoter(with_points, subject_of(with_points)), 5)
    *told, lead = sorted(found.lines, key=lambda line: line.kind == "count")
    assert lead.text == "Most of the 12 reports also name a problem with information sharing (12)."
    assert [line.kind for line in told] == ["point", "quote"] * len(found.shown)
    # not beside its own theme
    assert [one.name for one in found.shown] == [LATE]


def test_a_point_of_few_reports_does_not_stand_before_themes(with_points):
    [point] = recurring_points(with_points, subject_of(with_points, theme=SHARE), "problem")
    points = [replace(point, reports=reports) for reports in (11, 10, 5, 3)]
    assert leading(points) == points[:3]
    assert leading([*points[:2], points[3]]) == []


def test_a_point_that_no_words_can_show_is_left_out(with_points):
    subject = subject_of(with_points, theme=SHARE)
    [point] = recurring_points(with_points, subject, "problem")
    told = ("hindsight",)
    judged = replace(point, rows=point.rows.assign(hindsight=[told] * len(point.rows)))
    assert point_lines(Quoter(with_points, subject), [judged], 1) == []
    lines = point_lines(Quoter(with_points, subject), [point], 1)
    assert [line.kind for line in lines] == ["point", "quote"]


def test_where_few_points_came_back_a_theme_stands_with_its_message(material):
    subject = subject_of(material, priority="neglect")
    first, *_ = own_message(Quoter(material, subject), "problem")
    reports = subject.problems["doc_id"].nunique()
    assert first.text.startswith(
        f"Neglect is not named, measured or answered in time: {reports} reports name a problem in "
        "work on neglect, "
    )
    lines = messages(Quoter(material, subject), "problem", 3)
    assert lines and all(" on neglect name" in c.text for c in lines if c.kind == "point")
    # a framework without such lines says how many reports there are, as before
    plain = replace(subject, problem_in_short="")
    assert own_message(Quoter(material, plain), "problem") == []


def test_a_point_that_no_words_bear_out_is_passed_over(with_points):
    subject = subject_of(with_points, theme=SHARE)
    [point] = recurring_points(with_points, subject, "problem")
    unsure = replace(point, rows=point.rows.assign(sureness=0.6))
    elsewhere = replace(point, name="Plans drift and children wait")
    for one in (unsure, elsewhere):
        assert point_lines(Quoter(with_points, subject), [one], 1) == []
    lines = point_lines(Quoter(with_points, subject), [unsure, point], 1)
    assert [line.kind for line in lines] == ["point", "quote"]


def test_the_explorer_holds_each_point_with_what_states_it_and_its_contrary(with_points):
    material = with_points
    data = packed(material, explorer(material, subject_of(material), EVERYONE))
    late, prompt = data["points"]
    assert [late[0], late[1], late[3]] == [LATE, ROLES.index("problem"), 12]
    assert data["themes"][late[2]] == data["themes"][prompt[2]]
    assert {data["findings"][n][5].partition(" staff")[0] for n in late[4]} == {"Hospital"}
    assert (late[5], prompt[5]) == ([1], [0])


def test_the_explorer_counts_what_the_briefs_count_after_a_role_is_corrected(with_points):
    findings = with_points.findings
    corrected = findings["text"].str.startswith("Hospital staff") & findings["doc_id"].eq("d-01")
    findings = findings.assign(role=findings["role"].mask(corrected, "context"))
    material = replace(with_points, findings=findings)
    everything = subject_of(material)
    [point] = recurring_points(material, everything, "problem")
    data = packed(material, explorer(material, everything, EVERYONE))
    stating = {data["findings"][place][0] for place in data["points"][0][4]}
    assert stating == set(point.rows["finding_id"])


def test_the_page_of_what_comes_back_tells_each_point_once(with_points):
    page = KINDS["points"].compose(with_points, subject_of(with_points), EVERYONE)
    lines = {
        section.heading: [claim.text for claim in section.claims if claim.kind == "point"]
        for section in page.sections
    }
    assert lines["Problems that come back"] == [
        f"{LATE}: at least 4 reports, 2015 to 2022.",
    ]
    # a picture of one bar shows nothing
    assert not page.charts


def test_where_little_comes_back_the_page_tells_what_two_reports_state_apart(with_points):
    def page_of(material):
        return KINDS["points"].compose(material, subject_of(material), EVERYONE)

    def watched(material):
        return [
            claim.text.partition(":")[0]
            for section in page_of(material).sections
            if section.heading.startswith("Worth watching")
            for claim in section.claims
            if claim.kind == "point"
        ]

    # words of the report that bear out the echo, as for any point
    late = with_points.points.iloc[:1]
    few = replace(with_points, points=late.iloc[:0], echoes=late.assign(documents=2))
    assert watched(few) == [LATE]
    texts = {f"p1{n}": word for n, word in enumerate(("Discharge", "Letters", "School nurses"))}
    many = pd.concat([late.assign(point_id=id, name=f"{LATE} ({w})") for id, w in texts.items()])
    members = pd.concat(
        with_points.point_members.query("point_id == 'p1'").assign(point_id=id) for id in texts
    )
    full = replace(with_points, points=many, point_members=members)
    assert watched(full) == []
