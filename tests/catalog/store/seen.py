"""What a catalogue shows of itself, shortly."""

from catalog.store import Catalog

DOAJ = "0000178c89214dc8b82df1a25c0c478e"


def keys(catalog: Catalog) -> list[str]:
    return [stored.key for stored in catalog.live()]


def titles(catalog: Catalog) -> list[str | None]:
    return [stored.record.title for stored in catalog.live()]
