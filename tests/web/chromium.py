"""A real browser on a served catalogue."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from web.app import create_app
from web.guard.settings import Guard
from web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATH = "/usr/bin/chromium"
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Yield the address of a catalogue that is served by this process."""
    server = uvicorn.Server(uvicorn.Config(create_app(site, Guard(rate=0)), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
            assert thread.is_alive()
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Yield Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=_FLAGS.split())
        yield browser
        browser.close()
