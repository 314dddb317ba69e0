"""Which addresses become links."""

import pytest

from catalog.record import Link, Record
from web.links import doi_address, web_address, web_links


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        (" HTTP://Example.ORG ", "http://example.org"),
        ("ftp://example.org/x", "ftp://example.org/x"),
        (
            "https://example.org/é ü/100%/%20[1]|<2>",
            "https://example.org/%C3%A9%20%C3%BC/100%25/%20%5B1%5D%7C%3C2%3E",
        ),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("java\tscript:alert(1)", None),
        ("javascript:alert(1)//https://example.org", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("//example.org/", None),
        ("/record/1", None),
        ("https:example.org", None),
        ("https://doi.org@evil.example/", None),
        ("https://evil.example\\@doi.org/", None),
        ("mailto:a@b.example", None),
        ("https://", None),
    ],
)
def test_only_addresses_of_the_web_become_links(text: str, address: str | None) -> None:
    assert web_address(text) == address


def test_each_address_is_linked_once() -> None:
    url = "https://example.org/1"
    record = Record(links=(Link(url=url, kind="fulltext"), Link(url=url), Link(url="javascript:x")))
    assert [(link.url, link.host, link.kind) for link in web_links(record)] == [
        (url, "example.org", "fulltext")
    ]


def test_a_doi_is_written_so_that_it_leads_there() -> None:
    assert doi_address("10.1002/(SICI)1#2<3>?") == "https://doi.org/10.1002/(SICI)1%232%3C3%3E%3F"
