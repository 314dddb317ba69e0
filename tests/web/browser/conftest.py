"""The demo catalogue, served, and Chromium."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web import chromium
from web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def address(demo_folder: Path) -> Iterator[str]:
    with chromium.served(Site(demo_folder)) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    if not Path(chromium.PATH).exists():
        pytest.skip("Chromium is not installed")
    with chromium.chromium() as browser:
        yield browser
