"""Kinds of brief and file formats: those of lif_nlp, and those of installed packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar, cast

from lif_nlp.briefs.kinds import KINDS, Kind
from lif_nlp.briefs.writers.formats import FORMATS, Writer
from lif_nlp.errors import ConfigError
from lif_nlp.plugins import load_plugins

T = TypeVar("T")

KINDS_GROUP = "lif_nlp.brief_kinds"
"""Entry point group in which a package offers a `Kind`, under the kind's id."""

WRITERS_GROUP = "lif_nlp.brief_writers"
"""Entry point group in which a package offers a `Writer`, under the suffix of its files."""


def brief_kinds() -> Mapping[str, Kind]:
    """Every kind of brief by its id, ours first.

    Raises
    ------
    ConfigError
        When a package offers something else than a `Kind` of that id, or uses one of our ids.
    """

    def is_kind(name: str, offer: object) -> bool:
        return isinstance(offer, Kind) and offer.id == name

    return _with_plugins(KINDS, KINDS_GROUP, is_kind, "lif_nlp.briefs.Kind with that id")


def brief_writers() -> Mapping[str, Writer]:
    """Every file format with the function that writes it, ours first.

    Raises
    ------
    ConfigError
        When a package offers something that cannot be called, or uses one of our formats.
    """

    def is_writer(name: str, offer: object) -> bool:
        return callable(offer)

    return _with_plugins(
        FORMATS, WRITERS_GROUP, is_writer, "function of a Brief and a BriefBranding"
    )


def _with_plugins(
    ours: Mapping[str, T], group: str, is_valid: Callable[[str, object], bool], expected: str
) -> Mapping[str, T]:
    entries = dict(ours)
    for name, offer in load_plugins(group).items():
        if name in ours:
            raise ConfigError(
                f"an installed package offers '{name}' in {group}, which is one of lif_nlp's own; "
                "rename or uninstall it"
            )
        if not is_valid(name, offer):
            raise ConfigError(
                f"the plugin '{name}' in {group} is not a {expected}; repair or uninstall its "
                "package"
            )
        entries[name] = cast(T, offer)
    return MappingProxyType(entries)
