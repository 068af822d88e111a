"""What befell the child of a review chooses the advice, by the review's own words."""

from dataclasses import replace

import pandas as pd
import pytest

from lif_nlp.briefs import KINDS, subject_of
from lif_nlp.briefs.audiences import EVERYONE, audience_of
from lif_nlp.briefs.report_cases import added_lines, cases_of
from lif_nlp.briefs.sections import boxes
from lif_nlp.errors import FrameworkError
from lif_nlp.framework.load import load_framework
from lif_nlp.framework.shipped import DEFAULT
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import invented

ILL = [
    "The boy had lived with diabetes for some years.",
    "Insulin was not collected in March.",
    "No one asked what the missed clinics meant for his diabetes.",
    "He was home educated from then on.",
    "The home education adviser saw his work.",
    "Home education was never looked at again.",
    "The plan was shared with the school nurse.",
]


@pytest.fixture
def material(framework):
    frames, _ = invented(reports=1)
    return prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")


def rows_of(texts):
    return pd.DataFrame(
        [{"finding_id": f"f{n}", "text": text, "start": n} for n, text in enumerate(texts)]
    )


def of_priority(material, priority):
    subject = subject_of(material, report="d-00")
    return replace(subject, priority=priority, theme="")


def test_an_illness_goes_before_the_neglect_that_it_came_with(material):
    topic = of_priority(material, "neglect")
    cases = cases_of(material, topic, rows_of(ILL))
    assert cases.first.id == "long_term_illness"
    assert cases.about(topic).stop == cases.first.stop
    assert [line.partition(":")[0] for line in added_lines(cases, EVERYONE, material)] == [
        "Education at home"
    ]


def test_a_child_who_was_sexually_exploited_is_not_told_to_have_sold_drugs(material):
    rows = rows_of(["The girl was sexually exploited."] * 3)
    cases = cases_of(material, of_priority(material, "neglect"), rows)
    assert cases.first.id == "sexual_exploitation" and "drugs" not in cases.first.befell
    assert "exploitation" not in {case.id for case in cases.added}


def test_a_priority_that_a_case_does_not_stand_in_for_stays(material):
    topic = of_priority(material, "domestic_abuse")
    cases = cases_of(material, topic, rows_of(ILL))
    assert cases.first is None and cases.about(topic) is topic
    assert cases.added[0].id == "long_term_illness"


@pytest.mark.parametrize(
    "said",
    [
        "His mother had debts and rent arrears.", "The wrap around care at school ended.",
        "Her boyfriend lived in the flat.", "The meeting was held online.",
        "Online training was offered to staff.", "The report went missing.",
        "A carer cannot move house.", "Staff had suicide prevention training.",
    ],
)  # fmt: skip
def test_no_case_is_told_by_words_that_mean_something_else(material, said):
    cases = cases_of(material, of_priority(material, "neglect"), rows_of([said] * 4))
    told = [case.id for case in (cases.first, *cases.added) if case]
    assert not set(told) & {"exploitation", "sexual_exploitation", "online_harm", "missing",
                            "baby_injury"}  # fmt: skip


def test_one_sentence_alone_tells_of_no_case(material):
    cases = cases_of(material, of_priority(material, ""), rows_of(ILL[:1] + ILL[5:]))
    assert not cases.first and not cases.added


def test_the_knife_of_a_partner_brings_no_advice_on_young_people(material):
    said = ["He held a knife in the kitchen.", "The knife was found.", "A knife was named again."]
    told = {
        priority: [c.id for c in cases_of(material, of_priority(material, priority),
                                          rows_of(said)).added]
        for priority in ("domestic_abuse", "neglect")
    }  # fmt: skip
    assert told == {"domestic_abuse": [], "neglect": ["weapons"]}


def test_a_service_with_work_of_its_own_in_it_reads_its_own_lines(material):
    topic = of_priority(material, "neglect")
    topic = cases_of(material, topic, rows_of(ILL)).about(topic)
    stops = {
        name: boxes.do(material, topic, audience_of(material.framework, name))[0].text
        for name in ("gp", "police", "")
    }
    assert len(set(stops.values())) == 2 and stops["police"] == stops[""]
    signs = [
        line.text for line in boxes.why(material, topic, audience_of(material.framework, "gp"))
    ]
    assert "Inhalers, insulin or epilepsy medicine not collected." in signs


def test_no_step_on_a_theme_speaks_of_its_readers_as_another_service(material):
    theme = subject_of(material, theme="exploitation_and_missing")
    steps = {
        name: " ".join(line.text for line in boxes.do(
            material, theme, audience_of(material.framework, name))[:3])
        for name in ("police", "maternity")
    }  # fmt: skip
    assert "with police" not in steps["police"] and "with police" in steps["maternity"]


def test_each_shipped_case_has_its_lines_and_a_rule_when_it_leads(framework):
    assert len({case.id for case in framework.cases}) == len(framework.cases) > 15
    for case in framework.cases:
        assert case.stop and case.questions[-1].endswith("?")
        assert not {p for p in case.in_place_of if p in case.not_with}
    assert not any(case.is_added and case.in_place_of for case in framework.cases
                   if case.id != "weapons")  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ('cues = ["("]', "correct the regular expression"),
        ('in_place_of = ["neglct"]', "neglect"),
    ],
)
def test_a_fault_in_a_case_is_told_with_its_place(tmp_path, lines, fault):
    ours = tmp_path / "ours.toml"
    ours.write_text(f'based_on = "nelscp"\n[cases.weapons]\n{lines}\n', encoding="utf-8")
    with pytest.raises(FrameworkError, match=r"cases\.weapons") as told:
        load_framework(ours)
    assert fault in str(told.value)


def test_a_framework_without_a_priority_or_service_keeps_the_cases(tmp_path):
    text = DEFAULT.read_text(encoding="utf-8").replace(
        "[priorities.neglect", "[priorities.poor_care"
    )
    ours = tmp_path / "ours.toml"
    ours.write_text(text, encoding="utf-8")
    cases = {case.id: case for case in load_framework(ours).cases}
    assert "neglect" not in cases["exploitation"].in_place_of


def test_advice_on_a_baby_s_bruise_is_for_no_older_child(material):
    topic = of_priority(material, "neglect")
    rows = rows_of(["The bruise was seen.", "A bruise was drawn.", "Two bruises were old."])
    told = [cases_of(material, topic, rows, is_baby=is_baby) for is_baby in (True, False)]
    found = [{case.id for case in (one.first, *one.added) if case} for one in told]
    assert "baby_injury" in found[0] and "baby_injury" not in found[1]
