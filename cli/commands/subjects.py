"""`peerlit subjects`."""

import json

import click

from cli.output import say, typed


@click.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with the set in DOAJ's feed.")
def command(text: str | None, *, as_json: bool) -> None:
    """Browse the Library of Congress classes that DOAJ uses: all of them, or those that TEXT is in.

    With a code or a whole caption: that class and all below it.

    \b
    peerlit subjects psych
    peerlit subjects RC435-571
    """
    from catalog.normalize.classes import Row, browse, set_spec

    def line(row: Row) -> str:
        if as_json:
            return json.dumps({**row._asdict(), "set": set_spec(row.caption)}, ensure_ascii=False)
        return f"{'  ' * row.depth}{row.code}  {row.caption}"

    rows = list(browse(text and typed(text)))
    for row in rows:
        click.echo(line(row))
    if not rows:
        say(f"no class has {text} in its caption")
        raise click.exceptions.Exit(1)
