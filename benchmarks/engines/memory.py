"""How much memory a process takes, and those it starts: what each alone holds and its share of the rest."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

_PROC = Path("/proc")
_PART = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_EVERY = 0.25


class Watched:
    """Looks at a process while the block runs; `peak` is the most seen, in MiB, 0 where there is no /proc.

    The kernel's own peak (ru_maxrss) is of no use: a process begins with that of the one that started it.
    """

    def __init__(self, process: int) -> None:
        self.peak = 0.0
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_EVERY):
            self.peak = max(self.peak, memory_of(self._process))


def memory_of(process: int) -> float:
    """Return how many MiB a process and those it started hold now."""
    return sum(map(_held, _family(process))) / 1024


def _family(process: int) -> Iterator[int]:
    yield process
    for children in (_PROC / str(process)).glob("task/*/children"):
        for child in _read(children).split():
            yield from _family(int(child))


def _held(process: int) -> int:
    found = _PART.search(_read(_PROC / str(process) / "smaps_rollup"))
    return int(found[1]) if found else 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it has just ended
        return ""
