"""DOAJ's public dump, packed, unpacked or one batch of it, read to its end or to where it breaks off."""

import gzip
import io
import json
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from catalog.errors import IncompleteSource, UnreadableFile, UsageFault
from harvester.doaj.dump import DumpSource
from harvester.protocol import Page
from harvester.run import harvest
from tests.harvester.scripted import ListSink
from tests.provider.articles import articles

WORLD = articles(2300, seed=5)
LINES = [json.dumps(article, ensure_ascii=False).encode() for article in WORLD]


def batch(lines: Sequence[bytes]) -> bytes:
    """Write a batch as DOAJ does: an array, a record a line."""
    return b"[" + b",\n".join(lines) + b"]"


def archive(path: Path, *batches: bytes) -> Path:
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for number, content in enumerate(batches, start=1):
            member = tarfile.TarInfo(f"doaj_article_data_2026-01-01/article_batch_{number}.json")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return archive(tmp_path / "dump.tar.gz", batch(LINES[:1500]), batch(LINES[1500:]))


def taken(pages: Sequence[Page]) -> list[bytes]:
    return [raw.payload for page in pages for raw in page.raws]


def walk(path: Path, resume: str | None = None) -> list[Page]:
    return list(DumpSource(path).pages(None, None, resume))


def test_every_record_is_what_the_dump_has_under_the_name_the_feed_gives_it(dump: Path) -> None:
    pages = walk(dump)
    assert taken(pages) == LINES
    assert [len(page.raws) for page in pages] == [1000, 1000, 300]
    assert [page.resume is None for page in pages] == [False, False, True]
    assert {(page.announced, page.watermark) for page in pages} == {(None, None)}
    raw, article = pages[0].raws[0], WORLD[0]
    assert raw.identifier == f"oai:doaj.org/article:{article['id']}"
    assert (raw.datestamp, raw.format, raw.sets) == (article["last_updated"], "doaj+json", ())
    assert raw.place is not None
    assert raw.place.ordinal == 1


def test_unpacked_or_a_single_batch_is_the_same(dump: Path, tmp_path: Path) -> None:
    with tarfile.open(dump) as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
    assert taken(walk(tmp_path / "unpacked")) == LINES
    one = next((tmp_path / "unpacked").rglob("article_batch_2.json"))
    assert taken(walk(one)) == LINES[1500:]
    (tmp_path / "batch.json.gz").write_bytes(gzip.compress(batch(LINES[:3])))
    assert taken(walk(tmp_path / "batch.json.gz")) == LINES[:3]


def test_a_run_that_goes_on_takes_the_rest(dump: Path) -> None:
    for page in walk(dump)[:-1]:
        assert page.resume is not None
        begun = int(page.resume.split()[0])
        assert taken(walk(dump, page.resume)) == LINES[begun:]


def test_of_another_dump_in_the_same_place_a_run_begins_anew(dump: Path) -> None:
    resume = walk(dump)[0].resume
    archive(dump, batch(LINES[:1200]))
    assert taken(walk(dump, resume)) == LINES[:1200]


@pytest.mark.parametrize("share", [0.3, 0.7, 0.999])
def test_of_an_archive_that_breaks_off_all_that_is_there_is_kept(dump: Path, share: float) -> None:
    whole = dump.read_bytes()
    dump.write_bytes(whole[: int(len(whole) * share)])
    sink = ListSink()
    with pytest.raises(IncompleteSource):
        harvest(DumpSource(dump), sink, _Idle())
    good = [raw.payload for raw in sink.raws if raw.fault is None]
    assert len(good) > 2300 * share * 0.8
    assert good == LINES[: len(good)]
    assert sink.runs[0].status == "incomplete"


def test_of_a_folder_the_other_batches_are_read_when_one_breaks_off(tmp_path: Path) -> None:
    (tmp_path / "article_batch_1.json").write_bytes(batch(LINES[:20])[:-3000])
    (tmp_path / "article_batch_2.json").write_bytes(batch(LINES[20:30]))
    (tmp_path / "notes.txt").write_text("not a batch")
    sink = ListSink()
    with pytest.raises(IncompleteSource, match="article_batch_1"):
        harvest(DumpSource(tmp_path), sink, _Idle())
    assert [raw.payload for raw in sink.raws[-10:]] == LINES[20:30]
    assert [remark.kind for remark in sink.runs[0].remarks] == ["note"]


def test_what_is_no_article_is_handed_over_as_a_rejection(tmp_path: Path) -> None:
    path = tmp_path / "batch.json"
    path.write_bytes(
        batch([LINES[0], b'{"bibjson": {"title": "no id"}}', b'{"id": "x", "bibjson": {', LINES[1]])
    )
    raws = [raw for page in walk(path) for raw in page.raws]
    assert [raw.fault is None for raw in raws] == [True, False, False, True]
    assert all(raw.identifier.startswith("sha256:") for raw in raws[1:3])


def test_what_is_no_dump_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        DumpSource(tmp_path / "nothing.tar.gz").plan(None, None)
    marc = tmp_path / "records.mrk"
    marc.write_text("=LDR  00000nam a2200000 a 4500\n=001  1\n=245  00$aTitle\n\n")
    with pytest.raises(UnreadableFile, match="not a dump"):
        walk(marc)


def test_a_dump_cannot_be_asked_for_dates(dump: Path) -> None:
    with pytest.raises(UsageFault):
        DumpSource(dump).plan("2026-01-01", None)
    with pytest.raises(UsageFault):
        next(DumpSource(dump).pages(None, "2026-01-01", None))


def test_the_plan_tells_its_size(dump: Path) -> None:
    plan = DumpSource(dump).plan(None, None)
    assert (plan.records, plan.requests) == (None, None)
    assert f"{dump.stat().st_size / 1e6:,.1f} MB" in plan.way
    assert DumpSource(dump).location == str(dump)


class _Idle:
    requests = retries = 0


@pytest.mark.slow
def test_memory_is_flat_however_many_articles(tmp_path: Path) -> None:
    import subprocess
    import sys

    def peak(count: int) -> int:
        path = archive(tmp_path / f"{count}.tar.gz", *[batch(LINES * 10)] * (count // 23_000))
        program = (
            "import resource, sys; from harvester.doaj.dump import DumpSource\n"
            "n = sum(len(p.raws) for p in DumpSource(sys.argv[1]).pages(None, None, None))\n"
            "print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)], cwd=root, check=True, capture_output=True, text=True
        )
        records, kilobytes = map(int, done.stdout.split())
        assert records == count // 23_000 * 23_000
        return kilobytes

    assert peak(230_000) < peak(23_000) + 10_000
