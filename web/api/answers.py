"""From a shape to a response."""

from collections.abc import Mapping
from http import HTTPStatus

from msgspec import Struct
from starlette.responses import Response
from starlette.types import Scope

from web.api.shapes import JSON, PROBLEM, Problem, encoded


def is_for_programs(scope: Scope) -> bool:
    """Tell whether an address is of the interface for programs."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")).startswith("/api")


def answered(answer: Struct) -> Response:
    """Return an answer as JSON."""
    return Response(encoded(answer), media_type=JSON)


def refused(
    status: int,
    detail: str,
    *,
    hint: str | None = None,
    query: str | None = None,
    position: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return what is wrong with a request as JSON (RFC 9457)."""
    told = Problem(HTTPStatus(status).phrase, status, detail, hint, query, position)
    return Response(encoded(told), status, headers, PROBLEM)
