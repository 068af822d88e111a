"""Downloads the reports that web pages and feeds listed in the settings link to."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from lif_nlp import about
from lif_nlp.atomic_write import write_atomically
from lif_nlp.config import Fetch
from lif_nlp.errors import MissingExtraError, traceback_of
from lif_nlp.fetch.links import extract_links, is_listed, place_of, select_links
from lif_nlp.fetch.robots import Robots

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)

STATE_FILE = ".lif-fetched.json"
"""What was downloaded, under which ETag; hidden, so that it is not taken for a report."""

# Limits on what a site may send. Chosen by judgement (November 2026), well above what
# publishers of reports send.
MAX_REDIRECTS = 5
"""Redirects followed for one address; raise it only for a site that needs more."""

TOO_MANY_REDIRECTS = "it redirects too many times"

MAX_PAGE_MB = 5
"""Size of a page or feed, in megabytes; a larger one is skipped with the reason."""

MAX_ROBOTS_BYTES = 512 << 10
"""Bytes of robots.txt that are read. RFC 9309, section 2.5, asks for at least 500 KiB."""

BODY_TIMEOUT_FACTOR = 10
"""A whole body may take this many times `timeout_seconds`, which itself limits the wait for
each part of it. Without this a server that sends a byte a second could block a night's run."""

_PAGE_TYPES = ("text/html", "application/xhtml", "application/rss", "application/atom", "xml")
_FILE_TYPES = (
    "application/pdf", "application/msword", "application/vnd.", "application/octet-stream",
    "application/zip", "text/plain", "text/csv", "text/html",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SkippedAddress:
    """An address that was not downloaded, or a site whose wishes were not met in full, and why."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class FetchResult:
    """New files in the folder, and the addresses that were skipped."""

    files: tuple[Path, ...]
    skipped: tuple[SkippedAddress, ...]


class RefusedError(Exception):
    """An address that may not, or could not, be downloaded; the message is the reason."""


def fetch_pages(
    settings: Fetch,
    folder: Path,
    *,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchResult:
    """Download into `folder` what the listed pages link to and is not there yet.

    Parameters
    ----------
    settings
        The table `[fetch]` of `lif.toml`: pages, link pattern, hosts and limits.
    folder
        Where files go. Each appears only when complete; `STATE_FILE` in it remembers ETags,
        so that the next run downloads only what is new.
    transport
        Replaces the network in tests.
    sleep
        Waits between two requests to a host, in seconds; replaced in tests.

    Returns
    -------
    FetchResult
        An address that fails is skipped with its reason, and tried again in the next run.

    Raises
    ------
    MissingExtraError
        Without httpx.
    """
    try:
        import httpx
    except ImportError as error:
        raise MissingExtraError("httpx", "feeds", "downloading from the web") from error
    contact = f" (+{settings.contact})" if settings.contact else ""
    agent = f"lif_nlp/{about.__version__}{contact}"
    with httpx.Client(
        headers={"User-Agent": agent}, timeout=settings.timeout_seconds, transport=transport
    ) as client:
        session = _FetchSession(client, settings, folder, agent, sleep)
        for page in settings.pages:
            session.fetch_page(page)
    delays = (SkippedAddress(site, reason) for site, reason in session.robots.capped_delays.items())
    return FetchResult(tuple(session.files), (*session.skipped, *delays))


@dataclass
class _FetchSession:
    """One run over all pages: one client, one state file, one pause per host."""

    client: httpx.Client
    settings: Fetch
    folder: Path
    agent: str
    sleep: Callable[[float], None]
    files: list[Path] = field(default_factory=list)
    skipped: list[SkippedAddress] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = _read_state(self.folder)
        self.robots = Robots(self.agent, self._get_robots)
        self._last_request: dict[str, float] = {}
        self._tried = 0

    def fetch_page(self, page: str) -> None:
        """Download the new files that one page links to."""
        # A state file of an earlier version has no links: the page must be read again in full.
        if "all_links" not in self.state.get(page, {}):
            self.state.pop(page, None)
        try:
            content = self._get(page, types=_PAGE_TYPES, max_mb=MAX_PAGE_MB)
        except RefusedError as error:
            _log.warning("%s: skipped\n%s", page, traceback_of(error))
            self.skipped.append(SkippedAddress(page, str(error)))
            return
        entry = self.state.setdefault(page, {"all_links": []})
        if content is not None:
            entry["all_links"] = extract_links(content.decode("utf-8", "replace"), page)
        pattern, hosts = self.settings.links, self.settings.hosts
        # All links are stored, not only the matching ones, so that a changed setting takes
        # effect even while the server answers "not modified".
        for link in select_links(entry["all_links"], page, pattern=pattern, hosts=hosts):
            is_new = "file" not in self.state.get(link, {})
            if is_new and self._tried < self.settings.max_files:
                self._tried += 1
                self._download(link)
        write_atomically(self.folder / STATE_FILE, json.dumps(self.state, indent=1).encode("utf-8"))

    def _download(self, link: str) -> None:
        # An entry without a file comes from a failed attempt; its ETag must not be sent.
        self.state.pop(link, None)
        try:
            content = self._get(link, types=_FILE_TYPES, max_mb=self.settings.max_file_mb)
        except RefusedError as error:
            _log.warning("%s: skipped\n%s", link, traceback_of(error))
            self.skipped.append(SkippedAddress(link, str(error)))
            return
        if content:
            path = self.folder / file_name(link)
            write_atomically(path, content)
            self.state.setdefault(link, {})["file"] = path.name
            self.files.append(path)

    def _get(self, address: str, *, types: tuple[str, ...], max_mb: int) -> bytes | None:
        """Content of an address, or None if it has not changed; raises RefusedError."""
        import httpx

        entry = self.state.get(address, {})
        headers = {
            header: entry[key]
            for header, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
            if entry.get(key)
        }
        try:
            status, content, response_headers = self._request(address, headers, types, max_mb << 20)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise RefusedError(f"the site could not be reached ({type(error).__name__})") from error
        if status == 304:
            return None
        if status != 200:
            raise RefusedError(f"the site returned status {status}")
        if not content:
            raise RefusedError("the site returned an empty file")
        self.state.setdefault(address, {}).update(
            etag=response_headers.get("ETag", ""),
            modified=response_headers.get("Last-Modified", ""),
        )
        return content

    def _request(
        self, address: str, headers: dict[str, str], types: tuple[str, ...], max_bytes: int
    ) -> tuple[int, bytes, Any]:
        """Status, content and headers; redirects are followed only to hosts that are listed."""
        hosts = {place_of(address), *self.settings.hosts}
        for _ in range(MAX_REDIRECTS):
            if not self.robots.allow(address):
                raise RefusedError("the site's robots.txt does not allow it")
            self._wait(address)
            with self.client.stream("GET", address, headers=headers) as response:
                if response.has_redirect_location:
                    address = _redirect_target(response, address, hosts)
                    continue
                if response.status_code != 200:
                    return response.status_code, b"", response.headers
                return 200, self._body(response, types, max_bytes), response.headers
        raise RefusedError(TOO_MANY_REDIRECTS)

    def _get_robots(self, address: str) -> tuple[int, str]:
        import httpx

        try:
            for _ in range(MAX_REDIRECTS):
                with self.client.stream("GET", address) as response:
                    if not response.has_redirect_location:
                        content = b"".join(self._chunks(response, MAX_ROBOTS_BYTES))
                        break
                    hosts = {place_of(address), *self.settings.hosts}
                    address = _redirect_target(response, address, hosts)
            else:
                raise RefusedError(TOO_MANY_REDIRECTS)
        except (httpx.HTTPError, RefusedError) as error:
            _log.warning("%s: not read\n%s", address, traceback_of(error))
            return 0, ""
        return response.status_code, content[:MAX_ROBOTS_BYTES].decode("utf-8", "replace")

    def _body(self, response: httpx.Response, types: tuple[str, ...], max_bytes: int) -> bytes:
        media_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if media_type and not any(part in media_type for part in types):
            raise RefusedError(f"it is of type {media_type}, which is not a report")
        too_large = RefusedError(
            f"it is larger than {max_bytes >> 20} MB; raise max_file_mb in [fetch]"
        )
        length = response.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > max_bytes:
            raise too_large
        content = b"".join(self._chunks(response, max_bytes))
        if len(content) > max_bytes:
            raise too_large
        return content

    def _chunks(self, response: httpx.Response, max_bytes: int) -> Iterator[bytes]:
        """Parts of a body until they exceed `max_bytes`; RefusedError if they come too slowly."""
        seconds = BODY_TIMEOUT_FACTOR * self.settings.timeout_seconds
        size, deadline = 0, time.monotonic() + seconds
        for chunk in response.iter_bytes():
            yield chunk
            size += len(chunk)
            if size > max_bytes:
                return
            if time.monotonic() > deadline:
                raise RefusedError(f"it was not complete after {seconds:g} seconds")

    def _wait(self, address: str) -> None:
        """Leave the pause that the settings and robots.txt ask for between two requests."""
        host = urlsplit(address).netloc
        pause = max(self.settings.seconds_between, self.robots.delay(address))
        if host in self._last_request:
            remaining = self._last_request[host] + pause - time.monotonic()
            if remaining > 0:
                self.sleep(remaining)
        self._last_request[host] = time.monotonic()


def _redirect_target(response: httpx.Response, address: str, allowed: Collection[str]) -> str:
    """Where a response for `address` redirects to.

    Raises RefusedError if that is not in `allowed`, or leaves an encrypted connection: on the way,
    anybody could change rules and reports.
    """
    target = urljoin(address, response.headers["Location"])
    if not is_listed(target, allowed):
        raise RefusedError("it redirects to a host or port that is not listed")
    if urlsplit(address).scheme == "https" != urlsplit(target).scheme:
        raise RefusedError("it redirects from https to an unencrypted address")
    return target


def file_name(address: str) -> str:
    """Safe name for the file at an address: its own name and a hash of the address.

    The hash distinguishes files of the same name on different sites.

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
        state = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        # In a new folder there is none yet.
        _log.info("%s: not read\n%s", STATE_FILE, traceback_of(error))
        return {}
    return state if isinstance(state, dict) else {}
