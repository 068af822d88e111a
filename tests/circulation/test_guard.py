import time

import pytest

from lif_nlp.circulation import KnownWords, identifying_kinds, may_circulate


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Siân was not seen alone.", "name"),
        ("O'Shea refused entry to the worker.", "name"),
        ("GP Raman wrote a letter.", "name"),
        ("The father, Roger Hartley, was seen by police.", "name"),
        ("Roger Hart said that plans were not shared.", "name"),
        ("Staff thought that Marie Collins was unwell.", "name"),
        ("Plans for Georgia were late.", "name"),
        ("The Preston family was not seen.", "name"),
        ("Johnson's report was late.", "name"),
        ("Wilson's case was closed by the team.", "name"),
        ("Staff said that Morrison wrote to the school.", "name"),
        ("He was known as “ice man” to staff.", "name"),
        ("NOBODY SPOKE TO BRONAGH ALONE.", "name"),
        ("hv saw tegan at home, all well.", "name"),
        ("Амелия was not seen alone.", "name"),
        ("Hope had been told to keep quiet.", "name"),
        ("Nurse May rang the school.", "name"),
        ("M.B. did not come to the group.", "initials"),
        ("The NHS number 943 476 5919 was wrong.", "number"),
        ("Staff rang +44 7700 900123 twice.", "number"),
        ("She was seen on 3 May.", "date"),
        ("They lived in AB12 3CD.", "postcode"),
        ("Letters went to someone@example.org.", "contact"),
        ("Pupils from Kingfisher House were not seen.", "place"),
        ("He was the fifth of eight children.", "siblings"),
        ("The girl of fourteen was not seen.", "age"),
        ("The father repaired church organs.", "trade"),
        ("When Field was told about it, nothing happened.", "name"),
        ("Long, the children’s uncle, met them at the gate.", "name"),
        ("Lead: Hughes (CSC)", "name"),
        ("Wilson was told on the same day.", "name"),
        ("JW's mother said that she was tired.", "initials"),
        ("spoke w mum (Donna) re missed appts", "name"),
        ("“Smurf” was the older boy with the money.", "name"),
        ("LADO Friend advised the school.", "name"),
        ("The siblings had been raised on a yacht.", "trade"),
        ("The only male health visitor had left.", "nickname"),
        ("There were seven children, six of them girls.", "siblings"),
        ("Her uncle was her foster carer's husband.", "relation"),
        ("Everyone called the man “Uncle”.", "name"),
        ("the iro (sue) said no", "name"),
        ("told kim that a referral would go in", "name"),
        ("Kit (9) ate at school.", "name"),
        ("They lived in the lodge of the old asylum.", "place"),
        ("The mother was the clinic's receptionist.", "relation"),
        ("Aged just seventeen months, he had moved nine times.", "age"),
        ("His porphyria was not known to staff.", "rare condition"),
        ("HANDOVER FROM NIGHT STAFF RE FAITH.", "name"),
        ("VIEWS OF ZOË: NONE RECORDED.", "name"),
        ("April carried the toddler out of the flat.", "name"),
        ("Notes from the club speak of “Sparky” all through.", "name"),
        ("Everyone knew him as 'gravy'.", "name"),
        ("A twelve-year-old had been left to look after the baby.", "age"),
    ],
)
def test_what_points_to_somebody_is_named(text, kind):
    assert kind in identifying_kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Grace and patience were shown to parents.",
        "Will this plan make the child safer by next month?",
        "Mark each entry with the date and time.",
        "In 2019 and 2020, 31 of the 52 audits (60%) were good.",
        "Children’s Services and the police met under section 47.",
        "The Fraser guidelines were followed by the clinic.",
        "SW1 handed over to SW2 without a joint visit.",
        "Families in Devon and Cornwall speak Polish and Urdu.",
        "Clare’s Law was not used.",
        "NO ONE SPOKE TO THE CHILD.",
        "Wilson et al. (2012) and Munro’s review say the same.",
        "The Family Justice Board and the Fire and Rescue Service were told.",
        "The Children in Care Council (CiCC) and the NCSCB met the DfE.",
        "Patience is needed when a child does not speak.",
        "At 31 March 2014, 479 children were on a plan.",
        "Homeless 16- and 17-year-olds are placed safely.",
        "Of 30 files, 12 had a chronology.",
        "Children aged 5 to 11 were seen alone.",
        "Assessments are child focused and mitigate risks arising from ethnicity.",
        "The nursery nurse was dismayed by the wait for a reply to her letter.",
        "The review was completed on 12 June 2023.",
        "Section 175/157 safeguarding audits 2023-24 are returned by schools.",
        "Heads of service: a joint assessment within a day, by 1 November 2025.",
        "A conversation with his former partner would have been enough.",
        "This was the first of two missed opportunities.",
        "The post-mortem and the co-ordinator’s note were late.",
        "The child was not seen alone, and accountability was unclear.",
        "Article 3 of the UNCRC speaks of best interests.",
        "Amber and Ruby are the colours of the new chart.",
        "Bowlby, Ainsworth and Winnicott are named in the reading list.",
        "A Consultant Psychiatrist should see the parents.",
        "Child C said that MC's partner had hit her.",
        "Fewer than half of the plans named a date.",
        "Practice drew on Roger Hart and on Graham Allen's review.",
        "Families in Lincoln and Preston waited longer.",
        "Thompson (2015) says that plans drift.",
        "The Fraser case set the test, and Munro wrote about it.",
        "The foster carer kept a diary.",
        "May saw the first of the training days.",
        "The question is whether a fourteen-year-old could say no to an older partner.",
        "A midwife told us that she prints each form before the bell.",
        "The meeting was held on 3 May.",
    ],
)
def test_what_names_nobody_may_circulate(text):
    assert identifying_kinds(text) == ()


def test_a_long_text_is_read_in_the_time_that_its_length_asks():
    begin = time.process_time()
    identifying_kinds("Ask whether a five-year-old can tell. " * 200 + "She could.")
    assert time.process_time() - begin < 2


def test_a_detail_after_a_line_break_is_seen():
    assert identifying_kinds("Notes were late.\nA ten-year-old was left with a baby.") == ("age",)


def test_words_of_a_framework_may_be_capitalised():
    assert not may_circulate("Letters went to Xandria Partners.")
    assert may_circulate("Letters went to Xandria Partners.", {"Xandria"})


def test_a_partnerships_own_names_are_kept_in_in_any_case():
    known = KnownWords(["Ash", "Lane"], own_names=["Ash Lane"])
    assert may_circulate("Agencies should agree how the lane is kept safe.", known)
    assert identifying_kinds("staff met at ash lane.", known) == ("name",)
    assert not may_circulate("Staff met at ASH  LANE.", known | {"Staff"})


def test_a_name_beside_a_law_or_a_national_body_is_still_a_name():
    assert may_circulate("The Childcare Act 2006 and the National Deaf Society were named.")
    assert not may_circulate("We rang the National Deaf Society and Mia.")
    assert not may_circulate("The worker rang the British Sarah Jones.")
    assert not may_circulate("Kian and the Childcare Act 2006 were named.")
