"""What happened to the child of one review, in a line of ours that names nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.event_of_child import (
    MAN,
    WOMAN,
    about_child,
    children_named,
    event_of_child,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import split_words
from lif_nlp.text import english
from lif_nlp.text.ages import AGE_NUMBER, age_band

_PUBLISHED = frozenset(
    {"cspr", "cpr_wales", "dhr", "cmr_ni", "learning_review", "learning_review_scotland"}
)
"""Types of review that are written to be published, with the child's age; rapid reviews are not."""

_OPENING = 30
"""Sentences at the beginning in which a review says what happened to the child."""

_FIRST = 16
"""Sentences at the very beginning that are read under any heading.  Chosen by judgement on 84
invented reviews, November 2026; more, and events of other years come in."""

_WHO = {
    "under 1": "A baby",
    "1 to 4": "A child aged 1 to 4",
    "5 to 9": "A child aged 5 to 9",
    "10 to 15": "A child aged 10 to 15",
    "16 to 17": "A young person aged 16 or 17",
}
"""The child, by age band."""

_OF_AGE = re.compile(r"\b(?:eighteenth|nineteenth) birthday\b|\baged (?:18|19|eighteen)\b")
"""One who had come of age is not called a child."""

_AGAIN = {"under 1": "The baby", "16 to 17": "The young person"}
"""The child once more; all others are "The child"."""

_HARMED = "was sexually harmed"
_CONVICTED = re.compile(
    r"(?i)^(?!.*\b(?:not|never|nobody|no one|nor|without)\b.*\bconvict)"
    r"(?!.*\b(?:theft|burglary|robbery|drugs?|driving|assault(?! of a child)|arson|fraud|murder|"
    r"manslaughter|cruelty|neglect)\b(?<!indecent assault)(?<!sexual assault))"
    r".*\b(?<!been )(?<!previously )(?:convicted|pleaded guilty|found guilty|serving)\b"
    r"(?!.{0,40}\b1[89]\d\d\b)"
)
"""Somebody was convicted since: a review of sexual harm then tells of harm that is proved, but
not by the conviction of another offence."""

_HARM_WORDS = ("neglect", "sexual", "domestic abuse", "injur", "drug", "death")
"""Words of which one is said of a child once."""

_SOME_CHILDREN = re.compile(
    r"(?i)(?<!and )(?<!with )(?<!h[ie][sr] )\b(?:two|three|four|five|six|seven|both) (?:of the )?"
    r"(?:\w+ )?(?:children|siblings|sisters|brothers|boys|girls)\b(?!['’])"
)
"""Several children of one family."""

_FEWEST_NAMED = 5
"""Mentions of a name before it is taken for the child's, and at least half of the commonest's."""

_AGED = re.compile(
    rf"\b(?:aged|was|is|turned) (?P<n>{AGE_NUMBER})"
    r"(?: (?P<unit>week|month)s?)?\b(?! (?:per|of|other|more|minutes|hours|days|children|miles))"
)
_NOT_NOW = re.compile(
    rf"(?i)\b(?:since|until|from (?:when|the age)|"
    rf"(?:when|after|before) (?:his|her|their) (?!\w+ birthday)|"
    rf"{MAN}|{WOMAN}|parents?|siblings?|partner)\b"
)
"""From here on an age is another person's, or of another time."""
_ASIDE = re.compile(r", (?:who|whose|which)\b[^,]*,")
_BIRTHDAY = re.compile(r"\b(?:after|before) (?:his|her|their) (?P<n>[a-z]+)(?:th|st) birthday\b")
_BARE_AGE = re.compile(r"^(?:He|She) was \w+[.,]")
_BABY = re.compile(
    r"\b(?:weeks?|days?)[ -]old\b(?! \w)|\bBaby [A-Z]\b|\bage of \w+ (?:weeks|days)\b"
)

_KILLED_BY = re.compile(
    r"^(?!.*\b(?:would|could|might|may|fear\w*|afraid|threat\w*|nearly|almost|risk)\b)"
    r".*\b(?:killed|murdered|(?:died|dead|death|fatal\w*)\b.{0,60}\binflicted)\b[^.;]{0,30} "
    r"by (?:her|his) "
    r"(?P<former>former |ex-|estranged )?(?:partner|husband|wife|boyfriend)\b"
)
_KILLED = re.compile(
    r"^(?!.*\breviews? (?:is|are|must be) (?:\w+ )?(?:where|when|if)\b).*"
    r"(?:\b(?:was|were|been) (?:\w+ly )?(?:killed|murdered|stabbed to death)\b|"
    r"\b(?:convicted|guilty|charged) (?:of|with|to) (?!attempted)(?:\w+ )?"
    r"(?:murder|manslaughter)\b)"
)
_STRANGLED = re.compile(r"\b(?:was|were|been) (?:\w+ly )?strangled\b")
"""Killed, where nothing else is told; many live through it, and some die by their own hand."""
_OWN_HAND = re.compile(r"\b(?:took|taken|ended) (?:her|his|their) (?:own )?life\b|\b[Ss]uicide\b")
_CHILDREN_THERE = re.compile(
    r"\b(?:children|Child \d \(\w+\)|they),? (?:then aged [\w ]+, )?were "
    r"(?:in the (?:house|home|next room|flat)|at home|present|upstairs)\b|"
    r"\bin the presence of (?:one of )?(?:her|his|their|the) (?:\w+ )?child(?:ren)?\b"
)


def what_happened(
    material: Material, subject: Subject, told: pd.DataFrame, befell: str = ""
) -> str:
    """The child and the event in one line, or as much of it as is sure; empty where nothing is.

    Parameters
    ----------
    material, subject
        The material of the brief, and one report.
    told
        The sentences in which it tells its story, in order.
    befell
        What befell the child by what the review is about, as it follows "A child ...".

    Returns
    -------
    str
        The age stands as a band, and only where the review is one that is published or enough
        reports share the band.
    """
    kind = material.review_type(subject.id)
    # The child of a homicide review lost somebody; whoever was ill may be an adult.
    if kind in ("dhr", "mental_health_homicide_review"):
        return _homicide([str(text) for text in subject.rows["text"]])
    texts = _opening(subject, told)
    children = children_named(texts)
    about, (event, told_in) = _of_child(material, subject, texts)
    band, harms = material.child_of(subject.id)
    # A death is graver, and is not hidden behind it.
    if event != "died" and "sexual" in befell and any(_CONVICTED.search(text) for text in texts):
        event = _HARMED
    if kind in _PUBLISHED:
        facts = material.facts_of(subject.id)
        bare = [text for text in texts if _BARE_AGE.search(text)]
        band = band or facts.get("age_band", "") or _band([told_in, *bare, *about])
        harms = harms or tuple(filter(None, facts.get("harm", "").split("; ")))
    if not event and any("death" in harm for harm in harms):
        event = "died"
    # How a child came to die by their own hand is not for a team meeting.
    harms = tuple(harm for harm in harms if "suicide" not in harm)
    who = _WHO.get(band, "")
    of_baby = " ".join((material.title_in_report(subject.id), *harms))
    if kind in _PUBLISHED and not who and (_BABY.search(of_baby) or "of a baby" in of_baby):
        who = _WHO["under 1"]
    if _OF_AGE.search(told_in):
        band, who = "16 to 17", "A young person"
    lines = []
    several = len(children) > 1 or any(_SOME_CHILDREN.search(text) for text in texts)
    if event == _HARMED and several:
        lines.append("Children were sexually harmed.")
    elif event:
        lines.append(f"{who or 'A child'} {event}.")
    if befell and not (event and _says_again(befell, event)):
        again = _AGAIN.get(band, "The child") if event else "Children" if several else who
        lines.append(f"{again or 'A child'} {befell}.")
    if not lines and who and not several:
        lines.append(f"The review is about {english.lower_first(who)}.")
    told_already = " ".join(lines)
    harms = tuple(harm for harm in harms if not _says_again(harm, told_already))
    # What a brief is about stands in its title.
    if harms and not lines and not subject.borrowed:
        lines.append(f"The review is about {english.listed(harms)}.")
    elif harms and lines and not any(word in event for word in ("weapon", "sexually")):
        lines.append(f"Harm: {english.listed(harms)}.")
    return " ".join(lines)


def age_band_told(material: Material, subject: Subject, told: pd.DataFrame) -> str:
    """The child's age band as the review tells it, to choose advice and not to print; or empty."""
    about, (_, told_in) = _of_child(material, subject, _opening(subject, told))
    return material.facts_of(subject.id).get("age_band", "") or _band([told_in, *about])


def _opening(subject: Subject, told: pd.DataFrame) -> list[str]:
    """The very first sentences, and the first of the story."""
    first = subject.rows.sort_values("start").head(_FIRST)
    opening = pd.concat([first, told.head(_OPENING)]).drop_duplicates("finding_id")["text"]
    return [str(text) for text in opening]


def _of_child(
    material: Material, subject: Subject, texts: Sequence[str]
) -> tuple[list[str], tuple[str, str]]:
    """The sentences about the child, and the event with the sentence that tells it."""
    area = set(split_words(material.area(subject.id)))
    names = names_written_most(list(subject.rows["text"]), material.names - area)
    names |= children_named(texts)
    about = about_child(texts, names)
    return about, event_of_child(texts, about, names)


def _homicide(texts: Sequence[str]) -> str:
    """Who was killed by whom, as far as it is told, and whether children were there.

    Such reviews are also on deaths by suicide, so that somebody was killed must be told.
    """
    by = next(filter(None, map(_KILLED_BY.search, texts)), None)
    killed = "An adult in the family died."
    if by is not None:
        killed = f"A parent was killed by a {'former ' if by['former'] else ''}partner."
    # Its words on other deaths come later than its own.
    elif any(_KILLED.search(text) for text in texts[:_FIRST]) or (
        any(_KILLED.search(text) or _STRANGLED.search(text) for text in texts)
        and not any(_OWN_HAND.search(text) for text in texts)
    ):
        killed = "Somebody in the family was killed."
    there = any(_CHILDREN_THERE.search(text) for text in texts)
    return f"{killed} The children were at home." if there else killed


def _says_again(words: str, told: str) -> bool:
    """Whether what befell a child is told already: in the word of one harm, or of one person."""
    is_violence = "weapon" in told and ("outside the home" in words or "violence" in words)
    return is_violence or any(word in words and word in told for word in _HARM_WORDS)


def names_written_most(texts: Sequence[str], known: Collection[str]) -> frozenset[str]:
    """The names that a review writes most: the child's, for the most part."""
    counts = Counter(
        name for text in texts for name in re.findall(r"\b[A-Z][a-z]{2,}\b", text) if name in known
    )
    most = max(counts.values(), default=0)
    return frozenset(name for name, n in counts.items() if n >= max(_FEWEST_NAMED, most / 2))


def _band(texts: Sequence[str]) -> str:
    """The age band in which the first age lies that is told of the child, or empty.

    >>> _band(["Sam died a week after his fourteenth birthday."])
    '10 to 15'
    >>> _band(["The baby died when his mother was 17."])
    ''
    """
    if any(_BABY.search(text) for text in texts):
        return "under 1"
    for text in texts:
        # The age of years before, or of somebody else; of two ages, neither is sure.
        told = _NOT_NOW.split(text, maxsplit=1)[0]
        ages = list(_AGED.finditer(_without_aside(told)))
        if len({aged["n"] for aged in ages}) > 1:
            continue
        if ages:
            return age_band(ages[0]["n"], ages[0]["unit"] or "year")
        if (born := _BIRTHDAY.search(text)) and born["n"] in _BIRTHDAYS:
            return age_band(_BIRTHDAYS[born["n"]])
    return ""


def _without_aside(text: str) -> str:
    """A sentence without ", who had been in care since he was four,"."""
    return _ASIDE.sub(" ", text)


_BIRTHDAYS = {
    "four": "4", "six": "6", "seven": "7", "eigh": "8", "nin": "9", "ten": "10", "eleven": "11",
    "twelf": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17",
}  # fmt: skip
