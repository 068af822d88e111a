"""What the columns of an audit sheet hold: a declared schema, guesses, and a user's mapping."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lif_nlp.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """One thing a column can hold: its id, what it is called, and how it is known.

    `heading` is the heading that a finding from this column stands under; an
    empty one means that the column is kept with the row but is no finding.
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
        r"|even better|not (so )?well|needs? (to )?improve|improvements? (needed|required)"
        r"|concerns?\b"
        r"|barriers?|worr(y|ies|ied)",
        "free text on what needs to improve",
    ),
    ColumnRole(
        "strength",
        "Strength",
        r"\bstrengths?\b|good practice|what (went|worked|is working) well|positives?\b"
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
        "owner", "", r"\bowner\b|\blead\b|responsib|by whom|assigned|action by\b", "who does it"
    ),
    ColumnRole(
        "due",
        "",
        r"\bdue\b|deadline|target date|timescale|by when|^by$|completion date|complete by",
        "by when",
    ),
    ColumnRole(
        "status",
        "",
        r"\bstatus\b|progress|completed\?|evidence of completion",
        "how far the action is",
    ),
    ColumnRole(
        "action",
        "Action",
        r"\bactions?\b|recommendation|next steps?|what (will|needs to) (be|happen)",
        "what is to be done",
    ),
    ColumnRole(
        "learning",
        "Learning point",
        r"\blearning\b|lessons?\b|key message",
        "what is to be learned",
    ),
    ColumnRole(
        "voice",
        "Voice of the child",
        r"\bvoice\b|lived experience|views? of (the )?child|wishes and feelings",
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
        r"supervision|management oversight",
        "free text on supervision",
    ),
    ColumnRole("moderation", "Moderation", r"moderat\w*", "the moderator's note"),
    ColumnRole(
        "question",
        "",
        r"\bquestions?\b|\bstandards?\b|criteri|\bdomain\b|\bindicator\b|audit area|\btheme\b"
        r"|\barea\b"
        r"|\bsection\b|key line|\bkloe\b|requirement",
        "what was asked",
    ),
    ColumnRole(
        "comment",
        "",
        r"comment|evidence|narrative|\bnotes?\b|finding|observation|summary|rationale|analysis"
        r"|free text|explanation|detail|feedback|reason",
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
        "auditor", "", r"audit(or|ed by)|reviewer|completed by|lead auditor|\brole\b", "who audited"
    ),
    ColumnRole("date", "", r"\bdate\b|month|quarter|\byear\b", "when"),
    ColumnRole(
        "child_data",
        "",
        r"\bage\b|\bsex\b|gender|ethnic|disab|plan|legal status|religion|language|sibling"
        r"|\bname\b|\bdob\b|birth",
        "facts of the child, kept with the row only",
    ),
)
"""Roles in the order in which they are tried: the first pattern found in a header wins."""

FREE_TEXT = (*(role.id for role in SCHEMA if role.heading), "comment")
"""Roles whose cells are findings."""

_PATTERNS = tuple((role, re.compile(role.pattern, re.IGNORECASE)) for role in SCHEMA)
_BY_ID = {role.id: role for role in SCHEMA}


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of a sheet was understood to hold, and by what.

    `by` is "mapping", "name" (its header) or "content" (its cells).
    """

    place: int
    name: str
    role: str
    by: str

    @property
    def heading(self) -> str:
        """Heading that a finding of this column stands under."""
        return _BY_ID[self.role].heading if self.role in _BY_ID else ""


def understand_columns(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """What each column holds: by the user's mapping, its name, or how its cells read.

    >>> [c.role for c in understand_columns(["Team", "What went well", "RAG"], [])]
    ['agency', 'strength', 'grade']
    """
    chosen = {_key(name): role for name, role in (mapping or {}).items()}
    columns = []
    for place, name in enumerate(header):
        if _key(name) in chosen:
            columns.append(Column(place, name, chosen[_key(name)], "mapping"))
            continue
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        columns.append(_guessed(place, name, cells))
    return tuple(columns)


def _guessed(place: int, name: str, cells: Sequence[str]) -> Column:
    wordy = _wordy(cells)
    for role, pattern in _PATTERNS:
        if pattern.search(name):
            misfit = wordy and role.id in _LABELS and not _asks(cells)
            return Column(place, name, "comment" if misfit else role.id, "name")
    return Column(place, name, "comment" if wordy else "other", "content")


_LABELS = ("question", "child", "agency", "auditor", "child_data", "status")


def _asks(cells: Sequence[str]) -> bool:
    """Whether cells are questions or standards: half of them ask, or they return."""
    asked = sum(cell.rstrip().endswith("?") for cell in cells)
    return asked * 2 >= len(cells) or len(cells) < 2


def _wordy(cells: Sequence[str]) -> bool:
    """Whether cells read as free text: long and mostly different from one another."""
    if not cells:
        return False
    words = sorted(len(cell.split()) for cell in cells)
    return words[len(words) // 2] >= 8 and len(set(cells)) > 0.6 * len(cells)


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().lower()


def load_mapping(path: Path | None) -> dict[str, str]:
    """A partnership's own mapping from column name to role, from the table [columns].

    Raises ConfigError, naming the key, for a role that does not exist.
    """
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("columns", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML ({error}); correct the file") from error
    allowed = sorted([*_BY_ID, "other"])
    faults = [f"columns.{name} = '{role}'" for name, role in table.items() if role not in allowed]
    if faults:
        raise ConfigError(f"{path}: {'; '.join(faults)}; use one of: {', '.join(allowed)}")
    return {str(name): str(role) for name, role in table.items()}
