"""A digest as two files: a page for people and JSON for scripts."""

from __future__ import annotations

import json
from pathlib import Path

from lif_nlp.briefs.digest import digest_html
from lif_nlp.config import House
from lif_nlp.workflow.manifest import write_atomically


def write_digest(folder: Path, digest: dict[str, object], house: House) -> tuple[Path, Path]:
    """Write `<run_id>.html` and `<run_id>.json` into `folder` and return their paths."""
    page, data = (folder / f"{digest['run_id']}.{suffix}" for suffix in ("html", "json"))
    write_atomically(data, json.dumps(digest, ensure_ascii=False, indent=1).encode("utf-8"))
    write_atomically(page, digest_html(digest, house.partnership).encode("utf-8"))
    return page, data
