"""Advice, scenarios, the session and questions for briefs: what is shipped, and what is checked."""

import re
from copy import deepcopy

import pytest

from lif_nlp.briefs import audience_of
from lif_nlp.briefs.readability import school_grade
from lif_nlp.framework import load_framework
from lif_nlp.framework.brief_texts import ACTS, COMPARISONS, ROLES
from lif_nlp.framework.check import find_faults
from lif_nlp.framework.load import DEFAULT
from tests.framework.test_check import SOUND

FRAMEWORK = load_framework()
PRIORITIES = [priority.id for priority in FRAMEWORK.priorities]
MAX_AGE = 13

JUDGING = re.compile(
    r"\b(?:should|could|ought to) have \w+(?:ed|en|wn)\b|\bfail\w*|\bmissed (?:chance|opportun)\w*|"
    r"\bignored\b|\boverlooked\b|\blet (?:him|her|them) down\b|\bhindsight\b|\bnobody noticed\b|"
    r"\bwarning signs?\b|\binadequate\b|\bpreventable\b|\bneglected to\b",
    re.IGNORECASE,
)


def lines_of(advice):
    return [
        advice.stop, advice.start, advice.keep, *advice.also, *advice.questions, *advice.signs
    ]  # fmt: skip


def reading_age(texts):
    return school_grade(" ".join(t if t[-1] in ".?!" else f"{t}." for t in texts)) + 5


# ---- What is shipped -----------------------------------------------------------------------------


def test_every_agency_has_advice_on_every_priority_and_in_general():
    for agency in FRAMEWORK.agencies:
        assert FRAMEWORK.audience_group(agency.id), agency.id
    for group in FRAMEWORK.audiences:
        assert {one.priority for one in group.advice} == {"general", *PRIORITIES}, group.id


def test_services_are_at_least_eleven_beside_the_four_roles():
    roles = {group.id for group in FRAMEWORK.audiences if group.roles}
    assert roles == {"frontline", "managers", "trainers", "board"}
    assert len(FRAMEWORK.audiences) - len(roles) >= 11


def test_no_line_of_advice_is_used_twice():
    lines = [
        line for group in FRAMEWORK.audiences for one in group.advice for line in lines_of(one)
    ]
    assert len(lines) == len({line.casefold() for line in lines})


@pytest.mark.parametrize("group", FRAMEWORK.audiences, ids=lambda group: group.id)
def test_advice_can_be_read_at_thirteen(group):
    for advice in group.advice:
        assert reading_age(lines_of(advice)) <= MAX_AGE, advice.priority


def test_midwives_and_nurseries_meet_no_teenagers():
    for name in ("maternity", "early_years"):
        told = " ".join(
            line for one in FRAMEWORK.audience_group(name).advice for line in lines_of(one)
        )
        assert not re.search(r"teenager|pupil|lesson|our list", told), name


def test_each_priority_has_three_scenarios_by_three_roles_and_ages():
    for priority in [*PRIORITIES, ""]:
        own = FRAMEWORK.scenarios_on(priority)
        assert len(own) == len({one.role for one in own}) == len({one.age for one in own}) == 3
    names = [one.child for one in FRAMEWORK.scenarios]
    assert len(set(names)) == len(names) and all(len(name) > 2 for name in names)


@pytest.mark.parametrize("scenario", FRAMEWORK.scenarios, ids=lambda one: one.id)
def test_a_scenario_is_short_plain_and_says_that_it_is_invented(scenario):
    assert "fictional" in scenario.byline
    assert len(scenario.often_said) >= 3 and len(scenario.helps) >= 3 and scenario.closing
    texts = [text for act in scenario.acts for text in (act.text, act.question)]
    assert reading_age(texts) <= MAX_AGE
    assert reading_age([*scenario.safety, *FRAMEWORK.session.safety]) <= MAX_AGE
    # About a minute and a half to read aloud, at 150 words a minute.
    assert all(len(act.text.split()) <= 110 for act in scenario.acts)


def test_no_advice_or_scenario_finds_fault_or_looks_back():
    texts = [line for g in FRAMEWORK.audiences for one in g.advice for line in lines_of(one)]
    for scenario in FRAMEWORK.scenarios:
        texts += [text for act in scenario.acts for text in (act.text, act.question)]
    found = [text for text in texts if JUDGING.search(text)]
    # The story of the report writer is about one such sentence.
    assert [re.search(r"[^:]*should have[^.]*", text)[0].strip() for text in found] == [
        "the nurse should have referred the mark"
    ]


def test_the_session_takes_an_hour_and_knows_the_hard_moments():
    session = FRAMEWORK.session
    assert session.minutes == 60 == sum(step.minutes for step in session.steps)
    assert {"distress", "anger", "not_here", "knew_the_family"} <= {r.id for r in session.reactions}
    assert len(session.form.items) == len(session.form.levels) == 5
    assert session.materials and session.online and session.handout and session.before_the_day
    assert all(step.online for step in session.steps)


def test_each_kind_of_slide_has_a_note_of_its_own():
    notes = FRAMEWORK.session.notes
    assert len(set(notes.values())) == len(notes) >= 20
    assert {*ACTS, "care", "action_form", "questions"} <= set(notes)


def test_roles_are_audiences_of_briefs():
    assert [audience_of(FRAMEWORK, role).id for role in ROLES] == [*ROLES]


def test_each_comparison_has_a_challenge_that_its_figures_fill():
    assert {one.comparison for one in FRAMEWORK.challenges} == set(COMPARISONS)
    for one in (*FRAMEWORK.challenges, *FRAMEWORK.decisions):
        asked = one.ask(**dict.fromkeys(COMPARISONS[one.comparison], 7))
        assert "{" not in asked and asked[-1] in "?."


def test_small_steps_by_priority_and_in_general():
    assert set(FRAMEWORK.this_week) == {"general", *PRIORITIES}
    assert FRAMEWORK.steps_on("neglect") != FRAMEWORK.steps_on("")
    assert FRAMEWORK.steps_on("poverty") == FRAMEWORK.steps_on("")


# ---- Whom it is for ------------------------------------------------------------------------------


def test_a_service_finds_its_own_group_and_its_own_scenario_first():
    assert FRAMEWORK.audience_group("ambulance").id == "hospital"
    assert FRAMEWORK.audience_group("board").id == "board"
    assert FRAMEWORK.audience_group("library") is None
    assert FRAMEWORK.scenarios_on("neglect", "education")[0].role.startswith("a pastoral lead")


def test_a_theme_has_a_scenario_of_its_own_before_those_of_a_priority_or_in_general():
    themes = {one.theme for one in FRAMEWORK.scenarios} - {""}
    assert len(themes) >= 12 and themes <= {theme.code for theme in FRAMEWORK.themes}
    own = FRAMEWORK.scenarios_on("", "hospital", ["poverty", "voice_of_child", "recording"])
    assert {one.theme for one in own} == {"voice_of_child"} and own[0].audience == "hospital"
    assert FRAMEWORK.scenarios_on("neglect", "", ["poverty"]) == FRAMEWORK.scenarios_on("neglect")
    assert FRAMEWORK.scenarios_on("", "", [""]) == FRAMEWORK.scenarios_on()


def test_roles_read_of_their_own_work():
    words = {"managers": "Supervision Workload Files", "board": "Figures Money Ask"}
    for role, begin in (words | {"frontline": "This If"}).items():
        for advice in FRAMEWORK.audience_group(role).advice:
            assert [line.split()[0].rstrip(":") for line in advice.also] == begin.split(), role


def test_advice_on_an_unknown_priority_is_the_general_one():
    police = FRAMEWORK.audience_group("police")
    assert police.on("neglect").priority == "neglect"
    assert police.on("poverty") == police.on("") == police.on("general")


# ---- Your own ------------------------------------------------------------------------------------


def load(tmp_path, text):
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return load_framework(path)


def test_one_line_of_advice_is_changed(tmp_path):
    ours = load(
        tmp_path,
        'based_on = "nelscp"\n[audiences.gp.advice.neglect]\nstop = "Sending a second letter."\n',
    )
    advice = ours.audience_group("gp").on("neglect")
    assert advice.stop == "Sending a second letter."
    assert advice.start == FRAMEWORK.audience_group("gp").on("neglect").start


def test_what_is_left_out_takes_its_advice_and_scenarios_along(tmp_path):
    ours = load(
        tmp_path, 'based_on = "nelscp"\nleave_out = ["priorities.neglect", "audiences.police"]\n'
    )
    assert all(one.priority != "neglect" for group in ours.audiences for one in group.advice)
    assert {one.audience for one in ours.scenarios} & {"police"} == set()
    assert "neglect" not in {one.priority for one in ours.scenarios} | set(ours.this_week)


def test_a_theme_that_is_left_out_takes_its_scenario_along(tmp_path):
    ours = load(tmp_path, 'based_on = "nelscp"\nleave_out = ["themes.recording"]\n')
    assert "recording" not in {one.theme for one in ours.scenarios}
    assert len(ours.scenarios) == len(FRAMEWORK.scenarios) - 1
    assert "recording" not in {one.theme for one in ours.decisions}


def test_a_step_of_no_minutes_is_left_out(tmp_path):
    text = (
        'based_on = "nelscp"\n[session.steps.background]\nminutes = 0\n'
        "[session.steps.change]\nminutes = 9\n"
    )
    steps = {step.id: step.minutes for step in load(tmp_path, text).session.steps}
    assert "background" not in steps and sum(steps.values()) == 60


def test_a_framework_of_its_own_gets_what_fits_it(tmp_path):
    lines = DEFAULT.read_text(encoding="utf-8")
    lines = lines.replace("[priorities.domestic_abuse", "[priorities.violence_at_home")
    lines = lines.replace('"domestic_abuse"', '"violence_at_home"')
    ours = load(tmp_path, lines)
    advised = {one.priority for group in ours.audiences for one in group.advice}
    assert advised == {"general", "neglect", "sexual_harm"}
    assert ours.scenarios_on("domestic_abuse") == ()
    assert ours.session == FRAMEWORK.session


# ---- Faults --------------------------------------------------------------------------------------

ADVICE = {
    "stop": "Waiting.",
    "start": "Ask.",
    "keep": "Listening.",
    "questions": ["Who knows?"],
    "signs": ["Cold.", "Hungry.", "Tired.", "Alone."],
}
ACT = {"time": "9.00", "text": "You see a child.", "question": "What do you do?"}
TEXTS = SOUND | {
    "audiences": {
        "police": {"name": "Police", "agencies": ["police"], "advice": {"neglect": ADVICE}}
    },
    "scenarios": {
        "day": {
            "title": "A day",
            "priority": "neglect",
            "role": "an officer",
            "audience": "police",
            "child": "Ada",
            "age": "two",
            "acts": {"morning": ACT, "noon": ACT, "five": ACT},
        }
    },
    "session": {
        "minutes": 5,
        "steps": {"start": {"minutes": 5, "name": "Start", "lead": "Begin."}},
        "form": {"items": ["I know."], "levels": ["no", "yes"]},
        "notes": {"title": "Wait.", "care": "Read it."},
    },
    "challenges": {"a": {"comparison": "unheard", "question": "In {silent} of {of}?"}},
    "decisions": {"a": {"comparison": "unheard", "text": "Hear children."}},
    "this_week": {"general": ["Ring someone."]},
}
ADVICE_PLACE = "audiences.police.advice.neglect"


def put(place, value):
    data = deepcopy(TEXTS)
    *path, last = place.split(".")
    table = data
    for key in path:
        table = table[key]
    table[last] = value
    return data


def test_sound_texts_have_no_fault():
    assert find_faults(TEXTS) == []


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (f"{ADVICE_PLACE}.stop", "", f"{ADVICE_PLACE}.stop: empty; write text in quotes"),
        (
            f"{ADVICE_PLACE}.signs",
            ["Cold."],
            f"{ADVICE_PLACE}.signs: 1 given; write 4 to 6 signs",
        ),
        (
            f"{ADVICE_PLACE}.questions",
            ["A?", "B?", "C?"],
            f"{ADVICE_PLACE}.questions: 3 given; write 1 to 2 questions",
        ),
        (
            "audiences.police.advice.neglct",
            ADVICE,
            "audiences.police.advice: there is no 'neglct'; did you mean 'neglect'?",
        ),
        (
            "audiences.police.agencies",
            ["polce"],
            "audiences.police.agencies: there is no 'polce'; did you mean 'police'?",
        ),
        (
            "audiences.police.roles",
            ["manager"],
            "audiences.police.roles: there is no 'manager'; did you mean 'managers'?",
        ),
        (
            "audiences.other",
            {"name": "Other", "agencies": ["police"], "advice": {"general": ADVICE}},
            "audiences.other.agencies: 'police' is also in audiences.police; remove one",
        ),
        (
            "scenarios.day.audience",
            "gp",
            "scenarios.day.audience: there is no 'gp'; choose one of: police",
        ),
        (
            "scenarios.day.theme",
            "recordin",
            "scenarios.day.theme: there is no 'recordin'; did you mean 'recording'?",
        ),
        (
            "scenarios.day.theme",
            "recording",
            'scenarios.day: has a theme and a priority; keep one, and write "" for the other',
        ),
        (
            "scenarios.day.acts",
            {"morning": ACT, "five": ACT},
            "scenarios.day.acts: has morning, five; write morning, noon, five, in this order",
        ),
        (
            "scenarios.day.acts.noon.question",
            "Go on.",
            "scenarios.day.acts.noon.question: is not a question; end it with a question mark",
        ),
        (
            "session.minutes",
            60,
            "session.steps: the minutes add up to 5, not 60; change a step, or session.minutes",
        ),
        (
            "session.steps.start.minutes",
            "5",
            "session.steps.start.minutes: is text; write a whole number, without quotes",
        ),
        (
            "session.steps.start.minutes",
            -5,
            "session.steps.start.minutes: -5; write a number from 0 up",
        ),
        (
            "session.form",
            "x",
            "session.form: is not a table; write [session.form] and its keys below",
        ),
        ("session.form.levels", ["no"], "session.form.levels: 1 given; write at least 2"),
        (
            "session.notes.care",
            "Wait.",
            "session.notes.care: is the same as title; say something else",
        ),
        (
            "challenges.a.comparison",
            "unherd",
            "challenges.a.comparison: there is no 'unherd'; did you mean 'unheard'?",
        ),
        (
            "challenges.a.question",
            "What of {theme}?",
            "challenges.a.question: 'unheard' does not give {theme}; choose one of: of, silent",
        ),
        (
            "decisions.a.text",
            "Hear {silent.",
            "decisions.a.text: a { or } without its pair; write words to fill as {theme}",
        ),
        (
            "this_week.neglet",
            ["Ring."],
            "this_week: there is no 'neglet'; did you mean 'neglect'?",
        ),
        (
            "this_week.general",
            "Ring.",
            "this_week.general: is text; write a list of texts in [ ]",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(place, value, fault):
    assert fault in find_faults(put(place, value))
