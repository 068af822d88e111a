"""A feed or a web page -> the addresses that it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit


def links_in(content: str, address: str) -> list[str]:
    """Addresses that a page, an RSS or an Atom feed at `address` links to, each once, in order.

    Read leniently and without entities or includes, so that a hostile feed can ask
    for nothing.

    >>> links_in('<a href="r.pdf#p2">R</a><rss><link>/f.pdf</link></rss>', "https://x.org/a/")
    ['https://x.org/a/r.pdf', 'https://x.org/f.pdf']
    """
    reader = _Links()
    reader.feed(content)
    found: dict[str, None] = {}
    for link in reader.found:
        # an address that cannot be taken apart is nobody's report
        with suppress(ValueError):
            whole = urldefrag(urljoin(address, link.strip())).url
            if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname:
                found[whole] = None
    return list(found)


def wanted_links(
    links: list[str], page: str, *, pattern: str, hosts: tuple[str, ...]
) -> Iterator[str]:
    """Links whose path matches `pattern`, on the page's own host or one of `hosts`.

    A page that came encrypted is not left for an address that is not.
    """
    allowed = {urlsplit(page).hostname, *hosts}
    for link in links:
        parts = urlsplit(link)
        safe = parts.scheme == "https" or urlsplit(page).scheme == "http"
        if safe and parts.hostname in allowed and re.search(pattern, parts.path, re.IGNORECASE):
            yield link


class _Links(HTMLParser):
    """Collects `href`s of links, addresses of enclosures and the text of RSS `<link>`s."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if address := given.get("href") or (given.get("url") if tag == "enclosure" else None):
            self.found.append(address)
        self._in_link = tag == "link" and not address

    def handle_data(self, data: str) -> None:
        if self._in_link and data.strip():
            self.found.append(data)
        self._in_link = False
