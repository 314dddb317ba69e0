"""Search, narrow down, open and export: with the keyboard alone, and without a script."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    page = browser.new_page()
    yield page
    page.close()


def tab_to(page: "Page", wanted: str) -> None:
    """Press the tabulator until what a selector names has the focus, and can be seen to have it."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            style = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{style}.outlineStyle") != "none", wanted
            return
    raise AssertionError(wanted)


def test_all_can_be_done_with_the_keyboard_alone(page: "Page", address: str) -> None:
    page.goto(f"{address}/help")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to search
    page.keyboard.type("support")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=support*")
    tab_to(page, "aside a[href*='type=book']")
    page.keyboard.press("Enter")
    page.wait_for_url("**type=book*")
    assert "1–7 of 7" in page.inner_text(".status")
    tab_to(page, ".hits input")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('h2') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/**at=1")
    page.go_back()
    tab_to(page, "#export button[value=all]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_text().count("\n@") == 7


def test_all_can_be_done_without_a_script(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    page.fill("#q", "support")
    page.click("form.bar button")
    page.click("aside a:has-text('Book')")
    page.check(".hits input >> nth=1")
    page.check(".hits input >> nth=2")
    page.select_option("#export select[name=format]", "ris")
    with page.expect_download() as download:
        page.click("#export button[value=selected]")
    assert download.value.path().read_text().count("\nER  -") == 2
    assert not page.is_visible("[data-select-all]")
    page.click(".hits h2 a >> nth=0")
    assert page.locator("h1").count() == 1
    page.click("text=Results")
    assert "1–7 of 7" in page.inner_text(".status")
    context.close()


def test_on_a_narrow_screen_the_facets_unfold_without_a_script(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{address}/search?q=support")
    facet = page.locator("aside a:has-text('Book')")
    assert not facet.is_visible()
    page.click("aside summary >> nth=0")
    facet.click()
    assert "type=book" in page.url
    context.close()


def test_single_keys_move_through_the_hits_and_can_be_turned_off(page: "Page", address: str) -> None:
    page.goto(f"{address}/search?q=support")
    for key in "jjkj":
        page.keyboard.press(key)
    second = page.locator(".hits h2 a >> nth=1")
    assert second.evaluate("(each) => each === document.activeElement")
    page.keyboard.press("x")
    assert page.locator(".hits input:checked").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("jx")
    assert page.input_value("#q") == "jx"  # the old query was selected; in a box keys are letters
    page.locator("h1").click()
    page.keyboard.press("?")
    page.uncheck("#keys input")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    page.click("[data-keys]")
    assert not page.is_checked("#keys input")


def test_all_hits_of_a_page_are_selected_and_text_is_copied(browser: "Browser", address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/search?q=support")
    page.click("[data-select-all]")
    assert page.locator(".hits input:checked").count() == 11
    page.click("[data-select-all]")
    assert page.locator(".hits input:checked").count() == 0
    page.goto(f"{address}/record/doaj/00000000000000000000000000000001")
    button = page.locator("[data-copy]:visible >> nth=0")
    copied = page.locator(f"#{button.get_attribute('data-copy')}").text_content()
    button.click()
    button.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == copied
    context.close()
