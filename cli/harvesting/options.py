"""The options that all harvesting commands have, and the client they make."""

import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING

import click

from catalog.store.report import duration
from cli.config import config
from cli.harvesting.stopping import Stop
from cli.output import say
from cli.settings import Settings

if TYPE_CHECKING:
    from harvester.http import Client

_MANNERS = (
    click.option("--mailto", metavar="ADDRESS", help="Your e-mail address, told to the server."),
    click.option(
        "--gap", type=click.FloatRange(0, 3600), metavar="SECONDS", help="Least time between two requests."
    ),
    click.option(
        "--api-key", envvar="PEERLIT_API_KEY", metavar="KEY", help="Sent with each request; never kept."
    ),
    click.option("--user-agent", metavar="TEXT", help="A whole User-Agent in place of ours."),
    click.option("--insecure", is_flag=True, help="Take a certificate that cannot be verified."),
)
_RUN = (
    click.option("--full", is_flag=True, help="From the beginning, not from where the last run ended."),
    click.option("--dry-run", "-n", is_flag=True, help="Say what there is to fetch, and stop."),
    click.option("--no-index", is_flag=True, help="Leave indexing to the next search."),
)


@dataclass(frozen=True, slots=True)
class Options:
    """How to treat servers, and how to run."""

    mailto: str | None
    gap: float | None
    api_key: str | None
    user_agent: str | None
    insecure: bool
    full: bool
    dry_run: bool
    no_index: bool

    def client(self, settings: Settings, stop: Stop) -> "Client":
        """Make the client that asks servers in this manner."""
        from harvester.http import Client, Manners, user_agent

        known = config()
        version = importlib.metadata.version("peerlit")
        ours = user_agent(version, self.mailto or known.get("mailto"))
        manners = Manners(
            agent=self.user_agent or known.get("user-agent") or ours, gap=self.gap, insecure=self.insecure
        )
        secrets = {"api_key": self.api_key} if self.api_key else {}
        on_wait = _silent if settings.quiet else _tell_wait
        return Client(manners, secrets=secrets, sleep=stop.sleep, on_wait=on_wait)


def _tell_wait(seconds: float, why: str) -> None:
    say(f"waiting {duration(seconds)}: {why}")


def _silent(seconds: float, why: str) -> None:
    del seconds, why


def harvesting(command: Callable[..., object]) -> Callable[..., object]:
    """Give a command the options of Options, as its argument `options`."""

    @wraps(command)
    def with_options(*args: object, **values: object) -> object:
        chosen = {each.name: values.pop(each.name) for each in fields(Options)}
        return command(*args, options=Options(**chosen), **values)  # type: ignore[arg-type]  # click made them

    wrapped: Callable[..., object] = with_options
    for option in reversed((*_RUN, *_MANNERS)):
        wrapped = option(wrapped)
    return wrapped
