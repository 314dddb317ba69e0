"""An article of DOAJ that comes by the feed and by the API is one record, and one deletion ends it."""

from pathlib import Path

import pytest

from catalog.record import RawRecord
from catalog.store import Catalog, open_catalog

ARTICLE = "0123456789abcdef0123456789abcdef"
FEED = {"kind": "doaj-feed", "location": "https://doaj.example/oai.article", "request": {"sets": "a"}}
API = {"kind": "doaj-api", "location": "https://doaj.example", "request": {"query": "peers"}}


def raw(what: str, day: str) -> RawRecord:
    """Make what came: f, the copy of the feed; a, that of the API; d, the deletion in the feed."""
    identifier, datestamp = f"oai:doaj.org/article:{ARTICLE}", f"2026-01-{day}T00:00:00Z"
    if what == "d":
        return RawRecord(
            identifier=identifier, format="oai_doaj", payload=b"<header/>", datestamp=datestamp, deleted=True
        )
    if what == "f":
        payload = f"<doajArticle><title>Feed {day}</title></doajArticle>".encode()
        return RawRecord(identifier=identifier, format="oai_doaj", payload=payload, datestamp=datestamp)
    payload = f'{{"id": "{ARTICLE}", "bibjson": {{"title": "API {day}"}}}}'.encode()
    return RawRecord(identifier=identifier, format="doaj+json", payload=payload, datestamp=datestamp)


def come(catalog: Catalog, what: str, day: str) -> None:
    way = API if what == "a" else FEED
    run = catalog.begin("doaj", **way)  # type: ignore[arg-type]  # mypy sees no keys in a dict of mixed values
    catalog.page(run, [raw(what, day)])
    catalog.finish(run, "complete")


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        ("f01 a01", "API 01"),
        ("a01 f01", "API 01"),
        ("a01 f02", "Feed 02"),
        ("f02 a01", "Feed 02"),
        ("f01 a01 d02", None),
        ("a01 d02", None),
        ("a03 d02", "API 03"),
        ("f01 a03 d02", "API 03"),
        ("d02 a01", None),
        ("d02 f01 a01", None),
        ("d02 a03", "API 03"),
        ("a01 d02 a03", "API 03"),
        ("a01 d02 f03", "Feed 03"),
        ("a01 d02 a03 d04", None),
        ("a01 d02 a01", None),
        ("a01 d02 a03 d02", "API 03"),
        ("f01 a01 d02 a03 f03", "API 03"),
    ],
)
def test_the_newest_decides_whichever_way_it_came(folder: Path, steps: str, title: str | None) -> None:
    with open_catalog(folder, mode="create") as catalog:
        for step in steps.split():
            come(catalog, step[0], step[1:])
        live = {stored.key: stored.record.title for stored in catalog.live()}
        assert live == ({} if title is None else {f"doaj/{ARTICLE}": title})
        assert catalog.stats().rejections == 0
