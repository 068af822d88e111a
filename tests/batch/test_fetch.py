"""Downloads are mined in the same round, and no site can hold the round up."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

httpx = pytest.importorskip("httpx")

from lif_nlp.config import Fetch, load_settings  # noqa: E402
from lif_nlp.fetch import pages  # noqa: E402
from lif_nlp.runtime.session import Session  # noqa: E402
from lif_nlp.store import Store  # noqa: E402
from lif_nlp.workflow.watch import watch_once  # noqa: E402
from tests.batch.conftest import report  # noqa: E402
from tests.fetch.test_pages import PAGE, Site, fetch, page, pdf  # noqa: E402

ROBOTS = "https://partnership.example/robots.txt"
A, B = "https://partnership.example/a.pdf", "https://elsewhere.example/b.pdf"


@pytest.fixture
def site():
    """A site on this machine that lists one report, and one that sends it byte by byte."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            bodies = {"/": '<a href="a.md">', "/a.md": report("A"), "/drip": '<a href="drip.md">'}
            body = bodies.get(self.path)
            self.send_response(200 if body or self.path == "/drip.md" else 404)
            self.send_header(
                "Content-Type", "text/html" if self.path[-2:] != "md" else "text/plain"
            )
            self.end_headers()
            self.wfile.write((body or "").encode())
            for _ in range(40 if self.path == "/drip.md" else 0):
                self.wfile.write(b"drip ")
                time.sleep(0.1)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        server.daemon_threads, server.block_on_close = True, False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def wanted(address, **settings):
    return Fetch(on=True, pages=(address,), links=r"\.md$", seconds_between=0, **settings)


@pytest.fixture
def round_of(tmp_path):
    """Runs one round of watching a folder, with fetch settings."""
    (tmp_path / "in").mkdir()

    def run(settings):
        with Store(tmp_path / "w") as store:
            given = load_settings(None, encoder="hashed", jobs=1, fetch=settings)
            return watch_once(Session(store, given), tmp_path / "in")

    return run


def test_a_download_is_mined_in_the_same_round(site, round_of):
    found = round_of(wanted(f"{site}/"))
    assert found.fetched == 1
    assert [doc["title"] for doc in found.digest.documents] == ["Review: Child A"]


def test_a_folder_that_cannot_be_written_is_reported_and_the_rest_is_mined(
    site, round_of, tmp_path, monkeypatch
):
    (tmp_path / "in" / "b.md").write_text(report("B"), encoding="utf-8")

    def full(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(pages, "write_atomically", full)
    monkeypatch.setenv("LIF_SETTLE_SECONDS", "0")
    found = round_of(wanted(f"{site}/"))
    assert found.not_fetched == ("fetching stopped: [Errno 30] Read-only file system",)
    assert [doc["title"] for doc in found.digest.documents] == ["Review: Child B"]


def test_a_body_sent_byte_by_byte_is_given_up(site, round_of):
    started = time.monotonic()
    found = round_of(wanted(f"{site}/drip", timeout_seconds=0.15))
    assert found.not_fetched == (f"{site}/drip.md: it was not complete after 1.5 seconds",)
    assert time.monotonic() - started < 3


def test_changed_settings_apply_to_an_unchanged_page(tmp_path):
    site = Site({PAGE: page("/a.pdf", B, ETag='"v1"'), A: pdf(), B: pdf()})
    assert len(fetch(site, tmp_path).files) == 1
    assert len(fetch(site, tmp_path, hosts=("elsewhere.example",)).files) == 1
    assert site.headers[-3]["If-None-Match"] == '"v1"'


def test_a_page_known_to_an_earlier_version_is_read_again(tmp_path):
    (tmp_path / pages.STATE_FILE).write_text(f'{{"{PAGE}": {{"etag": "\\"v1\\"", "links": []}}}}')
    site = Site({PAGE: page("/a.pdf", ETag='"v1"'), A: pdf()})
    assert len(fetch(site, tmp_path).files) == 1


def test_an_empty_response_is_reported_and_requested_again(tmp_path):
    site = Site({PAGE: page("/a.pdf"), A: pdf(b"", ETag='"v1"')})
    [skipped] = fetch(site, tmp_path).skipped
    assert (skipped.address, skipped.reason) == (A, "the site returned an empty file")
    site.pages[A] = pdf(ETag='"v1"')
    assert len(fetch(site, tmp_path).files) == 1


def test_a_pause_of_a_day_is_shortened_and_reported(tmp_path):
    robots = httpx.Response(200, text="User-agent: *\nCrawl-delay: 86400")
    site, waits = Site({ROBOTS: robots, PAGE: page("/a.pdf"), A: pdf()}), []
    result = fetch(site, tmp_path, waits)
    assert [round(wait) for wait in waits] == [60]
    [delay] = result.skipped
    assert delay.address == "https://partnership.example"
    assert delay.reason == "asks for 86400 seconds between two requests; 60 were left"


def test_only_the_first_part_of_a_huge_robots_file_is_read(tmp_path):
    sent = []

    def endless():
        yield b"User-agent: *\nDisallow: /closed\n"
        for _ in range(400):
            sent.append(1)
            yield b"# x\n" * 4096

    def answer(request):
        if request.url.path == "/robots.txt":
            return httpx.Response(200, content=endless())
        return page("/closed/a.pdf")

    [skipped] = fetch(answer, tmp_path).skipped
    assert "robots.txt does not allow" in skipped.reason
    assert len(sent) < 100
