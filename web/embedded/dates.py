"""A date as far as it is known."""

from catalog.export.facts import month_and_day
from catalog.record import PartialDate


def written(issued: PartialDate | None, separator: str = "-") -> str | None:
    """Return `2024`, `2024-04` or `2024-04-01`; None where the year is unknown or not of our era."""
    if issued is None or issued.year is None or not 0 < issued.year < 10_000:
        return None
    parts = [f"{issued.year:04}"]
    for part in month_and_day(issued):
        if not part:
            break
        parts.append(f"{part:02}")
    return separator.join(parts)
