"""What happened in a review, in its own sentences with the child's name in square brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.brackets import in_brackets, without_brackets
from lif_nlp.briefs.quoting.privacy import names_origin
from lif_nlp.briefs.sections.claims import count, quote
from lif_nlp.briefs.sections.what_happened import names_written_most
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import split_words
from lif_nlp.records import Claim
from lif_nlp.text.months import MONTHS

_READ = 14
"""Sentences at the beginning of its story that are tried."""

_SHOWN, _FEWEST = 4, 2
"""Sentences that are shown, and the fewest that tell a story."""

_HARM = re.compile(
    r"(?i)\b(?:died|dead|death|kill\w*|murder\w*|hurt|injur\w+|bruis\w+|indecent\w*|sexual\w*|"
    r"assault\w*|collapsed|wet|soil\w*)\b"
)
"""Details of harm, of which a story tells one."""

_UNTOLD = re.compile(
    r"[“”\"‘]|\b(?:chose|wrote to|met (?:the|both|us|with)|told (?:us|me|the)|spoke (?:of|to)|"
    r"drew|drawn|asked (?:me|us|that)|photograph\w*|picture|poster|loved|jokes?|white british|"
    r"solicitor|sentence[ds]?|convict\w+|charged|bail|pleaded|guilty|inquest|coroner\w*|suicide|"
    r"condolences|appeal|lost sight|inexcusable|regulation|model|in order|national|adopt\w+|"
    r"lifeless|found dead|born and died|period|toxicolog\w*|swallowed|lives now|now lives|studying|"
    r"thriving|friendly|stabb\w*|shot|wounds?|blood|burns?|burnt|fractur\w+|bleed\w*|thigh|legs?|"
    r"arms?|head|face|cheek|chest|neck|skull|ribs?|brain|shop|street|park|garage|outside|"
    r"fish\w*|bakery|rugby|football|horses?|church|mosque|temple|vicar)\b",
    re.IGNORECASE,
)
"""What a page for all leaves out: speech, keepsakes, courts, wounds and spots, where the child
lives now, and how the review was made."""

_HE = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
_LEANS_WITHIN = 7
"""Words at the beginning in which "he" means somebody of the sentence before."""
_OTHER = re.compile(
    r"(?i)\b(?:workers?|nurses?|visitors?|midwi\w+|teachers?|officers?|doctors?|managers?|carers?|"
    r"tutors?|friends?|neighbours?|mother|mum|father|dad|step\w+|grand\w+|partner|husband|wife|"
    r"boyfriend|girlfriend|aunt|uncle|brother|sister|half-\w+|sibling|cousin|man|woman|boy|girl|"
    r"another|Mr|Mrs|Ms|Miss|Dr)\b"
)
"""Another person, whom "he" or "she" in the next sentence may mean."""
_TITLE_NAME = re.compile(
    r"\b(?:Child|Baby|Young Person) (?:[A-Z]{1,3}\d?|\d{1,2})\b|\bBaby [A-Z][a-z]+\b|"
    r"[“\"‘]([A-Z][\w-]+)[”\"’]|^([A-Z][a-z]+):"
)
_CODE = re.compile(r"\b(?:Child|Baby|Young Person) (?:[A-Z]{1,2}\d?|\d)\b")
_FEWEST_AS_CHILD = 2
"""Sentences that speak of a name as of a child, before a bracket says that it is one."""
_OURS = "Words in square brackets are ours."


def bracketed_story(
    material: Material,
    subject: Subject,
    told: pd.DataFrame,
    may_be_told: Callable[[str, str], bool],
) -> list[Claim]:
    """Two to four sentences of a review that is published, with nobody's name in them.

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
        review that is not published or is about an adult's death, or that gives too few.
    """
    if not _may_have_brackets(material, subject):
        return []
    names = _names_of_child(material, subject)
    lines: list[Claim] = []
    before, has_harm = "", False
    judged = told["hindsight"].map(bool) | told["role"].eq("action")
    for (_, row), is_judged in zip(told.head(_READ).iterrows(), judged, strict=False):
        text = str(row["text"])
        leans = bool(_HE.search(" ".join(text.split()[:_LEANS_WITHIN])))
        leans = leans and not any(name in text for name in names)
        printed = in_brackets(text, names)
        plain = without_brackets(printed)
        is_harm = bool(_HARM.search(plain))
        can = (
            bool(printed)
            and not (is_judged or (leans and not before) or (is_harm and has_harm))
            and not (_UNTOLD.search(plain) or names_origin(plain))
            and may_be_told(plain, before if leans else "")
        )
        # "She" may follow only at once, and where nobody else stands between.
        is_clear = can and not _OTHER.search(text)
        before = plain if is_clear else ""
        if can:
            one = material.evidence(row)
            lines.append(quote(replace(one, bracketed=printed) if printed != text else one))
            has_harm = has_harm or is_harm
        if len(lines) == _SHOWN:
            break
    if len(lines) < _FEWEST:
        return []
    has_brackets = any(one.bracketed for line in lines for one in line.evidence)
    return [*lines, *([count(_OURS, told.iloc[:0])] if has_brackets else [])]


def with_brackets(material: Material, subject: Subject, texts: Sequence[str]) -> list[str]:
    """The sentences with the child's name in brackets where a review may be shown so.

    As they are where the review is not published or is about an adult's death, where it is not sure
    who the child is, and where a bracket is not enough.
    """
    if not _may_have_brackets(material, subject):
        return list(texts)
    names = _names_of_child(material, subject)
    return [(in_brackets(text, names) if names else "") or text for text in texts]


def _may_have_brackets(material: Material, subject: Subject) -> bool:
    return not material.is_unpublished(subject.id) and material.review_type(subject.id) != "dhr"


def _names_of_child(material: Material, subject: Subject) -> list[str]:
    """The name or pseudonym of the one child whom a review is about; empty where it is not sure."""
    texts = [str(text) for text in subject.rows["text"]]
    in_title = _TITLE_NAME.finditer(material.title_in_report(subject.id))
    children = [next(filter(None, match.groups()), match[0]) for match in in_title]
    if not children:
        codes = Counter(match[0] for text in texts for match in _CODE.finditer(text))
        area = set(split_words(material.area(subject.id)))
        often = names_written_most(texts, material.names - area) - set(MONTHS)
        often_child = [name for name in sorted(often) if _is_child(name, texts)]
        children = [codes.most_common(1)[0][0]] if codes else often_child
    children = list(dict.fromkeys(children))
    # Of several names one may be an adult's, and a bracket must not say that it is a child's.
    if len(children) != 1:
        return []
    return [*children, *(name.removeprefix("Baby ") for name in children if _BABY.match(name))]


_BABY = re.compile(r"Baby [A-Z][a-z]")


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
