"""What can be wrong with an answer: each fault a function of the call, named for what it does."""

import gzip
import re
from collections.abc import Callable

from cli.loopback.answer import Answer
from tests.provider.faulty import RUDE, Call, Fault, edit, error, headed

_TEXT = rb"(<(?:\w+:)?(?:title|subfield)\b[^>/]*>)"
_TOKEN = re.compile(rb"(<resumptionToken[^>]*>)([^<]*)(</resumptionToken>)")
_RECORD = re.compile(rb"<record>.*?</record>", re.DOTALL)
_NGINX = b"<html>\r\n<head><title>%s</title></head>\r\n<body><center><h1>%s</h1></center></body>\r\n</html>"
_NEVER = "kept-by-nobody"


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


def emptied(call: Call) -> Answer:
    """End the list here: an empty token, though the size it tells is larger."""
    return with_token(call, lambda _: b"")


def lost_later(call: Call) -> Answer:
    return without_token(call) if "resumptionToken" in call.params else call.answer


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
    return lambda call: call.answer._replace(headers={**call.answer.headers, RUDE: manner})


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
