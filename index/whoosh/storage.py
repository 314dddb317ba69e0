"""The folder of an index, written so that a commit survives a power cut."""

import os
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from index.whoosh.schema import NAME

_CHECKSUM = 4
_OURS = (f"_{NAME}_", f"{NAME}_")


class DurableStorage(FileStorage):
    """A FileStorage whose renaming is durable.

    Whoosh syncs nothing. It writes a segment's files, then the table of contents under a temporary name,
    renames that, and deletes what the older one named. So at the renaming everything new must be on disk,
    and the new name too before anything old is deleted.

    A table of contents ends with its checksum: a number in it that is another one is no error to pickle.
    """

    def __init__(self, path: str, **options: object) -> None:
        super().__init__(path, **options)
        self._written: set[str] = set()

    def create_file(self, name: str, **options: object) -> StructFile:
        """Create a file, to be synced at the next renaming."""
        self._written.add(name)
        return super().create_file(name, **options)

    def open_file(self, name: str, **options: object) -> StructFile:
        """Open a file. Raises ValueError for a table of contents that is not what was written."""
        if not name.endswith(".toc"):
            return super().open_file(name, **options)
        data = Path(self.folder, name).read_bytes()
        if data != _sealed(data[:-_CHECKSUM]):
            raise ValueError(f"{name} is damaged")
        return StructFile(BytesIO(data), name=name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 theirs
        """Rename a table of contents when all written before is on disk, and the new name after it."""
        table = Path(self.folder, oldname)
        table.write_bytes(_sealed(table.read_bytes()))
        self.sync()
        super().rename_file(oldname, newname, safe=safe)
        _sync(Path(self.folder))

    def remove_index(self) -> None:
        """Delete all files of the index, and no others."""
        for name in self.list():
            if name.startswith(_OURS):
                self.delete_file(name)

    def remove_all_but(self, generation: int, segment_ids: Collection[str]) -> None:
        """Delete the files of the index beside a table of contents and some segments. Raises OSError."""
        for name in self.list():
            of_index = name.startswith(_OURS) and name != f"_{NAME}_{generation}.toc"
            if of_index and name.partition(".")[0] not in segment_ids:
                self.delete_file(name)

    def sync(self) -> None:
        """Wait until all files that were written are on disk. Raises OSError."""
        for name in sorted(self._written):
            if self.file_exists(name):
                _sync(Path(self.folder, name))
        self._written.clear()


def _sealed(data: bytes) -> bytes:
    return data + crc32(data).to_bytes(_CHECKSUM, "big")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
