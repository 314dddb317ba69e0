"""What a harvesting command asks for: a kind of source, where it is, the request, and why that way."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from catalog.errors import UsageFault
from catalog.store import source_name


class Asked(NamedTuple):
    """Enough to make a source, now and at every update (harvester.sources)."""

    kind: str
    name: str
    location: str
    request: Mapping[str, str]
    why: str = ""

    def between(self, since: str | None, until: str | None) -> "Asked":
        """Return the same within dates: a harvest of its own, with a watermark of its own."""
        dates = {"from": since or "", "until": until or ""}
        return self._replace(request={**self.request, **dates})

    def stated(self) -> Mapping[str, str]:
        """Return what of the request says anything: that is what a harvest is known by."""
        return {key: value for key, value in self.request.items() if value}


_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")


def checked_date(option: str, value: str | None) -> str | None:
    """Return a date of OAI-PMH (section 3.3). Raises UsageFault for any other."""
    if value is None:
        return None
    try:
        if _DATE.fullmatch(value) and datetime.fromisoformat(value):
            return value
    except ValueError:
        pass
    raise UsageFault(f"{option}: {value!r} is no date", hint="2026-01-31, or 2026-01-31T12:00:00Z")


def name_of(url: str) -> str:
    """Return what a source is called unless its user says otherwise: its host.

    Raises UsageFault for an address with a login in it: addresses are kept and shown.
    """
    try:
        parts = urlsplit(url)
        host, login = parts.hostname, parts.username or parts.password
    except ValueError:
        host = login = None
    if login:
        raise UsageFault("an address with a login in it would be kept in the catalogue", hint="leave it out")
    return source_name(host or url)


def ask_oai(url: str, *, sets: Sequence[str], prefix: str | None) -> Asked:
    """Ask an OAI-PMH server for some sets, or all. Raises UsageFault for the address of a request to it.

    An empty set is refused, too: `--set "$UNSET"` must not come to mean all there is.
    """
    for each in sets:
        if not each or each.split() != [each]:
            raise UsageFault(
                f"--set: {each!r} is no setSpec", hint="one without blanks; repeat --set for several"
            )
    server, _, query = url.partition("?")
    if "verb" in parse_qs(query, keep_blank_values=True):
        raise UsageFault(
            "the address has a request in it", hint=f"{server}, with --set, --prefix, --from and --until"
        )
    return Asked("oai-pmh", name_of(url), url, {"sets": " ".join(sets), "prefix": prefix or ""})


def ask_sru(server: str, query: str, *, schema: str | None, version: str | None) -> Asked:
    """Ask an SRU server, one of the presets or any other."""
    from harvester.sru.presets import PRESETS

    preset = PRESETS.get(server.casefold())
    if preset is None and "/" not in server:
        raise UsageFault(f"there is no server {server!r}", hint=f"an address, or one of {', '.join(PRESETS)}")
    location = preset.url if preset else server
    request = {
        "query": query,
        "schema": schema or (preset.schema if preset else ""),
        "version": version or (preset.version if preset else ""),
    }
    return Asked("sru", server.casefold() if preset else name_of(server), location, request)


def ask_vufind(url: str, query: str | None, *, handler: str | None, ids: Sequence[str] | None) -> Asked:
    """Ask a VuFind: what a query finds, or records by their ids. Raises UsageFault unless one is given."""
    if (query is None) == (ids is None):
        raise UsageFault("a VuFind is asked by a QUERY or by --ids, one of them")
    if ids is not None:
        return Asked("vufind-export", name_of(url), url, {"ids": "\n".join(ids)})
    return Asked("vufind-api", name_of(url), url, {"query": query or "", "type": handler or ""})
