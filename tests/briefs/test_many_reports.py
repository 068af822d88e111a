"""What briefs on many reports say holds of these reports, and no more."""

from dataclasses import replace

import pandas as pd
import pytest

from lif_nlp.briefs import KINDS, resolve_branding, subject_of
from lif_nlp.briefs.audiences import EVERYONE, audience_of
from lif_nlp.briefs.kinds.annual import _read as read_lines
from lif_nlp.briefs.kinds.cdop import _steps_told
from lif_nlp.briefs.kinds.training import _NOT_OF_COURSES
from lif_nlp.briefs.kinds.voice import told_back
from lif_nlp.briefs.sections.child_day import _CHILDREN
from lif_nlp.briefs.sections.comparisons import comparisons_of
from lif_nlp.briefs.sections.messages import bearing_out
from lif_nlp.briefs.writers.as_html import as_html
from lif_nlp.briefs.writers.as_markdown import as_markdown
from lif_nlp.config import Branding
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import SHARE, VOICE, tables_of

KINDS_OF_RECORD = (
    *("addressees", "action_class", "class_words", "position", "action_id", "action"),
    *("owner_body", "due", "status", "as_of", "verdict"),
)


def of_reports(reports):
    """Frames of reports: (kind, year, area, [(role, themes, words, speaker)])."""
    documents, findings = [], []
    for n, (kind, year, area, said) in enumerate(reports):
        doc_id, start = f"d-{n:02}", 0
        documents.append(
            {"doc_id": doc_id, "source": f"{doc_id}.pdf", "title": f"Review {n} of {area}",
             "review_type": kind, "published": f"{year}-03-09", "year": year, "area": area,
             "pages": 6, "words": 900, "status": "ok", "reason": ""}
        )  # fmt: skip
        for role, themes, words, speaker in said:
            findings.append(
                {"finding_id": f"{doc_id}:{start}-{start + len(words)}", "doc_id": doc_id,
                 "source": f"{doc_id}.pdf", "page": 1, "page_end": 1, "paragraph": "1",
                 "heading": "Findings", "kind": "paragraph", "text": words, "role": role,
                 "why": False, "reasons": (), "hindsight": (), "aware": False, "speaker": speaker,
                 "agencies": (), "priorities": ("neglect",), "sub_areas": (),
                 "themes": tuple(themes), "start": start, "end": start + len(words)}
            )  # fmt: skip
            start += len(words) + 1
    return tables_of(documents, findings)


def page_of(kind, frames, framework, **options):
    made = prepare_material(frames, framework, KINDS[kind], created="2026-01-05", **options)
    return KINDS[kind].compose(made, subject_of(made), EVERYONE)


def told_of(brief):
    return {part.heading: [line.text for line in part.claims] for part in brief.sections}


def factors_of(words, framework, reports=3):
    """The factors' table of child death reviews that each say these words."""
    said = [("problem", [VOICE], one, "") for one in words]
    frames = of_reports(
        [("child_death_review", 2021 + n, "Norhaven", said) for n in range(reports)]
    )
    return {
        row[1]: row for chart in page_of("cdop", frames, framework).charts for row in chart.rows
    }


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Smoking in the home was not a modifiable factor in these deaths."], "no, a report says"),
        (["Smoking in the home was a non-modifiable factor here."], "no, a report says"),
        (["Smoking was not considered modifiable by the panel."], "no, a report says"),
        (["There were no factors on smoking that were modifiable."], "no, a report says"),
        (["Smoking was not thought avoidable in these deaths."], "no, a report says"),
        (["Modifiable factors were not identified, but smoking was noted."], "no, a report says"),
        (["Smoking in the home was a modifiable factor."], "yes, a report says"),
        (["The death was not expected; smoking was a modifiable factor."], "yes, a report says"),
        (["Smoking was modifiable.", "Smoking near a baby was not modifiable."], "reports differ"),
        (["Smoking in the home was noted."], "yes, in national data"),
    ],
)  # fmt: skip
def test_a_factor_is_called_modifiable_only_where_reports_say_so(words, says, framework):
    assert factors_of(words, framework)["Smoking"][3] == says


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ("The birth father of the child was not asked about the home.", ""),
        ("The child's date of birth was wrong in two records.", ""),
        ("Staff did not escalate their professional disagreement about the child.", ""),
        ("Families were crossing county borders with the child.", ""),
        ("The plan for the birth did not name who examines the baby.", "Birth and newborn care"),
        ("The ward did not escalate the care of the baby to a consultant.",
         "Handover and escalation of care"),
        ("Children were crossing the road without a pedestrian refuge.", "Road safety"),
    ],
)  # fmt: skip
def test_a_factor_is_found_in_words_about_it_alone(words, factor, framework):
    assert list(factors_of([words], framework)) == ([factor] if factor else [])


def test_recorded_actions_are_counted_by_recommendation(framework):
    said = [("problem", [VOICE], "Advice on safer sleep for babies did not reach fathers.", "")]
    frames = of_reports([("child_death_review", 2021 + n, "Norhaven", said) for n in range(3)])
    made = prepare_material(frames, framework, KINDS["cdop"], created="2026-01-05")
    words = "Write safer sleep into the handbook."
    lines = pd.DataFrame(
        [(ask, stage, True, words) for ask in "ab" for stage in ("asked", "action")],
        columns=["ask_id", "stage", "recorded", "words"],
    )
    made = replace(made, life_lines=lines)
    brief = KINDS["cdop"].compose(made, subject_of(made), EVERYONE)
    [row] = brief.charts[0].rows
    assert row[4:] == (2, "an action in a plan: two recommendations")
    told = told_of(brief)["Action, and how to measure it"]
    assert not any(line.startswith("No finding here asks") for line in told)


def test_you_said_stands_over_the_words_of_our_children_alone(framework):
    hard = ("problem", [VOICE], "Young people told inspectors that they felt unsafe at night.",
            "children")  # fmt: skip
    step = ("strength", [VOICE], "After feedback from young people, the council redesigned its "
            "leaflet for children in care.", "")  # fmt: skip
    more = ("problem", [VOICE], "Some parents said that nobody rings them back for weeks, and that "
            "it is hard to wait.", "family")  # fmt: skip
    for area, is_said_here in (("Norhaven", False), ("Eastmarsh", True)):
        frames = of_reports(
            [
                ("cspr", 2023, area, [hard]),
                ("cspr", 2022, area, [more]),
                ("jtai", 2024, "Eastmarsh", [step]),
            ]
        )
        partnership = "Eastmarsh Safeguarding Children Partnership"
        brief = page_of("voice", frames, framework, partnership=partnership)
        heads = " ".join(part.heading for part in brief.sections)
        assert ("You said" in brief.title + heads) == is_said_here, (area, brief.title, heads)


def test_a_group_that_was_told_of_one_line_is_recorded_and_not_yet_is_no_telling():
    def told(*rows):
        table = pd.DataFrame([(*row[:1], "x", "", row[1]) for row in rows],
                             columns=["group", "action", "change", "feedback"])  # fmt: skip
        return [claim.text for claim in told_back(table)]

    assert len(told(("Young carers", "Told on 3 March"), ("Young carers", ""))) == 1
    # a note that is no telling for sure is no silence either
    assert len(told(("Young carers", "At their forum"))) == 1
    for cell in ("No feedback given", "Feedback outstanding", "Not been informed (2024)",
                 "Session booked for 3 June 2025", "Letter to go out in June 2025"):  # fmt: skip
        assert "0 with a date or note that the group was told" in told(("Young carers", cell))[0]
    for cell in ("Not yet - planned for May", "Nobody has told them", "TBC June", "will be sent",
                 "To be shared in May", "Newsletter not sent"):  # fmt: skip
        first, second = told(("Young carers", cell))
        assert "0 with a date or note that the group was told" in first, cell
        assert second.startswith("Nothing is recorded of telling Young carers."), cell


def test_the_oldest_open_action_is_the_one_whose_last_day_came_first(framework):
    due = ["2022-12/2025-06", "2023", "2023-05-01", "2024-03-01"]
    frames = dict(of_reports([("cspr", 2023, "Norhaven", [])]))
    frames["ageing"] = pd.DataFrame(
        [(f"a{n}", "", "", "", "late", day, 1, "2025-07-01") for n, day in enumerate(due)],
        columns=["action_id", "ref", "text", "owner_body", "status", "due", "days", "as_of"],
    )
    made = prepare_material(frames, framework, KINDS["board"], created="2026-01-05")
    assert made.ageing["due"].tolist() == ["2023-05-01", "2023", "2024-03-01", "2022-12/2025-06"]
    [overdue] = [one for one in comparisons_of(made, []) if one.name == "overdue"]
    assert overdue.figures["oldest"] == "1 May 2023"


@pytest.mark.parametrize(
    ("years", "read"),
    [
        ([2015], "We read one report of 2015. The newest is of 2 May 2015."),
        ([None, None], "We read two reports, none of them dated."),
        ([2015, None], "We read two reports, one of them dated: 2015. The newest is of 2 M"),
        ([2015, 2017], "We read two reports of 2015 to 2017. The newest is of 2 May 2017."),
    ],
)
def test_the_annual_section_says_which_years_it_read(years, read, material):
    published = [f"{year}-05-02" if year else None for year in years]
    reports = material.reports.head(len(years)).assign(year=years, published=published)
    problems = material.findings[material.findings["role"].eq("problem")]
    rows = [problems[problems["doc_id"].eq(one)].head(1) for one in reports["doc_id"]]
    made = replace(material, reports=reports, findings=pd.concat(rows))
    [count, levels] = [claim.text for claim in read_lines(made)]
    assert count.startswith(read)
    assert "strong when at least 10 reports, with 20 findings over three years or more" in levels


def test_a_horizon_scan_shows_the_first_themes_that_have_words(material):
    row = material.tables["horizon"].iloc[0].to_dict() | {"signal": "rising", "change_low": 0.1}
    wordless = [row | {"theme_id": f"e-{n}", "name": f"e{n}", "finding_ids": ()} for n in range(3)]
    shown = row | {"theme_id": SHARE, "name": "Information sharing"}
    found = [{"theme_id": one["theme_id"], "name": one["name"], "kind": "emergent", "parent": "",
              "status": "proposed", "terms": (), "exemplars": ()} for one in wordless]  # fmt: skip
    themes = pd.concat([material.themes, pd.DataFrame(found)])
    scans = {}
    for key, rows in (("all", [*wordless, shown]), ("none", wordless)):
        tables = {**material.tables, "horizon": pd.DataFrame(rows)}
        made = replace(material, themes=themes, tables=tables, created="2023-06-01")
        scans[key] = told_of(KINDS["horizon"].compose(made, subject_of(made), EVERYONE))
    [line, *_] = scans["all"]["Rising beyond chance"]
    assert line.startswith("Information sharing: ")
    assert scans["none"]["What is new or rising"][0].startswith("Three themes are new or rising, ")
    assert "Rising beyond chance" not in scans["none"]


@pytest.mark.parametrize(
    ("created", "title", "first"),
    [
        ("2024-12-01", "Horizon scan", "How this was compared"),
        (
            "2026-12-01",
            "What the newest reports say, to March 2024",
            "What to do with this page",
        ),
    ],
)
def test_a_scan_of_old_reports_is_no_horizon_scan(created, title, first, framework):
    said = [("problem", [SHARE], "Hospital staff do not always share letters in time.", "")]
    frames = of_reports([("cspr", 2015 + n, "Norhaven", said) for n in range(10)])
    made = prepare_material(frames, framework, KINDS["horizon"], created=created)
    brief = KINDS["horizon"].compose(made, subject_of(made), EVERYONE)
    assert brief.title == title
    assert brief.sections[0].heading == first
    age = (
        "9 March 2024, more than two years before"
        if first == "What to do with this page"
        else "9 March 2024;"
    )
    assert any(age in line.text for line in brief.sections[0].claims)


def test_one_report_has_nothing_that_came_back_and_its_verbs_agree(framework):
    said = [
        ("problem", [SHARE], "Hospital staff do not always share discharge letters in time.", ""),
        ("action", [SHARE], "The partnership should agree how discharge letters reach nurses.", ""),
    ]
    other = [("context", [VOICE], "The family had lived in the area for some years.", "")]
    frames = of_reports([("cspr", 2023, "Norhaven", said), ("cspr", 2024, "Norhaven", other)])
    made = prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")
    brief = KINDS["seven-minute"].compose(made, subject_of(made, theme=SHARE), EVERYONE)
    told = told_of(brief)
    assert "What was difficult" in told and "What came back most" not in told
    assert told["What reports ask for"][0] == "One report asks for something to be done:"
    assert any(
        line.startswith("No strengths were found in this report.") for line in brief.cautions
    )


@pytest.mark.parametrize(
    ("kind", "title", "head"),
    [
        ("cspr", "Individual Management Review of the health service", "Not for circulation"),
        ("rapid_review", "Rapid review", "Not for circulation"),
        ("cspr", "Child safeguarding practice review", "For circulation"),
    ],
)
def test_a_brief_that_quotes_an_unpublished_paper_is_for_the_learning_team(
    kind, title, head, framework
):
    said = [("problem", [SHARE], "Hospital staff do not always share letters in good time.", "")]
    frames = of_reports([(kind, 2023, "Norhaven", said), (kind, 2024, "Norhaven", said)])
    frames["documents"] = frames["documents"].assign(title=title)
    made = prepare_material(frames, framework, KINDS["summary"], created="2026-01-05")
    brief = KINDS["summary"].compose(made, subject_of(made, theme=SHARE), EVERYONE)
    assert brief.evidence()
    style = resolve_branding(brief, framework, Branding(), "", "")
    for write in (as_markdown, as_html):
        assert head in write(brief, style).decode()
    warned = any("not published" in line for line in brief.cautions)
    assert warned == (head == "Not for circulation")


def test_a_programme_counts_what_was_put_to_other_areas_and_lists_ours(framework):
    said = [("action", [SHARE], "The partnership should agree how letters reach nurses.", "")]
    frames = dict(of_reports([("cspr", 2023, "Norhaven", said), ("cspr", 2024, "Eastmarsh", said)]))
    empty = dict.fromkeys(KINDS_OF_RECORD, "")
    frames["programme"] = pd.DataFrame(
        [empty | {"ask_id": f"k{n}", "doc_id": f"d-{n:02}", "number": "1", "page": 1,
                  "finding_id": f"none-{n}", "position": "accepted", "action_id": f"a{n}"}
         for n in range(2)]
    )  # fmt: skip
    partnership = "Eastmarsh Safeguarding Children Partnership"
    told = told_of(page_of("programme", frames, framework, partnership=partnership))
    asked = [heading for heading in told if heading.startswith("Asked ")]
    assert asked == ["Asked for in: Review 1 of Eastmarsh"]
    assert told["The rest"] == [
        "This page shows every recommendation to us that was found. One recommendation in reports "
        "that are not known to be about our area alone is not shown."
    ]


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("The partnership should agree how letters reach nurses.", "put to the partnership."),
        ("All agencies should agree how letters reach nurses.", "put to all agencies."),
        ("Training for schools should be given before the summer.", "its words say who is asked."),
        ("How agencies share what they know should be agreed.", "its words say who is asked."),
        ("Guidance on bruising must be sent out once more.", "its words say who is asked."),
    ],
)
def test_a_recommendation_is_put_to_a_body_and_not_to_what_it_is_about(words, whom, framework):
    frames = dict(of_reports([("cspr", 2023, "Norhaven", [("action", [SHARE], words, "")])]))
    row = dict.fromkeys(KINDS_OF_RECORD, "") | {
        "ask_id": "k", "doc_id": "d-00", "number": "1", "page": 1, "position": "accepted",
        "finding_id": frames["findings"]["finding_id"].iloc[0], "action_id": "a",
    }  # fmt: skip
    frames["programme"] = pd.DataFrame([row])
    told = told_of(page_of("programme", frames, framework))
    assert told["Asked for in: Review 0 of Norhaven"][0].endswith(whom)


def test_a_child_death_page_without_our_own_deaths_says_that_none_is_ours(framework):
    said = [("problem", [VOICE], "Smoking in the home was noted by the panel.", "")]
    frames = of_reports([("child_death_review", 2021 + n, "Norhaven", said) for n in range(3)])
    partnership = "Eastmarsh Safeguarding Children Partnership"
    told = told_of(page_of("cdop", frames, framework, partnership=partnership))
    lines = [line for part in told.values() for line in part]
    assert "None of them is about our own area alone." in lines


def test_an_annual_section_says_what_our_own_reports_ask_for_before_anything_followed(framework):
    said = [("action", [SHARE], "The partnership should agree how letters reach nurses.", "")]
    frames = dict(of_reports([("cspr", 2023, "Norhaven", said), ("cspr", 2024, "Eastmarsh", said)]))
    ids = frames["findings"].set_index("doc_id")["finding_id"]
    frames["recommendations"] = pd.DataFrame(
        [
            {"finding_id": finding_id, "doc_id": doc_id, "text": said[0][2]}
            for doc_id, finding_id in ids.items()
        ]
    )
    partnership = "Eastmarsh Safeguarding Children Partnership"
    told = told_of(page_of("annual", frames, framework, partnership=partnership))
    assert told["What was asked before, and what is recorded of it"] == [
        "One report on our own area makes one recommendation: “Review 1 of Eastmarsh”. No "
        "response, plan or check is here yet; draw no conclusion from that."
    ]


def test_a_version_that_quotes_nothing_on_its_readers_says_so_first(material, framework):
    for group, is_said in (("police", False), ("probation", True)):
        audience = audience_of(framework, group)
        brief = KINDS["seven-minute"].compose(material, subject_of(material, theme=SHARE), audience)
        first = brief.cautions[1].startswith("This page is for ")
        assert first == is_said, group


def test_a_point_found_again_is_about_what_was_asked(framework):
    asked = "All schools should record who lives with each child."
    for later, is_same in (
        ("The records of two schools do not say who lives with a child.", True),
        ("The crime system has no code that fits.", False),
    ):
        first = [("action", [VOICE], asked, "")]
        again = [("problem", [VOICE], later, "")]
        frames = of_reports(
            [("cspr", 2021, "Eastmarsh", first), ("cspr", 2024, "Eastmarsh", again)]
        )
        made = prepare_material(
            frames,
            framework,
            KINDS["board"],
            created="2026-01-05",
            partnership="Eastmarsh Safeguarding Children Partnership",
        )
        held = [one for one in comparisons_of(made, []) if one.name == "after_action"]
        assert bool(held) == is_same
        if held:
            assert held[0].figures["request"] == f"“{asked.rstrip('.')}”"
            assert held[0].figures["again"] == f"“{later.rstrip('.')}”"
            assert held[0].figures["recorded"] == "Nothing that followed is recorded here."


def test_a_newsletter_on_a_harm_shows_no_words_on_other_work(framework):
    harm = [("problem", [SHARE], "Hospital staff do not always share letters in time.", "")]
    beyond = [
        (
            "strength",
            [SHARE],
            "School nurses, health visitors and schools share information well every week.",
            "",
        ),
        ("action", [SHARE], "Hospitals should send all letters to schools within two days.", ""),
    ]
    said = [*harm, *beyond]
    frames = dict(of_reports([("cspr", 2021 + n, "Norhaven", said) for n in range(3)]))
    found = frames["findings"]
    frames["findings"] = found.assign(
        priorities=[("neglect",) if role == "problem" else () for role in found["role"]]
    )
    made = prepare_material(frames, framework, KINDS["newsletter"], created="2026-01-05")
    brief = KINDS["newsletter"].compose(made, subject_of(made, priority="neglect"), EVERYONE)
    told = told_of(brief)
    assert told["What worked"] == [
        "These reports name no strength on neglect; there will be some. Tell us yours: what went "
        "well, and what made it possible?"
    ]
    assert "What reports ask for" not in told
    # Nobody can follow "the learning lead has it".
    assert not any(line.startswith("Read on") for line in told["This week"])


def test_a_page_on_a_harm_tells_what_it_is_like_for_children(framework):
    day = "Too many children are hungry, cold and tired when they come to school."
    said = [
        ("problem", [SHARE], "Hospital staff do not always share letters in time.", ""),
        ("context", [VOICE], day, ""),
    ]
    frames = of_reports([("cspr", 2021 + n, "Norhaven", said) for n in range(3)])
    made = prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")
    brief = KINDS["seven-minute"].compose(made, subject_of(made, priority="neglect"), EVERYONE)
    quotes = [one.quote for part in brief.sections for c in part.claims for one in c.evidence]
    assert day in quotes


@pytest.mark.parametrize(
    "text",
    [
        "Staff are not sure how to assess a young person's mental capacity.",
        "Assessments do not weigh a parent's capacity to change.",
        "Babies born before 28 weeks are not visited sooner.",
    ],
)
def test_what_a_course_can_teach_is_not_left_out_as_means(text):
    assert not _NOT_OF_COURSES.search(text)
    assert _NOT_OF_COURSES.search("Children wait 28 weeks, for the team has no capacity.")


def test_a_service_for_children_is_no_child_with_a_day():
    assert not _CHILDREN.search("Children’s homes have too few beds.")
    assert _CHILDREN.search("Hungry, tired children fall asleep in class.")


def test_steps_on_several_recommendations_are_told_in_the_plural():
    nothing = pd.DataFrame({"stage": [], "recorded": [], "words": [], "ask_id": []}, dtype=object)
    told = _steps_told(pd.Series({"asked": 3, "action": 2, "done": 2}), nothing)
    assert told.startswith("Of these two became actions in a plan and two were reported or")
    alone = _steps_told(pd.Series({"asked": 3, "done": 1}), nothing)
    assert alone.startswith("Of these one was reported or verified as done.")


def test_caseloads_do_not_show_that_children_are_not_seen():
    rows = pd.DataFrame(
        {
            "finding_id": list("abcd"),
            "themes": [
                ("workforce_and_capacity", "s-1f"),
                ("workforce_and_capacity", VOICE),
                (VOICE,),
                (),
            ],
        }
    )
    assert list(bearing_out(rows)["finding_id"]) == ["b", "c", "d"]
    assert bearing_out(rows.iloc[:0]).empty


def test_answers_of_a_quiz_are_on_a_page_that_the_trainer_keeps(sample):
    material = sample.cache.material(KINDS["training"])
    brief = KINDS["training"].compose(material, subject_of(material), EVERYONE)
    *others, last = brief.sections
    assert last.heading.startswith("For the trainer: answers to the quiz")
    assert last.has_own_page and not any(part.has_own_page for part in others)
    page = as_html(brief, resolve_branding(brief, material.framework, Branding())).decode()
    assert page.count(" own-page") == 1
    # The story is told through the eyes of somebody who is to learn.
    [objectives] = [part for part in brief.sections if part.heading == "Objectives"]
    [byline] = [
        line.text
        for part in brief.sections
        for line in part.claims
        if line.text.startswith("Through the eyes of ")
    ]
    story = next(one for one in material.framework.scenarios if one.byline == byline)
    group = {one.id: one for one in material.framework.audiences}[story.audience]
    names = {one.id: one.name.casefold() for one in material.framework.agencies}
    told = " ".join(line.text for line in objectives.claims).casefold()
    assert any(names[agency] in told for agency in group.agencies)


def test_a_board_decides_and_asks_about_each_priority_with_findings(framework):
    said = [("problem", [SHARE], "Hospital staff do not always share letters in time.", "")]
    frames = of_reports([("cspr", 2021 + n, "Norhaven", said) for n in range(3)])
    told = told_of(page_of("board", frames, framework))
    leads = [line.partition(": ")[0] for line in told["Decisions we ask for"]]
    assert "Neglect" in leads and "Sexual harm" not in leads
    assert any(line.startswith("On neglect: ") for line in told["Challenge questions"])


def test_what_was_not_accepted_is_asked_about_first(framework):
    words = "The partnership should agree how letters reach nurses."
    frames = dict(of_reports([("cspr", 2023, "Norhaven", [("action", [SHARE], words, "")])]))
    row = dict.fromkeys((*KINDS_OF_RECORD, "absent_from"), "") | {
        "ask_id": "k", "doc_id": "d-00", "number": "1", "page": 1, "position": "rejected",
        "finding_id": frames["findings"]["finding_id"].iloc[0],
    }  # fmt: skip
    frames["programme"] = pd.DataFrame([row])
    told = told_of(page_of("programme", frames, framework))["What to ask for first"]
    assert told == ["Not accepted: Norhaven 1; ask what will be done in its place."]
