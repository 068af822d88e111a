"""Briefs of the sample reports as kept in `golden/`, to see what a change does to them.

    python -m tests.briefs.golden

writes them again; read the difference with `git diff --word-diff tests/briefs/golden` before
you commit it.  A changed quote, count or trend needs a reason; a changed sentence is read aloud.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lif_nlp import load_sample
from lif_nlp.briefs import BriefRequest, subject_of
from lif_nlp.briefs.audiences import EVERYONE
from lif_nlp.briefs.kinds import KINDS
from lif_nlp.briefs.kinds.explorer import explorer, packed
from lif_nlp.config import load_settings
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.workflow.make_brief import make_brief
from lif_nlp.workflow.material_cache import MaterialCache
from lif_nlp.workflow.tables import brief_frames

GOLDEN = Path(__file__).parent / "golden"
CREATED, RUN = "2026-01-05", "r-golden"
REQUESTS = {
    "seven-minute-neglect": BriefRequest(priority="neglect"),
    "seven-minute-domestic-abuse-police": BriefRequest(
        priority="domestic_abuse", audience="police"
    ),
    "seven-minute-recording": BriefRequest(theme="recording"),
    "wheel": BriefRequest(kind="wheel", priority="neglect"),
    "summary": BriefRequest(kind="summary", priority="neglect"),
    "session": BriefRequest(kind="session", priority="sexual_harm"),
    "newsletter": BriefRequest(kind="newsletter", theme="information_sharing"),
    "training": BriefRequest(kind="training"),
    "points": BriefRequest(kind="points"),
    "annual": BriefRequest(kind="annual"),
    "board": BriefRequest(kind="board"),
    "horizon": BriefRequest(kind="horizon"),
    "cdop": BriefRequest(kind="cdop"),
}


class Sample:
    """A workspace of the sample reports, from which briefs are written.

    `folder` is one that `load_sample` made with the profile "fast".
    """

    def __init__(self, folder: Path) -> None:
        self._session = Session(Store(folder), load_settings(profile="fast"))
        self.cache = MaterialCache(brief_frames(self._session), self._session.framework)
        self._out = folder / "golden"

    def close(self) -> None:
        """Close the workspace."""
        self._session.store.close()

    def markdown(self, request: BriefRequest) -> str:
        """The brief as Markdown, with a fixed date and run."""
        [file] = make_brief(
            replace(request, formats=("md",), out=self._out),
            cache=self.cache,
            text_of=self._session.store.text_of,
            run_id=RUN,
            created=CREATED,
        )
        return file.path.read_text("utf-8")

    def explorer(self) -> str:
        """What the explorer holds: counts, and a hash of all of it."""
        material = self.cache.material(KINDS["explorer"], created=CREATED, run_id=RUN)
        data = packed(material, explorer(material, subject_of(material), EVERYONE))
        roles = Counter(data["roles"][row[6]] for row in data["findings"])
        by_theme = Counter(data["themes"][at] for row in data["findings"] for at in row[7])
        content = json.dumps(data, ensure_ascii=False, sort_keys=True)
        return "\n".join(
            [
                "# Learning explorer",
                "",
                f"- reports: {len(data['reports'])}",
                f"- findings: {len(data['findings'])}",
                *(f"- findings with the role {role}: {n}" for role, n in sorted(roles.items())),
                f"- SHA-256 of the data: {hashlib.sha256(content.encode()).hexdigest()}",
                "",
                "| theme | findings |",
                "| --- | --- |",
                *(f"| {name} | {n} |" for name, n in sorted(by_theme.items())),
                "",
            ]
        )

    def pages(self) -> dict[str, str]:
        """Every golden page by its name."""
        briefs = {name: self.markdown(request) for name, request in REQUESTS.items()}
        return briefs | {"explorer": self.explorer()}


def write() -> None:
    """Write the golden files again, and remove those that no longer have a request."""
    GOLDEN.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        load_sample(folder, profile="fast").close()
        sample = Sample(Path(folder))
        pages = sample.pages()
        sample.close()
    for path in GOLDEN.glob("*.md"):
        path.unlink()
    for name, text in pages.items():
        (GOLDEN / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(pages)} pages written to {GOLDEN}\n")


if __name__ == "__main__":
    write()
