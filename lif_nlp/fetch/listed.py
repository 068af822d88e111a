"""Pages listed in the settings -> files in a folder."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from lif_nlp import about
from lif_nlp.atomic_write import write_atomically
from lif_nlp.config import Fetch
from lif_nlp.errors import MissingExtraError
from lif_nlp.fetch.links import links_in, wanted_links
from lif_nlp.fetch.robots import Robots

if TYPE_CHECKING:
    import httpx

STATE = ".lif-fetched.json"
"""What was fetched and under which ETag; hidden, so that it is not taken for a report."""

_MAX_TURNS = 5
_PAGE_MB = 5
_ROBOTS_BYTES = 512 << 10
_WHOLE = 10
"""A body may take so many times `timeout_seconds`, which bounds the wait for each part of it."""

_PAGES = ("text/html", "application/xhtml", "application/rss", "application/atom", "xml")
_FILES = (
    "application/pdf", "application/msword", "application/vnd.", "application/octet-stream",
    "application/zip", "text/plain", "text/csv", "text/html",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An address that was not fetched, or not as its site asks, and why."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files that came, and what was left out."""

    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]


class RefusedError(Exception):
    """An address that may not, or could not, be fetched; the message is the reason."""


def fetch_listed(
    wanted: Fetch,
    folder: Path,
    *,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Fetch what the listed pages link to and is not here yet into `folder`.

    Each file appears there only when whole.  An address that fails is left out with
    its reason, and tried again another time.  `transport` takes the place of the
    network in tests.  Raises MissingExtraError without httpx.
    """
    try:
        import httpx
    except ImportError as error:
        raise MissingExtraError("httpx", "feeds", "fetching from the web") from error
    agent = f"lif_nlp/{about.__version__}" + (f" (+{wanted.contact})" if wanted.contact else "")
    with httpx.Client(
        headers={"User-Agent": agent}, timeout=wanted.timeout_seconds, transport=transport
    ) as client:
        errand = _Errand(client, wanted, folder, agent, sleep)
        for page in wanted.pages:
            errand.look_through(page)
    hurried = (LeftOut(site, reason) for site, reason in errand.robots.hurried.items())
    return Fetched(tuple(errand.files), (*errand.left_out, *hurried))


@dataclass
class _Errand:
    client: httpx.Client
    wanted: Fetch
    folder: Path
    agent: str
    sleep: Callable[[float], None]
    files: list[Path] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = _read_state(self.folder)
        self.robots = Robots(self.agent, self._rules)
        self._last: dict[str, float] = {}

    def look_through(self, page: str) -> None:
        """Fetch the new files that one page links to."""
        if "all_links" not in self.state.get(page, {}):
            self.state.pop(page, None)
        try:
            content = self._get(page, types=_PAGES, largest_mb=_PAGE_MB)
        except RefusedError as error:
            self.left_out.append(LeftOut(page, str(error)))
            return
        known = self.state.setdefault(page, {"all_links": []})
        if content is not None:
            known["all_links"] = links_in(content.decode("utf-8", "replace"), page)
        pattern, hosts = self.wanted.links, self.wanted.hosts
        # all are kept, so that other settings take effect while the page stays as it is
        for link in wanted_links(known["all_links"], page, pattern=pattern, hosts=hosts):
            if "file" not in self.state.get(link, {}) and len(self.files) < self.wanted.max_files:
                self._take(link)
        write_atomically(self.folder / STATE, json.dumps(self.state, indent=1).encode("utf-8"))

    def _take(self, link: str) -> None:
        # no file came of what is known of it
        self.state.pop(link, None)
        try:
            content = self._get(link, types=_FILES, largest_mb=self.wanted.max_file_mb)
        except RefusedError as error:
            self.left_out.append(LeftOut(link, str(error)))
            return
        if content:
            path = self.folder / file_name(link)
            write_atomically(path, content)
            self.state.setdefault(link, {})["file"] = path.name
            self.files.append(path)

    def _get(self, address: str, *, types: tuple[str, ...], largest_mb: int) -> bytes | None:
        """The content of an address, None where it has not changed; RefusedError otherwise."""
        import httpx

        known = self.state.get(address, {})
        headers = {
            header: known[key]
            for header, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
            if known.get(key)
        }
        try:
            status, content, answer = self._ask(address, headers, types, largest_mb << 20)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise RefusedError(f"no answer ({type(error).__name__})") from error
        if status == 304:
            return None
        if status != 200:
            raise RefusedError(f"the site answered {status}")
        if not content:
            raise RefusedError("the site answered with nothing")
        self.state.setdefault(address, {}).update(
            etag=answer.get("ETag", ""), modified=answer.get("Last-Modified", "")
        )
        return content

    def _ask(
        self, address: str, headers: dict[str, str], types: tuple[str, ...], largest: int
    ) -> tuple[int, bytes, Any]:
        """Status, content and headers; turns are followed only to hosts that are listed."""
        allowed = {urlsplit(address).hostname, *self.wanted.hosts}
        for _ in range(_MAX_TURNS):
            if not self.robots.allow(address):
                raise RefusedError("the site's robots.txt does not allow it")
            self._wait(address)
            with self.client.stream("GET", address, headers=headers) as answer:
                if answer.has_redirect_location:
                    turn = urljoin(address, answer.headers["Location"])
                    if urlsplit(turn).hostname not in allowed:
                        raise RefusedError("it leads to a host that is not listed")
                    if urlsplit(address).scheme == "https" != urlsplit(turn).scheme:
                        raise RefusedError("it leads from an encrypted address to one that is not")
                    address = turn
                    continue
                if answer.status_code != 200:
                    return answer.status_code, b"", answer.headers
                return 200, self._body(answer, types, largest), answer.headers
        raise RefusedError("it leads on and on")

    def _rules(self, address: str) -> tuple[int, str]:
        import httpx

        try:
            with self.client.stream("GET", address, follow_redirects=True) as answer:
                content = b"".join(self._parts(answer, _ROBOTS_BYTES))
        except (httpx.HTTPError, RefusedError):
            return 0, ""
        return answer.status_code, content[:_ROBOTS_BYTES].decode("utf-8", "replace")

    def _body(self, answer: httpx.Response, types: tuple[str, ...], largest: int) -> bytes:
        kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind and not any(part in kind for part in types):
            raise RefusedError(f"its type is {kind}, which is not looked for here")
        too_much = RefusedError(
            f"it has more than {largest >> 20} MB; raise max_file_mb in [fetch]"
        )
        told = answer.headers.get("Content-Length", "")
        if told.isdigit() and int(told) > largest:
            raise too_much
        content = b"".join(self._parts(answer, largest))
        if len(content) > largest:
            raise too_much
        return content

    def _parts(self, answer: httpx.Response, largest: int) -> Iterator[bytes]:
        """Parts of a body until they hold more than `largest` bytes; RefusedError for drips."""
        seconds = _WHOLE * self.wanted.timeout_seconds
        size, end = 0, time.monotonic() + seconds
        for part in answer.iter_bytes():
            yield part
            size += len(part)
            if size > largest:
                return
            if time.monotonic() > end:
                raise RefusedError(f"it was not there after {seconds:g} seconds")

    def _wait(self, address: str) -> None:
        """Leave the pause between two requests to a host."""
        host = urlsplit(address).netloc
        pause = max(self.wanted.seconds_between, self.robots.pause(address))
        if host in self._last:
            left = self._last[host] + pause - time.monotonic()
            if left > 0:
                self.sleep(left)
        self._last[host] = time.monotonic()


def file_name(address: str) -> str:
    """Name for the file at an address: its own, made harmless, and a hash of the address.

    >>> file_name("https://x.org/a/../Child%20K%20(final).PDF?v=2")
    'Child-K-final-feb4569ffe.pdf'
    """
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    stem, _, suffix = name.rpartition(".")
    words = re.sub(r"[^A-Za-z0-9_]+", "-", stem).strip("-")[:60] or "report"
    ending = re.sub(r"[^a-z0-9]", "", suffix.lower())[:5] or "html"
    return f"{words}-{hashlib.sha256(address.encode()).hexdigest()[:10]}.{ending}"


def _read_state(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
