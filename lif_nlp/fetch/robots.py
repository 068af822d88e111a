"""What a site's robots.txt lets us fetch."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser


class Robots:
    """The rules of each host, asked for once a round.

    `get` gives status and text of an address; status 0 stands for no answer.  As RFC
    9309 says: no such file means that all is allowed, a server's fault that nothing is.
    """

    def __init__(self, agent: str, get: Callable[[str], tuple[int, str]]) -> None:
        self._agent, self._get = agent, get
        self._rules: dict[str, RobotFileParser] = {}

    def allow(self, address: str) -> bool:
        """Whether the site lets this address be fetched."""
        return self._of(address).can_fetch(self._agent, address)

    def pause(self, address: str) -> float:
        """Seconds that the site asks to be left between two requests, 0 where it does not."""
        return float(self._of(address).crawl_delay(self._agent) or 0)

    def _of(self, address: str) -> RobotFileParser:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
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
