"""What browsers are told not to do with our answers."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy: what is ours and nothing else, no script or style within a page."""

_ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),  # for browsers that know no frame-ancestors
    (b"referrer-policy", b"same-origin"),  # our addresses hold what was searched for
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    # Records are public, and pages of others may show them: https://resourcepolicy.fyi
    (b"cross-origin-resource-policy", b"cross-origin"),
)
_ENCRYPTED = ((b"cross-origin-opener-policy", b"same-origin"),)
"""Browsers ignore it, and complain, where the connection is not encrypted."""


class SecurityHeaders:
    """Put them on each answer, unless it has its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = _ALWAYS + _ENCRYPTED if scope["scheme"] == "https" else _ALWAYS

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                message["headers"] = [*given, *(pair for pair in wanted if pair[0] not in names)]
            await send(message)

        await self._app(scope, receive, stamped)
