"""Every kind of brief holds to the same rules."""

import re

import pandas as pd
import pytest

from lif_nlp.briefs import KINDS, subject_of, verify
from lif_nlp.briefs.audiences import EVERYONE, audience_of
from lif_nlp.briefs.kinds.seven_minute import MAX_WORDS
from lif_nlp.briefs.kinds.training import training
from lif_nlp.briefs.readability import count_words
from lif_nlp.errors import ConfigError, EmptyBriefError, LifError
from lif_nlp.synthesis import TABLES, training_needs
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import SHARE

FORBIDDEN = ("failed to", "should have been", "Child Q", "Dr Vale", "missed opportunity")


def compose(kind, material, **subject):
    chosen = KINDS[kind]
    if chosen.subject == "one" and not subject:
        subject = {"theme": SHARE}
    return chosen.compose(material, subject_of(material, **subject), EVERYONE)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_quote_is_exact_and_safe(kind, material, workspace):
    brief = compose(kind, material)
    verify(brief, workspace[1].__getitem__)
    quoted = "" if kind == "explorer" else " ".join(one.quote for one in brief.evidence())
    assert not [words for words in FORBIDDEN if words in quoted]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_care_limits_and_no_empty_part(kind, material):
    brief = compose(kind, material)
    # no child speaks in these reports, so that there is no page of their words
    assert brief.cautions and bool(brief.sections) == (kind != "voice")
    assert any(line.startswith("What it cannot say") for line in brief.methods)
    assert all(section.claims for section in brief.sections)
    assert brief.kind == kind


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_quote_is_shown_twice(kind, material):
    shown = [one.finding_id for one in compose(kind, material).evidence()]
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("kind", [key for key, kind in KINDS.items() if kind.subject != "one"])
def test_a_brief_of_an_empty_workspace_says_so(kind, workspace, framework):
    nothing = {name: table.iloc[:0] for name, table in workspace[0].items()}
    material = prepare_material(nothing, framework, KINDS[kind], created="2026-01-05")
    brief = KINDS[kind].compose(material, subject_of(material), EVERYONE)
    assert brief.cautions[1].startswith("No reports have been added yet. The questions below")


def test_each_kind_asks_only_for_tables_that_exist():
    assert all(set(kind.tables) <= set(TABLES) for kind in KINDS.values())


def test_the_explorer_tells_both_pages_of_words_that_run_on(material):
    from dataclasses import replace

    from lif_nlp.briefs.kinds.explorer import explorer, packed

    first = material.findings["finding_id"].iloc[0]
    rows = material.findings.assign(page=1, page_end=1)
    rows.loc[rows["finding_id"].eq(first), "page_end"] = 2
    changed = replace(material, findings=rows)
    table = packed(changed, explorer(changed, subject_of(changed), EVERYONE))["findings"]
    assert {(row[2], row[12]) for row in table if row[0] == first} == {(1, 2)}
    assert {(row[2], row[12]) for row in table if row[0] != first} == {(1, 1)}


def test_training_names_needs_without_a_course(material, workspace, framework):
    from dataclasses import replace

    courses = pd.DataFrame({"title": ["Hear me"], "themes": ["voice_of_child"]})
    table = training_needs(workspace[0], framework, courses=courses)
    with_courses = replace(material, tables={**material.tables, "training": table})
    brief = training(with_courses, subject_of(with_courses), EVERYONE)
    gaps = next(s for s in brief.sections if s.heading == "Needs with no course")
    assert all(s.heading != "Needs with no course" for s in compose("training", material).sections)
    assert gaps.claims[0].text == "No course covers information sharing."


def test_objectives_are_traced_to_findings(material):
    brief = compose("training", material)
    objectives = next(s for s in brief.sections if s.heading == "Objectives")
    themes = [claim for claim in objectives.claims if claim.kind == "statement"]
    assert themes and all(claim.finding_ids for claim in themes)


def test_a_scenario_is_marked_as_invented_and_comes_before_what_was_found(material):
    brief = compose("session", material)
    heads = [section.heading for section in brief.sections]
    first = next(at for at, head in enumerate(heads) if head.startswith("Act one: morning"))
    assert first + 2 < heads.index("Why it makes sense on the day")
    assert "(a fictional child)" in brief.sections[first].claims[0].text


def test_a_session_on_a_theme_and_a_pack_on_needs_tell_a_story_on_it(material, framework):
    def told(brief):
        return " ".join(claim.text for section in brief.sections for claim in section.claims)

    for kind, theme in (("session", "voice_of_child"), ("training", SHARE)):
        brief = compose(kind, material, **({"theme": theme} if kind == "session" else {}))
        assert framework.scenarios_on("", "", [theme])[0].acts[0].text in told(brief)


def test_a_session_ends_its_story_safely_on_the_facilitators_copy_alone(material, framework):
    brief = compose("session", material, theme="voice_of_child")
    heads = [part.heading for part in brief.sections]
    end = brief.sections[heads.index("End the story safely")]
    said = [c.text for c in end.claims]
    lead, *general = framework.session.safety
    # The story's own lines come first, then what holds in any such case.
    assert end.for_leader and said[0] == lead and said[-len(general) :] == general
    assert said[1] == "For Rafi, tonight:" and len(said) > len(general) + 3
    assert (
        heads.index("Then and now") < heads.index(end.heading) < heads.index("One thing to change")
    )
    steps = [c.text.partition(" (")[0] for c in brief.sections[0].claims]
    assert steps[steps.index("Act three, five o'clock") + 1] == end.heading


def test_each_role_reads_a_version_of_its_own(material, framework):
    subject = subject_of(material, theme=SHARE)
    roles, versions = ("frontline", "managers", "board"), {}
    for role in ("", *roles):
        brief = KINDS["seven-minute"].compose(material, subject, audience_of(framework, role))
        versions[role] = {claim.text for section in brief.sections for claim in section.claims}
        assert count_words(brief) <= MAX_WORDS, role
    assert all(len(versions[role] - versions[""]) >= 8 for role in roles)
    assert f"Start: {subject.start}" in versions["frontline"] - versions["managers"]
    assert any(line.startswith("Money and capacity: ") for line in versions["board"])
    assert any(line.startswith("Files: ") for line in versions["managers"])


def test_the_minutes_of_a_session_are_those_that_it_promises(material):
    hour = compose("session", material).sections[0]
    assert hour.heading == "The hour" and hour.for_leader
    assert sum(int(re.search(r"\((\d+) minutes", c.text)[1]) for c in hour.claims) == 60


def test_a_brief_on_child_deaths_is_refused_where_no_report_speaks_of_one(make):
    message = (
        r"^brief cdop was not written, because no report gives it a point or a quote; add "
        r"two or more child death reviews or coroners' reports with 'lif add', or make a "
        r"seven-minute briefing on a theme$"
    )
    with pytest.raises(EmptyBriefError, match=message):
        make(kind="cdop")


def test_what_any_report_says_of_a_child_death_is_read(framework):
    from tests.briefs.conftest import invented

    said = [
        ("problem", [SHARE], [], ["police"], False, [],
         "Partners do not share learning from child deaths with every service in good time."),
        ("problem", [SHARE], [], [], False, [],
         "Plans were not shared with schools by the clinics in the north."),
    ]  # fmt: skip
    made = prepare_material(invented(said, reports=3)[0], framework, KINDS["cdop"])
    brief = compose("cdop", made)
    assert (
        brief.sections[0]
        .claims[0]
        .text.startswith(
            "One of the three reports speaks of the deaths of children or of services that could "
            "prevent them. It names one problem."
        )
    )


def test_a_course_list_is_read_from_csv(make, tmp_path):
    courses = tmp_path / "courses.csv"
    courses.write_text("title,themes\nHear me,Voice of the child\n", "utf-8")
    text = make(kind="training", formats=("md",), courses=courses)[0].read_text("utf-8")
    assert "No course covers information sharing." in text
    assert "| Hear me |" in text


def test_a_course_list_without_its_columns_is_refused(make, tmp_path):
    courses = tmp_path / "courses.csv"
    courses.write_text("name\nHear me\n", "utf-8")
    message = (
        r"courses\.csv: missing columns: title, themes \(it has: name\); add them and run again"
    )
    with pytest.raises(ConfigError, match=message):
        make(kind="training", formats=("md",), courses=courses)


def test_a_kind_on_the_whole_workspace_takes_no_subject(make):
    assert [path.name for path in make(kind="board")] == ["board.html"]
    with pytest.raises(LifError, match=r"^the kind 'board' covers all reports of the workspace; "):
        make(kind="board", priority="neglect")


def test_a_story_of_a_child_in_danger_ends_with_what_the_facilitator_says_about_safety(material):
    brief = compose("training", material, theme="child_mental_health")
    said = {part.heading: [claim.text for claim in part.claims] for part in brief.sections}
    end = said["End the story safely (5 minutes)"]
    assert end[1:3] == [
        "For Erin, tonight:",
        "Stay with Erin. She is not left alone, and you tell her that you are staying, and why.",
    ]
    told = " ".join(end)
    assert "999" in told and "111" in told and "social care tonight" in told
    practice = said["Practise with a story (30 minutes)"]
    assert sum(line.startswith("Ask: ") for line in practice) == 3


def test_objectives_name_the_groups_of_the_table_and_no_others(material):
    brief = compose("training", material)
    [objectives] = [part for part in brief.sections if part.heading == "Objectives"]
    groups = {str(row[1]).casefold() for row in brief.charts[0].rows}
    for claim in objectives.claims:
        if claim.kind == "statement":
            assert any(group in claim.text.casefold() for group in groups), claim.text
    assert not any("says so" in c.text for part in brief.sections for c in part.claims)


def test_the_annual_section_shows_what_it_counts_of_a_priority(material):
    brief = compose("annual", material)
    [part] = [part for part in brief.sections if part.heading == "Neglect"]
    told = [claim.text for claim in part.claims]
    assert "12 problems, 12 strengths." in told[0]
    roles = material.findings.set_index("finding_id")["role"]
    quoted = {roles[one.finding_id] for claim in part.claims for one in claim.evidence}
    assert {"problem", "strength"} <= quoted
    assert not brief.charts


def test_the_horizon_scan_shows_words_of_each_theme_and_says_which_kinds_it_cannot_compare(
    material,
):
    from dataclasses import replace

    table = material.tables["horizon"]
    late = material.findings[material.findings["year"].ge(2021)]
    row = table.iloc[0].to_dict() | {
        "theme_id": SHARE, "name": "Information sharing", "signal": "new", "change_low": 0.1,
        "recent_from": 2021, "finding_ids": tuple(late["finding_id"]),
    }  # fmt: skip
    tables = {**material.tables, "horizon": pd.DataFrame([row])}
    made = replace(material, tables=tables, created="2023-06-01")

    def told(of):
        return {part.heading: part.claims for part in compose("horizon", of).sections}

    page = told(made)
    assert [line.kind for line in page["First named in recent reports"]] == ["point", "quote"]
    newest, like, *_ = [line.text for line in page["How this was compared"]]
    assert newest.startswith("The newest dated report here is of 9 March 2023; ")
    assert like.startswith("Like is compared with like: ")
    types = made.reports["review_type"].mask(made.reports["year"].ge(2022), "send")
    page = told(replace(made, reports=made.reports.assign(review_type=types)))
    assert page["How this was compared"][2].text.endswith(
        "compared with: area SEND inspection (2)."
    )


def test_a_training_pack_may_be_about_one_priority(make):
    assert make(kind="training", priority="neglect")[0].stem == "training-priority-neglect"


def test_the_board_hears_of_themes_in_the_framework_and_of_the_greatest_change_first(material):
    from dataclasses import replace

    table = material.tables["directions"]
    base = table[table["subject"].eq("theme")].iloc[0].to_dict() | {"direction": "rising"}
    changes = [("information_sharing", 0.1), ("recording", 0.4), ("t-found", 0.9)]
    rows = [base | {"id": key, "name": key, "change": by, "type_shift": 0} for key, by in changes]
    moved = replace(material, tables={**material.tables, "directions": pd.DataFrame(rows)})
    brief = compose("board", moved)
    section = next(s for s in brief.sections if s.heading.startswith("What moved"))
    told = " ".join(claim.text for claim in section.claims)
    assert told.index("recording") < told.index("information_sharing")
    assert "t-found" not in told


def test_a_training_table_has_no_column_of_courses_unless_a_list_was_given(material):
    chart = compose("training", material).charts[0]
    assert chart.columns == ("Theme", "Group", "Reports", "Problems", "Strengths")


def test_the_point_to_remember_names_what_problems_come_with(framework):
    from tests.briefs.conftest import SENTENCES, VOICE, invented

    both = [(role, [SHARE, VOICE], *rest) for role, _, *rest in SENTENCES if role != "context"]
    made = prepare_material(
        invented(both)[0], framework, KINDS["seven-minute"], created="2026-01-05"
    )
    brief = KINDS["seven-minute"].compose(made, subject_of(made, theme=SHARE), EVERYONE)
    told = " ".join(claim.text for claim in brief.sections[5].claims)
    assert "Problems most often come with voice of the child (36); strengths with" in told


def test_a_child_death_brief_counts_reports_by_factor(framework):
    from tests.briefs.conftest import invented

    said = [
        ("problem", [SHARE], [], [], False, [],
         "Advice on safer sleep for babies did not reach fathers in some of the clinics."),
        ("problem", [SHARE], [], [], False, [],
         "Inhaler plans for asthma were not shared with schools by clinics."),
        ("context", [], [], [], False, [], "The man worked at the quay for nine years."),
    ]  # fmt: skip
    frames = dict(invented(said, reports=4)[0])
    frames["documents"] = frames["documents"].assign(review_type="pfd")
    made = prepare_material(frames, framework, KINDS["cdop"], created="2026-01-05")
    brief = KINDS["cdop"].compose(made, subject_of(made), EVERYONE)
    lines = [claim.text for claim in brief.sections[1].claims if claim.kind == "point"]
    assert [f"{line.partition('. ')[0]}." for line in lines] == [
        "Safer sleep: 2 of 3 reports.",
        "Asthma and allergy: 1 of 3 reports.",
    ]
    assert all(line.endswith("?") for line in lines)
    [table] = brief.charts
    assert table.rows == (
        ("The child", "Asthma and allergy", 1, "for the panel to say", 0, "nothing recorded here"),
        (
            "Physical environment",
            "Safer sleep",
            2,
            "yes, in national data",
            0,
            "nothing recorded here",
        ),
    )
    assert (
        brief.sections[0]
        .claims[0]
        .text.startswith(
            "Three of the four reports speak of the deaths of children or of services that could "
        )
    )


def test_a_child_death_brief_needs_two_reports_and_dates_a_coroner_s(framework):
    from tests.briefs.conftest import invented

    said = [
        ("problem", [SHARE], [], [], False, [],
         "Advice on safer sleep for babies did not reach fathers in some of the clinics."),
        ("action", [SHARE], [], [], False, [],
         "Maternity services should provide a carbon monoxide monitor for each midwife."),
        ("problem", [SHARE], [], [], False, [],
         "Inhaler plans for asthma were not shared with schools by clinics in the north."),
    ]  # fmt: skip

    def brief_of(reports):
        frames = dict(invented(said, reports=reports)[0])
        frames["documents"] = frames["documents"].assign(review_type="pfd")
        made = prepare_material(frames, framework, KINDS["cdop"], created="2026-01-05")
        return KINDS["cdop"].compose(made, subject_of(made), EVERYONE)

    assert [part.heading for part in brief_of(1).sections] == ["What we read"]
    brief = brief_of(4)
    lines = [claim.text for claim in brief.sections[1].claims if claim.kind == "point"]
    assert any(line.startswith("Smoking") for line in lines)
    assert not any(line.startswith("Birth") for line in lines)
    cited = [(one.title, one.published) for one in brief.evidence()]
    assert cited and all(day for _, day in cited)


def test_a_brief_on_one_report_quotes_it_more_than_once_and_counts_nothing(framework):
    from tests.briefs.conftest import SENTENCES, invented

    made = prepare_material(
        invented(SENTENCES, reports=1)[0], framework, KINDS["seven-minute"], created="2026-01-05"
    )
    brief = KINDS["seven-minute"].compose(made, subject_of(made, report="d-00"), EVERYONE)
    quotes = [c for c in brief.sections[1].claims if c.kind == "quote"]
    assert len(quotes) >= 2
    assert not any("findings in" in c.text for part in brief.sections for c in part.claims)
    assert [section.heading for section in brief.sections] == [
        "Why it matters",
        "What was difficult",
        "Good practice",
        "What the report asks for",
        "What to do, and questions for us",
    ]


def test_a_decision_on_a_theme_goes_before_one_for_all_and_each_text_is_used_once():
    from lif_nlp.briefs.sections.comparisons import Comparison, asked
    from lif_nlp.framework.brief_texts import Decision

    texts = [
        Decision("any", "point", "{point}: look at ten files."),
        Decision("own", "point", "{point}: count the moves.", theme="moves"),
    ]
    held = [Comparison("point", key, {"point": key}) for key in ("moves", "plans", "food")]
    assert [text for text, _ in asked(texts, held, 3)] == [
        "moves: count the moves.", "plans: look at ten files.",
    ]  # fmt: skip
