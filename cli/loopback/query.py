"""The queries DOAJ's article API takes: what it refuses and escapes, and Lucene's grammar for the rest.

Sources: `allowed`, `query_substitute` and `escape` of portality/api/current/discovery.py,
https://github.com/DOAJ/doaj; https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-query-string-query
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Occur = Literal["must", "should", "not"]


class Words(NamedTuple):
    """A run of words, or a phrase; `field` None means any field that has all of them."""

    field: str | None
    text: str
    phrase: bool


class Range(NamedTuple):
    """Values from `low` to `high`; None is open. A bracket includes the end, a brace does not."""

    field: str
    low: str | None
    high: str | None
    with_low: bool
    with_high: bool


class Group(NamedTuple):
    """Clauses, each with what Lucene makes of the operators around it."""

    clauses: tuple[tuple[Occur, "Node"], ...]


Node = Words | Range | Group


class Refused(Exception):
    """The query is not one; the argument is DOAJ's sentence, or empty where Elasticsearch refused."""


_SHORT: Mapping[str, str] = {
    "title": "bibjson.title",
    "doi": "bibjson.identifier.id.exact",
    "issn": "index.issn.exact",
    "publisher": "bibjson.journal.publisher",
    "journal": "bibjson.journal.title",
    "abstract": "bibjson.abstract",
}
_SUBSTITUTED = re.compile(rf"(?<![^\s+\-()\"])({'|'.join(_SHORT)}):")
# Wildcards and fuzziness from the third character on; the first two pass unnoticed.
_FORBIDDEN = re.compile(r".[^\\](?:[?*]|~)")


def parse(query: str) -> Node:
    """Parse a query as DOAJ sends it to Elasticsearch; raise Refused."""
    if _FORBIDDEN.search(query):
        raise Refused("Query contains disallowed Lucene features")
    return _Parser(_escaped(_SUBSTITUTED.sub(lambda found: f"{_SHORT[found[1]]}:", query))).parse()


def _escaped(query: str) -> str:
    """Escape every `/`, and every `:` after the first unless an AND or OR stands before it."""
    pieces = re.sub(r"(?<!\\)(?<!^)/", r"\\/", query).split(":")
    for number, piece in enumerate(pieces[1:-1], start=1):
        if not piece.endswith("\\") and " AND " not in piece and " OR " not in piece:
            pieces[number] = f"{piece}\\"
    return ":".join(pieces)


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<sign>[()+!-]) | (?P<and>AND\b|&&) | (?P<or>OR\b|\|\|) | (?P<not>NOT\b)
      | "(?P<phrase>(?:[^"\\]|\\.)*)"
      | (?P<open>[\[{])\s*(?P<low>"[^"]*"|[^\s\]}]+)\s+TO\s+(?P<high>"[^"]*"|[^\s\]}]+)\s*(?P<close>[\]}])
      | (?P<word>(?:[^\s()"\[\]{}:\\^!]|\\.)+)(?P<colon>:)?
    )(?:\^[\d.]+)?""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)")


class _Parser:
    """Recursive descent over `_TOKEN`; the operators mean what Lucene's classic parser makes of them."""

    def __init__(self, text: str) -> None:
        self._tokens: list[re.Match[str]] = []
        end = len(text.rstrip())
        at = 0
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                raise Refused
            self._tokens.append(found)
            at = found.end()
        self._at = 0

    def parse(self) -> Node:
        group = self._group(None)
        if self._at < len(self._tokens) or not group.clauses:
            raise Refused
        return group

    def _peek(self, *kinds: str) -> bool:
        return self._at < len(self._tokens) and any(self._tokens[self._at][kind] for kind in kinds)

    def _take(self) -> re.Match[str]:
        if self._at >= len(self._tokens):
            raise Refused
        self._at += 1
        return self._tokens[self._at - 1]

    def _sign(self, *signs: str) -> bool:
        return self._peek("sign") and self._tokens[self._at]["sign"] in signs

    def _group(self, field: str | None) -> Group:
        """Read clauses to the end or `)`.

        The default is AND; OR makes the clauses on both of its sides optional, whatever they were before:
        `a AND b OR c` is a, and b or c count for nothing. `addClause` of Lucene's QueryParserBase.
        """
        clauses: list[tuple[Occur, Node]] = []
        while self._at < len(self._tokens) and not self._sign(")"):
            joint = "and" if self._peek("and") else "or" if self._peek("or") else ""
            if joint:
                self._take()
                if not clauses:
                    raise Refused
            negated = self._peek("not") or self._sign("-", "!")
            if negated or self._sign("+"):
                self._take()
            node = self._clause(field)
            if clauses and joint and clauses[-1][0] != "not":
                clauses[-1] = ("must" if joint == "and" else "should", clauses[-1][1])
            clauses.append(("not" if negated else "should" if joint == "or" else "must", node))
        return Group(tuple(clauses))

    def _clause(self, field: str | None) -> Node:
        token = self._take()
        if token["colon"]:
            return self._clause(_plain(token["word"]))
        if token["sign"] == "(":
            group = self._group(field)
            if not self._sign(")") or not group.clauses:
                raise Refused
            self._take()
            return group
        if token["open"]:
            return _range(token, field)
        if token["phrase"] is not None:
            return Words(field, _plain(token["phrase"]), phrase=True)
        if not token["word"]:
            raise Refused
        words = [_plain(token["word"])]
        while field is None and self._peek("word") and not self._tokens[self._at]["colon"]:
            words.append(_plain(self._take()["word"]))
        return Words(field, " ".join(words), phrase=False)


def _range(token: re.Match[str], field: str | None) -> Range:
    low, high = (None if end == "*" else _plain(end.strip('"')) for end in (token["low"], token["high"]))
    if field is None:
        raise Refused
    return Range(field, low, high, token["open"] == "[", token["close"] == "]")


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
