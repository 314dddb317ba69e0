"""The OAI-PMH verbs as DOAJ's feed of articles understands them, oddities and all.

Source: portality/view/oaipmh.py of https://github.com/DOAJ/doaj. Errors have the status 200; arguments that
nobody asked for, and repeated ones, pass unnoticed; without a key nothing of the last 30 days is listed.
"""

import base64
import binascii
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from cli.loopback import token
from cli.loopback.article_xml import FORMATS, quoted, set_spec, text
from cli.loopback.shelf import Shelf
from cli.loopback.token import Place

_SECONDS = "%Y-%m-%dT%H:%M:%SZ"
_OPENING = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="'
    'http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
)
_ERRORS = {
    "badArgument": "The request includes illegal arguments, is missing required arguments, includes a"
    " repeated argument, or values for arguments have an illegal syntax.",
    "badResumptionToken": "The value of the resumptionToken argument is invalid or expired.",
    "badVerb": "Value of the verb argument is not a legal OAI-PMH verb, the verb argument is missing, or the"
    " verb argument is repeated.",
    "cannotDisseminateFormat": "The metadata format identified by the value given for the metadataPrefix"
    " argument is not supported by the item or by the repository.",
    "idDoesNotExist": "The value of the identifier argument is unknown or illegal in this repository.",
    "noRecordsMatch": "The combination of the values of the from, until, set and metadataPrefix arguments"
    " results in an empty list.",
}
_DESCRIBED = {
    "oai_dc": (
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
    ),
    # Announced with https, sent with http: the namespace of the records is not the announced one.
    "oai_doaj": (
        "https://doaj.org/static/doaj/doajArticles.xsd",
        "https://doaj.org/features/oai_doaj/1.0/",
    ),
}


class _Refused(Exception):
    """An OAI-PMH error; its argument is the code."""


class Feed:
    """Answer OAI-PMH requests from a shelf.

    `now` gives the time in UTC. Without one of `keys`, nothing that was updated within `delay` is listed;
    None lists everything.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        now: Callable[[], datetime],
        size: int,
        delay: timedelta | None,
        keys: Collection[str],
    ) -> None:
        self._shelf, self._now, self._size, self._delay, self._keys = shelf, now, size, delay, keys

    def answer(self, params: Mapping[str, str], base_url: str) -> bytes:
        """Return the XML for the arguments of a request, the first where one is repeated."""
        verbs: Mapping[str, Callable[[Mapping[str, str], str], tuple[str, bytes]]] = {
            "identify": self._identify,
            "listmetadataformats": self._formats,
            "listsets": self._sets,
            "getrecord": self._record,
            "listrecords": self._records,
            "listidentifiers": self._identifiers,
        }
        try:
            attributes, content = verbs.get(params.get("verb", "").lower(), _unknown)(params, base_url)
        except _Refused as refused:
            code = str(refused)
            attributes, content = "", f'<error code="{code}">{_ERRORS[code]}</error>'.encode()
        stamp = self._now().strftime(_SECONDS)
        opening = (
            f"{_OPENING}<responseDate>{stamp}</responseDate><request{attributes}>{text(base_url)}</request>"
        )
        return opening.encode() + content + b"</OAI-PMH>"

    def _identify(self, _: Mapping[str, str], base_url: str) -> tuple[str, bytes]:
        content = (
            "<Identify><repositoryName>Directory of Open Access Journals</repositoryName>"
            f"<baseURL>{text(base_url)}</baseURL><protocolVersion>2.0</protocolVersion>"
            "<adminEmail>helpdesk+oai@doaj.org</adminEmail>"
            f"<earliestDatestamp>{self._shelf.earliest()}</earliestDatestamp>"
            "<deletedRecord>transient</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
        )
        return _attributes(verb="Identify"), content.encode()

    def _formats(self, params: Mapping[str, str], _: str) -> tuple[str, bytes]:
        identifier = params.get("identifier")
        if identifier is not None and self._shelf.get(_internal(identifier)) is None:
            raise _Refused("idDoesNotExist")
        content = "".join(
            f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>{schema}</schema>"
            f"<metadataNamespace>{namespace}</metadataNamespace></metadataFormat>"
            for prefix, (schema, namespace) in _DESCRIBED.items()
        )
        told = _attributes(verb="ListMetadataFormats", identifier=identifier and _echoed(identifier))
        return told, f"<ListMetadataFormats>{content}</ListMetadataFormats>".encode()

    def _sets(self, params: Mapping[str, str], _: str) -> tuple[str, bytes]:
        if "resumptionToken" in params:
            raise _Refused("badResumptionToken")
        content = "".join(
            f"<set><setSpec>{set_spec(name)}</setSpec><setName>{text(name)}</setName></set>"
            for name in self._shelf.set_names()
        )
        return _attributes(verb="ListSets"), f"<ListSets>{content}</ListSets>".encode()

    def _record(self, params: Mapping[str, str], _: str) -> tuple[str, bytes]:
        identifier, prefix = params.get("identifier"), params.get("metadataPrefix")
        if identifier is None or prefix is None:
            raise _Refused("badArgument")
        if prefix not in FORMATS:
            raise _Refused("cannotDisseminateFormat")
        item = self._shelf.get(_internal(identifier))
        if item is None:
            raise _Refused("idDoesNotExist")
        told = _attributes(verb="GetRecord", identifier=_echoed(identifier), metadataPrefix=prefix)
        return told, b"<GetRecord>" + item.record(prefix) + b"</GetRecord>"

    def _records(self, params: Mapping[str, str], _: str) -> tuple[str, bytes]:
        return self._list("ListRecords", self._place(params), capped=self._capped(params))

    def _identifiers(self, params: Mapping[str, str], _: str) -> tuple[str, bytes]:
        """List headers; only those with a key come to the second page.

        The date that is put in for everyone else counts as an argument beside the token, which is refused.
        Repaired for ListRecords alone: https://github.com/DOAJ/doaj commit d155dc807.
        """
        others = {"metadataPrefix", "from", "until", "set"} & params.keys()
        if "resumptionToken" in params and (others or self._capped(params)):
            raise _Refused("badArgument")
        return self._list("ListIdentifiers", self._place(params), capped=self._capped(params))

    def _place(self, params: Mapping[str, str]) -> Place:
        if "resumptionToken" not in params:
            return Place(
                params.get("metadataPrefix"), params.get("from"), params.get("until"), params.get("set")
            )
        place = token.read(params["resumptionToken"])
        if place is None:
            raise _Refused("badResumptionToken")
        return place

    def _list(self, verb: str, place: Place, *, capped: bool) -> tuple[str, bytes]:
        if capped:
            place = place._replace(until=self._cap(place.until))
        if place.prefix is None or not _legal(place.since) or not _legal(place.until):
            raise _Refused("badArgument")
        name = None if place.spec is None else _decoded(place.spec)
        if place.prefix not in FORMATS:
            raise _Refused("cannotDisseminateFormat")
        until = place.stamp or place.until
        total, page = self._shelf.window(place.since, until, name, skip=place.skip, size=self._size)
        if not page:
            raise _Refused("noRecordsMatch")
        # Every page is a new search: what was served before the stamp is added again.
        total += place.served - place.skip
        following = token.after(page, place)
        told = _attributes(
            verb=verb, **{"from": place.since}, until=place.until, set=place.spec, metadataPrefix=place.prefix
        )
        listed = [i.record(place.prefix) if verb == "ListRecords" else i.header(place.prefix) for i in page]
        end = b"" if len(page) == total else self._resumption(following, total)
        return told, b"<%b>%b%b</%b>" % (verb.encode(), b"".join(listed), end, verb.encode())

    def _resumption(self, following: Place, total: int) -> bytes:
        value = "" if following.served == total else token.write(following)
        expires = (self._now() + timedelta(days=1)).strftime(_SECONDS)
        return (
            f'<resumptionToken completeListSize="{total}" cursor="{following.served}"'
            f' expirationDate="{expires}">{value}</resumptionToken>'
        ).encode()

    def _capped(self, params: Mapping[str, str]) -> bool:
        return self._delay is not None and params.get("api_key") not in self._keys

    def _cap(self, until: str | None) -> str:
        assert self._delay is not None
        latest = (self._now() - self._delay).strftime(_SECONDS)
        # What cannot be read is replaced, not refused: `_premium_until_date`.
        return until if until is not None and _legal(until) and _second(until) <= latest else latest


def _unknown(_: Mapping[str, str], __: str) -> tuple[str, bytes]:
    raise _Refused("badVerb")


def _attributes(**given: str | None) -> str:
    return "".join(f' {name}="{quoted(value)}"' for name, value in given.items() if value is not None)


def _second(date: str) -> str:
    return date if "T" in date else f"{date}T00:00:00Z"


def _legal(date: str | None) -> bool:
    try:
        return date is None or bool(datetime.strptime(_second(date), _SECONDS))  # noqa: DTZ007 - only looked at
    except ValueError:
        return False


def _internal(identifier: str) -> str:
    return identifier.rpartition(":")[2]


def _echoed(identifier: str) -> str:
    # DOAJ puts the names of both of its indexes here: https://github.com/DOAJ/doaj portality/models/oaipmh.py
    return f"oai:doaj.org/article,article_tombstone:{_internal(identifier)}"


def _decoded(spec: str) -> str:
    try:
        return base64.urlsafe_b64decode(spec.replace("~", "=")).decode()
    except (binascii.Error, ValueError):
        raise _Refused("badArgument") from None
