"""`peerlit completion`: the script that lets a shell complete our commands."""

import click
from click.shell_completion import get_completion_class

from cli.main import app

_HELP = {
    "bash": "peerlit completion bash > ~/.local/share/bash-completion/completions/peerlit",
    "zsh": "peerlit completion zsh > ~/.zfunc/_peerlit   (with ~/.zfunc in fpath)",
    "fish": "peerlit completion fish > ~/.config/fish/completions/peerlit.fish",
}


@click.command(epilog="\b\n" + "\n".join(_HELP.values()))
@click.argument("shell", type=click.Choice(list(_HELP)))
def command(shell: str) -> None:
    """Print the completion script of your shell."""
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"no completion is known for {shell}")
    click.echo(completion(app, {}, "peerlit", "_PEERLIT_COMPLETE").source())
