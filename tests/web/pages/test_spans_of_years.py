"""Records whose dates span years: bars of decades count each once."""

from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from catalog.record import PartialDate, Record
from tests.web.shelves import fill, raw_of
from web.app import create_app
from web.site import Site

ISSUED = (
    PartialDate(year=1921, end_year=1924),
    PartialDate(year=1928, end_year=1931),
    PartialDate(year=2019),
    PartialDate(year=1920),
    PartialDate(year=1931),
    None,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spans")
    fill(
        folder,
        (
            raw_of(f"r{n}", Record(type="book", title=f"Annual {n}", issued=issued))
            for n, issued in enumerate(ISSUED)
        ),
    )
    return folder


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/", [1, 2, 3]),
        ("/search?q=annual", [1, 2, 3]),
        ("/search/facet/year", [1, 2, 3]),
        ("/search?from=1922&to=2019", [1, 2, 2]),
        ("/search?from=1920&to=1929", [1, 1, 1, 1]),
    ],
)
def test_each_bar_leads_to_as_many_records_as_it_says(folder: Path, path: str, counts: list[int]) -> None:
    with TestClient(create_app(Site(folder))) as client:
        rows = html.document_fromstring(client.get(path).text).cssselect("details table tbody tr")
        told = {row.cssselect("th a")[0].get("href"): int(row.cssselect("td")[0].text) for row in rows}
        assert list(told.values()) == counts
        for address, count in told.items():
            found = html.document_fromstring(client.get(address).text).cssselect(".status")[0].text
            assert found is not None
            assert found.endswith(f"of {count}")
