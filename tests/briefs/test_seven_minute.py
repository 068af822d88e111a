import pytest

from lif_nlp.briefs.kinds import KINDS
from lif_nlp.briefs.kinds.seven_minute import HEADINGS, MAX_WORDS, seven_minute
from lif_nlp.briefs.quoting.verify import verify
from lif_nlp.briefs.readability import count_words
from lif_nlp.briefs.sections.figures import balance_of_themes
from lif_nlp.briefs.subjects import subject_of
from lif_nlp.errors import EmptyBriefError, UnknownNameError
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import SENTENCES, SHARE, VOICE, invented


@pytest.fixture
def brief(material):
    return seven_minute(material, subject_of(material, theme=SHARE))


def of_kind(brief, kind):
    return [claim for section in brief.sections for claim in section.claims if claim.kind == kind]


def lone(framework, sentences, reports=12, **subject):
    frames, _ = invented(sentences, reports)
    made = prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")
    return seven_minute(made, subject_of(made, **(subject or {"theme": SHARE})))


def test_all_seven_boxes_are_filled(brief):
    assert tuple(section.heading for section in brief.sections) == HEADINGS
    assert len(brief.sections) == 7
    assert all(section.claims for section in brief.sections)


def test_strengths_stand_beside_problems_and_reasons_follow(brief):
    roles = {"problems": 1, "strengths": 2, "reasons": 3}
    for at in roles.values():
        assert any(claim.kind == "quote" for claim in brief.sections[at].claims)


def test_two_or_three_questions_one_about_a_strength(brief):
    from lif_nlp.briefs.sections.discussion_questions import asks_about_strength

    questions = [claim.text for claim in of_kind(brief, "question")]
    assert 2 <= len(questions) <= 3
    assert any(asks_about_strength(question) for question in questions)


def test_hindsight_is_turned_into_a_question(brief):
    questions = [claim.text for claim in of_kind(brief, "question")]
    assert any(text.startswith("When we next look back on a case: ") for text in questions)


def test_stop_start_keep_and_a_date_to_look_again(brief):
    actions = [claim.text for claim in of_kind(brief, "action")]
    assert [text.split(":")[0] for text in actions] == ["Stop", "Start", "Keep", "Follow up"]
    assert actions[-1].startswith(
        "Follow up: by 2 March 2026, check in supervision or by dip sample how often the step "
        "under “Start” is taken, and "
    )


def test_every_count_lists_its_findings(brief):
    counts = of_kind(brief, "count")
    assert len(counts) >= 6  # at least one in each box of findings
    assert all(claim.finding_ids for claim in counts)


def test_every_quote_is_an_exact_slice(brief, workspace):
    quotes = brief.evidence()
    assert len(quotes) >= 6
    verify(brief, workspace[1].__getitem__)


def test_the_words_stay_within_the_limit(brief):
    assert count_words(brief) <= MAX_WORDS


def test_the_strength_of_evidence_is_said_in_words_and_numbers(brief):
    lines = [claim.text for claim in brief.sections[5].claims if claim.kind == "count"]
    assert lines[0].startswith("Strength of evidence: strong. 32 problems, 16 strengths and")


def test_the_limits_stand_in_the_methods_and_the_run_beside_them(brief):
    assert brief.methods[-1].startswith("What it cannot say")
    assert brief.run_id == "r-7"


def test_the_same_input_in_another_order_gives_the_same_brief(framework, brief):
    frames, _ = invented()
    mixed = {name: table.iloc[::-1].reset_index(drop=True) for name, table in frames.items()}
    made = prepare_material(
        mixed, framework, KINDS["seven-minute"], created="2026-01-05", run_id="r-7"
    )
    assert seven_minute(made, subject_of(made, theme=SHARE)) == brief


def test_a_brief_on_a_theme_without_any_finding_is_refused(make):
    message = r"^brief seven-minute-theme-early_help was not written, because no report gives it"
    with pytest.raises(EmptyBriefError, match=message):
        make(theme="early_help")


def test_priorities_without_a_finding_are_left_out_of_several_briefs(make):
    # On domestic abuse one box of two has a quote: a brief would mostly ask and advise.
    assert [path.stem for path in make(kind="summary")] == ["summary-priority-neglect"]


def test_without_strengths_it_says_so(framework):
    brief = lone(framework, [row for row in SENTENCES if row[0] != "strength"])
    assert "No strengths were found in these reports." in brief.cautions[-1]
    assert "What worked" not in [section.heading for section in brief.sections]


def test_one_report_only_is_called_that(framework):
    brief = lone(framework, SENTENCES, reports=1)
    assert brief.cautions[2].startswith("All of this comes from one report.")
    told = next(s for s in brief.sections if s.heading.startswith("How sure we are"))
    assert "a single report" in told.claims[0].text


def test_without_a_reason_or_request_to_quote_there_is_no_box_on_them(framework):
    rows = [row for row in SENTENCES if not row[4] and row[0] != "action"]
    headings = [section.heading for section in lone(framework, rows).sections]
    assert "What came back most" in headings
    assert not {"What lay behind it", "What reports ask for"} & set(headings)


def test_a_priority_brief_has_its_colour_and_questions(material, framework):
    brief = seven_minute(material, subject_of(material, priority="neglect"))
    assert brief.priority == "neglect"
    asked = [claim.text for claim in of_kind(brief, "question")]
    assert set(framework.priority("neglect").questions) & set(asked)


def test_one_report_can_be_the_subject(material):
    brief = seven_minute(material, subject_of(material, report="d-00"))
    assert {one.doc_id for one in brief.evidence()} == {"d-00"}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"theme": "tidiness"}, r"^unknown theme 'tidiness'; choose one of: information_sharing, "),
        ({"priority": "fog"}, r"^unknown priority 'fog'; choose one of: neglect, sexual_harm, "),
        ({"report": "z"}, r"^unknown report 'z'; choose one of: d-00, d-01, "),
    ],
)
def test_unknown_subjects_are_refused_with_the_names(names, message, material):
    with pytest.raises(UnknownNameError, match=message):
        subject_of(material, **names)


def test_a_group_is_told_what_it_means_for_them(material, framework):
    from lif_nlp.briefs import audience_of

    police = audience_of(framework, "police")
    brief = seven_minute(material, subject_of(material, theme=SHARE), police)
    told = brief.sections[0].claims[-1].text
    # It names no side, since the page may quote none of it.
    assert told == "For police: four reports speak of your work."
    assert brief.audience == "police"
    assert any("police" in one.quote.casefold() for one in brief.evidence())


def test_managers_get_questions_about_the_system(material, framework):
    from lif_nlp.briefs import audience_of

    managers = audience_of(framework, "managers")
    brief = seven_minute(material, subject_of(material, theme=SHARE), managers)
    asked = [claim.text for claim in of_kind(brief, "question")]
    assert asked[0] == "How often is it so here on days when nothing goes wrong?"


def test_an_unknown_audience_is_refused(framework):
    from lif_nlp.briefs import audience_of

    with pytest.raises(UnknownNameError, match=r"^unknown audience 'cats'; choose one of: front"):
        audience_of(framework, "cats")


def test_abbreviations_in_quotes_are_spelt_out_behind_the_source(framework):
    row = list(SENTENCES[1])
    row[6] = "GPs send a short summary to the MASH on the same day when they are asked."
    brief = lone(framework, [tuple(row), *SENTENCES[5:]])
    spelt = [one.spelt_out for claim in of_kind(brief, "quote") for one in claim.evidence]
    # Everybody says "GP".
    assert "MASH: multi-agency safeguarding hub" in spelt
    assert not any("MASH" in line for line in brief.methods)


def test_what_names_the_readers_service_comes_first_and_else_its_signs_and_steps_do(
    material, framework
):
    from lif_nlp.briefs import audience_of

    agencies = material.findings.set_index("finding_id")["agencies"]
    police = audience_of(framework, "police")
    brief = seven_minute(material, subject_of(material, theme="information_sharing"), police)
    lines = next(part for part in brief.sections if part.heading == "What came back most").claims
    first = next(claim for claim in lines if claim.kind == "quote")
    assert "police" in agencies[first.evidence[0].finding_id]
    assert lines[lines.index(first) - 1].text == "Where reports name your service:"
    gp = audience_of(framework, "gp")
    page = seven_minute(material, subject_of(material, priority="domestic_abuse"), gp)
    assert [part.heading for part in page.sections] == [
        "What it is, and why it matters",
        "What every service reads: what came back most",
        "What to do, and questions to ask",
    ]
    assert any(line.text.startswith("Signs that ") for line in page.sections[0].claims)
    assert not page.charts and "gp" not in str(page.evidence())


def test_the_figure_shows_the_themes_that_the_page_tells_of(framework):
    other = ("problem", ["recording"], ["neglect"], [], False, [], "Records of visits are late.")
    frames, _ = invented([*SENTENCES, other, other, other])
    made = prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")
    subject = subject_of(made, priority="neglect")
    everything = {row[0] for row in balance_of_themes(made, subject).rows}
    told = {row[0] for row in balance_of_themes(made, subject, [SHARE, VOICE]).rows}
    assert told == {"Information sharing", "Voice of the child"}
    assert told < everything
    # What outweighs them all is not left out.
    frames, _ = invented([*SENTENCES, *20 * [other]])
    made = prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")
    subject = subject_of(made, priority="neglect")
    assert {row[0] for row in balance_of_themes(made, subject, [SHARE, VOICE]).rows} > told
    # One bar compares nothing.
    everything = {row[0] for row in balance_of_themes(made, subject).rows}
    assert {row[0] for row in balance_of_themes(made, subject, [VOICE]).rows} == everything
