"""Numbers in addresses."""

from starlette.requests import Request

from catalog.errors import UsageFault

_LONGEST = 9


def number_of(request: Request, name: str) -> int:
    """Return which part of a list a parameter asks for, counted from 1. Raises UsageFault."""
    value = request.query_params.get(name) or "1"
    if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST and int(value) > 0):
        raise UsageFault(f"{name}={value} is no number of a {name}", hint=f"a {name} is counted from 1")
    return int(value)
