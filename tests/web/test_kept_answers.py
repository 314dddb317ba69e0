"""Answers are kept while there is room, and none can be spoilt by who was given it."""

from collections.abc import Iterator

import pytest
from starlette.responses import PlainTextResponse, StreamingResponse

from web.kept import Kept


def test_those_not_asked_for_longest_make_room() -> None:
    kept = Kept(room=6_000)
    for name in "abc":
        kept.keep(name, PlainTextResponse(name * 1_000))
    assert kept.get("a") is not None
    kept.keep("d", PlainTextResponse("d" * 1_000))
    assert [name for name in "abcd" if kept.get(name) is None] == ["b"]


def test_whoever_changes_an_answer_changes_their_own() -> None:
    kept = Kept()
    made = PlainTextResponse("text", headers={"ETag": '"a"'})
    kept.keep("a", made)
    made.headers["Vary"] = "Cookie"
    for _ in range(2):
        answer = kept.get("a")
        assert answer is not None
        assert (answer.body, answer.headers["etag"]) == (b"text", '"a"')
        assert "vary" not in answer.headers
        answer.headers["Vary"] = "Accept-Encoding"


def streamed() -> Iterator[str]:
    yield "text"


@pytest.mark.parametrize(
    "answer",
    [PlainTextResponse("gone", 404), StreamingResponse(streamed()), PlainTextResponse("a" * (2 << 20))],
    ids=["a failure", "a stream", "what is large"],
)
def test_what_is_not_kept(answer: PlainTextResponse) -> None:
    kept = Kept()
    kept.keep("a", answer)
    assert kept.get("a") is None
