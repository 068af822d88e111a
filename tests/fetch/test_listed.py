"""Only what is listed is fetched: politely, bounded, once."""

import pytest

httpx = pytest.importorskip("httpx")

from lif_nlp.config import Fetch, Settings  # noqa: E402
from lif_nlp.fetch import fetch_listed  # noqa: E402
from lif_nlp.fetch.links import links_in  # noqa: E402
from lif_nlp.fetch.listed import STATE, file_name  # noqa: E402

PAGE = "https://partnership.example/reviews"
PDF = b"%PDF-1.7 invented"


class Site:
    """A site in memory: answers by address, and a list of what was asked."""

    def __init__(self, pages):
        self.pages, self.asked, self.headers = pages, [], []

    def __call__(self, request):
        address = str(request.url)
        self.asked.append(address)
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


def fetch(site, folder, waits=None, **wanted):
    settings = Fetch(**{"on": True, "pages": (PAGE,), "seconds_between": 0, **wanted})
    sleep = (waits if waits is not None else []).append
    return fetch_listed(settings, folder, transport=httpx.MockTransport(site), sleep=sleep)


def test_nothing_may_be_fetched_unless_the_settings_say_so():
    assert Settings().fetch == Fetch(on=False, pages=())


def test_reports_linked_on_a_listed_page_come_whole_and_once(tmp_path):
    site = Site(
        {PAGE: page("/child-k.pdf", "/about"), "https://partnership.example/child-k.pdf": pdf()}
    )
    [path] = fetch(site, tmp_path).files
    assert path.read_bytes() == PDF
    assert "https://partnership.example/about" not in site.asked
    assert fetch(site, tmp_path).files == ()
    assert site.asked.count("https://partnership.example/child-k.pdf") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([STATE, path.name])


def test_a_page_that_has_not_changed_is_not_sent_again(tmp_path):
    site = Site({PAGE: page("/a.pdf", ETag='"v1"'), "https://partnership.example/a.pdf": pdf()})
    fetch(site, tmp_path)
    fetch(site, tmp_path)
    assert site.headers[-1]["If-None-Match"] == '"v1"'


def test_a_file_that_failed_is_tried_again_on_an_unchanged_page(tmp_path):
    address = "https://partnership.example/a.pdf"
    site = Site({PAGE: page("/a.pdf", ETag='"v1"'), address: httpx.Response(503)})
    assert [left.reason for left in fetch(site, tmp_path).left_out] == ["the site answered 503"]
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
    [left] = fetch(site, tmp_path, pages=(closed,)).left_out
    assert reason in left.reason
    assert closed not in site.asked


def test_the_pause_that_a_site_asks_for_is_left(tmp_path):
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
        (pdf(b"x" * (2 << 20)), "more than 1 MB"),
        (
            httpx.Response(200, headers={"Content-Type": "image/png"}, content=b"x"),
            "type is image/png",
        ),
        (
            httpx.Response(302, headers={"Location": "https://evil.example/a"}),
            "host that is not listed",
        ),
        (httpx.Response(302, headers={"Location": "http://partnership.example/a"}), "encrypted"),
        (httpx.Response(302, headers={"Location": "/a.pdf"}), "leads on and on"),
    ],
)
def test_what_is_not_a_report_is_left_out_with_its_reason(tmp_path, answer, reason):
    site = Site({PAGE: page("/a.pdf"), "https://partnership.example/a.pdf": answer})
    found = fetch(site, tmp_path, max_file_mb=1)
    assert found.files == ()
    assert reason in found.left_out[0].reason


def test_a_site_that_does_not_answer_is_no_fault(tmp_path):
    def silent(request):
        raise httpx.ConnectError("no route")

    [left] = fetch(silent, tmp_path).left_out
    assert left.address == PAGE


def test_at_most_so_many_files_come_in_a_round(tmp_path):
    names = [f"/{n}.pdf" for n in range(5)]
    site = Site({PAGE: page(*names)} | {f"https://partnership.example{n}": pdf() for n in names})
    assert len(fetch(site, tmp_path, max_files=2).files) == 2
    assert len(fetch(site, tmp_path, max_files=9).files) == 3


def test_feeds_are_read_as_pages_are():
    rss = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
    <rss><channel><item><link>https://p.example/a.pdf</link>
    <enclosure url="/b.pdf" type="application/pdf"/></item></channel></rss>"""
    atom = '<feed><entry><link rel="alternate" href="c.pdf"/></entry></feed>'
    assert links_in(rss, "https://p.example/f") == [
        "https://p.example/a.pdf", "https://p.example/b.pdf",
    ]  # fmt: skip
    assert links_in(atom, "https://p.example/f/") == ["https://p.example/f/c.pdf"]


@pytest.mark.parametrize(
    "path", ["../../etc/passwd.pdf", "%2e%2e%2f%2e%2e%2fx.pdf", "a%00b.pdf", ".htaccess"]
)
def test_file_names_stay_inside_the_folder(path):
    name = file_name(f"https://p.example/{path}")
    assert "/" not in name and "\0" not in name and not name.startswith(".")


def test_an_address_that_cannot_be_taken_apart_is_passed_over():
    assert links_in('<a href="http://[bad/x.pdf"><a href="mailto:a@b.c/x.pdf">', PAGE) == []
