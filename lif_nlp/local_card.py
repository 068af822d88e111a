"""The local card: whom to ring, which tool to use, where the procedures are.

It is the table `[card]` of a workspace's `lif.toml`, and is printed as a box of its own in briefs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from lif_nlp.framework.model import Framework
from lif_nlp.framework.validators import suggest

_PHONE = re.compile(r"\+?[\d ()-]*\d[\d ()-]*(?:,? (?:option|ext\.?) \d+)?")
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>().]+(?:\.[^\s@<>().]+)+")
_LINK = re.compile(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?")

_CONTACT = "Questions about learning"
"""Name of the line of the learning lead."""

_FEWEST_DIGITS, _MOST_DIGITS = 3, 15
"""Digits of a telephone number: 999 has three, and E.164 allows fifteen."""


def _phone(value: str) -> str:
    digits = sum(character.isdigit() for character in _number(value))
    if value and not (_PHONE.fullmatch(value) and _FEWEST_DIGITS <= digits <= _MOST_DIGITS):
        raise ValueError(
            f"'{value}' is not a telephone number; write digits and spaces, such as '01632 960001' "
            "or '01632 960001, option 2'"
        )
    return value


def _link(value: str) -> str:
    if value and not _LINK.fullmatch(value):
        raise ValueError(
            f"'{value}' is not a web address; write all of it, such as 'https://example.org/help'"
        )
    return value


def _contact(value: str) -> str:
    if value and not (_EMAIL.fullmatch(value) or _LINK.fullmatch(value)):
        try:
            _phone(value)
        except ValueError:
            raise ValueError(
                f"'{value}' is neither an email address, a web address nor a telephone number; "
                "write one of them"
            ) from None
    return value


def _named(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; write the name as printed")
    return value


Phone = Annotated[str, AfterValidator(_phone)]
Link = Annotated[str, AfterValidator(_link)]
Contact = Annotated[str, AfterValidator(_contact)]
Name = Annotated[str, AfterValidator(_named)]


class CardEntry(BaseModel):
    """A tool, a course or a page: its name, its address and what it is about.

    Attributes
    ----------
    when
        A date or time in words, for a course.
    on
        IDs of the priorities and themes it is about; empty means all.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    link: Link = ""
    when: str = ""
    on: tuple[str, ...] = ()


class Card(BaseModel):
    """Local numbers, procedures, tools and courses, printed in every brief.

    Attributes
    ----------
    emergency
        Number when a child is in danger now.
    front_door, front_door_hours, front_door_link, out_of_hours
        How to reach children's social care by day, its form, and the number at night.
    procedures, escalation
        Addresses of the procedures and of the policy for when people do not agree.
    reports
        Web folder in which the reports lie under their file names; quotes then link to their page.
    briefs
        Web folder in which briefs lie under their file names; newsletters then lead to them.
    contact
        Email, telephone or address of the learning lead; `branding.contact` when empty.
    tools, courses, links
        Entries by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    emergency: Phone = "999"
    front_door: Phone = ""
    front_door_hours: str = ""
    front_door_link: Link = ""
    out_of_hours: Phone = ""
    procedures: Link = ""
    escalation: Link = ""
    reports: Link = ""
    briefs: Link = ""
    contact: Contact = ""
    tools: tuple[CardEntry, ...] = ()
    courses: tuple[CardEntry, ...] = ()
    links: tuple[CardEntry, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything local is set."""
        return bool(self.model_fields_set - {"emergency"})

    def missing(self) -> tuple[str, ...]:
        """Keys that a reader would look for and that are not set."""
        useful_keys = ("front_door", "out_of_hours", "procedures", "escalation", "tools", "courses")
        return tuple(key for key in useful_keys if not getattr(self, key))

    def lines(
        self, *subjects: str, contact: str = "", is_short: bool = False
    ) -> tuple[CardLine, ...]:
        """What is printed, in order, for a brief on these priorities and themes.

        Parameters
        ----------
        *subjects
            IDs of the brief's priority and themes; without any, every entry is printed.
        contact
            Used when the card has no contact of its own.
        is_short
            Only telephone numbers and the contact, for a page that boards and panels read.
        """
        lines = tuple(self._lines(subjects, contact)) if self.is_filled else ()
        if is_short:
            return tuple(line for line in lines if line.is_for_everyone)
        return lines

    def _lines(self, subjects: tuple[str, ...], contact: str) -> Iterator[CardLine]:
        hours = f" ({self.front_door_hours})" if self.front_door_hours else ""
        rows = (
            ("A child is in danger now", self.emergency),
            (f"Worried about a child{hours}", self.front_door),
            ("Front door: online form", self.front_door_link),
            ("At night and at weekends", self.out_of_hours),
            ("Safeguarding procedures", self.procedures),
            ("When we do not agree", self.escalation),
        )
        for name, text in rows:
            if text:
                yield CardLine(name, text, _address(text))
        for label, entries in (("Tool", self.tools), ("Course", self.courses), ("", self.links)):
            for entry in entries:
                # An entry without subjects is about everything, and a brief without one shows all
                # entries.
                if not subjects or not entry.on or set(entry.on) & set(subjects):
                    text = ", ".join(part for part in (entry.when, entry.link) if part)
                    name = f"{label}: {entry.name}" if label else entry.name
                    yield CardLine(name, text, entry.link)
        if person := self.contact or contact:
            yield CardLine(_CONTACT, person, _address(person))


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the card: what for, what to ring or read, and its address (URI) or empty."""

    name: str
    text: str
    address: str = ""

    @property
    def is_for_everyone(self) -> bool:
        """Whether it is a number to ring or the contact, and no page on practice."""
        return self.address.startswith("tel:") or self.name == _CONTACT


def card_faults(card: Card, framework: Framework) -> tuple[str, ...]:
    """Faults of a card that only the framework shows: subjects that it does not have."""
    subject_ids = [entry.id for entry in framework.priorities]
    subject_ids += [theme.code for theme in framework.themes]
    return tuple(
        f"card.{table}.{number}.on: there is no '{id}' among priorities and themes; "
        f"{suggest(id, subject_ids)}"
        for table in ("tools", "courses", "links")
        for number, entry in enumerate(getattr(card, table), start=1)
        for id in entry.on
        if id not in subject_ids
    )


def example_card(framework: Framework) -> str:
    """A card to paste into `lif.toml`, with the framework's first priority as a subject."""
    return _EXAMPLE.format(subject=framework.priorities[0].id)


def _address(text: str) -> str:
    """The URI of a telephone number, web address or email; empty if it is none of them.

    >>> _address("01632 960001, option 2"), _address("lead@scp.example"), _address("Room 4")
    ('tel:01632960001', 'mailto:lead@scp.example', '')
    """
    if _LINK.fullmatch(text):
        return text
    if _EMAIL.fullmatch(text):
        return f"mailto:{text}"
    if not _PHONE.fullmatch(text):
        return ""
    # A telephone cannot dial an option; people press it when they are asked.
    return "tel:" + re.sub(r"[^\d+]", "", _number(text))


def _number(text: str) -> str:
    """A telephone number without its option or extension."""
    return re.split(r",? (?:option|ext)", text)[0]


_EXAMPLE = """\
[card]
# Paste at the end of lif.toml. Every line is optional; these numbers and addresses are invented.
emergency = "999"
front_door = "01632 960001"
front_door_hours = "Monday to Friday, 8.30 to 17.00"
front_door_link = "https://partnership.example/refer"
out_of_hours = "01632 960002, option 1"
procedures = "https://partnership.example/procedures"
escalation = "https://partnership.example/when-we-disagree"
reports = "https://partnership.example/reviews"
briefs = "https://partnership.example/learning"
contact = "learning@partnership.example"

# One block for each tool, course or page. "on" lists priorities and themes; without it, all.
[[card.tools]]
name = "Assessment tool"
link = "https://partnership.example/tool"
on = ["{subject}"]

[[card.courses]]
name = "Half-day course with other services"
when = "first Tuesday of each month"
link = "https://partnership.example/courses"
on = ["{subject}"]

[[card.links]]
name = "Support for staff after a hard case"
link = "https://partnership.example/support"
"""
