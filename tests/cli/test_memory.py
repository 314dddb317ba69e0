"""However large a file is, and whatever it holds, importing it takes no more than so much memory."""

import gzip
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.store import open_catalog
from tests.cli.children import finish, start_python
from tests.cli.marc_files import records

MEBIBYTE = 2**20
BOUND = 200 * MEBIBYTE

# The peak of the process itself: ru_maxrss would begin with that of the process that started it.
IMPORT = """
import sys
from pathlib import Path
from cli import main
code = main(["--catalog", sys.argv[1], "import", "--no-index", sys.argv[2]])
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")))
sys.exit(code)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc"),
]


def many_records(path: Path) -> None:
    """Write 100 MB of records, each with a control number of its own."""
    some = list(records(20_000))
    with path.open("wb") as file:
        part = 0
        while file.tell() < 100 * MEBIBYTE:
            part += 1
            file.writelines(record.replace(b"\x1en", b"\x1e%c" % (64 + part), 1) for record in some)


def many_records_gzipped(path: Path) -> None:
    plain = path.with_suffix(".plain")
    many_records(plain)
    with plain.open("rb") as source, gzip.open(path, "wb", compresslevel=1) as packed:
        while chunk := source.read(MEBIBYTE):
            packed.write(chunk)


def one_line_of_xml(path: Path) -> None:
    """Write 60 MB of records in MARCXML without a line end."""
    record = (
        b'<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">x%d</controlfield>'
        b'<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Peer support %d</subfield></datafield>'
        b'<datafield tag="520" ind1=" " ind2=" "><subfield code="a">' + b"word " * 600 + b"</subfield>"
        b"</datafield></record>"
    )
    with path.open("wb") as file:
        file.write(b'<collection xmlns="http://www.loc.gov/MARC21/slim">')
        number = 0
        while file.tell() < 60 * MEBIBYTE:
            number += 1
            file.write(record % (number, number))
        file.write(b"</collection>")


def endless(mebibytes: int) -> Iterator[bytes]:
    """Yield text without end, no two pieces of it the same."""
    for number in range(mebibytes):
        yield b"%07d " % number * (MEBIBYTE // 8)


def one_endless_element(path: Path) -> None:
    """Write one record of 60 MB in one line."""
    with path.open("wb") as file:
        file.write(b'<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>')
        file.writelines(endless(60))
        file.write(b"</leader></record></collection>")


def no_terminator(path: Path) -> None:
    """Write one record of 50 MB that never ends."""
    with path.open("wb") as file:
        file.write(next(records(1)).rstrip(b"\x1d"))
        file.writelines(endless(50))


@pytest.mark.parametrize(
    ("make", "read"),
    [
        (many_records, 60_000),
        (many_records_gzipped, 60_000),
        (one_line_of_xml, 15_000),
        (one_endless_element, 0),
        (no_terminator, 0),
    ],
)
def test_memory_is_bounded(tmp_path: Path, make: Callable[[Path], None], read: int) -> None:
    file, folder = tmp_path / "large", tmp_path / "catalogue"
    make(file)
    code, out, err = finish(start_python(IMPORT, str(folder), str(file)))
    assert code in (0, 1), err
    assert int(out) < BOUND
    with open_catalog(folder) as catalog:
        statistics = catalog.stats()
        kept = sum(rejected.size for rejected in catalog.rejections())
    assert statistics.records >= read
    assert statistics.records or kept > 49 * MEBIBYTE, "what cannot be read is kept all the same"
