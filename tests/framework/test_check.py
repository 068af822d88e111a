"""Each kind of fault gives its own message, with its place and what is allowed."""

from copy import deepcopy

import pytest

from lif_nlp.framework.check import find_faults

SOUND = {
    "name": "Ours",
    "partnership": "Our partnership",
    "priorities": {
        "neglect": {
            "name": "Neglect",
            "definition": "Needs not met.",
            "phrases": ["neglect"],
            "near_misses": ["self-neglect"],
            "questions": ["What is needed?", "What went well?"],
            "colour": "#005ea5",
            "sub_areas": {"teeth": {"name": "Teeth", "phrases": ["toothache"]}},
        }
    },
    "themes": {
        "recording": {
            "name": "Recording",
            "definition": "Notes.",
            "phrases": ["records"],
            "questions": ["Can it be read?", "What went well?"],
            "groups": ["all", "police"],
        }
    },
    "review_types": {"audit": {"name": "Audit", "family": "audit", "aliases": ["audit"]}},
    "agencies": {"police": {"name": "Police", "names": ["police"]}},
    "hindsight": {
        code: {"name": code, "test": "Says so.", "question": "Why?"}
        for code in ("explicit", "counterfactual", "outcome", "blame", "aware")
    },
    "confusions": [{"between": ["neglect", "recording"], "decide": "By what is said."}],
    "requirements": {"R1": {"part": "1", "text": "Learn.", "toolkit": "Count."}},
    "glossary": {"GP": "general practitioner"},
}

PRIORITY_KEYS = (
    "name, definition, phrases, near_misses, sub_areas, problems, good, questions, groups, "
    "colour, why_it_matters, includes, excludes, problem_in_short, stop, start, keep, befell, note"
)


def put(place, value):
    """The sound framework with one value put at a place such as "themes.recording.name"."""
    data = deepcopy(SOUND)
    *path, last = place.split(".")
    table = data
    for key in path:
        table = table[int(key)] if isinstance(table, list) else table[key]
    if value is GONE:
        del table[last]
    else:
        table[last] = value
    return data


GONE = object()


def test_a_sound_framework_has_no_fault():
    assert find_faults(SOUND) == []


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        ("partnership", GONE, "partnership: missing; add it"),
        ("partnership", "", "partnership: empty; write text in quotes"),
        ("themes", GONE, "themes: missing; add it"),
        ("theme", {}, "theme: unknown key; did you mean 'themes'?"),
        (
            "themes",
            ["recording"],
            "themes: is not a table; write [themes.some_id] and its keys below",
        ),
        (
            "themes.extra",
            "text",
            "themes.extra: is not a table; write [themes.extra] and its keys below",
        ),
        (
            "priorities.neglect.zzz",
            "x",
            f"priorities.neglect.zzz: unknown key; choose one of: {PRIORITY_KEYS}",
        ),
        (
            "themes.recording.questons",
            [],
            "themes.recording.questons: unknown key; did you mean 'questions'?",
        ),
        (
            "themes.recording.name",
            7,
            "themes.recording.name: is a number; write text in quotes",
        ),
        (
            "themes.recording.stop",
            [],
            "themes.recording.stop: is a list; write text in quotes",
        ),
        ("themes.recording.name", " ", "themes.recording.name: empty; write text in quotes"),
        ("themes.recording.name", GONE, "themes.recording.name: missing; add it"),
        (
            "themes.recording.phrases",
            "records",
            "themes.recording.phrases: is text; write a list of texts in [ ]",
        ),
        (
            "themes.recording.phrases",
            [],
            "themes.recording.phrases: empty list; write at least one text",
        ),
        (
            "themes.recording.phrases",
            ["records", ""],
            "themes.recording.phrases: entry 2 is empty; write something or remove it",
        ),
        (
            "themes.recording.phrases",
            ["records", "Records"],
            "themes.recording.phrases: entry 2: 'Records' appears twice; remove one",
        ),
        (
            "themes.recording.phrases",
            ["records", 3.5],
            "themes.recording.phrases: entry 2: is a number; write text in quotes",
        ),
        (
            "themes.recording.questions",
            ["Why?"],
            "themes.recording.questions: 1 given; write 2 to 5 questions",
        ),
        (
            "themes.recording.questions",
            ["A?", "B?", "C?", "D?", "E?", "F?"],
            "themes.recording.questions: 6 given; write 2 to 5 questions",
        ),
        (
            "themes.recording.questions",
            ["Why?", "Tell us."],
            "themes.recording.questions: entry 2 is not a question; end it with a question mark",
        ),
        (
            "themes.recording.groups",
            ["polce"],
            "themes.recording.groups: unknown agency 'polce'; did you mean 'police'?",
        ),
        (
            "priorities.neglect.groups",
            ["zoo"],
            "priorities.neglect.groups: unknown agency 'zoo'; choose one of: all, police",
        ),
        (
            "agencies.all",
            {"name": "All", "names": ["everyone"]},
            "agencies.all: 'all' means every agency; choose another ID",
        ),
        (
            "priorities.neglect.colour",
            "blue",
            "priorities.neglect.colour: 'blue'; write # and six digits or letters a-f, "
            "such as '#1f6fb2'",
        ),
        (
            "priorities.neglect.colour",
            "#ffcc00",
            "priorities.neglect.colour: '#ffcc00' is too pale to read on white (contrast 1.5); "
            "choose a darker colour, with at least 4.5",
        ),
        (
            "priorities.neglect.near_misses",
            ["neglect"],
            "priorities.neglect.near_misses: 'neglect' is also a phrase; remove one",
        ),
        (
            "priorities.Harm",
            SOUND["themes"]["recording"],
            "priorities.Harm: 'Harm' is not a valid ID; use lower-case letters, "
            "digits and underscores, starting with a letter",
        ),
        (
            "priorities.harm",
            SOUND["priorities"]["neglect"],
            "priorities.harm.colour: '#005ea5' is also the colour of priorities.neglect; "
            "choose another",
        ),
        (
            "priorities.neglect.sub_areas.teeth.phrases",
            GONE,
            "priorities.neglect.sub_areas.teeth.phrases: missing; add it",
        ),
        (
            "priorities.neglect.sub_areas.my-teeth",
            {"name": "Teeth", "phrases": ["caries"]},
            "priorities.neglect.sub_areas.my-teeth: 'my-teeth' is not a valid ID; use "
            "lower-case letters, digits and underscores, starting with a letter",
        ),
        (
            "themes.neglect",
            SOUND["themes"]["recording"],
            "themes.neglect: the ID is already used for priorities.neglect; choose another",
        ),
        (
            "review_types.audit.statutory",
            "yes",
            "review_types.audit.statutory: is text; write true or false, without quotes",
        ),
        (
            "review_types.dip",
            {"name": "Dip", "family": "audit", "aliases": ["Audit"]},
            "review_types.dip.aliases: 'Audit' is also an alias of review_types.audit; remove one",
        ),
        (
            "hindsight.guess",
            SOUND["hindsight"]["blame"],
            "hindsight.guess: no rule assigns it; choose one of: explicit, counterfactual, "
            "outcome, blame, aware",
        ),
        (
            "hindsight.blame",
            GONE,
            "hindsight.blame: missing; add it, because the rules assign it",
        ),
        (
            "hindsight.blame.questions",
            {"failed_to": ""},
            "hindsight.blame.questions.failed_to: empty; write text in quotes",
        ),
        (
            "hindsight.blame.questions",
            ["Why?"],
            'hindsight.blame.questions: is a list; write a table of lines: name = "text"',
        ),
        (
            "requirements.r1",
            SOUND["requirements"]["R1"],
            "requirements.r1: 'r1' is not a valid ID; use R and a number, such as R48",
        ),
        (
            "confusions",
            {"between": []},
            "confusions: is not a list of tables; write [[confusions]] above each pair",
        ),
        (
            "confusions.0.between",
            ["neglect"],
            "confusions.1.between: 1 IDs; write two",
        ),
        (
            "confusions.0.between",
            ["neglect", "records"],
            "confusions.1.between: unknown theme or priority 'records'; did you mean 'recording'?",
        ),
        ("glossary.GP", 1, "glossary.GP: is a number; write text in quotes"),
        ("prompts", ["Why?", "Why?"], "prompts: entry 2: 'Why?' appears twice; remove one"),
    ],
)
def test_each_fault_is_named_with_its_place_and_what_is_allowed(place, value, fault):
    data = put(place, value) if not place.startswith("confusions.0") else _in_confusion(value)

    assert find_faults(data) == [fault]


def _in_confusion(pair):
    return put("confusions", [{"between": pair, "decide": "By what is said."}])
