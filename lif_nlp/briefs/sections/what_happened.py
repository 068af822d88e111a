"""What happened to the child of one review, in a line of ours that names nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

import pandas as pd

from lif_nlp.briefs.material import Material
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

_WHO = {
    "under 1": "A baby",
    "1 to 4": "A child aged 1 to 4",
    "5 to 9": "A child aged 5 to 9",
    "10 to 15": "A child aged 10 to 15",
    "16 to 17": "A young person aged 16 or 17",
}
"""The child, by age band."""

_EVENTS = (
    (re.compile(r"(?:^|\b(?:and|when|where|before|after|until|then) (?:(?:he|she|they) )?)"
                r"(?:(?:had|later|then|sadly|suddenly) )*(?:died|took (?:his|her|their) own life|"
                r"(?:was|were|been) (?:(?:later|then|sadly) )?"
                r"(?:found dead|killed|murdered|pronounced dead))\b"), "died"),
    (re.compile(r"\b(?:was|were|been|being) (?:\w+ly )?(?:stabbed|shot)\b(?! up)|"
                r"\b(?:stab|gunshot|knife) wounds?\b"),
     "was seriously hurt with a weapon"),
    (re.compile(r"\b(?:was|were|been|being) (?:\w+ly )?(?:sexually (?:abused|assaulted|exploited)|"
                r"raped|indecently assaulted)\b"),
     "was sexually harmed"),
    (re.compile(r"\b(?:skull|rib|arm|leg|limb|bone|femur|multiple|several|healing|unexplained) "
                r"fractures?\b|\bfractured (?:skull|arm|leg|ribs?|femur)\b|"
                r"\bfractures? (?:to|of) (?:the|his|her)\b|"
                r"\bbroken (?:arm|leg|ribs?)\b|\bbrain (?:injur\w+|bleed\w*|haemorrhage)|"
                r"\bbleed\w* (?:on|in|to) (?:the|his|her) brain\b|\bhead injur\w+|"
                r"\b(?:serious|severe|extensive) (?:burns|scalds)\b|"
                r"\b(?:burns?|scalds?) (?:to|on) (?:the|his|her)\b|"
                r"\b(?:was|were|been) (?:\w+ly )?(?:burn(?:ed|t)|scalded)\b|"
                r"\bserious(?:ly)? (?:head )?injur\w+|\blife[- ]threatening injur\w+"),
     "was seriously injured"),
    (re.compile(r"\b(?:malnourished|starved(?! (?:of|for))|starving|emaciated|"
                r"severely (?:neglected|underweight))\b"),
     "was seriously neglected"),
)  # fmt: skip
"""Events as a review tells them, the gravest first, and how the line says them."""

_MAN = r"father|dad|brother|grandfather|grandad|uncle|stepfather|boyfriend|husband|man|men|nephew"
_WOMAN = r"mother|mum|sister|grandmother|gran|nan|aunt|stepmother|girlfriend|wife|woman|women|niece"
_ANY = (
    r"parents?|siblings?|twins?|half-\w+|cousins?|partners?|friends?|carers?|somebody|someone|people|"
    r"person|others?|another|neighbours?|pupils?|classmates?|boys?|girls?|bab(?:y|ies)|child|children|"
    r"who|whom|whose|which|that"
)
_OTHER = re.compile(rf"(?i)\b(?:{_MAN}|{_WOMAN}|{_ANY})s?\b(?! (?:protection|in need)\b)")
"""Somebody else, or a clause on something else: the event behind it may be theirs."""
_OTHER_HE = re.compile(rf"(?i)\b(?:{_MAN}|cousin|partner|friend|twin|sibling)s?\b")
_OTHER_SHE = re.compile(rf"(?i)\b(?:{_WOMAN}|cousin|partner|friend|twin|sibling)s?\b")
"""Whom "He" or "She" in the next sentence may mean beside the child."""
_UNSURE = re.compile(
    r"(?i)\b(?:not|no|never|neither|nor|without|nearly|almost|if|whether|unless|risks?|worr\w+|fear\w*|"
    r"afraid|concern\w*|may|might|could|would|should|will|alleg\w+|suspect\w*|(?<!life.)threat\w*|thought|"
    r"believed?|said|say|says|claim\w*|report\w*|rumou?r\w*|told|disclos\w+|attempt\w*|tried|wish\w*|"
    r"wanted|vulnerable|likely|possibly|perhaps|query|denied|history of)\b|n['’]t\b"
)
"""Before an event: it did not happen, or is not known to have."""
_TAKEN_BACK = re.compile(
    r"(?i)\b(?:ruled out|unfounded|untrue|not (?:true|proved|substantiated|found|confirmed)|"
    r"no evidence|no further action)\b"
)

_PERSON = re.compile(
    r"^(?:(?:In|On|At|By|During|One|Early|Late)\b[^.;]{0,80}?,? )?"
    r"(?P<who>(?:[Tt]he |[Aa] )?(?:[Bb]aby|[Cc]hild|[Bb]oy|[Gg]irl|[Ii]nfant|[Tt]oddler|"
    r"[Yy]oung [Pp]erson|[Tt]eenager)(?: [A-Z][A-Za-z]?\d?\b)?|[A-Z][a-z]+)"
    r"(?:, (?:who|aged|then|a|an)\b[^,]{0,60},)? "
    r"(?P<verb>was|were|died|took|suffered|sustained|had|is|stopped|lost|told|lived)\b"
)
"""A sentence about one person: when, who, and a verb."""

_ADULT = re.compile(
    r"(?i)^(?:the )?(?:mother|father|mum|dad|grand\w+|step\w+|partner|police|mr|mrs|ms|he|she|it|"
    r"they|this|that|there|nobody|everyone|school|staff)$"
)
"""Who is no child, or cannot be told from the sentence alone."""

_FEWEST_NAMED = 5
"""Mentions of a name before it is taken for the child's, and at least half of the commonest's."""

_AGED = re.compile(
    rf"\b(?:aged|was|is|turned) (?P<n>{AGE_NUMBER})"
    r"(?: (?P<unit>week|month)s?)?\b(?! (?:per|of|other|more|minutes|hours|days|children|miles))"
)
_NOT_NOW = re.compile(
    rf"(?i)\b(?:since|until|from (?:when|the age)|"
    rf"(?:when|after|before) (?:his|her|their) (?!\w+ birthday)|"
    rf"{_MAN}|{_WOMAN}|parents?|siblings?|partner)\b"
)
"""From here on an age is another person's, or of another time."""
_ASIDE = re.compile(r", (?:who|whose|which)\b[^,]*,")
_BIRTHDAY = re.compile(r"\b(?:after|before) (?:his|her|their) (?P<n>[a-z]+)(?:th|st) birthday\b")
_GOES_ON = re.compile(r"(?:He|She) (?:was|had|died|took|suffered|sustained|lost|is)\b")
_BARE_AGE = re.compile(r"^(?:He|She) was \w+[.,]")
_BABY = re.compile(
    r"\b(?:weeks?|days?)[ -]old\b(?! \w)|\bBaby [A-Z]\b|\bage of \w+ (?:weeks|days)\b"
)

_KILLED_BY = re.compile(
    r"\bkilled by (?:her|his) ((?:former |ex-)?(?:partner|husband|wife|boyfriend))\b"
)
_KILLED = re.compile(
    r"\b(?:was|were|been) (?:\w+ly )?(?:killed|murdered|stabbed to death|strangled)\b|"
    r"\b(?:convicted|guilty|charged) (?:of|with) (?:\w+ )?(?:murder|manslaughter)\b"
)
_OWN_HAND = re.compile(r"\b(?:took|taken|ended) (?:her|his|their) (?:own )?life\b|\b[Ss]uicide\b")
_CHILDREN_THERE = re.compile(r"\bchildren were (?:in the house|at home|in the home|present)\b")


def what_happened(material: Material, subject: Subject, told: pd.DataFrame) -> str:
    """The child and the event in one line, or as much of it as is sure; empty where nothing is.

    Parameters
    ----------
    material, subject
        The material of the brief, and one report.
    told
        The sentences in which it tells its story, in order.

    Returns
    -------
    str
        The age stands as a band, and only where the review is one that is published or enough
        reports share the band.
    """
    kind = material.review_type(subject.id)
    if kind == "dhr":
        return _homicide([str(text) for text in subject.rows["text"]])
    opening = list(told["text"].head(_OPENING)) or list(subject.rows["text"].head(_OPENING))
    area = set(split_words(material.area(subject.id)))
    names = names_written_most(list(subject.rows["text"]), material.names - area)
    about = _about_child([str(text) for text in opening], names)
    band, harms = material.child_of(subject.id)
    event, told_in = _event(_with_next(about, [str(text) for text in opening]))
    if kind in _PUBLISHED:
        facts = material.facts_of(subject.id)
        bare = [str(text) for text in opening if _BARE_AGE.search(str(text))]
        band = band or facts.get("age_band", "") or _band([told_in, *bare])
        harms = harms or tuple(filter(None, facts.get("harm", "").split("; ")))
    # How a child came to die by their own hand is not for a team meeting.
    harms = tuple(harm for harm in harms if "suicide" not in harm)
    who = _WHO.get(band, "")
    if kind in _PUBLISHED and not who and _BABY.search(material.title_in_report(subject.id)):
        who = _WHO["under 1"]
    lines = []
    if event:
        lines.append(f"{who or 'A child'} {event}.")
    elif who and not _several(about, names):
        lines.append(f"The review is about {english.lower_first(who)}.")
    # What a brief is about stands in its title.
    if harms and not lines and not subject.borrowed:
        lines.append(f"The review is about {english.listed(harms)}.")
    elif harms and lines and not any(word in event for word in ("weapon", "sexually")):
        lines.append(f"Harm: {english.listed(harms)}.")
    return " ".join(lines)


def _homicide(texts: Sequence[str]) -> str:
    """Who was killed by whom, as far as it is told, and whether children were there.

    Such reviews are also on deaths by suicide, so that somebody was killed must be told.
    """
    by = next((match[1] for text in texts if (match := _KILLED_BY.search(text))), "")
    killed = f"A parent was killed by a {by}." if by else "An adult in the family died."
    own_hand = any(_OWN_HAND.search(text) for text in texts)
    if not by and not own_hand and any(_KILLED.search(text) for text in texts):
        killed = "Somebody in the family was killed."
    there = any(_CHILDREN_THERE.search(text) for text in texts)
    return f"{killed} The children were at home." if there else killed


def _several(about: Sequence[str], names: frozenset[str]) -> bool:
    """Whether the opening tells of two children by name."""
    return len({name for name in names if any(name in text for text in about)}) > 1


def names_written_most(texts: Sequence[str], known: Collection[str]) -> frozenset[str]:
    """The names that a review writes most: the child's, for the most part."""
    counts = Counter(
        name for text in texts for name in re.findall(r"\b[A-Z][a-z]{2,}\b", text) if name in known
    )
    most = max(counts.values(), default=0)
    return frozenset(name for name, n in counts.items() if n >= max(_FEWEST_NAMED, most / 2))


def _about_child(opening: Sequence[str], names: frozenset[str]) -> list[str]:
    """The sentences about the child, with those that go on with "He" or "She"."""
    about: list[str] = []
    is_about, before = False, ""
    for text in opening:
        other = _OTHER_SHE if text.startswith("She") else _OTHER_HE
        goes_on = bool(_GOES_ON.match(text)) and not other.search(before)
        is_about = _is_about_child(text, names) or (is_about and goes_on)
        about += [text] * is_about
        before = text
    return about


def _is_about_child(text: str, names: frozenset[str]) -> bool:
    """Whether the sentence's subject is the child."""
    match = _PERSON.match(text)
    if not match or _ADULT.match(match["who"]):
        return False
    who = match["who"].split()
    is_noun = who[0].lower() in ("the", "a") or who[0].lower() in _CHILD
    return is_noun or match["who"] in names


def _with_next(about: Sequence[str], opening: Sequence[str]) -> list[str]:
    """The sentences about the child, each admission to hospital with what was found there."""
    pairs = zip(opening, [*opening[1:], ""], strict=True)
    found = [f"{text} {after}" for text, after in pairs if text in about and "admitted" in text]
    return [*about, *found]


def _event(texts: Sequence[str]) -> tuple[str, str]:
    """The gravest event that befell the child and the sentence that tells it, or two empties.

    Where a sentence leaves open whether it happened, or to whom, it tells none.

    >>> _event(["The boy was close to his grandmother, who died."])
    ('', '')
    """
    for pattern, said in _EVENTS:
        for text in texts:
            happened = pattern.search(_of_child(text))
            if happened and not _UNSURE.search(_of_child(text)[: happened.end()]):
                return said, text
    return "", ""


def _of_child(text: str) -> str:
    """What a sentence says of its subject, up to where it names another; empty if taken back."""
    match = _PERSON.match(text)
    begin = match.start("verb") if match else len(text.split(" ", 1)[0]) + 1
    if _TAKEN_BACK.search(text):
        return ""
    return _OTHER.split(text[begin:], maxsplit=1)[0]


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
_CHILD = frozenset(["baby", "child", "boy", "girl", "infant", "toddler", "young", "teenager"])
