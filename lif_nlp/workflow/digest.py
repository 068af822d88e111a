"""What one round of watching found, as a page for people and JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from lif_nlp.atomic_write import write_atomically
from lif_nlp.briefs.writers.as_html import digest_html
from lif_nlp.circulation import KnownWords, file_to_show, known_words, name_to_show
from lif_nlp.config import Branding
from lif_nlp.records import Quarantined
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.circulating import safe_documents

_SHOWN = ("title", "source", "review_type", "published", "area")


@dataclass(frozen=True, slots=True)
class ThemeMove:
    """A theme met in more (or fewer) reports than before; `new` when not met before."""

    theme_id: str
    name: str
    before: int
    now: int

    @property
    def new(self) -> bool:
        """Whether the theme was not there before."""
        return self.before == 0


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new; ids, titles and counts, no sentence of a report, no name of a person."""

    run_id: str
    documents: tuple[dict[str, str], ...]
    quarantined: tuple[dict[str, str], ...]
    moves: tuple[ThemeMove, ...]
    briefs: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The digest as plain values."""
        return asdict(self)


def make_digest(
    session: Session,
    runs: Sequence[str],
    before: Mapping[str, int],
    briefs: Sequence[Path],
    refused: Iterable[Quarantined],
) -> Digest:
    """The digest of what `runs` read; it is called after the first of them.

    `before` are the reports of each theme before the first run, `briefs` the files written.
    """
    new = session.store.read_by(runs)
    documents = safe_documents(session).set_index("doc_id")
    known = known_words(session.framework, session.settings.own_names)
    themes = session.store.frame("themes")
    themes["name"] = [name_to_show(name, known) for name in themes["name"].astype(str)]
    moves = theme_moves(before, theme_counts(session), themes)
    documents["source"] = [_file(str(source), known) for source in documents["source"]]
    return Digest(
        runs[0],
        tuple({"doc_id": d, **{c: str(documents.loc[d, c]) for c in _SHOWN}} for d in new),
        tuple({"source": _file(q.source, known), "reason": q.reason} for q in refused),
        moves,
        tuple(path.name for path in _to_look_at(session, briefs, moves, new)),
    )


def write_digest(folder: Path, digest: Digest, branding: Branding) -> tuple[Path, Path]:
    """Write `<run_id>.html` and `<run_id>.json` into `folder` and return their paths."""
    page, data = (folder / f"{digest.run_id}.{suffix}" for suffix in ("html", "json"))
    values = digest.as_dict()
    write_atomically(data, json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8"))
    write_atomically(page, digest_html(values, branding.partnership).encode("utf-8"))
    return page, data


def _file(source: str, known: KnownWords) -> str:
    return file_to_show(source, "", known) or "a file whose name is not shown here; see: lif status"


def theme_counts(session: Session) -> dict[str, int]:
    """In how many reports each theme is met."""
    themes = session.store.frame("themes")
    themes = themes[themes["status"].ne("rejected")]
    return {str(t): int(n) for t, n in zip(themes["theme_id"], themes["documents"], strict=True)}


def theme_moves(
    before: Mapping[str, int], now: Mapping[str, int], themes: pd.DataFrame
) -> tuple[ThemeMove, ...]:
    """Themes whose number of reports changed, the largest gain first."""
    names = {str(t): str(n) for t, n in zip(themes["theme_id"], themes["name"], strict=True)}
    moves = [
        ThemeMove(theme, names[theme], before.get(theme, 0), count)
        for theme, count in now.items()
        if before.get(theme, 0) != count
    ]
    # The id decides between equal moves, so that a page is the same on every run.
    return tuple(sorted(moves, key=lambda move: (move.before - move.now, move.theme_id)))


def _to_look_at(
    session: Session, briefs: Sequence[Path], moves: Sequence[ThemeMove], new: Sequence[str]
) -> list[Path]:
    """The briefs on a theme that moved, or on a priority that the new reports speak of."""
    findings = session.store.frame("findings")
    priorities = findings.loc[findings["doc_id"].isin(new), "priorities"]
    subjects = {move.theme_id for move in moves} | {p for codes in priorities for p in codes}
    # A brief's file is named after the id of what it is about.
    return [path for path in briefs if any(subject in path.stem for subject in subjects)]
