"""Fetching records by their numbers from VuFind's export."""

from collections.abc import Sequence

import pytest

from catalog.errors import ProtocolError, TransportFailed, UsageFault
from harvester.http import Response
from harvester.protocol import Page
from harvester.vufind.export import ExportSource
from tests.harvester.sru.answers import marc
from tests.harvester.vufind.libraries import ADDRESS, Library, Said, exported, iso

PAGE = "<!DOCTYPE html><html><body>Export to</body></html>"


class Exporting(Library):
    """Exports what `says` has, ISO 2709 where it has nothing."""

    says: dict[str, Said]

    def search(self, url: str, params: object) -> Said:
        del params
        return self.says.get(exported(url), iso(7))


def exporting(**says: Said) -> Exporting:
    library = Exporting(0)
    library.says = says
    return library


def source(library: Library, ids: Sequence[str], style: str = "MARC") -> ExportSource:
    return ExportSource(library, ADDRESS, ids=ids, style=style)


def pages(library: Library, *ids: str, resume: str | None = None) -> list[Page]:
    return list(source(library, ids).pages(None, None, resume))


def faults(walked: list[Page]) -> dict[str, str | None]:
    return {raw.identifier: raw.fault for page in walked for raw in page.raws}


def test_each_record_is_fetched_once_and_from_every_checkpoint_the_rest() -> None:
    library = exporting()
    walked = pages(library, "a", "b/c", " d e ", "", "a")
    assert faults(walked) == {"a": None, "b/c": None, "d e": None}
    assert [one["url"] for one in library.asked] == [
        f"{ADDRESS}/Record/{name}/Export" for name in ("a", "b%2Fc", "d%20e")
    ]
    assert {one["style"] for one in library.asked} == {"MARC"}
    assert {page.announced for page in walked} == {3}
    for i, page in enumerate(walked[:-1]):
        assert pages(exporting(), "a", "b/c", "d e", resume=page.resume) == walked[i + 1 :]
    assert walked[-1].resume is None


def test_marcxml_may_be_asked_for_instead() -> None:
    library = exporting(a=f"<collection>{marc(1)}</collection>")
    (page,) = source(library, ["a"], "MARCXML").pages(None, None, None)
    assert (page.raws[0].identifier, page.raws[0].format) == ("a", "marcxml")
    assert library.asked[0]["style"] == "MARCXML"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Response(404, ADDRESS), "the server answered 404"),
        (Response(500, ADDRESS), "the server answered 500"),
        (PAGE, "a web page instead of exporting it"),
        (iso(7)[:-9], "breaks off"),
        ("", "empty"),
        ("<mods/>", "no record of a format known here"),
    ],
)
def test_a_record_that_does_not_come_is_a_gap_and_the_others_come(said: Said, fault: str) -> None:
    walked = pages(exporting(b=said), "a", "b", "c")
    found = faults(walked)
    assert fault in (found["b"] or "")
    assert (found["a"], found["c"]) == (None, None)
    assert [(r.kind, r.missing) for page in walked for r in page.remarks] == [("gap", 1)]


@pytest.mark.parametrize("said", [PAGE, Response(404, ADDRESS)], ids=["export off", "wrong address"])
@pytest.mark.parametrize("names", [["a"], ["a", "b", "c", "d", "e"]])
def test_a_server_that_exports_nothing_is_not_asked_for_everything(said: Said, names: list[str]) -> None:
    library = exporting(**dict.fromkeys(names, said))
    with pytest.raises(ProtocolError, match="exports none"):
        pages(library, *names)
    assert len({one["url"] for one in library.asked}) == min(3, len(names))


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_a_refusal_that_is_about_us_ends_the_harvest(status: int) -> None:
    with pytest.raises(TransportFailed):
        pages(exporting(b=Response(status, ADDRESS)), "a", "b", "c")


def test_no_numbers_are_refused_and_others_counted() -> None:
    with pytest.raises(UsageFault, match="numbers"):
        source(exporting(), ["", " "])
    plan = source(exporting(), ["a", "b", "a"]).plan(None, None)
    assert (plan.records, plan.requests) == (2, 2)
