"""CQL as text, read into its tree: versions 1.1, 1.2 and 2.0, which differ in names only.

What YAZ takes beyond the standard is taken too, since its clients send it: words side by side without
quotes, and `index relation (a or b)`, where both are those of each term in the brackets.
"""

from typing import NamedTuple

from index.cql import errors
from index.cql.errors import CqlError
from index.cql.lexer import Lexeme, lex
from index.cql.tree import Boolean, Clause, Cql, Joined, Modifier, Node, Prefixed, Relation, SortKey
from index.query.operand import MOST_BRACKETS


def parse(text: str) -> Cql:
    """Read a query. Raises CqlError."""
    return _Parser(text).whole()


class _Scope(NamedTuple):
    """The index and relation of terms that have none of their own."""

    where: str = ""
    relation: Relation | None = None


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = lex(text)
        self._next = 0
        self._nested = 0

    def whole(self) -> Cql:
        query = self._query(_Scope())
        sort: list[SortKey] = []
        if self._peek().reserved == "sortby":
            self._take()
            while self._peek().kind != "end" or not sort:
                name = self._name("sortBy needs the name of an index behind it")
                sort.append(SortKey(name.text, self._modifiers(), name.start))
        if self._peek().kind != "end":
            raise self._unexpected(self._peek())
        return Cql(query, tuple(sort), self._text)

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _error(self, message: str, position: int, hint: str | None = None) -> CqlError:
        return CqlError(errors.SYNTAX, message, text=self._text, position=position, hint=hint)

    def _bracket_error(self, message: str, position: int) -> CqlError:
        return CqlError(errors.BRACKETS, message, text=self._text, position=position, details=str(position))

    def _unexpected(self, lexeme: Lexeme) -> CqlError:
        if lexeme.kind == ")":
            return self._bracket_error("this bracket was never opened", lexeme.start)
        hint = "join parts by and, or, not, prox; put a term with signs in quotes"
        return self._error(f"{lexeme.text} cannot stand here", lexeme.start, hint)

    def _query(self, scope: _Scope) -> Node:
        prefixes: list[tuple[str, str, int]] = []
        while self._peek().text == ">" and self._peek().kind == "comparison":
            start = self._take().start
            name = self._name("> needs a prefix or the address of a context set behind it").text
            if self._peek().text == "=" and self._peek().kind == "comparison":
                self._take()
                uri = self._name("the prefix needs the address of a context set").text
            else:
                name, uri = "", name
            prefixes.append((name, uri, start))
        query = self._joined(scope)
        for name, uri, start in reversed(prefixes):
            query = Prefixed(name, uri, query, start)
        return query

    def _joined(self, scope: _Scope) -> Node:
        first = self._operand(scope)
        rest: list[tuple[Boolean, Node]] = []
        while self._peek().reserved not in ("", "sortby"):
            sign = self._take()
            boolean = Boolean(sign.reserved, self._modifiers(), sign.start)
            rest.append((boolean, self._operand(scope)))
        return Joined(first, tuple(rest)) if rest else first

    def _operand(self, scope: _Scope) -> Node:
        if self._peek().kind == "(":
            return self._bracket(scope)
        first = self._name(self._nothing_there())
        if not self._peek().is_relation:
            return self._terms(first, first.start, scope)
        sign = self._take()
        relation = Relation(sign.text, self._modifiers(), sign.start)
        inner = _Scope(first.text, relation)
        if self._peek().kind == "(":
            return self._bracket(inner)
        return self._terms(self._name(self._nothing_there()), first.start, inner)

    def _bracket(self, scope: _Scope) -> Node:
        opened = self._take()
        self._nested += 1
        if self._nested > MOST_BRACKETS:
            raise self._bracket_error("this is nested too deeply", opened.start)
        query = self._query(scope)
        if self._peek().kind == "end":
            raise self._bracket_error("this bracket is never closed", opened.start)
        if self._peek().kind != ")":
            raise self._unexpected(self._peek())
        self._take()
        self._nested -= 1
        return query

    def _terms(self, first: Lexeme, start: int, scope: _Scope) -> Clause:
        found = [first]
        while self._peek().is_term and not self._peek().reserved and not self._peek().is_relation:
            found.append(self._take())
        if len(found) > 1:
            self._check_words(first, found[1])
        # Errors point into a quoted term, not at its quotes.
        starts = tuple(lexeme.start + (lexeme.kind == "quoted") for lexeme in found)
        return Clause(tuple(lexeme.text for lexeme in found), scope.where, scope.relation, starts, start)

    def _check_words(self, first: Lexeme, second: Lexeme) -> None:
        """Refuse what only looks like words side by side: `not fish`, `dc.title matches fish`."""
        if first.reserved:
            raise CqlError(
                errors.BOOLEAN,
                f"{first.text} needs something before it",
                text=self._text,
                position=first.start,
                details=first.text,
                hint="for all records but some write cql.allRecords=1 not …",
            )
        if first.kind == "word" and "." in first.text:
            raise CqlError(
                errors.RELATION,
                f"{second.text} is no relation",
                text=self._text,
                position=second.start,
                details=second.text,
                hint=f"write {first.text} = …; put words in quotes",
            )

    def _modifiers(self) -> tuple[Modifier, ...]:
        found: list[Modifier] = []
        while self._peek().kind == "/":
            self._take()
            name = self._name("/ needs the name of a modifier behind it")
            comparison = value = ""
            if self._peek().kind == "comparison":
                comparison = self._take().text
                value = self._name(f"{name.text}{comparison} needs a value").text
            found.append(Modifier(name.text, comparison, value, name.start))
        return tuple(found)

    def _name(self, missing: str) -> Lexeme:
        if not self._peek().is_term:
            raise self._error(missing, self._peek().start, "put a term with signs in quotes")
        return self._take()

    def _nothing_there(self) -> str:
        before = self._lexemes[self._next - 1].text if self._next else ""
        return (
            f"there is nothing to search for behind {before}" if before else "there is nothing to search for"
        )
