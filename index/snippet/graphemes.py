"""Where a text may be cut: between characters as a reader counts them (UAX #29, grapheme clusters)."""

import re
from unicodedata import category

# Marks are told by their category; these, which are none, go with what stands before them as well.
_JOINED_TO_BEFORE = re.compile(
    "[\u0e33\u0eb3\u1160-\u11ff\u200c\u200d\ud7b0-\ud7fb\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
# A joiner, signs written over what follows, and the viramas that make conjuncts (rule GB9c).
_JOINS_NEXT = re.compile(
    "[\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\U000110bd\U000110cd]"
)
_LEADING_JAMO = re.compile("[\u1100-\u115f\ua960-\ua97c]")
_AFTER_JAMO = re.compile("[\u1100-\u115f\ua960-\ua97c\uac00-\ud7a3]")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]+$")
_LONGEST_FLAGS = 64


def is_border(text: str, place: int) -> bool:
    """Tell whether a text can be cut before its character `place` without cutting a grapheme cluster."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    if after.isascii():
        return (before, after) != ("\r", "\n") and not (before > "\u05ff" and _JOINS_NEXT.match(before))
    if category(after)[0] == "M" or _JOINED_TO_BEFORE.match(after) or _JOINS_NEXT.match(before):
        return False
    if _LEADING_JAMO.match(before):
        return not _AFTER_JAMO.match(after)
    if _FLAGS.match(after):
        flags = _FLAGS.search(text[max(0, place - _LONGEST_FLAGS) : place])
        return flags is None or len(flags[0]) % 2 == 0
    return True


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch made longer, on both sides, until it cuts no cluster."""
    while not is_border(text, start):
        start -= 1
    while not is_border(text, end):
        end += 1
    return start, end
