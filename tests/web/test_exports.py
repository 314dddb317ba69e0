"""All hits, or selected records, as a file that is sent while it is written."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from catalog.export import EXPORTERS
from catalog.export.presets import PRESETS, Limit
from web import exports
from web.exports import Download, in_chunks


@pytest.mark.parametrize("form", EXPORTERS)
def test_every_format_has_all_hits(client: TestClient, form: str) -> None:
    answer = client.get("/export", params={"q": "support OR help", "format": form, "type": "book"})
    total = client.get("/api/v1/search", params={"q": "support OR help", "type": "book"}).json()["total"]
    assert answer.headers["x-total-count"] == str(total)
    assert answer.headers["content-type"].partition(";")[0] == EXPORTERS[form].media_type
    assert answer.headers["content-disposition"].startswith('attachment; filename="support-or-help-')
    assert len(answer.content) > 10 * total
    head = client.head("/export", params={"q": "support OR help", "format": form, "type": "book"})
    assert (head.content, head.headers["etag"]) == (b"", answer.headers["etag"])


def test_a_bibliography_says_what_it_is_of(client: TestClient) -> None:
    text = client.get("/export?q=support&type=book").text
    entries = sum(line.startswith("@") for line in text.splitlines())
    assert text.splitlines()[1:3] == ['% Query: support AND type:="book"', f"% {entries} entries"]


def test_hits_come_in_the_order_asked_for(client: TestClient) -> None:
    keys = [item["key"] for item in client.get("/api/v1/search?q=help&sort=oldest&size=100").json()["items"]]
    assert client.get("/export?q=help&sort=oldest&format=keys").text.split() == keys
    assert sorted(client.get("/export?q=help&format=keys").text.split()) == sorted(keys)


def test_selected_records_are_written_in_their_order(client: TestClient) -> None:
    keys = client.get("/export?format=keys").text.split()[2:0:-1]
    told = {"key": keys, "format": "keys", "q": "nothing"}
    assert client.get("/export", params=told).text.split() == keys
    assert client.get("/export", params={**told, "which": "all"}).text == ""


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("which=selected", 400),
        ("key=nothing/there", 404),
        ("format=pdf", 400),
        ("for=rayyan&format=bibtex", 409),
        ("format=csv&fields=colour", 400),
        ("url=perhaps", 400),
        ("q=(", 400),
        ("q=a&q=b", 400),
        ("utm_source=letter&page=7", 200),
    ],
)
def test_what_cannot_be_meant_is_refused_before_the_first_byte(
    client: TestClient, told: str, status: int
) -> None:
    assert client.get(f"/export?{told}").status_code == status


def test_what_is_too_much_for_a_program_comes_as_an_archive(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = PRESETS["covidence"]._replace(limit=Limit(records=20))
    monkeypatch.setitem(exports.PRESETS, "covidence", small)
    answer = client.get("/export?for=covidence")
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    texts = [archive.read(name).decode() for name in archive.namelist()]
    assert [text.count("TY  - ") for text in texts] == [20, 20, 7]
    whole = client.get("/export?for=asreview")
    assert whole.headers["content-type"] == "text/csv; charset=utf-8"


def test_the_first_piece_is_sent_at_once_and_the_rest_in_large_ones() -> None:
    pieces = list(in_chunks(iter(["head", *["x" * 1000] * 200])))
    assert pieces[0] == b"head"
    assert {len(piece) for piece in pieces[1:-1]} == {66_000}
    assert sum(map(len, pieces)) == 4 + 200_000
    assert list(in_chunks([])) == []


def test_work_ends_when_nobody_reads_any_more() -> None:
    made, sent, released = [], [], []

    def pieces() -> Iterator[bytes]:
        for n in range(1000):
            made.append(n)
            yield b"x"

    async def receive() -> Message:
        while len(sent) < 3:
            await anyio.sleep(0)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        await anyio.sleep(0)

    download = Download(pieces(), lambda: released.append(True), {})
    with suppress(Exception):
        anyio.run(download, {"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
    assert released == [True]
    assert len(made) < 100
