"""Where words, phrases and neighbours stand among the tokens of one value."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from index.query.ast import Near, Or, Phrase, Query, Term, Word
from index.snippet.words import At

Characters = tuple[int, int]
"""First character, and the one after the last."""

Stretches = dict[tuple[int, int], set[Characters]]
"""By first and last position: the characters of the words that make it what was looked for."""


def stretches(query: Query, found: Mapping[Word, list[At]]) -> Stretches:
    """Return where a leaf, or what may stand beside NEAR, is met; `found` has the tokens of each word.

    The characters of a phrase are one piece, those of NEAR the pieces on its two sides.
    """
    match query:
        case Term(word=word):
            return _term(found.get(word, ()))
        case Phrase(words=words):
            return _phrase([_term(found.get(word, ())) for word in words])
        case Or(children=children):
            together: Stretches = {}
            for child in children:
                for span, parts in stretches(child, found).items():
                    together.setdefault(span, set()).update(parts)
            return together
        case Near(left=left, right=right, distance=distance, ordered=ordered):
            one, other = (stretches(side, found) for side in (left, right))
            met: Stretches = {}
            _follow(one, other, distance, met)
            if not ordered:
                _follow(other, one, distance, met)
            return met
        case _:
            raise TypeError(f"{type(query).__name__} has no place in a text")


def _term(tokens: Iterable[At]) -> Stretches:
    found: Stretches = {}
    for place, start, end in tokens:
        found.setdefault((place, place), set()).add((start, end))
    return found


def _phrase(words: list[Stretches]) -> Stretches:
    found: Stretches = {}
    for first, _ in words[0]:
        each = [word.get((first + step, first + step)) for step, word in enumerate(words)]
        if all(each):
            characters = [pair for parts in each if parts for pair in parts]
            start, end = min(start for start, _ in characters), max(end for _, end in characters)
            found[first, first + len(words) - 1] = {(start, end)}
    return found


def _follow(first: Stretches, second: Stretches, distance: int, met: Stretches) -> None:
    """Add the stretches from a first to a second one behind it, at most `distance` words between."""
    ascending = sorted(second)
    for (start, end), parts in first.items():
        low = bisect_right(ascending, (end, 1 << 62))
        high = bisect_left(ascending, (end + distance + 2,))
        for span in ascending[low:high]:
            met.setdefault((start, span[1]), set()).update(parts, second[span])
