"""One report in its own words: what it asks for and of whom, and what it asks its readers."""

from __future__ import annotations

import re

import pandas as pd

from lif_nlp.briefs.audiences import about_work
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.quoting.quotability import (
    has_paired_marks,
    has_verb,
)
from lif_nlp.briefs.sections.claims import Quoter, ids, quote
from lif_nlp.briefs.sections.report_headings import (
    asks_readers,
    tells_what_is_asked,
    tells_what_to_improve,
)
from lif_nlp.briefs.sections.report_sentences import (
    FEWEST_TITLE,
    LEANS_BACK,
    asked_rows,
    details_that_stay,
    holds,
    known_of,
    without,
)
from lif_nlp.briefs.sections.report_story import FEWEST_WORDS, JUDGES, LEANS, MOST_WORDS
from lif_nlp.briefs.sections.report_words import LAW
from lif_nlp.briefs.subjects import Subject
from lif_nlp.circulation import KnownWords
from lif_nlp.records import Claim
from lif_nlp.text import english
from lif_nlp.text.months import FULL_MONTH

_BOILERPLATE = re.compile(
    r"(?i)^parallel\b|\b(?:in my opinion|i believe|within \d+ (?:working )?days of)\b"
)
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
_STATUS = re.compile(
    r"(?i)^(?:owner|timescale|in place|done|live|these are)\b|- done\b|\b(?:began|informed us)\b|"
    r"\b(?:has|have) (?:already |now |since )?(?:been )?"
    r"(?:[\w-]+(?:ed|en|t)|paid|made|held|begun|had)\b|\b(?:is|are) now \w+|"
    r"\bnow (?:[a-z]+s|take|ask|hold|use|meet|run)\b|\b(?:found|showed) that\b|"
    r"\b(?:rose|fell|dropped|grew|went (?:up|down)) (?:from|by|to)\b|"
    r"\b(?:on|of|about|for) this(?: in| by|[.,;])|\b(?:has|have) (?:\w+ )?withdrawn\b|"
    r"\bwent live\b|\blive since\b|[:,] complete\.?$|^Since (?!.*\b(?:should|must)\b)|"
    r"^(?:\S+ ){1,12}?(?:was|were) (?:\w+ed|withdrawn|taken|given|begun|set|put|held|made)\b"
)
"""A note on what is done already."""
_ASKS_NOTHING = re.compile(
    r"^(?:I|We) (?:hope|would|offer|make|set out)\b|\b(?:may|might) (?:like|wish|want) to\b|"
    r"\bat [Aa]ppendix\b|"
    r"\basked to note\b|\bto reflect upon the (?:circumstance|fact)\b|\baccount of progress\b|"
    r"\bwill (?:come back|monitor the action|be monitored|report back)\b|"
    r"^(?:Somebody|Someone) must\b|\bsuch (?!as\b|an?\b|that\b)|"
    r"\badd(?:ing)? [“\"][^“”\"]*[”\"]$|^The family\b|\bthe family[’']s\b|"
    r"^Under the Act\b|\bwill bring a report\b|\brequired (?:in|by) law\b|"
    r"\bpublishes an action plan\b|"
    r"\bthis reasoning\b|\balready\b|\bout to advert\b|\b(?:in force|extended .{0,40}) from\b|"
    r"\bthe (?:fix|call|night)\b|\bprotocol of \d{4}\b|"
    r"\bthe badge\b|\b(?:test|do|use|check) (?:these|those|it|them)\b|"
    r"^(?:Not|Three|Two|One) \b(?!.*\b(?:to|should|must)\b)"
)
"""A wish, a pointer or a note that asks nobody for a step."""
_OPENS_RULE = re.compile(
    r"^(?:No|Any|Every|Each|All|When|Where|Before|After|If|That|From|Never)\b|"
    r"\b(?:will|shall|may|can|are to|is to|(?:is|are) invited to|[Tt]o be an?)\b|:|;"
)
"""Under a heading of recommendations: a rule that holds from now on."""
_STATES = re.compile(
    r"^(?:The|An?|Its?|Their|Our|This|These|Those|Both|[A-Z]\w+s?)(?: [\w’'-]+){0,4}? "
    r"(?:is|are|has|have|was|were|had|shows?|showed|found|runs?|stands?)\b"
)
"""A statement of how things are."""
_STILL = re.compile(r"\b(?:should|must|needs? to|to be|is asked|unless|before|until|so that)\b")
_FORCE = re.compile(r"\b[A-Z][a-z]+ (?:Constabulary|Police)\b(?! and)")
"""A police force by its name, which no brief holds up."""
_NO_SUBJECT = re.compile(r"^(?:The|An?|It|There)\b")
_GROUP = re.compile(r"(?<=, )[A-Z][a-z]+(?= sub-?group)")
_RECOMMENDATION = re.compile(r"^(?:Recommendation |Rec\.? ?|R)?\d+[a-z]?[.:)] (?=[A-Z])")
"""The number of a recommendation before its words."""
_SHORTHAND = re.compile(
    r"\bthe national threshold\b|^Ask everybody\b|^Write the answer\b|\bthe proforma\b|"
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
    r"governors?|social care|health|charit\w+|principal|workers?|teachers?|officers?|advisers?|"
    r"co-?ordinators?)\b"
)
"""Words of somebody who can be asked: "Every plan should ..." names nobody."""
_NO_OWNER = re.compile(
    r"^(?:Every|Any|Each|In|How|When|Where|What|If|Whether)\b|"
    r"\b(?:says?|is|are|who|view|plans?|records?)\b|"
    r"^\w+(?: \w+)? (?:on|for|about|with|from|between|to|by|at)\b|"
    r"^(?:Training|Guidance|Supervision|Information|Advice|Support|Contact|Access) "
    r"(?:in|of|within)\b"
)
"""What holds the name of a body and is none: "Training for schools"."""
_DUE = re.compile(
    rf"(?i)\d|\b(?:{FULL_MONTH}|spring|summer|autumn|winter|weeks?|months?|terms?|year)\b"
)
_BY_WHEN = re.compile(
    r"(?i)\b(?:by|before|from|until|in|since) (?:the )?(?:end of )?(?:\d{1,2} )?"
    rf"(?:{FULL_MONTH}|easter|christmas|spring|summer|autumn|winter)\b"
)
"""A time by which something was to be done."""
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")
_DONE = re.compile(r"(?i)\b(?:since|done|complete\w*|in place|ongoing)\b")
_NOT_SET = re.compile(r"(?i)\b(?:tbc|tba|tbd|to be (?:confirmed|agreed|decided))\b")
_PREPOSITION = re.compile(
    r"(?i)(?:in(?! place)|within|by|from|before|at|on|after|until|no later|each|every|during)\b"
)
_SPAN = re.compile(
    r"(?i)(?:\d+|an?|one|two|three|four|six|eight|nine|ten|twelve)(?: \w+)? "
    r"(?:days?|weeks?|months?|years?)\b"
)
"""A length of time, "12 weeks", "six months from publication": a thing is done within it."""
_MONTH_FIRST = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{FULL_MONTH}|Easter|Christmas)\b")
_OPENS_QUESTION = re.compile(
    r"^(?:And |But |So |If [^,]+, )?(?:What|Who|Whom|Whose|When|Where|Which|Why|How|Is|Are|Do|"
    r"Does|Did|Can|Could|Would|Have|Has|Should|Will|Whether)\b|"
    r"[:,] (?:what|who|how|when|where|which|why)\b"
)
_QUESTION_ALONE = 0.74
"""How likely a question must be to stand alone: "Where is your corridor?" is of one review."""
_LOOKS_BACK = re.compile(
    r"\b(?:had|was|were|did) (?:not|no|nobody|she|he|they|it|the)\b|\bthe card\b|\balso asked\b|"
    r"\bthat \w+ about\b|\bth(?:e new|is)\b|"
    r"\bthat (?:person|child|worker|family|boy|girl|baby)\b|"
    r"\bthe (?:remaining|first|second|third|fourth|fifth|sixth|seventh|same)\b|\b[Ww]e asked\b|"
    r"^(?:How well|What|When|Why|How|Who) did\b(?! you\b)|^Did\b|"
    r"\b[Tt]he (?:family\b|help offered\b|school nurse[’'])|"
    r"\bwhen (?:its|their) template\b|\bfridges\b|\bto us\b|^What got in the way\b|"
    r"\bthis (?:review|report)\b|\b(?:Area|Trust|School|Ward) [A-Z0-9]\b|^Adult wards\b"
)
"""A question about the case, which only its readers can answer."""
_THIRD = re.compile(r"(?i)\b(?:he|she|his|her|him|hers)\b")
_PLAN_DUE = re.compile(r"(?i)\b(?:the response should|written statement|within \d+ |submit)\b")
_ASKED_OF = re.compile(r"(?:The )?([A-Z][\w’'& -]{2,50}?) (?:to|should|must) [a-z]")
_LITTLE_SHORT = 2
"""Lines by which a list may be longer than its box before only its beginning is printed."""
_MOST_OWNER = 8
"""Words of an owner; a longer one is a piece of the sentence."""


def to_improve(quoter: Quoter, shown: int) -> list[Claim]:
    """What an inspection lists as to be improved, in its words and order; else no lines."""
    material, subject = quoter.material, quoter.subject
    if material.family(subject.id) != "inspection":
        return []
    rows = subject.rows.sort_values("start")
    rows = rows[holds(rows["heading"], tells_what_to_improve)]
    own_words = known_of(material, subject)

    def is_item(text: str) -> bool:
        return (
            FEWEST_TITLE <= len(text.split()) <= _MOST_REQUEST
            and text[:1].isupper()
            and not text.endswith(("?", ":"))
            and not LEANS_BACK.search(text)
            and not _BOILERPLATE.search(text)
            and not _PLAN_DUE.search(text)
            and not details_that_stay(text, own_words)
        )

    items = rows.assign(text=rows["text"].str.removesuffix(" This includes:"))
    items = items[holds(items["text"], is_item)]
    items = items.assign(end=items["start"] + items["text"].str.len())
    lines = [quoter.quote(row) for _, row in items.head(shown).iterrows()]
    # A list that is little short of whole is printed whole.
    if len(items) <= shown + _LITTLE_SHORT:
        return [*lines, *(quoter.quote(row) for _, row in items.iloc[shown:].iterrows())]
    rest = items.iloc[shown:]
    first = material.evidence(rest.iloc[0])
    where = f"on page {first.page} of" if first.has_pages else "in"
    verb = english.agree(len(rest), "stand")
    more = f"{english.capital(english.number(len(rest)))} more {verb} {where} the letter."
    return [*lines, Claim("count", more, ids(rest))]


def recommendations(quoter: Quoter, shown: int) -> list[Claim]:
    """What the report asks for, in its words and order, each with its owner and date if named."""
    material, subject = quoter.material, quoter.subject
    requests = asked_rows(material, subject).set_index("finding_id")
    rows = subject.rows.sort_values("start")
    under_heading = holds(rows["heading"], tells_what_is_asked)
    rows = (
        rows[under_heading]
        if under_heading.any()
        else rows[rows["finding_id"].isin(requests.index)]
    )
    own_words = known_of(material, subject)
    # Under its own heading a report may ask in any form: "Rewrite the toolkit ...".
    headed = rows["role"].eq("action") & bool(under_heading.any())
    is_asked = [
        _is_request(str(text), own_words, is_headed=bool(own))
        for text, own in zip(rows["text"], headed, strict=True)
    ]
    # A bare empty list would choose no columns rather than no rows.
    rows = rows[pd.Series(is_asked, index=rows.index, dtype=bool)]
    rows = rows[~rows["finding_id"].isin(quoter.quoted_findings)]
    # What is asked of the readers themselves is never the part that is left out.
    is_own = rows["finding_id"].isin(about_work(rows, quoter.group)["finding_id"])
    rest = rows.index[0:0]
    # One more is shown rather than counted.
    if len(rows) > shown + 1:
        rest = pd.concat([rows[is_own], _clearest_first(material, rows[~is_own])]).index[shown:]
    left_out = rows.loc[rest]
    rows = rows.drop(rest).sort_values("start")
    is_owned = [
        row["finding_id"] in requests.index
        and _is_owner(str(requests.loc[row["finding_id"]]["owner"]))
        for _, row in rows.iterrows()
    ]
    lines: list[Claim] = []
    for (_, row), owned in zip(rows.iterrows(), is_owned, strict=True):
        lines.append(quoter.quote(without(_RECOMMENDATION, row)))
        if any(is_owned) and not owned:
            # Else the next owner would seem to be asked for this too.
            body = body_asked(str(row["text"]))
            lines += [Claim("count", f"Who: {body}.", (str(row["finding_id"]),))] * bool(body)
        if row["finding_id"] in requests.index:
            entry = requests.loc[row["finding_id"]]
            owner = str(entry["owner"])
            if _is_owner(owner) and not identifying_details(owner, own_words):
                due = _due_in_words(str(entry["due"]))
                # A group within a body has no name of its own.
                owner = _GROUP.sub(lambda match: match[0].lower(), owner)
                line = f"Who: {owner}{due}."
                asked = row["text"].casefold()
                if owner.casefold() in asked:
                    when = due.removeprefix(", ").removeprefix("by ")
                    # Readers have what stands in the words; and "at the third contact within twelve
                    # months" may be a length of time of something else.
                    is_told = bool(when) and when.casefold() in asked
                    line = f"By when: {when}." if due and not is_told else ""
                lines += [Claim("count", line, (str(row["finding_id"]),))] * bool(line)
    words = " ".join([*map(str, rows["text"]), *(line.text for line in lines)])
    return [*lines, *_notes(material, subject, left_out, words)]


def _clearest_first(material: Material, rows: pd.DataFrame) -> pd.DataFrame:
    """The findings, those first that are likeliest to be understood without the report."""
    alone = [
        material.alone(str(text), str(doc_id))
        for text, doc_id in zip(rows["text"], rows["doc_id"], strict=True)
    ]
    return rows.assign(alone=alone).sort_values(["alone", "start"], ascending=[False, True])


def _notes(material: Material, subject: Subject, left_out: pd.DataFrame, words: str) -> list[Claim]:
    """How many more requests there are, and that dates in the shown ones are of years ago."""
    notes = []
    if len(left_out):
        more = f"{english.capital(english.number(len(left_out)))} more"
        verb = english.agree(len(left_out), "stand")
        notes.append(Claim("count", f"{more} {verb} in the report.", ids(left_out)))
    year = material.published(subject.id)[:4]
    if year and year < material.created[:4] and _BY_WHEN.search(words):
        dates = f"Dates are the report’s own, of {year}: ask what was done."
        notes.append(Claim("count", dates, ids(left_out)[:0]))
    return notes


def body_asked(text: str) -> str:
    """The body that a request names before its verb, as the sentence writes it; or empty.

    >>> body_asked("The Board should ask."), body_asked("Training for schools should be given.")
    ('Board', '')
    """
    named = _ASKED_OF.match(text)
    return named[1] if named and _is_owner(named[1]) else ""


def _due_in_words(due: str) -> str:
    """The date of a request as the end of its line; empty where it names none, or is done."""
    begin, _, end = due.strip(" .").rpartition("/")
    # Of a span only its end counts.
    due = end if _ISO.fullmatch(begin) and _ISO.fullmatch(end) else due.strip(" .")
    if not _DUE.search(due) or _DONE.search(due) or _NOT_SET.search(due):
        return ""
    if _ISO.fullmatch(due):
        return f", by {english.day(due)}"
    if _PREPOSITION.match(due):
        return f", {english.lower_first(due)}"
    return f", within {english.lower_first(due)}" if _SPAN.match(due) else f", by {_lower(due)}"


def _lower(due: str) -> str:
    """A date in the middle of a line: months keep their capital, seasons and terms have none."""
    return due if _MONTH_FIRST.match(due) else english.lower_first(due)


def _is_request(text: str, known: KnownWords, *, is_headed: bool = False) -> bool:
    """Whether a text asks for something that is still to be done, and points to nobody.

    Where it `is_headed` by the report as a recommendation, its form need not say so.
    """
    if is_headed:
        asks = bool(has_verb(text) or _ASKED.search(text) or _TO_DO.search(text) or ":" in text)
        asks |= not _NO_SUBJECT.search(text)
        is_rule = _ASKED.search(text) or _TO_DO.search(text) or _OPENS_RULE.search(text)
        asks = asks and (bool(is_rule) or not _STATES.search(text))
        details = details_that_stay(text, known)
    else:
        asks = bool(_ASKED.search(text) or _TO_DO.search(text)) and not _NO_REQUEST.search(text)
        details = set(identifying_details(text, known))
    return (
        FEWEST_WORDS <= len(text.split()) <= _MOST_REQUEST
        and asks
        and not text.endswith(("?", ":"))
        and not LEANS.search(text.removeprefix("That "))
        and not _THIRD.search(text)
        and not _BOILERPLATE.search(text)
        and not _FORCE.search(text)
        and not _ASKS_NOTHING.search(text)
        and not LAW.search(text)
        and (not _STATUS.search(text) or bool(_STILL.search(text)))
        and "•" not in text
        and not _SHORTHAND.search(text)
        and text[:1].isupper()
        and has_paired_marks(text)
        and not details
    )


def asked_questions(material: Material, subject: Subject, shown: int) -> list[Claim]:
    """Questions that the report itself puts to its readers, in its words."""
    own_words = known_of(material, subject)
    rows = subject.rows.sort_values("start")
    rows = rows[holds(rows["text"], lambda text: _is_asked(text, own_words))]
    under_heading = holds(rows["heading"], asks_readers)
    rows = rows[under_heading] if under_heading.any() else rows
    is_clear = [material.alone(str(text), subject.id) >= _QUESTION_ALONE for text in rows["text"]]
    rows = rows[pd.Series(is_clear, index=rows.index, dtype=bool)].head(shown)
    return [quote(material.evidence(without(_RECOMMENDATION, row))) for _, row in rows.iterrows()]


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
