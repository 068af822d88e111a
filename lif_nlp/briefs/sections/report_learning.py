"""One report in its own words: what it learnt, what was good, and why it made sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.audiences import Audience, naming
from lif_nlp.briefs.quoting.brackets import without_brackets
from lif_nlp.briefs.quoting.quotability import (
    blames,
    contradicts_role,
    gives_reason,
    has_verb,
    is_unquotable,
    lacks_antecedent,
)
from lif_nlp.briefs.quoting.sides import side_of_heading, stands_on_its_side
from lif_nlp.briefs.sections.bracketed_story import with_brackets
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.sections.recurring_points import shares_word
from lif_nlp.briefs.sections.report_headings import (
    tells_learning,
    tells_what_changed,
)
from lif_nlp.briefs.sections.report_reading import Reading
from lif_nlp.briefs.sections.report_sentences import (
    FEWEST_TITLE,
    LEANS_BACK,
    asked_rows,
    case_details,
    holds,
    without,
)
from lif_nlp.briefs.sections.report_story import MOST_WORDS
from lif_nlp.briefs.sections.report_words import (
    CLEARS,
    ENDS_ED,
    LAW,
    METHOD,
    NO_CLAIM,
    OF_FAMILY,
    ONE_WORKER,
    PAST,
    PRESENT,
    RARE,
    STEP,
    TOLD_ONCE,
)
from lif_nlp.circulation import KnownWords
from lif_nlp.framework.model import OF_SERVICES
from lif_nlp.records import Claim

_ONE_PERSON = re.compile(
    r"^(?:(?:Step|Grand)?(?:[Mm]other|[Ff]ather)|Mum|Dad|Teacher of)\b|\b(?:conviction|deaf)\b"
)
"""A note on one person of the case, or on a rare condition: never quoted from a single report."""
_NUMBERED = re.compile(
    r"^(?:(?:Finding|Learning(?: point)?|Theme|Lesson|Key (?:finding|message)) )?\d{1,2}[.:)] "
)
"""The number of a finding before its title."""
_BELIEVED = re.compile(r"(?i)\b(?:understood|thought|believed|took|saw|designed|tool|template)\b")
_SO = re.compile(r"(?i)\bso (?:that )?\w+|\bbecause\b|\bwhich (?:left|means|meant)\b")
_SAME_WORDS, _SAME_SHARE = 3, 0.5
"""Words, and share of the shorter sentence's words, that two sentences on one fact have in common;
chosen by judgement on eight invented reviews, November 2026."""
_FEW_LEARNT = 2
"""Sentences under learning that are looked for in its text where no list or title gives them."""
_FEWEST_LESSON = 9
"""Words of a lesson told in the past; "Leaving was treated as safety" leaves a reader asking."""
_MOST_LESSON = 20
"""Words of a lesson told in the past; a longer one tells an event."""
_OF_CHILD = re.compile(
    r"^(?!.*\b(?:child|baby|boy|girl|pupil|student|young person|teenager|mother|father|parent|"
    r"patient|woman|man)\b.*\b(?:he|she|him|his|hers?)\b).*"
    r"\b(?:he|she|him|his|hers?|himself|herself)\b"
)
"""A child, or one worker, whom the reader has not met: nobody stands before "her" or "him"."""
_NOTE = re.compile(r"^[A-Z][\w’' ]{2,30}: ")
"""A note to a service or under a label: "Pharmacy: flag insulin not collected"."""
_CAUSE = re.compile(
    r"(?i)\b(?:because|due to|owing to|as a (?:result|consequence) of|caused by|lack of|"
    r"mean(?:s|t)? that|le(?:d|ads?) to)\b"
)
"""Words of a cause, without which a sentence of an inspection tells a finding once more."""
_CLEAR_ALONE = 0.6
"""How likely a reason must be to stand alone that no word marks as one."""
_TELLING_TITLE, _BELOW_ALONE, _SENTENCE_ALONE = 8, 0.3, 0.45
"""Words from which the title of a finding says enough by itself ("Exclusion handed him over" does
not), and how likely the sentence under a shorter one must be to stand alone, with it and by
itself."""
_OPENS_WITH_PRONOUN = re.compile(r"(?:He|She|They|It|We)\b")
_ONE_OF_FAMILY = re.compile(r"(?:The )?(?:Mum|Dad|[Mm]other|[Ff]ather|He|She)\b")
_PLAIN_TITLE = 10
"""Words from which a title says enough even of "he" or "she"."""
_OF_READERS, _OWN_ALONE = 3, 0.4
"""Quotes on the readers' own service, and how likely they must be to stand alone."""
_TO_COME = re.compile(
    r"\b(?:should|must|will|would|(?:is|are) to|to be)\b|"
    r"^(?:\S+ ){1,6}to [a-z]+ (?:an?y?|the|each|every|all|their|its)\b"
)
"""What is still to be done, under a heading on what has changed."""
_CHANGES = 2
"""Quotes on what was done since."""
_LISTED = 0.4
"""The same of an item of the review's own list of learning, whose form says that it is one."""
_LESSON_ALONE = 0.5
"""How likely a lesson that is no title must be to stand alone; chosen by judgement on forty quotes
of invented reviews, November 2026, as the next."""
_FINDING_ALONE, _FINDING_LEAST = 0.5, 0.42
"""The same of what was difficult, and of as many sentences as a brief needs."""
_PROBLEM_SURE = 0.8
"""Confidence with which a problem needs no word of want; chosen by judgement on what was left out
of 80 invented reviews, December 2026."""
_LAST_ALONE = 0.3
"""The same of what the general rules of quoting let through, where a part would else be empty."""
_DEED_CERTAIN, _DEED_SURE, _DEED_ALONE, _REASON_ALONE = 0.92, 0.85, 0.26, 0.45
"""Confidence with which a deed needs no word of praise, and with which it must not speak against
itself; and how likely deeds and reasons must be to stand alone.
Lower than elsewhere, since the outline of the case stands above them; chosen by judgement on seven
invented reviews, November 2026."""


def learning_points(quoter: Quoter, shown: int) -> list[Claim]:
    """What the report itself calls learning, in its words; an inspection or audit has none.

    The titles of its findings come first, then sentences that state what holds, then those that
    tell in few words how it was; each in the report's order.
    """
    material, subject = quoter.material, quoter.subject
    if material.family(subject.id) in OF_SERVICES:
        return []
    rows = subject.rows.sort_values("start")
    headings = rows["heading"].fillna("").astype(str)
    titles = frozenset(part for path in headings for part in path.split(" > "))
    rows = rows[holds(headings, tells_learning) | rows["text"].isin(titles)]
    # Recommendations have a box of their own.
    rows = rows[~rows["finding_id"].isin(set(asked_rows(material, subject)["finding_id"]))]
    rows = rows[~rows["hindsight"].astype(bool)]
    # A narrative below "What I found" tells events; a list headed "Lessons" tells lessons.
    is_in_list = holds(rows["heading"], lambda path: tells_learning(path.rpartition(" > ")[2]))
    # A step for one service is asked for, not learnt; in a list of learning it is a lesson.
    is_lesson = is_in_list & rows["text"].str.endswith(".") & ~rows["text"].str.contains(STEP)
    is_step = rows["role"].eq("action") & ~is_lesson
    rows = rows[~is_step & ~rows["text"].str.contains(_NOTE)]
    is_title = rows["text"].isin(titles)
    rows = rows[is_title | ~rows["text"].str.contains(_ONE_PERSON)]
    reading = Reading.of(quoter)
    is_title = rows["text"].isin(titles) & holds(
        rows["text"], lambda text: _is_title(text, reading.known)
    )
    is_whole = holds(rows["text"], reading.is_whole)
    is_in_list = is_in_list[rows.index]
    is_clear = holds(rows["text"], lambda text: reading.alone(text) >= _LESSON_ALONE)
    is_claim = is_title & holds(rows["text"], _claims)
    is_listed = is_in_list & holds(rows["text"], lambda text: reading.alone(text) >= _LISTED)
    is_listed &= rows["role"].ne("context")
    ranks = (
        is_claim,
        is_whole & (is_clear | is_listed) & holds(rows["text"], _is_general),
        is_whole & is_clear & is_in_list & holds(rows["text"], _is_lesson),
        # Told once, a title stands for the sentence below it.
        is_title & ~is_claim,
    )
    chosen: list[str] = []
    for passed in ranks:
        left = rows[passed & ~rows["finding_id"].isin(chosen)]
        best = left.assign(alone=left["text"].map(reading.alone)).sort_values(
            ["alone", "start"], ascending=[False, True]
        )
        chosen += list(best["finding_id"].head(shown - len(chosen)))
    rows_chosen = rows[rows["finding_id"].isin(chosen)]
    lines: list[Claim] = []
    for _, row in rows_chosen.iterrows():
        words = _NUMBERED.sub("", str(row["text"]))
        if row["finding_id"] in quoter.quoted_findings:
            continue
        if words.endswith(".") or (_claims(words) and _tells_enough(words)):
            lines.append(quoter.quote(without(_NUMBERED, row)))
            continue
        below = _sentence_below(rows, str(row["text"]), reading, quoter)
        names_nobody = not OF_FAMILY.search(words)
        if below is not None and names_nobody and shares_word(words, str(below["text"])):
            lines += [quoter.quote(without(_NUMBERED, row)), quoter.quote(below)]
        elif below is not None and reading.alone(str(below["text"])) >= _SENTENCE_ALONE:
            lines.append(quoter.quote(below))
    can_stand = holds(rows["text"], lambda text: reading.can_stand(text, _FINDING_ALONE))
    single = rows[rows["role"].eq("problem") & can_stand]
    return [*lines, *quoter.quotes(single, _FEW_LEARNT - len(lines))]


def _claims(title: str) -> bool:
    """Whether a title says what holds in practice, rather than how it was in the case.

    >>> _claims("Supervision in schools is a matter of luck"), _claims("It was acted on late")
    (True, False)
    """
    words = _NUMBERED.sub("", title)
    is_past = TOLD_ONCE.search(words) or (ENDS_ED.search(words) and not PRESENT.search(words))
    return not is_past


def _tells_enough(title: str) -> bool:
    """Whether a title can be understood without the sentences below it."""
    if _ONE_OF_FAMILY.match(title):
        return False
    count = len(title.split())
    return count >= _PLAIN_TITLE or (count >= _TELLING_TITLE and not OF_FAMILY.search(title))


def _sentence_below(
    rows: pd.DataFrame, title: str, reading: Reading, quoter: Quoter
) -> pd.Series | None:
    """The sentence under a short title that shows best what it means, or None."""
    below = rows[rows["heading"].fillna("").str.contains(title, regex=False)]
    below = below[below["role"].eq("problem") & ~below["finding_id"].isin(quoter.quoted_findings)]
    below = below[~holds(below["text"], is_unquotable)]
    below = below[holds(below["text"], lambda text: reading.can_stand(text, _BELOW_ALONE))]
    if below.empty:
        return None
    best = below.assign(
        alone=below["text"].map(reading.alone),
        shared=below["text"].map(lambda text: shares_word(title, text)),
    )
    return best.sort_values(["shared", "alone"]).iloc[-1]


def _is_title(text: str, known: KnownWords) -> bool:
    """Whether the title of a finding says something by itself, of no one person."""
    words = _NUMBERED.sub("", text)
    return (
        FEWEST_TITLE <= len(words.split()) <= MOST_WORDS
        and has_verb(words)
        and not words.endswith(("?", ":"))
        and not _OPENS_WITH_PRONOUN.match(words)
        and not NO_CLAIM.search(words)
        and not lacks_antecedent(words)
        and not blames(words)
        and not case_details(words, known)
    )


def _is_general(text: str) -> bool:
    """Whether a sentence states what holds, rather than what happened once."""
    return bool(PRESENT.search(text)) and not PAST.search(text) and not CLEARS.search(text)


def _is_lesson(text: str) -> bool:
    """Whether a sentence in the past states a lesson: short, and of nobody in particular."""
    is_short = _FEWEST_LESSON <= len(text.split()) <= _MOST_LESSON
    return is_short and not OF_FAMILY.search(text) and not ONE_WORKER.search(text)


def good_practice(quoter: Quoter, shown: int) -> list[Claim]:
    """What went well, each in a quote under the service that did it."""
    agencies = quoter.subject.rows.set_index("finding_id")["agencies"]
    lines: list[Claim] = []
    labels: set[str] = set()
    strengths = quoter.subject.strengths
    is_left_out = strengths["text"].str.contains(_ONE_PERSON)
    is_left_out |= strengths["text"].str.contains(METHOD) | strengths["text"].str.contains(LAW)
    strengths = strengths[~is_left_out]
    under_heading = holds(strengths["heading"], lambda text: side_of_heading(text) == "strength")
    claims = []
    if quoter.material.family(quoter.subject.id) not in OF_SERVICES:
        claims = _deeds(quoter, strengths, under_heading, shown)
    if len(claims) < shown:
        # What a report itself heads as good practice goes before what a model calls a strength.
        best = strengths[under_heading] if under_heading.any() else strengths
        claims += quoter.quotes(that_lean_on_nothing(quoter, best), shown - len(claims))
    services = {
        claim.finding_ids[0]: _service(quoter, claim, agencies.loc[claim.finding_ids[0]])
        for claim in claims
    }
    # Those of no named service come first, or they would seem to belong to the one above.
    for claim in sorted(claims, key=lambda claim: bool(services[claim.finding_ids[0]])):
        label = services[claim.finding_ids[0]]
        if label and label not in labels:
            lines.append(Claim("count", f"{label}:", claim.finding_ids))
        labels.add(label)
        lines.append(claim)
    return lines


def that_lean_on_nothing(quoter: Quoter, rows: pd.DataFrame) -> pd.DataFrame:
    """The findings of a review that need nothing said before them; of an inspection, all of these.

    An inspection's sentences are about many children, and the general rules of quoting suffice.
    """
    if quoter.material.family(quoter.subject.id) in OF_SERVICES:
        return rows
    reading = Reading.of(quoter)
    leans = holds(rows["text"], lambda text: bool(LEANS_BACK.search(text)))
    leans |= holds(rows["text"], lambda text: bool(METHOD.search(text) or LAW.search(text)))
    is_clear = holds(rows["text"], lambda text: reading.alone(text) >= _LAST_ALONE)
    return rows[~leans & is_clear]


def _service(quoter: Quoter, claim: Claim, agencies: Sequence[str]) -> str:
    """The one service that a deed's own words name, rather than its heading; empty for several."""
    words = claim.evidence[0].quote
    named = [
        agency
        for agency in quoter.material.framework.agencies
        if agency.id != "all"
        and any(
            re.search(rf"(?i)\b{re.escape(name)}s?\b", words)
            for name in (*agency.names, *agency.abbreviations, *agency.roles)
        )
    ]
    own = [agency for agency in named if agency.id in agencies]
    sure = own if len(agencies) == 1 and own else named
    return sure[0].name if len(sure) == 1 else ""


def _deeds(quoter: Quoter, rows: pd.DataFrame, headed: pd.Series, shown: int) -> list[Claim]:
    """What somebody did well in this case, the report's own good practice first.

    Quoted in a brief on that report alone, so a deed need not be a pattern; it names nobody, and
    its words must bear out that it was good.
    """
    reading = Reading.of(quoter)

    def is_deed(row: pd.Series) -> bool:
        text = str(row["plain"])
        sure = float(row.get("score_role_strength") or 0.0)
        is_good = (
            row["headed"]
            or sure >= _DEED_CERTAIN
            or stands_on_its_side(text, "strength", sure, is_headed=sure >= _DEED_SURE)
        )
        return (
            bool(is_good)
            and row["finding_id"] not in quoter.quoted_findings
            and reading.is_whole(text)
            and "•" not in text
            and not _OF_CHILD.search(text)
            and not row["hindsight"]
            and not RARE.search(text)
            and row["alone"] >= _DEED_ALONE
        )

    # A deed that names the child, and nobody else, is shown with "the child" in brackets.
    printed = with_brackets(quoter.material, quoter.subject, list(map(str, rows["text"])))
    plain = list(map(without_brackets, printed))
    rows = rows.assign(
        headed=headed, printed=printed, plain=plain, alone=list(map(reading.alone, plain))
    )
    passed = [is_deed(row) for _, row in rows.iterrows()]
    # A bare empty list would choose no columns rather than no rows.
    rows = rows[pd.Series(passed, index=rows.index, dtype=bool)]
    rows = rows.sort_values(["headed", "alone", "start"], ascending=[False, False, True])
    return [_bracketed(quoter.quote(row), row) for _, row in rows.head(shown).iterrows()]


def _bracketed(claim: Claim, row: pd.Series) -> Claim:
    """A quote as it is printed, where the child's name gives way to a bracket."""
    if row["printed"] == row["text"]:
        return claim
    evidence = tuple(replace(one, bracketed=row["printed"]) for one in claim.evidence)
    return replace(claim, evidence=evidence)


def of_service(quoter: Quoter, audience: Audience) -> list[Claim]:
    """What the report says of the readers' own service; no lines for everyone.

    Good and difficult alike, each whole and of no family.
    """
    if not audience.group:
        return []
    reading = Reading.of(quoter)
    rows = naming(quoter.subject.rows, audience.group)
    # What is asked of them stands with the recommendations.
    is_said = rows["role"].isin(["problem", "strength"])
    rows = rows[~rows["hindsight"].astype(bool) & is_said]
    rows = rows[~rows["finding_id"].isin(quoter.quoted_findings)]
    rows = rows[holds(rows["text"], lambda text: reading.can_stand(text, _OWN_ALONE))]
    return _quoted(reading.by_standing_alone(rows).head(_OF_READERS), quoter)


def what_changed(quoter: Quoter) -> list[Claim]:
    """What the report says was done since, under a heading of its own; else no lines."""
    reading = Reading.of(quoter)
    rows = quoter.subject.rows
    rows = rows[holds(rows["heading"], tells_what_changed) & rows["role"].ne("problem")]
    rows = rows[~rows["hindsight"].astype(bool) & ~rows["text"].str.contains(_TO_COME)]
    rows = rows[~rows["finding_id"].isin(quoter.quoted_findings)]
    rows = rows[holds(rows["text"], lambda text: reading.can_stand(text, _OWN_ALONE))]
    return _quoted(reading.by_standing_alone(rows).head(_CHANGES), quoter)


def reasons(quoter: Quoter, shown: int) -> list[Claim]:
    """Why it made sense on the day: sentences that show a reason for what was difficult."""
    material, subject = quoter.material, quoter.subject
    reading = Reading.of(quoter)
    is_of_services = material.family(subject.id) in OF_SERVICES
    rows = subject.explained
    rows = rows[~rows["hindsight"].astype(bool) & ~rows["text"].str.contains(_ONE_PERSON)]
    rows = rows[~holds(rows["heading"], tells_what_changed)]
    rows = rows[~rows["finding_id"].isin(quoter.quoted_findings)]

    def is_reason(text: str) -> bool:
        return bool(_CAUSE.search(text) if is_of_services else _shows_why(text, reading))

    rows = rows[holds(rows["text"], is_reason)]
    rows = reading.shown_whole(rows, subject.rows, _REASON_ALONE)
    rows = rows[~rows["before"].isin(quoter.quoted_findings)]
    rows = rows[~holds(rows["text"], lambda text: _tells_again(text, quoter.quoted_texts))]
    best = rows.sort_values(["alone", "start"], ascending=[False, True])
    return _quoted(best.head(shown), quoter)


def _tells_again(text: str, quoted: Sequence[str]) -> bool:
    """Whether a sentence tells a fact that the brief quotes already, in other words.

    >>> _tells_again("School nursing had five vacancies.", ["Of twelve school nursing posts five"])
    True
    """
    own = _telling_words(text)
    return any(
        len(own & other) >= _SAME_WORDS
        and len(own & other) >= _SAME_SHARE * min(len(own), len(other))
        for other in map(_telling_words, quoted)
    )


def _telling_words(text: str) -> set[str]:
    """Beginnings of the words of a sentence that are not small ones."""
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold())}


def _shows_why(text: str, reading: Reading) -> bool:
    """Whether a sentence that a model takes for a reason also reads as one."""
    reads_so = gives_reason(text) or _SO.search(text) or _BELIEVED.search(text)
    return bool(reads_so) or reading.alone(text) >= _CLEAR_ALONE


def findings(quoter: Quoter, shown: int) -> list[Claim]:
    """What was difficult in a review that gives its learning no list: one sentence of each part.

    Not of a family or of one worker, and likely to be understood without its neighbours.
    """
    material, subject = quoter.material, quoter.subject
    if material.family(subject.id) in OF_SERVICES:
        return []
    reading = Reading.of(quoter)
    rows = subject.problems
    rows = rows[~rows["hindsight"].astype(bool) & ~rows["text"].str.contains(_ONE_PERSON)]
    rows = rows[~rows["finding_id"].isin(quoter.quoted_findings)]

    def is_problem(row: pd.Series) -> bool:
        text = str(row["said"])
        # What a review tells as it was needs no word of want, where the model is sure; with a
        # reason it has a box of its own.
        is_sure = float(row.get("score_role_problem") or 0.0) >= _PROBLEM_SURE and not row["why"]
        return stands_on_its_side(text, "problem", 1.0) or (
            is_sure and not contradicts_role(text, "problem")
        )

    is_other = rows["text"].str.contains(ONE_WORKER) | rows["text"].str.contains(_NOTE)
    is_other |= rows["text"].str.contains(STEP)
    rows = reading.shown_whole(rows[~is_other], subject.rows, _FINDING_LEAST)
    rows = rows[~rows["before"].isin(quoter.quoted_findings)]
    is_one = [is_problem(row) for _, row in rows.iterrows()]
    rows = rows[pd.Series(is_one, index=rows.index, dtype=bool)]
    best = rows.sort_values(["alone", "start"], ascending=[False, True])
    best = best.drop_duplicates("heading").head(shown)
    clear = int((best["alone"] >= _FINDING_ALONE).sum())
    return _quoted(best.head(max(clear, _FEW_LEARNT)), quoter)


def _quoted(rows: pd.DataFrame, quoter: Quoter) -> list[Claim]:
    """The findings as quotes, in the order of the report."""
    return [quoter.quote(row) for _, row in rows.sort_values("start").iterrows()]
