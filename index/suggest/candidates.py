"""Words of an index that one which it does not hold may have been meant to be."""

from bisect import bisect_left, bisect_right
from math import log
from typing import NamedTuple

from index.engine import Vocabulary

# What a mistake costs against how often a word is found, in natural logarithms: an edit more must be made up
# for by 50 times as many records, another first letter, which is seldom mistyped, by 8 times as many.
EDIT = log(50)
_OTHER_FIRST_LETTER = log(8)

_SHORTEST = 3
_REACH = ((6, 1), (12, 2))
_FARTHEST = 3


class Candidate(NamedTuple):
    """A word, and how unlikely the mistakes are that would have made another text of it."""

    text: str
    cost: float


def is_correctable(text: str) -> bool:
    """Tell whether a token is a word that can be misspelt: letters, and enough of them."""
    return len(text) >= _SHORTEST and text.isalpha()


def reach(text: str) -> int:
    """Return how many mistakes to look for in a word of this length."""
    return next((edits for length, edits in _REACH if len(text) < length), _FARTHEST)


def nearest(text: str, known: Vocabulary, *, within: int) -> list[Candidate]:
    """Return the words at most so many mistakes away, those first that were most likely meant.

    Mistakes are letters left out, put in, changed, or two of them swapped (optimal string alignment; eight
    in ten of the mistakes in words are one of these: Damerau 1964, doi:10.1145/363958.363994).
    """
    # Imported late: most searches hold no word to be doubted, and each would wait 7 ms for it.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    first = bisect_left(known.terms, len(text) - within, key=len)
    last = bisect_right(known.terms, len(text) + within, key=len)
    found = process.extract(
        text, known.terms[first:last], scorer=OSA.distance, processor=None, score_cutoff=within, limit=None
    )
    ranked = [
        (log(known.documents[first + n]) - cost, Candidate(word, cost))
        for word, edits, n in found
        if edits and is_correctable(word)
        for cost in (EDIT * edits + _OTHER_FIRST_LETTER * (text[0] != word[0]),)
    ]
    return [candidate for _, candidate in sorted(ranked, key=lambda pair: (-pair[0], pair[1].text))]
