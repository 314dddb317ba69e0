"""English titles in headline capitals, as MLA and Chicago print them."""

import re
from typing import Final

# Articles, conjunctions and prepositions: MLA 9, §2.90; Chicago 18, §8.160.
_SMALL: Final = frozenset({
    "a", "al", "an", "and", "as", "at", "but", "by", "de", "for", "from", "in", "into", "nor", "of", "off",
    "on", "onto", "or", "over", "per", "so", "than", "the", "to", "up", "upon", "van", "versus", "via",
    "von", "vs", "with", "yet",
})  # fmt: skip
_PARTS: Final = re.compile(r"[^-‐‑]+")
_ENDS: Final = (":", ".", "?", "!", "–", "—")


def headline(title: str) -> str:
    """Return the title with capitals on the first and last word of each part, and on all but the small ones.

    A word with a capital or a digit of its own stays as it is: `mRNA`, `HIV`, `α2b`.
    """
    words = title.split(" ")
    last = len(words) - 1
    return " ".join(
        _word(word, kept=number in (0, last) or words[number - 1].endswith(_ENDS) or word.endswith(_ENDS))
        for number, word in enumerate(words)
    )


def _word(word: str, *, kept: bool) -> str:
    return _PARTS.sub(lambda part: _capital(part[0], kept=kept and part.start() == 0), word)


def _capital(part: str, *, kept: bool) -> str:
    letters = part.strip("\"'“”‘’()[]«».,;:?!")
    small = letters in _SMALL and not kept
    if small or not letters.islower() or any(map(str.isdecimal, letters)):
        return part
    return part.replace(letters[0], letters[0].upper(), 1)
