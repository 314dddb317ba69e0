"""Did you mean: a query with words that an index does not hold corrected. Offered, never applied."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.engine import Reader
from index.query.ast import Query
from index.query.printer import show
from index.suggest.candidates import EDIT, is_correctable
from index.suggest.repairs import Repair, leaf, repairs
from index.suggest.rewriting import Site, rewritten, typed

RARE = 1
"""Records that a word may be found in and still be taken for a mistake."""

_MOST = 3

_DOUBTED = 4
"""Words looked at: each is compared with all of an index, and where there are more it is another language."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that finds more, as text too; `instead` says which words were replaced, and by which."""

    query: Query
    text: str
    count: int
    instead: tuple[tuple[str, str], ...]


def suggest(query: Query, engine: Reader) -> list[Suggestion]:
    """Return the query with words that hardly any record has corrected, best first; only what finds more.

    Words are respelt, parted (`peersupport`) or joined (`coun seling`). Wildcards, values, numbers and
    scripts without blanks are left alone, and so is what stands under a NOT or in a line of a strategy.
    """
    parts = list(typed(query))
    singles = list(dict.fromkeys(site for part in parts for site in part.sites if _may_be_wrong(site)))
    wholes = list(dict.fromkeys(part.whole for part in parts if part.whole))
    before, *counts = engine.counts([query, *map(leaf, singles), *wholes])
    found = dict(zip(singles, counts[: len(singles)], strict=True))
    known = {whole for whole, count in zip(wholes, counts[len(singles) :], strict=True) if count > RARE}
    doubted = [site for part in parts if part.whole not in known for site in part.sites]
    rare = {site: found[site] for site in doubted if site in found and found[site] <= RARE}
    rare = dict(islice(rare.items(), _DOUBTED))
    if not rare:
        return []
    plans = list(_plans(repairs(rare, [site for site in doubted if len(site.words) > 1], engine)))
    queries = [rewritten(query, {repair.site: repair.words for repair in plan}) for plan in plans]
    offered = {
        meant: Suggestion(meant, show(meant), count, tuple(map(_instead, plan)))
        for meant, count, plan in zip(queries, engine.counts(queries), plans, strict=True)
        if count > before
    }
    return list(offered.values())[:_MOST]


def _may_be_wrong(site: Site) -> bool:
    return len(site.words) == 1 and site.words[0].match != "wildcard" and is_correctable(site.words[0].text)


def _plans(ranked: Sequence[Repair]) -> Iterator[list[Repair]]:
    """Yield repairs to be made together: the best of each word, then another that is nearly as good."""
    best: list[Repair] = []
    for repair in ranked:
        if not any(_overlap(repair, other) for other in best):
            best.append(repair)
    if best:
        yield best
    for repair in ranked:
        others = [other for other in best if not _overlap(repair, other)]
        rivals = [other for other in best if _overlap(repair, other)]
        if repair not in best and repair.score > max(rival.score for rival in rivals) - EDIT:
            yield [*others, repair]


def _overlap(one: Repair, other: Repair) -> bool:
    return one.site.fields == other.site.fields and not set(one.site.words).isdisjoint(other.site.words)


def _instead(repair: Repair) -> tuple[str, str]:
    asked, meant = (" ".join(word.text for word in words) for words in (repair.site.words, repair.words))
    return asked, meant
