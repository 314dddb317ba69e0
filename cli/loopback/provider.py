"""A provider over a list of articles: the feed, the article API, and nothing else."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from cli.loopback.answer import Answer
from cli.loopback.article_xml import Json
from cli.loopback.feed import Feed
from cli.loopback.search import ArticleSearch
from cli.loopback.shelf import Item, Shelf

MONTH = timedelta(days=30)
"""What DOAJ's feed keeps back from those without a key: NON_PREMIUM_DELAY_SECONDS of its settings."""


class Provider:
    """Answer as https://doaj.org does, at `/oai.article` and `/api/v4/search/articles/`.

    `articles` are DOAJ's JSON (`id`, `created_date`, `last_updated`, `bibjson`; withdrawn where
    `admin.in_doaj` is false), or items made of it before. `now` gives the time in UTC. The feed keeps back
    what was updated within `delay` (None: nothing) from requests without one of `keys` as their `api_key`,
    and lists `page_size` records at a time. `base` stands in links and `<request>`; default: the Host.
    """

    def __init__(
        self,
        articles: Iterable[Json | Item],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        page_size: int = 300,
        delay: timedelta | None = MONTH,
        keys: Collection[str] = (),
        base: str | None = None,
    ) -> None:
        items = [article if isinstance(article, Item) else Item(article) for article in articles]
        self._feed = Feed(Shelf(items), now=now, size=page_size, delay=delay, keys=keys)
        self._search = ArticleSearch([item.article for item in items if not item.deleted], now=now)
        self._base = base

    def respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request: path and query as sent, header names in lower case."""
        params = dict(reversed(parse_qsl(query, keep_blank_values=True)))
        base = self._base or f"http://{headers.get('host', '127.0.0.1')}"
        if path == "/oai.article":
            return Answer(
                200, {"Content-Type": "text/xml; charset=utf-8"}, self._feed.answer(params, base + path)
            )
        return self._search.answer(path, params, base) or _NOT_FOUND


_NOT_FOUND = Answer(
    404, {"Content-Type": "text/html; charset=utf-8"}, b"<!doctype html><title>Not found</title><p>Not found."
)
