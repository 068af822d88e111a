"""Fetching: pages listed in `lif.toml` become files in the watched folder, politely.

The only room that speaks to the network, and only when the settings say so: listed
pages and links on their hosts, robots.txt obeyed, nothing fetched twice (ETag), one
request at a time with a pause, sizes and types bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lif_nlp.fetch.listed import Fetched, LeftOut, fetch_listed

__all__ = ["Fetched", "LeftOut", "fetch_listed"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from lif_nlp.fetch import listed

        return getattr(listed, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
