"""A programme of action: what was asked, of whom, who does what by when, what is recorded."""

from __future__ import annotations

import re

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter, action, count, ids, statement
from lif_nlp.briefs.sections.followed_up import VERDICTS, day_due, safe_words
from lif_nlp.briefs.sections.report_requests import body_asked
from lif_nlp.briefs.sections.report_sentences import without
from lif_nlp.briefs.subjects import Subject
from lif_nlp.ledger_records import POSITION_WORDS, TURN_WORDS
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_SHOWN = 40
"""Recommendations that a programme shows; more is a list for the sheet. Chosen by judgement."""

_ASKED_FIRST = 8
"""Recommendations that each line of what to ask first names."""

_ELSEWHERE = re.compile(r"\b\d+\.\d+(?:\.\d+)*\b(?! ?%)")
"""The number of another paragraph, which readers of a page do not have."""

_LEADING_NUMBER = re.compile(r"^\d{1,2}[.)] +(?=[A-Z])")
"""The printed number that a recommendation begins with."""

_FEWEST_WORDS, _MOST_WORDS = 8, 70
"""Words of a recommendation that a page shows; shorter ones need their report, longer ones too."""

_STATUS = {
    "done": "reported as done",
    "verified": "verified as done",
    "closed with risk": "closed with the risk accepted",
    "superseded": "replaced by something else",
    "late": "behind its date",
    "unreadable": "a status that could not be read",
    "none recorded": "no news in the plan",
}
"""What a status is called here; the others are called as they are."""

_ENDED = frozenset({"done", "verified", "superseded", "closed with risk"})
"""Statuses after which a step is open no more."""

_HOW_TO_READ = (
    "Reports of which answers, plans or checks are here stand first, then the others, each group "
    "from the oldest on. No service is ranked.",
    "What is recorded is what the responses, plans and checks in the workspace say. Where they say "
    "nothing, it may have been done all the same: ask, and write it down.",
)


def programme(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Each recommendation to us with its addressee, its steps and what is recorded, by report."""
    quoter = Quoter(material, subject, audience.group)
    rows = _of_subject(material, subject)
    elsewhere = _elsewhere(material, rows)
    # What was put to others is theirs to do; without any of ours it is what there is to learn from.
    ours = rows if elsewhere.all() else rows[~elsewhere]
    shown = ours[ours["ask_id"].isin(list(dict.fromkeys(ours["ask_id"]))[:_SHOWN])]
    parts = [
        (_heading(material, str(doc_id)), _of_report(quoter, of_report))
        for doc_id, of_report in shown.groupby("doc_id", sort=False)
    ]
    told = sum(line.kind == "point" for _, lines in parts for line in lines)
    others = rows["ask_id"].nunique() - ours["ask_id"].nunique()
    return assemble(
        ("programme", "Programme of action"),
        quoter,
        audience,
        [
            ("How to read this", [statement(line) for line in _HOW_TO_READ]),
            ("What to ask for first", _first_asked(material, shown)),
            *parts,
            ("The rest", _rest(material, told, ours["ask_id"].nunique(), others)),
        ],
        [_table(material, shown)],
    )


def _heading(material: Material, doc_id: str) -> str:
    """The report that asks, and whether it asks us: what was put to another area was not."""
    whom = "Asked of another area" if material.is_elsewhere(doc_id) else "Asked for"
    return f"{whom} in: {material.title(doc_id)}"


def _of_subject(material: Material, subject: Subject) -> pd.DataFrame:
    """The programme's rows on a subject: our own reports first, and of these the followed ones.

    What was put to other areas stands last.
    """
    rows = material.programme
    if rows.empty:
        return rows
    rows = rows[rows["doc_id"].isin(material.reports["doc_id"])]
    if subject.id != "all":
        rows = rows[rows["finding_id"].isin(subject.rows["finding_id"])]
    followed = rows["doc_id"].isin(rows.loc[_is_recorded(rows), "doc_id"])
    order = (~followed).astype(int) + 2 * _elsewhere(material, rows).astype(int)
    published = rows["doc_id"].map(lambda one: material.published(str(one)) or "9999")
    ordered = rows.assign(order=order, published=published)
    ordered = ordered.sort_values(["order", "published"], kind="stable")
    return ordered.drop(columns=["order", "published"])


def _elsewhere(material: Material, rows: pd.DataFrame) -> pd.Series:
    """Which rows are of reports that are not known to be ours, as the board page counts them."""
    if not material.knows_its_area:
        return pd.Series(data=False, index=rows.index)
    return ~rows["doc_id"].isin(material.own_reports)


def _of_report(quoter: Quoter, rows: pd.DataFrame) -> list[Claim]:
    """The recommendations of one report that can be read here: our line on each above its words.

    Where its words may not stand, a line says what a recommendation is about.
    """
    claims: list[Claim] = []
    findings = quoter.subject.rows
    for _, of_ask in rows.groupby("ask_id", sort=False):
        own = findings[findings["finding_id"].eq(of_ask.iloc[0]["finding_id"])]
        quotes = _words(quoter, own)
        first = of_ask.iloc[0]
        about = "" if quotes else _asked_words(quoter.material, first)
        about = about or ("" if quotes else _subject_of(quoter.material, own, first))
        if quotes or about or of_ask["action_id"].ne("").any():
            to = safe_words(quoter.material, str(first["addressees"]))
            # A name of several capitals keeps the first one: "Community Safety Partnership".
            is_name = to.partition(" ")[2][:1].isupper()
            to = to if is_name else english.lower_first(to)
            # words that begin with the body say themselves whom they are put to
            is_in_words = bool(to) and about.casefold().startswith(f"“{to}".casefold())
            to = "" if is_in_words else to or _put_to(quotes)
            is_told = bool(quotes or body_asked(about.strip("“”")))
            of_words = "its words say who is asked" if is_told else "no body is named"
            whom = f"put to {to}" if to else of_words
            line = f"{_name(quoter.material, first)}: {whom}."
            since = _since(quoter.material, of_ask)
            told = quotes or [count(about or _in_report(quoter.material, first), own)]
            claims += [Claim("point", line, ids(own)), *told, count(since, own)]
    return claims


def _put_to(quotes: list[Claim]) -> str:
    """The body that the shown words of a recommendation name before "should"; or nothing."""
    words = quotes[0].evidence[0].quote if quotes else ""
    body = body_asked(words)
    # A place keeps its capital: "Wensford police".
    body = re.sub(r"^(?:The|All)\b", lambda word: word[0].lower(), body)
    is_bare = body and words.startswith(f"The {body}")
    return f"the {body}" if is_bare else body


def _asked_words(material: Material, ask: pd.Series) -> str:
    """The words of a request that is no finding here, such as a noun phrase of a list; or none."""
    lines = material.life_lines
    # A row of an agency's own audit tells of one case.
    if lines.empty or material.is_closed(str(ask["doc_id"])):
        return ""
    own = lines[lines["ask_id"].eq(ask["ask_id"]) & lines["stage"].eq("asked")]
    words = safe_words(material, own.iloc[0]["words"]) if len(own) else ""
    is_whole = _FEWEST_WORDS <= len(words.split()) <= _MOST_WORDS and not _ELSEWHERE.search(words)
    return f"“{words}”" if is_whole else ""


def _subject_of(material: Material, own: pd.DataFrame, ask: pd.Series) -> str:
    """What a recommendation is about, where its words are left to the report; or nothing."""
    names = {theme.code: english.lower_first(theme.name) for theme in material.framework.themes}
    codes = [code for codes in own["themes"] for code in codes] if len(own) else []
    about = [names[code] for code in dict.fromkeys(codes) if code in names][:_ABOUT]
    if not about:
        return ""
    # names of themes hold an "and" of their own
    where = _in_report(material, ask)
    return f"It is about {', and about '.join(about)}. {where}"


def _in_report(material: Material, ask: pd.Series) -> str:
    """Where to read a recommendation whose words are not shown."""
    has_pages = material.has_pages(str(ask["doc_id"]))
    place = f"on page {ask['page']} of" if has_pages else "in"
    return f"Read its words {place} the report."


_ABOUT = 2
"""Themes that say what a recommendation is about; more is a list."""


def _words(quoter: Quoter, own: pd.DataFrame) -> list[Claim]:
    """The words of a recommendation, unless they blame or may tell who somebody is.

    It is read with its number below its report's title, so it need not stand alone.
    """
    for _, row in own.iterrows():
        text = str(row["text"])
        known = quoter.material.known_in(quoter.material.area(str(row["doc_id"])))
        # "No child is excluded until ..." counts nobody.
        if {*identifying_details(text, known)} - {"small number"}:
            quoter.identifying += 1
        elif (
            not (row["hindsight"] or _ELSEWHERE.search(text))
            and _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS
        ):
            # Its number stands in the line above.
            return [quoter.quote(without(_LEADING_NUMBER, row))]
    return []


def _is_recorded(rows: pd.DataFrame) -> pd.Series:
    """Which rows have an answer, a step or a check on record."""
    return rows["position"].ne("") | rows["action_id"].ne("") | rows["verdict"].ne("")


def _since(material: Material, of_ask: pd.DataFrame) -> str:
    """One sentence each on the answer, the steps and the check."""
    first = of_ask.iloc[0]
    parts = []
    if first["position"]:
        parts.append(f"Answer: {_answer(first['position'])}")
    steps = of_ask[of_ask["action_id"].ne("")]
    parts += [_step(material, step) for _, step in steps.iterrows()]
    if first["verdict"]:
        verdicts = [VERDICTS.get(one, one) for one in first["verdict"].split("; ")]
        parts.append(f"Latest check: {english.listed(verdicts)}")
    if not parts:
        parts.append("Recorded since: nothing here")
    asks = _next_question(first["position"], bool(len(steps)), first["verdict"])
    return ". ".join([*parts, asks] if asks else parts) + "."


def _next_question(position: str, has_steps: bool, verdict: str) -> str:
    """What to ask of a recommendation without a step, or without a check; empty where neither.

    >>> _next_question("noted", False, ""), _next_question("accepted", True, "improved")
    ('Ask what will be done, and by when', '')
    """
    if not has_steps and not verdict:
        return _NEXT.get(position, "Ask what will be done, and by when") if position else ""
    return ""


_REJECTED = "rejected"
"""The position of a recommendation that was not accepted."""

_NEXT = {
    _REJECTED: "Ask what will be done in its place",
    "already": "Ask what shows it",
}
"""What is left to ask after an answer alone."""


def _first_asked(material: Material, rows: pd.DataFrame) -> list[Claim]:
    """Which recommendations to ask about first: late steps, answers without a step, silence."""
    if not _is_recorded(rows).any():
        return []
    by_ask = rows.groupby("ask_id", sort=False)
    # Of the other reports no paper is here, so their silence tells nothing.
    followed = set(rows.loc[_is_recorded(rows), "doc_id"])
    late, rejected, unplanned, silent = list[str](), list[str](), list[str](), list[str]()
    for _, own in by_ask:
        name = _short_name(material, own.iloc[0])
        steps = own[own["action_id"].ne("")]
        is_late = [
            step["status"] == "late" or _is_late(material, step) or bool(step["absent_from"])
            for _, step in steps.iterrows()
            if step["status"] not in _ENDED
        ]
        if any(is_late):
            late.append(name)
        elif not _is_recorded(own).any():
            if own.iloc[0]["doc_id"] in followed:
                silent.append(name)
        elif steps.empty and own.iloc[0]["position"] == _REJECTED:
            rejected.append(name)
        elif steps.empty and own.iloc[0]["position"]:
            unplanned.append(name)
    kinds = (
        ("Past their date, or gone from the plan", late),
        ("Not accepted: ask what will be done in its place", rejected),
        ("Answered, and no step is here", unplanned),
        ("Nothing is recorded here", silent),
    )
    # Readers take the words before a colon for a heading, so there is one alone.
    lines = [
        action(f"{first}: {_few(names)}{f'; {rest}' if rest else ''}.")
        for lead, names in kinds
        if names
        for first, _, rest in [lead.partition(": ")]
    ]
    others = rows[~rows["doc_id"].isin(followed)]["doc_id"].nunique()
    if others:
        papers = english.some(others, "other report")
        lines.append(action(f"No answer, plan or check is here: all that {papers} below ask."))
    return lines


def _few(names: list[str]) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - _ASKED_FIRST
    return english.listed([*names[:_ASKED_FIRST], f"{more} more"] if more > 0 else names)


def _answer(position: str) -> str:
    """The positions of a recommendation in words, joined by whether one came after another.

    >>> _answer("accepted; also rejected; then part")
    'accepted, and also not accepted, then accepted in part'
    """
    told = []
    for one in position.split("; "):
        turn, _, rest = one.partition(" ")
        joined = TURN_WORDS.get(turn, "")
        name = rest if joined else one
        told.append(f"{joined} {POSITION_WORDS.get(name, name)}".strip())
    return ", ".join(told)


def _name(material: Material, row: pd.Series) -> str:
    number = f" {_number(row)}" if row["number"] else ""
    page = f" (page {row['page']})" if material.has_pages(str(row["doc_id"])) else ""
    return f"Recommendation{number}{page}"


def _short_name(material: Material, row: pd.Series) -> str:
    """A recommendation's number with the short name of its report, as several have one number.

    >>> import re
    >>> _OF_WHOM.search("Local child safeguarding practice review concerning Baby T")[1]
    'Baby T'
    """
    doc_id = str(row["doc_id"])
    page = f"page {row['page']}" if material.has_pages(doc_id) else ""
    whom = _OF_WHOM.search(material.title(doc_id))
    name = whom[1] if whom else material.area(doc_id) or material.type_name(doc_id)
    return f"{name} {_number(row) or page}".strip()


_OF_WHOM = re.compile(r"\bconcerning ((?:[A-Z][\w’'-]*|and)(?: (?:[A-Z][\w’'-]*|and)){0,4})$")
"""Whom a report's title says that it concerns, by the name that readers call it by."""


def _number(row: pd.Series) -> str:
    """The printed number; of a sheet without numbers the row, as such.

    >>> _number(pd.Series({"number": "row14"})), _number(pd.Series({"number": "3a"}))
    ('row 14', '3A')
    """
    number = str(row["number"])
    in_sheet = re.fullmatch(r"row(\d+)", number, re.IGNORECASE)
    return f"row {in_sheet[1]}" if in_sheet else number.upper()


def _step(material: Material, step: pd.Series) -> str:
    """A step: its words if they name nobody, who has it, by when, and its status with its date."""
    words = safe_words(material, str(step["action"])).rstrip(". ")
    owner = safe_words(material, str(step["owner_body"]))
    status = _STATUS.get(step["status"], step["status"])
    facts = [
        owner,
        f"by {day_due(step['due'])}" if step["due"] else "",
        f"{status} on {day_due(step['as_of'])}" if status and step["as_of"] else status,
        "now past its date" if _is_late(material, step) else "",
        f"not in the plan of {day_due(step['absent_from'])}" if step["absent_from"] else "",
    ]
    told = ", ".join(fact for fact in facts if fact)
    return f"Step: {words or 'see the plan'}" + (f" ({told})" if told else "")


def _is_late(material: Material, step: pd.Series) -> bool:
    """Whether a step is past its date on the day of making, where its plan does not say so."""
    late = set(material.ageing["action_id"]) if len(material.ageing) else set()
    return step["status"] != "late" and step["action_id"] in late


def _rest(material: Material, told: int, asked: int, others: int) -> list[Claim]:
    """How many of the recommendations stand here, and where to ask for the rest."""
    if told == asked and not others:
        return []
    to_us = " to us" if material.knows_its_area else ""
    number = english.some(asked, "recommendation")
    shows = f"This page shows {told} of" if told else "No words can be shown here of the"
    lines = [
        f"{shows} {number}{to_us}; the others cannot be read without their paper, or may tell who "
        "somebody is. The learning lead has the list of all."
        if told < asked
        else f"This page shows every recommendation{to_us} that was found."
    ]
    if others:
        were = english.agree(others, "be")
        lines.append(
            f"{english.capital(english.some(others, 'recommendation'))} in reports that are not "
            f"known to be about our area alone {were} not shown."
        )
    return [count(" ".join(lines))]


def _table(material: Material, rows: pd.DataFrame) -> Chart | None:
    """The steps in plans as a table: who, by when, what is recorded; None without any."""
    steps = rows[rows["action_id"].ne("")]
    if steps.empty:
        return None
    cells = tuple(
        (
            _short_name(material, row),
            safe_words(material, str(row["action"])) or "see the plan",
            safe_words(material, str(row["owner_body"])) or "see the plan",
            day_due(row["due"]) if row["due"] else "no date that can be read",
            english.capital(_STATUS.get(row["status"], row["status"]))
            + (f" ({day_due(row['as_of'])})" if row["as_of"] else "")
            + ("; now past its date" if _is_late(material, row) else "")
            + (f"; not in the plan of {day_due(row['absent_from'])}" if row["absent_from"] else ""),
        )
        for _, row in steps.iterrows()
    )
    alt = f"{english.capital(english.some(len(cells), 'step'))} with who has it, by when and what "
    return Chart("table", "Steps in plans",
                 ("Recommendation", "Step", "Who", "By when", "Recorded"), cells,
                 f"{alt}is recorded.")  # fmt: skip
