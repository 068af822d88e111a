"""What a site's robots.txt lets us fetch."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

LONGEST_PAUSE = 60.0
"""Seconds; a site that asks for more (a day, by mistake) would hold up every night."""


class Robots:
    """The rules of each host, asked for once a round.

    `get` gives status and text of an address; status 0 stands for no answer.  As RFC
    9309 says: no such file means that all is allowed, a server's fault that nothing is.
    `hurried` names the sites that ask for a longer pause than they are given.
    """

    def __init__(self, agent: str, get: Callable[[str], tuple[int, str]]) -> None:
        self._agent, self._get = agent, get
        self._rules: dict[str, RobotFileParser] = {}
        self.hurried: dict[str, str] = {}

    def allow(self, address: str) -> bool:
        """Whether the site lets this address be fetched."""
        return self._of(address).can_fetch(self._agent, address)

    def pause(self, address: str) -> float:
        """Seconds to leave between two requests as the site asks, at most LONGEST_PAUSE."""
        asked = float(self._of(address).crawl_delay(self._agent) or 0)
        if asked > LONGEST_PAUSE:
            self.hurried[_site(address)] = (
                f"asks for {asked:g} seconds between two requests; {LONGEST_PAUSE:g} are left"
            )
        return min(asked, LONGEST_PAUSE)

    def _of(self, address: str) -> RobotFileParser:
        site = _site(address)
        if site not in self._rules:
            self._rules[site] = self._read(f"{site}/robots.txt")
        return self._rules[site]

    def _read(self, address: str) -> RobotFileParser:
        rules = RobotFileParser(address)
        status, text = self._get(address)
        if status == 200:
            rules.parse(text.splitlines())
        elif 400 <= status < 500:
            rules.parse(["User-agent: *", "Allow: /"])
        else:
            rules.parse(["User-agent: *", "Disallow: /"])
        return rules


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
