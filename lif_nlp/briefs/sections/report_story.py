"""One report in its own words: what happened."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.quoting.quotability import (
    has_paired_marks,
    has_verb,
    lacks_antecedent,
    verb_comes_late,
)
from lif_nlp.briefs.sections.bracketed_story import bracketed_story
from lif_nlp.briefs.sections.claims import count, quote, statement
from lif_nlp.briefs.sections.report_headings import NO_STORY, story_rank
from lif_nlp.briefs.sections.told_of import told_of
from lif_nlp.briefs.sections.what_happened import age_band_told, what_happened
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import KnownWords, split_words
from lif_nlp.framework.model import OF_SERVICES
from lif_nlp.records import Claim
from lif_nlp.text import english

STORY_SENTENCES = 4
"""Sentences of the story: enough for family, harm and event, and few enough to read aloud."""

FEWEST_WORDS, MOST_WORDS = 6, 38
"""Words of a sentence of the story; by judgement: shorter ones are notes, longer ones tire."""

_PREFACE = 6
"""Sentences at the very beginning, which may tell what happened under any heading."""

_FEWEST = 2
"""Sentences that follow one another in a story; without them it takes one more."""

_SERVICES = 5
"""Services around a child that are named; the rest are counted."""

OF_LIFE = frozenset(
    ("infants_and_prebirth", "fathers_and_hidden_adults", "parental_substance_misuse",
     "parental_mental_health", "child_mental_health", "exploitation_and_missing",
     "disability_and_send", "education_and_attendance", "care_and_care_leavers",
     "identity_and_culture", "transitions_and_moves")
)  # fmt: skip
"""Themes that tell of a family's life; the others tell of the work of services."""

_NO_CHILD = OF_SERVICES | {"national", "child_death", ""}
"""Families of reports on services or on many children, which tell no single story."""

_RUN = 3
"""Sentences told in one piece at most, so that two parts of the story find room."""

_LATE_COST = 2.0
"""Points lost from the first to the last sentence told, since a report says first what matters to
the story; chosen by judgement on 53 reports in November 2026.  Larger, and only openings count."""

_RANK_COST = 0.5
"""Points lost for each step from the surest heading of a story; by judgement, as above."""

_PSEUDONYM = re.compile(
    r"\b(?:Child|Baby|Family|Sibling|Adult|Young Person|Twins?) (?:[A-Z]{1,3}\d?|\d{1,2})\b"
)
_SAME = re.compile(r"^(?:He|She)\b")
_SUBJECT_WORDS = 4
"""Words at the beginning of a sentence in which its subject stands."""

_ROLE_NAME = re.compile(r"\b(?:Mother|Father|Grandmother|Grandfather|Stepfather)\b(?! [A-Z])")
_PEOPLE = re.compile(
    r"(?i)\b(?:child|children|baby|babies|infant|boy|girl|twins?|sisters?|brothers?|siblings?|"
    r"mother|father|mum|dad|parents?|grand(?:mother|father|parents)|stepfather|partner|carers?|"
    r"family|young person|teenager|son|daughter)\b"
)
_EVENT = re.compile(
    r"(?i)\b(?:liv(?:ed|es)|born|moved|hospital|injur\w+|died|death|bruis\w+|harm\w*|abus\w+|"
    r"neglect\w*|assault\w*|arrested|excluded|missing|attendance|homeless|referr\w+|admitted|plan|"
    r"care order|separated|pregnan\w+|premature|diagnos\w+|disab\w+|convicted|exploit\w+)\b"
)
LEANS = re.compile(
    r"^(?:This|These|Those|That|They|It|Its|He|She|His|Her|Him|Their|Them|Such|However|Also|But|"
    r"And|So|Then|Both|Each|None|Neither|There|Another|Others|Later|Until then|"
    r"At th(?:at|is|e) time|By then)\b"
)
JUDGES = re.compile(
    r"(?i)\b(?:should|could|might|would|ought to) (?:not )?have\b|"
    r"\bfail(?:ed|ing|ings|ure|ures)?\b|\boverdose|\btablets\b|\bcutting\b|"
    r"\bmissed opportunit|\blet down\b|\brape[ds]?\b|\bstrangl|\bstabb|\bhanging|\bpost[- ]mortem|"
    r"\bautops|\binquest|\bterms of reference\b|\breview(?:s|ers?|ed)?\b|\bpanel\b|\bfictional\b|"
    r"\bthis (?:report|note|document|briefing)\b|\bnotif(?:y|ied)\b|\bcriteria\b|\bchronolog|"
    r"\bcommissioned\b|\bcontributed\b|\binvit(?:ed|ations?)\b|\bdeclined\b|"
    r"\bprevent(?:ed|able)\b|\bpredict(?:ed|able)\b|\bpublication\b|"
    r"\bworkshops?\b|\bpseudonym|\bauthors?\b|\bhelp ?line\b"
)
"""Words of judgement, of how the child was hurt, and of how the report came about."""

_AGE = re.compile(
    r"\b(?:at|of|turned|is|was|aged) \d{1,2}\b(?! (?:weeks|months|days|per))|\(\d{1,2}\)"
)
_NO_SENTENCE = re.compile(r"[?:;,…]\s*$|^\W*[a-z0-9]|\b(?:When|What|Who): ")
_POINTS = re.compile(
    r"\b(?:[Tt]his|[Tt]hese|[Tt]hose|[Ss]uch|[Tt]hat (?:condition|time|day|night|morning|"
    r"meeting|visit|letter|form|point|plan|call|contact|referral|move))\b|"
    r"\b(?:each|both) (?:of them|considered)\b|\b(?:weeks?|months?|days?) old\b"
)
"""Words that point to what the reader does not see, and a baby's exact age."""

_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|us|I|me|my)\b|\b(?:policy|policies|guidance|procedures?) "
    r"(?:says?|states?)\b"
)
"""Who speaks to readers, or tells what a rule says, tells no story."""

_TOOK_PLACE = re.compile(
    r"\b(?:was|were|had|did|lived|went|came|took|gave|told|began|became|moved|died|left|grew|"
    r"\w{3,}ed|lives|live|is|are|has)\b"
)


def story(
    material: Material, subject: Subject, whole: Subject | None = None, befell: str = ""
) -> list[Claim]:
    """What happened to the child, in sentences of the report's own summary, in its order.

    A sentence that leans on the one before it ("She ...") is shown only after that one.  None
    holds a name, an age, a date or a judgement; the child's age stands as a band.

    Parameters
    ----------
    material
        The material of the brief.
    subject, whole
        One report, with the findings that may be quoted as they are, and with all; the same
        where only one is given.
    befell
        What befell the child by what the review is about, as it follows "A child ...".

    Returns
    -------
    list[Claim]
        What is known of child and harm, then up to `STORY_SENTENCES` quotes; without two of
        them, where to read the story.
    """
    if material.family(subject.id) in _NO_CHILD or "thematic" in subject.definition.casefold():
        return []
    rows = subject.rows.sort_values("start")
    sentences = rows[rows["heading"].fillna("").map(story_rank).lt(NO_STORY)]
    whole = whole or subject
    every = whole.rows.sort_values("start")
    tells = every["heading"].fillna("").map(story_rank).lt(NO_STORY)
    tells.iloc[:_PREFACE] = True
    in_brackets = bracketed_story(
        material, whole, every[tells], partial(_may_be_told, material, subject.id)
    )
    lines = _outline(material, subject, sentences, befell)
    if in_brackets:
        return [*lines, *in_brackets]
    runs = [
        run for _, part in sentences.groupby("heading", sort=False) for run in _runs(material, part)
    ]
    if not runs:
        return [*lines, *_where_told(material, sentences)]
    ends = (int(sentences["start"].iloc[0]), int(sentences["end"].iloc[-1]))
    runs = [run for run in runs if _tells_of_family(" ".join(run["text"]))]
    best = sorted(runs, key=lambda run: (-_points(run, ends), run["start"].iloc[0]))
    story_runs: list[pd.DataFrame] = []
    for run in best:
        if sum(map(len, story_runs)) + len(run) <= STORY_SENTENCES:
            story_runs.append(run)
    lengths = [len(run) for run in story_runs]
    if max(lengths, default=0) < _FEWEST and sum(lengths) <= _FEWEST:
        return [*lines, *_where_told(material, sentences)]
    # Chosen by merit and told in the report's own order.
    sentences = pd.concat(story_runs).sort_values("start")
    return [*lines, *(quote(material.evidence(row)) for _, row in sentences.iterrows())]


def may_be_of_baby(material: Material, subject: Subject) -> bool:
    """Whether a review may be about a baby: it tells no other age."""
    rows = subject.rows.sort_values("start")
    told = rows[rows["heading"].fillna("").map(story_rank).lt(NO_STORY)]
    return age_band_told(material, subject, told) in ("", "under 1")


def _outline(material: Material, subject: Subject, told: pd.DataFrame, befell: str) -> list[Claim]:
    """What can be said of the story without naming anyone, in lines of ours.

    Age band, harm, services and who took part are as read from the report's first pages, age and
    harm as far as enough reports share them; the themes are those of its story (`told`).
    """
    facts = material.facts_of(subject.id)
    services = [english.lower_first(name) for name in facts.get("agencies", "").split("; ") if name]
    happened = what_happened(material, subject, told, befell)
    lines = []
    if len(services) > 1:
        rest = len(services) - _SERVICES if len(services) > _SERVICES + 1 else 0
        first_services = services[: _SERVICES if rest else None] + (
            [english.some(rest, "other service")] if rest > 0 else []
        )
        lines.append(f"Around the child and family: {english.listed(first_services)}.")
    matters = told_of(list(subject.rows["text"]), is_baby="baby" in happened.casefold())
    named = english.lower_first(subject.borrowed) if subject.priority else ""
    if matters and named and named not in matters and named not in happened.casefold():
        matters.insert(0, named)
    matters = [matter for matter in matters if _adds(matter, happened)]
    # How services speak with a family befell no child.
    if set(matters) - {"interpreting"}:
        lines.insert(0, f"The review tells of {english.listed(matters)}.")
    if facts.get("family_involvement") == "yes":
        lines.append("The family took part in the review.")
    told_first = [statement(happened)] if happened else []
    return [*told_first, *(count(line, subject.rows.iloc[:0]) for line in lines)]


def _adds(matter: str, happened: str) -> bool:
    """Whether a matter is not told already by the line on what happened."""
    cue = _SAID_BY.get(matter, matter)
    return cue not in happened


_SAID_BY = {
    "injuries": "injur", "bruises on a child too young to move": "bruise", "diabetes": "illness",
    "drugs or alcohol": "drug", "sexual exploitation": "exploit the young sexually",
    "exploitation": "sell drugs", "coming to the country alone": "without parents",
    "a child in care": "in care", "disability": "disability",
    "the months before a birth": "pregnancy",
}  # fmt: skip
"""Words by which the line on what happened tells a matter already."""


def _may_be_told(material: Material, doc_id: str, text: str, before: str) -> bool:
    """Whether a sentence tells what happened, names nobody, and is clear after `before`."""
    area = material.area(doc_id)
    names = {name for name in material.names - set(split_words(area)) if len(name) > 1}
    details = set(identifying_details(text, material.known_in(area))) - {"resemblance"}
    return (
        FEWEST_WORDS <= len(text.split()) <= MOST_WORDS
        and not any(pattern.search(text) for pattern in (JUDGES, _NO_SENTENCE, _GENERAL, _POINTS))
        and bool(_TOOK_PLACE.search(text))
        and bool(_PEOPLE.search(f"{before} {text}"))
        and has_paired_marks(text)
        and not _AGE.search(text)
        and not names & set(split_words(text))
        and not details
        and _stands_alone(f"{before} {text}")
    )


def _runs(material: Material, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Sentences that can be told, each with those that lean on it and follow it at once.

    "He" and "She" may also follow a sentence that cannot be told, if that is about the child.
    """
    doc_id = str(rows["doc_id"].iloc[0])
    own_words, title = material.known_in(material.area(doc_id)), material.title(doc_id)
    area = set(split_words(material.area(doc_id)))
    # Single letters are left to the guard, which knows pseudonyms such as "Child K".
    others = frozenset(name for name in material.names - area if len(name) > 1)
    # The end of a title often names the child, by a pseudonym: "Learning review: Mina".
    end = material.title_in_report(doc_id).rpartition(":")[2]
    names = [name for name in end.split() if name[:1].isupper()]
    child = re.compile(
        "|".join([r"\b(?:[Bb]oy|[Gg]irl|[Bb]aby|[Cc]hild)\b", *map(re.escape, names)])
    )
    runs: list[list[int]] = []
    is_open = is_child = False  # whether the sentence before can be told, and is about the child
    judged = rows["hindsight"].map(bool) | rows["role"].eq("action")
    for at, (text, is_judged) in enumerate(zip(rows["text"], judged, strict=True)):
        leans = LEANS.search(str(text))
        can = not is_judged and _can_be_told(str(text), own_words, others, title)
        about = bool(child.search(" ".join(str(text).split()[:_SUBJECT_WORDS])))
        is_child = about or (is_child and bool(_SAME.search(str(text))))
        if can and (not leans or (not is_open and is_child and not about)):
            runs.append([at])
        elif can and is_open and len(runs[-1]) < _RUN:
            runs[-1].append(at)
        else:
            can = False
        is_open = can
    return [rows.iloc[run] for run in runs]


def _stands_alone(text: str) -> bool:
    """Whether every "he" or "their" follows somebody of the family whom it can mean."""
    pronoun = _PRONOUN.search(text)
    people = _PEOPLE.search(text)
    is_clear = pronoun is None or (people is not None and people.start() < pronoun.start())
    return is_clear and not lacks_antecedent(text)


def _tells_of_family(text: str) -> bool:
    """Whether a run is about somebody of the family, and every pronoun in it is clear."""
    return bool(_PEOPLE.search(" ".join(text.split()[:_SUBJECT_WORDS]))) and _stands_alone(text)


def _can_be_told(text: str, known: KnownWords, names: frozenset[str], title: str) -> bool:
    """Whether a sentence tells what happened and shows no name, age or date.

    A pseudonym may stand where the printed title has it too.
    """
    if not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS:
        return False
    if any(pattern.search(text) for pattern in (JUDGES, _NO_SENTENCE, _GENERAL, _POINTS)):
        return False
    if not _TOOK_PLACE.search(text) or not has_verb(text) or verb_comes_late(text):
        return False
    if not has_paired_marks(text) or not (_PEOPLE.search(text) or _EVENT.search(text)):
        return False
    plain = as_in_title(text, title)
    if _AGE.search(plain) or names & set(split_words(plain)):
        return False
    details = identifying_details(plain, known)
    # A family's story is by nature like what identifies; here the rules above settle it.
    return not set(details) - {"resemblance"}


def as_in_title(text: str, title: str) -> str:
    """A text for the guard: the pseudonym that the printed title has too stands as "the child".

    "Mother" as a name is a role here, and would else count as an unknown one.
    """
    pseudonym = _PSEUDONYM.search(title)
    plain = text.replace(pseudonym.group(), "the child") if pseudonym else text
    return _ROLE_NAME.sub("the mother", plain)


def _points(run: pd.DataFrame, ends: tuple[int, int]) -> float:
    """How much of a story a run tells: whom it is about, what happened, and how early.

    `ends` are the first and last character of all that is told.
    """
    text = " ".join(run["text"])
    late = (int(run["start"].iloc[0]) - ends[0]) / max(ends[1] - ends[0], 1)
    rank = story_rank(str(run["heading"].iloc[0]))
    # Different events: one that is named three times tells no more.
    events = len(set(_EVENT.findall(text.casefold())))
    return (
        bool(_PEOPLE.search(text))
        + min(events, 3) / 2
        + len(run) / 4
        - _LATE_COST * late
        - _RANK_COST * rank
    )


def _where_told(material: Material, told: pd.DataFrame) -> list[Claim]:
    """Where to read a story whose sentences cannot be shown without naming people."""
    if told.empty:
        return []
    first = material.evidence(told.iloc[0])
    where = f"on page {first.page} of the report" if first.has_pages else "in the report"
    told_there = f"The story is not told again here, to protect the family: read it {where}."
    return [count(told_there, told)]
