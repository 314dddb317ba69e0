"""The command line: a command parses options, makes one library call, prints."""

from cli.main import main

__all__ = ["main"]
