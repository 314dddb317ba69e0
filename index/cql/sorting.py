"""What a CQL query, or SRU's older sortKeys, wants hits sorted by.

Sources: the sort context set (https://www.loc.gov/standards/sru/cql/contextSets/sort-context-set.html);
for sortKeys https://www.loc.gov/standards/sru/sru-1-1.html, "Sorting".
"""

from collections.abc import Mapping, Sequence

from index.cql import errors
from index.cql.context_sets import Target
from index.cql.names import Names
from index.cql.tree import SortKey
from index.engine import SortOrder

SORTS: Mapping[Target, Mapping[str, SortOrder]] = {
    ("title",): {"ascending": "title"},
    ("author",): {"ascending": "author"},
    ("journal",): {"ascending": "journal"},
    ("year",): {"ascending": "oldest", "descending": "newest"},
}
"""The orders there are, by the fields of an index and the direction."""

# Records without a value come last in either direction; case makes no difference.
_DONE_ANYWAY = frozenset({"ignorecase", "ignoreaccents", "missinghigh"})
_SCHEMAS = ("", "dc", "info:srw/schema/1/dc-v1.1")
_REFUSED = {
    "respectcase": errors.SORT_CASE,
    "respectaccents": errors.SORT_CASE,
    "missinglow": errors.SORT_MISSING,
    "missingfail": errors.SORT_MISSING,
    "missingomit": errors.SORT_MISSING,
    "missingvalue": errors.SORT_MISSING,
}


def sort_order(names: Names, keys: Sequence[SortKey]) -> SortOrder | None:
    """Return the order that sortBy asks for, None where it is left out. Raises CqlError."""
    if not keys:
        return None
    if len(keys) > 1:
        raise names.error(errors.SORT_KEYS, "hits are sorted by one index", keys[1].start, "1")
    (key,) = keys
    direction = "ascending"
    for modifier in key.modifiers:
        name = modifier.name.lower().removeprefix("sort.")
        if name in ("ascending", "descending"):
            direction = name
        elif name not in _DONE_ANYWAY:
            number = _REFUSED.get(name, errors.SORT_SEQUENCE)
            message = f"sorting cannot be modified by {modifier.name} here"
            raise names.error(number, message, modifier.start, modifier.name)
    return _order(names, key.index, direction, key.start)


def sort_keys(text: str) -> SortOrder | None:
    """Return the order that sortKeys of SRU 1.1 asks for: `path,schema,ascending,caseSensitive,missingValue`.

    Raises CqlError.
    """
    keys = text.split()
    names = Names(text, {})
    if not keys:
        return None
    if len(keys) > 1:
        raise names.error(errors.SORT_KEYS, "hits are sorted by one key", len(keys[0]) + 1, "1")
    path, schema, ascending, case_sensitive, missing, *_ = [*keys[0].split(","), *[""] * 5]
    if ascending not in ("", "0", "1", "true", "false"):
        raise names.error(errors.SORT_DIRECTION, "the direction is 0 or 1", 0, ascending)
    if case_sensitive in ("1", "true"):
        raise names.error(errors.SORT_CASE, "case makes no difference in sorting", 0, case_sensitive)
    if missing.strip('"') not in ("", "highValue"):
        raise names.error(errors.SORT_MISSING, "records without a value come last", 0, missing)
    if schema not in _SCHEMAS:
        raise names.error(errors.SORT_SCHEMA, "hits are sorted by indexes, as dc has them", 0, schema)
    name = f"dc.{path}" if schema and "." not in path else path
    return _order(names, name, "descending" if ascending in ("0", "false") else "ascending", 0)


def _order(names: Names, index: str, direction: str, position: int) -> SortOrder:
    known = SORTS.get(names.target(index, position))
    if known is None:
        raise names.error(
            errors.SORT_PATH, f"hits are not sorted by {index}", position, index, "see the explain record"
        )
    order = known.get(direction)
    if order is None:
        message = f"{index} is sorted in ascending order only"
        raise names.error(errors.SORT_DIRECTION, message, position, direction)
    return order
