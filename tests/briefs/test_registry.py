"""A partnership's own kinds of brief and formats, offered by a package of its own."""

import pytest

from lif_nlp.briefs import FORMATS, KINDS, brief_kinds, brief_writers
from lif_nlp.briefs.registry import KINDS_GROUP, WRITERS_GROUP
from lif_nlp.errors import ConfigError
from tests.briefs.conftest import SHARE

POSTCARD = """
from lif_nlp.briefs import Kind, Quoter, assemble, boxes

def postcard(material, subject, audience):
    quoter = Quoter(material, subject, audience.group)
    lines = boxes.strengths(subject, quoter, 1)
    return assemble(("postcard", "Postcard"), quoter, audience, [("What works", lines)])

POSTCARD = Kind("postcard", "Postcard", postcard)
"""
PLAIN = """
def as_text(brief, branding):
    return f"{brief.title} ({branding.partnership})".encode()
"""


def test_without_plugins_there_are_our_own_kinds_and_formats():
    assert dict(brief_kinds()) == dict(KINDS)
    assert dict(brief_writers()) == dict(FORMATS)


def test_a_kind_of_an_installed_package_is_written_like_our_own(install_package, make):
    install_package("our_postcard", {"postcard": "our_postcard:POSTCARD"}, KINDS_GROUP, POSTCARD)
    assert list(brief_kinds()) == [*KINDS, "postcard"]
    [path] = make(kind="postcard", theme=SHARE, formats=("md",))
    lines = path.read_text("utf-8").splitlines()
    assert path.name == f"postcard-theme-{SHARE}.md"
    assert lines[0] == "# Postcard: Information sharing"
    assert any(line.startswith("> “") for line in lines)


def test_a_writer_of_an_installed_package_is_a_format(install_package, make, framework):
    install_package("our_text", {"txt": "our_text:as_text"}, WRITERS_GROUP, PLAIN)
    [path] = make(theme=SHARE, formats=("txt",))
    assert path.suffix == ".txt"
    assert path.read_text("utf-8") == (
        "Seven-minute briefing: Information sharing (Your partnership)"
    )


def test_an_id_of_our_own_cannot_be_taken(install_package):
    install_package("our_postcard", {"summary": "our_postcard:POSTCARD"}, KINDS_GROUP, POSTCARD)
    with pytest.raises(ConfigError, match=r"offers 'summary' in .*, which is one of lif_nlp's own"):
        brief_kinds()


@pytest.mark.parametrize(
    ("offers", "message"),
    [
        ({"card": "our_postcard:POSTCARD"}, r"the plugin 'card' in lif_nlp\.brief_kinds is not a"),
        ({"postcard": "our_postcard:postcard"}, r"'postcard' in .* is not a lif_nlp\.briefs\.Kind"),
    ],
)
def test_an_offer_of_another_id_or_type_is_refused(install_package, offers, message):
    install_package("our_postcard", offers, KINDS_GROUP, POSTCARD)
    with pytest.raises(ConfigError, match=message):
        brief_kinds()
