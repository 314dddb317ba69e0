"""Searches kept under a name, and every run of them with what it found."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from catalog.errors import NotFound, UsageFault
from catalog.store.clock import now
from catalog.store.database import Database, Row
from catalog.store.rows import Difference, Search, SearchForm, SearchLine, SearchRun

_SEARCH = (
    "SELECT name, search.form, search.text, search.dialect, search.exact, saved_at, "
    "count(run.id), max(run.id) FROM search LEFT JOIN search_run AS run ON run.search_id = search.id"
)
_INSERT = "INSERT INTO search (form, text, dialect, exact, saved_at, name) VALUES (?, ?, ?, ?, ?, ?)"
_UPDATE = "UPDATE search SET form = ?, text = ?, dialect = ?, exact = ?, saved_at = ? WHERE name = ?"
_RUN = (
    "SELECT run.id, search.name, run.at, run.revision, run.program, run.form, run.text, run.dialect, "
    "run.exact, run.understood, run.lines, run.total "
    "FROM search_run AS run JOIN search ON search.id = run.search_id"
)
_ADD_RUN = (
    "INSERT INTO search_run "
    "(search_id, at, revision, program, form, text, dialect, exact, understood, lines, total) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)
_KEYS = (
    "SELECT key FROM search_hit JOIN record ON record.id = record_id WHERE run_id = ?1 {besides} ORDER BY key"
)
_WANTED = "FROM json_each(?) AS wanted JOIN record ON record.key = wanted.value"
_BESIDES = "AND record_id NOT IN (SELECT record_id FROM search_hit WHERE run_id = ?2)"
_TO_LINES = msgspec.json.Decoder(tuple[SearchLine, ...])
_LONGEST_NAME = 200


class Searches:
    """The saved searches of one catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        name: str,
        form: SearchForm,
        text: str,
        dialect: str | None = None,
        *,
        exact: bool = False,
        replace: bool = False,
    ) -> Search:
        """Keep a search under a name; runs that were made of an older text keep theirs.

        Raises UsageFault when another text has that name and is not to be replaced.
        """
        name = _checked(name)
        with self._database.transaction():
            held = self._row(name)
            if held is None:
                sql = _INSERT
            elif held[1:5] == (form, text, dialect, exact):
                return _search(held)
            elif replace:
                sql = _UPDATE
            else:
                raise UsageFault(
                    f"another search is saved as {held[0]!r}",
                    hint="--replace puts this one in its place; what it found so far is kept",
                )
            self._database.run(sql, (form, text, dialect, exact, now(), name))
        return self.get(name)

    def get(self, name: str) -> Search:
        """Return a search, its name in any case of letters. Raises NotFound."""
        row = self._row(name)
        if row is None:
            raise NotFound(f"no search is saved as {name!r}", hint=self._near(name))
        return _search(row)

    def every(self) -> list[Search]:
        """Return all of them by name."""
        return [_search(row) for row in self._database.rows(f"{_SEARCH} GROUP BY search.id ORDER BY name")]

    def add_run(
        self,
        search: Search,
        *,
        revision: int,
        program: str,
        understood: str,
        lines: Sequence[SearchLine],
        keys: Iterable[str],
    ) -> SearchRun:
        """Keep what a search found at a revision of the catalogue, whole or not at all."""
        with self._database.transaction():
            held = self._database.value("SELECT id FROM search WHERE name = ?", (search.name,))
            wanted = msgspec.json.encode(tuple(dict.fromkeys(keys))).decode()
            total = self._database.value(f"SELECT count(*) {_WANTED}", (wanted,))
            told = msgspec.json.encode(lines).decode()
            values = (search.form, search.text, search.dialect, search.exact, understood, told, total)
            number = self._database.value(_ADD_RUN, (held, now(), revision, program, *values))
            self._database.run(f"INSERT INTO search_hit SELECT ?, record.id {_WANTED}", (number, wanted))
        return self.run(number)

    def run(self, number: int) -> SearchRun:
        """Return a run. Raises NotFound."""
        row = self._database.row(f"{_RUN} WHERE run.id = ?", (number,))
        if row is None:
            raise NotFound(f"there is no run {number} of a search", hint="`peerlit searches list` lists them")
        return _run(row)

    def runs(self, name: str | None = None) -> list[SearchRun]:
        """Return the runs of a search, or all, the last first."""
        if name is None:
            return [_run(row) for row in self._database.rows(f"{_RUN} ORDER BY run.id DESC")]
        sql = f"{_RUN} WHERE search.name = ? ORDER BY run.id DESC"
        return [_run(row) for row in self._database.rows(sql, (self.get(name).name,))]

    def keys(self, run: int) -> list[str]:
        """Return the keys of all a run found, ascending, also of records that are gone by now."""
        return [key for (key,) in self._database.rows(_KEYS.format(besides=""), (run,))]

    def difference(self, before: int, after: int) -> Difference:
        """Return what the second of two runs found beside the first, and what it found no more."""
        sql = _KEYS.format(besides=_BESIDES)
        new, gone = (
            tuple(key for (key,) in self._database.rows(sql, pair))
            for pair in ((after, before), (before, after))
        )
        return Difference(new, gone)

    def _row(self, name: str) -> Row | None:
        return self._database.row(f"{_SEARCH} WHERE name = ? GROUP BY search.id", (name,))

    def _near(self, name: str) -> str:
        from difflib import get_close_matches  # for a hint alone

        close = get_close_matches(name, [search.name for search in self.every()], n=1)
        return f"did you mean {close[0]}?" if close else "`peerlit searches list` lists them"


def _checked(name: str) -> str:
    """Return a name that can be listed, one to a line, and told from the number of a run."""
    clean = " ".join(name.split())
    if not clean or len(clean) > _LONGEST_NAME or not clean.isprintable() or clean.isdecimal():
        raise UsageFault(
            f"{name!r} cannot be the name of a search", hint="take a few words, not a number alone"
        )
    return clean


def _search(row: Row) -> Search:
    found = Search(*row)
    return found._replace(exact=bool(found.exact))


def _run(row: tuple[Any, ...]) -> SearchRun:
    *known, lines, total = row
    found = SearchRun._make((*known, _TO_LINES.decode(lines), total))
    return found._replace(exact=bool(found.exact))
