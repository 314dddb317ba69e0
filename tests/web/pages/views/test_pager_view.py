"""From page to page."""

import pytest

from web.pages.views.pager import pager


@pytest.mark.parametrize(
    ("page", "last", "expected"),
    [
        (1, 0, ""),
        (1, 1, ""),
        (1, 2, "[1] 2 Next"),
        (2, 2, "Previous 1 [2]"),
        (5, 9, "Previous 1 … 3 4 [5] 6 7 … 9 Next"),
        (3, 9, "Previous 1 2 [3] 4 5 … 9 Next"),
        (12, 9, "Previous 1 … 9"),
    ],
)
def test_the_steps(page: int, last: int, expected: str) -> None:
    steps = pager(page, last, lambda number: f"/{number}").steps
    assert " ".join(f"[{step.text}]" if step.is_current else step.text for step in steps) == expected


def test_previous_and_next_are_told_to_programs() -> None:
    told = pager(5, 9, lambda number: f"/{number}")
    assert (told.previous, told.next) == ("/4", "/6")
    assert {step.rel: step.address for step in told.steps if step.rel} == {"prev": "/4", "next": "/6"}
    assert pager(12, 9, lambda number: f"/{number}").previous == "/9"
