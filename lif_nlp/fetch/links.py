"""Links of a web page, an RSS feed or an Atom feed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit


def extract_links(content: str, address: str) -> list[str]:
    """Absolute http(s) addresses that the page or feed at `address` links to, without repeats.

    They come in the order of the page. An HTML parser reads feeds too: it expands no
    entities and loads no includes, so a hostile feed cannot make us fetch anything.

    >>> extract_links('<a href="r.pdf#p2">R</a><rss><link>/f.pdf</link></rss>', "https://x.org/a/")
    ['https://x.org/a/r.pdf', 'https://x.org/f.pdf']
    """
    parser = _LinkParser()
    parser.feed(content)
    addresses: dict[str, None] = {}
    for link in parser.links:
        with suppress(ValueError):  # an address that cannot be parsed
            absolute = urldefrag(urljoin(address, link.strip())).url
            if urlsplit(absolute).scheme in ("http", "https") and urlsplit(absolute).hostname:
                addresses[absolute] = None
    return list(addresses)


def select_links(
    links: list[str], page: str, *, pattern: str, hosts: tuple[str, ...]
) -> Iterator[str]:
    """Links whose path matches the regex `pattern`, on the page's own host or one of `hosts`.

    From a page served over https, unencrypted links are not followed.
    """
    allowed_hosts = {place_of(page), *hosts}
    for link in links:
        parts = urlsplit(link)
        secure = parts.scheme == "https" or urlsplit(page).scheme == "http"
        on_host = secure and place_of(link) in allowed_hosts
        if on_host and re.search(pattern, parts.path, re.IGNORECASE):
            yield link


class _LinkParser(HTMLParser):
    """Collects `href`s of links, addresses of enclosures and the text of RSS `<link>`s."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self._in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        enclosure = attributes.get("url") if tag == "enclosure" else None
        if address := attributes.get("href") or enclosure:
            self.links.append(address)
        # RSS writes the address as the text of <link>, Atom and HTML as its href.
        self._in_link = tag == "link" and not address

    def handle_data(self, data: str) -> None:
        if self._in_link and data.strip():
            self.links.append(data)
        self._in_link = False


def place_of(address: str) -> str:
    """Host of an address, with the port where it is not the usual one of its scheme.

    >>> place_of("https://x.org:443/a"), place_of("http://x.org:8080/")
    ('x.org', 'x.org:8080')
    """
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        # "https://x.org:99999": no place at all
        return ""
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.hostname}:{port}" if port not in {None, usual} else f"{parts.hostname}"


def is_listed(address: str, places: Collection[str]) -> bool:
    """Whether an address is on the web, at a host and port among `places`."""
    return urlsplit(address).scheme in {"http", "https"} and place_of(address) in places
