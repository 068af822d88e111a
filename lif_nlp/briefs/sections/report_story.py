"""One report in its own words: what happened, what it learnt, what it asks for and of whom."""

from __future__ import annotations

import re

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.sections.claims import Quoter, count, ids
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import split_words
from lif_nlp.records import Claim
from lif_nlp.text import english

STORY_SENTENCES = 4
"""Sentences of the story: enough for family, harm and event, and few enough to read aloud."""

_FEWEST_WORDS, _MOST_WORDS = 6, 38
"""Words of a sentence of the story; by judgement: shorter ones are notes, longer ones tire."""

_FEWEST = 2
"""A single sentence is no story, and is left out."""

_NO_CHILD = ("inspection", "audit", "national", "child_death", "")
"""Families of reports on services or on many children, which tell no single story."""

_RUN = 3
"""Sentences told in one piece at most, so that two parts of the story find room."""

_LATE_COST = 2.0
"""Points lost from the first to the last sentence told, since a report says first what matters to
the story; chosen by judgement on 53 reports in November 2026.  Larger, and only openings count."""

_PSEUDONYM = re.compile(
    r"\b(?:Child|Baby|Family|Sibling|Adult|Young Person|Twins?) (?:[A-Z]{1,3}\d?|\d{1,2})\b"
)
_SAME = re.compile(r"^(?:He|She)\b")
_SUBJECT_WORDS = 4
"""Words at the beginning of a sentence in which its subject stands."""

_ROLE_NAME = re.compile(r"\b(?:Mother|Father|Grandmother|Grandfather|Stepfather)\b(?! [A-Z])")
_TELLS = re.compile(
    r"(?i)\b(?:what happened|story|circumstances|summary|in brief|in short|at a glance|background|"
    r"the child|the children|family|events|facts|incident|introduction|why (?:we|this|the)|"
    r"lived experience|the case|who is|about)\b"
)
_TELLS_NOT = re.compile(
    r"(?i)\b(?:recommend|learning|finding|analysis|appraisal|method|terms of reference|views?|told|"
    r"inspection|reviewer|action|strengths?|development|good practice|scope|process|conclusion)"
)
_LEARNING = re.compile(
    r"(?i)\b(?:learning|lessons?|key (?:messages|points|findings)|conclusions?|findings?|"
    r"what (?:we|it|the review) learn\w*|messages)\b"
)
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
_LEANS = re.compile(
    r"^(?:This|These|Those|That|They|It|Its|He|She|His|Her|Him|Their|Them|Such|However|Also|But|"
    r"And|So|Then|Both|There|Another|Others|Later|Until then|At th(?:at|is|e) time|By then)\b"
)
_JUDGES = re.compile(
    r"(?i)\b(?:should|could|might|would|ought to) (?:not )?have\b|"
    r"\bfail(?:ed|ing|ings|ure|ures)?\b|\boverdose|\btablets\b|\bcutting\b|"
    r"\bmissed opportunit|\blet down\b|\brape[ds]?\b|\bstrangl|\bstabb|\bhanging|\bpost[- ]mortem|"
    r"\bautops|\binquest|\bterms of reference\b|\breview(?:s|ers?|ed)?\b|\bpanel\b|\bfictional\b|"
    r"\bthis (?:report|note|document|briefing)\b|\bnotif(?:y|ied)\b|\bcriteria\b|\bchronolog|"
    r"\bcommissioned\b|\bcontributed\b|\binvited\b|\bdeclined\b|"
    r"\bprevent(?:ed|able)\b|\bpredict(?:ed|able)\b|\bpublication\b|"
    r"\bworkshops?\b|\bpseudonym|\bauthors?\b|\bhelp ?line\b"
)
"""Words of judgement, of how the child was hurt, and of how the report came about."""

_AGE = re.compile(
    r"\b(?:at|of|turned|is|was|aged) \d{1,2}\b(?! (?:weeks|months|days|per))|\(\d{1,2}\)"
)
_NO_SENTENCE = re.compile(r"[?:;,…]\s*$|^\W*[a-z0-9]|\b(?:When|What|Who): ")
_ONE_PERSON = re.compile(
    r"^(?:(?:Step|Grand)?(?:[Mm]other|[Ff]ather)|Mum|Dad|Teacher of)\b|\b(?:conviction|deaf)\b"
)
"""A note on one person of the case, or on a rare condition: never quoted from a single report."""

_BOILERPLATE = re.compile(r"(?i)\b(?:in my opinion|i believe|within \d+ (?:working )?days of)\b")
_NO_OWNER = re.compile(
    r"^(?:Every|Any|All plans|Performance|Training|Work|Plans|Records)\b|\b(?:says?|is|are|who)\b"
)
"""Subjects of a recommendation that nobody can be asked as: "Every plan should ..."."""

_MOST_OWNER = 8
"""Words of an owner; a longer one is a piece of the sentence."""


def story(material: Material, subject: Subject) -> list[Claim]:
    """What happened to the child, in sentences of the report's own summary, in its order.

    A sentence that leans on the one before it ("She ...") is shown only after that one.  None
    holds a name, an age, a date or a judgement; the child's age stands as a band.

    Parameters
    ----------
    material
        The material of the brief.
    subject
        One report, with its findings.

    Returns
    -------
    list[Claim]
        The age band where it is known, then up to `STORY_SENTENCES` quotes; empty without two.
    """
    if material.family(subject.id) in _NO_CHILD or "thematic" in subject.definition.casefold():
        return []
    rows = subject.rows.sort_values("start")
    told = rows[rows["heading"].fillna("").map(_tells_a_story).astype(bool)]
    runs = [run for _, part in told.groupby("heading", sort=False) for run in _runs(material, part)]
    if not runs:
        return _where_told(told)
    ends = (int(told["start"].iloc[0]), int(told["end"].iloc[-1]))
    best = sorted(runs, key=lambda run: (-_points(run, ends), run["start"].iloc[0]))
    chosen: list[pd.DataFrame] = []
    for run in best:
        if sum(map(len, chosen)) + len(run) <= STORY_SENTENCES:
            chosen.append(run)
    if sum(map(len, chosen)) < _FEWEST:
        return _where_told(told)
    lines = []
    band = material.facts_of(subject.id).get("age_band", "")
    if band:
        lines.append(count(f"Age of the child: {band}, as read from the report.", rows.iloc[:0]))
    for _, row in pd.concat(chosen).sort_values("start").iterrows():
        evidence = material.evidence(row)
        lines.append(Claim("quote", "", (evidence.finding_id,), (evidence,)))
    return lines


def learning_points(quoter: Quoter, shown: int) -> list[Claim]:
    """What the report itself calls learning, in its words; an inspection or audit has none."""
    if quoter.material.family(quoter.subject.id) in ("inspection", "audit"):
        return []
    rows = quoter.subject.rows
    own = rows["heading"].fillna("").map(_tells_learning).astype(bool)
    asks = set(_asked(quoter.material, quoter.subject)["finding_id"])
    own &= ~rows["finding_id"].isin(asks) & ~rows["text"].str.contains(_ONE_PERSON)
    return quoter.quotes(rows[own], shown)


def good_practice(quoter: Quoter, shown: int) -> list[Claim]:
    """What went well, each in a quote under the service that did it."""
    names = {a.id: a.name for a in quoter.material.framework.agencies if a.id != "all"}
    lines: list[Claim] = []
    seen: set[str] = set()
    strengths = quoter.subject.strengths
    strengths = strengths[~strengths["text"].str.contains(_ONE_PERSON)]
    for claim in quoter.quotes(strengths, shown):
        row = quoter.subject.rows.set_index("finding_id").loc[claim.finding_ids[0]]
        services = [names[id] for id in row["agencies"] if id in names][:2]
        label = english.listed(services) if services else ""
        if label and label not in seen:
            lines.append(Claim("count", f"{label}:", claim.finding_ids))
        seen.add(label)
        lines.append(claim)
    return lines


def recommendations(quoter: Quoter, shown: int) -> list[Claim]:
    """What the report asks for, in its words, each with its owner and date where it names them."""
    asked = _asked(quoter.material, quoter.subject).set_index("finding_id")
    rows = quoter.subject.rows
    rows = rows[rows["finding_id"].isin(asked.index) & ~rows["text"].str.contains(_BOILERPLATE)]
    lines: list[Claim] = []
    for claim in quoter.quotes(rows, shown):
        entry = asked.loc[claim.finding_ids[0]]
        lines.append(claim)
        owner, due = str(entry["owner"] or ""), str(entry["due"] or "")
        known = quoter.material.known_in(quoter.material.area(quoter.subject.id))
        if _is_owner(owner) and not identifying_details(owner, known):
            by = f", {due}" if due.startswith(("within", "by")) else f", by {due}" if due else ""
            lines.append(Claim("count", f"Who: {owner}{by}.", claim.finding_ids))
    return lines


def asked_questions(material: Material, subject: Subject, shown: int) -> list[Claim]:
    """Questions that the report itself puts to its readers, in its words."""
    known = _known(material, subject)
    lines = []
    for _, row in subject.rows.sort_values("start").iterrows():
        text = str(row["text"])
        if (
            text.endswith("?")
            and _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS
            and not _LEANS.search(text)
            and text.count("“") == text.count("”")
            and not identifying_details(text, known)
            and not _JUDGES.search(text[:-1])
        ):
            evidence = material.evidence(row)
            lines.append(Claim("quote", "", (evidence.finding_id,), (evidence,)))
    return lines[:shown]


def _is_owner(owner: str) -> bool:
    return bool(owner) and len(owner.split()) <= _MOST_OWNER and not _NO_OWNER.search(owner)


def _asked(material: Material, subject: Subject) -> pd.DataFrame:
    """The report's own recommendations, with owners."""
    table = material.recommendations
    if table.empty:
        return pd.DataFrame(columns=["finding_id", "owner", "due"])
    own = set(ids(subject.rows))
    return table[table["finding_id"].isin(own)].fillna({"owner": "", "due": ""})


def _tells_a_story(heading: str) -> bool:
    return bool(_TELLS.search(heading)) and not _TELLS_NOT.search(heading)


def _tells_learning(heading: str) -> bool:
    return bool(_LEARNING.search(heading)) and "case finding" not in heading.casefold()


def _known(material: Material, subject: Subject) -> frozenset[str]:
    return material.known_in(material.area(subject.id))


def _runs(material: Material, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Sentences that can be told, each with those that lean on it and follow it at once.

    "He" and "She" may also follow a sentence that cannot be told, if that is about the child.
    """
    doc_id = str(rows["doc_id"].iloc[0])
    known, title = material.known_in(material.area(doc_id)), material.title(doc_id)
    raw = str(material.reports.set_index("doc_id").at[doc_id, "title"])
    area = set(split_words(material.area(doc_id)))
    others = frozenset({name for name in material.names if name not in area and len(name) > 1})
    names = [name for name in raw.rpartition(":")[2].split() if name[:1].isupper()]
    child = re.compile(
        "|".join([r"\b(?:[Bb]oy|[Gg]irl|[Bb]aby|[Cc]hild)\b", *map(re.escape, names)])
    )
    runs: list[list[int]] = []
    is_open = is_child = False  # whether the sentence before can be told, and is about the child
    for at, (text, role) in enumerate(zip(rows["text"], rows["role"], strict=True)):
        leans = _LEANS.search(str(text))
        can = _can_be_told(str(text), str(role), known, others, title)
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


def _can_be_told(
    text: str, role: str, known: frozenset[str], names: frozenset[str], title: str
) -> bool:
    """Whether a sentence tells what happened and shows no name, age or date.

    A pseudonym may stand where the printed title has it too.
    """
    if not _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS or role != "context":
        return False
    if _JUDGES.search(text) or _NO_SENTENCE.search(text):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return False
    if not (_PEOPLE.search(text) or _EVENT.search(text)):
        return False
    shown = _PSEUDONYM.search(title)
    plain = text.replace(shown.group(), "the child") if shown else text
    if _AGE.search(plain) or names & set(split_words(plain)):
        return False
    return not identifying_details(_ROLE_NAME.sub("the mother", plain), known)


def _points(run: pd.DataFrame, ends: tuple[int, int]) -> float:
    """How much of a story a run tells: whom it is about, what happened, and how early.

    `ends` are the first and last character of all that is told.
    """
    text = " ".join(run["text"])
    late = (int(run["start"].iloc[0]) - ends[0]) / max(ends[1] - ends[0], 1)
    events = len(set(_EVENT.findall(text.casefold())))
    return bool(_PEOPLE.search(text)) + min(events, 3) / 2 + len(run) / 4 - _LATE_COST * late


def _where_told(told: pd.DataFrame) -> list[Claim]:
    """Where to read a story whose sentences cannot be shown without naming people."""
    if told.empty:
        return []
    page = int(told["page"].iloc[0])
    why = "It holds names, ages or dates, so read it there."
    return [count(f"The report tells what happened from page {page}. {why}", told)]
