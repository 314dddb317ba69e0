"""The connections: one set for each proxy, none of them to this machine."""

import urllib.request

import httpx

from catalog.errors import UsageFault
from harvester.http.address import loopback, origin
from harvester.http.watch import Watch


class Wire(httpx.BaseTransport):
    """Sends each request directly, or through the proxy that the environment names for it.

    The head of an answer may take twice the `timeout`: once until it begins, and once more. One request at a
    time: each body is read or closed before the next is sent.
    """

    def __init__(self, *, timeout: float, insecure: bool) -> None:
        self._longest = 2 * timeout
        self._insecure = insecure
        self._transports: dict[str | None, httpx.HTTPTransport] = {}
        self._watches: dict[tuple[str | None, tuple[str, str, int]], Watch] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Raises httpx.RequestError, UsageFault for a proxy of no known kind."""
        proxy = _proxy(request.url)
        watch = self._watches.setdefault((proxy, origin(request.url)), Watch(self._longest))
        request.extensions["trace"] = watch.trace
        try:
            return self._transport(proxy).handle_request(request)
        except httpx.TransportError:
            if not watch.ended:
                raise
        raise httpx.ReadTimeout("the head of the answer does not end")

    def close(self) -> None:
        """Close every connection."""
        for transport in self._transports.values():
            transport.close()

    def _transport(self, proxy: str | None) -> httpx.HTTPTransport:
        if proxy not in self._transports:
            try:
                self._transports[proxy] = httpx.HTTPTransport(verify=not self._insecure, proxy=proxy)
            except (ValueError, ImportError, httpx.InvalidURL):
                raise UsageFault(
                    "the proxy named in the environment cannot be used",
                    hint="HTTPS_PROXY and HTTP_PROXY are understood as http://host:port",
                ) from None
        return self._transports[proxy]


def _proxy(url: httpx.URL) -> str | None:
    if loopback(url.host) or urllib.request.proxy_bypass(url.host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
