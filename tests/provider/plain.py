"""A plain OAI-PMH provider: oldest first, tokens that are kept and expire, sets within sets, strict in all.

Source: https://www.openarchives.org/OAI/openarchivesprotocol.html, whose section each rule is from.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape, quoteattr

from cli.loopback.answer import Answer
from tests.provider.marc import SLIM, Book, dublin_core, marcxml

_DAY, _SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
_FORMATS: Mapping[str, tuple[str, str, Callable[[Book], str]]] = {
    "oai_dc": (
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
        dublin_core,
    ),
    "marc21": ("http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", SLIM, marcxml),
}
_LIST = {"from", "until", "set", "metadataPrefix", "resumptionToken"}
_ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, {"identifier", "metadataPrefix"}),
    "ListRecords": ({"metadataPrefix"}, _LIST),
    "ListIdentifiers": ({"metadataPrefix"}, _LIST),
}
"""By verb: what it must have and what it may have (section 4)."""


class Held(NamedTuple):
    """A record of the provider; `book` None is a deletion."""

    identifier: str
    changed: datetime
    book: Book | None
    sets: tuple[str, ...] = ()


class _Kept(NamedTuple):
    verb: str
    prefix: str
    records: Sequence[Held]
    at: int
    expires: datetime


class _Refused(Exception):
    """An error of the protocol: its code and words."""


def held(books: Iterable[Book], *, first: datetime, step: timedelta, sets: Sequence[str] = ()) -> list[Held]:
    """Return books as records, each so much later than the one before, in the sets by turns."""
    return [
        Held(f"oai:plain.example:{book.id}", first + n * step, book, (sets[n % len(sets)],) if sets else ())
        for n, book in enumerate(books)
    ]


class Plain:
    """Answer at `path`. `records` may be changed in place; a list under way goes on as it began."""

    def __init__(
        self,
        records: list[Held],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        granularity: Literal["day", "second"] = "second",
        page_size: int = 100,
        token_life: timedelta = timedelta(minutes=10),
        formats: Sequence[str] = ("oai_dc", "marc21"),
        path: str = "/oai",
    ) -> None:
        self.records, self._now, self._size, self._life = records, now, page_size, token_life
        self._form = _DAY if granularity == "day" else _SECOND
        self._formats = {prefix: _FORMATS[prefix] for prefix in formats}
        self._path = path
        self._kept: dict[str, _Kept] = {}

    def respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request."""
        if path != self._path:
            return Answer(404, {"Content-Type": "text/plain"}, b"Not here")
        pairs = parse_qsl(query, keep_blank_values=True)
        params, base = dict(pairs), f"http://{headers.get('host', '127.0.0.1')}{path}"
        told = params
        try:
            content = self._content(params, repeated=len(params) < len(pairs), base=base)
        except _Refused as refused:
            code, words = refused.args
            content = f"<error code={quoteattr(code)}>{escape(words)}</error>"
            told = {} if code in ("badVerb", "badArgument") else params  # section 3.2, request
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in told.items())
        body = (
            '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
            f"<responseDate>{self._now().strftime(_SECOND)}</responseDate>"
            f"<request{attributes}>{escape(base)}</request>{content}</OAI-PMH>"
        )
        return Answer(200, {"Content-Type": "text/xml;charset=UTF-8"}, body.encode())

    def _content(self, params: Mapping[str, str], *, repeated: bool, base: str) -> str:
        verb = params.get("verb", "")
        if verb not in _ARGUMENTS:
            raise _Refused("badVerb", f"{verb!r} is not a verb")
        needed, allowed = _ARGUMENTS[verb]
        given = params.keys() - {"verb"}
        exclusive = "resumptionToken" in given
        if repeated or given - allowed or (given != {"resumptionToken"} if exclusive else needed - given):
            raise _Refused("badArgument", "Arguments are missing, repeated, unknown or do not go together")
        if verb in ("ListRecords", "ListIdentifiers"):
            return self._page(
                self._resumed(verb, params["resumptionToken"]) if exclusive else self._begun(verb, params)
            )
        asked: Mapping[str, Callable[[Mapping[str, str], str], str]] = {
            "Identify": self._identify,
            "ListMetadataFormats": self._list_formats,
            "ListSets": self._list_sets,
            "GetRecord": self._get,
        }
        return asked[verb](params, base)

    def _identify(self, _: Mapping[str, str], base: str) -> str:
        earliest = min((record.changed for record in self.records), default=self._now())
        granularity = "YYYY-MM-DD" if self._form == _DAY else "YYYY-MM-DDThh:mm:ssZ"
        return (
            f"<Identify><repositoryName>A plain provider</repositoryName><baseURL>{escape(base)}</baseURL>"
            "<protocolVersion>2.0</protocolVersion><adminEmail>admin@plain.example</adminEmail>"
            f"<earliestDatestamp>{earliest.strftime(self._form)}</earliestDatestamp>"
            f"<deletedRecord>persistent</deletedRecord><granularity>{granularity}</granularity></Identify>"
        )

    def _list_formats(self, params: Mapping[str, str], _: str) -> str:
        if "identifier" in params:
            self._known(params["identifier"])
        rows = "".join(
            f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>{schema}</schema>"
            f"<metadataNamespace>{namespace}</metadataNamespace></metadataFormat>"
            for prefix, (schema, namespace, _) in self._formats.items()
        )
        return f"<ListMetadataFormats>{rows}</ListMetadataFormats>"

    def _list_sets(self, params: Mapping[str, str], _: str) -> str:
        if "resumptionToken" in params:
            raise _Refused("badResumptionToken", "The list of sets comes whole")
        above = {":".join(parts[: n + 1]) for parts in self._set_parts() for n in range(len(parts))}
        if not above:
            raise _Refused("noSetHierarchy", "There are no sets")
        rows = "".join(
            f"<set><setSpec>{spec}</setSpec><setName>Set {spec}</setName></set>" for spec in sorted(above)
        )
        return f"<ListSets>{rows}</ListSets>"

    def _set_parts(self) -> list[list[str]]:
        return [spec.split(":") for record in self.records for spec in record.sets]

    def _get(self, params: Mapping[str, str], _: str) -> str:
        record = self._known(params["identifier"])
        self._known_format(params["metadataPrefix"])
        return f"<GetRecord>{self._record(record, params['metadataPrefix'])}</GetRecord>"

    def _known(self, identifier: str) -> Held:
        found = next((record for record in self.records if record.identifier == identifier), None)
        if found is None:
            raise _Refused("idDoesNotExist", identifier)
        return found

    def _known_format(self, prefix: str) -> None:
        if prefix not in self._formats:
            raise _Refused("cannotDisseminateFormat", prefix)

    def _begun(self, verb: str, params: Mapping[str, str]) -> _Kept:
        self._known_format(params["metadataPrefix"])
        since, until = self._bound(params.get("from")), self._bound(params.get("until"))
        # Section 2.7.1: both of one granularity, and not the wrong way round.
        if since and until and (len(since) != len(until) or since > until):
            raise _Refused("badArgument", "from and until do not go together")
        wanted = params.get("set")
        if wanted is not None and not self._set_parts():
            raise _Refused("noSetHierarchy", "There are no sets")
        chosen = [
            record
            for record in sorted(self.records, key=lambda record: (record.changed, record.identifier))
            if _within(record.changed, since, until) and (wanted is None or _in_set(record, wanted))
        ]
        if not chosen:
            raise _Refused("noRecordsMatch", "Nothing")
        return _Kept(verb, params["metadataPrefix"], chosen, 0, self._now())

    def _bound(self, given: str | None) -> str | None:
        fits = re.compile(r"\d{4}-\d\d-\d\d" + ("" if self._form == _DAY else r"(T\d\d:\d\d:\d\dZ)?"))
        if given is not None and not fits.fullmatch(given):
            raise _Refused("badArgument", f"Not a date here: {given}")
        return given

    def _resumed(self, verb: str, token: str) -> _Kept:
        kept = self._kept.get(token)
        if kept is None or kept.verb != verb or kept.expires < self._now():
            raise _Refused("badResumptionToken", "Unknown or expired")
        return kept

    def _page(self, kept: _Kept) -> str:
        page = kept.records[kept.at : kept.at + self._size]
        write = self._record if kept.verb == "ListRecords" else self._header
        listed = "".join(write(record, kept.prefix) for record in page)
        return f"<{kept.verb}>{listed}{self._token(kept, kept.at + len(page))}</{kept.verb}>"

    def _token(self, kept: _Kept, after: int) -> str:
        total = len(kept.records)
        if total <= self._size:
            return ""
        counted = f'completeListSize="{total}" cursor="{kept.at}"'
        if after == total:
            return f"<resumptionToken {counted}/>"
        expires = self._now() + self._life
        value = f"{kept.verb}/{id(kept.records):x}/{after}"
        self._kept[value] = kept._replace(at=after, expires=expires)
        expiry = f'expirationDate="{expires.strftime(_SECOND)}"'
        return f"<resumptionToken {expiry} {counted}>{value}</resumptionToken>"

    def _header(self, record: Held, _: str) -> str:
        status = "" if record.book else ' status="deleted"'
        sets = "".join(f"<setSpec>{spec}</setSpec>" for spec in record.sets)
        stamp = record.changed.strftime(self._form)
        return (
            f"<header{status}><identifier>{escape(record.identifier)}</identifier>"
            f"<datestamp>{stamp}</datestamp>{sets}</header>"
        )

    def _record(self, record: Held, prefix: str) -> str:
        about = f"<metadata>{self._formats[prefix][2](record.book)}</metadata>" if record.book else ""
        return f"<record>{self._header(record, prefix)}{about}</record>"


def _within(changed: datetime, since: str | None, until: str | None) -> bool:
    second = changed.strftime(_SECOND)
    return (since is None or second[: len(since)] >= since) and (
        until is None or second[: len(until)] <= until
    )


def _in_set(record: Held, wanted: str) -> bool:
    """A record of a set is in every set above it, too (section 2.6)."""
    return any(f"{spec}:".startswith(f"{wanted}:") for spec in record.sets)
