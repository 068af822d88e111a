"""What was asked before, and what is recorded of it: figures of the life lines.

A stage that is not recorded is silence: nothing is said of it, and no agency is named.
"""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.sections.claims import action, count, statement
from lif_nlp.ledger_records import NO_SOURCE
from lif_nlp.records import Claim
from lif_nlp.text import english

HEADING = "What was asked before, and what is recorded of it"
"""Heading of the part in every brief that has it."""

_STAGES = (
    ("answered", "had an answer"),
    ("action", "became an action"),
    ("done", "had every action reported or verified as done"),
    ("checked", "{} checked later"),
    ("found again", "came back in a later review of the area"),
)

VERDICTS = {
    "improved": "practice had improved",
    "mixed": "some of it had improved",
    "not embedded": "the change was not yet routine",
    "too early": "it was too early to tell",
    "no evidence": "no evidence of a change was found",
    "not tested": "the effect was not tested",
}
"""What a later check found, in words that a board reads."""

ONE_CHECK = {
    VERDICTS["too early"]: "found it too early to tell",
    VERDICTS["no evidence"]: "found no evidence of a change",
    VERDICTS["not tested"]: "did not test the effect",
}
"""The same of a single check, where "found that" would tell of a finding that it did not make."""


_STATUS = {
    "late": "late",
    "none recorded": "no news",
    "unreadable": "a status that could not be read",
}
"""What the status of an open action is called here; the others are called as they are."""

_YEAR_END = "0000-12-31"
"""What is missing of a date that is known by its year, or by year and month, to its last day."""

_SHOWN = 6
"""Late actions up to which all are listed, and else so many of the oldest.  Chosen by judgement: a
board reads one page, and asks for whatever a number leaves out."""


def followed_up(material: Material) -> list[Claim]:
    """How many recommendations have each stage on record, and which open actions are late.

    Empty where no recommendation has any stage on record.
    """
    lines = of_our_area(material)
    if lines.empty:
        return []
    # That something was asked is on record for all of them.
    records = lines[lines["recorded"].astype(bool) & lines["stage"].ne("asked")]
    if records.empty:
        return []
    # Only where a response, plan or check was given can silence be one of the papers.
    followed = set(records.loc[records["stage"].ne(_AGAIN), "doc_id"])
    own = lines[lines["doc_id"].isin(followed)]
    recorded = records[records["doc_id"].isin(followed)]
    unread = _with_papers(lines) - followed
    told = (
        _stages_told(own, recorded),
        _unread_told(lines, unread),
        _others_told(lines, followed | unread),
    )
    claims = [count(line) for line in told if line]
    if verdicts := verdicts_in_words(records):
        claims.append(count(f"Latest checks: {verdicts}."))
    claims += _past_their_date(material)
    claims.append(
        statement(
            "Done means that a service has told us so. Where nothing is recorded, draw no "
            "conclusion from that."
        )
    )
    return claims


def seen_by_checks(material: Material, most: int) -> list[Claim]:
    """What later checks of our requests saw, in their words: what improved first, then the rest.

    No lines where no check was linked, or none of its words may go round.
    """
    lines = of_our_area(material)
    if lines.empty:
        return []
    recorded = lines[lines["recorded"].astype(bool)]
    verdicts = dict(
        zip(*(recorded.loc[recorded["stage"].eq("effect"), n] for n in ("ask_id", "words")),
            strict=True)
    )  # fmt: skip
    checks = recorded[recorded["stage"].eq("checked") & recorded["ask_id"].isin(list(verdicts))]
    order = checks["ask_id"].map(
        lambda one: next((at for at, name in enumerate(_TOLD_OF) if name in verdicts[one]), -1)
    )
    checks = checks.assign(order=order)[order.ge(0)].sort_values("order", kind="stable")
    told = []
    for _, row in checks.iterrows():
        words = safe_words(material, row["words"]).rstrip(".")
        if words and len(words.split()) <= _CHECK_WORDS:
            dated = f" of {english.day(str(row['date'])[:7])}" if row["date"] else ""
            told.append(count(f"A check{dated} saw this: “{words}.”"))
    return told[:most]


_TOLD_OF = ("improved", "mixed", "not embedded")
"""Verdicts whose checks saw something of practice, in the order in which they are told."""

_CHECK_WORDS = 45
"""Words of a check that a page shows."""

_AGAIN = "found again"
"""The stage that a later review alone gives, without any paper of follow-up."""


def of_our_area(material: Material) -> pd.DataFrame:
    """The life lines with the report of each; where our area is known, of its reports alone."""
    lines = material.life_lines
    if lines.empty:
        return lines
    programme = material.programme
    reports = (
        {} if programme.empty else dict(zip(programme["ask_id"], programme["doc_id"], strict=True))
    )
    lines = lines.assign(doc_id=lines["ask_id"].map(reports).fillna(""))
    if not material.knows_its_area:
        return lines
    return lines[lines["doc_id"].isin(material.own_reports)]


def _stages_told(lines: pd.DataFrame, records: pd.DataFrame) -> str:
    """How many recommendations of the reports that papers follow up have each stage on record."""
    if records.empty:
        return ""
    by_stage = records.groupby("stage")["ask_id"].nunique()
    stages = [
        f"{by_stage[stage]} {words.format('was' if by_stage[stage] == 1 else 'were')}"
        for stage, words in _STAGES
        if stage in by_stage
    ]
    reports, asked = lines["doc_id"].nunique(), lines["ask_id"].nunique()
    whose = english.some(reports, "report")
    told = english.listed(stages) or "something is recorded"
    return (
        f"Responses, plans or checks are here for {whose} that made "
        f"{english.some(asked, 'recommendation')}: {told}."
    )


def _with_papers(lines: pd.DataFrame) -> set[str]:
    """The reports to which a response, plan or check is linked, whatever could be read from it."""
    is_hollow = ~lines["recorded"].astype(bool) & lines["stage"].ne(_AGAIN)
    words = lines["words"].fillna("").astype(str)
    is_linked = words.str.startswith("nothing recorded") & ~words.str.startswith(NO_SOURCE)
    return set(lines.loc[is_hollow & is_linked, "doc_id"])


def _unread_told(lines: pd.DataFrame, unread: set[str]) -> str:
    """The recommendations of reports with a paper of follow-up from which nothing could be read."""
    others = lines[lines["doc_id"].isin(unread)]
    if others.empty:
        return ""
    whose = english.some(others["ask_id"].nunique(), "recommendation")
    return (
        f"For {whose} of other reports a response, plan or check is here, but nothing could be "
        "read from it."
    )


def _others_told(lines: pd.DataFrame, followed: set[str]) -> str:
    """What is recorded of recommendations of the reports that no paper here follows up."""
    others = lines[~lines["doc_id"].isin(followed)]
    if others.empty:
        return ""
    again = others[others["recorded"].astype(bool) & others["stage"].eq(_AGAIN)]
    came_back = again["ask_id"].nunique()
    whose = english.some(others["ask_id"].nunique(), "recommendation")
    back = f", and {came_back} came back in a later review of the area" if came_back else ""
    return f"For {whose} of other reports no such paper is here{back}."


def not_routine(material: Material) -> pd.DataFrame:
    """Recommendations of which the newest check found that the change is not yet routine.

    Rows of `life_lines`, stage "effect".
    """
    rows = of_our_area(material)
    if rows.empty:
        return rows
    is_effect = rows["recorded"].astype(bool) & rows["stage"].eq("effect")
    return rows[is_effect & rows["words"].str.contains("not embedded").astype(bool)]


def day_due(due: str) -> str:
    """A date in words; of a span its end, and a month or year as it is known."""
    return english.day(due.rpartition("/")[2])


def past_their_date(material: Material) -> int:
    """How many open actions are past their date: of the newest plans, and those that left them."""
    return len(material.ageing) + len(material.left_plan)


def _past_their_date(material: Material) -> list[Claim]:
    """The open actions past their date, the oldest first, with who has each and the news of it.

    Those that the newest plan no longer has are among them: who reads the plan does not miss them.
    """
    number = past_their_date(material)
    if not number:
        return []
    lines = []
    for _, row in material.ageing.iterrows():
        status = _STATUS.get(row["status"], row["status"])
        news = f"{status} in the plan of {english.day(row['as_of'])}"
        lines.append((row["due"], _late_line(material, row, str(row["text"]), row["ref"], news)))
    for _, row in material.left_plan.iterrows():
        news = "no longer in the newest plan, and no end is recorded: ask what became of it"
        lines.append((row["due"], _late_line(material, row, str(row["action"]), "", news)))
    lines.sort(key=lambda pair: last_day(str(pair[0])))
    actions = english.capital(english.some(number, "open action"))
    first = f" The {english.number(_SHOWN)} oldest:" if number > _SHOWN else ""
    lead = (
        f"{actions} {english.agree(number, 'be')} past the date on {english.day(material.created)},"
        " the day that this page was made. The plans are older: ask for today's news first. A "
        f"missed date does not say why.{first}"
    )
    return [count(lead), *(action(line) for _, line in lines[:_SHOWN])]


def last_day(due: str) -> str:
    """The last day of a due date, in an order of letters: of a span its end, of a year its end.

    >>> last_day("2023"), last_day("2023-04/2023-06"), last_day("2023-05-01")
    ('2023-12-31', '2023-06-31', '2023-05-01')
    """
    day = due.rpartition("/")[2]
    return day + _YEAR_END[len(day) :]


def _late_line(material: Material, row: pd.Series, text: str, ref: object, news: str) -> str:
    """An action past its date in a line: its words, when it was due, who has it, the news."""
    words = safe_words(material, text).rstrip(". ")
    # A row may have neither words nor a number.
    words = words or (f"Action {ref}" if ref else "An action (see the plan)")
    owner = english.lower_first(safe_words(material, row["owner_body"]))
    has_it = f" ({owner})" if owner else ""
    return f"{words}: due {day_due(row['due'])}{has_it}; {news}."


def safe_words(material: Material, words: object) -> str:
    """Words of a sheet, or nothing where they may tell who somebody is."""
    return "" if identifying_details(str(words), material.known_words) else str(words)


def verdicts_in_words(recorded: pd.DataFrame) -> str:
    """Verdicts of later checks with their numbers, as part of a sentence; empty without any.

    `recorded` are rows of `life_lines` of which something is recorded.
    """
    checks = recorded.loc[recorded["stage"].eq("effect"), "words"].astype(str)
    verdicts = checks.str.split("; ").explode().value_counts().sort_index()
    words_and_numbers = [
        f"{VERDICTS.get(str(verdict), str(verdict))} ({number})"
        for verdict, number in verdicts.items()
    ]
    more = "; one check can find more than one thing" if verdicts.sum() > len(checks) else ""
    return f"{english.listed(words_and_numbers)}{more}"
