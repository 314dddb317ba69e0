"""Raw records made up, a crosswalk for them, and a process that imports them and may be killed.

Run as `python importing.py FOLDER COUNT`: imports COUNT raw records, and writes a line after each page.
"""

import json
import sys
from pathlib import Path

from catalog.record import (
    Contributor,
    Identifier,
    PartialDate,
    Place,
    RawRecord,
    Record,
    Rejection,
)
from catalog.store import open_catalog
from catalog.store.crosswalks import Crosswalks


def read(raw: RawRecord) -> Record | Rejection:
    """Read {"title", "family", "year", "doaj", "doi"}; anything else cannot be read."""
    if raw.fault is not None:
        return Rejection(reason=raw.fault)
    try:
        sent = json.loads(raw.payload)
        title = sent["title"]
    except (ValueError, KeyError) as error:
        return Rejection(reason=f"unreadable: {error}")
    family = sent.get("family")
    return Record(
        title=title,
        contributors=() if family is None else (Contributor(literal=family, family=family),),
        issued=PartialDate(year=sent.get("year", 2020)),
        identifiers=tuple(
            Identifier(scheme=scheme, value=sent[scheme]) for scheme in ("doaj", "doi") if scheme in sent
        ),
    )


CROSSWALKS = Crosswalks(read, {"rich": 1, "poor": 1}, {"rich": 5, "poor": 3})


def many_raws(count: int) -> list[RawRecord]:
    """Make raw records with repeats, double identifiers, unreadable ones and popular citation keys."""
    return [
        RawRecord(
            identifier=str(n % (count * 3 // 4)),
            format="rich",
            payload=b"{broken" if n % 17 == 0 else _payload(n),
            place=Place(ordinal=n + 1, offset=n * 100),
        )
        for n in range(count)
    ]


def _payload(n: int) -> bytes:
    sent = {"title": f"Peer support {n % 9}", "family": "Ng", "doi": f"10.1/{n % 50}"}
    if n % 10 == 0:
        sent["doaj"] = f"{n % 40:032x}"
    return json.dumps(sent).encode()


def _main(folder: str, count: str) -> None:
    with open_catalog(Path(folder), mode="create", crosswalks=CROSSWALKS) as catalog:
        raws = many_raws(int(count))
        harvest = catalog.begin("books", kind="file", location="books.mrc", request={})
        for start in range(0, len(raws), 20):
            catalog.page(harvest, raws[start : start + 20])
            print(start, flush=True)  # noqa: T201 - the parent waits for it
        catalog.finish(harvest, "complete")


if __name__ == "__main__":
    _main(*sys.argv[1:])
