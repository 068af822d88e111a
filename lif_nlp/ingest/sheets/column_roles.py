"""Recognises what the columns of an audit sheet hold, by a user's mapping, names or cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lif_nlp.user_toml import read_column_roles


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """Something a column can hold.

    Attributes
    ----------
    id
        Used in mapping files.
    heading
        Heading path of findings from such a column; empty if its cells are not findings.
    pattern
        Matches names of such columns, in any case.
    meaning
        What it holds, for the user.
    """

    id: str
    heading: str
    pattern: str
    meaning: str


SCHEMA = (
    ColumnRole(
        "both",
        "Strength and area for development",
        r"strengths?\b.*\b(development|improv|gap|weak)|comments? on strengths",
        "free text with strengths and gaps in one cell",
    ),
    ColumnRole(
        "gap",
        "Area for development",
        r"areas?\b.*\b(develop|improv|concern)|development need|\bgaps?\b|weakness|what (was"
        r"|is) not"
        r"|even better|not (\w+ )?well|needs? (to )?(improve|develop|change)"
        r"|improvements? (needed|required)"
        r"|to (improve|develop|change|work on)$|did(n.t| not) work|less well|got in the way"
        r"|concerns?\b"
        r"|barriers?|worr(y|ies|ied)",
        "free text on what needs to improve",
    ),
    ColumnRole(
        "strength",
        "Strength",
        r"\bstrengths?\b|good practice|(went|worked|works|working|done|doing) well|positives?\b"
        r"|what (helped|has improved|is good)|\bimproving$"
        r"|effective practice"
        r"|best practice",
        "free text on what was done well",
    ),
    ColumnRole(
        "moderated_grade",
        "",
        r"(moderat|agreed|final|overall)\w*.*(grade|grading|judge?ment|rating|score)",
        "the grade after moderation",
    ),
    ColumnRole(
        "grade",
        "",
        r"\bgrad(e|es|ing)\b|judge?ment|\brating\b|\b(b?rag)\b|\bscore\b|outcome rating"
        r"|compliance|^met\b"
        r"|yes ?/ ?no|self[- ]?assess\w*$",
        "a grade, rating or yes/no",
    ),
    ColumnRole(
        "owner",
        "",
        r"^(?!.*\bactions?\b.*\bwho).*(\bowner\b|\blead\b|responsib|by whom|assigned)|action by\b",
        "who is responsible",
    ),
    ColumnRole(
        "due",
        "",
        r"\bdue\b|deadline|target date|timescale|by when|^by$|completion date|complete by",
        "when it is due",
    ),
    ColumnRole(
        "status",
        "",
        r"\bstatus\b|progress|completed\?|evidence of completion",
        "progress of the action",
    ),
    ColumnRole(
        "action",
        "Action",
        r"\bactions?\b|\brecs?\b|recommendation|next steps?|what (will|needs to) (be|happen)",
        "the action to take",
    ),
    ColumnRole(
        "learning",
        "Learning point",
        r"\blearning\b|lessons?\b|key message",
        "the learning point",
    ),
    ColumnRole(
        "voice",
        "Voice of the child",
        r"\bvoice\b|\bvoc\b|lived experience|views? of (the )?child|wishes and feelings",
        "free text on the child's voice",
    ),
    ColumnRole(
        "impact",
        "Impact",
        r"\bimpact\b|outcomes? for (the )?child|difference made",
        "free text on impact",
    ),
    ColumnRole(
        "supervision",
        "Supervision",
        r"supervision|(management|mgmt|mgt|mgr) oversight|oversight by",
        "free text on supervision",
    ),
    ColumnRole("moderation", "Moderation", r"moderat\w*", "the moderator's note"),
    ColumnRole(
        "question",
        "",
        r"\bquestions?\b|\bstandards?\b|criteri|\bdomain\b|\bindicator\b|audit area|\btheme\b"
        r"|\barea\b"
        r"|\bsection\b|key line|\bkloe\b|requirement",
        "the audit question",
    ),
    ColumnRole(
        "comment",
        "",
        r"comment|evidence|narrative|\bnotes?\b|finding|observation|summary|rationale|analysis"
        r"|free text|explanation|detail|feedback|reason|so what|\bobs\b|\bthoughts?\b",
        "free text",
    ),
    ColumnRole(
        "child",
        "",
        r"child ?(ref|id|ident|no|num)|case ?(ref|id|no|num)|\bref(erence)?\b|\bid\b|liquid"
        r"|mosaic|\bcase\b",
        "reference of the child or case",
    ),
    ColumnRole(
        "agency",
        "",
        r"\bagency\b|organi[sz]ation|\bservice\b|\bteam\b|partner|setting|school|provider",
        "the agency",
    ),
    ColumnRole(
        "auditor", "", r"audit(or|ed by)|reviewer|completed by|lead auditor|\brole\b", "the auditor"
    ),
    ColumnRole("date", "", r"\bdate\b|month|quarter|\byear\b", "the date"),
    ColumnRole(
        "child_data",
        "",
        r"\bage\b|\bsex\b|gender|ethnic|disab|plan|legal status|religion|language|sibling"
        r"|\bname\b|\bdob\b|birth",
        "details of the child, stored with the row only",
    ),
)
"""Roles in order of precedence: the first whose pattern matches the column's name wins."""

FREE_TEXT = (*(role.id for role in SCHEMA if role.heading), "comment")
"""Roles whose cells become findings."""

_PATTERNS = tuple((role, re.compile(role.pattern, re.IGNORECASE)) for role in SCHEMA)
_BY_ID = {role.id: role for role in SCHEMA}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its index, its name, its role, and how the role was recognised.

    `by` is "mapping" (the user's file), "name" (the header) or "content" (the cells).
    """

    index: int
    name: str
    role: str
    by: str

    @property
    def heading(self) -> str:
        """Heading of findings from this column."""
        return _BY_ID[self.role].heading if self.role in _BY_ID else ""


def understand_columns(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """The role of each column, by the user's mapping, else its name, else its cells.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        The rows below.
    mapping
        Roles by column name; case and punctuation do not matter.

    >>> [c.role for c in understand_columns(["Team", "What went well", "RAG"], [])]
    ['agency', 'strength', 'grade']
    """
    # People retype the names of columns, with other spaces and capitals.
    roles = {_key(name): role for name, role in (mapping or {}).items()}
    columns = []
    for index, name in enumerate(header):
        if _key(name) in roles:
            columns.append(Column(index, name, roles[_key(name)], "mapping"))
            continue
        cells = [row[index] for row in rows if index < len(row) and row[index]]
        columns.append(_guess_column(index, name, cells))
    return tuple(columns)


def _guess_column(index: int, name: str, cells: Sequence[str]) -> Column:
    free_text = _is_free_text(cells)
    for role, pattern in _PATTERNS:
        if pattern.search(name):
            # Under "Area" or "Setting" some forms have whole comments.
            mismatch = free_text and role.id in _SHORT_ROLES and not _are_questions(cells)
            return Column(index, name, "comment" if mismatch else role.id, "name")
    return Column(index, name, "comment" if free_text else "other", "content")


_SHORT_ROLES = ("question", "child", "agency", "auditor", "child_data", "status", "date")
"""Roles whose cells are short labels; free text under such a name is a comment."""


def _are_questions(cells: Sequence[str]) -> bool:
    """Whether at least half of the cells end in a question mark, or there is only one cell."""
    questions = sum(cell.rstrip().endswith("?") for cell in cells)
    return questions * 2 >= len(cells) or len(cells) < 2


FREE_TEXT_WORDS = 8
"""Median words of the cells of a free-text column. Chosen by judgement (November 2026); lower
takes lists of agencies for comments, higher loses terse comments."""

FREE_TEXT_VARIETY = 0.6
"""Share (0..1) of distinct cells above which a column is free text: answers chosen from a list
repeat. Chosen by judgement (November 2026)."""


def _is_free_text(cells: Sequence[str]) -> bool:
    """Whether cells are long and mostly different from one another."""
    if not cells:
        return False
    words = sorted(len(cell.split()) for cell in cells)
    has_variety = len(set(cells)) > FREE_TEXT_VARIETY * len(cells)
    return words[len(words) // 2] >= FREE_TEXT_WORDS and has_variety


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().lower()


def load_mapping(path: Path | None) -> dict[str, str]:
    """A partnership's own roles by column name; empty without a file.

    Raises ConfigError as `read_column_roles` does.
    """
    return read_column_roles(path, _BY_ID)
