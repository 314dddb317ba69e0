"""Where a scan begins, and which terms it lists.

The relation says what a term is: words where words are compared, whole values where these are (`==`). Each
term listed can be put into the clause in place of the one that was asked for, and is then found as often as
it was listed with. Source: https://www.loc.gov/standards/sru/companionSpecs/scan.html.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import values
from index.analyzer import words
from index.cql import errors
from index.cql.clauses import clause
from index.cql.context_sets import ALL_RECORDS, RESULT_SET
from index.cql.names import Names
from index.cql.parser import parse
from index.cql.terms import literal
from index.cql.tree import Clause, Prefixed
from index.engine import FacetValue, Reader, Scanned
from index.fields import FACETS
from index.folding import fold
from index.query import names as fields_by_name

_LISTING = ("=", "==", "any", "all", "adj")


@dataclass(frozen=True, slots=True)
class ScanClause:
    """The fields whose terms, or as `whole` values those of facets, are listed from `start` on."""

    fields: tuple[str, ...]
    whole: bool
    start: str
    _names: Names
    _node: Clause

    def scan(self, engine: Reader, *, before: int, after: int) -> Scanned:
        """Return the terms around the start, each with what its clause finds. Raises QueryTooCostly."""
        if self.whole:
            return engine.scan_values(self.fields, self.start, before=before, after=after)
        found = engine.scan(self.fields, self.start, before=before, after=after)
        if fields_by_name.kind(self.fields) == "value":
            return found
        # A word finds its other forms as well.
        terms = [term.value for term in (*found.before, *found.after)]
        counts = engine.counts([clause(self._names, self._with(term)) for term in terms])
        counted = [FacetValue(term, count) for term, count in zip(terms, counts, strict=True)]
        return Scanned(tuple(counted[: len(found.before)]), tuple(counted[len(found.before) :]))

    def is_start(self, term: str) -> bool:
        """Tell whether a term that was listed is the one that was asked for."""
        return fold(term) == fold(self.start) if self.whole else term == self.start

    def _with(self, term: str) -> Clause:
        return replace(self._node, terms=(literal(term),), starts=self._node.starts[:1])


def read_scan(text: str) -> ScanClause:
    """Read the clause of a scan: one clause of CQL, whose term may be empty. Raises CqlError."""
    cql = parse(text)
    node, names = cql.query, Names(text, {})
    if cql.sort:
        raise names.error(errors.SYNTAX, "terms come in their own order", cql.sort[0].start)
    while isinstance(node, Prefixed):
        names, node = names.with_prefix(node.prefix, node.uri), node.query
    if not isinstance(node, Clause):
        raise names.error(errors.SYNTAX, "a scan begins at one clause", 0, hint="write index = term")
    fields = names.target(node.index, node.start)
    if fields in (ALL_RECORDS, RESULT_SET):
        raise names.error(errors.INDEX, f"{node.index} has no terms", node.start, node.index)
    compared = names.relation(node.relation)
    if compared.name not in _LISTING:
        message = f"no terms are listed by {compared.written}"
        raise names.error(errors.RELATION, message, compared.start, compared.written)
    term = " ".join(node.terms).strip()
    kind = fields_by_name.kind(fields)
    whole = kind == "number" or (kind == "text" and compared.is_whole)
    if whole and not all(field in FACETS for field in fields):
        clause(names, replace(node, terms=("x",), starts=(node.start,)))  # which is refused
    start = term if whole else _start(kind, fields, term)
    return ScanClause(fields, whole, start, names, node)


def _start(kind: str, fields: Sequence[str], term: str) -> str:
    """Return the place of a term among those of the index, in their form."""
    if kind == "value":
        return values.normal(fields[0], term) or values.prefix(fields[0], term)
    return next(iter(words(term)), fold(term))
