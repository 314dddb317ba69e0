"""The article a title begins with, which it is not filed by."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from catalog.codes import table

# MARC 21 counts what is not filed in one figure.
_LONGEST: Final = 9


def non_filing(title: str, languages: Sequence[str]) -> int:
    """Return how many characters filing skips: the article of the title's language, and its blank.

    Of a title whose language nobody tells, only `The` is certain.
    """
    if not languages:
        return len("The ") if title.startswith("The ") else 0
    pattern = initial_article(languages[0])
    found = pattern.match(title.lower().replace("’", "'")) if pattern else None
    return found.end() if found and found.end() <= _LONGEST else 0


@lru_cache(maxsize=64)
def initial_article(language: str) -> re.Pattern[str] | None:
    """Return the pattern of a language's articles, small letters, with the blank after; None for none."""
    words = str(table("articles").get(language.partition("-")[0], "")).split()
    if not words:
        return None
    parts = [re.escape(word) if word.endswith("'") else re.escape(word) + r"\s+" for word in words]
    return re.compile(rf"(?:{'|'.join(parts)})(?=\S)")
