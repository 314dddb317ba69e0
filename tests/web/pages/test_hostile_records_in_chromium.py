"""Records full of markup: a real browser runs none of it, and has nothing to refuse either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Licence,
    Link,
    PartialDate,
    RawRecord,
    Record,
    Series,
    Subject,
    Title,
)
from catalog.store import open_catalog
from tests.web import chromium
from tests.web.shelves import PLAIN, catch_up, fill, raw_of
from web.site import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(chromium.PATH).exists(), reason="Chromium is not installed"),
]

MARKUP = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)' x='",
    "</title></textarea></pre></script><img src=x onerror=alert(1)>",
    "]]><svg onload=alert(1)>--><script>alert(1)</script>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7 * 7 }} ${alert(1)} &lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202egnp.exe\u202c \u2066\x07\x1b[31m\x7f",
    "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe><form action=//evil.example>",
)


def hostile(text: str) -> Record:
    """Return a record that has a text in each of its fields."""
    return Record(
        type="article-journal",
        title=f"peer {text}",
        other_titles=(Title(text=text, language=text),),
        contributors=(
            Contributor(
                literal=text,
                family=text,
                given=text,
                role=text,
                orcid=text,
                affiliations=(text,),
                vernacular=text,
            ),
        ),
        issued=PartialDate(year=2020, literal=text),
        container=Container(
            title=text,
            issns=(Issn(value=text),),
            volume=text,
            issue=text,
            first_page=text,
            languages=(text,),
        ),
        series=(Series(title=text, volume=text),),
        publisher=text,
        place=text,
        edition=text,
        extent=text,
        identifiers=tuple(Identifier(scheme=scheme, value=text) for scheme in ("doi", text, "pmid")),
        links=(
            Link(url=text, kind="fulltext", media_type=text),
            Link(url=f"javascript:alert(1)//{text}", kind="record"),
            Link(url=f"https://example.org/{text}", kind="related"),
        ),
        abstract=f"peer {text}\n\n{text}",
        languages=(text,),
        keywords=(text,),
        subjects=(Subject(term=text, scheme=text, code=text, path=(text, text)),),
        genres=(text,),
        licence=Licence(url=text, label=text),
        notes=(text,),
        caveats=(text,),
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    fill(folder, [raw_of(f"r{n}", hostile(text), datestamp="2024-01-01") for n, text in enumerate(MARKUP)])
    fill(folder, [raw_of("r0", hostile(MARKUP[1]), datestamp="2024-01-02")])
    fill(folder, [raw_of("r1", hostile(MARKUP[1]), datestamp="2024-01-02", deleted=True)])
    broken = [RawRecord(identifier=text, format=text, payload=text.encode(), fault=text) for text in MARKUP]
    with open_catalog(folder, mode="create", crosswalks=PLAIN) as catalog:
        catalog.receive(broken, source="broken", kind=MARKUP[0], location=MARKUP[3])
        catalog.searches.save(MARKUP[0], "query", MARKUP[3])
        catch_up(folder, catalog)
    with chromium.served(Site(folder, title=MARKUP[3])) as base:
        yield base


PATHS = (
    "/",
    "/search?q=peer",
    f"/search?q={MARKUP[0]}",
    "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E(",
    "/search?like=test/r2",
    "/search/facet/keyword",
    "/advanced?q=%22%3E%3Cscript%3Ealert(1)",
    *(f"/record/test/r{n}?q=peer&at=1" for n in range(len(MARKUP))),
    *(f"/record/test/r{n}?view=staff" for n in range(len(MARKUP))),
    "/record/%3Cscript%3Ealert(1)%3C/script%3E",
    "/subjects",
    "/subjects?list=headings&letter=s",
    "/subjects?list=headings&letter=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/sources",
    "/sources/broken",
    "/harvests/4",
    "/searches",
    "/help",
    "/search.atom?q=peer",
    "/record/test/r3.json",
    "/unapi?id=test/r3",
    "/api/search?q=peer",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/sru?version=1.2&operation=searchRetrieve&query=peer",
)


_REPORT = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.log("refused " + event.violatedDirective);
});
"""
_PROVOKE = """
for (const element of document.querySelectorAll("body *"))
  for (const name of ["mouseover", "focus", "load", "error", "toggle"])
    element.dispatchEvent(new Event(name));
"""
_FOREIGN = """
[...document.querySelectorAll(`
  main script, main style, main link, main meta, main img, iframe, object, embed, base,
  main [style], [onerror], [onmouseover], [onfocus], [onload], [autofocus],
  a[href^="javascript" i], a[href^="data" i], form:not([action^="/"], [method="dialog"])
`)].map((element) => element.outerHTML)
"""


def test_nothing_is_run_and_nothing_has_to_be_refused(address: str) -> None:
    seen: list[str] = []
    with chromium.chromium() as browser:
        page = browser.new_page()
        page.add_init_script(_REPORT)
        page.on("dialog", lambda dialog: seen.append(dialog.message) or dialog.dismiss())
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("console", lambda message: seen.append(message.text))
        page.on(
            "request", lambda request: seen.append(request.url) if _leaves(request.url, address) else None
        )
        for path in PATHS:
            answer = page.goto(address + path)
            assert answer is not None, path
            assert answer.status < 500, path
            page.evaluate(_PROVOKE)
            assert page.evaluate(_FOREIGN) == [], path
            if (
                "html" not in answer.headers["content-type"]
            ):  # Chromium shows it on a page with style of its own
                seen = [text for text in seen if "style" not in text]
            assert [text for text in seen if "status of 4" not in text] == [], path


def _leaves(url: str, address: str) -> bool:
    return not url.startswith((address, "chrome"))
