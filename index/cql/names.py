"""The names of a CQL query, looked up: indexes, relations and what modifies these."""

from collections.abc import Mapping
from typing import NamedTuple

from index.cql import context_sets, errors
from index.cql.context_sets import ContextSet, Target, chosen, context_set
from index.cql.errors import CqlError
from index.cql.tree import Relation
from index.fields import DEFAULT_FIELDS

_RELATIONS = {
    "=": "=",
    "scr": "=",
    "==": "==",
    "exact": "==",  # as CQL 1.1 writes it
    **{name: name for name in ("<>", "<", "<=", ">", ">=", "any", "all", "adj", "within")},
}

_KNOWN = "any all adj exact == = <> < <= > >= within"

_MODIFIERS = {
    "stem": "stem",
    "unmasked": "unmasked",
    "masked": "masked",
    "string": "string",
    "word": "word",
    "isodate": "",
    "number": "",
    "uri": "",
    # What is done anyway: hits are ordered by relevance, and neither case nor accents make a difference.
    "relevant": "",
    "ignorecase": "",
    "ignoreaccents": "",
}
_CONTRADICTIONS = ({"masked", "unmasked"}, {"string", "word"}, {"string", "stem"})


class Names(NamedTuple):
    """Looks names up for one query: its text, and the addresses of the prefixes it assigns."""

    text: str
    prefixes: Mapping[str, str]

    def error(
        self, number: int, message: str, position: int, details: str = "", hint: str | None = None
    ) -> CqlError:
        """Return an error at a place of the query."""
        return CqlError(number, message, text=self.text, position=position, details=details, hint=hint)

    def with_prefix(self, prefix: str, uri: str) -> "Names":
        """Return the names of a part in which a prefix has this address."""
        return self._replace(prefixes={**self.prefixes, prefix.lower(): uri})

    def target(self, name: str, position: int) -> Target:
        """Return what an index looks in, that of a term without one for an empty name."""
        if not name:
            return DEFAULT_FIELDS
        prefix, dot, base = name.partition(".")
        if not dot:
            prefix, base = "", name
        if not prefix and "" not in self.prefixes:
            found = chosen(base)
        else:
            found = context_sets.target(base, self._set(prefix, position))
        if found is None:
            raise self.error(
                errors.INDEX, f"there is no index {name}", position, name, "the explain record lists them"
            )
        return found

    def _set(self, prefix: str, position: int) -> ContextSet:
        known = context_set(prefix, self.prefixes)
        if known is None:
            uri = self.prefixes.get(prefix.lower(), prefix)
            raise self.error(errors.CONTEXT_SET, f"there is no context set {uri} here", position, uri)
        return known

    def relation(self, relation: Relation | None) -> "Compared":
        """Return how to compare; where nothing is said the choice is ours."""
        if relation is None:
            return Compared("=")
        name = relation.name.lower()
        prefix, dot, base = name.partition(".")
        if dot:
            name = base if self._set(prefix, relation.start).name == "cql" else ""
        found = _RELATIONS.get(name)
        if found is None:
            message = f"there is no relation {relation.name} here"
            raise self.error(errors.RELATION, message, relation.start, relation.name, f"known are {_KNOWN}")
        return Compared(found, self._modifiers(relation), relation.name, relation.start)

    def _modifiers(self, relation: Relation) -> frozenset[str]:
        found: set[str] = set()
        for modifier in relation.modifiers:
            name = modifier.name.lower().removeprefix("cql.")
            if name not in _MODIFIERS or modifier.comparison:
                shown = f"{modifier.name}{modifier.comparison}{modifier.value}"
                message = f"a relation cannot be modified by {shown} here"
                raise self.error(errors.RELATION_MODIFIER, message, modifier.start, shown)
            found |= {_MODIFIERS[name]} - {""}
        for both in _CONTRADICTIONS:
            if both <= found:
                details = "/".join(sorted(both))
                message = f"{details} contradict each other"
                raise self.error(errors.RELATION_MODIFIERS, message, relation.start, details)
        return frozenset(found)


class Compared(NamedTuple):
    """A relation: `name` is ours, `written` that of the query; `modifiers` change its meaning."""

    name: str
    modifiers: frozenset[str] = frozenset()
    written: str = "="
    start: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether whole values are compared, not the words in them."""
        return self.name == "==" or (self.name in ("=", "<>") and "string" in self.modifiers)
