"""One clause of a CQL query: what a relation means for fields of words, of whole values, of numbers.

Nothing here depends on other clauses; docs/sru.md has the same as a table.
"""

from collections.abc import Callable, Iterator

from index.cql import errors, terms
from index.cql.context_sets import ALL_RECORDS, RESULT_SET, Target
from index.cql.names import Compared, Names
from index.cql.terms import Piece
from index.cql.tree import Clause
from index.fields import FACETS
from index.query import names as fields_by_name
from index.query.ast import All, And, Not, Or, Query


def clause(names: Names, node: Clause) -> Query:
    """Return what a clause asks for. Raises CqlError."""
    target = names.target(node.index, node.start)
    if target == ALL_RECORDS:
        return All()
    if target == RESULT_SET:
        raise names.error(errors.RESULT_SETS, "result sets are not kept", node.start, hint="repeat the query")
    compared = names.relation(node.relation)
    found = [Piece(text, start) for text, start in zip(node.terms, node.starts, strict=True)]
    for term in found:
        if not term.text.strip():
            raise names.error(errors.EMPTY_TERM, "there is nothing to search for", term.start)
    query = _READERS[fields_by_name.kind(target)](_Asked(names, node.index, target, compared), found)
    return Not(query) if compared.name == "<>" else query


class _Asked:
    """The index and relation of a clause."""

    def __init__(self, names: Names, index: str, target: Target, compared: Compared) -> None:
        self.names, self.index, self.target, self.compared = names, index, target, compared

    def refused(self) -> errors.CqlError:
        """Return the error for a relation that this index does not take."""
        details = f"{self.index or 'cql.serverChoice'} {self.compared.written}"
        message = f"{details} is not possible"
        return self.names.error(errors.RELATION_OF_INDEX, message, self.compared.start, details)

    def word(self, piece: Piece) -> Query:
        return terms.word(self.names, self.target, piece, self.compared)

    def phrase(self, piece: Piece) -> Query:
        return terms.phrase(self.names, self.target, piece, self.compared)


def _text(asked: _Asked, found: list[Piece]) -> Query:
    if asked.compared.is_whole:
        return _whole(asked, _one(found))
    match asked.compared.name:
        case "=" | "<>":
            # Quotes make one term of several words, which then stand side by side, as quotes do on the page.
            telling = [term for term in found if terms.is_telling(term)]
            return _joined(And, (_words_or_phrase(asked, term) for term in telling or found[:1]))
        case "any":
            return _joined(Or, map(asked.word, terms.pieces(_one(found))))
        case "all":
            return _joined(And, map(asked.word, terms.pieces(_one(found))))
        case "adj":
            return asked.phrase(_one(found))
        case _:
            raise asked.refused()


def _words_or_phrase(asked: _Asked, term: Piece) -> Query:
    return asked.word(term) if len(terms.pieces(term)) == 1 else asked.phrase(term)


def _whole(asked: _Asked, term: Piece) -> Query:
    """Return the search for a value as a whole, which is possible where hits are counted by these."""
    if not all(field in FACETS for field in asked.target):
        raise asked.refused()
    return _joined(Or, (terms.facet_value(asked.names, f, term, asked.compared) for f in asked.target))


def _value(asked: _Asked, found: list[Piece]) -> Query:
    (field,) = asked.target

    def one(piece: Piece) -> Query:
        return terms.value(asked.names, field, piece, asked.compared)

    match asked.compared.name:
        case "=" | "<>" | "==":
            return one(_one(found))
        case "any":
            return _joined(Or, map(one, terms.pieces(_one(found))))
        case "all":
            return _joined(And, map(one, terms.pieces(_one(found))))
        case _:
            raise asked.refused()


def _number(asked: _Asked, found: list[Piece]) -> Query:
    (field,), names, term = asked.target, asked.names, _one(found)
    match asked.compared.name:
        case "=" | "<>" | "==":
            return terms.number(names, field, term)
        case "<" | "<=" | ">" | ">=":
            return terms.number(names, field, term, asked.compared.name)
        case "any":
            return _joined(Or, (terms.number(names, field, piece) for piece in terms.pieces(term)))
        case "all":
            return _joined(And, (terms.number(names, field, piece) for piece in terms.pieces(term)))
        case "within":
            return terms.within(names, field, term)
        case _:
            raise asked.refused()


_READERS: dict[str, Callable[[_Asked, list[Piece]], Query]] = {
    "text": _text,
    "value": _value,
    "number": _number,
}


def _one(found: list[Piece]) -> Piece:
    return Piece(" ".join(piece.text for piece in found), found[0].start)


def _joined(kind: type[And] | type[Or], queries: Iterator[Query]) -> Query:
    found = tuple(queries)
    return found[0] if len(found) == 1 else kind(found)
