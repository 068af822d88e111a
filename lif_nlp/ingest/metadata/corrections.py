"""Applies a person's corrections to title, type, date and area of a report.

They are in a file of their own, so that they survive every re-reading: TOML with a table for
each document id or file name (or CSV, see `load_corrections`).

    ["letter.pdf"]
    title = "Joint targeted area inspection of Northmoor"
    published = "2021-03-09"
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from lif_nlp.errors import ConfigError
from lif_nlp.framework.model import Framework
from lif_nlp.records import Document, Fact
from lif_nlp.user_toml import read_settings_file

FIELDS = ("title", "review_type", "published", "area")
_ISO = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")
Corrections = Mapping[str, Mapping[str, str]]
"""Corrected fields by document id or file name."""


def load_corrections(path: Path | None, framework: Framework) -> dict[str, dict[str, str]]:
    """Corrected fields by document id or file name; empty without a file.

    Parameters
    ----------
    path
        A TOML file, or a CSV file with the columns `document`, `title`, `review_type`,
        `published` and `area`.
    framework
        Its review types are the allowed ones.

    Raises
    ------
    ConfigError
        For a file that cannot be read, and for unknown fields, types and dates; names every
        fault.
    """
    if path is None:
        return {}
    tables = _from_csv(path) if path.suffix.lower() == ".csv" else _from_toml(path)
    faults = [
        fault for name, fields in tables.items() for fault in _faults(name, fields, framework)
    ]
    if faults:
        raise ConfigError(f"{path}: {'; '.join(faults)}; correct the file and run again")
    return tables


def _from_toml(path: Path) -> dict[str, dict[str, str]]:
    return {
        name: {key: str(value) for key, value in fields.items()}
        if isinstance(fields, dict)
        else {"": ""}  # a value outside a table, which `_faults` reports
        for name, fields in read_settings_file(path).items()
    }


def _from_csv(path: Path) -> dict[str, dict[str, str]]:
    try:
        # Excel begins a CSV file with a byte order mark, which would be part of the first name.
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [dict(row) for row in csv.DictReader(stream)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(
            f"{path}: the corrections cannot be read ({error}); correct the file"
        ) from error
    # An empty cell corrects nothing.
    return {
        row.pop("document", ""): {key: value for key, value in row.items() if value} for row in rows
    }


def _faults(name: str, fields: Mapping[str, str], framework: Framework) -> list[str]:
    type_ids = {kind.id for kind in framework.review_types}
    faults = [
        f"[{name}] '{key}' is not a field; use {', '.join(FIELDS)}"
        for key in fields
        if key not in FIELDS
    ]
    kind = fields.get("review_type", "")
    if kind and kind not in type_ids:
        faults.append(f"[{name}] review_type '{kind}' is not a review type of the framework")
    date = fields.get("published", "")
    if date and not _ISO.match(date):
        faults.append(f"[{name}] published '{date}' is not a date; use 2021, 2021-03 or 2021-03-09")
    return faults


def apply_corrections(document: Document, corrections: Corrections) -> Document:
    """The document with its corrected fields, each also a Fact that says so."""
    by_name = corrections.get(PurePath(document.source).name, {})
    # The id wins: a file name may be that of several reports.
    fields = {**by_name, **corrections.get(document.doc_id, {})}
    if not fields:
        return document
    facts = [fact for fact in document.facts if fact.name not in fields]
    facts += [Fact(name, value, "corrections file") for name, value in fields.items()]
    return replace(
        document,
        title=fields.get("title", document.title),
        review_type=fields.get("review_type", document.review_type),
        published=fields.get("published", document.published),
        area=fields.get("area", document.area),
        facts=tuple(facts),
    )
