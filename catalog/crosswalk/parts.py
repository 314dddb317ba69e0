"""Parts of a record that the crosswalks of journal articles build alike."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from catalog.normalize import identifiers
from catalog.normalize.abstracts import without_heading
from catalog.normalize.journal_citation import extent, issue, volume
from catalog.normalize.languages import language
from catalog.normalize.names import contributor, several
from catalog.normalize.subjects import lcc_subject, set_spec_subject
from catalog.normalize.text import is_all_capitals, plain, sentence_case, strip_isbd
from catalog.record import Container, Contributor, Identifier, Issn, IssnMedium, Licence, Link, Subject

# Names of working groups are long too, but not so many of their words in a row are in small letters.
_LONG_NAME: Final = 150
_SMALL_WORDS: Final = 10
_URL: Final = re.compile(r"(?:https?|ftp)://[^\s<>\"]+", re.IGNORECASE)
_DOAJ_ID: Final = re.compile(
    r"doaj\.org/(?:api/(?:v\d/)?articles/|article/|oai\.article/|article:)([0-9a-f]{32})\b", re.IGNORECASE
)
_MEDIA: Final = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xml": "application/xml",
    "epub": "application/epub+zip",
}
_CC: Final = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z+-]+)/(\d\.\d)|(publicdomain/(?:zero|mark))/(\d\.\d))",
    re.IGNORECASE,
)


def shown_title(text: str | None, caveats: list[str]) -> str | None:
    """Return a title as it is shown: without the full stop of a sentence, and in sentence case.

    A caveat keeps one that was in capitals.
    """
    title = plain(text) if text else None
    if title is None:
        caveats.append("the source gives no title")
    elif is_all_capitals(title):
        caveats.append(f"the title is in capitals in the source: {title}")
        title = sentence_case(title)
    return (strip_isbd(title) or title) if title else None


def abstract(text: str | None) -> str | None:
    """Return an abstract as one line, without the heading that says it is one."""
    return without_heading(plain(text)) if text else None


def doi(value: str | None, caveats: list[str]) -> Identifier | None:
    """Return a DOI that the source says is one; a caveat keeps what cannot be."""
    if not value or not value.strip():
        return None
    found = identifiers.doi(value)
    if found is None:
        caveats.append(f"not a DOI: {plain(value) or value}")
        return None
    return Identifier(scheme="doi", value=found)


def doaj_identifier(*values: str | None) -> Identifier | None:
    """Return the 32 hexadecimal digits of a DOAJ article from its address, OAI identifier or themselves."""
    for value in filter(None, values):
        if found := _DOAJ_ID.search(value) or re.fullmatch(r"\s*([0-9a-fA-F]{32})\s*", value):
            return Identifier(scheme="doaj", value=found[1].lower())
    return None


def issns(
    caveats: list[str],
    *,
    printed: str | None = None,
    electronic: str | None = None,
    others: Iterable[str] = (),
) -> tuple[Issn, ...]:
    """Return ISSNs, each once: one given for both media has neither, and a caveat keeps what is none."""
    given: list[tuple[str | None, IssnMedium | None]] = [(printed, "print"), (electronic, "electronic")]
    given.extend((other, None) for other in others)
    found: dict[str, Issn] = {}
    for value, medium in given:
        if not value or not value.strip():
            continue
        number = identifiers.issn(value)
        if number is None:
            caveats.append(f"not an ISSN: {plain(value) or value}")
        elif number not in found:
            found[number] = Issn(value=number, medium=medium)
        elif medium is not None and found[number].medium != medium:
            found[number] = Issn(value=number)
    return tuple(found.values())


def container(
    *,
    title: str | None = None,
    issns: tuple[Issn, ...] = (),
    isbns: tuple[str, ...] = (),
    volume_text: str | None = None,
    issue_text: str | None = None,
    first: str | None = None,
    last: str | None = None,
    languages: tuple[str, ...] = (),
) -> Container | None:
    """Return the journal and the place in it, None when nothing is known."""
    first_page, last_page, article_number = extent(first, last)
    made = Container(
        title=plain(title) if title else None,
        issns=issns,
        isbns=isbns,
        volume=volume(volume_text),
        issue=issue(issue_text),
        first_page=first_page,
        last_page=last_page,
        article_number=article_number,
        languages=languages,
    )
    return made if made != Container() else None


def credited(
    name: str,
    caveats: list[str],
    *,
    role: str = "author",
    orcid: str | None = None,
    affiliations: Sequence[str] = (),
) -> Iterator[Contributor]:
    """Make the contributors that one name field holds: most often one, at times a whole list with `;`.

    Running text that was put where a name belongs is left out, and a caveat keeps it.
    """
    if len(name) > _LONG_NAME and _is_running_text(name):
        caveats.append(f"not a name: {plain(name)}")
        return
    named = several(name)
    for part, beside in named:
        made = contributor(
            part,
            role=role,
            orcid=orcid if len(named) == 1 else None,
            affiliations=(*affiliations, *beside) if len(named) == 1 else beside,
        )
        if made:
            yield made


def _is_running_text(text: str) -> bool:
    runs = groupby(text.split(), key=str.islower)
    return any(small and len(list(run)) >= _SMALL_WORDS for small, run in runs)


def languages(values: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that are known, each once, in order."""
    return tuple(dict.fromkeys(filter(None, map(language, values))))


def own_languages(declared: tuple[str, ...]) -> tuple[str, ...]:
    """Return the article's languages from its journal's: certain only when the journal has one."""
    return declared if len(declared) == 1 else ()


def web_address(value: str | None) -> str | None:
    """Return a web address, blanks in it encoded; None when it is none."""
    text = (value or "").strip()
    if text[:4].lower() == "www.":
        text = f"http://{text}"
    text = text.replace(" ", "%20")
    return text if _URL.fullmatch(text) else None


def media_type(format_name: str | None, address: str) -> str | None:
    """Return the media type from a source's word (`PDF`, `text/html`), else from the address's ending."""
    word = (format_name or "").strip().lower()
    if "/" in word:
        return word.split(";")[0].split()[0]
    if word in _MEDIA:
        return _MEDIA[word]
    path = address.partition("?")[0].partition("#")[0].lower()
    return _MEDIA["pdf"] if path.endswith(".pdf") else None


def unique_links(links: Iterable[Link | None]) -> tuple[Link, ...]:
    """Return each address once, http and https being one, full texts before the rest."""
    kept: dict[str, Link] = {}
    for link in links:
        if link is not None:
            kept.setdefault(link.url.partition("://")[2].rstrip("/"), link)
    return tuple(sorted(kept.values(), key=lambda link: link.kind != "fulltext"))


def full_text(address: str | None, format_name: str | None = None) -> Link | None:
    """Return a link to the full text."""
    url = web_address(address)
    return Link(url=url, kind="fulltext", media_type=media_type(format_name, url)) if url else None


def doaj_page(identifier: Identifier | None) -> Link | None:
    """Return the link to DOAJ's own page of an article."""
    return Link(url=f"https://doaj.org/article/{identifier.value}", kind="record") if identifier else None


def set_subjects(specs: Iterable[str]) -> list[Subject]:
    """Return the subjects that the sets of a DOAJ record stand for."""
    return [subject for spec in specs if (subject := set_spec_subject(spec))]


def lcc_subjects(captions_and_codes: Sequence[str]) -> list[Subject]:
    """Return the classes of DOAJ's Dublin Core, where a caption is followed by its code."""
    found: list[Subject | None] = []
    pending: str | None = None
    for value in filter(None, (v.strip() for v in captions_and_codes)):
        if _CODE_SHAPE.fullmatch(value):
            found.append(lcc_subject(value, pending))
            pending = None
        else:
            if pending:
                found.append(lcc_subject(None, pending))
            pending = value
    if pending:
        found.append(lcc_subject(None, pending))
    return [subject for subject in found if subject]


_CODE_SHAPE: Final = re.compile(r"[A-Z]{1,3}[\d.]*(?:-[A-Z]{0,3}[\d.]*)?")


def unique_subjects(subjects: Iterable[Subject | None]) -> tuple[Subject, ...]:
    """Return each subject once; one with a code stands for the same caption without."""
    kept: dict[tuple[str | None, str | None], Subject] = {}
    for subject in subjects:
        if subject is not None:
            place = (subject.scheme, (subject.term or subject.code or "").casefold())
            known = kept.get(place)
            if known is None or (known.code is None and subject.code):
                kept[place] = subject
            elif subject.code and subject.code != known.code:
                kept[(subject.scheme, subject.code)] = subject
    return tuple(kept.values())


def licence(url: str | None, label: str | None) -> Licence | None:
    """Return the terms of use; a Creative Commons address gives its own label."""
    address = web_address(url)
    words = plain(label) if label else None
    if words is None and address and (found := _CC.search(address)):
        words = (
            f"CC {found[1].upper()} {found[2]}"
            if found[1]
            else f"CC0 {found[4]}"
            if "zero" in found[3]
            else "Public domain"
        )
    return Licence(url=address, label=words) if address or words else None
