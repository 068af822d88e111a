"""The local card: what is printed for a subject, and what its checks say."""

import tomllib

import pytest

from lif_nlp.config import load_settings
from lif_nlp.errors import ConfigError
from lif_nlp.framework import load_framework
from lif_nlp.framework.load import DEFAULT
from lif_nlp.local_card import Card, CardLine, card_faults, example_card

FRAMEWORK = load_framework()


@pytest.fixture
def card(tmp_path):
    """The card of a lif.toml with this text."""

    def write(text):
        (tmp_path / "lif.toml").write_text(text, encoding="utf-8")
        return load_settings(tmp_path).card

    return write


def test_the_example_is_a_full_card_without_faults(card):
    example = card(example_card(FRAMEWORK))
    assert card_faults(example, FRAMEWORK) == ()
    assert example.missing() == ()


def test_lines_are_for_the_subject_and_carry_addresses(card):
    text = (
        example_card(FRAMEWORK)
        + """
[[card.tools]]
name = "Risk checklist"
on = ["domestic_abuse"]
"""
    )
    lines = card(text).lines("domestic_abuse")
    assert lines[0] == CardLine("A child is in danger now", "999", "tel:999")
    assert lines[1] == CardLine(
        "Worried about a child (Monday to Friday, 8.30 to 17.00)", "01632 960001", "tel:01632960001"
    )
    assert lines[3].address == "tel:01632960002"
    names = [line.name for line in lines]
    assert "Tool: Risk checklist" in names and "Tool: Assessment tool" not in names
    assert lines[-2].name == "Support for staff after a hard case"
    assert lines[-1].address == "mailto:learning@partnership.example"


def test_a_short_card_has_numbers_and_the_contact_alone(card):
    names = [line.name for line in card(example_card(FRAMEWORK)).lines(is_short=True)]
    assert names[0] == "A child is in danger now" and names[-1] == "Questions about learning"
    assert len(names) == 4


def test_a_date_stands_before_the_address(card):
    [course] = [one for one in card(example_card(FRAMEWORK)).lines() if "Course" in one.name]
    assert course.text == "first Tuesday of each month, https://partnership.example/courses"


def test_without_a_card_nothing_is_printed():
    assert Card().lines("neglect", contact="lead@scp.example") == ()


def test_the_contact_of_the_branding_is_used_when_the_card_has_none(card):
    lines = card('[card]\nfront_door = "01632 960001"\n').lines(contact="Room 4")
    assert lines[-1] == CardLine("Questions about learning", "Room 4", "")


def test_what_is_not_set_is_named(card):
    assert card('[card]\nfront_door = "01632 960001"\n').missing() == (
        "out_of_hours", "procedures", "escalation", "tools", "courses",
    )  # fmt: skip


@pytest.mark.parametrize(
    "number", ["999", "+44 1632 960001", "(01632) 960-001", "01632 960001 ext 12"]
)
def test_numbers_as_people_write_them_are_taken(number):
    assert Card(front_door=number).front_door == number


@pytest.mark.parametrize("contact", ["a.b@scp.example", "https://scp.example/ask", "01632 960001"])
def test_a_contact_may_be_an_email_an_address_or_a_number(contact):
    assert Card(contact=contact).contact == contact


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            'front_door = "ring us"',
            "card.front_door: 'ring us' is not a telephone number; write digits and spaces, such "
            "as '01632 960001' or '01632 960001, option 2'",
        ),
        ('front_door = "12"', "card.front_door: '12' is not a telephone number"),
        ('front_door = "01632 960001 960002 960003"', "is not a telephone number"),
        (
            'procedures = "www.scp.example"',
            "card.procedures: 'www.scp.example' is not a web address; write all of it, such as "
            "'https://example.org/help'",
        ),
        (
            'contact = "me at home"',
            "card.contact: 'me at home' is neither an email address, a web address nor a telephone "
            "number; write one of them",
        ),
        (
            '[[card.tools]]\nname = "A"\n[[card.tools]]\nname = " "',
            "card.tools.2.name: is empty; write the name as printed",
        ),
        ("front_door = 999", "card.front_door: is not text; write it in quotes"),
        (
            '[card.tools]\nname = "A"',
            "card.tools: is not a list; write it in [ ], or tables below [[two.brackets]]",
        ),
        (
            'links = ["x"]',
            "card.links.1: is not a table; write its keys as lines below [[two.brackets]]",
        ),
        ('[[card.links]]\nlink = "https://a.example"', "card.links.1.name: missing; add it"),
        (
            'front_dor = "999"',
            "card.front_dor: there is no such setting; correct the name or remove it",
        ),
    ],
)
def test_a_mistake_is_named_in_one_line(card, text, fault):
    with pytest.raises(ConfigError) as caught:
        card(f"[card]\n{text}\n")
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_card_saved_by_a_windows_editor_is_read(tmp_path):
    (tmp_path / "lif.toml").write_bytes(b'\xef\xbb\xbf[card]\r\nfront_door = "101"\r\n')
    assert load_settings(tmp_path).card.front_door == "101"


def test_a_subject_that_the_framework_lacks_is_named():
    faults = card_faults(Card(tools=({"name": "A", "on": ["neglct"]},)), FRAMEWORK)
    assert faults == (
        "card.tools.1.on: there is no 'neglct' among priorities and themes; "
        "did you mean 'neglect'?",
    )


def test_the_card_of_the_guide_has_no_fault():
    guide = (DEFAULT.parents[1] / "briefs" / "README.md").read_text(encoding="utf-8")
    [text] = [part for part in guide.split("```toml")[1:] if part.lstrip().startswith("[card]")]
    card = Card(**tomllib.loads(text.split("```")[0])["card"])
    assert card_faults(card, FRAMEWORK) == () and card.missing() == ()
