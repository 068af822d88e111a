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
    r"lifeless|found dead|born and died|period|toxicolog\w*|swallowed|lives now|now lives|"
    r"studying|thriving|"
    r"friendly|bakery|rugby|football|horses?|"
    r"church|mosque|temple|vicar)\b",
    re.IGNORECASE,
)
"""What a page for all leaves out: speech, keepsakes, courts, where the child lives now, and how the
review was made."""

_HE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_OTHER = re.compile(
    r"(?i)\b(?:workers?|nurses?|visitors?|midwi\w+|teachers?|officers?|doctors?|managers?|carers?|"
    r"tutors?|friends?|neighbours?|mother|mum|father|dad|step\w+|grand\w+|partner|husband|wife|"
    r"boyfriend|girlfriend|aunt|uncle|brother|sister|half-\w+|sibling|cousin|man|woman|boy|girl|"
    r"another|Mr|Mrs|Ms|Miss|Dr)\b"
)
"""Another person, whom "he" or "she" in the next sentence may mean."""
_MALE = re.compile(r"father|uncle|brother")
_FEMALE = re.compile(r"mother|aunt|sister")
_FEWEST_AS_CHILD = 2
"""Sentences that speak of a name as of a child, before a bracket says that it is one."""
_LEANS_WITHIN = 7
"""Words at the beginning in which "he" means somebody of the sentence before."""
_TITLE_NAME = re.compile(
    r"\b(?:Child|Baby|Young Person) (?:[A-Z]{1,3}\d?|\d{1,2})\b|\bBaby [A-Z][a-z]+\b|"
    r"[“\"‘]([A-Z][\w-]+)[”\"’]|^([A-Z][a-z]+):"
)
_CODE = re.compile(r"\b(?:Child|Baby|Young Person) (?:[A-Z]{1,2}\d?|\d)\b")
_HER_CHILDREN = re.compile(r"\bher (?:\w+ )?(?:children|sons?|daughters?)\b")
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
        first = spoken_of if leans and not opens and not before and _fits(spoken_of, text) else ""
        before = before if leans and not opens else ""
        if is_judged or (leans and not (opens or first or before)):
            spoken_of = before = ""
            continue
        is_shown = False
        for start, end, words in shortened(text, roles, first):
            plain = without_brackets(words)
            is_harm = bool(_HARM.search(plain))
            untold = _UNTOLD.search(plain) or names_origin(plain) or (is_harm and has_harm)
            if not untold and may_be_told(plain, before):
                lines.append(_shown(material.evidence(row), start, end, words))
                before, has_harm, is_shown = plain, has_harm or is_harm, True
                break
        # The next "he" or "she" may mean whoever else stands here.
        if _OTHER.search(text.replace(opens, "", 1)):
            spoken_of = ""
            before = before if is_shown else ""
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
    children = [next(filter(None, match.groups()), match[0]) for match in _TITLE_NAME.finditer(raw)]
    if not children:
        codes = Counter(match[0] for text in texts for match in _CODE.finditer(text))
        area = set(split_words(material.area(subject.id)))
        often = names_written_most(texts, material.names - area) - set(MONTHS)
        often_child = [name for name in sorted(often) if _is_child(name, texts)]
        children = [codes.most_common(1)[0][0]] if codes else often_child
    children = list(dict.fromkeys(children))
    # Of several names one may be an adult's, and a bracket must not say that it is a child's.
    children = children if len(children) == 1 else []
    children += [name.removeprefix("Baby ") for name in children if name.startswith("Baby ")]
    return cast(texts, children, _name_of_child(material, subject, children, raw, texts))


def _fits(person: str, text: str) -> bool:
    """Whether the first "he" or "she" of a sentence may mean a person by sex."""
    pronoun = _HE.search(text)
    is_she = bool(pronoun) and pronoun[0].lower() == "she"  # type: ignore[index]
    return not (_MALE if is_she else _FEMALE).search(person)


def _is_child(name: str, texts: Sequence[str]) -> bool:
    """Whether a review speaks of a name as of a child: of its school, carers or parents, twice,
    or that a parent chose it."""
    of_child = re.compile(
        rf"\b{re.escape(name)}['’]s (?:mother|mum|father|dad|parents|school|teacher|class|foster|"
        r"placement|attendance|grand\w+|carers?)\b"
    )
    chosen = re.compile(
        rf"\b(?:mum|mother|father|dad|parents|aunt|gran\w*) chose the name {re.escape(name)}\b"
    )
    says_so = any(chosen.search(text) for text in texts)
    return says_so or sum(bool(of_child.search(text)) for text in texts) >= _FEWEST_AS_CHILD


def _name_of_child(
    material: Material, subject: Subject, names: Sequence[str], title: str, texts: Sequence[str]
) -> str:
    """How a bracket calls the person whom a review is about."""
    if material.review_type(subject.id) == "dhr":
        own = [text for text in texts if any(name in text for name in names)]
        return "the mother" if any(_HER_CHILDREN.search(text) for text in own) else "the adult"
    return (
        "the baby" if _BABY.search(title) or _BABY.match(names[0] if names else "") else "the child"
    )
