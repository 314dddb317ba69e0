"""Whatever is asked is answered: never with a fault of ours, never late, never with markup of others."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from starlette.routing import Route

from index.fields import FACETS, FIELD_NAMES
from index.understanding import DIALECTS
from tests.web.asgi import Answer, Asking, running
from web.app import ROUTES, create_app
from web.asked import PARAMETERS
from web.site import Site

MARK = "<script>mark</script>"
"""What must come back in no page as it was put in."""

PATHS = [route.path for route in ROUTES if isinstance(route, Route)]

words = str.split

WORDS = (
    *words('peer support recovery the of a* *a* p?er peer* * ? " "peer peer" AND OR NOT NEAR/5 NEAR/50'),
    *words("NEAR/99999999999 ( ) (((( )))) : - = < >= year:1990-2030 year:- year:99999 #1 [ti] .ti,ab. exp"),
    *words("adj3 TS= /exp dc.title any cql.serverChoice prox/unit=word/distance>3 sortBy 研究 ไทย İ ß 😀"),
    *(f"{name}:" for name in FIELD_NAMES),
    *("\u202e", "\u0301", "\x00", "%00", "\r\nSet-Cookie: a=b", "' OR 1=1 --", "{{7*7}}", "../../etc/passwd"),
    MARK,
)
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=12).map(" ".join) | st.text(
    max_size=60
)
numbers = st.integers(-3, 10**12).map(str)
NAMES = (
    *PARAMETERS,
    *words(
        "facet facets order view style format fields snippets values contains id key preset bom start limit"
    ),
    *words("verb metadataPrefix set until identifier resumptionToken operation version query queryType"),
    *words("startRecord maximumRecords recordSchema recordPacking scanClause responsePosition sortKeys"),
)
VALUES = (
    *FACETS,
    *DIALECTS,
    *words("1 0 marcxml dc mods oai_dc marc21 ris bibtex csv staff raw history apa relevance newest cql xml"),
    *words("Identify ListRecords ListSets GetRecord explain scan searchRetrieve 1.1 1.2 2.0 string all"),
    *words("2024-01-01 2024-01-01T00:00:00Z 9999-99-99"),
)
ADDRESSED = (
    *FACETS,
    *words(
        "1 0 999999999999999999999 -1 csv bib ris json doi:10.1/x a.bib a.json.ris ..%2f..%2fetc%2fpasswd"
    ),
)
parameters = st.lists(
    st.tuples(st.sampled_from(NAMES) | st.text(max_size=5), st.sampled_from(VALUES) | numbers | texts),
    max_size=6,
)


@st.composite
def targets(draw: st.DrawFn) -> bytes:
    """Return what stands on a request line: mostly an address of ours with strange parameters."""
    if draw(st.integers(0, 9)) == 0:
        return b"/" + draw(st.binary(max_size=40)).replace(b"?", b"")
    parts = draw(st.sampled_from(PATHS)).split("{")
    path = parts[0] + "".join(
        draw(st.sampled_from(ADDRESSED) | texts.map(quote) | st.binary(max_size=9).map(quote_from_bytes))
        + rest.partition("}")[2]
        for rest in parts[1:]
    )
    told = urlencode(draw(parameters), errors="surrogatepass")
    if draw(st.integers(0, 19)) == 0:
        told = quote_from_bytes(draw(st.binary(max_size=40)), safe="&=%+;")
    return f"{path}?{told}".encode("latin-1", "replace")


headers = st.lists(
    st.tuples(
        st.sampled_from(b"accept if-none-match if-modified-since range accept-encoding origin".split()),
        st.sampled_from(b'*/* application/json text/html;q=x W/"a" bytes=0-1 gzip https://x'.split())
        | st.binary(max_size=20).filter(lambda value: not {*b"\r\n\0"} & {*value}),
    ),
    max_size=3,
)


@pytest.fixture(scope="module")
def asking(demo_folder: Path) -> Iterator[Asking]:
    with running(create_app(Site(demo_folder))) as client:
        client.ask(b"/search?q=pere+suport")  # what is imported late is imported
        yield client


def check(answer: Answer, target: bytes) -> None:
    """Assert what holds of every answer."""
    assert answer.status < 500, target
    assert "content-security-policy" in answer.headers
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if not answer.body or answer.headers.get("content-encoding"):
        return
    if kind == "text/html":
        assert MARK.encode() not in answer.body, target
    elif kind == "application/json":
        json.loads(answer.body)
    elif kind.endswith("xml"):
        etree.fromstring(answer.body, etree.XMLParser(huge_tree=True))
    assert "set-cookie" not in answer.headers


requests = st.tuples(targets(), st.sampled_from(["GET"] * 8 + ["HEAD", "POST"]), headers)
Request = tuple[bytes, str, list[tuple[bytes, bytes]]]


def ask(asking: Asking, request: Request) -> None:
    """Make a request, in a form where it is a POST, and check the answer."""
    target, method, given_headers = request
    body = b""
    if method == "POST":
        target, _, body = target.partition(b"?")
        given_headers = [*given_headers, (b"content-type", b"application/x-www-form-urlencoded")]
    answer = asking.ask(target, method, given_headers, body)
    check(answer, target + b" " + body)
    # Once late may be the machine, thrice is the request.
    late = [
        answer,
        *(asking.ask(target, method, given_headers, body) for _ in range(2 * (answer.seconds > 1))),
    ]
    assert min(each.seconds for each in late) < 1, target + b" " + body


@given(requests)
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered(asking: Asking, request_: Request) -> None:
    ask(asking, request_)


@pytest.mark.slow
@given(requests)
@settings(max_examples=10_000, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_ten_thousand_times_is_answered(asking: Asking, request_: Request) -> None:
    ask(asking, request_)
