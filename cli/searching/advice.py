"""What helps whoever searched: what words stood for, what was found nowhere, what was almost found."""

from collections.abc import Iterator

from catalog.errors import NotFound
from cli.output import counted
from cli.session import Session
from index.query.ast import Query
from index.understanding import Understood, resembling, word_notes

_MOST_NOTES = 10
_LONGEST_QUERY = 120


def told_of_words(understood: Understood, session: Session, *, every: bool) -> Iterator[str]:
    """Yield what is to say of the words of a search, not all of it unless `every`."""
    said = word_notes(understood, session.engine, stems=every)
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


def resembling_named(understood: Understood, name: str, session: Session) -> Understood:
    """Return a search for the records most like a named one. Raises NotFound."""
    stored = session.catalog.get(name)
    like = resembling(understood, stored.key, stored.record, session.engine)
    if like is None:
        raise NotFound(f"{stored.key} says too little of itself", hint="search for words you would expect")
    return like
