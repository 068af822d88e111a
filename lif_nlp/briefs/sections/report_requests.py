"""One report in its own words: what it learnt, what was good, what it asks for and of whom."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.quoting.quotability import has_paired_marks, has_verb, is_unquotable
from lif_nlp.briefs.quoting.sides import side_of_heading
from lif_nlp.briefs.quoting.thresholds import LIMITS
from lif_nlp.briefs.sections.claims import Quoter, ids, quote
from lif_nlp.briefs.sections.report_headings import (
    asks_readers,
    tells_learning,
    tells_what_is_asked,
)
from lif_nlp.briefs.sections.report_story import FEWEST_WORDS, JUDGES, LEANS, MOST_WORDS
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import KnownWords
from lif_nlp.framework.model import OF_SERVICES
from lif_nlp.records import Claim
from lif_nlp.text import english

_ONE_PERSON = re.compile(
    r"^(?:(?:Step|Grand)?(?:[Mm]other|[Ff]ather)|Mum|Dad|Teacher of)\b|\b(?:conviction|deaf)\b"
)
"""A note on one person of the case, or on a rare condition: never quoted from a single report."""
_BOILERPLATE = re.compile(r"(?i)\b(?:in my opinion|i believe|within \d+ (?:working )?days of)\b")
_ASKED = re.compile(
    r"\b(?:should|must|needs? to|to be \w+ed|is asked|are asked|recommends?)\b|"
    r"^(?:Ensure|Improve|Review|Strengthen|Develop|Make|Agree|Provide|Add|Write|Give|Set|Bring|Ask|"
    r"Publish|Extend|Build|Train|Change|Stop|Start|Hold|Name|Fund|Report|Test|Audit|Use|Keep|Invite|"
    r"Share|Establish|Commission|Introduce|Consider|Work)\b"
)
"""What is still to be done; a step already taken is no request."""
_TO_DO = re.compile(
    r"^That [a-z]|^(?:\S+ ){1,12}?to [a-z]+ (?:a|an|the|each|every|its|their|all|\w+s)\b"
)
"""The note style of recommendations: "Nurseries to ring the front door", "That the form be ..."."""
_NO_REQUEST = re.compile(
    r"(?i)\brecognis\w+ (?:the need to|that)\b|\bis aware\b|\bhas recently\b|"
    r"\bplans? (?:is|are) in place\b|\bprincipal authority\b|"
    r"\b(?:is|are) (?:helping|resulting|making|improving|leading|enabling|ensuring|supporting)\b|"
    r"\bstatement of proposed action\b|\bin this area\b|"
    r"\bha(?:s|ve) (?:placed|been|now|since|moved|started|begun|agreed|offered|told)\b|"
    r"^(?:owner|timescale|in place|done|live)\b|- done\b|\b(?:was|were) (?:\w+ed|held|given|made)\b"
)
"""A step already taken, or a note on the step above."""
_SHORTHAND = re.compile(
    r"\b(?:yr|wks?|w/o)\b| - \w+$|\w/\w+ \w|^Re-?open the\b|\bthe \w+ that came\b"
)
"""Notes to oneself, and what only those in the room can place."""

_MOST_REQUEST = 48
"""Words of a recommendation; more are a paragraph."""
_BODY = re.compile(
    r"(?i)\b(?:partnership|board|council|trust|icb|ccg|police|force|constabulary|probation|services?|"
    r"schools?|colleges?|nurser\w+|directors?|managers?|leaders?|leads?|doctors?|nurses?|gps?|"
    r"practices?|authorit\w+|agenc\w+|commissioners?|providers?|teams?|nhs|housing|executive|chief|"
    r"heads?|chairs?|midwi\w+|visitors?|hospitals?|department|minister|panel|group|partners|"
    r"governors?|social care|health|charit\w+)\b"
)
"""Words of somebody who can be asked: "Every plan should ..." names nobody."""
_NO_OWNER = re.compile(r"^(?:Every|Any|Each|In)\b|\b(?:says?|is|are|who|view|plans?|records?)\b")
_DUE = re.compile(
    r"(?i)\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn|winter|weeks?|months?|terms?|year)\b"
)
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")
_DONE = re.compile(r"(?i)\b(?:since|done|complete\w*|in place|ongoing)\b")
_OPENS_QUESTION = re.compile(
    r"^(?:And |But |So |If [^,]+, )?(?:What|Who|Whom|Whose|When|Where|Which|Why|How|Is|Are|Do|"
    r"Does|Did|Can|Could|Would|Have|Has|Should|Will|Whether)\b|"
    r"[:,] (?:what|who|how|when|where|which|why)\b"
)
_LOOKS_BACK = re.compile(
    r"\b(?:had|was|were|did) (?:not|no|nobody|she|he|they|it|the)\b|\bthe card\b|\balso asked\b|"
    r"\bthat \w+ about\b|\bth(?:e new|is)\b|"
    r"\bthat (?:person|child|worker|family|boy|girl|baby)\b"
)
"""A question about the case, which only its readers can answer."""

_THIRD = re.compile(r"(?i)\b(?:he|she|his|her|him|hers)\b")
_PRESENT = re.compile(r"\b(?:is|are|has|have|do|does|can|cannot|needs?|makes?|helps?|matters?)\b")
_PAST = re.compile(r"\b(?:was|were|had|did|rang|went|told|saw|\w{3,}ed)\b")
_CLEARS = re.compile(r"(?i)\b(?:nobody|no one) .{0,30}(?:faults?|blames?)\b|\bnot to blame\b")
_MOST_OWNER = 8
"""Words of an owner; a longer one is a piece of the sentence."""


def learning_points(quoter: Quoter, shown: int) -> list[Claim]:
    """What the report itself calls learning, in its words; an inspection or audit has none.

    Sentences that state what holds come first, in the report's order: what a report learnt is a
    judgement of its own, not one more thing that happened.
    """
    material, subject = quoter.material, quoter.subject
    if material.family(subject.id) in OF_SERVICES:
        return []
    rows = subject.rows.sort_values("start")
    rows = rows[_holds(rows["heading"], tells_learning)]
    # Recommendations have a box of their own.
    rows = rows[~rows["finding_id"].isin(set(_asked(material, subject)["finding_id"]))]
    rows = rows[~rows["text"].str.contains(_ONE_PERSON) & ~rows["hindsight"].astype(bool)]
    own_words = _known(material, subject)
    best = rows[_holds(rows["text"], lambda text: _is_general(text) and _is_whole(text, own_words))]
    lines = [quoter.quote(row) for _, row in best.head(shown).iterrows()]
    single = rows[rows["role"].isin(["problem", "strength"])]
    return [*lines, *quoter.quotes(single, shown - len(lines))]


def _is_whole(text: str, known: KnownWords) -> bool:
    """Whether a text is one whole sentence that leans on nothing and points to nobody."""
    return (
        LIMITS.min_words <= len(text.split()) <= MOST_WORDS
        and text[:1].isupper()
        and text.endswith(".")
        and has_verb(text)
        and not is_unquotable(text)
        and not JUDGES.search(text)
        and not identifying_details(text, known)
    )


def _is_general(text: str) -> bool:
    """Whether a sentence states what holds, rather than what happened once."""
    return bool(_PRESENT.search(text)) and not _PAST.search(text) and not _CLEARS.search(text)


def good_practice(quoter: Quoter, shown: int) -> list[Claim]:
    """What went well, each in a quote under the service that did it."""
    names = {a.id: a.name for a in quoter.material.framework.agencies if a.id != "all"}
    agencies = quoter.subject.rows.set_index("finding_id")["agencies"]
    lines: list[Claim] = []
    labels: set[str] = set()
    strengths = quoter.subject.strengths
    strengths = strengths[~strengths["text"].str.contains(_ONE_PERSON)]
    under_heading = _holds(strengths["heading"], lambda text: side_of_heading(text) == "strength")
    # What a report itself heads as good practice goes before what a model calls a strength.
    strengths = strengths[under_heading] if under_heading.any() else strengths
    for claim in quoter.quotes(strengths, shown):
        services = [names[id] for id in agencies.loc[claim.finding_ids[0]] if id in names]
        label = english.listed(services[:2])
        if label and label not in labels:
            lines.append(Claim("count", f"{label}:", claim.finding_ids))
        labels.add(label)
        lines.append(claim)
    return lines


def recommendations(quoter: Quoter, shown: int) -> list[Claim]:
    """What the report asks for, in its words and order, each with its owner and date if named."""
    material, subject = quoter.material, quoter.subject
    requests = _asked(material, subject).set_index("finding_id")
    rows = subject.rows.sort_values("start")
    under_heading = _holds(rows["heading"], tells_what_is_asked)
    rows = (
        rows[under_heading]
        if under_heading.any()
        else rows[rows["finding_id"].isin(requests.index)]
    )
    own_words = _known(material, subject)
    rows = rows[_holds(rows["text"], lambda text: _is_request(text, own_words))]
    lines: list[Claim] = []
    for _, row in rows.head(shown).iterrows():
        lines.append(quoter.quote(row))
        if row["finding_id"] in requests.index:
            entry = requests.loc[row["finding_id"]]
            owner = str(entry["owner"])
            if _is_owner(owner) and not identifying_details(owner, own_words):
                if row["text"].casefold().startswith(owner.casefold()):
                    continue
                line = f"Who: {owner}{_due_in_words(str(entry['due']))}."
                lines.append(Claim("count", line, (str(row["finding_id"]),)))
    return lines


def _due_in_words(due: str) -> str:
    """The date of a request as the end of its line; empty where it names none, or is done."""
    if not _DUE.search(due) or _DONE.search(due):
        return ""
    day = english.day(due) if _ISO.fullmatch(due) else due
    return f", {day}" if day.startswith(("within", "by")) else f", by {day}"


def _is_request(text: str, known: KnownWords) -> bool:
    """Whether a text asks for something that is still to be done, and points to nobody."""
    return (
        FEWEST_WORDS <= len(text.split()) <= _MOST_REQUEST
        and bool(_ASKED.search(text) or _TO_DO.search(text))
        and not text.endswith(("?", ":"))
        and not LEANS.search(text)
        and not _THIRD.search(text)
        and not _BOILERPLATE.search(text)
        and not _NO_REQUEST.search(text)
        and "•" not in text
        and not _SHORTHAND.search(text)
        and text[:1].isupper()
        and has_paired_marks(text)
        and not identifying_details(text, known)
    )


def asked_questions(material: Material, subject: Subject, shown: int) -> list[Claim]:
    """Questions that the report itself puts to its readers, in its words."""
    own_words = _known(material, subject)
    rows = subject.rows.sort_values("start")
    rows = rows[_holds(rows["text"], lambda text: _is_asked(text, own_words))]
    under_heading = _holds(rows["heading"], asks_readers)
    rows = (rows[under_heading] if under_heading.any() else rows).head(shown)
    return [quote(material.evidence(row)) for _, row in rows.iterrows()]


def _is_asked(text: str, known: KnownWords) -> bool:
    """Whether a text is one whole question that any reader can be asked."""
    return (
        text.endswith("?")
        and not _LOOKS_BACK.search(text)
        and FEWEST_WORDS <= len(text.split()) <= MOST_WORDS
        and bool(_OPENS_QUESTION.search(text))
        and not LEANS.search(text)
        and not _THIRD.search(text)
        and "•" not in text
        and has_paired_marks(text)
        and not identifying_details(text, known)
        and not JUDGES.search(text[:-1])
    )


def _is_owner(owner: str) -> bool:
    is_a_body = bool(_BODY.search(owner)) and not _NO_OWNER.search(owner)
    return is_a_body and len(owner.split()) <= _MOST_OWNER


def _holds(texts: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """Which of the texts pass a test, as a mask; a missing one counts as empty."""
    return texts.fillna("").astype(str).map(test).astype(bool)


def _asked(material: Material, subject: Subject) -> pd.DataFrame:
    """The report's own recommendations, with owners."""
    table = material.recommendations
    if table.empty:
        return pd.DataFrame(columns=["finding_id", "owner", "due"])
    own = set(ids(subject.rows))
    return table[table["finding_id"].isin(own)].fillna({"owner": "", "due": ""})


def _known(material: Material, subject: Subject) -> KnownWords:
    return material.known_in(material.area(subject.id))
