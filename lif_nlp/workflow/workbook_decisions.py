"""Rows of a review workbook -> decisions; a row that cannot be read is one that is in conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lif_nlp.records import Edit, Finding, RecommendationReview, ThemeSet
from lif_nlp.themes.revision.edit_log import MAKING, UNCLEAR, made_id
from lif_nlp.workflow.decisions import relabel_edits
from lif_nlp.workflow.workbook import Row, cells_of


@dataclass
class Decisions:
    """What the rows decide; a theme may be named by its id or by its name.

    `names` are the names that the workbook showed, which go before today's.  `earlier` are
    the edits taken from the same export before: a row that began a theme then begins it
    still.  `provenance` holds the author, the time and the file of all the decisions.
    """

    themes: ThemeSet
    findings: Mapping[str, Finding]
    names: Mapping[str, str]
    earlier: Sequence[Edit]
    provenance: Mapping[str, Any]
    edits: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = {t.theme_id: t.name for t in self.themes.themes}
        self._begun = {e.value.casefold(): e for e in self.earlier if e.action in MAKING}
        # Themes that rows of this export began: the same rows begin them again, and do not move
        # there.
        own = {made_id(edit) for edit in self._begun.values()}
        self._by_name = {
            t.name.casefold(): t.theme_id for t in self.themes.themes if t.theme_id not in own
        }
        self._by_name |= {name: t for name, t in self.names.items() if t in self._names}

    def take_themes(self, rows: Sequence[Row]) -> None:
        """Decisions of the sheet "Themes"; a row without an id and with a name is a new theme."""
        for row in rows:
            theme_id, decision = row["theme_id"], row["decision"].lower()
            if row["fault"]:
                self._unclear("Themes", row, row["fault"])
                continue
            if not theme_id:
                self._new_theme(row)
                continue
            # a new name first: other rows may already use it
            if row["new_name"] and row["new_name"] != self._names.get(theme_id):
                self._decide("Themes", row, "rename", theme_id, row["new_name"])
                self._by_name.setdefault(row["new_name"].casefold(), theme_id)
            if decision:
                self._decide("Themes", row, decision, theme_id)
            if row["merge_into"]:
                self._decide("Themes", row, "merge", theme_id, self._theme_id(row["merge_into"]))

    def take_findings(self, rows: Sequence[Row]) -> None:
        """Decisions of the sheet "Findings"; rows that name the same new theme go together."""
        new_themes: dict[str, Edit] = {}
        # Applied last: a theme must have begun before findings can move there.
        moves: list[Edit] = []
        for row in rows:
            fault = row["fault"] or _contradiction(row)
            if fault:
                self._unclear("Findings", row, fault)
                continue
            self._relabel(row)
            self._take_finding(row, new_themes, moves)
        new_theme_of = self._begun | {
            name: replace(edit, finding_ids=tuple(sorted(edit.finding_ids)))
            for name, edit in new_themes.items()
        }
        self.edits += [new_theme_of[name] for name in new_themes]
        for move in moves:
            target = made_id(new_theme_of[move.value.casefold()])
            if move.theme_id:
                self.edits.append(replace(move, action="reassign", value=target))
            else:
                self.edits.append(replace(move, action="add", theme_id=target, value=""))

    def _relabel(self, row: Row) -> None:
        role, why = row["role_should_be"].lower(), row["why_should_be"].lower()
        if not (role or why):
            return
        finding = self.findings.get(row["finding_id"])
        if finding is None:
            self._unclear("Findings", row, f"there is no finding {row['finding_id']}")
            return
        self.edits += relabel_edits(
            finding,
            role=role or None,
            why=(why == "yes") if why else None,
            **self._stamp("Findings", row),
        )

    def _take_finding(self, row: Row, new_themes: dict[str, Edit], moves: list[Edit]) -> None:
        finding_ids, theme_id = (row["finding_id"],), row["theme_id"]
        name = row["new_theme"]
        if row["also_in"]:
            self._decide("Findings", row, "add", self._theme_id(row["also_in"]), "", finding_ids)
        target = self._theme_id(row["move_to"]) or self._by_name.get(name.casefold(), "")
        if target and theme_id:
            self._decide("Findings", row, "reassign", theme_id, target, finding_ids)
        elif target:
            self._decide("Findings", row, "add", target, "", finding_ids)
        elif name:
            part = Edit("", theme_id, name, finding_ids, **self._stamp("Findings", row))
            self._begin(part, new_themes, moves)
        elif row["decision"].lower() == "wrong":
            self._decide("Findings", row, "reassign", theme_id, "", finding_ids)
        elif row["decision"].lower() == "right":
            self._decide("Findings", row, "add", theme_id, "", finding_ids)

    def _begin(self, part: Edit, new_themes: dict[str, Edit], moves: list[Edit]) -> None:
        """A finding for a new theme: it begins it, joins its beginning or moves there later."""
        key = part.value.casefold()
        first = new_themes.get(key)
        earlier = self._begun.get(key)
        if earlier is not None:
            if earlier.theme_id == part.theme_id and set(part.finding_ids) <= set(
                earlier.finding_ids
            ):
                # The same rows once more: the log holds this edit already.
                self.edits.append(earlier)
            else:
                moves.append(part)
        elif first is None:
            new_themes[key] = replace(part, action="split" if part.theme_id else "create")
        elif first.theme_id == part.theme_id:
            new_themes[key] = replace(first, finding_ids=(*first.finding_ids, *part.finding_ids))
        else:
            moves.append(part)

    def _new_theme(self, row: Row) -> None:
        if row["new_name"]:
            self._decide("Themes", row, "create", "", row["new_name"])
            self._by_name.setdefault(row["new_name"].casefold(), made_id(self.edits[-1]))
        else:
            self._unclear("Themes", row, "there is neither a theme_id nor a new_name")

    def _theme_id(self, name_or_id: str) -> str:
        """The id of a theme that was named by id or by name; else what was given."""
        if name_or_id in self._names:
            return name_or_id
        return self._by_name.get(name_or_id.casefold(), name_or_id)

    def _decide(
        self,
        sheet: str,
        row: Row,
        action: str,
        theme_id: str,
        value: str = "",
        finding_ids: tuple[str, ...] = (),
    ) -> None:
        stamp = self._stamp(sheet, row)
        self.edits.append(Edit(action, theme_id, value, finding_ids, **stamp))

    def _unclear(self, sheet: str, row: Row, fault: str) -> None:
        """A row from which nothing was taken; it stays open until it is corrected."""
        finding_ids = tuple(filter(None, [row.get("finding_id", "")]))
        self.edits.append(
            Edit(
                UNCLEAR, row.get("theme_id", ""), cells_of(sheet, row), finding_ids,
                status="conflict", reason=fault, **self._stamp(sheet, row),
            )
        )  # fmt: skip

    def _stamp(self, sheet: str, row: Row) -> dict[str, Any]:
        return {**self.provenance, "row": f"{sheet} {row['row']}"}


def recommendation_reviews(
    rows: Sequence[Row], provenance: Mapping[str, Any]
) -> list[RecommendationReview]:
    """Decisions of the sheet "Recommendations"."""
    return [
        RecommendationReview(
            row["finding_id"], row["decision"].lower(), row["same_as"],
            row=f"Recommendations {row['row']}", **provenance,
        )
        for row in rows
    ]  # fmt: skip


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
