"""What a site's robots.txt allows us to download."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

MAX_DELAY = 60.0
"""Longest pause between two requests, in seconds, that a site's Crawl-delay can impose.

A site that asks for more (a day, by mistake) would block every nightly run. Chosen by
judgement (November 2026); lower it and we are less polite to slow sites.
"""


class Robots:
    """Rules of each site, requested once per run and read as RFC 9309 asks.

    A missing robots.txt allows everything; a server error, or no answer, allows nothing
    (RFC 9309, sections 2.3.1.3 and 2.3.1.4).

    Parameters
    ----------
    agent
        Our user agent, to which the rules apply.
    get
        Returns status and text of an address; status 0 means no answer.

    Attributes
    ----------
    capped_delays
        Sites that asked for a longer delay than `MAX_DELAY`, with a sentence for the user.
    """

    def __init__(self, agent: str, get: Callable[[str], tuple[int, str]]) -> None:
        self._agent, self._get = agent, get
        self._rules: dict[str, RobotFileParser] = {}
        self.capped_delays: dict[str, str] = {}

    def allow(self, address: str) -> bool:
        """Whether the site allows this address to be downloaded."""
        return self._rules_of(address).can_fetch(self._agent, address)

    def delay(self, address: str) -> float:
        """Seconds the site asks us to leave between two requests, at most `MAX_DELAY`."""
        delay = float(self._rules_of(address).crawl_delay(self._agent) or 0)
        if delay > MAX_DELAY:
            self.capped_delays[_site(address)] = (
                f"asks for {delay:g} seconds between two requests; {MAX_DELAY:g} were left"
            )
        return min(delay, MAX_DELAY)

    def _rules_of(self, address: str) -> RobotFileParser:
        site = _site(address)
        if site not in self._rules:
            self._rules[site] = self._load(f"{site}/robots.txt")
        return self._rules[site]

    def _load(self, address: str) -> RobotFileParser:
        rules = RobotFileParser(address)
        status, text = self._get(address)
        if status == 200:
            rules.parse(text.splitlines())
        # RFC 9309: no such file allows everything; a server in trouble allows nothing.
        elif 400 <= status < 500:
            rules.parse(["User-agent: *", "Allow: /"])
        else:
            rules.parse(["User-agent: *", "Disallow: /"])
        return rules


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
