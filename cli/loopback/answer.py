"""What a provider answers, before it is sent."""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Answer(NamedTuple):
    """An HTTP answer: `headers` without Content-Length and Date, which the server adds."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Respond = Callable[[str, str, Mapping[str, str]], Answer]
"""Path and query string as sent, still percent-encoded, and headers with lower-case names, to an answer."""
