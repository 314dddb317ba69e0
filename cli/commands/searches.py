"""`peerlit searches`: searches under a name, their runs, and what came since."""

import json
import shlex
import sys
from collections.abc import Iterable, Iterator

import click

from catalog.errors import UsageFault
from catalog.export import EXPORTERS, Entry, Options
from catalog.store import Catalog, Search, SearchRun, open_catalog
from cli.columns import cut
from cli.fields import FIELD_LIST, tell_unused_fields
from cli.listing import table
from cli.output import printable, say, typed, write_whole
from cli.searching.asked import asking, tell, understand
from cli.searching.saved import remade, run
from cli.session import searching
from cli.settings import Settings
from index.understanding import Asked

_FORMATS = tuple(EXPORTERS)


@click.group()
def command() -> None:
    """Keep searches under a name, run them again, and see what came since."""


@command.command()
@click.argument("name")
@asking
@click.option("--replace", is_flag=True, help="Put it in the place of another of that name.")
@click.pass_obj
def save(settings: Settings, name: str, asked: Asked, *, replace: bool) -> None:
    """Keep a search under NAME; `searches run NAME` runs it.

    \b
    peerlit searches save monthly '"peer support" AND recovery'
    peerlit searches save review --strategy review.txt
    """
    tell(understand(asked))
    with open_catalog(settings.folder(), mode="write") as catalog:
        kept = catalog.searches.save(
            typed(name), asked.form, asked.text, asked.dialect, exact=asked.exact, replace=replace
        )
    if not settings.quiet:
        say(f"saved as {kept.name}")


@command.command(name="list")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_searches(settings: Settings, name: str | None, *, as_json: bool) -> None:
    """List the saved searches, or the runs of one of them, the last first."""
    with open_catalog(settings.folder(), mode="read") as catalog:
        kept = catalog.searches
        found: list[Search | SearchRun] = [*(kept.every() if name is None else kept.runs(typed(name)))]
        cells = [_cells(each, catalog) for each in found]
    if not found:
        say("no search is saved yet" if name is None else f"{typed(name)} was never run")
        raise click.exceptions.Exit(1)
    for line in map(_as_json, found) if as_json else table(_SEARCHES if name is None else _RUNS, cells):
        click.echo(line)


_SEARCHES = ("name", "run", "at", "found", "form", "search")
_RUNS = ("run", "at", "found", "revision", "understood as")
_SHOWN = 60


def _cells(each: Search | SearchRun, catalog: Catalog) -> tuple[str, ...]:
    if isinstance(each, SearchRun):
        return str(each.id), each.at, str(each.total), str(each.revision), _shown(each.understood)
    last = catalog.searches.run(each.last_run) if each.last_run else None
    when = (str(last.id), last.at, str(last.total)) if last else ("-", "never run", "-")
    return each.name, *when, each.form, _shown(each.text)


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return cut(line, _SHOWN) if sys.stdout.isatty() else line


@command.command(name="run")
@click.argument("names", metavar="NAME...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Run all of them.")
@click.pass_obj
def run_searches(settings: Settings, names: tuple[str, ...], *, every: bool) -> None:
    """Run saved searches, and keep what they found; say what is new since the run before."""
    if bool(names) == every:
        fault = "names and --all are two choices" if every else "nothing to run"
        raise UsageFault(fault, hint="name searches, or give --all")
    with searching(settings) as session:
        kept = session.catalog.searches
        chosen = kept.every() if every else list(dict.fromkeys(map(kept.get, map(typed, names))))
        for search in chosen:
            made = run(search, session, settings)
            change = f"; {_changed(session.catalog, search.last_run, made)}" if search.last_run else ""
            click.echo(f"{search.name}: {made.total:,} found (run {made.id}){change}")
    raise click.exceptions.Exit(0 if chosen else 1)


def _changed(catalog: Catalog, before: int, made: SearchRun) -> str:
    found = catalog.searches.difference(before, made.id)
    return f"{len(found.new):,} new, {len(found.gone):,} no more since run {before}"


@command.command()
@click.argument("number", type=int)
@click.option(
    "--format", "-f", "form", type=click.Choice(_FORMATS), help="Write what it found, as it was then."
)
@click.option("--fields", type=FIELD_LIST, default=(), help="Columns of json, jsonl and csv, commas between.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object, with the keys.")
@click.pass_obj
def show(
    settings: Settings, number: int, form: str | None, fields: tuple[str, ...], *, as_json: bool
) -> None:
    """Report one run: the search as typed and as understood, the hits of each line, or its records."""
    with open_catalog(settings.folder(), mode="read") as catalog:
        made = catalog.searches.run(number)
        keys = catalog.searches.keys(number)
        if form is not None:
            entries = (
                Entry(change.citation_key, change.key, change.record)
                for change in catalog.as_of(made.revision, keys)
                if change.record is not None
            )
            _write(entries, form, fields)
        elif as_json:
            click.echo(_as_json(made, keys=keys))
        else:
            for line in _report(made):
                click.echo(line)


def _as_json(each: Search | SearchRun, **more: object) -> str:
    lines = {"lines": [line._asdict() for line in each.lines]} if isinstance(each, SearchRun) else {}
    return json.dumps({**each._asdict(), **lines, **more}, ensure_ascii=False)


def _report(made: SearchRun) -> Iterator[str]:
    dialect = f", in the syntax of {made.dialect}" if made.dialect else ""
    exact = ", words exact" if made.exact else ""
    yield f"run {made.id} of {made.search}, {made.at}, by {made.program}"
    yield f"over the catalogue at revision {made.revision:,}: {made.total:,} found"
    yield f"a {made.form}{dialect}{exact}; as understood: {printable(made.understood)}"
    for line in made.lines:
        yield printable(f"{line.hits:>9,}  #{line.number} {line.text}")
        for text, hits in line.terms if len(line.terms) > 1 else ():
            yield printable(f"{hits:>9,}       {text}")


@command.command()
@click.argument("first", metavar="RUN|NAME")
@click.argument("second", metavar="[RUN]", type=int, required=False)
@click.option("--format", "-f", "form", type=click.Choice(_FORMATS), help="Write the new records instead.")
@click.option("--fields", type=FIELD_LIST, default=(), help="Columns of json, jsonl and csv, commas between.")
@click.pass_obj
def diff(
    settings: Settings, first: str, second: int | None, form: str | None, fields: tuple[str, ...]
) -> None:
    """Tell what is new since a run, and what is found no more.

    Of a run, compared with the one named second or the last of the same search; of a search, its last two
    runs. New ones begin with +, others with -.

    \b
    peerlit searches diff monthly
    peerlit searches diff 3 -f bibtex > new.bib
    """
    with open_catalog(settings.folder(), mode="read") as catalog:
        before, after = _compared(catalog, typed(first), second)
        found = catalog.searches.difference(before, after)
        if form is None:
            _write_signed(found.new, found.gone)
        else:
            stored = catalog.many(found.new)
            _write((Entry(each.citation_key, each.key, each.record) for each in stored), form, fields)
    if not settings.quiet:
        say(f"{len(found.new):,} new, {len(found.gone):,} no more from run {before} to run {after}")
    raise click.exceptions.Exit(0 if found.new or found.gone else 1)


def _compared(catalog: Catalog, first: str, second: int | None) -> tuple[int, int]:
    """Return the numbers of the runs to compare."""
    kept = catalog.searches
    if not first.isdecimal():
        if second is not None:
            raise UsageFault("a name stands for its last two runs", hint="name two runs by their numbers")
        runs = kept.runs(first)
        if len(runs) < 2:
            times = "once" if runs else "never"
            raise _nothing_to_compare(f"{first} was {times} run", first)
        return runs[1].id, runs[0].id
    before = kept.run(int(first))
    after = kept.run(second) if second is not None else kept.runs(before.search)[0]
    if second is None and after.id == before.id:
        raise _nothing_to_compare(f"run {before.id} is the last of {before.search}", before.search)
    return before.id, after.id


def _nothing_to_compare(message: str, name: str) -> UsageFault:
    return UsageFault(message, hint=f"`peerlit searches run {shlex.quote(name)}` first")


@command.command()
@click.argument("number", type=int)
@click.pass_obj
def check(settings: Settings, number: int) -> None:
    """Make a run again over the records as they were then, and compare what it finds with what it found.

    The whole catalogue of then is indexed for it, in a folder that is removed. Exit code 1: they differ.
    """
    with open_catalog(settings.folder(), mode="read") as catalog:
        made = catalog.searches.run(number)
        again = remade(made, catalog, settings)
    _write_signed(again.new, again.gone)
    same = not (again.new or again.gone)
    say(f"{made.total:,} found then, {again.total:,} now: {'the same records' if same else 'not the same'}")
    raise click.exceptions.Exit(0 if same else 1)


def _write(entries: Iterator[Entry], form: str, fields: tuple[str, ...]) -> None:
    tell_unused_fields(form, fields)
    write_whole(EXPORTERS[form].write(entries, Options(fields=fields)), None)


def _write_signed(new: Iterable[str], gone: Iterable[str]) -> None:
    """Write keys a line each: + before what came, - before what went."""
    for sign, keys in (("+", new), ("-", gone)):
        for key in keys:
            click.echo(f"{sign} {printable(key)}")
