"""The registry: what has no crosswalk, or was given up by its reader, becomes a rejection with a reason."""

import pytest

from catalog.crosswalk import CROSSWALKS, crosswalk, made_by
from catalog.record import RawRecord, Rejection


@pytest.mark.parametrize(
    ("format_name", "reason"),
    [
        (
            "xml:{http://arxiv.org/OAI/arXiv/}arXiv",
            "XML of the kind arXiv (http://arxiv.org/OAI/arXiv/) is not read",
        ),
        ("xml:{}thing", "XML of the kind thing (no namespace) is not read"),
        ("ris", "the format 'ris' is not read"),
    ],
)
def test_an_unknown_format_is_named_in_words(format_name: str, reason: str) -> None:
    raw = RawRecord(identifier="1", format=format_name, payload=b"x")
    assert crosswalk(raw) == Rejection(reason=reason)


def test_what_its_reader_gave_up_is_not_tried() -> None:
    raw = RawRecord(identifier="1", format="marc21", payload=b"x", fault="cut off")
    assert crosswalk(raw) == Rejection(reason="cut off")


@pytest.mark.parametrize("name", CROSSWALKS)
def test_nothing_a_source_sent_is_an_exception(name: str) -> None:
    assert isinstance(crosswalk(RawRecord(identifier="1", format=name, payload=b"\x00")), Rejection)
    assert made_by(name) == f"{name}@{CROSSWALKS[name].version}"
