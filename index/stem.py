"""English stems by Snowball (snowballstem.org), of tokens the analyser made."""

from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    # Imported late: a search of exact words needs no stemmer. Without PyStemmer's cache of words, which is
    # sorted again and again while a lexicon goes through it: three times the time.
    import Stemmer

    stem_word: Callable[[str], str] = Stemmer.Stemmer("english", 0).stemWord
    return stem_word


def stem(token: str) -> str:
    """Return the stem of a folded token; words with no ending English knows are their own stem."""
    return _stemmer()(token)


def version() -> str:
    """Return the stemmer's version: another one may stem otherwise."""
    import Stemmer

    return str(Stemmer.version())
