"""The article API: a search with its pages, limits and errors as DOAJ has them.

Source: portality/api/current/discovery.py and portality/api/common.py of https://github.com/DOAJ/doaj.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5

from cli.loopback.answer import Answer
from cli.loopback.article_xml import Json
from cli.loopback.columns import Columns
from cli.loopback.query import Group, Node, Range, Refused, Words, parse

MOST = 1000
"""Records of one query that can be reached: DISCOVERY_MAX_RECORDS_SIZE."""
_LARGEST_PAGE = 100
_PATH = re.compile(r"/api(?:/v[1-4])?/search/articles/(.+)")
_SHOWN = ("id", "created_date", "last_updated", "bibjson")


class ArticleSearch:
    """Answer searches of articles, none of which is withdrawn; nothing is kept back as in the feed."""

    def __init__(self, articles: Sequence[Json], *, now: Callable[[], datetime]) -> None:
        self._articles, self._now = articles, now

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self._articles)

    def answer(self, path: str, params: Mapping[str, str], base: str) -> Answer | None:
        """Answer a request; None for a path that is not of this API."""
        found = _PATH.fullmatch(path)
        if found is None:
            return None
        query = unquote(found[1])
        try:
            result = self._search(query, params, f"{base}{path}")
        except Refused as refused:
            reference = uuid5(NAMESPACE_URL, query)
            why = str(refused) or f"There was an error executing your query (ref: {reference})"
            return _answer(400, {"status": "bad_request", "error": f"{why} (ref: {reference})"})
        return _answer(200, result)

    def _search(self, query: str, params: Mapping[str, str], url: str) -> dict[str, object]:
        page = max(1, _integer(params.get("page", "1"), "Page number"))
        asked = _integer(params.get("pageSize", "10"), "Page size")
        size = min(asked, _LARGEST_PAGE) if asked >= 1 else 10
        wanted = parse(query)
        if (page - 1) * size >= MOST:
            raise Refused(_too_deep(url))
        numbers = self._ordered(self._whole(wanted), params.get("sort"))
        last = max(1, -(-len(numbers) // size))
        result: dict[str, object] = {
            "total": len(numbers),
            "page": page,
            "pageSize": size,
            "timestamp": self._now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "query": query,
            "results": [self._shown(number) for number in numbers[(page - 1) * size : page * size]],
        }
        links = {
            "prev": page - 1 if page > 1 else None,
            "next": page + 1 if page < last else None,
            "last": last,
        }
        for name, target in links.items():
            if target is not None:
                sort = f"&sort={quote(params['sort'], safe='')}" if "sort" in params else ""
                result[name] = f"{url}?page={target}&pageSize={size}{sort}"
        return result | ({"sort": params["sort"]} if "sort" in params else {})

    def _shown(self, number: int) -> dict[str, object]:
        article = self._articles[number]
        return {name: article[name] for name in _SHOWN if name in article}

    def _ordered(self, found: set[int], sort: str | None) -> list[int]:
        numbers = sorted(found)
        if sort is None:
            return numbers
        field, _, direction = sort.partition(":")
        if direction not in ("", "asc", "desc") or ":" in direction:
            raise Refused("Sort direction must be 'asc' or 'desc'")
        # Analysed text cannot be sorted by; `title` stands for an exact field of its own.
        column = self._columns["bibjson.title.exact" if field == "title" else field]
        if not column.exact:
            raise Refused
        with_value = [number for number in numbers if column.values[number]]
        ordered = sorted(with_value, key=lambda n: min(column.values[n]), reverse=direction == "desc")
        return ordered + [number for number in numbers if not column.values[number]]

    def _whole(self, node: Node) -> set[int]:
        """Evaluate a query; only its outermost group may exclude without including anything."""
        if isinstance(node, Group) and all(occur == "not" for occur, _ in node.clauses):
            return set(range(len(self._articles))) - set().union(
                *(self._matching(n) for _, n in node.clauses)
            )
        return self._matching(node)

    def _matching(self, node: Node) -> set[int]:
        if isinstance(node, Words):
            return self._having(node)
        if isinstance(node, Range):
            _, low, high, with_low, with_high = node
            return self._columns[node.field].between(low, high, with_low=with_low, with_high=with_high)
        by = {
            occur: [self._matching(n) for o, n in node.clauses if o == occur]
            for occur in ("must", "should", "not")
        }
        # Where something is required, what is optional only ranks.
        found = set.intersection(*by["must"]) if by["must"] else set().union(*by["should"])
        return found - set().union(*by["not"])

    def _having(self, node: Words) -> set[int]:
        if node.text == "*" and node.field in (None, "*"):
            return set(range(len(self._articles)))
        columns = [self._columns[node.field]] if node.field else self._columns.texts
        return set().union(*(column.having(node.text, phrase=node.phrase) for column in columns))


def _integer(value: str, what: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise Refused(f"{what} was not an integer") from None


def _too_deep(url: str) -> str:
    base = url.partition("/api/")[0]
    return (
        f"You cannot access results beyond {MOST} records via this API.\n"
        "    If you would like to see more results, you can download all of our data from\n"
        f"    {base}/docs/public-data-dump/. You can also harvest from our OAI-PMH endpoints;"
        f" articles: {base}/oai.article, journals: {base}/oai"
    )


def _answer(status: int, content: Mapping[str, object]) -> Answer:
    headers = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"}
    if "total" in content:
        headers["X-Total-Count"] = str(content["total"])
    return Answer(status, headers, json.dumps(content).encode())
