"""`peerlit serve`."""

import re
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from catalog.errors import StoreError, UsageFault
from catalog.store import open_catalog
from cli.config import SERVING, config, serving
from cli.output import say
from cli.session import catch_up
from cli.settings import Settings

if TYPE_CHECKING:
    from socket import socket

    from web.guard.settings import Guard

_LOCAL = ("127.", "::1")
_ADDRESS = re.compile(r"(?i:https?)://[!$%&'()*+,./0-9:;=@A-Z\[\]_a-z~-]+")


class _Configured(click.Command):
    """A command whose options can be set in the configuration file."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - as the class above has it
    ) -> click.Context:
        extra["default_map"] = {name.replace("-", "_"): value for name, value in serving().items()}
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=_Configured)
@click.option("--host", default="127.0.0.1", show_default=True, help=SERVING["host"])
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=SERVING["port"])
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help=SERVING["workers"])
@click.option("--title", default="peerlit", show_default=True, help=SERVING["title"])
@click.option("--base-url", metavar="URL", help=SERVING["base-url"])
@click.option("--root-path", metavar="PATH", help=SERVING["root-path"])
@click.option("--trust-proxy", metavar="ADDRESS", multiple=True, help=SERVING["trust-proxy"])
@click.option("--rate", metavar="NUMBER", type=click.FloatRange(0), help=SERVING["rate"])
@click.option("--access-log", metavar="FILE", help=SERVING["access-log"])
@click.option(
    "--mailto",
    metavar="ADDRESS",
    help="Whom harvesters can write to.  [default: mailto of the configuration]",
)
@click.pass_obj
def command(
    settings: Settings,
    *,
    host: str,
    port: int,
    workers: int,
    title: str,
    base_url: str | None,
    root_path: str | None,
    trust_proxy: tuple[str, ...],
    rate: float | None,
    access_log: str | None,
    mailto: str | None,
) -> None:
    """Serve the catalogue: pages for readers; SRU, OAI-PMH, JSON, feeds and unAPI for programs.

    Catalogue and index are only read: harvest into them meanwhile, and what is new is found at once.
    SIGTERM and Ctrl-C end it after running answers are finished.
    """
    from web.guard.settings import Guard
    from web.oai.identity import email
    from web.server import address_of, listen, serve
    from web.site import Site

    base = _public(base_url) if base_url else None
    root = _root(urlsplit(base or "").path if root_path is None else root_path)
    guard = Guard(root, _addresses(trust_proxy), rate, _log(access_log))
    if mailto and not email(mailto):
        raise UsageFault(f"--mailto {mailto}: no e-mail address", hint="for instance library@example.org")
    site = Site(
        settings.folder(),
        title=title,
        base_url=base,
        mailto=mailto or config().get("mailto"),
    )
    with listen(host, port, workers=workers) as listening:
        _bring_up_to_date(settings)
        _tell(settings, site.mailto, listening, guard)
        address = address_of(listening, guard)
        serve(site, guard, listening, workers=workers, ready=lambda: click.echo(f"serving {address}"))


def _bring_up_to_date(settings: Settings) -> None:
    """Bring schema and index to what this version reads; of a folder we may not write to, say so."""
    folder = settings.folder()
    with suppress(StoreError):  # what cannot be written may still be read, and what cannot be read says so
        open_catalog(folder, mode="write").close()
    with open_catalog(folder, mode="read") as catalog:
        try:
            catch_up(catalog, settings)
        except StoreError as error:
            say(f"note: {error.message}; serving what is indexed so far")


def _tell(settings: Settings, mailto: str | None, listening: "socket", guard: "Guard") -> None:
    """Say what whoever serves may not know."""
    if settings.quiet:
        return
    host = listening.getsockname()[0]
    if not host.startswith(_LOCAL):
        say(f"note: whoever reaches {host} can read the catalogue; encryption is left to a proxy before it")
    if mailto is None:
        say("note: no mailto is set: OAI-PMH has to name somebody whom harvesters can write to")
    if guard.rate == 0:
        say("note: no client is slowed down")


def _root(path: str) -> str:
    """Return a root path as links begin with it: empty, or with a slash before and none behind."""
    parts = [part for part in path.split("/") if part]
    if not all(re.fullmatch(r"[\w.~-]+", part, re.ASCII) and part.strip(".") for part in parts):
        raise UsageFault(f"--root-path {path}: no path of an address", hint="for instance /catalogue")
    return "".join(f"/{part}" for part in parts)


def _public(url: str) -> str:
    """Return a public address without a slash at its end.

    It goes into headers, which hold no letters beyond ASCII.
    """
    parts = urlsplit(url)
    if not _ADDRESS.fullmatch(url) or not parts.hostname:
        raise UsageFault(
            f"--base-url {url}: no address",
            hint="for instance https://library.example.org/catalogue; other letters as xn--… or %C3%A9",
        )
    return url.rstrip("/")


def _addresses(texts: tuple[str, ...]) -> tuple[str, ...]:
    for text in texts:  # a name would never be the address of a connection
        try:
            ip_network(text)
        except ValueError as error:
            raise UsageFault(
                f"--trust-proxy {text}: no address", hint="for instance 127.0.0.1 or 10.0.0.0/8"
            ) from error
    return texts


def _log(named: str | None) -> str | None:
    """Return where the log goes; try now whether it can be written."""
    if named is None or named == "-":
        return named
    path = Path(named).expanduser().absolute()
    try:
        path.open("a").close()
    except OSError as error:
        raise UsageFault(f"--access-log {named} cannot be written: {error.strerror}") from error
    return str(path)
