"""Zebra over the records of a catalogue: indexed as MARC, served by SRU.

As its example of MARC 21 (`/usr/share/idzebra-2.0/tab/marc21.abs`), told that the records are UTF-8; records
are kept as they came and made MARCXML by YAZ.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROFILES = Path("/usr/share/idzebra-2.0/tab")
_CQL = Path("/usr/share/yaz/etc/pqf.properties")

_CONFIGURATION = """
profilePath: .:/usr/share/idzebra-2.0/tab
modulePath: /usr/lib/x86_64-linux-gnu/idzebra-2.0/modules
attset: bib1.att
recordType: grs.marcxml.marc21
encoding: UTF-8
register: reg:20G
storeData: 1
storeKeys: 1
perm.anonymous: r
"""

_SERVER = """
<yazgfs>
  <listen id="l">tcp:127.0.0.1:{port}</listen>
  <server id="s" listenref="l">
    <directory>.</directory>
    <config>zebra.cfg</config>
    <cql2rpn>pqf.properties</cql2rpn>
    <maximumrecordsize>4000000</maximumrecordsize>
    <retrievalinfo>
      <retrieval syntax="usmarc"/>
      <retrieval syntax="xml" name="marcxml" identifier="info:srw/schema/1/marcxml-v1.1">
        <backend syntax="usmarc" name="F">
          <marc inputformat="marc" outputformat="marcxml" inputcharset="utf-8"/>
        </backend>
      </retrieval>
    </retrievalinfo>
  </server>
</yazgfs>
"""


@contextmanager
def zebra(catalogue: Path) -> Iterator[tuple[int, int]]:
    """Index the records of a catalogue and serve them; yield the port and the process."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        index(catalogue, folder, port)
        process = subprocess.Popen(["zebrasrv", "-f", "yazgfs.xml", "-v", "none"], cwd=folder)
        try:
            wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def index(catalogue: Path, folder: Path, port: int) -> None:
    (folder / "zebra.cfg").write_text(_CONFIGURATION)
    (folder / "yazgfs.xml").write_text(_SERVER.format(port=port))
    (folder / "pqf.properties").write_text(_CQL.read_text())
    rules = (_PROFILES / "marc21.abs").read_text()
    (folder / "marc21.abs").write_text(rules.replace("\nname marc21\n", "\nname marc21\nencoding utf-8\n"))
    for made in ("reg", "data"):
        (folder / made).mkdir()
    command = [sys.executable, "-c", "import sys; from cli import main; sys.exit(main())"]
    export = ["export", "--format", "marc", "-o", folder / "data" / "records.mrc"]
    subprocess.run([*command, "--catalog", catalogue, *export], check=True)
    began = time.perf_counter()
    for step in (["init"], ["update", "data"]):
        subprocess.run(["zebraidx", "-c", "zebra.cfg", "-v", "none", *step], cwd=folder, check=True)
    print(f"\nZebra indexed in {time.perf_counter() - began:.0f} s", flush=True)


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("Zebra does not answer")
