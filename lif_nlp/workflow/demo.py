"""The main job on the fictional sample reports."""

from __future__ import annotations

from pathlib import Path

from lif_nlp import about
from lif_nlp.errors import LifError
from lif_nlp.ledger.lifelines import LifeLine
from lif_nlp.protocols import Progress, silent
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.follow import follow
from lif_nlp.workflow.ledger_tables import all_life_lines
from lif_nlp.workflow.mine import MineResult, mine


def demo(session: Session, run: Run, *, progress: Progress = silent) -> MineResult:
    """Mine the sample reports, brief their priorities and top themes, and follow two up.

    Raises LifError as `sample_for` does.
    """
    result = mine(session, [sample_for(session)], run, progress=progress)
    follow(session, sorted(about.FOLLOW_UP.glob("*_*.*")), run)
    return result


def sample_life_line(session: Session) -> LifeLine | None:
    """The life line of the sample with most stages recorded, or None where there are none."""
    lines = all_life_lines(session)
    return max(lines, key=lambda line: sum(s.recorded for s in line.stages), default=None)


def sample_for(session: Session) -> Path:
    """Folder of the sample reports, for a workspace that holds no others.

    Raises LifError when the sample is not part of this installation, or when the workspace
    holds other reports: fiction must not get among them.
    """
    names = {path.name for path in about.SAMPLE.glob("*")}
    if not names:
        raise LifError(f"{about.SAMPLE}: the sample reports are missing; reinstall lif_nlp")
    sources = session.store.frame("documents")["source"]
    if any(Path(source).name not in names for source in sources):
        raise LifError(
            f"{session.store.folder}: this workspace holds other reports, and the sample is "
            "fiction; name another folder for it"
        )
    return about.SAMPLE
