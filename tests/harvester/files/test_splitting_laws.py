"""Whatever a file holds: payloads are its bytes, in order, none twice, and only our errors end it."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import SourceError
from catalog.record import RawRecord
from tests.harvester.files.reading import reading
from tests.marc_bytes import numbered

RECORD = (
    "<record><header><identifier>o{0}</identifier></header>"
    "<metadata><dc><title>é{0}</title></dc></metadata></record>"
)
RECORDS = "".join(RECORD.format(n) for n in range(3))

WHOLE = {
    "iso2709": b"".join(numbered(3)),
    "oai": f"<OAI-PMH><ListRecords>{RECORDS}</ListRecords></OAI-PMH>".encode(),
    "marcxml": (
        b"<collection><record><leader>x</leader><controlfield tag='001'>1</controlfield></record>"
        b"<!-- c --><record><leader>y</leader></record></collection>"
    ),
    "json": b'[{"id":"1","bibjson":{"title":"a\\"b"}},\n{"id":"2","bibjson":{"a":[1,{"b":2}]}}]',
    "lines": b'{"id":"1","bibjson":{}}\n{"leader":"x","fields":[{"001":"2"}]}\n{"id":"3","bibjson":{}}\n',
    "answer": b'{"total":2,"results":[{"id":"1","bibjson":{}},{"id":"2","bibjson":{}}],"next":null}',
    "mrk": b"=LDR  x\n=001  1\n=245  10$aT\n\n=LDR  y\n=001  2\n=245  10$aU\n",
    "pages": b"T\n\nLEADER x\n001 1\n245 0 0 |a T \n\nU\n\nLEADER y\n001 2\n245 0 0 |a U \n",
}


def read_all(data: bytes) -> list[RawRecord]:
    found: list[RawRecord] = []
    with contextlib.suppress(SourceError):
        found.extend(reading(data))
    return found


@pytest.mark.parametrize("name", WHOLE)
@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_payloads_are_the_bytes_of_the_file(name: str, data: st.DataObject) -> None:
    file = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(file) - 1))
        span = data.draw(st.sampled_from([0, 1, 1, 5, 40]))
        put = data.draw(
            st.sampled_from([b"", b"\x1d", b"<", b">", b'"', b"{", b"}", b"]", b"\n", b"\xff", b"<record>"])
        )
        file[at : at + span] = put or b" "
    found = read_all(bytes(file))
    end = 0
    for ordinal, raw in enumerate(found, 1):
        assert raw.place is not None
        assert raw.place.ordinal == ordinal
        assert raw.place.offset is not None
        assert raw.place.offset >= end
        end = raw.place.offset + len(raw.payload)
        assert bytes(file[raw.place.offset : end]) == raw.payload
        assert raw.payload.strip()


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_off_anywhere_keeps_what_came_before(name: str) -> None:
    whole = [raw.payload for raw in read_all(WHOLE[name])]
    assert len(whole) >= 2
    for cut in range(len(WHOLE[name])):
        good = [raw.payload for raw in read_all(WHOLE[name][:cut]) if raw.fault is None]
        assert good[:-1] == whole[: max(0, len(good) - 1)]


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    read_all(data)
