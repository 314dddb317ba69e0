"""The SQLite file: opening, migrating, transactions, and its faults in our words."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from catalog.errors import CatalogueBusy, SchemaTooNew, StoreError

Row = tuple[Any, ...]
Mode = Literal["read", "write", "create"]

FILE_NAME = "catalogue.sqlite"
APPLICATION_ID = 0x70656572  # "peer": lets file(1) and us tell a catalogue from any other database
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
SCHEMA = Path(__file__).with_name("schema")

NO_CATALOGUE = "`peerlit import FILE` makes one"

_TRY_AGAIN = 0.002  # seconds


class Database:
    """One connection; every fault comes out as a StoreError of one line."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, timeout: float) -> None:
        self._connection = connection
        self._timeout = timeout
        self.path = path

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return all rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except OverflowError:  # a number beyond 64 bits is that of no row
            return []
        except sqlite3.Error as error:
            raise fault(error, self.path) from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        try:
            found: Row | None = self._connection.execute(sql, values).fetchone()
        except OverflowError:
            return None
        except sqlite3.Error as error:
            raise fault(error, self.path) from error
        return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - SQL gives what it gives
        """Return the first column of a query's one row."""
        row = self.row(sql, values)
        if row is None:
            raise StoreError(f"{self.path}: nothing came of {sql}")
        return row[0]

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Iterate over the rows of a query as of now, a few in memory at a time."""
        try:
            # Not `yield from`: broken off after the database is closed, it would close the cursor, and fail.
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row
        except OverflowError:
            return
        except sqlite3.Error as error:
            raise fault(error, self.path) from error

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Execute a statement."""
        try:
            self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise fault(error, self.path) from error

    def run_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Execute a statement once for each of the values."""
        try:
            self._connection.executemany(sql, values)
        except sqlite3.Error as error:
            raise fault(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block writes as a whole, or nothing of it when it raises.

        The write lock is taken at once: a transaction that began by reading could not wait for it
        (https://sqlite.org/isolation.html, SQLITE_BUSY_SNAPSHOT).
        """
        self.insist("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that the block reads be of one moment, whatever others write meanwhile."""
        self.run("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()

    def insist(self, sql: str) -> None:
        """Execute a statement that needs the write lock, asking for it more often than SQLite does.

        Between two pages a process that imports leaves it free for some milliseconds. SQLite, which sleeps up
        to a tenth of a second between tries, would meet them by chance and may not within the timeout; for a
        change of the journal's mode it does not wait at all.
        """
        end = time.monotonic() + self._timeout
        self.run("PRAGMA busy_timeout = 0")
        try:
            while not self._done(sql, last=time.monotonic() >= end):
                time.sleep(_TRY_AGAIN)
        finally:
            self.run(f"PRAGMA busy_timeout = {round(self._timeout * 1000)}")

    def _done(self, sql: str, *, last: bool) -> bool:
        try:
            self.run(sql)
        except CatalogueBusy:
            if last:
                raise
            return False
        return True

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def fault(error: sqlite3.Error, path: Path) -> StoreError:
    """Say in one line what SQLite met."""
    name: str = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return CatalogueBusy(
            f"another process is writing to {path.parent}", hint="wait until it has finished, then try again"
        )
    if name.startswith("SQLITE_FULL"):
        return StoreError(f"the disk is full: {path}", hint="make room, then repeat the command")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(
            f"{path} cannot be opened or written: {error}", hint="look at the permissions of the folder"
        )
    if name.startswith("SQLITE_NOTADB"):
        return StoreError(f"{path} is not a catalogue: {error}")
    if name.startswith("SQLITE_CORRUPT"):
        return StoreError(f"{path} is damaged: {error}", hint="restore it from a backup, or import again")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"{path} cannot be read or written: {error}", hint="is the disk full?")
    return StoreError(f"{path}: {error}")


def open_database(folder: Path, mode: Mode, *, timeout: float = 10.0, shared: bool = False) -> Database:
    """Open the catalogue in a folder; `create` makes what is missing, and it and `write` migrate.

    `timeout`: seconds to wait for another writer. `shared`: threads may hand it on, one using it at a time.
    Raises StoreError when there is none, or it cannot be opened; SchemaTooNew; CatalogueBusy.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or later is needed")
    path = folder / FILE_NAME
    if mode == "create":
        _make_folder(folder)
    elif not path.is_file():
        raise StoreError(f"there is no catalogue in {folder}", hint=NO_CATALOGUE)
    if mode == "read":
        return _open_to_read(path, timeout, shared=shared)
    database, _ = _connect_checked(path, "rwc" if mode == "create" else "rw", timeout)
    try:
        _write_ahead(database)
        _migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {folder} cannot be made: {error.strerror}") from error


def _connect(path: Path, mode: str, timeout: float, *, shared: bool = False) -> Database:
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=not shared,
        )
    except sqlite3.Error as error:
        raise fault(error, path) from error
    database = Database(connection, path, timeout=timeout)
    try:
        database.run("PRAGMA foreign_keys = ON")
    except BaseException:
        database.close()
        raise
    return database


def _open_to_read(path: Path, timeout: float, *, shared: bool) -> Database:
    try:
        database, version = _connect_checked(path, "ro", timeout, shared=shared)
    except StoreError:
        if path.with_name(f"{FILE_NAME}-wal").exists():
            raise
        # A folder we may not write to has no place for the shared-memory file that readers of a WAL database
        # make. With no log beside it nobody is writing: https://sqlite.org/wal.html#read_only_databases
        database, version = _connect_checked(path, "ro&immutable=1", timeout, shared=shared)
    if version == newest_schema():
        return database
    database.close()
    if version == 0:  # killed while it was being made
        raise StoreError(f"there is no catalogue in {path.parent}", hint=NO_CATALOGUE)
    raise StoreError(
        f"the catalogue in {path.parent} was made by an older peerlit",
        hint="`peerlit reindex --normalise` brings it up to date",
    )


def _connect_checked(path: Path, mode: str, timeout: float, *, shared: bool = False) -> tuple[Database, int]:
    database = _connect(path, mode, timeout, shared=shared)
    try:
        return database, _check(database)
    except BaseException:
        database.close()
        raise


def _check(database: Database) -> int:
    """Return the schema's number; raise when this is no catalogue or a newer one."""
    with database.snapshot():  # another process may be making the catalogue at this moment
        version = database.value("PRAGMA user_version")
        application = database.value("PRAGMA application_id")
        objects = database.value("SELECT count(*) FROM sqlite_schema")
    if application != APPLICATION_ID and (application or version or objects):
        raise StoreError(f"{database.path} is not a peerlit catalogue")
    if version > newest_schema():
        raise SchemaTooNew(
            f"the catalogue in {database.path.parent} was made by a newer peerlit "
            f"(schema {version}, this one knows {newest_schema()})",
            hint="`pip install --upgrade peerlit`",
        )
    return int(version)


def _write_ahead(database: Database) -> None:
    if database.value("PRAGMA journal_mode") != "wal":
        database.insist("PRAGMA journal_mode = WAL")
    database.run("PRAGMA synchronous = NORMAL")
    # Records come in no order of their keys, so every page touches the indices everywhere: in a catalogue of
    # 160,000 the usual cache of 2 MB and log of 4 MB took twice the time.
    database.run("PRAGMA cache_size = -16000")  # KB
    database.run("PRAGMA wal_autocheckpoint = 4000")  # pages of 4 KB


def migrations() -> list[tuple[int, Path]]:
    """Return the migrations in their order: the number each leads to, and its SQL."""
    return sorted((int(path.name[:4]), path) for path in SCHEMA.glob("[0-9]*.sql"))


def newest_schema() -> int:
    """Return the number of the newest schema."""
    return migrations()[-1][0]


def _migrate(database: Database) -> None:
    for number, path in migrations():
        if database.value("PRAGMA user_version") >= number:
            continue
        # A table that others refer to can only be made anew without them being looked at meanwhile, and that
        # can only be told outside of the transaction: https://sqlite.org/lang_altertable.html#otheralter
        database.run("PRAGMA foreign_keys = OFF")
        with database.transaction():
            # Asked again: another process may have done it while we waited for the lock.
            if database.value("PRAGMA user_version") < number:
                _perform(database, number, path)
        database.run("PRAGMA foreign_keys = ON")


def _perform(database: Database, number: int, path: Path) -> None:
    for statement in statements(path.read_text(encoding="utf-8")):
        database.run(statement)
    broken = database.row("PRAGMA foreign_key_check")
    if broken is not None:
        raise StoreError(
            f"{database.path} is damaged: {broken[0]} refers to a {broken[2]} that is not there",
            hint="restore it from a backup, or import again",
        )
    database.run(f"PRAGMA application_id = {APPLICATION_ID}")
    database.run(f"PRAGMA user_version = {number}")


def statements(script: str) -> Iterator[str]:
    """Split a script into statements, so that they can run inside one transaction."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
