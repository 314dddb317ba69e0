"""Switches for faults: which request a fault befalls, and how faults are put upon a provider."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from cli.loopback.answer import Answer, Respond

RUDE = "x-rude"
"""A header that never leaves: what `rude_server` and `transport` do to the connection."""


class Call(NamedTuple):
    """A request, the answer as it would be, and the provider to `ask` otherwise; numbers begin with 1."""

    number: int
    path: str
    query: str
    headers: Mapping[str, str]
    answer: Answer
    ask: Respond

    @property
    def params(self) -> dict[str, str]:
        return dict(parse_qsl(self.query, keep_blank_values=True))

    def asking(self, **changes: str | None) -> Answer:
        """Return the answer to the same request with other arguments; None takes one away."""
        changed = {key: value for key, value in (self.params | changes).items() if value is not None}
        return self.ask(self.path, urlencode(changed), self.headers)


When = Callable[[Call], bool]
Fault = Callable[[Call], Answer]


def faulty(respond: Respond, *faults: tuple[When, Fault]) -> Respond:
    """Put faults upon a provider, the first innermost; each counts the requests for itself."""
    for when, fault in faults:
        respond = _with(respond, when, fault)
    return respond


def _with(respond: Respond, when: When, fault: Fault) -> Respond:
    number = 0

    def answered(path: str, query: str, headers: Mapping[str, str]) -> Answer:
        nonlocal number
        number += 1
        call = Call(number, path, query, headers, respond(path, query, headers), respond)
        return fault(call) if when(call) else call.answer

    return answered


def always(_: Call) -> bool:
    return True


def on(*numbers: int) -> When:
    """Befall these requests."""
    return lambda call: call.number in numbers


def first(times: int, when: When = always) -> When:
    """Befall so many of the requests that `when` chooses, and no more: k times, then well."""
    left = times

    def chosen(call: Call) -> bool:
        nonlocal left
        if left == 0 or not when(call):
            return False
        left -= 1
        return True

    return chosen


def verb(*names: str) -> When:
    """Befall requests with one of these verbs."""
    return lambda call: call.params.get("verb") in names


def with_token(token: str | None = None) -> When:
    """Befall requests for one token, or for any."""
    return lambda call: (
        call.params.get("resumptionToken", token) == token if token else "resumptionToken" in call.params
    )


def holding(record: str) -> When:
    """Befall every answer that holds a record: a part of its identifier will do."""
    sought = record.encode()
    return lambda call: sought in call.answer.body


def both(*conditions: When) -> When:
    """Befall what all of them choose."""
    return lambda call: all(when(call) for when in conditions)


def error(call: Call, code: str, text: str = "No.") -> Answer:
    """Return an OAI-PMH error in the envelope of the answer."""
    opening = call.answer.body.partition(b"<responseDate")[0]
    opening = opening or b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    body = (
        f"<responseDate>2026-01-01T00:00:00Z</responseDate><request>http://127.0.0.1{call.path}</request>"
        f'<error code="{code}">{text}</error></OAI-PMH>'
    )
    return Answer(200, {"Content-Type": "text/xml; charset=utf-8"}, opening + body.encode())


def edit(pattern: bytes, by: bytes | Callable[[re.Match[bytes]], bytes], count: int = 0) -> Fault:
    """Make a fault that replaces in the body; `pattern` is a regular expression."""
    compiled = re.compile(pattern, re.DOTALL)
    return lambda call: call.answer._replace(body=compiled.sub(by, call.answer.body, count=count))


def headed(status: int | None = None, body: bytes | None = None, **headers: str | None) -> Fault:
    """Make a fault that answers otherwise: underscores in names are hyphens, None takes a header away."""

    def answered(call: Call) -> Answer:
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        kept = {
            name: value for name, value in (dict(call.answer.headers) | named).items() if value is not None
        }
        return Answer(status or call.answer.status, kept, call.answer.body if body is None else body)

    return answered
