"""What a server is told about itself."""

from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import HTTPConnection

from index.query.cost import Budget


@dataclass(frozen=True, slots=True)
class Site:
    """One catalogue as it is served.

    `base_url`: its public address without a slash at the end; None is whatever address a request was made to.
    `mailto`: whom harvesters can write to. `deepest`: how many hits can be reached by paging; whoever wants
    more takes an export. `budget` is for one request.
    """

    folder: Path
    title: str = "peerlit"
    base_url: str | None = None
    mailto: str | None = None
    deepest: int = 10_000
    budget: Budget = field(default_factory=lambda: Budget(clauses=500, places=10_000_000, seconds=3.0))

    def base(self, request: HTTPConnection) -> str:
        """Return the address of the catalogue for links that leave the page, without a slash at the end."""
        return self.base_url or str(request.base_url).rstrip("/")
