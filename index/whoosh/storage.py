"""The folder of an index, written so that a commit survives a power cut."""

import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class DurableStorage(FileStorage):
    """A FileStorage whose renaming is durable.

    Whoosh syncs nothing. It writes a segment's files, then the table of contents under a temporary name,
    renames that, and deletes what the older one named. So at the renaming everything new must be on disk,
    and the new name too before anything old is deleted.
    """

    def __init__(self, path: str, **options: object) -> None:
        super().__init__(path, **options)
        self._written: set[str] = set()

    def create_file(self, name: str, **options: object) -> StructFile:
        """Create a file, to be synced at the next renaming."""
        self._written.add(name)
        return super().create_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 theirs
        """Rename a file when all that was written before is on disk, and the new name after it."""
        for name in sorted(self._written):
            if self.file_exists(name):
                _sync(Path(self.folder, name))
        self._written.clear()
        super().rename_file(oldname, newname, safe=safe)
        _sync(Path(self.folder))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
