"""What a repository says of itself: Identify, ListMetadataFormats, ListSets."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from lxml import etree

from catalog.errors import ProtocolError
from catalog.record import Remark
from harvester.http.response import Response
from harvester.oai.answer import Token, read_token
from harvester.oai.envelope import open_envelope
from harvester.oai.tree import child, children, read_tree, text_of

DAY, SECOND = "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"
"""The two granularities of OAI-PMH."""

_MARC_NAMESPACE = "http://www.loc.gov/marc21/slim"
_MARC_PREFIX = re.compile(r"(?:oai_?)?marc_?(?:21|xml)(?:_?(?:xml|slim))?", re.IGNORECASE)
_DC_NAMESPACE = "http://www.openarchives.org/oai/2.0/oai_dc"
_EARLIEST_YEAR = 1900  # .NET's 0001-01-01 and the like say nothing
_SECONDS = re.compile(r"ss|second", re.IGNORECASE)


class Identity(NamedTuple):
    """A repository; `earliest` is in the form of its granularity, None where what it says is of no use."""

    name: str
    base_url: str
    granularity: str
    earliest: str | None
    deleted_record: str
    protocol: str
    description: str  # the software, where it says so
    remarks: tuple[Remark, ...] = ()


class Format(NamedTuple):
    """A metadata format that is offered."""

    prefix: str
    schema: str = ""
    namespace: str = ""


class SetInfo(NamedTuple):
    """A set; where it has no name, the setSpec is its name."""

    spec: str
    name: str


def identify(response: Response) -> Identity:
    """Read an answer to Identify; raises MalformedResponse, ProtocolError.

    Granularities come in odd cases and with fractions (Dataverse #11020, pyoai #29); all that have seconds
    are seconds, all others are days, which every repository must support (OAI-PMH 2.0 §3.3.1).
    """
    envelope = open_envelope(response, verb="Identify")
    root = read_tree(envelope, response)
    told = child(root, "Identify")
    granularity = SECOND if _SECONDS.search(text_of(child(told, "granularity")) or "") else DAY
    return Identity(
        name=text_of(child(told, "repositoryName")) or "",
        base_url=text_of(child(told, "baseURL")) or "",
        granularity=granularity,
        earliest=_earliest(
            text_of(child(told, "earliestDatestamp")) or "", granularity, text_of(child(root, "responseDate"))
        ),
        deleted_record=(text_of(child(told, "deletedRecord")) or "no").lower(),
        protocol=text_of(child(told, "protocolVersion")) or "",
        description=_software(told),
        remarks=tuple(envelope.remarks),
    )


def _earliest(text: str, granularity: str, now: str | None) -> str | None:
    """Return a date in the repository's granularity; None when it is none, or later than now."""
    moment = _moment(text) or _moment(text[:10])
    today = _moment(now or "")
    if moment is None or moment.year < _EARLIEST_YEAR or (today and moment > today):
        return None
    return f"{moment:%Y-%m-%d}" if granularity == DAY else f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return None


def _software(told: etree._Element | None) -> str:
    """Return name and version from a description by the toolkit schema, which most software fills in.

    http://oai.dlib.vt.edu/OAI/metadata/toolkit.xsd
    """
    for description in children(told, "description"):
        toolkit = child(description, "toolkit")
        named = " ".join(filter(None, (text_of(child(toolkit, name)) for name in ("title", "version"))))
        if named:
            return named
    return ""


def formats(response: Response) -> tuple[Format, ...]:
    """Read an answer to ListMetadataFormats; raises MalformedResponse, ProtocolError."""
    root = read_tree(open_envelope(response, verb="ListMetadataFormats"), response)
    found = []
    for element in children(child(root, "ListMetadataFormats"), "metadataFormat"):
        if prefix := text_of(child(element, "metadataPrefix")):
            schema, namespace = (
                text_of(child(element, name)) or "" for name in ("schema", "metadataNamespace")
            )
            found.append(Format(prefix, schema, namespace))
    return tuple(found)


def choose_prefix(offered: Iterable[Format]) -> str:
    """Return the prefix of the format that tells most: MARC 21, DOAJ's, else Dublin Core.

    DOAJ's is for articles alone, and a server that has MARC, too, may have books. MARC is known by its
    namespace, since prefixes differ; where a server leaves that out or wrong, by a prefix or schema that can
    mean nothing else. Raises ProtocolError when none can be read here.
    """
    offered = tuple(offered)
    ranks = (
        lambda form: _plain(form.namespace) == _MARC_NAMESPACE,
        lambda form: (
            bool(_MARC_PREFIX.fullmatch(form.prefix)) or form.schema.lower().endswith("marc21slim.xsd")
        ),
        lambda form: form.prefix == "oai_doaj",
        lambda form: form.prefix == "oai_dc",
        lambda form: _plain(form.namespace) == _DC_NAMESPACE,
    )
    for fits in ranks:
        for form in offered:
            if fits(form):
                return form.prefix
    names = ", ".join(form.prefix for form in offered) or "none at all"
    raise ProtocolError(
        f"the server offers no metadata format that can be read here: {names}",
        code="cannotDisseminateFormat",
        hint="oai_doaj, MARC 21 (marcxml) and oai_dc can; name a prefix if one of these is such a format",
    )


def _plain(namespace: str) -> str:
    return namespace.lower().rstrip("/").replace("https://", "http://")


def sets(response: Response) -> tuple[tuple[SetInfo, ...], Token | None]:
    """Read an answer to ListSets; a repository without sets has none.

    Raises MalformedResponse, ProtocolError.
    """
    envelope = open_envelope(response, verb="ListSets")
    if envelope.errors:
        return (), None
    root = read_tree(envelope, response)
    elements = children(child(root, "ListSets"), "set")
    named = [(text_of(child(element, "setSpec")), text_of(child(element, "setName"))) for element in elements]
    return tuple(SetInfo(spec, name or spec) for spec, name in named if spec), read_token(envelope.document)
