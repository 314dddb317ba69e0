"""A MARC record as every serialisation of it looks once decoded."""

from collections.abc import Iterator
from typing import NamedTuple


class MarcField(NamedTuple):
    """One variable field: a control field has `value`, a data field indicators and subfields."""

    tag: str
    value: str = ""
    ind1: str = " "
    ind2: str = " "
    subfields: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the field as library catalogues show it to staff: `245 10 $aTitle /$cAuthor`."""
        if self.value:
            return f"{self.tag}    {self.value}"
        return f"{self.tag} {self.ind1}{self.ind2} " + "".join(
            f"${code}{text}" for code, text in self.subfields
        )

    def first(self, code: str) -> str | None:
        """Return the first non-empty subfield with that code."""
        for found, value in self.subfields:
            if found == code and value:
                return value
        return None

    def all(self, codes: str) -> tuple[str, ...]:
        """Return the non-empty subfields with any of those codes, in the order they stand."""
        return tuple([value for code, value in self.subfields if code in codes and value])

    def text(self, codes: str) -> str:
        """Return those subfields joined by blanks, in the order they stand."""
        return " ".join(self.all(codes))


class MarcRecord(NamedTuple):
    """A decoded record: values are str, NFC is not promised; `caveats` say what decoding had to forgive."""

    leader: str
    fields: tuple[MarcField, ...]
    caveats: tuple[str, ...] = ()

    def control(self, tag: str) -> str | None:
        """Return the value of the first control field with that tag."""
        return next((f.value for f in self.fields if f.tag == tag and f.value), None)

    def all(self, *tags: str) -> Iterator[MarcField]:
        """Iterate over the fields with any of those tags, in the order they stand."""
        return (f for f in self.fields if f.tag in tags)

    def first(self, *tags: str) -> MarcField | None:
        """Return the first field with any of those tags."""
        return next(self.all(*tags), None)
