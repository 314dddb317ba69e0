"""What the guard of a server was told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """How a server meets the world.

    `root_path`: where the catalogue is on its host, `/catalogue` or nothing. `trusted`: addresses and
    networks of proxies whose X-Forwarded headers are believed. `rate`: requests a second granted to one
    client, 0 for any number; None is the usual, which holds for clients from other machines only.
    `access_log`: a file, `-` for standard output, None for none.
    """

    root_path: str = ""
    trusted: tuple[str, ...] = ()
    rate: float | None = None
    access_log: str | None = None
