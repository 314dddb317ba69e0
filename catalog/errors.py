"""Every error that a user, a file or a server can cause.

CatalogueError                 message, hint; exit code 1
├─ UsageFault                  a wrong option value or setting            2
├─ NotFound                    no such record                             1
├─ QueryError                  position: where the query went wrong       2
├─ QueryTooCostly              more than a stranger may ask for           2
├─ SourceError                 a file or server cannot be read            4
│  ├─ UnreadableFile           no such file, or not what any reader knows 2
│  ├─ IncompleteSource         ended before its end                       3
│  ├─ TransportFailed          url, status, later: no usable answer, retries used up 4
│  ├─ MalformedResponse        an answer that is not what the protocol says 4
│  └─ ProtocolError            code: the server refused the request       4
├─ RecordRejected              raised inside a crosswalk, caught in its registry
└─ StoreError                  the catalogue itself                       2
   ├─ SchemaTooNew             made by a newer peerlit
   └─ CatalogueBusy            another process is writing
"""

from typing import ClassVar


class CatalogueError(Exception):
    """Anything peerlit reports in one line; `hint` says what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageFault(CatalogueError):
    """A value given by the user cannot be used."""

    exit_code = 2


class NotFound(CatalogueError):
    """There is no such record."""


class QueryError(CatalogueError):
    """A query cannot be run as written; `position` counts characters of `text` from 0."""

    exit_code = 2

    def __init__(self, message: str, *, text: str, position: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.text = text
        self.position = position


class QueryTooCostly(CatalogueError):
    """A query would take more words, memory or time than a server grants to one request."""

    exit_code = 2


class SourceError(CatalogueError):
    """A source of records failed."""

    exit_code = 4


class UnreadableFile(SourceError):
    """A file is missing, unreadable or of no known format."""

    exit_code = 2


class IncompleteSource(SourceError):
    """A source ended before its end: what came before is kept."""

    exit_code = 3


class TransportFailed(SourceError):
    """A server gave no usable answer, however often it was asked.

    `url` is without secrets; `status` the last HTTP status, None where no answer came at all. `later`: it
    says itself from when on it may be asked again, which is too long to wait; `hint` tells when.
    """

    def __init__(
        self,
        message: str,
        *,
        url: str,
        status: int | None = None,
        hint: str | None = None,
        later: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.url = url
        self.status = status
        self.later = later


class MalformedResponse(SourceError):
    """An answer is not what the protocol says; it may be another time it is asked for."""


class ProtocolError(SourceError):
    """A server answered that it will not do what was asked.

    `code` is the protocol's: `badResumptionToken` of OAI-PMH, `info:srw/diagnostic/1/10` of SRU.
    """

    def __init__(self, message: str, *, code: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.code = code


class RecordRejected(CatalogueError):
    """A raw record cannot be read; becomes a Rejection, never reaches the user as an exception."""


class StoreError(CatalogueError):
    """The catalogue cannot be opened or written."""

    exit_code = 2


class SchemaTooNew(StoreError):
    """The catalogue was made by a newer peerlit."""


class CatalogueBusy(StoreError):
    """Another process is writing to the catalogue."""
