"""Build the fictional sample corpus from its sources.

`corpora/source/NN_slug.md` (reports) and `.toml` (audit sheets) become PDF, DOCX, HTML, TXT,
XLSX and CSV files in `corpora/sample/`; `corpora/manifest.json` holds their hashes.  The source
format is described in `corpora/README.md`.  Same sources and library versions give the same bytes:
dates are
those of the front matter, and archives carry no time of building.

    python scripts/build_sample_corpus.py            # build all
    python scripts/build_sample_corpus.py --only 07  # build those whose name starts with 07
    python scripts/build_sample_corpus.py --check    # are the files those of the manifest?
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sample_corpus.sheets import build_csv, build_xlsx
from sample_corpus.source import Meta, Report, read_report
from sample_corpus.text import build_txt
from sample_corpus.web import build_html, build_pdf
from sample_corpus.word import build_docx

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
ROOT = CORPORA / "sample"
EXTENSION = {"pdf": "pdf", "pdf_untagged": "pdf", "docx": "docx", "html": "html", "txt": "txt"}
REPORTS: dict[str, Callable[[Report], bytes]] = {
    "pdf": build_pdf,
    "pdf_untagged": build_pdf,
    "docx": build_docx,
    "html": build_html,
    "txt": build_txt,
}
SHEETS: dict[str, Callable[[Meta], bytes]] = {"xlsx": build_xlsx, "csv": build_csv}


def build(source: Path) -> tuple[str, bytes, Meta]:
    """The file name, bytes and front matter of one built source."""
    if source.suffix == ".toml":
        meta = tomllib.loads(source.read_text(encoding="utf-8"))
        return f"{source.stem}.{meta['format']}", SHEETS[meta["format"]](meta), meta
    report = read_report(source)
    kind = report.meta["format"]
    return f"{source.stem}.{EXTENSION[kind]}", REPORTS[kind](report), report.meta


def entry(name: str, data: bytes, meta: Meta, source: Path) -> dict[str, object]:
    """The line of the manifest for one built file."""
    kept = ("title", "review_type", "published", "area")
    return {
        "file": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        **{key: meta[key] for key in kept},
        "fiction": True,
        "source": f"source/{source.name}",
    }


def load_manifest() -> list[dict[str, Any]]:
    """The manifest as it stands, or an empty one."""
    path = CORPORA / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def check() -> list[str]:
    """What differs between the manifest and the files, one line each."""
    wrong = []
    for line in load_manifest():
        path = ROOT / line["file"]
        if not path.exists():
            wrong.append(f"{line['file']}: missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != line["sha256"]:
            wrong.append(f"{line['file']}: differs from the manifest")
    return wrong


def main() -> int:
    """Build or check the corpus; exit code 1 if a check finds a difference."""
    parser = argparse.ArgumentParser(description="Build the fictional sample corpus.")
    parser.add_argument("--only", default="", help="build sources whose name starts with this")
    parser.add_argument("--check", action="store_true", help="compare files with the manifest")
    options = parser.parse_args()
    if options.check:
        wrong = check()
        print("\n".join(wrong) or "all files are those of the manifest")
        return 1 if wrong else 0
    lines = {line["source"]: line for line in load_manifest()}
    sources = sorted(p for p in (CORPORA / "source").iterdir() if p.suffix in (".md", ".toml"))
    lines = {key: line for key, line in lines.items() if (ROOT / key).exists()}
    for source in sources:
        if source.name.startswith(options.only):
            name, data, meta = build(source)
            (ROOT / name).write_bytes(data)
            lines[f"source/{source.name}"] = entry(name, data, meta, source)
            print(f"{name}  {len(data) // 1024} kB")
    ordered = [lines[key] for key in sorted(lines)]
    text = json.dumps(ordered, indent=1, ensure_ascii=False) + "\n"
    (CORPORA / "manifest.json").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
