"""Read files of records, whatever their format: it is told by their content, never by their name.

for raw in read("export.mrc"): …
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from catalog.errors import UnreadableFile
from harvester.files.archives import why_skipped
from harvester.files.reading import Reading

STDIN = "-"


class Input(NamedTuple):
    """A file to be read; `in_folder` when its folder was named, not it; `skipped` says why it is none."""

    path: str
    in_folder: bool = False
    skipped: str | None = None


def inputs(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input]:
    """Yield the files that paths stand for: folders with all below them, sorted, `-` for standard input.

    Files in folders that are hidden or plainly hold no records are yielded with the reason. What else a
    folder holds is for `read` to judge.
    """
    for path in (os.fspath(path) for path in paths):
        if path == STDIN or not _is_folder(path):
            yield Input(path)
        else:
            yield from _below(path)


def _below(path: str) -> Iterator[Input]:
    """Yield the files below a folder, and folders that are not, or cannot be, looked into."""
    unreadable: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=unreadable.append):
        skipped = {name: why for name in folders if (why := why_skipped(name)) is not None}
        folders[:] = sorted(set(folders) - set(skipped))
        for name in sorted((*files, *skipped)):
            yield Input(str(Path(folder, name)), in_folder=True, skipped=why_skipped(name))
    for error in unreadable:
        yield Input(os.fspath(error.filename), in_folder=True)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # a name too long, or below a folder that is closed to us: opening it will say so
        return False


def read(path: str | os.PathLike[str], *, stdin: BinaryIO | None = None) -> Reading:
    """Open a file, or standard input for `-`, and return its raw records.

    Compressed files and archives are read as what is in them. Raises UnreadableFile when there is no such
    file or it is of no known format.
    """
    name = os.fspath(path)
    if name == STDIN:
        return Reading("standard input", stdin or sys.stdin.buffer)
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - the Reading closes it
    except IsADirectoryError as error:
        raise UnreadableFile(f"{name} is a folder", hint="name the files in it") from error
    except OSError as error:
        raise UnreadableFile(f"{name}: {error.strerror or error}") from error
    try:
        return Reading(name, file)
    except BaseException:
        file.close()
        raise
