"""Telling a body from a person by its name, in many languages and only when it is plain."""

import re
from functools import cache
from typing import Final, NamedTuple

from catalog.codes import table

_WORDS: Final = re.compile(r"[^\s,;:()/\"“”]+")


class _Words(NamedTuple):
    words: frozenset[str]
    groups: frozenset[str]
    surnames: frozenset[str]
    prepositions: frozenset[str]
    known: frozenset[str]
    parts: re.Pattern[str]


@cache
def _table() -> _Words:
    lists = table("bodies")
    parts = re.compile("|".join(map(re.escape, lists["parts"])))
    return _Words(
        words=frozenset(lists["words"]),
        groups=frozenset(lists["groups"]),
        surnames=frozenset(lists["surnames"]),
        prepositions=frozenset(lists["prepositions"]),
        known=frozenset(lists["known"]),
        parts=parts,
    )


def is_body(name: str) -> bool:
    """Tell whether a name plainly is a body's: `The ATLAS Collaboration`, `Università di Bologna`, `WHO`.

    Only what stands before the first comma counts, since an affiliation may follow a person's name.
    Conservative, as a body taken for a person is misfiled but a person taken for a body cannot be cited.
    """
    head = name.partition(",")[0].partition(";")[0].partition(" (")[0].strip()
    lists = _table()
    if not head.isascii() and lists.parts.search(head):
        return True
    words = _WORDS.findall(head.casefold())
    if len(words) < 2:
        return head.casefold() in lists.known and head.isupper() and "," not in name
    bare = lists.words
    if not bare.isdisjoint(words) or " ".join(words) in lists.known:
        return True
    definite = words[0] == "the"
    if definite and not (lists.groups | lists.surnames).isdisjoint(words):
        return True
    later = words[1:]
    if not lists.groups.isdisjoint(later):
        return True
    return not lists.surnames.isdisjoint(words) and not lists.prepositions.isdisjoint(later)
