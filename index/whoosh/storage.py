"""The folder of an index, written so that a commit survives a power cut, and a cut file is noticed."""

import json
import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from index.whoosh.schema import NAME

_SIZES = "sizes.json"
_OURS = (f"_{NAME}_", f"{NAME}_", _SIZES)


class DurableStorage(FileStorage):
    """A FileStorage whose renaming is durable.

    Whoosh syncs nothing. It writes a segment's files, then the table of contents under a temporary name,
    renames that, and deletes what the older one named. So at the renaming everything new must be on disk,
    and the new name too before anything old is deleted. The sizes of all files are noted with it.
    """

    def __init__(self, path: str, **options: object) -> None:
        super().__init__(path, **options)
        self._written: set[str] = set()

    def create_file(self, name: str, **options: object) -> StructFile:
        """Create a file, to be synced at the next renaming."""
        self._written.add(name)
        return super().create_file(name, **options)

    def open_file(self, name: str, **options: object) -> StructFile:
        """Open a file; a table of contents is read whole, for Whoosh leaves a damaged one open."""
        if not name.endswith(".toc"):
            return super().open_file(name, **options)
        return StructFile(BytesIO(Path(self.folder, name).read_bytes()), name=name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 theirs
        """Rename a file when all that was written before is on disk, and the new name after it."""
        self._note_sizes()
        for name in sorted(self._written):
            if self.file_exists(name):
                _sync(Path(self.folder, name))
        self._written.clear()
        super().rename_file(oldname, newname, safe=safe)
        _sync(Path(self.folder))

    def check(self, segment_ids: Iterable[str]) -> None:
        """Compare the files of segments with their sizes at the last commit.

        Raises FileNotFoundError when one is missing, or a segment is older than that commit, and ValueError
        when one was cut or the sizes cannot be read.
        """
        sizes: dict[str, int] = json.loads(Path(self.folder, _SIZES).read_bytes())
        for segment_id in segment_ids:
            expected = [name for name in sizes if name.startswith(f"{segment_id}.")]
            if not expected:
                raise FileNotFoundError(f"no files of the segment {segment_id}")
            for name in expected:
                if self.file_length(name) != sizes[name]:
                    raise ValueError(f"{name} should have {sizes[name]} bytes")

    def remove_index(self) -> None:
        """Delete all files of the index, and no others."""
        for name in self.list():
            if name.startswith(_OURS):
                self.delete_file(name)

    def _note_sizes(self) -> None:
        sizes = {name: self.file_length(name) for name in self.list() if name.startswith(f"{NAME}_")}
        noted = Path(self.folder, f"{_SIZES}.new")
        noted.write_text(json.dumps(sizes), encoding="utf-8")
        _sync(noted)
        noted.replace(Path(self.folder, _SIZES))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
