"""`peerlit demo`: the real commands on the bundled sample, each printed as it would be typed.

The harvests are real as well: of a small DOAJ that runs on this machine for as long as the demo does.
"""

import json
import shlex
import sys
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

import click

from catalog.errors import UsageFault
from cli.main import app

_FILES = ("loc-peer-support.mrc", "catalogue-page.txt")
_ARTICLES = "doaj-articles.json"
_SEARCH = '("peer support" OR "self-help") AND (group* OR worker* OR title:recovery)'
_AT_DEMO = ("--base-url", "{doaj}", "--source", "doaj")
_SEED = "10.1186/s12913-024-10943-y"
_STEPS = (
    (
        "Read two files of different formats into a new catalogue.",
        ("import", *(f"{{sample}}/{name}" for name in _FILES)),
    ),
    (
        "Harvest a class from DOAJ. This one is on your machine and has ten articles.",
        ("harvest", "doaj", "--subject", "Public aspects of medicine", *_AT_DEMO),
    ),
    ("Harvest a topic, whatever the class.", ("harvest", "doaj", "peer support", *_AT_DEMO)),
    ("What was harvested?", ("harvests",)),
    (
        "Search: words in any form, quotes exactly, OR in brackets, * for endings.",
        ("search", _SEARCH, "--facets"),
    ),
    (
        "One of them came as a catalogue page that called it a book. It is an article again.",
        ("show", "{seed}"),
    ),
    ("How was the query understood?", ("search", "peer NEAR/3 mental year:2019-2024", "--explain")),
    ("Export all hits: the .bib compiles.", ("export", _SEARCH, "-o", "{folder}/review.bib")),
    ("What does the catalogue hold, and what does it lack?", ("stats",)),
)
_NEXT = """What to try next:
  peerlit --catalog {folder} search 'self-help groups' --sort newest
  peerlit --catalog {folder} show KEY --raw        what the source sent
  peerlit --catalog my-catalogue harvest doaj "peer support"
  peerlit --catalog my-catalogue import YOUR-FILES  MARC, MARCXML, DOAJ JSON, a pasted catalogue page, …
The bibliography is in {folder}/review.bib. Remove the folder {folder} when you are done."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default="peerlit-demo")
def command(folder: Path) -> None:
    """Show all of it on a small bundled sample, in a new FOLDER (peerlit-demo)."""
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else (folder,)):
        raise UsageFault(f"{folder} exists already", hint="name a folder that does not: peerlit demo FOLDER")
    from cli.loopback.provider import Provider
    from cli.loopback.server import serve

    with as_file(files("cli") / "sample") as sample:
        articles = json.loads((sample / _ARTICLES).read_text(encoding="utf-8"))
        with serve(Provider(articles).respond) as doaj:
            _show(folder, {"sample": str(sample), "folder": str(folder), "seed": _SEED, "doaj": doaj})


def _show(folder: Path, words: Mapping[str, str]) -> None:
    for why, step in _STEPS:
        _run(why, folder, [part.format(**words) for part in step])
    click.echo(_NEXT.format(folder=shlex.quote(str(folder))))


def _run(why: str, folder: Path, step: list[str]) -> None:
    """Print one command as it would be typed, and run it; the demo ends where one fails."""
    args = ["--catalog", str(folder), *step]
    click.echo(f"# {why}\n$ peerlit {shlex.join(args)}")
    sys.stdout.flush()
    code = app.main(args, prog_name="peerlit", standalone_mode=False)
    if code not in (None, 0):
        raise click.exceptions.Exit(int(code))
    click.echo()
