"""What the repository is called: its domain, its identifiers, whom to write to.

https://www.openarchives.org/OAI/2.0/guidelines-oai-identifier.htm
"""

import re
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from web.site import Site

_LOCAL: Final = "localhost.localdomain"
_DOMAIN: Final = re.compile(r"[a-z][a-z0-9-]+(?:\.[a-z][a-z0-9-]+)+")
_EMAIL: Final = re.compile(r"\w[\w.+-]*@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
PATH: Final = "/oai"


class Identity(NamedTuple):
    """A repository: its name, its address, the domain of its identifiers, whom to write to."""

    name: str
    base_url: str
    domain: str
    email: str

    def identifier(self, key: str) -> str:
        """Return the identifier of a record; all that keys are made of may stand in it as it is."""
        return f"oai:{self.domain}:{key}"

    def key(self, identifier: str) -> str | None:
        """Return the key in an identifier; None in one that is not ours."""
        begin = f"oai:{self.domain}:"
        return identifier.removeprefix(begin) if identifier.startswith(begin) else None


def identity(site: Site, base: str) -> Identity:
    """Return what a site is called that is reached at a base address."""
    name = domain(base)
    return Identity(
        name=" ".join(site.title.split()) or "peerlit",
        base_url=base + PATH,
        domain=name,
        email=email(site.mailto or "") or f"postmaster@{name}",
    )


def email(text: str) -> str | None:
    """Return an e-mail address as harvesters can use it, None for what is none."""
    address = text.removeprefix("mailto:").strip()
    return address if _EMAIL.fullmatch(address) else None


def domain(base: str) -> str:
    """Return the domain in which a repository gives out identifiers, of the form the schema asks for.

    That of its address; where this has none (`localhost`, `192.168.1.5`, `3com.com`) one made of it, so that
    at least it stays the same.
    """
    try:
        host = (urlsplit(base).hostname or "").rstrip(".").lower().replace("_", "-")
    except ValueError:
        return _LOCAL
    if _DOMAIN.fullmatch(host):
        return host
    try:
        address = ip_address(host)
    except ValueError:
        labels = [label if label[0].isalpha() else f"x{label}" for label in host.split(".") if label]
        made = ".".join(labels if len(labels) > 1 else [*labels, "localdomain"])
        return made if _DOMAIN.fullmatch(made) else _LOCAL
    return _LOCAL if address.is_loopback else f"ip-{re.sub('[.:%]', '-', host)}.localdomain"
