"""An answer that has come whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, whatever its status.

    `url` is the last one after redirects, `permanent_redirect_to` where 301 and 308 alone led: both without
    secrets. `headers` has lower-case keys; `body` is decompressed.
    """

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    permanent_redirect_to: str | None = None
