"""An index that was damaged is made anew, or reported where the damage is read."""

import pickle
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.errors import StoreError
from index import open_engine
from index.engine import Change
from index.query.ast import All
from index.query.parser import parse
from index.whoosh import schema
from tests.index.builders import made, titled


def segment_of(folder: Path) -> Path:
    return max(folder.glob("*.seg"), key=lambda path: path.stat().st_size)


def table_of(folder: Path) -> Path:
    return next(folder.glob("*.toc"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def with_other_stamp(folder: Path) -> None:
    table = table_of(folder)
    stamp = schema.stamp().encode()
    data = table.read_bytes()[:-4].replace(stamp, b"x" + stamp[1:])
    table.write_bytes(data + zlib.crc32(data).to_bytes(4, "big"))


def foreign(folder: Path) -> None:
    table_of(folder).write_bytes(pickle.dumps({"what": "is this"}) * 20)


def lengthened(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def flipped(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut segment": lambda folder: cut(segment_of(folder)),
    "flipped segment": lambda folder: flipped(segment_of(folder), 99),
    "longer segment": lambda folder: lengthened(segment_of(folder)),
    "empty segment": lambda folder: segment_of(folder).write_bytes(b""),
    "missing segment": lambda folder: segment_of(folder).unlink(),
    "flipped table of contents": lambda folder: flipped(table_of(folder), -30),
    "cut table of contents": lambda folder: cut(table_of(folder)),
    "empty table of contents": lambda folder: table_of(folder).write_bytes(b""),
    "foreign table of contents": foreign,
    "another version": with_other_stamp,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: str) -> None:
    made(tmp_path)
    DAMAGE[damage](tmp_path)
    reader = open_engine(tmp_path, write=False)
    assert (reader.needs_rebuild, reader.revision(), reader.count(All())) == (True, 0, 0)
    reader.close()
    writer = open_engine(tmp_path, write=True)
    assert (writer.needs_rebuild, writer.revision()) == (True, 0)
    writer.close()
    made(tmp_path)
    reader = open_engine(tmp_path, write=False)
    assert (reader.needs_rebuild, reader.revision(), reader.count(parse("peer"))) == (False, 4, 2)
    reader.close()


def test_damage_is_noticed_where_it_is_read(tmp_path: Path) -> None:
    made(tmp_path)
    segment = segment_of(tmp_path)
    data = segment.read_bytes()
    place = data.index(b"title\0support\n")
    segment.write_bytes(data[:place] + bytes(9) + data[place + 9 :])
    reader = open_engine(tmp_path, write=False)
    with pytest.raises(StoreError, match="damaged") as told:
        reader.count(parse("peer"))
    assert "reindex" in str(told.value.hint)
    reader.close()


@pytest.mark.parametrize("files", ["*", "*.toc", "*.seg"])
def test_files_that_vanish_while_it_is_written_are_reported(tmp_path: Path, files: str) -> None:
    def changes() -> Iterator[Change]:
        for path in tmp_path.glob(files):
            path.unlink()
        yield titled("b", "peer")

    engine = open_engine(tmp_path, write=True)
    engine.apply([titled("a", "peer")], 1)
    with pytest.raises(StoreError, match="damaged"):
        engine.apply(changes(), 2)
    engine.close()
