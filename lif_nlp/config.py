"""Settings from `lif.toml`, the environment and arguments, in increasing precedence.

The only module that reads the environment.  Environment variables have the prefix `LIF_`
(`LIF_JOBS=2`).  In `lif.toml`, settings are at the top level, except for the appearance of
briefs in the table `[branding]`, local numbers and addresses in `[card]`, and downloads in
`[fetch]`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from warnings import warn

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from lif_nlp._deprecated import deprecated_names
from lif_nlp.errors import ConfigError
from lif_nlp.local_card import Card
from lif_nlp.user_toml import read_settings_file

__getattr__ = deprecated_names(__name__, {"House": "Branding"})


class Branding(BaseModel):
    """A partnership's name, logo, colour, contact and Word template, for its briefs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    partnership: str = ""
    logo: Path | None = None
    accent: str = Field(default="", pattern=r"^(#[0-9a-fA-F]{6})?$")
    contact: str = ""
    template: Path | None = None


class Fetch(BaseModel):
    """What `lif watch` may download: nothing unless `on` is true and `pages` are listed.

    Attributes
    ----------
    pages
        Feeds or web pages to search for links.
    links
        Regular expression of the links to follow.
    hosts
        Hosts to which links may lead, besides the page's own.
    contact
        Sent with each request, so that the site's owner knows whom to ask.
    max_file_mb, max_files
        Largest file, and most files per round.
    seconds_between, timeout_seconds
        Pause between requests, and how long to wait for an answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: bool = False
    pages: tuple[str, ...] = ()
    links: str = r"\.(pdf|docx|odt)$"
    hosts: tuple[str, ...] = ()
    contact: str = ""
    max_file_mb: int = Field(default=50, ge=1)
    max_files: int = Field(default=50, ge=1)
    seconds_between: float = Field(default=3.0, ge=0)
    timeout_seconds: float = Field(default=60.0, gt=0)


class Settings(BaseSettings):
    """All settings of a run, as in the `lif.toml` of a workspace.

    Attributes
    ----------
    framework
        Framework file; the one shipped when None.
    profile
        Chooses the encoder: "accurate" is MiniLM, "fast" a small static one.
    encoder, spacy_model
        Override the profile's encoder and the sentence splitter.
    rules_only
        Label without the trained models, which is clearly less accurate.
    seed
        Used by every random step.
    jobs
        Number of processes; 0 means one per core, at most four, or two with "accurate".
    cluster
        Address of a Dask scheduler to use instead of local processes.
    redact
        Replace personal data as reports are read.
    corrections
        TOML file of corrected titles, types, dates and areas.
    audit_mapping
        TOML file of the columns of audit sheets.
    max_file_mb, seconds_per_file
        Limits beyond which a file is quarantined.
    wait_seconds
        How long to wait for another command to release the workspace.
    settle_seconds
        How long a file must be unchanged before `lif watch` reads it.
    branding, card, fetch
        See `Branding`, `Card` and `Fetch`.
    real_corpus
        Folder of real reports for tests that need them.
    """

    # An empty variable, as a script leaves it behind, counts as unset: "" is no folder.
    model_config = SettingsConfigDict(
        env_prefix="LIF_", env_ignore_empty=True, extra="forbid", frozen=True
    )

    framework: Path | None = None
    profile: Literal["fast", "accurate"] = "accurate"
    encoder: str = ""
    spacy_model: str = ""
    rules_only: bool = False
    seed: int = Field(default=20240601, ge=0)
    jobs: int = Field(default=0, ge=0, le=64)
    cluster: str = ""
    redact: bool = False
    corrections: Path | None = None
    audit_mapping: Path | None = None
    max_file_mb: int = Field(default=100, ge=1)
    seconds_per_file: int = Field(default=120, ge=1)
    wait_seconds: int = Field(default=60, ge=0)
    settle_seconds: int = Field(default=10, ge=0)
    branding: Branding = Branding()
    card: Card = Card()
    fetch: Fetch = Fetch()
    real_corpus: Path | None = None


def load_settings(workspace: Path | None = None, **overrides: Any) -> Settings:
    """Settings for a workspace: its `lif.toml`, then the environment, then `overrides`.

    Parameters
    ----------
    workspace
        Folder that may contain a `lif.toml`.
    **overrides
        Settings by name; those that are None are ignored.

    Raises
    ------
    ConfigError
        If a value is not allowed (the message names the key), or the file is not TOML.
    """
    path = workspace / "lif.toml" if workspace else None
    stored = _with_branding(read_settings_file(path)) if path and path.is_file() else {}
    arguments = {key: value for key, value in overrides.items() if value is not None}
    try:
        from_environment = Settings().model_dump(exclude_unset=True)
        return Settings(**{**stored, **from_environment, **arguments})
    except ValidationError as error:
        faults = "; ".join(
            f"{_place(fault['loc'])}: {_what(fault['type'], fault['msg'])}"
            for fault in error.errors()
        )
        origin = path if stored else "settings"
        raise ConfigError(f"{origin}: {faults}; correct the value and run again") from error


_WORDS = {
    "extra_forbidden": "there is no such setting; correct the name or remove it",
    "missing": "missing; add it",
    "model_type": "is not a table; write its keys as lines below [[two.brackets]]",
    "string_type": "is not text; write it in quotes",
    "tuple_type": "is not a list; write it in [ ], or tables below [[two.brackets]]",
}
"""Messages by type of fault, where those of pydantic speak of Python."""


def _place(parts: tuple[int | str, ...]) -> str:
    """Where a fault is, with entries of a list counted from one."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in parts)


def _what(kind: str, message: str) -> str:
    """What is wrong, in our words where the library's are about code."""
    return _WORDS.get(kind, message.removeprefix("Value error, "))


def _with_branding(stored: dict[str, Any]) -> dict[str, Any]:
    """The stored settings with the table [house] of version 0.1 under its new name, [branding]."""
    if "house" not in stored or "branding" in stored:
        return stored
    warn(
        "lif.toml: the table [house] is deprecated and will be removed in the next version; "
        "rename it [branding]",
        DeprecationWarning,
        stacklevel=3,
    )
    return {"branding" if key == "house" else key: value for key, value in stored.items()}
