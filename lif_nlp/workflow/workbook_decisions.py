"""Rows of a review workbook -> edits, and a sentence for each row that contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lif_nlp.records import ThemeSet
from lif_nlp.themes import Edit
from lif_nlp.themes.revision.edit_log import made_id

Row = Mapping[str, str]


@dataclass
class Decisions:
    """What the rows decide; a theme may be named by its id or by its name."""

    themes: ThemeSet
    author: str
    at: str
    edits: list[Edit] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = {t.theme_id for t in self.themes.themes}
        self._names = {t.theme_id: t.name for t in self.themes.themes}
        self._by_name = {t.name.casefold(): t.theme_id for t in self.themes.themes}

    def take_themes(self, rows: Sequence[Row]) -> None:
        """Decisions of the sheet "Themes"; a row without an id and with a name is a new code."""
        for row in rows:
            theme_id, decision = row["theme_id"], row["decision"].lower()
            if not theme_id:
                self._new_code(row)
                continue
            # a new name first: other rows may already use it
            if row["new_name"] and row["new_name"] != self._names.get(theme_id):
                self._say("rename", theme_id, row["new_name"])
                self._by_name.setdefault(row["new_name"].casefold(), theme_id)
            if decision:
                self._say(decision, theme_id)
            if row["merge_into"]:
                self._say("merge", theme_id, self._named(row["merge_into"]))

    def take_findings(self, rows: Sequence[Row]) -> None:
        """Decisions of the sheet "Findings"; rows that name the same new theme go together."""
        begun: dict[str, Edit] = {}
        moves: list[Edit] = []
        for row in rows:
            fault = _contradiction(row)
            if fault:
                self.faults.append(f"sheet 'Findings', row {row['row']}: {fault}")
                continue
            self._take_finding(row, begun, moves)
        for edit in begun.values():
            self.edits.append(replace(edit, finding_ids=tuple(sorted(edit.finding_ids))))
        targets = {name: made_id(self._sorted(edit)) for name, edit in begun.items()}
        for move in moves:
            target = targets.get(move.value.casefold(), "")
            self._say(
                "reassign" if move.theme_id else "add",
                move.theme_id or target,
                target if move.theme_id else "",
                move.finding_ids,
            )

    def _take_finding(self, row: Row, begun: dict[str, Edit], moves: list[Edit]) -> None:
        alone, theme_id = (row["finding_id"],), row["theme_id"]
        name = row["new_theme"]
        if row["also_in"]:
            self._say("add", self._named(row["also_in"]), "", alone)
        target = self._named(row["move_to"]) or self._by_name.get(name.casefold(), "")
        if target and theme_id:
            self._say("reassign", theme_id, target, alone)
        elif target:
            self._say("add", target, "", alone)
        elif name:
            self._begin(Edit("", theme_id, name, alone, self.author, self.at), begun, moves)
        elif row["decision"].lower() == "wrong":
            self._say("reassign", theme_id, "", alone)
        elif row["decision"].lower() == "right":
            self._say("add", theme_id, "", alone)

    def _begin(self, part: Edit, begun: dict[str, Edit], moves: list[Edit]) -> None:
        """A finding for a new theme: it begins it, joins its beginning or moves there later."""
        key = part.value.casefold()
        first = begun.get(key)
        if first is None:
            begun[key] = replace(part, action="split" if part.theme_id else "create")
        elif first.theme_id == part.theme_id:
            begun[key] = replace(first, finding_ids=(*first.finding_ids, *part.finding_ids))
        else:
            moves.append(part)

    @staticmethod
    def _sorted(edit: Edit) -> Edit:
        return replace(edit, finding_ids=tuple(sorted(edit.finding_ids)))

    def _new_code(self, row: Row) -> None:
        if row["new_name"]:
            self._say("create", "", row["new_name"])
        else:
            self.faults.append(
                f"sheet 'Themes', row {row['row']}: there is neither a theme_id nor a new_name"
            )

    def _named(self, given: str) -> str:
        """The id of a theme that was named by id or by name; else what was given."""
        return given if given in self._ids else self._by_name.get(given.casefold(), given)

    def _say(
        self, action: str, theme_id: str, value: str = "", finding_ids: tuple[str, ...] = ()
    ) -> None:
        self.edits.append(Edit(action, theme_id, value, finding_ids, self.author, self.at))


def _contradiction(row: Row) -> str:
    """Why nothing can be taken from a row of findings; empty where it is clear."""
    decision = row["decision"].lower()
    if not row["finding_id"]:
        return "the finding_id is missing"
    if row["move_to"] and row["new_theme"]:
        return "give move_to or new_theme, not both; nothing was taken from the row"
    if decision == "right" and (row["move_to"] or row["new_theme"]):
        return "it says right and moves the finding; nothing was taken from the row"
    if decision and not row["theme_id"] and not (row["move_to"] or row["new_theme"]):
        return f"'{decision}' needs a theme, and the row has none; use move_to or new_theme"
    return ""
