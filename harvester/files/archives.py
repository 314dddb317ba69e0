"""The files in an archive, one after another, without unpacking it to disk."""

import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, NamedTuple, cast

from catalog.errors import IncompleteSource, UnreadableFile
from harvester.files.byte_stream import Bytes, Peekable

_ZIP = b"PK\x03\x04"
_TAR = b"ustar"
_TAR_AT = 257

_NO_RECORDS = frozenset(
    (
        ".bak",
        ".css",
        ".gif",
        ".jpg",
        ".js",
        ".md",
        ".pdf",
        ".png",
        ".py",
        ".rst",
        ".sh",
        ".xsd",
        ".xsl",
        ".xslt",
    )
)
_SYSTEM_FILES = frozenset(("thumbs.db", "desktop.ini", "__macosx"))


class Member(NamedTuple):
    """A file in an archive; `why_not` says why it cannot be read."""

    name: str
    file: Bytes | None
    why_not: str | None = None


def why_skipped(name: str) -> str | None:
    """Return why a file of that name, found in a folder or archive, is not looked into; None if it is."""
    path = PurePosixPath(name)
    if path.name.startswith(".") or path.name.endswith("~"):
        return "hidden, or a backup"
    if not _SYSTEM_FILES.isdisjoint(part.lower() for part in path.parts):
        return "the system's own"
    ending = path.suffix.lower()
    return f"{ending} files hold no records" if ending in _NO_RECORDS else None


def is_zip(source: Peekable) -> bool:
    """Tell whether a stream is a zip archive."""
    return source.head(len(_ZIP)) == _ZIP


def is_tar(source: Peekable) -> bool:
    """Tell whether a stream is a tar archive, as DOAJ's public data dump is."""
    return source.head(_TAR_AT + len(_TAR)).endswith(_TAR)


def tar_members(source: Peekable) -> Iterator[Member]:
    """Yield the files of a tar archive as they come.

    Raises IncompleteSource when it breaks off.
    """
    try:  # in stream mode nothing but read() is called
        with tarfile.open(fileobj=cast("IO[bytes]", source), mode="r|") as archive:
            for entry in archive:
                if entry.isfile() and (file := archive.extractfile(entry)) is not None:
                    yield Member(entry.name, file)
    except tarfile.TarError as damage:
        raise IncompleteSource(f"the tar archive is damaged: {damage}") from damage


def zip_members(file: BinaryIO) -> Iterator[Member]:
    """Yield the files of a zip archive.

    Raises UnreadableFile when it has no table of contents: that stands at its end.
    """
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as damage:
        raise UnreadableFile(f"the zip archive cannot be read: {damage}") from damage
    with archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            try:
                opened = archive.open(entry)
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as refused:  # encrypted, for one
                yield Member(entry.filename, None, str(refused))
            else:
                with opened:
                    yield Member(entry.filename, opened)
