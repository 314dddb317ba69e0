"""What every step of reading another database's query needs."""

from typing import NamedTuple

from index.dialect.lexer import Source
from index.dialect.table import Dialect


class Loss(NamedTuple):
    """Something written that has no equal here, where it stands, and what was done instead."""

    position: int
    written: str
    message: str

    def __str__(self) -> str:
        return f"{self.written}: {self.message}"


class Reader(NamedTuple):
    """A text, its language, and where losses are reported."""

    source: Source
    dialect: Dialect
    losses: list[Loss]

    def lose(self, start: int, end: int, message: str) -> None:
        """Report what has no equal here."""
        self.losses.append(Loss(start, self.source.text[start:end].strip(), message))
