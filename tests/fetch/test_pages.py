"""Only listed pages are downloaded: politely, within limits, once."""

import pytest

httpx = pytest.importorskip("httpx")

from lif_nlp.config import Fetch, Settings  # noqa: E402
from lif_nlp.fetch import fetch_pages  # noqa: E402
from lif_nlp.fetch.links import extract_links  # noqa: E402
from lif_nlp.fetch.pages import STATE_FILE, file_name  # noqa: E402

PAGE = "https://partnership.example/reviews"
PDF = b"%PDF-1.7 invented"


class Site:
    """A site in memory: responses by address, and a list of the requests it received."""

    def __init__(self, pages):
        self.pages, self.requests, self.headers = pages, [], []

    def __call__(self, request):
        address = str(request.url)
        self.requests.append(address)
        self.headers.append(request.headers)
        answer = self.pages.get(address, httpx.Response(404))
        etag = answer.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return httpx.Response(304)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def page(*links, **headers):
    body = "".join(f'<a href="{link}">x</a>' for link in links)
    return httpx.Response(200, headers={"Content-Type": "text/html", **headers}, text=body)


def pdf(content=PDF, **headers):
    headers = {"Content-Type": "application/pdf", **headers}
    return httpx.Response(200, headers=headers, content=content)


def fetch(site, folder, waits=None, **overrides):
    settings = Fetch(**{"on": True, "pages": (PAGE,), "seconds_between": 0, **overrides})
    sleep = (waits if waits is not None else []).append
    return fetch_pages(settings, folder, transport=httpx.MockTransport(site), sleep=sleep)


def test_nothing_is_downloaded_unless_the_settings_switch_it_on():
    assert Settings().fetch == Fetch(on=False, pages=())


def test_reports_linked_on_a_listed_page_are_downloaded_once(tmp_path):
    site = Site(
        {PAGE: page("/child-k.pdf", "/about"), "https://partnership.example/child-k.pdf": pdf()}
    )
    [path] = fetch(site, tmp_path).files
    assert path.read_bytes() == PDF
    assert "https://partnership.example/about" not in site.requests
    assert fetch(site, tmp_path).files == ()
    assert site.requests.count("https://partnership.example/child-k.pdf") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([STATE_FILE, path.name])


def test_an_unchanged_page_is_not_downloaded_again(tmp_path):
    site = Site({PAGE: page("/a.pdf", ETag='"v1"'), "https://partnership.example/a.pdf": pdf()})
    fetch(site, tmp_path)
    fetch(site, tmp_path)
    assert site.headers[-1]["If-None-Match"] == '"v1"'


def test_a_failed_file_is_retried_while_its_page_is_unchanged(tmp_path):
    address = "https://partnership.example/a.pdf"
    site = Site({PAGE: page("/a.pdf", ETag='"v1"'), address: httpx.Response(503)})
    assert [item.reason for item in fetch(site, tmp_path).skipped] == [
        "the site returned status 503"
    ]
    site.pages[address] = pdf()
    assert len(fetch(site, tmp_path).files) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(200, text="User-agent: *\nDisallow: /closed"), "robots.txt does not allow"),
        (httpx.Response(500), "robots.txt does not allow"),
    ],
)
def test_robots_are_respected(tmp_path, answer, reason):
    site = Site({"https://partnership.example/robots.txt": answer})
    closed = "https://partnership.example/closed/reviews"
    [skipped] = fetch(site, tmp_path, pages=(closed,)).skipped
    assert reason in skipped.reason
    assert closed not in site.requests


def test_crawl_delay_is_respected(tmp_path):
    robots = httpx.Response(200, text="User-agent: *\nCrawl-delay: 7")
    site = Site({
        "https://partnership.example/robots.txt": robots,
        PAGE: page("/a.pdf"),
        "https://partnership.example/a.pdf": pdf(),
    })  # fmt: skip
    waits = []
    fetch(site, tmp_path, waits)
    assert [round(wait) for wait in waits] == [7]


def test_links_to_other_hosts_are_not_followed(tmp_path):
    elsewhere = "https://elsewhere.example/a.pdf"
    site = Site({PAGE: page(elsewhere, "http://partnership.example/plain.pdf"), elsewhere: pdf()})
    assert fetch(site, tmp_path).files == ()
    assert len(fetch(site, tmp_path, hosts=("elsewhere.example",)).files) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (pdf(b"x" * (2 << 20)), "larger than 1 MB; raise max_file_mb"),
        (
            httpx.Response(200, headers={"Content-Type": "image/png"}, content=b"x"),
            "of type image/png, which is not a report",
        ),
        (
            httpx.Response(302, headers={"Location": "https://evil.example/a"}),
            "redirects to a host or port that is not listed",
        ),
        (
            httpx.Response(302, headers={"Location": "https://partnership.example:8443/a"}),
            "redirects to a host or port that is not listed",
        ),
        (
            httpx.Response(302, headers={"Location": "http://partnership.example/a"}),
            "from https to an unencrypted address",
        ),
        (httpx.Response(302, headers={"Location": "/a.pdf"}), "redirects too many times"),
    ],
)
def test_what_is_not_a_report_is_skipped_with_its_reason(tmp_path, answer, reason):
    site = Site({PAGE: page("/a.pdf"), "https://partnership.example/a.pdf": answer})
    result = fetch(site, tmp_path, max_file_mb=1)
    assert result.files == ()
    assert reason in result.skipped[0].reason


def test_a_site_that_does_not_respond_is_skipped(tmp_path):
    def silent(request):
        raise httpx.ConnectError("no route")

    [skipped] = fetch(silent, tmp_path).skipped
    assert (skipped.address, skipped.reason) == (
        PAGE,
        "the site's robots.txt does not allow it",
    )


def test_max_files_limits_a_run(tmp_path):
    names = [f"/{n}.pdf" for n in range(5)]
    site = Site({PAGE: page(*names)} | {f"https://partnership.example{n}": pdf() for n in names})
    assert len(fetch(site, tmp_path, max_files=2).files) == 2
    assert len(fetch(site, tmp_path, max_files=9).files) == 3


def test_requests_count_whether_they_succeed_or_not(tmp_path):
    site = Site({PAGE: page(*[f"/{n}.pdf" for n in range(40)])})
    assert len(fetch(site, tmp_path, max_files=5).skipped) == 5
    # the page, its site's robots.txt, and five links
    assert len(site.requests) == 7


def test_a_robots_file_elsewhere_counts_as_none(tmp_path):
    robots = "https://partnership.example/robots.txt"
    elsewhere = "https://elsewhere.example/robots.txt"
    site = Site(
        {PAGE: page("/a.pdf"), robots: httpx.Response(302, headers={"Location": elsewhere})}
    )
    assert "robots.txt does not allow it" in fetch(site, tmp_path).skipped[0].reason
    assert elsewhere not in site.requests


def test_rules_are_not_read_over_an_unencrypted_connection(tmp_path):
    robots = "https://partnership.example/robots.txt"
    plain = "http://partnership.example/robots.txt"
    moved = httpx.Response(302, headers={"Location": plain})
    site = Site({PAGE: page("/a.pdf"), robots: moved, plain: httpx.Response(404)})
    assert "robots.txt does not allow it" in fetch(site, tmp_path).skipped[0].reason
    assert plain not in site.requests


def test_a_link_to_another_port_of_the_host_is_not_followed(tmp_path):
    site = Site({PAGE: page("https://partnership.example:8443/a.pdf", "https://[bad/a.pdf")})
    assert fetch(site, tmp_path).files == ()
    assert not [address for address in site.requests if "8443" in address]


def test_links_of_feeds_are_extracted():
    rss = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
    <rss><channel><item><link>https://p.example/a.pdf</link>
    <enclosure url="/b.pdf" type="application/pdf"/></item></channel></rss>"""
    atom = '<feed><entry><link rel="alternate" href="c.pdf"/></entry></feed>'
    assert extract_links(rss, "https://p.example/f") == [
        "https://p.example/a.pdf", "https://p.example/b.pdf",
    ]  # fmt: skip
    assert extract_links(atom, "https://p.example/f/") == ["https://p.example/f/c.pdf"]


@pytest.mark.parametrize(
    "path", ["../../etc/passwd.pdf", "%2e%2e%2f%2e%2e%2fx.pdf", "a%00b.pdf", ".htaccess"]
)
def test_file_names_cannot_leave_the_folder(path):
    name = file_name(f"https://p.example/{path}")
    assert "/" not in name and "\0" not in name and not name.startswith(".")


def test_an_address_that_cannot_be_parsed_is_ignored():
    assert extract_links('<a href="http://[bad/x.pdf"><a href="mailto:a@b.c/x.pdf">', PAGE) == []
