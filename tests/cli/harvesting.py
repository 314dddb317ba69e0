"""What a `peerlit harvest` in a process of its own is given: a slow server, a dump, and their commands."""

import json
import tarfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from cli.loopback.answer import Answer, Respond
from cli.loopback.provider import Provider
from cli.loopback.server import serve
from tests.provider.articles import articles

CLASS = "Public aspects of medicine"
TOPIC = "recovery"


@dataclass
class Slow:
    """Answer after a while, and count what was asked."""

    inner: Respond
    delay: float
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = Lock()

    def respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        with self._lock:
            self.asked.append(f"{path}?{query}")
            answer = self.inner(path, query, headers)
        time.sleep(self.delay)
        return answer


class Served(NamedTuple):
    base: str
    server: Slow

    @property
    def by_class(self) -> Sequence[str]:
        return ("harvest", "doaj", "--subject", CLASS, "--base-url", self.base, "--no-index")

    @property
    def by_topic(self) -> Sequence[str]:
        return ("harvest", "doaj", TOPIC, "--base-url", self.base, "--no-index")


@contextmanager
def served(count: int, *, delay: float) -> Iterator[Served]:
    """Serve so many articles of one class, a hundred a page; none is kept back."""
    server = Slow(Provider(articles(count, classes=1), page_size=100, delay=None).respond, delay)
    with serve(server.respond) as base:
        yield Served(base, server)


def write_dump(path: Path, count: int) -> Sequence[str]:
    """Write a dump as DOAJ packs it; return the command that reads it."""
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        found = articles(count)
        for number, start in enumerate(range(0, count, 5000), 1):
            batch = json.dumps(found[start : start + 5000]).encode()
            member = tarfile.TarInfo(f"doaj_article_data_2026-01-01/article_batch_{number}.json")
            member.size = len(batch)
            archive.addfile(member, BytesIO(batch))
    return ("harvest", "doaj", "--dump", str(path), "--no-index")
