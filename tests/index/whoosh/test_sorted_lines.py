"""Finding lines in a file without reading it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.structfile import StructFile

from index.whoosh.lines import SortedLines, write_lines


@contextmanager
def written(path: Path, lines: list[bytes]) -> Iterator[SortedLines]:
    with path.open("wb") as file:
        write_lines(file, lines)
    made = SortedLines(StructFile(path.open("rb")))
    try:
        yield made
    finally:
        made.close()


lines = st.lists(st.binary(max_size=4).map(lambda line: line.replace(b"\n", b"")), unique=True).map(sorted)


@settings(deadline=None)
@given(found=lines, key=st.binary(max_size=3), other=st.binary(max_size=3))
def test_searches_are_what_a_list_would_give(
    tmp_path_factory: pytest.TempPathFactory, found: list[bytes], key: bytes, other: bytes
) -> None:
    with written(tmp_path_factory.mktemp("lines") / "file", found) as made:
        assert list(made) == found
        first = next((line for line in found if line >= key), None)
        expected = first[len(key) :] if first is not None and first.startswith(key) else None
        assert made.after(key) == expected
        between = [line for line in found if key <= line < other]
        assert made.between(key, other) == b"".join(line + b"\n" for line in between)


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    with written(tmp_path / "file", []) as made:
        assert (list(made), made.after(b""), made.between(b"", b"\xff")) == ([], None, b"")
