"""Pages in a real browser: axe has nothing to say, and nothing is cut off or refused."""

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.web.browser.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 320


@pytest.mark.parametrize(("scheme", "width"), [("light", WIDE), ("dark", NARROW)])
def test_axe_finds_nothing(
    browser: "Browser", address: str, scheme: Literal["light", "dark"], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe, said = Axe(), []
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(address + path)
        found = axe.run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").count() == 1, path
    context.close()
    assert [text for text in said if "status of 4" not in text] == []


def test_what_is_chosen_or_pointed_at_is_at_least_24_pixels_high(browser: "Browser", address: str) -> None:
    """Links within a line of text are exempt (WCAG 2.2, 2.5.8)."""
    page = browser.new_page()
    for path in PAGES:
        page.goto(address + path)
        small = page.evaluate(
            """[...document.querySelectorAll("button, input, select, summary, aside a, nav a")]
            .filter((each) => each.checkVisibility() && !each.closest("svg, .skips"))
            .filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.outerHTML)"""
        )
        assert small == [], path
    page.close()


def test_the_validator_of_html_finds_nothing(address: str, tmp_path: Path) -> None:
    jar = os.environ.get("VNU_JAR")
    if not jar:
        pytest.skip("VNU_JAR does not say where the validator is (npm install vnu-jar)")
    for number, path in enumerate(PAGES):
        try:
            text = urlopen(address + path).read()
        except HTTPError as refused:
            text = refused.read()
        (tmp_path / f"{number}.html").write_bytes(text)
    checked = subprocess.run(
        ["java", "-jar", jar, *tmp_path.glob("*.html")], capture_output=True, text=True, check=False
    )
    assert checked.stderr == ""
