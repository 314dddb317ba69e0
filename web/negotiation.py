"""Which of several forms of a thing the other side wants (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_WEIGHT: Final = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


def preferred(accept: Iterable[str], offers: Sequence[str]) -> str | None:
    """Return the media type of those on offer that suits best, the first of equals; None when none does.

    `accept` are the values of the Accept headers. Parameters of a range but its weight are passed over: no
    two forms of ours differ in one. No header, or none that can be read, means anything.
    """
    ranges = dict(_ranges(",".join(accept))) or {"*/*": 1.0}
    weights = {offer: _weight(ranges, offer) for offer in offers}
    best = max(weights.values(), default=0.0)
    return next((offer for offer, weight in weights.items() if weight == best), None) if best else None


def _weight(ranges: dict[str, float], offer: str) -> float:
    """Return the weight of the narrowest range that an offer is in."""
    kind = offer.partition("/")[0]
    return next((ranges[name] for name in (offer, f"{kind}/*", "*/*") if name in ranges), 0.0)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        told = [value for key, _, value in (each.partition("=") for each in parameters) if key == "q"]
        if "/" in name and all(map(_WEIGHT.fullmatch, told)):
            yield name, float(told[0]) if told else 1.0
