"""Settings from `lif.toml`, the environment and arguments, in rising order.

The only reader of the environment.  A key in the environment has the prefix
`LIF_` (`LIF_JOBS=2`); a key in `lif.toml` stands at the top of the file or, for
the look of briefs, in the table `[branding]`, for what may be fetched in `[fetch]`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal
from warnings import warn

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from lif_nlp._deprecated import deprecated_names
from lif_nlp.errors import ConfigError

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
    """What `lif watch` may fetch from the web: nothing, until `on` is true and pages are listed.

    `pages` are feeds or web pages whose links are looked through; a link is followed
    when it matches `links` and lies on the page's own host or one of `hosts`.
    `contact` tells the site's owner whom to ask.
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
    """Everything a run can be told; see `lif.toml` of a workspace.

    `profile` chooses the encoder: "accurate" is MiniLM, "fast" a small static
    one.  `seed` feeds every random step.  `jobs` counts processes; 0 takes one for each
    core, at most four, or two with "accurate".  `rules_only` labels without the trained
    models, which is clearly less accurate.  `cluster` is the address of a Dask
    scheduler that takes their place.
    """

    model_config = SettingsConfigDict(env_prefix="LIF_", extra="forbid", frozen=True)

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
    fetch: Fetch = Fetch()
    real_corpus: Path | None = None


def load_settings(workspace: Path | None = None, **overrides: Any) -> Settings:
    """Settings for a workspace: its `lif.toml`, then the environment, then `overrides`.

    Overrides that are None are ignored.  Raises ConfigError, naming the key, when
    a value is not allowed or the file is not TOML.
    """
    path = workspace / "lif.toml" if workspace else None
    stored = _with_branding(_read_toml(path)) if path and path.is_file() else {}
    given = {key: value for key, value in overrides.items() if value is not None}
    try:
        from_environment = Settings().model_dump(exclude_unset=True)
        return Settings(**{**stored, **from_environment, **given})
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        )
        where = path if stored else "settings"
        raise ConfigError(f"{where}: {faults}; correct the value and run again") from error


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


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML ({error}); correct the file") from error
