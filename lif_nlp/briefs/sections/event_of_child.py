"""The gravest thing that a review's opening tells of the child itself, never of somebody else.

A sentence is read only as far as it speaks of the child: from its first mention of the child, by a
noun, a pseudonym or a name, to its first mention of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from lif_nlp.text.ages import AGE_NUMBER, age_band
from lif_nlp.text.months import FULL_MONTH

_EVENTS = (
    (re.compile(r"(?:^|\b(?:and|when|where|before|after|until|then) (?:(?:he|she|they) )?)"
                r"(?:(?:had|later|then|sadly|suddenly) )*(?:died(?! down| out)|drowned|"
                r"took (?:his|her|their) own life|"
                r"(?:was|were|been) (?:(?:later|then|sadly) )?"
                r"(?:found (?:dead|lifeless)|killed|murdered|pronounced dead|"
                r"stabbed to death))\b"), "died"),
    (re.compile(r"\b(?:was|were|been|being) (?:\w+ly )?(?:stabbed|shot)\b(?! up)|"
                r"\b(?:stab|gunshot|knife) wounds?\b"),
     "was seriously hurt with a weapon"),
    (re.compile(r"\b(?:was|were|been|being) (?:\w+ly )?(?:sexually (?:abused|assaulted|exploited)|"
                r"raped|indecently assaulted)\b|"
                # The child stands at the end; before it, a child may be the one who is convicted.
                r"\b(?:convicted|guilty) of [\w ,-]{0,40}(?:sexual |indecent )[\w ,]{0,30}"
                r"(?:against|upon|on) (?:her|him|them)"
                r"(?=[.,;]| (?:and|at|between|from|in|when)\b)"),
     "was sexually harmed"),
    (re.compile(r"\b(?:skull|rib|arm|leg|limb|bone|femur|multiple|several|healing|unexplained|"
                r"metaphyseal|two|three|four|five|six) "
                r"fractures?\b|\bfractured (?:skull|arm|leg|ribs?|femur)\b|"
                r"\bfractures? (?:to|of) (?:the|his|her|both)\b|"
                r"\bbroken (?:arm|leg|ribs?)\b|\bbrain (?:injur\w+|bleed\w*|haemorrhage)|"
                r"\bbleed\w* (?:on|in|to) (?:the|his|her) brain\b|\bhead injur\w+|"
                r"\bsubdural\b|\bscalds? and (?:a )?burns?\b|"
                r"\b(?:serious|severe|extensive) (?:burns|scalds)\b|"
                r"\b(?:burns?|scalds?) (?:to|on) (?:the|his|her)\b|"
                r"\b(?:was|were|been) (?:\w+ly )?(?:burn(?:ed|t)|scalded)\b|"
                r"\bserious(?:ly)? (?:head )?injur\w+|\blife[- ]threatening injur\w+"),
     "was seriously injured"),
    (re.compile(r"\b(?:malnourished|starved(?! (?:of|for))|starving|emaciated|"
                r"severely (?:neglected|underweight)|weigh(?:ed|ing) less than (?:he|she|they)|"
                r"lost (?:a (?:third|quarter|fifth)|\w+ per cent) of (?:his|her|their) weight)\b"),
     "was seriously neglected"),
    (re.compile(r"(?<!neonatal )(?<!born )\bintensive care\b|\bsurvived\b(?! on\b)|"
                r"\bketoacidosis\b|\bsepsis\b|\bcritically ill\b"),
     "came close to dying"),
    (re.compile(r"\b(?:was|were) (?:found|left) (?:alone|at home alone|unsupervised)\b(?! with\b)"),
     "was left alone"),
    # A child is also removed from a plan, a list or a school.
    (re.compile(r"\b(?:was|were) (?:removed from (?:(?:the )?(?:family )?home\b|the care of\b|"
                r"(?:his|her|their) (?:home\b|family\b|care\b|$))|"
                r"taken (?:in)?to (?:police|care|foster))|"
                r"\btaken into (?:police protection|care)\b"),
     "was taken into care"),
)  # fmt: skip
"""Events as a review tells them, the gravest first, and how the line says them."""

MAN = r"father|dad|brother|grandfather|grandad|uncle|stepfather|boyfriend|husband|man|men|nephew"
WOMAN = r"mother|mum|sister|grandmother|gran|nan|aunt|stepmother|girlfriend|wife|woman|women|niece"
_ANY = (
    r"parents?|siblings?|twins?|half-\w+|cousins?|partners?|friends?|carers?|somebody|someone|people|"
    r"person|others?|another|neighbours?|pupils?|classmates?|boys?|girls?|bab(?:y|ies)|child|children|"
    r"who|whom|whose|which|that"
)
_OTHER = re.compile(rf"(?i)\b(?:{MAN}|{WOMAN}|{_ANY})s?\b(?! (?:protection|in need)\b)")
"""Somebody else, or a clause on something else: the event behind it may be theirs."""
_ADULTS = re.compile(rf"(?i)\b(?:{MAN}|{WOMAN}|parents?|partner|he|she|they)\b")
"""Those of whom a child's death is told as of something that they have known."""
_OTHER_HE = re.compile(rf"(?i)\b(?:{MAN}|cousin|partner|friend|twin|sibling)s?\b")
_OTHER_SHE = re.compile(rf"(?i)\b(?:{WOMAN}|cousin|partner|friend|twin|sibling)s?\b")
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

_NUMBER = r"^(?:\W*\d{1,2}(?:\.\d{1,2})*\.? )?[\"“‘']?"
"""The number of a paragraph, and a mark of speech before a name."""
_NOUN = (
    r"[Bb]aby|[Cc]hild|[Bb]oy|[Gg]irl|[Ii]nfant|[Tt]oddler|[Yy]oung [Pp]erson|[Tt]eenager|"
    r"[Yy]oung man|[Yy]oung woman"
)
_PERSON = re.compile(
    _NUMBER + r"(?:(?:In|On|At|By|During|One|Early|Late)\b[^.;]{0,80}?,? )?"
    rf"(?P<who>(?:[Tt]he |[Aa] )?(?:{_NOUN})(?: [A-Z][A-Za-z]?\d?\b)?|[A-Z][a-z]+|[A-Z]{{1,2}}\d?)"
    r"[\"”’']?(?: \([^)]{1,30}\))?(?:, (?:who|aged|then|a|an)\b[^,]{0,60},)? "
    r"(?P<verb>was|were|died|took|suffered|sustained|had|is|stopped|lost|told|lived|has|survived|"
    r"weighed|recovered|brought|drowned|swallowed|went|came|loved|liked|grew|\w{3,}ed)\b"
)
"""A sentence about one person: when, who, and a verb."""

_REVIEW_OF = re.compile(
    r"(?i)\b(?:review|report|summary|plan|account|guide|letter)s?(?: (?:of|into|about|on)\b|"
    r"\b[^.;:]{0,120}?\b(?:concerns?|concerning|is about|considers?|examines?|looks at|"
    r"(?:story|case) of|about|into|following|after|because)\b)"
)
"""A sentence that says what the review is of; the child stands behind it."""
_CHILD_NAMED = re.compile(
    rf"(?P<noun>\b(?:an? |the )?(?:[\w-]+[- ]){{0,2}}(?:{_NOUN})\b(?: [A-Z]{{1,2}}\d?\b)?)|"
    r"\b(?P<name>[A-Z][\w’'-]*)\b"
)
_DEATH_OF = re.compile(
    rf"\bdeaths? (?:in \w+ )?of (?:(?:an?|the|two|three) )?(?:[\w-]+[- ]){{0,3}}(?:{_NOUN})\b"
)
_CAUSE_OF_DEATH = re.compile(r"(?i)\bcause of death\b|\blived for (?:about |only )?\w+ hours?\.")
_NO_DEATH = re.compile(
    r"(?i)\b(?:prevent|risk of|other|future|reviews? of|all|national|where|whether|must|any|every|"
    r"or deaths?)\b"
)
"""A death that is not this child's, or the rule on when there is a review."""

_AGED_CHILD = re.compile(
    r"\b(?P<name>(?:(?:Child|Baby|Young Person) )?[A-Z][\w-]*\d?)"
    r"(?:,? \((?:then |aged )?|,? (?:then |now )?aged |"
    r",? who (?:was|is|had just turned) (?:aged )?|"
    r" (?:was|is|had just turned) (?:aged |only |just )?)"
    rf"(?P<n>{AGE_NUMBER})(?: (?P<unit>week|month|year)s?(?: old)?(?: of age)?)?"
    r"(?=\)|[,.;]| (?:and|when|at|years)\b)"
)
"""A name with a child's age: "Ivy is twelve, Noel is eight", "Aspen (14)"."""
_CALLED = re.compile(
    rf"\b(?:{_NOUN}|children)\b[^.]{{0,50}}? (?:(?:is|was|will be|are) (?:here )?called|"
    r"(?:whom|which) (?:I|we|this report) (?:shall |have )?(?:calls?|called|named)|"
    r"referred to (?:here )?as|known here as) [\"“‘]?(?P<name>[A-Z][\w-]*\d?)"
)
"""Names that a review gives to its child."""
_CALLED_SO = re.compile(
    r"^,? ?(?:\([^)]*\),? ?|aged [^,]*, )?(?:who )?"
    r"(?:(?:will be|is|was) (?:here )?(?:called|known as) [\"“‘]?[A-Z]\w*[\"”’]?,? "
    r"(?:and )?(?:who )?)?"
)
"""What may stand between a child and what happened to it."""
_NO_NAME = re.compile(
    r"(?:He|She|They|It|We|This|That|There|Both|Mother|Father|Mum|Dad|Police|Part|Chapter|Section|"
    rf"Version|Who|And|When|While|Week|Day|Year|In|On|At|{FULL_MONTH})"
)
_ADULT = re.compile(
    r"(?i)^(?:the )?(?:mother|father|mum|dad|grand\w+|step\w+|partner|police|mr|mrs|ms|he|she|it|"
    r"they|this|that|there|nobody|everyone|school|staff|[mf][a-z]?\d?|we|i|one|both|who)$"
)
"""Who is no child, or cannot be told from the sentence alone."""

_GOES_ON = re.compile(
    _NUMBER + r"(?:(?:At|On|In|By|After|Within)\b[^.;,]{0,60},? (?:he|she)|He|She) [a-z]+\b"
)
_FOUND_THERE = re.compile(
    r"(?i)\b(?:admitted|(?:brought|taken|carried) (?:\w+ ){0,3}(?:to|into) (?:the )?(?:hospital|"
    r"emergency|ward))\b|\b(?:to|in) the emergency department\b"
)
"""An admission, whose findings stand in the next sentence."""
_OF_SOMEBODY = re.compile(
    r"^(?:His|Her|Their|The|Mother|Father|Both|Mr|Mrs|Ms|[A-Z]\w* (?:said|told))\b"
)
"""A next sentence that is about somebody else."""


def children_named(opening: Sequence[str]) -> frozenset[str]:
    """The names to which an opening gives a child's age, or that it says it gives to a child.

    >>> sorted(children_named(["Ivy is twelve, Noel is eight.", "Nan is 61."]))
    ['Ivy', 'Noel']
    """
    names = set()
    for text in opening:
        for found in _AGED_CHILD.finditer(text):
            if age_band(found["n"], found["unit"] or "year"):
                names.add(found["name"].removeprefix("Baby ").removeprefix("Child "))
        names |= {found["name"] for found in _CALLED.finditer(text)}
    return frozenset(name for name in names if not _NO_NAME.fullmatch(name))


def about_child(opening: Sequence[str], names: Collection[str]) -> list[str]:
    """The sentences about the child, with those that go on with "He" or "She".

    Parameters
    ----------
    opening
        The first sentences of the review's story.
    names
        The child's names or pseudonyms, as far as they are known.
    """
    about: list[str] = []
    is_about, before = False, ""
    for text in opening:
        other = _OTHER_SHE if re.search(r"\b[Ss]he\b", text) else _OTHER_HE
        goes_on = bool(_GOES_ON.match(text)) and not other.search(before)
        is_about = bool(_of_child(text, names)) or (is_about and goes_on)
        about += [text] * is_about
        before = text
    return about


def event_of_child(
    opening: Sequence[str], about: Sequence[str], names: Collection[str]
) -> tuple[str, str]:
    """The gravest event that befell the child and the sentence that tells it, or two empties.

    Parameters
    ----------
    opening, about
        The first sentences, and those of them that are about the child.
    names
        The child's names.

    >>> event_of_child([], ["The boy was close to his grandmother, who died."], [])
    ('', '')
    """
    told = [(text, _of_child(text, names) or _after_pronoun(text)) for text in about]
    pairs = pairwise([*opening, ""])
    told += [
        (text, f"{_of_child(text, names)} {_till_other(after)}")
        for text, after in pairs
        if text in about and _FOUND_THERE.search(text) and not _OF_SOMEBODY.match(after)
    ]
    for pattern, said in _EVENTS:
        for text, words in told:
            happened = pattern.search(words)
            if happened and not _UNSURE.search(words[: happened.end()]):
                return said, text
        if said == "died":
            of = next((text for text in opening if _tells_a_death(text)), "")
            if of:
                return said, of
    return "", ""


def _tells_a_death(text: str) -> bool:
    """Whether a sentence speaks of a child's death as of what happened."""
    is_cause = _CAUSE_OF_DEATH.search(text) and not _OTHER.search(text)
    of_child = _DEATH_OF.search(text)
    # "Mother had known the death of a baby" is another child's.
    is_of_child = of_child and not _ADULTS.search(text[: of_child.start()])
    return bool(is_of_child or is_cause) and not _NO_DEATH.search(text)


def _of_child(text: str, names: Collection[str]) -> str:
    """What a sentence says of the child, up to where it names another; empty for others' sentences.

    Where a sentence takes back what it told, it tells nothing.
    """
    if _TAKEN_BACK.search(text):
        return ""
    match = _PERSON.match(text)
    if match and not _ADULT.match(match["who"]):
        who = match["who"].split()
        is_noun = who[0].lower() in ("the", "a") or who[0].lower() in _CHILD
        if is_noun or match["who"] in names:
            return _till_other(text[match.start("verb") :])
    review = _REVIEW_OF.search(text)
    if review is None:
        return ""
    for child in _CHILD_NAMED.finditer(text, review.end()):
        if child["noun"] or child["name"] in names:
            behind = _CALLED_SO.sub("", text[child.end() :])
            return _till_other(behind)
        if _OTHER.search(text[review.end() : child.start()]):
            break
    return ""


def _after_pronoun(text: str) -> str:
    """What a sentence says behind its first word."""
    return "" if _TAKEN_BACK.search(text) else _till_other(text.partition(" ")[2])


def _till_other(words: str) -> str:
    """Words up to where they name somebody else."""
    return _OTHER.split(words, maxsplit=1)[0]


_CHILD = frozenset(["baby", "child", "boy", "girl", "infant", "toddler", "young", "teenager"])
