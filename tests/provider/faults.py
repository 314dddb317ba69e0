"""The faults of OAI-PMH servers in the wild, one named switch for each: put them on with `faulty`.

The numbers are those of our list of known failures, and 40, a crash of our own, is not a server's. FAULTS
has the usual form of each, VARIANTS further forms.
"""

import gzip
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from cli.loopback.answer import Answer
from tests.provider.faulty import RUDE, Call, Fault, edit, error, headed

_TEXT = rb"(<(?:\w+:)?(?:title|subfield)\b[^>/]*>)"
_TOKEN = re.compile(rb"(<resumptionToken[^>]*>)([^<]*)(</resumptionToken>)")
_RECORD = re.compile(rb"<record>.*?</record>", re.DOTALL)
_NGINX = b"<html>\r\n<head><title>%s</title></head>\r\n<body><center><h1>%s</h1></center></body>\r\n</html>"
_HTML = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking</body></html>"
_NEVER = "kept-by-nobody"


class Row(NamedTuple):
    """A fault by its name, what it is, and the fault itself."""

    name: str
    description: str
    fault: Fault


def into_text(inserted: bytes) -> Fault:
    """Put bytes into the first title (or MARC subfield) of the answer."""
    return edit(_TEXT, lambda found: found[1] + inserted, count=1)


def page(status: int, title: str, **headers: str | None) -> Fault:
    """Answer with an error page of nginx."""
    words = title.encode()
    return headed(status, _NGINX % (words, words), Content_Type="text/html", **headers)


def as_latin(call: Call) -> Answer:
    body = call.answer.body.decode("utf-8", "replace").encode("cp1252", "xmlcharrefreplace")
    return call.answer._replace(body=body)


def with_token(call: Call, change: Callable[[bytes], bytes]) -> Answer:
    """Change the token of an answer that has an element for it."""
    body = _TOKEN.sub(lambda found: found[1] + change(found[2]) + found[3], call.answer.body)
    return call.answer._replace(body=body)


def without_token(call: Call) -> Answer:
    return call.answer._replace(body=_TOKEN.sub(b"", call.answer.body))


def broken_gzip(call: Call) -> Answer:
    body = gzip.compress(call.answer.body)
    return Answer(200, {**call.answer.headers, "Content-Encoding": "gzip"}, body[: len(body) // 2])


def truncated(call: Call) -> Answer:
    return call.answer._replace(body=call.answer.body[: len(call.answer.body) * 3 // 5])


def error_status(status: int) -> Fault:
    """Send an empty list with a status of its own instead of 200."""
    return lambda call: (
        call.answer._replace(status=status) if b"noRecordsMatch" in call.answer.body else call.answer
    )


def expired(call: Call) -> Answer:
    if "resumptionToken" not in call.params:
        return call.answer
    return error(call, "badResumptionToken", "The resumption token has expired.")


def blank_token(call: Call) -> Answer:
    """Write the end of a list as an element with nothing but blanks in it, also for a list of one page."""
    if _TOKEN.search(call.answer.body):
        return with_token(call, lambda value: value or b"\n  ")
    return edit(rb"(?=</List(?:Records|Identifiers)>)", b"<resumptionToken>\n  </resumptionToken>")(call)


def after_the_end(then: str) -> Fault:
    """Give a token on the last page, too: it leads to `noRecordsMatch`, or to an `empty` list."""

    def answered(call: Call) -> Answer:
        if call.params.get("resumptionToken") != "after-the-end":
            return with_token(call, lambda value: value or b"after-the-end")
        if then == "empty":
            head = error(call, "").body.partition(b"<error")[0]
            return call.answer._replace(status=200, body=head + b"<ListRecords></ListRecords></OAI-PMH>")
        return error(call, then)

    return answered


def same_token(call: Call) -> Answer:
    """Give the token that was asked with, again and again."""
    asked = call.params.get("resumptionToken", "").encode()
    return with_token(call, lambda value: asked or value)


def same_page() -> Fault:
    """Send the first page whatever the token, each time with a token never seen before."""
    first = Answer(200, {}, b"")

    def answered(call: Call) -> Answer:
        nonlocal first
        if "resumptionToken" not in call.params:
            first = call.answer
        return with_token(call._replace(answer=first), lambda _: b"t%d" % call.number)

    return answered


def empty_pages(count: int) -> Fault:
    """Send so many pages without a record, and with a new token each, after the first page."""

    def answered(call: Call) -> Answer:
        kind, _, rest = call.params.get("resumptionToken", "").partition("~")
        left, _, wanted = rest.partition("~")
        if kind != "empty":
            return with_token(call, lambda value: value and b"empty~%d~%b" % (count, value))
        if left == "0":
            return call.asking(resumptionToken=wanted)
        value = f"empty~{int(left) - 1}~{wanted}"
        head = error(call, "").body.partition(b"<error")[0]
        body = f"<ListRecords><resumptionToken>{value}</resumptionToken></ListRecords></OAI-PMH>"
        return call.answer._replace(status=200, body=head + body.encode())

    return answered


def odd_token(call: Call) -> Answer:
    """Give tokens of characters that addresses must escape, and know them only as given."""
    odd = "+/%2B &=é|"
    asked = call.params.get("resumptionToken")
    if asked is not None and not asked.startswith(odd):
        return error(call, "badResumptionToken")
    told = call.answer if asked is None else call.asking(resumptionToken=asked.removeprefix(odd))
    escaped = odd.replace("&", "&amp;").encode()
    return with_token(call._replace(answer=told), lambda value: value and escaped + value)


def exclusive(call: Call) -> Answer:
    others = call.params.keys() - {"verb", "resumptionToken", "api_key"}
    return error(call, "badArgument") if others and "resumptionToken" in call.params else call.answer


def days_only(call: Call) -> Answer:
    """Refuse times of day in the arguments, though Identify may say otherwise."""
    dates = call.params.get("from", "") + call.params.get("until", "")
    return error(call, "badArgument", "Granularity") if "T" in dates else call.answer


def exclusive_until(call: Call) -> Answer:
    """Leave out what has exactly the last date asked for."""
    until = call.params.get("until", _NEVER).encode()
    return edit(
        rb"<record>(?:(?!</record>).)*?<datestamp>%b</datestamp>.*?</record>" % re.escape(until), b""
    )(call)


def not_selective(call: Call) -> Answer:
    if {"from", "until"} & call.params.keys():
        return error(call, "badArgument", "Selective harvesting by date is not supported")
    return call.answer


def out_of_order(call: Call) -> Answer:
    """Send the records of a page in the order of their text, which is none."""
    records = iter(sorted(_RECORD.findall(call.answer.body), key=lambda record: record[::-1]))
    return edit(_RECORD.pattern, lambda _: next(records))(call)


def repeating() -> Fault:
    """Begin each page with the last record of the page before."""
    last = b""

    def answered(call: Call) -> Answer:
        nonlocal last
        records = _RECORD.findall(call.answer.body)
        before = last if "resumptionToken" in call.params else b""
        last = records[-1] if records else b""
        return edit(rb"<ListRecords>", lambda found: found[0] + before)(call)

    return answered


def no_deletions(call: Call) -> Answer:
    return edit(rb"<record><header[^>]*status=\"deleted\".*?</record>", b"")(call)


def dead_and_alive(call: Call) -> Answer:
    """Add to each page an older deletion of its first record."""
    found = _RECORD.search(call.answer.body)
    header = found and re.search(rb"<header[^>]*>(.*?)</header>", found[0])
    if header is None:
        return call.answer
    older = re.sub(rb"(<datestamp>)\d{4}", rb"\g<1>1999", header[1])
    added = b'<record><header status="deleted">%b</header></record>' % older
    return edit(rb"(?=<resumptionToken|</ListRecords>)", added, count=1)(call)


def parts_missing(call: Call) -> Answer:
    """Take the header from the first record, and identifier, datestamp and metadata from the next three."""
    parts = iter((b"header", b"identifier", b"datestamp", b"metadata"))

    def less(found: re.Match[bytes]) -> bytes:
        part = next(parts, None)
        return (
            found[0]
            if part is None
            else re.sub(rb"<%b\b.*?</%b>" % (part, part), b"", found[0], flags=re.DOTALL)
        )

    return edit(_RECORD.pattern, less)(call)


def prefixed(call: Call) -> Answer:
    """Write the protocol's own elements with a prefix, which is as good XML as any."""
    told = edit(rb"<(/?)([A-Za-z][\w-]*)(?=[\s/>])", rb"<\1oai:\2")(call)
    return told._replace(body=told.body.replace(b"xmlns=", b"xmlns:oai=", 1))


def no_blanks(call: Call) -> Answer:
    """Refuse arguments without a value."""
    return error(call, "badArgument") if "" in call.params.values() else call.answer


def moved(status: int) -> Fault:
    """Send everyone on to another path, where the provider is."""

    def answered(call: Call) -> Answer:
        if call.path.startswith("/moved"):
            return call.ask(call.path.removeprefix("/moved"), call.query, call.headers)
        target = f"/moved{call.path}?{call.query}"
        return Answer(status, {"Location": target, "Content-Type": "text/html"}, b"Moved")

    return answered


def blocked(call: Call) -> Answer:
    """Refuse agents by their names, as nginx does for DOAJ and for others."""
    agent = call.headers.get("user-agent", "").lower()
    unwanted = ("bot", "spider", "python-httpx", "python-requests", "curl", "wget")
    return (
        page(403, "403 Forbidden")(call)
        if not agent or any(each in agent for each in unwanted)
        else call.answer
    )


def rudely(manner: str) -> Fault:
    """Do something to the connection: see `rude_server`."""
    return headed(**{RUDE: manner})


def bomb(call: Call) -> Answer:
    """Declare entities that grow to a gigabyte where the first title is read."""
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE OAI-PMH [<!ENTITY l0 "haha">{steps}]>'.encode()
    told = edit(rb"(?=<OAI-PMH)", doctype, count=1)(call)
    return into_text(b"&l8;")(call._replace(answer=told))


def giant(size: int) -> Fault:
    """Send so many bytes of blanks in a text, gzipped small."""

    def answered(call: Call) -> Answer:
        told = into_text(b" " * size)(call)
        return Answer(200, {**told.headers, "Content-Encoding": "gzip"}, gzip.compress(told.body, 1))

    return answered


def outside(call: Call) -> Answer:
    """Refer to a file of the reader's machine as an entity."""
    told = edit(rb"(?=<OAI-PMH)", b'<!DOCTYPE OAI-PMH [<!ENTITY f SYSTEM "file:///etc/hostname">]>', count=1)(
        call
    )
    return into_text(b"&f;")(call._replace(answer=told))


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
            "retry-after-date",
            "503 with a date",
            page(503, "503", Retry_After="Fri, 01 Jan 2027 00:00:00 GMT"),
        ),
        Row("retry-after-none", "503 without Retry-After", page(503, "503 Service Unavailable")),
    ),
    12: (Row("bad-gateway", "502 for a page", page(502, "502 Bad Gateway")),),
    13: (
        Row("empty-404", "404 for an empty list", error_status(404)),
        Row("empty-500", "500 for it", error_status(500)),
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
