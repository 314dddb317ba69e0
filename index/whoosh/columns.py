"""Per-document values that are read a whole segment at a time.

Whoosh's own columns answer for one document at a time, some 2 µs each; a result is sorted and counted over
thousands. These are one read and one `split` (or one array) for all documents of a segment.
"""

from array import array

from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.filedb.structfile import StructFile

_END = "\0"


class TextWriter(ColumnWriter):
    """Collects one text for each document; a document without one has the empty text."""

    def __init__(self, dbfile: StructFile) -> None:
        super().__init__(dbfile)
        self._values: list[str] = []

    def add(self, docnum: int, value: str) -> None:
        """Set the value of the next document, after those left out."""
        self._values += [""] * (docnum - len(self._values))
        self._values.append(value.replace(_END, " "))

    def finish(self, docnum: int) -> None:
        """Write all `docnum` values."""
        self._values += [""] * (docnum - len(self._values))
        self._dbfile.write(_END.join(self._values).encode("utf-8", "replace"))


class TextReader(ColumnReader):
    """Reads the texts of a segment."""

    def __init__(self, dbfile: StructFile, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._values: list[str] | None = None

    def load(self) -> list[str]:
        """Return the text of every document, in order."""
        if self._values is None:
            values = bytes(self._dbfile.get(self._basepos, self._length)).decode().split(_END)
            if len(values) != self._doccount:
                raise ValueError(f"a column of {len(values)} values for {self._doccount} documents")
            self._values = values
        return self._values

    def __getitem__(self, docnum: int) -> str:
        return self.load()[docnum]


class TextColumn(Column):
    """A text for each document; NUL cannot be part of it."""

    Writer = TextWriter
    Reader = TextReader
    _default = ""


class CountWriter(ColumnWriter):
    """Collects one count for each document, 0 where none was given."""

    def __init__(self, dbfile: StructFile) -> None:
        super().__init__(dbfile)
        self._values = array("I")

    def add(self, docnum: int, value: int) -> None:
        """Set the value of the next document, after those left out."""
        self._values.extend([0] * (docnum - len(self._values)))
        self._values.append(value)

    def finish(self, docnum: int) -> None:
        """Write all `docnum` values."""
        self._values.extend([0] * (docnum - len(self._values)))
        self._dbfile.write(self._values.tobytes())


class CountReader(ColumnReader):
    """Reads the counts of a segment."""

    def __init__(self, dbfile: StructFile, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._values: array[int] | None = None

    def load(self) -> "array[int]":
        """Return the count of every document, in order."""
        if self._values is None:
            values = array("I")
            values.frombytes(self._dbfile.get(self._basepos, self._length))
            if len(values) != self._doccount:
                raise ValueError(f"a column of {len(values)} values for {self._doccount} documents")
            self._values = values
        return self._values

    def __getitem__(self, docnum: int) -> int:
        return self.load()[docnum]


class CountColumn(Column):
    """A count below 2**32 for each document."""

    Writer = CountWriter
    Reader = CountReader
    _default = 0
