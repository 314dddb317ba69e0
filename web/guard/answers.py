"""What the guard says to those it does not let in."""

from collections.abc import Mapping

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send


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
    if scope["path"].removeprefix(scope.get("root_path", "")).startswith("/api"):
        answer = JSONResponse({"error": message, "hint": None}, status, headers)
    else:
        answer = PlainTextResponse(f"{message}\n", status, headers)
    answer.headers["Cache-Control"] = "no-store"
    await answer(scope, receive, send)
