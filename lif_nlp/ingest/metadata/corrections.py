"""Corrections that a person wrote down: title, type, date and area of a report.

The file is TOML, one table for each document id or file name; it is kept apart
from what was read, so that corrections survive every re-reading:

    ["letter.pdf"]
    title = "Joint targeted area inspection of Northmoor"
    published = "2021-03-09"
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from lif_nlp.errors import ConfigError
from lif_nlp.framework.model import Framework
from lif_nlp.records import Document, Fact

FIELDS = ("title", "review_type", "published", "area")
_ISO = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")
Corrections = Mapping[str, Mapping[str, str]]


def load_corrections(path: Path | None, framework: Framework) -> dict[str, dict[str, str]]:
    """Corrected fields by document id or file name, from a TOML or CSV file.

    A CSV file has the columns `document`, title, review_type, published and area.
    Raises ConfigError, naming every fault, for unknown fields, types and dates.
    """
    if path is None:
        return {}
    try:
        tables = _from_csv(path) if path.suffix.lower() == ".csv" else _from_toml(path)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{path}: cannot be read ({error}); correct the file") from error
    faults = [
        fault for name, fields in tables.items() for fault in _faults(name, fields, framework)
    ]
    if faults:
        raise ConfigError(f"{path}: {'; '.join(faults)}; correct the file and run again")
    return tables


def _from_toml(path: Path) -> dict[str, dict[str, str]]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: {key: str(value) for key, value in fields.items()}
        if isinstance(fields, dict)
        else {"": ""}
        for name, fields in tables.items()
    }


def _from_csv(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [dict(row) for row in csv.DictReader(stream)]
    return {
        row.pop("document", ""): {key: value for key, value in row.items() if value} for row in rows
    }


def _faults(name: str, fields: Mapping[str, str], framework: Framework) -> list[str]:
    allowed = {kind.id for kind in framework.review_types}
    faults = [
        f"[{name}] {key}: not one of {', '.join(FIELDS)}" for key in fields if key not in FIELDS
    ]
    kind = fields.get("review_type", "")
    if kind and kind not in allowed:
        faults.append(f"[{name}] review_type '{kind}': not a review type of the framework")
    date = fields.get("published", "")
    if date and not _ISO.match(date):
        faults.append(f"[{name}] published '{date}': not a date like 2021, 2021-03 or 2021-03-09")
    return faults


def corrected(document: Document, corrections: Corrections) -> Document:
    """The document with its corrected fields, each kept as a Fact with its origin."""
    by_name = corrections.get(PurePath(document.source).name, {})
    fields = {**by_name, **corrections.get(document.doc_id, {})}
    if not fields:
        return document
    kept = [fact for fact in document.facts if fact.name not in fields]
    noted = [Fact(name, value, "corrections file") for name, value in fields.items()]
    return replace(
        document,
        title=fields.get("title", document.title),
        review_type=fields.get("review_type", document.review_type),
        published=fields.get("published", document.published),
        area=fields.get("area", document.area),
        facts=(*kept, *noted),
    )
