"""Which addresses are asked, and how parameters are written into them."""

from contextlib import suppress
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UsageFault
from harvester.http.address import address, public, where
from tests.harvester.http.asking import Script, Time, good, read

NONE = [
    "",
    "  ",
    "doaj.org/oai",
    "localhost:8000/oai",
    "//doaj.org/oai",
    "ftp://doaj.org/",
    "file:///etc/passwd",
    "data:text/xml,x",
    "mailto:me@example.org",
    "http://",
    "http:///oai",
    "http://a b.org/",
    "http://x:99999/",
    "http://x:0/",
    "http://x:abc/",
    "http://[::1",
    "http://x\n.org/",
    "http://x.org/\x00",
    "http://a..b/",
    "http://" + "a" * 64 + ".org/",
    "http://xn--/",
    "http://☃.net/",
    "http://%41/",
    "http://x\\y/",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address_is_the_users_fault(text: str) -> None:
    with Time().client(Script(good())) as client:
        with pytest.raises(UsageFault, match="is not the address of a server"):
            client.get(text, read=read)
        with pytest.raises(UsageFault):
            client.gap(text)


@given(st.text(max_size=40).map(lambda text: f"http://{text}") | st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_an_address_or_the_users_fault(text: str) -> None:
    with suppress(UsageFault):
        assert address(text, {"q": text}).url.host


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://doaj.org/oai ", "https://doaj.org/oai"),
        ("HTTPS://DOAJ.org/oai", "https://doaj.org/oai"),
        ("http://bücher.example/ö ü", "http://xn--bcher-kva.example/%C3%B6%20%C3%BC"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://under_score.example.org./a", "https://under_score.example.org./a"),
    ],
)
def test_an_address_is_taken_as_a_browser_would(text: str, url: str) -> None:
    assert str(address(text).url) == url


@pytest.mark.parametrize(
    ("url", "params", "query"),
    [
        ("https://x.org/o", {}, b""),
        ("https://x.org/o?", {}, b""),
        ("https://x.org/o", {"verb": "Identify", "set": ""}, b"verb=Identify"),
        ("https://x.org/o?a=%2B&b=c%20d", {"t": "x"}, b"a=%2B&b=c%20d&t=x"),
        ("https://x.org/o", {"t": "a+b/c=&d%2B é'|"}, b"t=a%2Bb%2Fc%3D%26d%252B%20%C3%A9%27%7C"),
    ],
)
def test_parameters_are_encoded_exactly_once(url: str, params: dict[str, str], query: bytes) -> None:
    script = Script(good())
    with Time().client(script) as client:
        client.get(url, params, read=read)
    assert script.asked[0].url.query == query


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
@settings(deadline=None)
def test_what_is_sent_is_what_was_meant(params: dict[str, str]) -> None:
    asked = address("https://x.org/o?a=1", params).url
    assert parse_qsl(asked.query.decode(), keep_blank_values=True) == [("a", "1"), *params.items()]


def test_what_is_shown_has_no_login_no_query_and_no_secret() -> None:
    url = httpx.URL("https://me:pass@x.org/o?a=1&api%5Fkey=s&b=2#f")
    assert where(url) == "https://x.org/o"
    assert str(public(url, {"api_key"})) == "https://x.org/o?a=1&b=2"
