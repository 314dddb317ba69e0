"""What helps whoever searched: what words stood for, what was found nowhere, what was almost found."""

from collections.abc import Iterator

from catalog.errors import NotFound
from cli.searching.asked import Understood
from cli.session import Session
from index.query.ast import All, And, Query
from index.query.expansion import expansions, notes


def word_notes(understood: Understood, session: Session, *, stems: bool) -> Iterator[str]:
    """Yield what patterns stood for, with `stems` what words did, and which words no record has."""
    queries = [understood.query]
    if understood.strategy is not None:
        queries = [line.query for line in understood.strategy.lines]
    found = (each for query in queries for each in expansions(query, session.engine))
    yield from dict.fromkeys(notes(found, stems=stems))


def other_words(query: Query, session: Session) -> Iterator[str]:
    """Yield what may have been meant by words that next to no record has; it is never searched unasked."""
    from index.suggest import suggest

    for suggestion in suggest(query, session.engine):
        yield f"did you mean {suggestion.text}? {_records(suggestion.count)}"


def fewer_words(query: Query, session: Session) -> Iterator[str]:
    """Yield how many records come how close to a query that finds none."""
    close = session.engine.nearly(query)
    if close is not None:
        verb = "has" if close.records == 1 else "have"
        yield (
            f"no record has all {close.wanted} parts of the query; {_records(close.records)} {verb} "
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
    return understood._replace(query=query)


def _records(count: int) -> str:
    return f"{count:,} record{'' if count == 1 else 's'}"
