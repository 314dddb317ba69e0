"""The requests of OAI-PMH 2.0, each made at the address where the server was last found."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from catalog.errors import TransportFailed
from harvester.http.response import Response
from harvester.oai.answer import Answer, read_answer
from harvester.oai.identity import Format, Identity, formats, identify

if TYPE_CHECKING:
    from harvester.http import Client

T = TypeVar("T")

_FEW = 2  # tries
_GONE = frozenset((404, 410))
_OURS = frozenset(("verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"))


class Asker:
    """Asks one server. `url` follows permanent redirects; `prefix` is what records are asked in.

    Every method raises TransportFailed, MalformedResponse, ProtocolError.
    """

    def __init__(self, client: "Client", url: str) -> None:
        self.url = self._home = url
        self.prefix: str | None = None
        self._client = client
        self._kept: tuple[Mapping[str, str], Answer] | None = None

    def identity(self) -> Identity:
        """Ask who it is."""
        return self._ask({"verb": "Identify"}, identify)

    def formats(self) -> tuple[Format, ...]:
        """Ask what metadata formats it has."""
        return self._ask({"verb": "ListMetadataFormats"}, formats)

    def page(self, verb: str, params: Mapping[str, str], *, frail: bool = False) -> Answer:
        """Ask for a page of ListRecords or ListIdentifiers, or for the one of GetRecord.

        `frail`: it is likely to fail, and there is a way round: it is tried less often.
        """
        if self._kept is not None and self._kept[0] == {"verb": verb, **params}:
            answer, self._kept = self._kept[1], None
            return answer
        return self._ask(
            {"verb": verb, **params},
            lambda response: read_answer(response, verb=verb, prefix=self.prefix),
            tries=_FEW if frail else None,
        )

    def keep(self, verb: str, params: Mapping[str, str], answer: Answer) -> None:
        """Keep an answer for the next time it is asked for."""
        self._kept = {"verb": verb, **params}, answer

    def _ask(
        self, params: Mapping[str, str], read: Callable[[Response], T], *, tries: int | None = None
    ) -> T:
        def understood(response: Response) -> T:
            answer = read(response)
            if response.permanent_redirect_to:
                self.url = _without_ours(response.permanent_redirect_to)
            return answer

        given = {name: value for name, value in params.items() if value}
        try:
            return self._client.get(self.url, given, read=understood, tries=tries)
        except TransportFailed as error:
            if self.url == self._home or error.status not in _GONE:
                raise
        self.url = self._home  # it was not all that had moved
        return self._client.get(self.url, given, read=understood, tries=tries)


def _without_ours(url: str) -> str:
    """Leave out what we asked, so that the next request can be put to that address."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if name not in _OURS]
    return urlunsplit(parts._replace(query=parts.query if len(kept) == len(query) else urlencode(kept)))
