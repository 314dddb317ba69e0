"""DOAJ's resumption token: base64 of JSON, kept nowhere and never expired.

Source: `make_resumption_token` and `get_start_after` of portality/view/oaipmh.py,
https://github.com/DOAJ/doaj.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import NamedTuple

from cli.loopback.shelf import Item


class Place(NamedTuple):
    """What is listed and where to go on: `served` records are sent, `skip` of them dated `stamp` or newer.

    Newer ones cannot be seen from here: the next page is asked for up to `stamp`.
    """

    prefix: str | None = None
    since: str | None = None
    until: str | None = None
    spec: str | None = None
    served: int = 0
    stamp: str | None = None
    skip: int = 0


def write(place: Place) -> str:
    """Return the token."""
    named = {"m": place.prefix, "f": place.since, "u": place.until, "s": place.spec, "n": place.served}
    given: dict[str, object] = {key: value for key, value in named.items() if value is not None}
    return base64.urlsafe_b64encode(json.dumps(given | {"a": [place.stamp, place.skip]}).encode()).decode()


def read(token: str) -> Place | None:
    """Return what a token says; None for what is none."""
    try:
        given = json.loads(base64.urlsafe_b64decode(token))
        stamp, skip = given.get("a", (None, 0))
        served, skip = int(given.get("n", 0)), int(skip)
    except (binascii.Error, ValueError, TypeError, AttributeError):
        return None
    return Place(given.get("m"), given.get("f"), given.get("u"), given.get("s"), served, stamp, skip)


def after(page: Sequence[Item], place: Place) -> Place:
    """Return the place after a page."""
    stamp = page[-1].updated
    same = sum(item.updated == stamp for item in page)
    if same == len(page) and stamp == place.stamp:
        same += place.skip  # the whole page has one date, which had begun before
    return place._replace(served=place.served + len(page), stamp=stamp, skip=same)
