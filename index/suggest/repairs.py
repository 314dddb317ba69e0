"""What may be put in the place of words that hardly any record has."""

from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple

from index.engine import Reader, Vocabulary
from index.query.ast import Phrase, Query, Term, Word
from index.stem import stem
from index.suggest.candidates import EDIT, nearest, reach
from index.suggest.rewriting import Site

TIMES = 50
"""How many times as many records a word must have to be offered for one that is found at all."""

_TRIED = 8


class Repair(NamedTuple):
    """The words to put in the place of some; the greater the score, the likelier they were meant."""

    site: Site
    words: tuple[Word, ...]
    score: float


def leaf(site: Site) -> Query:
    """Return the search for the words of a site, side by side where they are two."""
    return Term(site.fields, site.words[0]) if len(site.words) == 1 else Phrase(site.fields, site.words)


def repairs(rare: Mapping[Site, int], pairs: Iterable[Site], engine: Reader) -> list[Repair]:
    """Return what may stand for rare words, given with their counts, and is found there; best first.

    `pairs` are the words that stand side by side.
    """
    known = engine.vocabulary()
    tried = [
        *(repair for site, count in rare.items() for repair in _respelt(site, known, count)),
        *(repair for site in rare for repair in _parted(site)),
        *(repair for pair in pairs for repair in _joined(pair, rare)),
    ]
    counts = engine.counts([leaf(Site(repair.site.fields, repair.words)) for repair in tried])
    found = [
        repair._replace(score=repair.score + log(count))
        for repair, count in zip(tried, counts, strict=True)
        if count >= max(1, TIMES * _found(repair.site, rare))
    ]
    return sorted(found, key=lambda repair: -repair.score)


def _found(site: Site, rare: Mapping[Site, int]) -> int:
    """Return in how many records the rarest word of a site is found."""
    singles = (Site(site.fields, (word,)) for word in site.words)
    return min(rare[single] for single in singles if single in rare)


def _respelt(site: Site, known: Vocabulary, count: int) -> Iterator[Repair]:
    """Yield words that look like it; of forms of one word, when any form will do, the likeliest."""
    (word,) = site.words
    families: set[str] = set()
    # A word that is found once is more likely a rare word than two mistakes.
    for text, cost in nearest(word.text, known, within=1 if count else reach(word.text)):
        family = stem(text) if word.match == "stem" else text
        if family not in families:
            families.add(family)
            yield Repair(site, (Word(text, word.match),), -cost)
        if len(families) == _TRIED:
            return


def _parted(site: Site) -> Iterator[Repair]:
    text = site.words[0].text
    for place in range(2, len(text) - 1):
        yield Repair(site, (Word(text[:place], "exact"), Word(text[place:], "exact")), -EDIT)


def _joined(pair: Site, rare: Mapping[Site, int]) -> Iterator[Repair]:
    one, other = pair.words
    is_rare = any(Site(pair.fields, (word,)) in rare for word in pair.words)
    if is_rare and one.match == other.match != "wildcard":
        yield Repair(pair, (Word(one.text + other.text, one.match),), -EDIT)
