"""What happened in a review, in its own sentences with what identifies in square brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.brackets import OPENING_DATE, cast, shortened, without_brackets
from lif_nlp.briefs.quoting.privacy import names_origin
from lif_nlp.briefs.sections.claims import count, quote
from lif_nlp.briefs.sections.what_happened import names_written_most
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import split_words
from lif_nlp.records import Claim, Evidence
from lif_nlp.text.months import MONTHS

_READ = 14
"""Sentences at the beginning of its story that are tried."""

_SHOWN, _FEWEST, _ENOUGH = 4, 2, 15
"""Sentences that are shown, the fewest that tell a story, and words from which one does."""

_HARM = re.compile(
    r"(?i)\b(?:died|dead|death|killed|murder\w*|stabb?\w*|injur\w+|fractur\w+|bleed\w*|burns?|burnt|"
    r"bruis\w+|indecent\w*|sexual\w*|assault\w*|ketoacidosis|wounds?|collapsed|floppy|"
    r"wet|soil\w*|swallowed)\b"
)
"""Details of harm, of which a story tells one."""

_UNTOLD = re.compile(
    r"^(?:The|A) (?:child|baby|young person) (?:placed|seen|taken|born|found|moved)\b|[“”\"‘]|"
    r"\b(?:chose|wrote to|met (?:the|both|us|with)|told (?:us|me|the)|spoke (?:of|to)|drew|drawn|"
    r"asked (?:me|us|that)|photograph\w*|picture|poster|loved|jokes?|fish\w*|white british|"
    r"solicitor|sentence[ds]?|(?<!had been )convict\w+|charged|bail|pleaded|guilty|"
    r"inquest|coroner\w*|suicide|condolences|blood|niece|appeal|lost sight|inexcusable|"
    r"regulation|model|in order|speak for themselves|national|adopt\w+|transfer scheme|"
    r"lifeless|found dead|toxicolog\w*|swallowed|lives now|now lives|studying|thriving|"
    r"friendly|bakery|rugby|football|horses?|"
    r"church|mosque|temple|vicar)\b",
    re.IGNORECASE,
)
"""What a page for all leaves out: speech, keepsakes, courts, where the child lives now, and how the
review was made."""

_HE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_WORKER = re.compile(
    r"(?i)\b(?:workers?|nurses?|visitors?|midwi\w+|teachers?|officers?|doctors?|managers?|carers?|"
    r"tutors?|friends?|neighbours?)\b"
)
"""Another person, whom "she" in the next sentence may mean."""
_LEANS_WITHIN = 7
"""Words at the beginning in which "he" means somebody of the sentence before."""
_TITLE_NAME = re.compile(
    r"\b(?:Child|Baby|Young Person) (?:[A-Z]{1,3}\d?|\d{1,2})\b|\bBaby [A-Z][a-z]+\b|"
    r"[“\"‘]([A-Z][\w-]+)[”\"’]|^([A-Z][a-z]+):"
)
_CODE = re.compile(r"\b(?:Child|Baby|Young Person) (?:[A-Z]{1,2}\d?|\d)\b")
_BABY = re.compile(r"\b[Bb]aby\b")
_OURS = "Words in square brackets are ours; “[…]” stands where something was left out."


def bracketed_story(
    material: Material,
    subject: Subject,
    told: pd.DataFrame,
    may_be_told: Callable[[str, str], bool],
) -> list[Claim]:
    """Two to four sentences of a review that is published, shortened so that they name nobody.

    Parameters
    ----------
    material, subject
        The material, and one review.
    told
        The sentences in which it tells its story, in order.
    may_be_told
        Whether a sentence tells what happened and passes the guard, after the one before it.

    Returns
    -------
    list[Claim]
        The sentences, with one detail of harm at most, and a line on the brackets; empty for a
        review that is not published, or that gives too few.
    """
    if material.is_unpublished(subject.id):
        return []
    roles = _roles(material, subject)
    lines: list[Claim] = []
    spoken_of, before, has_harm = "", "", False
    judged = told["hindsight"].map(bool) | told["role"].eq("action")
    for (_, row), is_judged in zip(told.head(_READ).iterrows(), judged, strict=False):
        text = str(row["text"])
        proper = OPENING_DATE.sub("", text).lstrip('“"‘')
        opens = next((name for name in roles if proper.startswith(name)), "")
        leans = bool(_HE.search(" ".join(text.split()[:_LEANS_WITHIN])))
        spoken_of = roles[opens] if opens else spoken_of if leans else ""
        # "She" after a sentence that is not shown would mean nobody.
        first = spoken_of if leans and not opens and not before else ""
        before = before if leans and not opens else ""
        if is_judged or (leans and not (opens or first or before)):
            continue
        for start, end, words in shortened(text, roles, first):
            plain = without_brackets(words)
            is_harm = bool(_HARM.search(plain))
            untold = _UNTOLD.search(plain) or names_origin(plain) or (is_harm and has_harm)
            if not untold and may_be_told(plain, before):
                lines.append(_shown(material.evidence(row), start, end, words))
                before, has_harm = plain, has_harm or is_harm
                break
        if _WORKER.search(text):
            spoken_of = before = ""
        if len(lines) == _SHOWN:
            break
    if (
        len(lines) < _FEWEST
        and sum(len(e.quote.split()) for c in lines for e in c.evidence) < _ENOUGH
    ):
        return []
    has_brackets = any(one.bracketed for line in lines for one in line.evidence)
    return [*lines, *([count(_OURS, told.iloc[:0])] if has_brackets else [])]


def _shown(one: Evidence, start: int, end: int, words: str) -> Claim:
    """A quote of part of a sentence, with brackets where it has any."""
    part = replace(one, start=one.start + start, end=one.start + end, quote=one.quote[start:end])
    return quote(part if words == part.quote else replace(part, bracketed=words))


def _roles(material: Material, subject: Subject) -> dict[str, str]:
    """How a bracket calls those whom the review names."""
    texts = [str(text) for text in subject.rows["text"]]
    raw = str(material.reports.set_index("doc_id").at[subject.id, "title"] or "")
    adults = cast(texts, (), "")
    children = [next(filter(None, match.groups()), match[0]) for match in _TITLE_NAME.finditer(raw)]
    if not children:
        codes = Counter(match[0] for text in texts for match in _CODE.finditer(text))
        area = set(split_words(material.area(subject.id)))
        often = names_written_most(texts, material.names - area) - set(MONTHS)
        children = [codes.most_common(1)[0][0]] if codes else sorted(often)
    children = [name for name in dict.fromkeys(children) if name not in adults]
    # Of several names one may be an adult's, and a bracket must not say that it is a child's.
    children = children if len(children) == 1 else []
    children += [name.removeprefix("Baby ") for name in children if name.startswith("Baby ")]
    return cast(texts, children, _name_of_child(material, subject, children, raw, texts))


def _name_of_child(
    material: Material, subject: Subject, names: Sequence[str], title: str, texts: Sequence[str]
) -> str:
    """How a bracket calls the person whom a review is about."""
    if material.review_type(subject.id) == "dhr":
        has_children = any(" children" in text for text in texts)
        return (
            "the mother" if has_children and any(" her " in text for text in texts) else "the adult"
        )
    return (
        "the baby" if _BABY.search(title) or _BABY.match(names[0] if names else "") else "the child"
    )
