"""The faults of OAI-PMH servers in the wild, one named switch for each: put them on with `faulty`.

The numbers are those of our list of known failures, and 40, a crash of our own, is not a server's. FAULTS
has the usual form of each, VARIANTS further forms.
"""

import gzip
from collections.abc import Mapping
from typing import NamedTuple

from tests.provider.faulty import Fault, edit, error, headed
from tests.provider.wrong_answers import (
    after_the_end,
    as_latin,
    blank_token,
    blocked,
    bomb,
    broken_gzip,
    days_only,
    dead_and_alive,
    emptied,
    empty_pages,
    error_status,
    exclusive,
    exclusive_until,
    expired,
    giant,
    into_text,
    lost_later,
    moved,
    no_blanks,
    no_deletions,
    not_selective,
    odd_token,
    out_of_order,
    outside,
    page,
    parts_missing,
    prefixed,
    repeating,
    rudely,
    same_page,
    same_token,
    truncated,
    without_token,
)

_HTML = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking</body></html>"


class Row(NamedTuple):
    """A fault by its name, what it is, and the fault itself."""

    name: str
    description: str
    fault: Fault


_FAR = "Sat, 01 Jan 2089 00:00:00 GMT"
_PHP = b"\n<br />\n<b>Notice</b>:  Undefined index: x in <b>/var/www/oai.php</b> on line <b>7</b><br />\n"

FAULTS: Mapping[int, Row] = {
    1: Row(
        "control-characters",
        "control characters and non-characters in a text",
        into_text(b"\x1a\x0b\xef\xbf\xbe"),
    ),
    2: Row(
        "illegal-references",
        "numeric references to nothing and to halves",
        into_text(b"&#55349;&#56320;&#2;"),
    ),
    3: Row("latin-1", "says UTF-8, is Windows-1252", as_latin),
    4: Row("no-charset", "no charset in the Content-Type", headed(Content_Type="text/xml")),
    5: Row("raw-ampersand", "an ampersand that is not escaped", into_text(b"R & D, ")),
    6: Row("trailing-garbage", "notices of PHP after the end", edit(rb"\Z", _PHP, count=1)),
    7: Row("truncated", "ends within a record, in good order for HTTP", truncated),
    8: Row(
        "silent-gzip",
        "gzip that nobody asked for and nothing tells of",
        lambda call: call.answer._replace(body=gzip.compress(call.answer.body)),
    ),
    9: Row("html", "a page for people with status 200", headed(200, _HTML, Content_Type="text/html")),
    10: Row(
        "retry-after",
        "503 with Retry-After in seconds",
        page(503, "503 Service Unavailable", Retry_After="7"),
    ),
    11: Row("too-many", "429 without Retry-After", page(429, "429 Too Many Requests")),
    12: Row("internal-error", "500 for a page", page(500, "500 Internal Server Error")),
    13: Row("empty-422", "422 for an empty list", error_status(422)),
    14: Row("token-expired", "the token has expired", expired),
    15: Row("blank-token", "a token of blanks at the end", blank_token),
    16: Row("token-missing", "no token though there is more", without_token),
    17: Row(
        "token-at-end",
        "a token on the last page that leads to noRecordsMatch",
        after_the_end("noRecordsMatch"),
    ),
    18: Row("same-token", "the same token again and again", same_token),
    19: Row("empty-pages", "three pages without records but with tokens", empty_pages(3)),
    20: Row("odd-token", "a token of +, /, %, blanks and &", odd_token),
    21: Row("exclusive-token", "refuses a token with other arguments beside it", exclusive),
    22: Row("days-only", "refuses the granularity it announces", days_only),
    23: Row(
        "earliest",
        "an earliestDatestamp that is no date",
        edit(rb"(?<=<earliestDatestamp>)[^<]*", b"0000-00-00 unknown"),
    ),
    24: Row("until-exclusive", "leaves out the last second asked for", exclusive_until),
    25: Row("not-selective", "refuses from and until", not_selective),
    26: Row("out-of-order", "records in no order", out_of_order),
    27: Row("later-date", "a responseDate after what is listed", edit(rb"(?<=<responseDate>)\d{4}", b"2099")),
    28: Row("duplicates", "the last record of a page again on the next", repeating()),
    29: Row("no-deletions", "withdrawn records just vanish", no_deletions),
    30: Row("dead-and-alive", "an older deletion of a record in the same page", dead_and_alive),
    31: Row(
        "identifiers-changed",
        "other identifiers for the same records",
        edit(rb"oai:doaj\.org/article:", b"oai:new.doaj.org:"),
    ),
    32: Row("parts-missing", "records without header, identifier, datestamp, metadata", parts_missing),
    33: Row("prefixed", "the protocol's elements with a prefix", prefixed),
    34: Row(
        "unknown-error",
        "an error code of its own",
        lambda call: error(call, "InternalException", "java.lang.NullPointerException"),
    ),
    35: Row("no-blanks", "refuses empty arguments", no_blanks),
    36: Row("moved", "301 to another path", moved(301)),
    37: Row("tls", "a certificate that nobody signed", rudely("tls")),
    38: Row("bomb", "entities that grow to a gigabyte", bomb),
    39: Row("agent-blocked", "403 for agents named like robots and libraries", blocked),
}
"""By number. 28 remembers a page, and forgets it where a list begins anew."""

VARIANTS: Mapping[int, tuple[Row, ...]] = {
    1: (Row("nul", "a NUL in a text", into_text(b"\x00")),),
    3: (Row("broken-utf-8", "bytes that are no UTF-8", into_text(b"\xe9\xff\xc3")),),
    7: (
        Row("cut", "the connection ends within the body", rudely("cut 0.6")),
        Row("reset", "the connection is reset within the body", rudely("reset 0.4")),
        Row("drip", "the body comes a byte a second", rudely("drip 1")),
        Row("longer", "Content-Length says more than comes", rudely("length 500")),
        Row("shorter", "Content-Length says less than comes", rudely("length -500")),
        Row("silent", "accepts and says nothing", rudely("silent")),
    ),
    8: (Row("broken-gzip", "half a gzip", broken_gzip),),
    9: (Row("empty", "nothing at all with status 200", headed(200, b"")),),
    10: (
        Row(
            "retry-after-past",
            "503 with a date that is over",
            page(503, "503", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
        ),
        Row("retry-after-far", "503 with a date years away", page(503, "503", Retry_After=_FAR)),
        Row("retry-after-none", "503 without Retry-After", page(503, "503 Service Unavailable")),
    ),
    12: (Row("bad-gateway", "502 for a page", page(502, "502 Bad Gateway")),),
    13: (
        Row("empty-404", "404 for an empty list", error_status(404)),
        Row("empty-500", "500 for it", error_status(500)),
    ),
    16: (
        Row("token-emptied", "an empty token on the first page of several", emptied),
        Row("token-lost", "no token from the second page on", lost_later),
    ),
    17: (
        Row("empty-at-end", "a token on the last page that leads to an empty list", after_the_end("empty")),
    ),
    18: (Row("same-page", "the first page for ever with new tokens", same_page()),),
    22: (
        Row(
            "odd-granularity",
            "granularity in odd case",
            edit(rb"(?<=<granularity>)[^<]*", b"yyyy-mm-ddThh:mm:ssz"),
        ),
    ),
    36: (
        Row("moved-302", "302 to another path", moved(302)),
        Row(
            "wrong-base",
            "another baseURL in Identify",
            edit(rb"(?<=<baseURL>)[^<]*", b"http://localhost:8080/oai"),
        ),
    ),
    38: (
        Row("giant", "sixty-four megabytes of blanks", giant(1 << 26)),
        Row("outside", "an entity from a file", outside),
    ),
}
"""Further forms, by the same numbers."""
