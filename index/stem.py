"""English stems by Snowball (snowballstem.org), of tokens the analyser made."""

from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[str], str]:
    # Imported late: a search of exact words needs no stemmer. PyStemmer keeps its own cache of words.
    import Stemmer

    stem_word: Callable[[str], str] = Stemmer.Stemmer("english").stemWord
    return stem_word


def stem(token: str) -> str:
    """Return the stem of a folded token; words with no ending English knows are their own stem."""
    return _stemmer()(token)


def version() -> str:
    """Return the stemmer's version: another one may stem otherwise."""
    import Stemmer

    return str(Stemmer.version())
