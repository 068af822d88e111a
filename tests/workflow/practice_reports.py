"""Invented reports that say four things again and again, each time in other words."""

PEOPLE = (
    "health visitor", "social worker", "midwife", "school nurse", "key worker", "GP",
    "family worker", "mentor", "school counsellor", "paediatrician", "ward sister",
    "housing officer", "drugs worker", "youth worker", "nursery manager", "dentist",
)  # fmt: skip
PLACES = (
    "the blue file", "the school's log", "the ward diary", "the red book", "the clinic notes",
    "the nursery register", "the duty log", "the case file", "the visit book", "the tracker",
    "the day book", "the contact log", "the hostel file", "the club register",
    "the trust's system", "the shared folder",
)  # fmt: skip
REPORT = """# Learning review: Child {letter}

Published 14 March {year}

## Findings

1.1 The strategy meeting about {place} was held too late.

1.2 Reasons for decisions were not recorded by the {person} in {place}.

1.3 Information was not shared between the {person} and those who kept {place}.

## Good practice

2.1 Supervision was regular and helped the {person} to think about {place}.
"""
LATE, UNRECORDED, UNSHARED, SUPERVISED = range(4)
"""What a report says, in the order of its numbered lines."""


def write(folder, *numbers):
    """Write these of sixteen reports."""
    folder.mkdir(exist_ok=True)
    for n in numbers:
        content = REPORT.format(
            letter="ABCDEFGHIJKLMNOP"[n], year=2012 + n % 8, person=PEOPLE[n], place=PLACES[n]
        )
        (folder / f"review_{n:02}.md").write_text(content, encoding="utf-8")
    return folder
