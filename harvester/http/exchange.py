"""One request and its answer, in its turn and within bounds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import httpx

from catalog.errors import MalformedResponse, SourceError, TransportFailed, UsageFault
from harvester.http import body, faults
from harvester.http.address import Address, loopback, origin, where, with_parameters
from harvester.http.manners import Manners
from harvester.http.waiting import Gaps, retry_after

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORTH_TELLING = 5.0


@dataclass
class Traffic:
    """What has been asked so far; `bytes` as they came over the wire."""

    requests: int = 0
    retries: int = 0
    seconds_waited: float = 0.0
    bytes: int = 0


@dataclass
class Call:
    """What is asked for, over all tries, and how the last of them went."""

    asked: Address
    accept: str
    deadline: float
    uncompressed: bool = False
    slowed: bool = False
    status: int | None = None
    retry_after: float | None = None


class Answer(NamedTuple):
    """What came; `location` when it is to be looked for elsewhere."""

    status: int
    headers: httpx.Headers
    body: bytes
    location: str | None


class Again(Exception):
    """A try failed in a way that another may not."""

    def __init__(self, error: SourceError) -> None:
        super().__init__()
        self.error = error


@dataclass
class World:
    """Time and chance, and who is told of a long wait: seconds, why."""

    clock: Callable[[], float]
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    random: Callable[[], float]
    on_wait: Callable[[float, str], None]


class Exchange:
    """Makes requests one after the other; remembers what each host wants."""

    def __init__(
        self, manners: Manners, secrets: Mapping[str, str], world: World, transport: httpx.BaseTransport
    ) -> None:
        self.traffic = Traffic()
        self.secrets = {name: value for name, value in secrets.items() if value}
        self._manners, self._world, self._transport = manners, world, transport
        self._timeout = httpx.Timeout(manners.timeout, connect=manners.connect).as_dict()
        self._gaps = Gaps(manners.gap)
        self._confidant: tuple[str, str, int] | None = None
        self._met: set[str] = set()
        self._uncompressed: set[str] = set()

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    def gap(self, host: str) -> float:
        """Return the seconds between two requests to a host, as they stand."""
        return self._gaps.of(host, loopback=loopback(host))

    def left(self, host: str) -> float:
        """Return the seconds until a host may be asked again."""
        return self._gaps.left(host, self._world.clock(), loopback=loopback(host))

    def pause(self, seconds: float, why: str) -> None:
        """Wait."""
        if seconds <= 0:
            return
        if seconds > _WORTH_TELLING:
            self._world.on_wait(seconds, why)
        self._world.sleep(seconds)
        self.traffic.seconds_waited += seconds

    def confide(self, url: httpx.URL) -> None:
        """Take the first server asked for the one the secrets are for."""
        if self._confidant is not None or not self.secrets:
            return
        if url.scheme != "https" and not loopback(url.host):
            raise UsageFault(
                f"a key is not sent to {where(url)} unencrypted", hint="is there an https address?"
            )
        self._confidant = origin(url)

    def request(self, call: Call, url: httpx.URL) -> Answer:
        """Ask once, when the host may be asked. Raises Again, TransportFailed, MalformedResponse."""
        self.pause(self.left(url.host), f"between two requests to {url.host}")
        self.traffic.requests += 1
        call.status = call.retry_after = None
        try:
            return self._exchange(call, url)
        except (httpx.RequestError, body.Spoilt) as error:
            failed, again = self._failed(call, url, error)
        finally:
            self._gaps.ended(url.host, self._world.clock())
        call.uncompressed = call.uncompressed or call.status is not None
        raise Again(failed) if again else failed

    def _exchange(self, call: Call, url: httpx.URL) -> Answer:
        response = self._transport.handle_request(self._request(call, url))
        try:
            self._met.add(url.host)
            self._heed(call, url.host, response)
            location = response.headers.get("location") if response.status_code in _REDIRECTS else None
            content = b"" if location else self._body(response)
            return Answer(response.status_code, response.headers, content, location)
        finally:
            response.close()

    def _request(self, call: Call, url: httpx.URL) -> httpx.Request:
        plain = call.uncompressed or url.host in self._uncompressed
        headers = {
            "User-Agent": self._manners.agent,
            "Accept": call.accept,
            "Accept-Encoding": "identity" if plain else "gzip, deflate",
        }
        if call.asked.authorization and origin(url) == origin(call.asked.url):
            headers["Authorization"] = call.asked.authorization
        if origin(url) == self._confidant:
            url = with_parameters(url, self.secrets)
        return httpx.Request("GET", url, headers=headers, extensions={"timeout": self._timeout})

    def _heed(self, call: Call, host: str, response: httpx.Response) -> None:
        """Note how the server wants to be treated; asked too often, it is asked less often from now on."""
        call.status = response.status_code
        call.retry_after = retry_after(response.headers.get("retry-after"), self._world.now())
        busy = call.status == 429 or (call.status == 503 and call.retry_after is not None)
        if busy and not call.slowed:  # once a call: its further tries back off by themselves
            call.slowed = True
            self._gaps.grow(host, loopback=loopback(host))

    def _body(self, response: httpx.Response) -> bytes:
        pieces = body.received(
            self._stream(response),
            expected=None if response.status_code in {204, 304} else _length(response.headers),
            timeout=self._manners.timeout,
            clock=self._world.clock,
        )
        encoding = response.headers.get("content-encoding", "")
        return body.gathered(body.decoded(pieces, encoding), self._manners.largest)

    def _stream(self, response: httpx.Response) -> Iterator[bytes]:
        # The stream itself: httpx would decompress a small bomb into memory before it can be weighed.
        assert isinstance(response.stream, httpx.SyncByteStream)
        for piece in response.stream:
            self.traffic.bytes += len(piece)
            yield piece

    def _failed(
        self, call: Call, url: httpx.URL, error: httpx.RequestError | body.Spoilt
    ) -> tuple[SourceError, bool]:
        match error:
            case body.TooLarge():
                message = f"{where(url)} sends more than {self._manners.largest:,} bytes at once"
                return MalformedResponse(message, hint="is it the right address? ask for less at once"), False
            case body.BrokenEncoding():
                self._uncompressed.add(url.host)
                return MalformedResponse(f"what {where(url)} sends {error}", hint=faults.LATER), True
            case body.BrokenOff():
                message = f"{where(url)} broke off its answer: {error}"
                return TransportFailed(message, url=str(url), status=call.status, hint=faults.LATER), True
            case httpx.RequestError():
                return faults.unreachable(error, url, call.status, met=url.host in self._met)
        raise AssertionError(error)


def _length(headers: httpx.Headers) -> int | None:
    length = headers.get("content-length", "")
    whole = length.isascii() and length.isdecimal() and "transfer-encoding" not in headers
    return int(length) if whole and len(length) < 20 else None
