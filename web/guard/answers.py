"""What the guard says to those it does not let in."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from web.api.answers import is_for_programs, refused

# A page of another host is to learn when it may ask again.
_ALWAYS = {
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
}


async def refuse(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    message: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Answer in one line: JSON to who asks the interface for programs, else plain text."""
    answer: Response
    if is_for_programs(scope):
        answer = refused(status, message, headers=headers)
    else:
        answer = PlainTextResponse(f"{message}\n", status, headers)
    answer.headers.update(_ALWAYS)
    await answer(scope, receive, send)
