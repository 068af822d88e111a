"""What the columns of a tracker hold: guessed from their names, kept as TOML for people to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lif_nlp.ledger.logs import is_dispatch
from lif_nlp.ledger.trackers.contents import (
    DATED_SHARE,
    MAX_STATUS_WORDS,
    are_short,
    cells_below,
    code_share,
    column_of_codes,
    column_of_steps,
    dated_share,
    telling_column,
)
from lif_nlp.ledger_records import Grid
from lif_nlp.user_toml import read_column_roles

ROLES: Mapping[str, str] = {
    "closed_by": (
        r"(?:closed|signed[- ]?off|verified|approved|agreed complete) by"
        r"|sign[- ]?off(?! date)|verif"
    ),
    "done": (
        r"^(?:date )?(?:closed|completed|done|finished|achieved|shut)(?: on| date)?$|closed on"
        r"|^completed$"
        r"|date (?:of )?(?:complet|clos|achiev|finish)|actual (?:date|completion)"
        r"|(?:completion|closure|closed|completed) (?:date|on)"
    ),
    "due": (
        r"target|\bdue\b|deadline|by when|time-?(?:scale|frame|line)|\bwhen\b|review date"
        r"|milestone date|\bdate\b(?!.*(?:added|raised|update))|^by$"
        r"|\b(?:finish(?:ed)?|done|complete[d]?|wanted|needed|deliver(?:ed)?|expected) by$"
    ),
    "escalation": r"escalat|barrier|\brisks?\b|blocker|\bissues?\b",
    "impact": r"impact|outcome|difference|so what|benefit",
    "evidence": r"evidence|assurance|how (?:do|will) we know|proof|measure|success",
    "status": (
        r"\bstatus\b|\bb?rag\b|\brating\b|where are we|\bstate\b(?! of play)|colour"
        r"|complete\?|done\?"
        r"|on track\?|traffic|\bposition\b(?! statement)|^progress (?:rag|rating|status)"
        r"|where (?:are )?(?:we|it|things) (?:are|is|stand|at)|^standing$|\bhow far\b|%|per ?cent"
        r"|\by ?/ ?n\b|\bstage\b"
    ),
    "progress": (
        r"progress|update|comment|latest|narrative|\bnotes?\b|position statement|commentary"
        r"|news|log\b|\bdiary\b|\bremarks?\b|^q(?:tr|uarter)? ?[1-4]\b|state of play|\bso far\b"
        r"|what (?:has|have) (?:been|we|happened)|\bhow (?:it )?(?:was )?(?:closed|ended)\b"
    ),
    "recommendation": (
        r"recommend|^from$|^rec\b|\brecs?\.?$|finding|learning|source|linked to|relates to|arising"
        r"|^r$|theme|objective|\bpriorit|^(?:from )?(?:matter|concern|para(?:graph)?)s?\b|\basked\b"
        r"|\bchallenge\b|^(?:from |in )?(?:the )?(?:report|review|sar|scr|lcspr|cspr)\b(?!.*\bdate)"
        r"|\bproposal\b|\bquestion\b|\b(?:area|point)s? for\b"
    ),
    "action": (
        r"action(?!.*\bby\b)|what (?:we|will|needs|is|are|must|do)|\bsteps?\b|\btasks?\b|activit"
        r"|\bagreed\b|milestone|commitment|undertak|deliverable|how (?:we|will)|\bto do\b"
        r"|^(?:we|who) will\b|^will\b|\bjobs?\b|\bpromis|\bmeasures? to\b|\bintend"
    ),
    "owner": (
        r"\bleads?\b|owner|\bwho\b|responsib|agency|\bbody\b|organisation|action by|accountab"
        r"|assigned|partner|person|\bteam\b|^resp\b|\bholder\b|\bservice\b|\bfor\W*$"
    ),
    "ref": r"^\W*(?:ref|no|nos|number|id|item|action (?:no|ref|number)|#|nr|line|row)\b",
}
"""Roles in order of precedence with the names of such columns; the first that matches wins."""

_FIRST = (
    ("ref", r"^\W*(?:action |item |plan )?(?:ref(?:erence)?|no|nos|number|id|#|nr)\.?\W*$"),
    ("recommendation", r"^\W*rec(?:ommendation)?\.? ?(?:no|ref|number|#)?\.?\W*$"),
    ("owner", r"\baction (?:owner|lead)\b|\blead (?:agency|body|officer|person)|\bheld by$"),
    ("action", r"^\W*what\W*$"),
    ("evidence", r"evidence of (?:completion|impact|progress)"),
    ("progress", r"milestones? (?:achieved|reached|met|so far)|achieved so far"),
    ("status", r"^\W*(?:progress|action|overall|current)? ?(?:status|rag|brag)\W*$"),
    ("status", r"^\W*(?:completed?|done|closed)\W*y\W*n\W*$|^\W*%|%\W*(?:completed?|done)?\W*$"),
    (
        "progress",
        r"^\W*(?:progress|update|commentary|narrative|latest)\b(?! (?:rag|rating|status))",
    ),
    ("progress", r"\b(?:update|progress)\W*$"),
)
"""Names that would be taken for another role by the general patterns."""

_FIRST_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _FIRST)
_PATTERNS = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in ROLES.items()}

_ANSWERS = re.compile(
    r"response|\breply\b|\banswer|accept|agree\?|our (?:view|position)", re.IGNORECASE
)

HEADER_ROWS = 20
"""Rows at the top among which the header of a tracker is searched."""

MAX_NAME_WORDS = 9
"""Words of a column's name; a longer cell is text."""


def role_of(name: str) -> str:
    """The role of a column by its name, or "other".

    >>> [role_of(name) for name in ("RAG", "Completion date", "Target date", "Who", "Update")]
    ['status', 'done', 'due', 'owner', 'progress']
    """
    for role, pattern in _FIRST_PATTERNS:
        if pattern.search(name):
            return role
    return next((role for role, pattern in _PATTERNS.items() if pattern.search(name)), "other")


def find_header(grid: Grid, tells: Callable[[str], bool] | None = None) -> int | None:
    """Index of a tracker's header row; None where the sheet is no tracker.

    A tracker has a column of actions or of recommendations, and one of dates or of status.
    `tells` says whether a cell tells how far a step has got, for columns with other names.
    """
    best: tuple[int, int] | None = None
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        names = [cell.text for cell in row if cell.text]
        # A title has one or two cells, and a row of steps has long ones.
        if len(names) < 3 or any(len(name.split()) > MAX_NAME_WORDS for name in names):
            continue
        if sum(map(_is_content, names)) > 1:
            continue  # a step of the plan, not the names above it
        roles = {role_of(name) for name in names}
        answers = any(_ANSWERS.search(name) for name in names)
        if answers and not roles & {"status", "progress", "done"}:
            continue  # the table of a response, not of a plan
        if not roles & {"status", "done"} and is_dispatch(names):
            continue
        if "action" in roles and not roles & {"status", "progress", "due", "done"} and tells:
            named_columns = {at for at, cell in enumerate(row) if role_of(cell.text) != "other"}
            roles |= (
                {"progress"}
                if telling_column(grid, index, named_columns, tells) is not None
                else set()
            )
        steps = bool(roles & {"action", "recommendation"})
        if (
            steps
            and roles & {"status", "progress", "due", "done"}
            and roles & {"ref", "owner", "status", "progress", "done"}
        ):
            role_count = len(roles - {"other"})
            if best is None or role_count > best[1]:
                best = index, role_count
    if best is None and tells:
        return _header_by_contents(grid, tells)
    return best[0] if best else None


def _header_by_contents(grid: Grid, tells: Callable[[str], bool]) -> int | None:
    """The first row of names below which columns hold steps, news of them, and dates or numbers.

    It serves sheets whose columns have names of their own making.
    """
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        names = [cell.text for cell in row if cell.text]
        if len(names) < MIN_OWN_NAMES or any(len(name.split()) > MAX_NAME_WORDS for name in names):
            continue
        if any(_is_content(name) or _ANSWERS.search(name) for name in names):
            continue
        # "Revised date" tells of progress, too, but several such cells are a step's
        if is_dispatch(names):
            return None  # the rows below it tell what was sent
        if sum(map(tells, names)) > 1:
            continue
        places = range(len(row))
        dated = {at for at in places if dated_share(grid, index, at) >= DATED_SHARE}
        coded = {at for at in places if code_share(grid, index, at) >= CODED_SHARE}
        news = telling_column(grid, index, dated | coded, tells)
        if news is None or not dated | coded:
            continue
        if column_of_steps(grid, index, {*dated, *coded, news}, tells) is not None:
            return index
    return None


MIN_OWN_NAMES = 4
"""Columns of a sheet that is known as a plan by what it holds alone."""

CODED_SHARE = 0.6
"""Share of a column's cells with numbers of a list, as in `contents`."""


_CONTENT = re.compile(
    r"^\W*\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d{2}\W*$|^\W*20\d{2}-\d{2}-\d{2}\W*$"
    r"|^\W*(?!Q[1-4]\b)[A-Z]{0,3}\d{1,3}(?:\.\d+)*(?:\s?\(?[a-h]\))?\W*$|\w\s+\S+\s.*\w{3,}\.$",
)
"""A date, a reference or a sentence: what a row holds and no column is called.  "Ref." and "Action
req." are names."""


def _is_content(cell: str) -> bool:
    return _CONTENT.search(cell) is not None


def columns_of(
    grid: Grid,
    header: int,
    own: Mapping[str, str] | None = None,
    tells: Callable[[str], bool] | None = None,
) -> dict[str, int]:
    """Index of the column of each role; the first column of a role counts.

    Parameters
    ----------
    grid, header
        The sheet and its header row.
    own
        A partnership's roles by column name, which go before our guesses.
    tells
        Whether a cell says how far a step has got; a column of such cells is one of progress,
        whatever its name.
    """
    mapping = {_key(name): role for name, role in (own or {}).items()}
    roles: dict[str, int] = {}
    cells = [(index, cell.text) for index, cell in enumerate(grid.rows[header]) if cell.text]
    for index, name in cells:
        role = mapping.get(_key(name)) or role_of(name)
        # "RAG" beside "Position": the second holds the news.
        if role in roles and role == "status" and "progress" not in roles:
            role = "progress"
        if role in roles and role == "progress":
            # a column for each quarter: the last that is filled counts
            role = f"progress {index}"
        if role == "due" and "due" in roles and _REVISED.search(name):
            role = "due revised"
        roles.setdefault(role, index)
    roles.pop("other", None)
    _settle_due(grid, header, roles, cells)
    if (
        "status" not in roles
        and (place := _coloured(grid, header, set(roles.values()))) is not None
    ):
        roles["status"] = place
    if (
        tells
        and "status" not in roles
        and (place := telling_column(grid, header, set(roles.values()), tells, MAX_STATUS_WORDS))
        is not None
    ):
        roles["status"] = place
    if (
        tells
        and not {"status", "progress"} & set(roles)
        and (place := telling_column(grid, header, set(roles.values()), tells)) is not None
    ):
        roles["progress"] = place
    if tells:
        _fill_by_contents(grid, header, roles, tells)
    # A plan may have the recommendation itself for its step.
    if "action" not in roles and "recommendation" in roles:
        roles["action"] = roles["recommendation"]
    if (
        "ref" not in roles
        and "recommendation" in roles
        and are_short(grid, header, roles["recommendation"])
    ):
        roles["ref"] = roles["recommendation"]
    return roles


def _fill_by_contents(
    grid: Grid, header: int, roles: dict[str, int], tells: Callable[[str], bool]
) -> None:
    """Give steps, numbers and dates to columns of other names that hold them."""
    of_recommendation = roles.get("recommendation")
    numbers_alone = of_recommendation is None or (
        code_share(grid, header, of_recommendation) >= CODED_SHARE
    )
    if "action" not in roles and numbers_alone:
        steps = column_of_steps(grid, header, set(roles.values()), tells)
        if steps is not None:
            roles["action"] = steps
    if "recommendation" not in roles:
        aims = [at for at, cell in enumerate(grid.rows[header]) if _AIM.search(cell.text)]
        if "action" in roles and (free := set(aims) - set(roles.values())):
            roles["recommendation"] = min(free)
    if "recommendation" not in roles:
        codes = column_of_codes(grid, header, set(roles.values()))
        cells = cells_below(grid, header, codes) if codes is not None else []
        if codes is not None:
            # a number that comes again, or is left blank below, is what several steps answer to
            steps_below = cells_below(grid, header, roles["action"]) if "action" in roles else cells
            is_own = len(set(cells)) == len(cells) >= len(steps_below)
            role = "ref" if "ref" not in roles and is_own else "recommendation"
            roles[role] = codes
    used_columns = set(roles.values())
    dates = [
        at for at in range(len(grid.rows[header]))
        if at not in used_columns and dated_share(grid, header, at) >= DATED_SHARE
    ]  # fmt: skip
    if dates and "due" not in roles:
        roles["due"] = dates[0]
    elif dates and _REVISED.search(grid.rows[header][roles["due"]].text):
        # the first date stands under a name of its own beside the revised one
        roles.setdefault("due revised", roles["due"])
        roles["due"] = dates[0]


def _settle_due(
    grid: Grid, header: int, roles: dict[str, int], cells: Sequence[tuple[int, str]]
) -> None:
    """Give the dates of steps to the column that has them.

    "By" may be who does it where another column says when, and milestones may be dates.
    """
    by_name = [index for index, name in cells if role_of(name) == "due"]
    milestones = [index for index, name in cells if _MILESTONES.search(name)]
    own = roles.get("due")
    if own is not None and (own not in by_name or dated_share(grid, header, own) >= DATED_SHARE):
        return
    others = [index for index in (*by_name, *milestones) if index not in roles.values()]
    best = max(others, key=lambda index: dated_share(grid, header, index), default=None)
    if best is None or dated_share(grid, header, best) < DATED_SHARE:
        return
    if own is not None:
        roles.setdefault("owner", own)
    roles["due"] = best


_AIM = re.compile(r"\bimprovements?\b|\baims?\b|\bgoals?\b|\bheading\b|\btopic\b", re.IGNORECASE)
"""What a column is called whose cells say in short what the steps beside them are for."""

_REVISED = re.compile(r"\b(?:revised|new|current|extended|amended|latest|now)\b", re.IGNORECASE)
"""What a second column of dates is called where dates were moved."""

_MILESTONES = re.compile(r"^\W*(?:key )?milestones?\W*$", re.IGNORECASE)


def _coloured(grid: Grid, header: int, taken: set[int]) -> int | None:
    """A column of status that has fills and no name."""
    body = [row for row in grid.rows[header + 1 :] if sum(bool(cell.text) for cell in row) > 1]
    for index, name in enumerate(grid.rows[header]):
        cells = [row[index] for row in body if index < len(row)]
        fills = sum(bool(cell.fill) and len(cell.text.split()) <= 2 for cell in cells)
        if index not in taken and role_of(name.text) == "other" and fills * 2 >= len(cells) > 0:
            return index
    return None


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))


def mapping_toml(grid: Grid, header: int, roles: Mapping[str, int]) -> str:
    """The columns as TOML, for a person to look at once and to mend."""
    # Reversed, so that of two roles in one column the one that was read first is written.
    by_index = {index: role for role, index in reversed(list(roles.items()))}
    lines = ["# What each column holds; change a role and the next version is read with it.",
             f"# Roles: {', '.join(sorted(ROLES))}, other.", "[columns]"]  # fmt: skip
    for index, cell in enumerate(grid.rows[header]):
        if cell.text:
            name = cell.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
            # "progress 7" is ours, for the seventh column; people read and write "progress".
            role = by_index.get(index, "other").split()[0]
            lines.append(f'"{name}" = "{role}"')
    return "\n".join(lines) + "\n"


def load_columns(path: Path | None) -> dict[str, str]:
    """A partnership's own roles by column name; empty where there is no file yet.

    Raises ConfigError as `read_column_roles` does.
    """
    return read_column_roles(path if path and path.is_file() else None, ROLES)


def data_rows(grid: Grid, header: int, roles: Mapping[str, int]) -> Sequence[int]:
    """Indices of the rows that hold an action: below the header, above legend and footnotes."""
    indices = []
    names = [cell.text for cell in grid.rows[header]]
    for index in range(header + 1, len(grid.rows)):
        row = grid.rows[index]
        texts = [cell.text for cell in row]
        if re.match(r"\W*(?:key|legend)\b\W*$", next((t for t in texts if t), ""), re.IGNORECASE):
            break
        if texts == names or not any(texts) or len({t for t in texts if t}) < 2:
            continue  # a repeated header, a blank row, or a line across the sheet

        def text(role: str, texts: list[str] = texts) -> str:
            place = roles.get(role)
            return texts[place] if place is not None and place < len(texts) else ""

        if text("action") or text("ref") or text("recommendation"):
            indices.append(index)
    return indices
