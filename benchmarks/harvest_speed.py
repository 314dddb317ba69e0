"""How fast a server's records are harvested, beside how fast other clients merely walk over them.

    python benchmarks/harvest_speed.py [--rounds 5] [--records 20000]
        [--peer sickle=PYTHON] [--peer oaipmh-scythe=PYTHON]

PYTHON: an interpreter that has that client installed. Needs peerlit installed (`pip install -e .`).

- peerlit: every record asked for, checked, cut out, normalised and written to a new catalogue, as
  `peerlit harvest oai --no-index` does.
- the peers: `ListRecords` iterated over, and nothing done with a record.

All ask one server on this machine, which has made its records before, for pages of 300, without a pause. A
run is a process of its own, measured from its first request to the end of its last page. They take turns, so
that whatever else the machine does falls on all. Time counts the server's work too, CPU the client's alone.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from report import middle, table

_PREFIXES = ("oai_dc", "oai_doaj")
_ROOT = Path(__file__).resolve().parents[1]
_OURS, _FIRST_PEER = "peerlit", "sickle"


class Run(NamedTuple):
    records: int
    cpu: float
    wall: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--records", type=int, default=20_000, help="how many the server has")
    parser.add_argument(
        "--peer", action="append", default=[], metavar="NAME=PYTHON", help=f"{', '.join(_PEERS)}"
    )
    parser.add_argument("--serve", action="store_true", help="only serve the records, and print where")
    parser.add_argument("--walk", nargs=3, metavar=("CLIENT", "URL", "PREFIX"), help="only walk once")
    options = parser.parse_args()
    if options.serve:
        serve(options.records)
    elif options.walk:
        client, url, prefix = options.walk
        print(json.dumps(_CLIENTS[client](url, prefix)))
    else:
        peers = dict(peer.split("=", 1) for peer in options.peer)
        if unknown := peers.keys() - _PEERS.keys():
            parser.error(f"no such peer: {', '.join(unknown)}")
        compare({_OURS: sys.executable, **peers}, options.records, options.rounds)


def compare(interpreters: Mapping[str, str], records: int, rounds: int) -> None:
    runs: dict[tuple[str, str], list[Run]] = {(p, c): [] for p in _PREFIXES for c in interpreters}
    with server(records) as url:
        for prefix in _PREFIXES:
            walked(sys.executable, _OURS, url, prefix)  # the server keeps what it has made
        for _ in range(rounds):
            for (prefix, client), each in runs.items():
                each.append(walked(interpreters[client], client, url, prefix))
                assert each[-1].records == records
    head = ("median (least to greatest)", "records/s of time", "records/s of CPU", "µs of CPU each")
    print(table(head, (row(f"{prefix}, {client}", each) for (prefix, client), each in runs.items())))
    if _FIRST_PEER in interpreters:
        print()
        for prefix in _PREFIXES:
            print(ratio(prefix, runs[prefix, _OURS], runs[prefix, _FIRST_PEER]))


def row(name: str, runs: list[Run]) -> tuple[str, ...]:
    return (
        name,
        middle([run.records / run.wall for run in runs]),
        middle([run.records / run.cpu for run in runs]),
        middle([1e6 * run.cpu / run.records for run in runs]),
    )


def ratio(prefix: str, ours: list[Run], theirs: list[Run]) -> str:
    wall, cpu = (
        median(getattr(b, what) / getattr(a, what) for a, b in zip(ours, theirs, strict=True))
        for what in ("wall", "cpu")
    )
    return (
        f"{prefix}: {_OURS} keeps {wall:.2f} records in the time in which {_FIRST_PEER} reads one, "
        f"{cpu:.2f} by CPU ({len(ours)} rounds, median)."
    )


@contextmanager
def server(records: int) -> Iterator[str]:
    command = [sys.executable, __file__, "--serve", "--records", str(records)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate()  # at the end of its input it ends


def serve(records: int) -> None:
    sys.path.insert(0, str(_ROOT))
    from cli.loopback.provider import Provider
    from cli.loopback.server import serve as served
    from tests.provider.articles import articles

    with served(Provider(articles(records)).respond) as base:
        print(f"{base}/oai.article", flush=True)
        sys.stdin.read()


def walked(python: str, client: str, url: str, prefix: str) -> Run:
    command = [python, __file__, "--walk", client, url, prefix]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return Run(*json.loads(done.stdout))


def measured(work: Callable[[], int]) -> Run:
    cpu, wall = time.process_time(), time.perf_counter()
    records = work()
    return Run(records, time.process_time() - cpu, time.perf_counter() - wall)


def by_peerlit(url: str, prefix: str) -> Run:
    # These two are imported where they are first used. What the peers need has been imported by then too.
    import httpcore  # noqa: F401 - for the time it takes alone

    import catalog.crosswalk
    from catalog.store import open_catalog
    from harvester.http import Client, Manners, user_agent
    from harvester.run import harvest
    from harvester.sources import make

    def work() -> int:
        run = harvest(source, catalog, client.traffic)
        return catalog.harvest(run.id).counts.new

    with (
        tempfile.TemporaryDirectory() as folder,
        open_catalog(Path(folder), mode="create") as catalog,
        Client(Manners(user_agent("0"), gap=0)) as client,
    ):
        source = make("oai-pmh", client, name="benchmark", location=url, request={"prefix": prefix})
        return measured(work)


def by_sickle(url: str, prefix: str) -> Run:
    from sickle import Sickle

    return measured(lambda: sum(1 for _ in Sickle(url).ListRecords(metadataPrefix=prefix)))


def by_scythe(url: str, prefix: str) -> Run:
    from oaipmh_scythe import Scythe

    with Scythe(url) as scythe:
        return measured(lambda: sum(1 for _ in scythe.list_records(metadata_prefix=prefix)))


_PEERS = {"sickle": by_sickle, "oaipmh-scythe": by_scythe}
_CLIENTS = {_OURS: by_peerlit, **_PEERS}


if __name__ == "__main__":
    main()
