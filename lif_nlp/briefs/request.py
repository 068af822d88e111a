"""What someone asks for when they ask for a brief."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """The options of one brief, as the API, the command line and the workflow pass them on.

    Parameters
    ----------
    theme, priority, report
        Id of the subject (a theme's exact name works too): at most one of the three.  With
        none, a kind that needs a subject is written once for each priority, and a kind that
        covers the whole workspace refuses all three.
    audience
        Id of a role or professional group; empty for everyone.
    kind
        Id of a kind of brief, see `lif_nlp.briefs.brief_kinds`.
    formats
        File formats, see `lif_nlp.briefs.brief_writers`.
    courses
        CSV file with the columns `title` and `themes`, for the training pack.
    partnership
        Name printed on top; that of `lif.toml` when empty.
    out
        Folder for the files; the folder `briefs` of the workspace when None.
    """

    theme: str = ""
    priority: str = ""
    report: str = ""
    audience: str = ""
    kind: str = "seven-minute"
    formats: tuple[str, ...] = ("html", "docx")
    courses: Path | None = None
    partnership: str = ""
    out: Path | None = None

    @property
    def subject(self) -> dict[str, str]:
        """The subject asked for, as arguments of `subject_of`; empty when none is.

        >>> BriefRequest(theme="recording").subject
        {'theme': 'recording'}
        """
        options = {"theme": self.theme, "priority": self.priority, "report": self.report}
        return {name: value for name, value in options.items() if value}
