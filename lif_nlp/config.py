"""Settings from `lif.toml`, the environment and arguments, in increasing precedence.

The only module that reads the environment.  Environment variables have the prefix `LIF_`
(`LIF_JOBS=2`).  In `lif.toml`, settings are at the top level, except for the appearance of
briefs in the table `[branding]`, local numbers and addresses in `[card]`, and downloads in
`[fetch]`.
"""

from __future__ import annotations

from collections.abc import Iterator
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


MAX_MEGABYTES = 10_000
"""Largest limit on a file's size that may be set: more than fits into memory anyway."""

MAX_SEED = (1 << 32) - 1
"""Largest seed: numpy and scikit-learn take 32 bits."""

DAY = 86_400
"""Longest time that may be set, in seconds: larger numbers overflow a computer's timers."""


class Branding(BaseModel):
    """A partnership's name, logo, colour, contact and Word template, for its briefs.

    Attributes
    ----------
    partnership
        Name printed on top of briefs; "Your partnership" stands there when empty.
    logo
        Picture for the top of briefs (.png, .jpg or .svg), absolute or in the workspace.
    accent
        Colour of headings and lines, as a hash sign and six digits of 0 to f.
    contact
        Printed at the end of briefs, for questions: an address or a telephone number.
    template
        Word file whose styles the .docx briefs take, absolute or in the workspace.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    partnership: str = Field(default="", examples=["Harrowmere Safeguarding Children Partnership"])
    logo: Path | None = Field(default=None, examples=[Path("logo.png")])
    accent: str = Field(default="", pattern=r"^(#[0-9a-fA-F]{6})?$", examples=["#2b5672"])
    contact: str = Field(default="", examples=["learning@example.org"])
    template: Path | None = Field(default=None, examples=[Path("our-template.docx")])


class Fetch(BaseModel):
    """What `lif watch` may download: nothing unless `on` is true and `pages` are listed.

    Attributes
    ----------
    on
        Whether anything may be downloaded at all.
    pages
        Feeds or web pages to search for links.
    links
        Regular expression of the links to follow.
    hosts
        Hosts to which links may lead, besides the page's own.
    contact
        Sent with each request, so that the site's owner knows whom to ask.
    max_file_mb
        Largest file that is downloaded.
    max_files
        Most files in one round.
    seconds_between
        Pause between two requests.
    timeout_seconds
        How long to wait for an answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: bool = False
    pages: tuple[str, ...] = Field(default=(), examples=[("https://example.org/reviews",)])
    links: str = r"\.(pdf|docx|odt)$"
    hosts: tuple[str, ...] = Field(default=(), examples=[("files.example.org",)])
    contact: str = Field(default="", examples=["learning@example.org"])
    max_file_mb: int = Field(default=50, ge=1, le=MAX_MEGABYTES)
    max_files: int = Field(default=50, ge=1, le=10_000)
    seconds_between: float = Field(default=3.0, ge=0, le=3_600)
    timeout_seconds: float = Field(default=60.0, gt=0, le=3_600)


class Settings(BaseSettings):
    """All settings of a run, as in the `lif.toml` of a workspace.

    Attributes
    ----------
    framework
        Your partnership's framework file; without one, that which ships is used.
    profile
        Chooses the encoder: "accurate" is MiniLM, which needs torch, "fast" a small static one.
    encoder
        Another encoder than the profile's: "minilm", "static", "hashed", or the folder of a
        sentence-transformers model.
    spacy_model
        An installed spaCy pipeline that splits sentences, instead of our own rules.
    rules_only
        Label without the trained models, which is clearly less accurate.
    seed
        Used by every random step.
    jobs
        Number of processes; 0 means one per core, at most four, or two with "accurate".
    cluster
        Address of a Dask scheduler to use instead of local processes.
    redact
        Replace personal data as reports are read, and withhold what may identify somebody.
    own_names
        Names of homes, streets or people that must not leave the learning team.
    corrections
        TOML file of corrected titles, types, dates and areas.
    audit_mapping
        TOML file of the columns of audit sheets.
    max_file_mb
        Larger files are quarantined.
    seconds_per_file
        A file that takes longer to read is quarantined.
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

    framework: Path | None = Field(default=None, examples=[Path("our-framework.toml")])
    profile: Literal["fast", "accurate"] = "accurate"
    encoder: str = Field(default="", examples=["static"])
    spacy_model: str = Field(default="", examples=["en_core_web_sm"])
    rules_only: bool = False
    seed: int = Field(default=20240601, ge=0, le=MAX_SEED)
    jobs: int = Field(default=0, ge=0, le=64)
    cluster: str = Field(default="", examples=["tcp://127.0.0.1:8786"])
    redact: bool = False
    own_names: tuple[str, ...] = Field(default=(), examples=[("Ash Lane",)])
    corrections: Path | None = Field(default=None, examples=[Path("corrections.toml")])
    audit_mapping: Path | None = Field(default=None, examples=[Path("audit-columns.toml")])
    max_file_mb: int = Field(default=100, ge=1, le=MAX_MEGABYTES)
    seconds_per_file: int = Field(default=120, ge=1, le=DAY)
    wait_seconds: int = Field(default=60, ge=0, le=DAY)
    settle_seconds: int = Field(default=10, ge=0, le=DAY)
    branding: Branding = Branding()
    card: Card = Card()
    fetch: Fetch = Fetch()
    real_corpus: Path | None = Field(default=None, examples=[Path("reports")])


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
    return _load(workspace, overrides)[0]


def settings_by_origin(workspace: Path) -> tuple[Settings, dict[str, str]]:
    """The settings of a workspace, and where each one that is set was set.

    The names of the second are those of keys, with the table in front: "branding.accent".
    Raises ConfigError as `load_settings` does.
    """
    settings, file_values, from_environment = _load(workspace, {})
    origins = dict.fromkeys(_names(file_values), str(workspace / "lif.toml"))
    origins |= {name: f"LIF_{name.upper()}" for name in from_environment}
    return settings, origins


def _names(stored: dict[str, Any]) -> list[str]:
    """The keys of a settings file, those of a table with its name in front."""
    return [
        name
        for key, value in stored.items()
        for name in ([f"{key}.{own}" for own in value] if isinstance(value, dict) else [key])
    ]


def _load(
    workspace: Path | None, overrides: dict[str, Any]
) -> tuple[Settings, dict[str, Any], dict[str, Any]]:
    """The settings, what the file says and what the environment says."""
    path = workspace / "lif.toml" if workspace else None
    file_values = _with_branding(read_settings_file(path)) if path and path.is_file() else {}
    if places := list(_with_control_characters(file_values)):
        raise ConfigError(
            f"{path}: {', '.join(places)}: holds a control character, which cannot be printed; "
            "type the value again"
        )
    # None means "not given": a command passes every option that it has.
    arguments = {key: value for key, value in overrides.items() if value is not None}
    try:
        # Read on its own, since `lif config` says of each value where it was set.
        from_environment = Settings().model_dump(exclude_unset=True)
        settings = Settings(**{**file_values, **from_environment, **arguments})
        return settings, file_values, from_environment
    except ValidationError as error:
        faults = "; ".join(
            f"{_place(fault['loc'])}: {_what(fault['type'], fault['msg'])}"
            for fault in error.errors()
        )
        origin = path if file_values else "settings"
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


def _with_control_characters(value: object, place: str = "") -> Iterator[str]:
    """Places of values with control characters, which documents cannot hold."""
    if isinstance(value, str) and any(ord(c) < 32 and c not in "\n\t" for c in value):
        yield place
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _with_control_characters(part, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for part in value:
            yield from _with_control_characters(part, place)
