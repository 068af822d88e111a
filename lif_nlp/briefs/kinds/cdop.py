"""The child death overview brief: modifiable factors, and what was done about them."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.asked_again import cut
from lif_nlp.briefs.sections.assemble import FORM, assemble
from lif_nlp.briefs.sections.claims import (
    Quoter,
    action,
    count,
    ids,
    questions,
    statement,
    with_role,
)
from lif_nlp.briefs.sections.counts import role_counts
from lif_nlp.briefs.sections.death_factors import DOMAINS, FACTORS, OFTEN_MODIFIABLE
from lif_nlp.briefs.sections.followed_up import (
    ONE_CHECK,
    of_our_area,
    safe_words,
    verdicts_in_words,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_WHOLE = 45
"""Words of a recommendation that stands whole; its meaning often lies at its end."""

_FACTORS_TOLD = 6
"""Factors that the page tells of, each with its question, and that its table shows."""

_MODIFIABLE = r"(?:modifiable|preventable|avoidable|be (?:changed|modified|prevented|avoided))\b"
_SAYS_MODIFIABLE = re.compile(
    r"(?i)\b(?:non-?|un)?(?:modifiable|preventable|avoidable)\b|"
    r"\b(?:can|could)(?:not|n['’]t)?(?: not)? be (?:changed|modified)\b"
)
_SAYS_NOT = re.compile(
    rf"(?i)(?:\b(?:not|no|none|never|nor|neither|cannot)\b(?! only)|n['’]t\b)"
    rf"[^.;]{{0,60}}{_MODIFIABLE}|"
    rf"\b(?:non-?|un){_MODIFIABLE}|"
    rf"\b{_MODIFIABLE} (?:factors? )?(?:was|were) (?:not|never) (?:found|identified|seen)"
)
"""Words by which a clause says that a factor is or is not modifiable; the program judges none."""

_FOUND_MODIFIABLE = re.compile(
    r"(?i)^(?:\S+ ){0,3}modifiable factors? (?:was|were) (?:found|identified|seen)\b[^.]*\d|"
    r"\b\d+[^.]{0,40}\bhad (?:at least one |one or more )?modifiable factors?\b"
)
"""How a panel says in how many deaths it found factors that could be changed."""

_CLAUSE = re.compile(r"(?i)[.;]|,? but ")
"""Where a clause ends, and what is denied in it."""

_SHOWN = 3
"""Findings shown of one subject, so that no subject fills the page. Chosen by judgement."""

_CHILD = (
    r"(?i)\b(?:child(?:ren)?(?:’s|'s)?|bab(?:y|ies)|infants?|newborns?|toddlers?|pupils?|schools?|"
    r"paediatric\w*|teenagers?|young (?:people|person)|CAMHS|neonat\w*|nursery|midwi\w+)\b"
)
_SPEAKS = (
    r"(?i)\bchild(?:ren['’]?s?|['’]s)? deaths?\b|\bdeaths? of (?:an? |the )?(?:\w+ )?"
    r"(?:child(?:ren)?|bab(?:y|ies)|infants?)\b|\bCDOP\b|\bsudden (?:unexpected|infant) death|"
    r"\b(?:infant|child) mortality\b|\b(?:child|baby|infant) (?:has |had )?died\b"
)
"""Words of any report that speak of the death of a child."""
_FEWEST_REPORTS = 3
"""Reports on child deaths from which there is a brief: of fewer, it would tell of one child."""

_OF_EVERY_REVIEW = "“{asked}” is told of any review here, also where no child died."
"""Above what was asked, which is followed up whatever its review was about."""

_ONE_FIGURE = (
    "This is one figure of one year, and the factors are not listed beside it. Put our own panel's "
    "newest figure in its place."
)
"""Below the only figure of a panel, which is no picture."""

_MEASURE = "Measure: for each factor, agree what is counted, who counts it, and when we look again."
"""What to settle for each action."""

_WHOM = 2
"""Bodies named of whom to ask; more is a list."""

_QUESTIONS = 3
"""Questions at the end, the first of the framework's prompts for a panel."""


def cdop(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Learning from child death reviews, coroners, and what other reports say of child deaths."""
    rows = _on_child_deaths(material, subject)
    own = Subject("child deaths", "all", "Learning from child deaths", rows)
    quoter = Quoter(material, own, audience.group)
    factors_named = _named_factors(rows)
    read = ("What we read", _read(material, rows))
    if own.reports < _FEWEST_REPORTS:
        return assemble(("cdop", _NAME), quoter, audience, [read])
    # A panel knows the reports, so its quotes may lean on them as in a brief on one report.
    quoting = Quoter(material, replace(own, kind="report"), audience.group)
    sections = [
        read,
        ("Each factor: what was asked, and what followed", _factors(factors_named, quoting)),
        *_sides(own, quoting),
        ("What panels said of modifiable factors", _said_modifiable(material, rows, quoting)),
        (
            "Action, and how to measure it",
            _action(rows, quoting, is_followed=bool(followed_factors(material))),
        ),
        ("Questions to ask", questions(material.framework.cdop_prompts[:_QUESTIONS])),
    ]
    quoter.identifying += quoting.identifying
    return assemble(
        ("cdop", _NAME),
        quoter,
        audience,
        sections,
        [_table(material, factors_named[:_FACTORS_TOLD])],
    )


_NAME = "Child death overview brief"


def _said_modifiable(material: Material, rows: pd.DataFrame, quoter: Quoter) -> list[Claim]:
    """In how many deaths each panel found such factors, in its own words; the newest first.

    Whose panel it was stands above: a share of another area's deaths says nothing of ours.
    """
    says = rows["text"].map(lambda text: bool(_FOUND_MODIFIABLE.search(str(text)))).astype(bool)
    is_open = ~rows["finding_id"].isin(material.in_confidence)
    found = rows[says & is_open].sort_values(["year", "finding_id"], ascending=[False, True])
    lines: list[Claim] = []
    for _, row in found.drop_duplicates("doc_id").head(_SHOWN).iterrows():
        if not identifying_details(str(row["text"]), material.known_words):
            lines += [statement(_whose_panel(material, str(row["doc_id"]))), quoter.quote(row)]
    is_alone = sum(line.kind == "quote" for line in lines) == 1
    return [*lines, statement(_ONE_FIGURE)] if is_alone else lines


def _whose_panel(material: Material, doc_id: str) -> str:
    """Whose panel speaks, and when, as a line above its words."""
    year = material.published(doc_id)[:4]
    when = f" ({year})" if year else ""
    if doc_id in material.own_reports:
        return f"Our panel{when}:"
    if material.shares_area(doc_id):
        return f"The panel of {material.area(doc_id)}{when}, which covers a part of our area:"
    if material.is_elsewhere(doc_id):
        return (
            f"The panel of {material.area(doc_id)}{when}. These are another area's deaths; put our "
            "own figure beside them:"
        )
    area = material.area(doc_id)
    return f"The panel of {area}{when}:" if area else f"A panel whose area is not named{when}:"


def _sides(own: Subject, quoter: Quoter) -> list[tuple[str, list[Claim]]]:
    """What works and what is difficult: both, or neither where neither has words to quote."""
    sides = [
        ("What works", boxes.strengths(own, quoter, 2, points=False)),
        ("What is difficult", boxes.problems(own, quoter, 2, points=False)),
    ]
    has_words = any(line.kind == "quote" for _, lines in sides for line in lines)
    return sides if has_words else []


def _on_child_deaths(material: Material, subject: Subject) -> pd.DataFrame:
    """Findings of child death reviews, of coroners on children, and on child deaths elsewhere."""
    rows = subject.rows
    # Of no rows pandas makes a column of numbers, which cannot be compared with words.
    families = rows["doc_id"].map(lambda doc: material.family(str(doc))).astype(object)
    # Coroners write of adults too; a child death review speaks of children throughout.
    on_child = rows["text"].str.contains(_CHILD, regex=True).astype(bool)
    speaks = rows["text"].str.contains(_SPEAKS, regex=True).astype(bool)
    of_deaths = families.eq("child_death") | (families.eq("coroner") & on_child)
    # Inspectors mention child deaths in passing; that is no learning from them.
    in_passing = families.eq("inspection") & rows["role"].ne("problem")
    return rows[of_deaths | (speaks & ~in_passing)]


def _read(material: Material, rows: pd.DataFrame) -> list[Claim]:
    if rows.empty:
        return [statement("No report read so far speaks of the death of a child.")]
    counts = role_counts(rows)
    read = english.share_of(counts.reports, len(material.reports), "report")
    they = "It names" if counts.reports == 1 else "They name"
    holds = f" {they} {counts.judged}." if counts.judged else ""
    line = (
        f"{read} {english.agree(counts.reports, 'speak')} of the deaths of children or of services "
        f"that could prevent them.{holds}"
    )
    in_confidence = rows[rows["finding_id"].isin(material.in_confidence)]
    secret = {str(doc) for doc in in_confidence["doc_id"] if material.is_unpublished(str(doc))}
    kept = english.capital(english.some(len(secret), "of them", "of them"))
    warning = f"{kept} {english.agree(len(secret), 'be')} not published: counted here, not quoted."
    return [
        count(line, rows),
        *_whose(material, rows),
        *([statement(warning)] if secret else []),
        statement(
            "Each death is rare, and each is different. Please do not try to work out who the "
            "child was."
        ),
    ]


def _whose(material: Material, rows: pd.DataFrame) -> list[Claim]:
    """How many of these reports are about our own area; no line where that is not known."""
    docs = {str(doc_id) for doc_id in rows["doc_id"]}
    if not material.knows_its_area:
        return []
    ours = len(docs & material.own_reports)
    told = english.capital(english.some(ours, "of them", "of them")) if ours else "None of them"
    return [count(f"{told} {english.agree(max(ours, 1), 'be')} about our own area alone.")]


def _named_factors(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Factors that findings name, with these findings, most reports first."""
    if rows.empty:
        return []
    texts = rows["text"]
    pairs = [(name, rows[texts.str.contains(f"(?i){words}")]) for name, words, *_ in FACTORS]
    return sorted(
        (pair for pair in pairs if len(pair[1])),
        key=lambda pair: (-pair[1]["doc_id"].nunique(), pair[0]),
    )


def _factors(told: list[tuple[str, pd.DataFrame]], quoter: Quoter) -> list[Claim]:
    """A block on each factor: its reports, what to ask, words, what was asked and what followed."""
    material = quoter.material
    ask = {name: question for name, _, question, _ in FACTORS}
    of = quoter.subject.reports
    followed = followed_factors(material)
    named = dict(told[:_FACTORS_TOLD])
    lines = [statement(_OF_EVERY_REVIEW.format(asked=_asked_of(material)))] if followed else []
    quoted = 0
    for name in dict.fromkeys([*named, *followed]):
        own = named.get(name, quoter.subject.rows.head(0))
        number = own["doc_id"].nunique()
        reports = f"{number} of {of} {'report' if of == 1 else 'reports'}. " if number else ""
        lines.append(Claim("point", f"{english.capital(name)}: {reports}{ask[name]}", ids(own)))
        # What a report asks for is no factor, and stands with the actions.
        words = quoter.quotes(with_role(own, "problem"), 1) if quoted < _SHOWN else []
        quoted += len(words)
        asks = with_role(own, "action")
        requests = quoter.quotes(asks, 1)
        if len(asks) and (requests or name not in followed):
            asked = english.some(asks["finding_id"].nunique(), "recommendation")
            where = english.some(asks["doc_id"].nunique(), "report")
            end = ":" if requests else ", whose words cannot go round."
            requests.insert(0, count(f"On {name}, {asked} in {where}{end}", asks))
        lines += [*words, *requests, *([followed[name]] if name in followed else [])]
    return lines


def _table(material: Material, told: list[tuple[str, pd.DataFrame]]) -> Chart | None:
    """Factors by domain: who says that they are modifiable, what is asked, what is recorded.

    None without a factor.
    """
    domains = {name: domain for name, _, _, domain in FACTORS}
    lines = of_our_area(material)
    places = list(DOMAINS)
    ordered = sorted(told, key=lambda pair: places.index(domains[pair[0]]))
    rows = tuple(
        (
            DOMAINS[domains[name]],
            english.capital(name),
            own["doc_id"].nunique(),
            _modifiable(name, own),
            _asked_for(material, name, own),
            _recorded(lines, name),
        )
        for name, own in ordered
    )
    if not rows:
        return None
    alt = (
        f"{english.capital(english.some(len(rows), 'factor'))} by domain: the reports that name "
        "each, whether it is modifiable, what is asked for and what is recorded of it."
    )
    columns = ("Domain", "Factor", "Reports", "Modifiable", "Recommendations",
               "Recorded since")  # fmt: skip
    return Chart("table", "Factors by domain", columns, rows, alt)


def _modifiable(name: str, rows: pd.DataFrame) -> str:
    """Whether a factor is modifiable by these reports or national data, in words of the table."""
    denied = {
        bool(_SAYS_NOT.search(clause))
        for text in rows["text"]
        for clause in _CLAUSE.split(str(text))
        if _SAYS_MODIFIABLE.search(clause)
    }
    if len(denied) > 1:
        return "reports differ"
    if not denied:
        return "yes, in national data" if name in OFTEN_MODIFIABLE else "for the panel to say"
    return "no, a report says" if denied.pop() else "yes, a report says"


def _recorded(lines: pd.DataFrame, name: str) -> str:
    """How many recommendations on a factor have steps and checks, in few words."""
    stages, _ = _stages_of(lines, name)
    parts = [
        f"{what}: {english.some(int(stages[stage]), 'recommendation')}"
        for stage, what in (("action", "an action in a plan"), ("checked", "a later check"))
        if stage in stages.index
    ]
    return "; ".join(parts) or "nothing recorded here"


def _asked_for(material: Material, name: str, rows: pd.DataFrame) -> int:
    """Recommendations on a factor: those followed up in the workspace and those of `rows`."""
    _, recorded = _stages_of(of_our_area(material), name)
    programme = material.programme
    findings = dict(zip(programme["ask_id"], programme["finding_id"], strict=True))
    followed = list(recorded["ask_id"]) if len(recorded) else list[str]()
    # One of these reports may have been followed up, and counts once.
    here = set(with_role(rows, "action")["finding_id"])
    return len(here | {findings.get(ask_id, ask_id) for ask_id in followed})


def _stages_of(lines: pd.DataFrame, name: str) -> tuple[pd.Series, pd.DataFrame]:
    """Recommendations on a factor by stage on record, and the recorded ones of these life lines."""
    if lines.empty:
        return pd.Series(dtype=int), lines
    words = next(words for factor, words, *_ in FACTORS if factor == name)
    requests = lines[lines["stage"].eq("asked")]
    own = requests.loc[requests["words"].str.contains(f"(?i){words}", regex=True), "ask_id"]
    recorded = lines[lines["ask_id"].isin(own) & lines["recorded"].astype(bool)]
    return recorded.groupby("stage")["ask_id"].nunique(), recorded


def followed_factors(material: Material) -> dict[str, Claim]:
    """By factor that a recommendation names: what was asked, what is recorded, and whom to ask."""
    if material.life_lines.empty:
        return {}
    lines = of_our_area(material)
    claims = {}
    for name, *_ in FACTORS:
        stages, recorded = _stages_of(lines, name)
        if "asked" in stages.index:
            asks = recorded[recorded["stage"].eq("asked")].drop_duplicates("ask_id")
            told = f"{_asked_of(material)}: {_asks_told(material, asks)}."
            steps = _steps_told(stages, recorded) or _ask_whom(material, asks)
            claims[name] = count(f"{told} {steps}")
    return claims


def _asked_of(material: Material) -> str:
    """How a line begins on what recommendations ask, of us where our area is known."""
    return "Asked of us" if material.knows_its_area else "Asked"


def _ask_whom(material: Material, asks: pd.DataFrame) -> str:
    """That nothing is recorded since, and whom to ask of it."""
    rows = material.programme
    own = rows[rows["ask_id"].isin(asks["ask_id"])] if len(rows) else rows
    open_ = own[~own["doc_id"].map(lambda one: material.is_unpublished(str(one))).astype(bool)]
    whom = list(dict.fromkeys(
        english.lower_first(part.strip())
        for one in open_["addressees"]
        for part in safe_words(material, str(one)).split(";")
        if part.strip()
    ))  # fmt: skip
    asked = f"the {english.listed(whom[:_WHOM])}" if whom else "the learning lead"
    return f"Nothing that followed is recorded here: ask {asked}."


def _asks_told(material: Material, asks: pd.DataFrame) -> str:
    """What recommendations on a factor ask for: the words of one that may go round, and how many.

    `asks` are their rows of `life_lines`, one each.
    """
    texts = [
        str(row["words"])
        for _, row in asks.iterrows()
        if not material.is_unpublished(str(row["doc_id"]))
        and not identifying_details(str(row["words"]), material.known_words)
    ]
    number = english.some(len(asks), "recommendation")
    if texts:
        more = f", and {english.number(len(asks) - 1)} more" if len(asks) > 1 else ""
        words = texts[0].strip().rstrip(".;")
        return f"{f'“{words}”' if len(words.split()) <= _WHOLE else cut(words)}{more}"
    closed = asks["doc_id"].map(lambda one: material.is_unpublished(str(one))).all()
    return f"{number} in papers that are not published" if closed else f"{number}, to be read there"


def _steps_told(stages: pd.Series, recorded: pd.DataFrame) -> str:
    """What is recorded of recommendations on a factor, in a sentence or two; empty for nothing."""
    asked = int(stages["asked"])
    steps = [
        one if stages[stage] == asked == 1 else english.some(int(stages[stage]), one, many)
        for stage, one, many in (
            ("action", "became an action in a plan", "became actions in a plan"),
            ("done", "was reported or verified as done", "were reported or verified as done"),
        )
        if stage in stages.index
    ]
    parts = [f"It {english.listed(steps)}." if asked == 1 else f"Of these {english.listed(steps)}."]
    verdicts = verdicts_in_words(recorded)
    if verdicts:
        # A number behind a single verdict counts nothing.
        one = verdicts.removesuffix(" (1)")
        is_one = " (" not in one
        alone = ONE_CHECK.get(one, f"found that {one}")
        parts.append(f"One later check {alone}." if is_one else f"Later checks found: {verdicts}.")
    elif "checked" in stages.index:
        parts.append("A later check is recorded, without a verdict.")
    elif steps:
        parts.append("No later check is recorded; agree how to measure it.")
    # Where nothing is recorded it may have been done all the same.
    return " ".join(parts if steps else parts[1:])


def _action(rows: pd.DataFrame, quoter: Quoter, *, is_followed: bool) -> list[Claim]:
    """What is asked where no factor has words of it, how to measure, and a form to fill in."""
    actions = with_role(rows, "action")
    is_asked = len(actions) or is_followed
    lines = [] if is_asked else [statement("No finding here asks for action. Agree one.")]
    if len(actions) and not any(role == "action" for role, _ in quoter.quoted_roles):
        lines = boxes.count_actions(actions, quoter, 2)
    return [*lines, action(_MEASURE), FORM]
