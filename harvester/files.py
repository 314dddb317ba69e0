"""Read files of records, whatever their format: it is told by their content, never by their name.

for raw in read("export.mrc"): …
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from catalog.errors import UnreadableFile
from harvester.archives import why_skipped
from harvester.reading import Reading

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
        if path == STDIN or not Path(path).is_dir():
            yield Input(path)
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if why_skipped(name) is None)
            for name in sorted(files):
                yield Input(str(Path(folder, name)), in_folder=True, skipped=why_skipped(name))


def read(path: str | os.PathLike[str], *, stdin: BinaryIO | None = None) -> Reading:
    """Open a file, or standard input for `-`, and return its raw records.

    Compressed files and archives are read as what is in them. Raises UnreadableFile when there is no such
    file or it is of no known format.
    """
    name = os.fspath(path)
    if name == STDIN:
        return Reading("standard input", stdin or sys.stdin.buffer)
    if Path(name).is_dir():
        raise UnreadableFile(f"{name} is a folder", hint="name the files in it")
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - the Reading closes it
    except OSError as error:
        raise UnreadableFile(f"{name}: {error.strerror or error}") from error
    try:
        return Reading(name, file)
    except BaseException:
        file.close()
        raise
