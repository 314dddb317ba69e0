"""Fetching single records from a VuFind that exports MARC, as its users do with the export button."""

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from catalog.errors import MalformedResponse, ProtocolError, TransportFailed, UsageFault
from catalog.record import Place, RawRecord, Remark
from harvester.http import Client, Response
from harvester.protocol import Page, Plan
from harvester.vufind.full_record import faulty, raw_record

_NO_EXPORT = "the server shows a web page instead of exporting it"
_SEPARATED = (b"\x1e", b"#30;")
_ENDED = (b"\x1d", b"#29;")
_NOT_OURS = frozenset((401, 403, 429, 503))  # what is about us, not about one record
_GIVEN_UP = 3  # the first so many in vain: it is not the records


class ExportSource:
    """Records of a VuFind by their numbers: a Source.

    `style` is MARC or MARCXML, as the site offers. `request` is what is stored as the request, unless these.
    """

    kind = "vufind-export"

    def __init__(
        self,
        client: Client,
        base_url: str,
        *,
        ids: Sequence[str],
        style: str = "MARC",
        name: str = "vufind",
        request: Mapping[str, str] | None = None,
    ) -> None:
        self._ids = list(dict.fromkeys(one.strip() for one in ids if one.strip()))
        if not self._ids:
            raise UsageFault("no numbers of records to fetch", hint="give a file with one in each line")
        self.name, self.location = name, base_url
        self.request = request or {"ids": " ".join(self._ids), "style": style}
        self._client, self._style = client, style

    def plan(self, since: str | None, until: str | None) -> Plan:
        """Count the numbers given."""
        del since, until
        return Plan("VuFind's export, record by record", len(self._ids), len(self._ids))

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        """Yield each record as a page; one that does not come is a gap.

        Raises SourceError when the server cannot be asked, ProtocolError when it seems to export nothing.
        """
        del since, until
        at = json.loads(resume) if resume else {"next": 0, "had": 0}
        for number in range(at["next"], len(self._ids)):
            raw = self._fetch(self._ids[number], Place(ordinal=number + 1))
            had = at["had"] + (raw.fault is None)
            remarks = [] if raw.fault is None else [Remark("gap", f"{raw.identifier}: {raw.fault}", 1)]
            if not had and number + 1 >= min(_GIVEN_UP, len(self._ids)):
                raise ProtocolError(
                    f"{self.location}: the server exports none of the records: {raw.fault}",
                    code="Export",
                    hint="is MARC in its export menu? else try its API or its OAI-PMH, <address>/OAI/Server",
                )
            at = {"next": number + 1, "had": had}
            over = number + 1 == len(self._ids)
            yield Page([raw], None if over else json.dumps(at), len(self._ids), remarks=remarks)

    def _fetch(self, identifier: str, place: Place) -> RawRecord:
        url = f"{self.location.strip().rstrip('/')}/Record/{quote(identifier, safe='')}/Export"
        try:
            content = self._client.get(url, {"style": self._style}, read=_read)
        except MalformedResponse as error:
            return faulty(identifier, error.message, place=place)
        except TransportFailed as error:
            if error.status is None or error.status in _NOT_OURS:
                raise
            return faulty(identifier, f"the server answered {error.status}", place=place)
        return (
            raw_record(identifier, content, place) if content else faulty(identifier, _NO_EXPORT, place=place)
        )


def _read(response: Response) -> bytes:
    """Return a record as exported, nothing for a web page."""
    body = response.body
    if response.status >= 400:
        raise MalformedResponse(f"{response.url}: HTTP {response.status}")
    if b"<html" in body[:4096].lower():
        return b""
    cut_off = any(sign in body for sign in _SEPARATED) and not body.rstrip().endswith(_ENDED)
    if cut_off or not body.strip():
        raise MalformedResponse(f"{response.url}: the record is empty or breaks off")
    return body
