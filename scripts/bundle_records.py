"""What a bundle says of itself: its wheels, their licences, hashes and a bill of materials."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from packaging.specifiers import SpecifierSet
from packaging.tags import Tag
from packaging.utils import parse_wheel_filename

from lif_nlp.ids import file_hash


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel, by its file name and the metadata in it."""

    file: str
    name: str
    version: str
    tags: frozenset[Tag]
    requires: tuple[str, ...]
    python: SpecifierSet | None
    licence: str
    home: str
    sha256: str


def read_wheel(path: Path) -> Wheel:
    """The record of a wheel; raises ValueError for a file that is none."""
    name, version, _, tags = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        [inside] = [
            n for n in archive.namelist() if n.count("/") == 1 and n.endswith(".dist-info/METADATA")
        ]
        facts = message_from_string(archive.read(inside).decode("utf-8"))
    python = facts.get("Requires-Python")
    return Wheel(
        path.name,
        str(name),
        str(version),
        tags,
        tuple(facts.get_all("Requires-Dist", [])),
        SpecifierSet(python) if python else None,
        _licence(
            facts.get("License-Expression"), facts.get("License"), facts.get_all("Classifier", [])
        ),
        facts.get("Home-page") or _home(facts.get_all("Project-URL", [])),
        file_hash(path),
    )


def _licence(expression: str | None, text: str | None, classifiers: Iterable[str]) -> str:
    """The licence in one line: its SPDX expression, its name, or what the classifiers say."""
    if expression:
        return expression
    named = [c.split(" :: ")[-1] for c in classifiers if c.startswith("License :: ")]
    first = (text or "").strip().partition("\n")[0].strip()
    # Some packages paste the whole licence into the field for its name.
    short = first if text and "\n" not in text.strip() else ""
    return short or "; ".join(named) or first or "not stated"


def _home(addresses: Iterable[str]) -> str:
    pairs = [address.partition(",") for address in addresses]
    named = {label.strip().lower(): url.strip() for label, _, url in pairs}
    return next(
        (named[key] for key in ("homepage", "source", "repository", "source code") if key in named),
        next(iter(named.values()), ""),
    )


def licences(wheels: Iterable[Wheel]) -> str:
    """A CSV of every package with its version, licence and home."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["package", "version", "licence", "home"])
    writer.writerows([w.name, w.version, w.licence, w.home] for w in wheels)
    return text.getvalue()


def sbom(wheels: Iterable[Wheel]) -> str:
    """A bill of materials in CycloneDX 1.6, the same for the same wheels."""
    listed = list(wheels)
    own = next(wheel for wheel in listed if wheel.name == "lif-nlp")
    digest = hashlib.sha256("".join(wheel.sha256 for wheel in listed).encode()).hexdigest()
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {"component": _component(own, "application")},
        "components": [_component(w, "library") for w in listed if w is not own],
    }
    return json.dumps(document, indent=1) + "\n"


def _component(wheel: Wheel, kind: str) -> dict[str, object]:
    address = f"pkg:pypi/{wheel.name}@{wheel.version}"
    return {
        "type": kind,
        "bom-ref": address,
        "name": wheel.name,
        "version": wheel.version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": wheel.sha256}],
        "licenses": [{"license": {"name": wheel.licence}}],
    }


def sha256sums(folder: Path) -> str:
    """Hash and path of every file below a folder, as `sha256sum` writes and checks them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(
        f"{file_hash(path)}  {path.relative_to(folder).as_posix()}\n"
        for path in files
        if path.name != "SHA256SUMS"
    )
