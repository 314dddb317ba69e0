"""Worker processes that write batches as segments, while the process that has the lock commits them."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.resource_tracker import ensure_running
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from index.engine import Change
from index.whoosh.batches import Batch, write_batch
from index.whoosh.commits import StoredSegment
from index.whoosh.storage import DurableStorage

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_Item = TypeVar("_Item")

_WORKERS = 2


class Task(NamedTuple, Generic[_Item]):
    """Items to be read as changes and written as a segment; they end at a revision of the catalogue."""

    items: Sequence[_Item]
    revision: int
    segment: StoredSegment


@contextmanager
def working(
    folder: str, tasks: Iterable[Task[_Item]], read: Callable[[_Item], Change]
) -> Iterator[Iterator[tuple[Task[_Item], Batch | None]]]:
    """Give the tasks in their order, each with the batch a worker wrote, or None where one failed.

    `read` is a function of a module: it is known to the workers by its name. They end with the block, and at
    once when this process is killed.
    """
    workers = [_Worker(folder, read) for _ in range(_WORKERS)]
    try:
        yield _in_order(workers, tasks)
    finally:
        for worker in workers:
            worker.end()


def _in_order(
    workers: Sequence["_Worker"], tasks: Iterable[Task[_Item]]
) -> Iterator[tuple[Task[_Item], Batch | None]]:
    idle = deque(workers)
    busy: deque[tuple[_Worker, Task[_Item]]] = deque()
    for task in tasks:
        if idle:
            worker = idle.popleft()
            worker.send(task)
            busy.append((worker, task))
        else:
            worker, earlier = busy.popleft()
            made = worker.receive()
            worker.send(task)  # it works while the one before is committed
            busy.append((worker, task))
            yield earlier, made
    for worker, task in busy:
        yield task, worker.receive()


class _Worker:
    """A process at the other end of a pipe. What it fails in has no result, nor what it gets once dead."""

    def __init__(self, folder: str, read: Callable[[Any], Change]) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(theirs, folder, read), daemon=True)
        with _deaf():
            self._process.start()
        theirs.close()

    def send(self, task: Task[Any]) -> None:
        try:
            self._pipe.send((task.segment, task.items))
        except OSError:
            self._pipe.close()

    def receive(self) -> Batch | None:
        try:
            made: Batch | None = self._pipe.recv()
        except (OSError, EOFError):
            self._pipe.close()
            return None
        return made

    def end(self) -> None:
        # Before its pipe: at one that is closed it would end with a traceback.
        self._process.terminate()
        self._process.join()
        self._pipe.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """Keep Ctrl-C, which a terminal sends to all, from processes started meanwhile: this one ends them.

    With the first of them multiprocessing starts a tracker, and unblocks the signal behind that:
    https://github.com/python/cpython/blob/3.11/Lib/multiprocessing/resource_tracker.py
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection, folder: str, read: Callable[[Any], Change]) -> None:
    """Be a worker, until there are no more tasks."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    storage = DurableStorage(folder)
    while True:
        try:
            segment, items = pipe.recv()
        except EOFError:
            return
        pipe.send(_written(storage, segment, map(read, items)))


def _written(storage: DurableStorage, segment: StoredSegment, changes: Iterable[Change]) -> Batch | None:
    try:
        batch = write_batch(storage, segment, changes)
        storage.sync()
    except Exception:  # noqa: BLE001  the same is tried again, and raised if need be, by who has the lock
        return None
    return batch


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
