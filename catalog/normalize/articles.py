"""The article a title begins with, which it is not filed by."""

import re
from functools import lru_cache

from catalog.codes import table


@lru_cache(maxsize=64)
def initial_article(language: str) -> re.Pattern[str] | None:
    """Return the pattern of a language's articles, small letters, with the blank after; None for none."""
    words = str(table("articles").get(language.partition("-")[0], "")).split()
    if not words:
        return None
    parts = [re.escape(word) if word.endswith("'") else re.escape(word) + r"\s+" for word in words]
    return re.compile(rf"(?:{'|'.join(parts)})(?=\S)")
