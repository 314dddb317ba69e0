r"""Letters that LaTeX's own font encoding lacks (ą, đ, þ, «), and how a `.bib` brings them along.

LaTeX has the T1 definition of each in its format, but without `\usepackage[T1]{fontenc}` it stops with
"Command \k unavailable in encoding OT1". `?\k` is the name under which it looks for a definition of last
resort: BibTeX copies a `@preamble` to the top of the bibliography, where it is in time. A document that did
choose T1 never uses it.
"""

import re
from functools import cache

from catalog.codes import table


def t1_commands(printed: str) -> set[str]:
    r"""Return the commands behind such letters in a text: `\k`, `\dj`."""
    return {_commands()[letter] for letter in _letters().findall(printed)}


def t1_preamble(commands: set[str]) -> str:
    """Return the `@preamble` for the commands; a blank before it lets `grep -c ^@` count entries."""
    # guillemot (a bird) was renamed in 2020; either name may be what the letter stands for
    names = commands | {command.replace("guillemot", "guillemet") for command in commands}
    return " @preamble{" + "\n        # ".join(map(_definition, sorted(names))) + "}\n\n"


def _definition(command: str) -> str:
    name = f"\\csname?\\string{command}\\endcsname"
    if command == "\\k":
        return f'"\\expandafter\\providecommand{name}[1]{{\\UseTextAccent{{T1}}\\k{{#1}}}} "'
    return f'"\\expandafter\\providecommand{name}{{\\UseTextSymbol{{T1}}{command}}} "'


@cache
def _commands() -> dict[str, str]:
    codes = table("latex")
    by_letter = {letter: codes["text"].get(letter, "\\k") for letter in codes["raw_t1"]}
    return by_letter | {f"{{{command}}}": command for command in by_letter.values()} | {"{\\k ": "\\k"}


@cache
def _letters() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _commands())))
