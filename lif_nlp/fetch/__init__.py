"""Downloading reports from web pages and feeds that are listed in `lif.toml`.

The only room that uses the network, and only when the settings switch it on. It reads the
listed pages and follows links on their hosts, obeys robots.txt, downloads nothing twice
(ETag), pauses between requests, and limits sizes and types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lif_nlp.fetch.pages import FetchResult, SkippedAddress, fetch_pages

__all__ = ["FetchResult", "SkippedAddress", "fetch_pages"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from lif_nlp.fetch import pages

        return getattr(pages, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
