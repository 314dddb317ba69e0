"""Addresses: understood, compared, and shown without what is secret in them."""

import ipaddress
import re
from base64 import b64encode
from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

import httpx

from catalog.errors import UsageFault

_PORTS = {"http": 80, "https": 443}
_LONGEST = 20_000  # servers take 8,000 (RFC 9110 §4.1) and seldom more; httpx refuses 65,536, encoded
_LABEL = re.compile(r"[a-z0-9_-]{1,63}", re.IGNORECASE)
_LOGIN = re.compile(r"^([a-z]+://)?.*@", re.IGNORECASE | re.DOTALL)


class Address(NamedTuple):
    """What is asked: `url` without a login, which is in `authorization` as a header."""

    url: httpx.URL
    authorization: str | None


def address(text: str, params: Mapping[str, str] | None = None) -> Address:
    """Understand an address and add parameters, each percent-encoded once, empty ones left out.

    Raises UsageFault for what is no http or https address.
    """
    text = text.strip()
    if len(text) + sum(map(len, (params or {}).values())) > _LONGEST:
        raise UsageFault(
            "this is too long to be asked of a server", hint="ask for less at once, several times"
        )
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError):
        url = None
    if url is None or not fit(url):
        shown = _LOGIN.sub(r"\1", text)[:200]
        raise UsageFault(
            f"{shown!r} is not the address of a server", hint="give it whole, as in https://example.org/oai"
        )
    return Address(with_parameters(public(url), params or {}), _authorization(url.userinfo))


def fit(url: httpx.URL) -> bool:
    """Tell whether an address can be asked at all."""
    try:
        numeric = _ip(url.host) is not None
    except UnicodeError:  # "xn--" and no more: found out when it is read
        return False
    labels = url.raw_host.decode("ascii").removesuffix(".").split(".")
    named = numeric or all(_LABEL.fullmatch(label) for label in labels)
    return url.scheme in _PORTS and named and 0 < port(url) < 1 << 16


def public(url: httpx.URL, secret: Collection[str] = ()) -> httpx.URL:
    """Leave out a login, a fragment and the query parameters named in `secret`."""
    bare = url.copy_with(userinfo=b"", fragment=None)
    parts = bare.query.decode("ascii").split("&")
    kept = [part for part in parts if part and _name(part) not in secret]
    return bare if len(kept) == len(parts) else bare.copy_with(query="&".join(kept).encode() or None)


def joined(url: httpx.URL, location: str) -> httpx.URL | None:
    """Return where a redirect leads, None for what is no address."""
    try:
        return url.join(location)
    except (httpx.InvalidURL, UnicodeError):
        return None


def with_parameters(url: httpx.URL, params: Mapping[str, str]) -> httpx.URL:
    """Add query parameters, percent-encoded once; empty ones are left out."""
    added = urlencode({name: value for name, value in params.items() if value}, quote_via=quote, safe="")
    query = "&".join(part for part in (url.query.decode("ascii"), added) if part)
    return url.copy_with(query=query.encode("ascii") or None)


def where(url: httpx.URL) -> str:
    """Return an address for a message: without query and login."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def port(url: httpx.URL) -> int:
    """Return the port that is asked."""
    return url.port if url.port is not None else _PORTS.get(url.scheme, 0)


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Return who is asked: scheme, host and port (RFC 6454 §4)."""
    return url.scheme, url.host.lower(), port(url)


def loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    found = _ip(host)
    return found.is_loopback if found is not None else host.lower().rstrip(".") == "localhost"


def _name(part: str) -> str:
    return next((name for name, _ in parse_qsl(part, keep_blank_values=True)), "")


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _authorization(userinfo: bytes) -> str | None:
    if not userinfo:
        return None
    user, _, password = userinfo.partition(b":")
    login = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return "Basic " + b64encode(login).decode("ascii")
