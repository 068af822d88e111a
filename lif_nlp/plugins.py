"""Extensions that other installed packages offer through entry points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from lif_nlp.errors import ConfigError

COMPONENT_GROUP = "lif_nlp.components"
"""Entry point group of components that label findings."""


@cache
def load_plugins(group: str) -> Mapping[str, object]:
    """Objects that installed packages offer in an entry point group, by entry point name.

    A package offers one in its `pyproject.toml`:

        [project.entry-points."lif_nlp.readers"]
        paged = "our_reader:read_paged_lines"

    Everything in the group is imported on the first call and kept for the life of the
    process.

    Parameters
    ----------
    group
        Entry point group, such as "lif_nlp.readers".

    Returns
    -------
    Mapping[str, object]
        Read only, in alphabetical order of the names, whatever the order of installation.

    Raises
    ------
    ConfigError
        When one cannot be imported, or two packages use the same name; the message names
        the entry point and its package.

    >>> dict(load_plugins("lif_nlp.no_such_group"))
    {}
    """
    offers: dict[str, EntryPoint] = {}
    for offer in _offers_in(group):
        if offer.name in offers:
            raise ConfigError(
                f"two installed packages offer '{offer.name}' in {group}: "
                f"{_package(offers[offer.name])} and {_package(offer)}; uninstall one of them"
            )
        offers[offer.name] = offer
    return MappingProxyType({name: _load(offer) for name, offer in offers.items()})


def plugin_versions(group: str) -> tuple[str, ...]:
    """Name, object, package and version of each plugin in a group, without importing any.

    >>> plugin_versions("lif_nlp.no_such_group")
    ()
    """
    return tuple(
        f"{offer.name} = {offer.value} ({_package(offer)} {offer.dist.version})"
        if offer.dist
        else f"{offer.name} = {offer.value}"
        for offer in _offers_in(group)
    )


@cache
def _offers_in(group: str) -> tuple[EntryPoint, ...]:
    """The entry points of a group by name; kept, since the search takes about 0.1 s."""
    # Sorted: the order in which packages are found differs from machine to machine.
    return tuple(sorted(entry_points(group=group), key=lambda offer: (offer.name, offer.value)))


def _load(offer: EntryPoint) -> object:
    try:
        return offer.load()
    except Exception as error:  # whatever the foreign module raises while it is imported
        raise ConfigError(
            f"the plugin '{offer.name}' ({offer.value}) of the package {_package(offer)} cannot "
            f"be loaded: {type(error).__name__}: {error}; repair or uninstall that package"
        ) from error


def _package(offer: EntryPoint) -> str:
    return offer.dist.name if offer.dist else "unknown"
