"""Ctrl-C while harvesting: the page in hand is finished first, a wait is not."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cli.output import say

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether the user wants to stop: asked between pages, and by whatever sleeps."""

    def __init__(self) -> None:
        self._wanted = threading.Event()

    def __call__(self) -> bool:
        """Tell whether to stop."""
        return self._wanted.is_set()

    def sleep(self, seconds: float) -> None:
        """Sleep. Raises KeyboardInterrupt as soon as the user wants to stop."""
        if self._wanted.wait(seconds):
            raise KeyboardInterrupt

    def heed(self, number: int, frame: FrameType | None) -> None:
        """Take a signal: the first one asks, the second interrupts."""
        del number, frame
        if self._wanted.is_set():
            raise KeyboardInterrupt
        self._wanted.set()
        say("stopping after this page; once more stops at once")


@contextmanager
def stopping() -> Iterator[Stop]:
    """Let Ctrl-C, and the signal that ends services, stop a harvest cleanly while the block runs."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield stop
        return
    before = {number: signal.signal(number, stop.heed) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
