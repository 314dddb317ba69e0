"""What kind of thing a record is to a library, for the formats that libraries exchange."""

from typing import Any

from catalog.codes import table
from catalog.record import Container, Record


def library_type(record: Record) -> dict[str, Any]:
    """Return the row of `codes/library_types.toml` for the type of a record."""
    found: dict[str, Any] = table("library_types")["types"][record.type]
    return found


def coar_concept(row: dict[str, Any]) -> str:
    """Return the address of a row's concept: https://vocabularies.coar-repositories.org/resource_types/."""
    return f"http://purl.org/coar/resource_type/{row['concept']}"


def is_serial(record: Record) -> bool:
    """Tell a serial from what is in one: its container is nothing but its own ISSNs."""
    issns = record.container.issns if record.container else ()
    return record.type == "periodical" and issns != () and record.container == Container(issns=issns)
