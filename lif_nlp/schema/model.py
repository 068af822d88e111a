"""What a table and a column are, and the columns that several tables share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DTYPES: Mapping[str, str] = MappingProxyType(
    # "Int64" with a capital can be missing, as the year of an undated report; "int64" cannot.
    {"text": "str", "list": "object", "integer": "Int64", "number": "float64", "boolean": "bool"}
)
"""Types of column, with the pandas dtype each has in a frame without rows.

A cell of the type "list" holds several strings.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type (a key of `DTYPES`) and its meaning in one line."""

    name: str
    dtype: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what one row is, and its columns in order."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)


SHARED = {
    name: Column(name, dtype, description)
    for name, dtype, description in (
        # identifiers and places
        ("doc_id", "text", "ID of the report, a hash of its bytes: one file, one ID"),
        ("finding_id", "text", "ID of the finding: the report's ID and the position in its text"),
        ("theme_id", "text", "ID of the theme; it stays the same from run to run"),
        ("point_id", "text", "ID of the learning point; it stays the same from run to run"),
        ("finding_ids", "list", "IDs of the findings counted in this row"),
        ("source", "text", "file the report was read from"),
        ("title", "text", "title of the report"),
        ("page", "integer", "page number, counted from 1"),
        ("heading", "text", "headings above the text, outermost first, joined by ' > '"),
        ("text", "text", "text of the finding, exactly as in the report"),
        ("quote", "text", "exact quotation from the report"),
        # reports
        ("review_type", "text", "type of review (an ID in the framework); empty if not recognised"),
        ("published", "text", "publication date (YYYY, YYYY-MM or YYYY-MM-DD) or empty"),
        ("year", "integer", "year of publication"),
        ("area", "text", "local area the report is about"),
        # labels
        ("role", "text", "what the text says about practice: strength, problem, action or context"),
        ("why", "boolean", "whether the text gives a reason"),
        ("hindsight", "list", "hindsight wording: explicit, counterfactual, outcome or blame"),
        ("aware", "boolean", "whether the wording guards against hindsight bias"),
        ("actor", "text", "whom it is about: agency, system, family, child, other or none"),
        ("note", "list", "soft blame, and wording of hindsight that a guard held back, with why"),
        ("agencies", "list", "agencies and professional groups named (IDs in the framework)"),
        ("priorities", "list", "priorities the text gives evidence on (IDs in the framework)"),
        ("themes", "list", "practice themes the text gives evidence on (IDs in the framework)"),
        ("by", "text", "who assigned it: machine or person"),
        ("confidence", "number", "confidence that the finding belongs to the theme, 0 to 1"),
        # themes and counts
        ("name", "text", "name of the theme"),
        ("theme", "text", "name of the theme"),
        ("kind", "text", "kind of theme: known (in the framework), emergent or sub (sub-theme)"),
        ("priority", "text", "ID of the priority"),
        ("agency", "text", "ID of the agency or professional group"),
        ("reports", "integer", "number of reports that mention it"),
        ("of_reports", "integer", "number of reports that could have mentioned it"),
        ("share", "number", "reports / of_reports, 0 to 1"),
        ("low", "number", "lower end of the 95% interval of the share"),
        ("high", "number", "upper end of the 95% interval of the share"),
        ("likely_low", "integer",
         "fewest reports that likely mention it, given how often its label is wrong"),
        ("likely_high", "integer",
         "most reports that likely mention it; both are missing where that is not known"),
        ("findings", "integer", "number of findings"),
        ("strengths", "integer", "number of findings that describe a strength"),
        ("problems", "integer", "number of findings that describe a problem"),
        ("actions", "integer", "number of findings that ask for action"),
        ("findings_with_reason", "integer", "number of findings that give a reason"),
        ("stability", "number", "share of resampled runs in which the theme reappears, 0 to 1"),
        ("first_seen", "integer", "earliest year of publication among its reports"),
        ("last_seen", "integer", "latest year of publication among its reports"),
        ("change", "number", "later share minus earlier share, -1 to 1"),
        ("change_low", "number", "lower end of the 95% interval of the change"),
        ("change_high", "number", "upper end of the 95% interval of the change"),
        ("type_shift", "number", "difference in the mix of review types, 0 to 1"),
        ("owner", "text", "who is to act, as the report puts it"),
        ("due", "text", "by when, as the report puts it"),
        ("repeat_of", "text", "earliest near-identical recommendation in another report, or empty"),
    )
}  # fmt: skip

COUNTS = ("reports", "findings", "strengths", "problems", "actions", "findings_with_reason")
"""Columns that count reports and findings of a group."""

LIKELY = ("likely_low", "likely_high")
"""Columns for the ends of the likely number of reports."""

SHARES = ("of_reports", "share", "low", "high")
"""Columns that put `reports` in proportion."""


def table(name: str, description: str, *columns: str | tuple[str, str, str] | Column) -> Table:
    """A table whose columns are names in `SHARED`, or (name, type, meaning) of its own."""
    return Table(
        name,
        description,
        tuple(
            column
            if isinstance(column, Column)
            else SHARED[column]
            if isinstance(column, str)
            else Column(*column)
            for column in columns
        ),
    )
