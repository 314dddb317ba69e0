"""What helps whoever searched: what words stood for, what was found nowhere, what was almost found."""

from collections.abc import Iterator

from catalog.errors import NotFound
from cli.output import counted
from cli.searching.asked import Understood
from cli.session import Session
from index.query.ast import All, And, Query
from index.query.expansion import expansions, notes

_MOST_NOTES = 10
_LONGEST_QUERY = 120


def word_notes(understood: Understood, session: Session, *, every: bool) -> Iterator[str]:
    """Yield which words no record has, then what patterns stood for; `every` tells it of all words."""
    queries = [understood.narrowed or understood.query]
    if understood.strategy is not None:
        queries = [line.query for line in understood.strategy.lines]
    found = [each for query in queries for each in expansions(query, session.engine)]
    said = list(dict.fromkeys(notes(sorted(found, key=lambda each: bool(each.terms)), stems=every)))
    shown = len(said) if every or len(said) <= _MOST_NOTES else _MOST_NOTES
    yield from said[:shown]
    if len(said) > shown:
        yield f"{len(said) - shown:,} more notes on words: --explain shows all"


def advice(understood: Understood, total: int, session: Session) -> Iterator[str]:
    """Yield what may help whoever searched and found so many; nothing of it is searched unasked.

    Nothing where records like one were looked for: no more of a query was typed than narrows them down. In a
    strategy the report tells which line finds nothing.
    """
    if understood.narrowed is None:
        yield from _other_words(understood.query, session)
        if not total and understood.strategy is None:
            yield from _fewer_words(understood.query, session)


def _other_words(query: Query, session: Session) -> Iterator[str]:
    """Yield what may have been meant by words that next to no record has; it is never searched unasked."""
    from index.suggest import suggest

    for suggestion in suggest(query, session.engine):
        text = suggestion.text
        if len(text) > _LONGEST_QUERY:
            text = ", ".join(f"{better} for {word}" for word, better in suggestion.instead)
        yield f"did you mean {text}? {counted(suggestion.count, 'record')}"


def _fewer_words(query: Query, session: Session) -> Iterator[str]:
    """Yield how many records come how close to a query that finds none."""
    close = session.engine.nearly(query)
    if close is not None:
        verb = "has" if close.records == 1 else "have"
        parts = "both" if close.wanted == 2 else f"all {close.wanted}"
        yield (
            f"no record has {parts} parts of the query; {counted(close.records, 'record')} {verb} "
            f"{close.met} of them: --any lists those first"
        )


def resembling(understood: Understood, name: str, session: Session) -> Understood:
    """Return a search for the records most like one, among those that were searched for."""
    from index.similar import similar

    stored = session.catalog.get(name)
    like = similar(stored.key, stored.record, session.engine)
    if like is None:
        raise NotFound(f"{stored.key} says too little of itself", hint="search for words you would expect")
    query = like if understood.query == All() else And((like, understood.query))
    return understood._replace(query=query, narrowed=understood.query)
