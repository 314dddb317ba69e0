"""From a request to its answer: the six verbs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from catalog.export.schemas import OAI_FORMATS, RecordSchema
from catalog.store import Listed
from web.oai import answers, tokens
from web.oai.arguments import Asked, Refusal, moment, read_request
from web.oai.repository import SETTLING, Repository
from web.oai.tokens import Place

PAGE: Final = 200
"""Records on a page; larger ones are hardly faster, and take their time to be sent again."""

_SETS: Final = 1_000


def respond(pairs: Sequence[tuple[str, str]], repository: Repository) -> bytes:
    """Answer a request, given as the names and values of its arguments: a whole XML document."""
    echo: Mapping[str, str] = {}
    spec = None
    try:
        asked = read_request(pairs)
        echo = asked.echo()
        place = _place(asked, repository)
        spec = place.spec
        content = _ANSWERS[asked.verb](asked, place, repository)
    except Refusal as refusal:
        if refusal.errors[0][0] == "badArgument":
            echo = {}
        content = answers.errors(refusal.errors)
    return answers.document(repository.response_date(spec), repository.identity.base_url, echo, content)


def patience(pairs: Sequence[tuple[str, str]], now: datetime) -> float:
    """Return how many seconds to wait before a request is answered.

    Up to a second that is not over, or has not settled, no list is complete; one up to a time that lies in
    the future is not expected to be.
    """
    try:
        until = read_request(pairs).arguments.get("until")
    except Refusal:
        return 0
    if until is None:
        return 0
    asked = datetime.fromisoformat(moment(until, end=True))
    behind = (now.astimezone(UTC) - asked).total_seconds()
    return max(0.0, SETTLING + 1 - behind) if behind >= 0 else 0


def _identify(_asked: Asked, _place: Place, repository: Repository) -> str:
    return answers.identify(repository.identity, repository.earliest(), repository.any_key())


def _list_metadata_formats(asked: Asked, _place: Place, repository: Repository) -> str:
    if "identifier" not in asked.arguments:
        return answers.formats(OAI_FORMATS)
    listed = _item(asked, repository)
    fitting = {prefix: schema for prefix, schema in OAI_FORMATS.items() if repository.told(listed, schema)}
    if not fitting:
        raise Refusal(("noMetadataFormats", "there is no format for this record"))
    return answers.formats(fitting)


def _list_sets(_asked: Asked, place: Place, repository: Repository) -> str:
    every = repository.sets.every()
    after, found = place.after, every[place.after : place.after + _SETS]
    if not found:
        raise Refusal(("badResumptionToken", "there are no more sets"))
    if len(every) <= _SETS:
        return answers.sets(found, "")
    end = after + len(found)
    more = tokens.written(replace(place, after=end), repository.key_at) if end < len(every) else ""
    return answers.sets(found, answers.token(more, cursor=after, size=len(every)))


def _get_record(asked: Asked, _place: Place, repository: Repository) -> str:
    schema = _schema(asked.arguments["metadataPrefix"])
    told = repository.told(_item(asked, repository), schema)
    if told is None:
        raise Refusal(("cannotDisseminateFormat", "this record has no form in this format"))
    return answers.record(asked.verb, [told], schema, repository.identity)


def _list(asked: Asked, place: Place, repository: Repository) -> str:
    schema = _schema(place.prefix)
    page = repository.page(place, asked.arguments.get("from"), schema, PAGE)
    if not page.records:
        raise Refusal(("noRecordsMatch", "there are no such records"))
    ending = ""
    if page.more or place.after:
        after = page.records[-1].stored.revision
        following = replace(page.place, after=after, cursor=page.place.cursor + len(page.records))
        more = tokens.written(following, repository.key_at) if page.more else ""
        ending = answers.token(more, cursor=page.place.cursor, size=page.place.size)
    if asked.verb == "ListRecords":
        return answers.record(asked.verb, page.records, schema, repository.identity, ending)
    return answers.headers(asked.verb, page.records, repository.identity, ending)


_ANSWERS: Final[Mapping[str, Callable[[Asked, Place, Repository], str]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}


def _schema(prefix: str) -> RecordSchema:
    if prefix not in OAI_FORMATS:
        offered = ", ".join(OAI_FORMATS)
        raise Refusal(("cannotDisseminateFormat", f"there is no format {prefix!r}: there are {offered}"))
    return OAI_FORMATS[prefix]


def _item(asked: Asked, repository: Repository) -> Listed:
    identifier = asked.arguments["identifier"]
    listed = repository.item(repository.identity.key(identifier))
    if listed is None:
        raise Refusal(("idDoesNotExist", f"there is no record {identifier!r}"))
    return listed


def _place(asked: Asked, repository: Repository) -> Place:
    """Return where in which list to go on; a list that begins has its place, too."""
    arguments = asked.arguments
    if "resumptionToken" not in arguments:
        prefix, until, spec = (arguments.get(name) for name in ("metadataPrefix", "until", "set"))
        return Place(verb=asked.verb, prefix=prefix or "", until=until, spec=spec)
    place = tokens.read(arguments["resumptionToken"], repository.key_at)
    if place is None or place.verb != asked.verb or (place.prefix and place.prefix not in OAI_FORMATS):
        raise Refusal(("badResumptionToken", "this is no resumptionToken for this request"))
    return place
