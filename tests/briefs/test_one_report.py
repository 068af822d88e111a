"""A brief on one report, whatever the report lacks: never an error, a person or a false line."""

from dataclasses import replace

import pytest

from lif_nlp.briefs import KINDS, subject_of
from lif_nlp.briefs.audiences import EVERYONE, audience_of
from lif_nlp.briefs.kinds.one_report import MUST, assemble_report, report_parts
from lif_nlp.briefs.sections import (
    event_of_child,
    report_learning,
    report_requests,
    report_sources,
    report_words,
    what_happened,
)
from lif_nlp.briefs.sections.after_inspection import after_inspection
from lif_nlp.briefs.sections.assemble import care_note
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.writers.branding import cite
from lif_nlp.errors import ConfidentialReportError, NothingForReadersError
from lif_nlp.records import Claim, Evidence, Section
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import SENTENCES, invented

HEADINGS = {"action": "Recommendations", "strength": "Good practice", "problem": "Lessons"}
LETTER = [
    ("problem", "What needs to improve?",
     "The way Kayleigh Hart of Fulmar House was moved at night by her social worker Dean"),
    ("problem", "What needs to improve?", "The quality of written plans for children in need."),
    ("problem", "Headline findings",
     "Leaders told Mrs Hart that her son Jayden, aged 7, would wait."),
    ("problem", "Headline findings", "Children wait too long for a first visit after a referral."),
]  # fmt: skip


def material_of(framework, sentences, review_type, headings):
    """The material of one invented report of these sentences, under these headings."""
    frames, _ = invented(sentences, reports=1)
    findings = frames["findings"].assign(heading=list(headings))
    documents = frames["documents"].assign(review_type=review_type, title="A review")
    frames |= {"findings": findings, "documents": documents}
    kind = KINDS["seven-minute"]
    material = prepare_material(frames, framework, kind, created="2026-01-05")
    return replace(material, text_of=lambda _: "no grades")


def letter(framework, rows=LETTER):
    """The material of an inspection's letter with these (role, heading, words)."""
    sentences = [(role, [], [], [], False, [], words) for role, _, words in rows]
    return material_of(framework, sentences, "ilacs", [heading for _, heading, _ in rows])


@pytest.mark.parametrize("role", ["action", "strength", "problem", "context"])
def test_a_report_that_lacks_a_role_has_every_kind_of_brief(framework, role):
    kept = [row for row in SENTENCES if row[0] != role]
    headings = [HEADINGS.get(row[0], "The family") for row in kept]
    material = material_of(framework, kept, "cspr", headings)
    subject = subject_of(material, report="d-00")
    # Every kind on one report is made of the same parts.
    for kind in ("seven-minute", "summary", "wheel", "session"):
        assert KINDS[kind].compose(material, subject, EVERYONE).sections


def test_what_must_improve_and_what_was_decided_name_nobody(framework):
    material = letter(framework)
    brief = KINDS["seven-minute"].compose(material, subject_of(material, report="d-00"), EVERYONE)
    quoted = [one.quote for one in brief.evidence()]
    assert LETTER[1][2] in quoted and LETTER[3][2] in quoted
    assert not {LETTER[0][2], LETTER[2][2]} & set(quoted)


def test_what_was_done_since_has_a_box_and_asks_for_nothing(framework):
    done = "Every school now has a named lead for children who are educated at home."
    rows = [
        ("action", "What we ask > What has changed", done),
        ("action", "What we ask > What has changed", "Clinics to send each letter to the school."),
        (
            "action",
            "What we ask > Recommendations",
            "The Board should publish a guide for schools.",
        ),
        ("problem", "Findings", "Plans for children were closed before anyone had seen the child."),
    ]
    sentences = [(role, [], [], [], False, [], words) for role, _, words in rows]
    material = material_of(framework, sentences, "cspr", [heading for _, heading, _ in rows])
    parts = report_parts(material, subject_of(material, report="d-00"), EVERYONE)
    assert [claim.evidence[0].quote for claim in parts.changed] == [done]
    assert [claim.evidence[0].quote for claim in parts.requests if claim.evidence] == [rows[2][2]]


def test_a_box_that_forgets_the_guard_is_asked_by_the_brief(framework):
    material = letter(framework)
    subject = subject_of(material, report="d-00")
    parts = report_parts(material, subject, EVERYONE)
    named = subject.rows[subject.rows["text"].eq(LETTER[2][2])].iloc[0]
    lines = [parts.quoter.quote(named), *parts.decided]
    brief = assemble_report(("summary", "Summary"), parts, EVERYONE, [("In short", lines)])
    assert [one.quote for one in brief.evidence()] == [LETTER[3][2]]
    assert any("could identify someone" in line for line in brief.methods)


def test_a_list_little_longer_than_its_box_is_printed_whole(framework):
    rows = [("problem", "What needs to improve?", f"The {what} of plans for children in need.")
            for what in ("quality", "speed", "reach", "range")]  # fmt: skip
    material = letter(framework, rows)
    quoter = Quoter(material, subject_of(material, report="d-00"))
    lines = [report_requests.to_improve(quoter, shown) for shown in (1, 2, 3, 4)]
    assert [len(one) for one in lines] == [2, 4, 4, 4]
    assert lines[0][-1].text == "Three more stand on page 1 of the letter."


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("12 weeks", ", within 12 weeks"),
        ("Six months from publication", ", within six months from publication"),
        ("In 3 months", ", in 3 months"),
        ("from April 2024", ", from April 2024"),
        ("By March 2024", ", by March 2024"),
        ("Spring term 2024", ", by spring term 2024"),
        ("31 March 2024", ", by 31 March 2024"),
        ("2022-12/2025-06", ", by June 2025"),
        ("TBC 2024", ""),
        ("in place since May", ""),
    ],
)
def test_the_date_of_a_request_is_english(due, words):
    assert report_requests._due_in_words(due) == words


@pytest.mark.parametrize(
    ("end", "due", "told"),
    [
        ("reach school nurses soon", "2024-03", ["By when: March 2024."]),
        ("are read at the third contact within twelve months", "within twelve months", []),
    ],
)
def test_the_date_is_told_where_the_words_name_the_owner(framework, end, due, told):
    asked = f"The partnership should agree how discharge letters {end}."
    rows = [("action", [], [], [], False, [], asked)]
    material = material_of(framework, rows, "cspr", ["Recommendations"])
    table = material.recommendations.assign(owner="The partnership", due=due)
    material = replace(material, recommendations=table)
    quoter = Quoter(material, subject_of(material, report="d-00"))
    lines = report_requests.recommendations(quoter, 2)
    assert [line.text for line in lines] == ["", *told]


@pytest.mark.parametrize(
    ("words", "event", "band"),
    [
        ("The boy was close to his grandmother, who died in 2019.", "", ""),
        ("The boy was four when his father died.", "", None),
        ("The boy, who had been in care since he was four, died in hospital.", "died", ""),
        ("The baby died when his mother was 17.", "died", ""),
        ("The girl was born with a brain condition and needed care.", "", ""),
        ("The girl was not sexually abused, the court found.", "", ""),
        ("Sam was worried that his brother had been stabbed.", "", ""),
        ("The child was known to have a burning interest in trains.", "", ""),
        ("The child had shot up in height.", "", ""),
        ("The girl was the eldest in a fractured family.", "", ""),
        ("The girl was said to be at risk of being raped.", "", ""),
        ("The young person took a car and killed a pedestrian.", "", ""),
        ("Sam was nearly stabbed at school.", "", ""),
        ("Sam sustained life-threatening injuries.", "was seriously injured", ""),
        ("The girl lived with her mother. She died in May.", "", ""),
        ("The boy was found with a two days old bruise.", "", ""),
        ("The young person was 16 when he was stabbed.",
         "was seriously hurt with a weapon", "16 to 17"),
        ("The girl was aged 12 when she was killed by her father.", "died", "10 to 15"),
        ("Sam was admitted to hospital with three healing fractures.",
         "was seriously injured", ""),
        ("This review concerns a boy who will be called Sam and who died aged 14.", "died", None),
        ("Sam (not his name) was stabbed in a stairwell.",
         "was seriously hurt with a weapon", ""),
        ("Baby K was brought to the Emergency Department. A scan showed two rib fractures.",
         "was seriously injured", None),
        ("Baby K was brought to the Emergency Department. Her sister had broken ribs.", "", None),
        ("This review concerns Sam, whose mother died.", "", ""),
        ("The review of other child deaths found a risk of the death of a child.", "", ""),
        ("The child was removed from the child protection plan in May.", "", None),
        ("Sam was removed from the school roll.", "", None),
        ("Sam was removed from home.", "was taken into care", None),
        ("The baby spent four weeks in neonatal intensive care.", "", None),
        ("Sam survived on crisps and toast.", "", None),
        ("Sam was convicted of sexual offences against the younger girl.", "", None),
        ("The girl lived in a flat. He was convicted of sexual offences against her.",
         "was sexually harmed", None),
        ("Mother had known the death of a baby in 2012.", "", None),
        ("Where abuse is suspected in the death of a child, there is a review.", "", None),
    ],
)  # fmt: skip
def test_the_event_and_the_age_are_the_child_s_own(words, event, band):
    sentences = [f"{part}." for part in words.removesuffix(".").split(". ")]
    about = event_of_child.about_child(sentences, ["Sam"])
    assert event_of_child.event_of_child(sentences, about, ["Sam"])[0] == event
    assert band is None or what_happened._band(about) == band


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("She took her own life after years of controlling behaviour.",
         "An adult in the family died."),
        ("She was killed at home by her husband.", "A parent was killed by a partner."),
        ("He was convicted of her murder.", "Somebody in the family was killed."),
        ("Years of abuse were inflicted on her by her husband.", "An adult in the family died."),
        ("She died of wounds inflicted by her husband.", "A parent was killed by a partner."),
        ("She feared that she would be killed by her husband.", "An adult in the family died."),
        ("She was strangled in 2016 and took her own life.", "An adult in the family died."),
        ("He was charged with attempted murder.", "An adult in the family died."),
    ],
)  # fmt: skip
def test_a_domestic_abuse_review_tells_a_killing_only_where_the_report_does(words, line):
    assert what_happened._homicide([words]) == line


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["Ivy is twelve and Noel is eight.", "They were often hungry."],
         "Children lived with neglect."),
        (["The child was found dead at home in May."],
         "A child died. The child lived with neglect."),
        (["The girl died in May, six weeks after her eighteenth birthday."],
         "A young person died. The young person lived with neglect."),
    ],
)  # fmt: skip
def test_what_a_review_is_about_is_told_as_what_befell_the_child(words, line, framework):
    rows = [("context", [], [], [], False, [], text) for text in words]
    material = material_of(framework, rows, "cspr", ["What happened"] * len(rows))
    subject = subject_of(material, report="d-00")
    told = what_happened.what_happened(material, subject, subject.rows, "lived with neglect")
    assert told == line


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["The girl lived in a flat.", "Her uncle was convicted of rape."],
         "A child was sexually harmed."),
        (["The girl was found dead at home.", "Her uncle was convicted in May."], "A child died."),
        (["The girl lived in a flat.", "Her uncle was convicted of theft in 2012."],
         "A child suffered sexual harm, or may have done."),
        (["The girl lived in a flat.", "Nobody was convicted."],
         "A child suffered sexual harm, or may have done."),
    ],
)  # fmt: skip
def test_sexual_harm_is_told_as_proved_by_no_other_conviction(words, line, framework):
    rows = [("context", [], [], [], False, [], text) for text in words]
    material = material_of(framework, rows, "cspr", ["What happened"] * len(rows))
    subject = subject_of(material, report="d-00")
    befell = framework.priority("sexual_harm").befell
    told = what_happened.what_happened(material, subject, subject.rows, befell)
    assert told.startswith(line)


def test_advice_after_an_inspection_is_on_what_the_letter_says_must_improve(framework):
    rows = [
        ("problem", [theme], [], [], False, [], f"{words} at the front door.")
        for theme, words in (
            ("recording", "Records are late"), ("recording", "Records say little"),
            ("recording", "Records are long"),
            ("early_help", "Help ends early"), ("early_help", "Help comes late"),
            ("transitions_and_moves", "Moves are sudden"),
        )
    ]  # fmt: skip
    material = material_of(framework, rows, "jtai", ["What needs to improve?"] * len(rows))
    subject = subject_of(material, report="d-00")
    told = [claim.text for claim in after_inspection(material, subject.rows, [], EVERYONE)]
    recording, early_help = framework.theme("recording"), framework.theme("early_help")
    assert told[:3] == [
        f"Stop: {recording.stop}", f"Start: {recording.start}", f"Keep: {recording.keep}"
    ]  # fmt: skip
    assert told[3].startswith(f"{early_help.name}: ") and told[4].startswith("Moves")
    nothing = after_inspection(material, subject.rows.iloc[:0], [], EVERYONE)
    assert "inspectors" in nothing[0].text


def test_requests_that_are_left_out_are_counted_and_old_dates_are_told(framework):
    asked = [
        f"The {body} should agree by March 2024 how letters reach school nurses."
        for body in ("partnership", "hospital", "council")
    ]
    rows = [("action", [], [], [], False, [], words) for words in asked]
    material = material_of(framework, rows, "cspr", ["Recommendations"] * 3)
    quoter = Quoter(material, subject_of(material, report="d-00"))
    year = material.published("d-00")[:4]
    assert [line.text for line in report_requests.recommendations(quoter, 1)][-2:] == [
        "Two more stand in the report.",
        f"Dates are the report’s own, of {year}: ask what was done.",
    ]


def test_a_version_for_a_service_that_nothing_is_about_is_refused(framework):
    material = letter(framework)
    subject = subject_of(material, report="d-00")
    with pytest.raises(NothingForReadersError, match="for police was not written"):
        KINDS["summary"].compose(material, subject, audience_of(framework, "police"))
    assert KINDS["summary"].compose(material, subject, audience_of(framework, "board")).sections


def test_quotes_in_a_row_from_one_page_say_so_once(framework):
    rows = [("problem", "What needs to improve?", f"The {what} of plans for children in need.")
            for what in ("quality", "speed")]  # fmt: skip
    material = letter(framework, rows)
    material = replace(material, findings=material.findings.assign(paragraph=""))
    brief = KINDS["summary"].compose(material, subject_of(material, report="d-00"), EVERYONE)
    told = [[cite(one) for c in s.claims for one in c.evidence]
            for s in brief.sections if s.heading == "What the report asks for"]  # fmt: skip
    assert told == [["", "This report, page 1"]]
    # The fullest text of a brief still says where each stands.
    assert {one.page for one in brief.evidence()} == {1}


@pytest.mark.parametrize(
    ("places", "sources"),
    [({}, ["", ""]), ({"f1": "Under “A”"}, ["Elsewhere in this report", "Under “A”"])],
)
def test_a_quote_without_page_and_heading_has_no_empty_source(places, sources):
    quotes = [
        Claim(
            "quote",
            "",
            evidence=(Evidence(f"f{at}", "d", 0, 4, "Text", "A review", 1, has_pages=False),),
        )
        for at in range(2)
    ]
    section = report_sources.cited_briefly(
        places, has_pages=False, section=Section("Learnt", tuple(quotes))
    )
    assert [cite(one) for claim in section.claims for one in claim.evidence] == sources


def test_the_session_on_a_letter_names_what_is_there(framework):
    material = letter(framework)
    brief = KINDS["session"].compose(material, subject_of(material, report="d-00"), EVERYONE)
    headings = [part.heading for part in brief.sections]
    hour = " ".join(claim.text for claim in brief.sections[0].claims)
    assert "What the inspectors decided (5 minutes)" in hour and "reports say" not in hour
    assert "What the inspectors decided" in headings and MUST in headings
    assert brief.cautions[0] == care_note(material)


def test_who_leads_reads_the_story_first_and_only_the_facilitator_is_told(framework):
    words = "Dr Vale saw Jayden on 4 March and sent him home with his mother Kayleigh."
    rows = [("context", [], [], [], False, [], words)]
    material = material_of(framework, rows, "cspr", ["What happened"])
    subject = subject_of(material, report="d-00")
    brief = KINDS["session"].compose(material, subject, EVERYONE)
    telling = [s for s in brief.sections if any("two sentences" in c.text for c in s.claims)]
    assert [(part.heading, part.for_leader) for part in telling] == [("Before the day", True)]


def test_an_agency_s_own_review_of_its_work_is_never_quoted(framework):
    material = letter(framework)
    reports = material.reports.assign(title="Individual Management Review of the health service",
                                      review_type="cspr")  # fmt: skip
    material = replace(material, reports=reports)
    subject = subject_of(material, report="d-00")
    for kind in ("seven-minute", "summary", "wheel", "session"):
        with pytest.raises(ConfidentialReportError, match="in confidence"):
            KINDS[kind].compose(material, subject, EVERYONE)


def test_a_reason_does_not_tell_what_was_quoted_before():
    told = ["Vacancies in school nursing stood at five out of twelve."]
    again = "School nursing: five vacancies meant that plans for children were never reached."
    assert report_learning._tells_again(again, told)
    assert not report_learning._tells_again("Plans for children came late.", told)


def test_what_is_asked_of_the_readers_is_on_their_page_and_each_request_has_its_own_who(framework):
    asked = [
        "The partnership should agree how letters reach families in good time.",
        "The partnership should tell families who will ring them and when.",
        "No pupil should be moved to part-time hours before a call to the worker.",
    ]
    rows = [("action", [], [], [], False, [], words) for words in asked]
    material = material_of(framework, rows, "cspr", ["Recommendations"] * 3)
    owners = ["Head of commissioning", "", ""]
    table = material.recommendations.assign(owner=owners[: len(material.recommendations)])
    material = replace(material, recommendations=table)
    quoter = Quoter(material, subject_of(material, report="d-00"), "education")
    lines = report_requests.recommendations(quoter, 2)
    assert asked[2] in [one.quote for line in lines for one in line.evidence]
    who = [line.text for line in lines if line.text.startswith("Who")]
    assert who == ["Who: Head of commissioning.", "Who: The partnership."]
    again = Quoter(material, subject_of(material, report="d-00"), "education")
    few = report_requests.recommendations(again, 1)
    assert [one.quote for line in few for one in line.evidence] == [asked[2]]


def test_a_thing_that_only_readers_of_the_report_have_met_is_no_learning():
    for words in ("The domestic abuse file had been closed early.", "One has never been found."):
        assert report_words.OF_THE_CASE.search(words)
    assert not report_words.OF_THE_CASE.search("Letters reach school nurses late.")
