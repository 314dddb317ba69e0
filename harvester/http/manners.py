"""Who we say we are, how long we pause, how long we keep trying."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from catalog.errors import UsageFault

# Seconds between two requests. DOAJ's nginx allows one a second to /oai and has been down to ten a minute
# (github.com/DOAJ/doaj, deploy/nginx); its API documentation asks for two a second at most.
GAPS: Mapping[str, float] = MappingProxyType({"doaj.org": 2.0})
REMOTE_GAP = 1.0

_ABOUT = "https://pypi.org/project/peerlit/"
_ADDRESS = re.compile(r"[!-~]+@[!-~]+\.[!-~]+", re.ASCII)
# DOAJ's nginx refuses every agent with these words in it, a mailbox named abbott included.
_UNWELCOME = re.compile(r"[bs](?=ot|pider)", re.IGNORECASE)


def user_agent(version: str, mailto: str | None = None) -> str:
    """Return the User-Agent header, with a mail address when one is given.

    Letters of the address that would make "bot" or "spider" are percent-encoded, as RFC 6068 allows. Raises
    UsageFault for what is no mail address.
    """
    contact = ""
    if mailto is not None:
        mailbox = mailto.strip().removeprefix("mailto:")
        if not _ADDRESS.fullmatch(mailbox) or set(mailbox) & set('()<>;,\\"'):
            raise UsageFault(
                f"{mailto!r} is not a mail address", hint="give one as in --mailto me@example.org"
            )
        contact = "; mailto:" + _UNWELCOME.sub(lambda letter: f"%{ord(letter[0]):02X}", mailbox)
    return f"peerlit/{version} (+{_ABOUT}{contact})"


@dataclass(frozen=True)
class Manners:
    """How servers are asked; times in seconds, sizes in bytes.

    `agent`: the whole User-Agent. `gap`: between the end of one request to a host and the start of the next;
    None takes it from `GAPS`, for other hosts 1, for this machine 0. `tries` for one request, and `patience`:
    the most that is waited for one, all tries together. `timeout`: for one piece of an answer. `largest`: one
    body after decompression. `insecure`: certificates are not verified. Raises UsageFault for values that
    make no sense.
    """

    agent: str
    gap: float | None = None
    tries: int = 6
    patience: float = 900.0
    timeout: float = 60.0
    connect: float = 20.0
    largest: int = 1 << 30
    redirects: int = 5
    insecure: bool = False

    def __post_init__(self) -> None:
        # RFC 9110 §5.5: a header value is visible ASCII with blanks inside.
        if not re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", self.agent):
            raise UsageFault(
                f"{self.agent!r} cannot be sent as a User-Agent",
                hint="use letters without accents, in one line",
            )
        for name, least in (("gap", 0), ("tries", 1), ("patience", 0), ("redirects", 0), ("largest", 1)):
            value = getattr(self, name)
            if value is not None and not value >= least:
                raise UsageFault(f"{name} cannot be {value}", hint=f"give {least} or more")
        for name in ("timeout", "connect"):
            if not getattr(self, name) > 0:
                raise UsageFault(f"{name} cannot be {getattr(self, name)}", hint="give more than 0 seconds")
