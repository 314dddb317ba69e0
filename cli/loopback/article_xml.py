"""Articles as DOAJ's feed writes them: header, Dublin Core, and DOAJ's own format, text for text.

Source: portality/crosswalks/oaipmh.py of https://github.com/DOAJ/doaj, whose elements, order and oddities
(the month that may be padding, the year of two digits, the unused namespaces) are what a client meets.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

Json = Mapping[str, Any]

_DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_DOAJ = 'xmlns:oai_doaj="http://doaj.org/features/oai_doaj/1.0/"'
_DOAJ_SCHEMA = (
    "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
    " http://doaj.org/features/oai_doaj/1.0/ https://doaj.org/static/doaj/doajArticles.xsd"
)
# DOAJ drops what XML 1.0 (section 2.2) forbids, and the control characters it only discourages.
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def text(value: str) -> str:
    """Return a text as it stands between tags."""
    return _DROPPED.sub("", value).translate(_MARKUP)


def quoted(value: str) -> str:
    """Return a text as it stands in an attribute."""
    return text(value).translate(_QUOTED)


def is_deleted(article: Json) -> bool:
    """Tell whether an article is withdrawn: `admin.in_doaj` is false, as in DOAJ's own rows."""
    return article.get("admin", {}).get("in_doaj", True) is False


def header(article: Json, prefix: str) -> str:
    """Return the `<header>` of an article; its sets are its journal's classes without those above."""
    status = ' status="deleted"' if is_deleted(article) else ""
    specs = "".join(f"<setSpec>{set_spec(label)}</setSpec>" for label in labels(article))
    return (
        f"<header {_DC if prefix == 'oai_dc' else _DOAJ}{status}>"
        f"<identifier>oai:doaj.org/article:{text(article['id'])}</identifier>"
        f"<datestamp>{text(article['last_updated'])}</datestamp>{specs}</header>"
    )


def labels(article: Json) -> Iterator[str]:
    """Yield the names of an article's sets, `LCC:Psychology`."""
    for subject in article.get("bibjson", {}).get("subject") or ():
        if subject.get("term"):
            scheme = subject.get("scheme")
            yield f"{scheme}:{subject['term']}" if scheme else subject["term"]


@lru_cache(maxsize=4096)
def set_spec(label: str) -> str:
    """Return the setSpec of a set's name, of whatever scheme: `make_set_spec`."""
    return base64.urlsafe_b64encode(label.encode()).decode().replace("=", "~")


def metadata(article: Json, prefix: str) -> str:
    """Return the `<metadata>` of an article that is not withdrawn in one of FORMATS."""
    return f"<metadata>{FORMATS[prefix](article)}</metadata>"


def publication_date(bibjson: Json) -> str | None:
    """Return year and month, the day always the 1st, the month perhaps padding; None without a year.

    The century of a year of two digits is guessed as DOAJ guesses it, wrongly from 21 on
    (`get_publication_date` of portality/models/article.py).
    """
    year = str(bibjson.get("year") or "")
    if len(year) == 2 and year.isdigit():
        year = ("20" if int(year) <= 20 else "19") + year
    month = _month(str(bibjson.get("month") or "1").strip())
    return f"{year}-{month:02}-01" if re.fullmatch(r"[0-9]{4}", year) and year != "0000" else None


def _month(given: str) -> int:
    if given.isdigit():
        return int(given) if len(given) <= 2 and 1 <= int(given) <= 12 else 1
    for form in ("%b", "%B"):
        try:
            return datetime.strptime(given, form).month  # noqa: DTZ007 - the name of a month has no zone
        except ValueError:
            continue
    return 1


def _element(tag: str, value: object, attributes: str = "") -> str:
    return f"<{tag}{attributes}/>" if value is None else f"<{tag}{attributes}>{text(str(value))}</{tag}>"


def _dublin_core(article: Json) -> str:
    bib: Json = article.get("bibjson", {})
    journal: Json = bib.get("journal") or {}
    identifiers = bib.get("identifier") or ()
    home = "https://doaj.org"
    parts: list[tuple[str, object, str]] = []
    if bib.get("title") is not None:
        parts.append(("title", bib["title"], ""))
    parts += [("identifier", each.get("id"), "") for each in identifiers]
    parts.append(("identifier", f"{home}/article/{article['id']}", ""))
    if date := publication_date(bib):
        parts.append(("date", f"{date}T00:00:00Z", ""))
    parts += [("relation", link.get("url"), "") for link in bib.get("link") or ()]
    parts += [("relation", f"{home}/toc/{issn}", "") for issn in _ids(bib, "pissn") + _ids(bib, "eissn")]
    if bib.get("abstract") is not None:
        parts.append(("description", bib["abstract"], ""))
    for author in bib.get("author") or ():
        orcid = author.get("orcid_id")
        parts.append(("creator", author.get("name"), f' id="{quoted(orcid)}"' if orcid else ""))
    if journal.get("publisher") is not None:
        parts.append(("publisher", journal["publisher"], ""))
    parts.append(("type", "article", ""))
    parts += [("subject", keyword, "") for keyword in bib.get("keywords") or ()]
    parts += _dc_classes(bib)
    parts += [("language", language, "") for language in journal.get("language") or ()]
    if citation := _citation(bib, journal):
        parts.append(("source", citation, ""))
    inside = "".join(_element(f"dc:{name}", value, attributes) for name, value, attributes in parts)
    return f'<oai_dc:dc {_DC} xsi:schemaLocation="{_DC_SCHEMA}">{inside}</oai_dc:dc>'


def _dc_classes(bib: Json) -> Iterator[tuple[str, object, str]]:
    for subject in bib.get("subject") or ():
        scheme = subject.get("scheme") or ""
        lcc = scheme.lower() == "lcc"
        for value in filter(None, (subject.get("term"), subject.get("code"))):
            yield "subject", value if lcc else f"{scheme}:{value}", ' xsi:type="dcterms:LCC"' if lcc else ""


def _citation(bib: Json, journal: Json) -> str:
    """Return `title, Vol v, Iss i, Pp a-b (year)` of whatever there is."""
    first, last = bib.get("start_page"), bib.get("end_page")
    pages = [page for page in (first, last) if page is not None]
    named = (("", journal.get("title")), ("Vol ", journal.get("volume")), ("Iss ", journal.get("number")))
    parts = [word + value for word, value in named if value is not None]
    if pages:
        parts.append(("Pp " if len(pages) == 2 else "p ") + "-".join(pages))
    year = bib.get("year")
    return " ".join(filter(None, (", ".join(parts), f"({year})" if year is not None else "")))


def _doaj_article(article: Json) -> str:
    bib: Json = article.get("bibjson", {})
    journal: Json = bib.get("journal") or {}
    languages = journal.get("language") or ()
    told: list[tuple[str, object]] = [
        ("language", _three_letters(languages[0]) if languages else None),
        ("publisher", journal.get("publisher")),
        ("journalTitle", journal.get("title")),
        ("issn", next(iter(_ids(bib, "pissn")), None)),
        ("eissn", next(iter(_ids(bib, "eissn")), None)),
        ("publicationDate", publication_date(bib)),
        ("volume", journal.get("volume")),
        ("issue", journal.get("number")),
        ("startPage", bib.get("start_page")),
        ("endPage", bib.get("end_page")),
        ("doi", next(iter(_ids(bib, "doi")), None)),
        ("publisherRecordId", article.get("admin", {}).get("publisher_record_id")),
    ]
    parts = [_element(f"oai_doaj:{name}", value) for name, value in told if value]
    if bib.get("title") is not None:
        parts.append(_element("oai_doaj:title", bib["title"]))
    parts.append(_authors(bib.get("author") or ()))
    if bib.get("abstract"):
        parts.append(_element("oai_doaj:abstract", bib["abstract"]))
    for link in [link for link in bib.get("link") or () if link.get("type") == "fulltext"][:1]:
        form = f' format="{quoted(link["content_type"])}"' if "content_type" in link else ""
        parts.append(_element("oai_doaj:fullTextUrl", link.get("url"), form))
    if bib.get("keywords"):
        words = "".join(_element("oai_doaj:keyword", keyword) for keyword in bib["keywords"])
        parts.append(f"<oai_doaj:keywords>{words}</oai_doaj:keywords>")
    inside = "".join(parts)
    return (
        f'<oai_doaj:doajArticle {_DOAJ} xsi:schemaLocation="{_DOAJ_SCHEMA}">{inside}</oai_doaj:doajArticle>'
    )


def _authors(authors: Sequence[Json]) -> str:
    """Return the authors, and one affiliation for each of them that has any, however often it repeats."""
    people, places = "", ""
    numbers = iter(range(len(authors)))
    for author in authors:
        told = [("name", author.get("name")), ("email", author.get("email"))]
        if author.get("affiliation"):
            number = next(numbers)
            told.append(("affiliationId", str(number)))
            places += _element(
                "oai_doaj:affiliationName", author["affiliation"], f' affiliationId="{number}"'
            )
        told.append(("orcid_id", author.get("orcid_id")))
        inside = "".join(_element(f"oai_doaj:{name}", value) for name, value in told if value)
        people += f"<oai_doaj:author>{inside}</oai_doaj:author>" if inside else "<oai_doaj:author/>"
    listed = f"<oai_doaj:affiliationsList>{places}</oai_doaj:affiliationsList>" if places else ""
    return f"<oai_doaj:authors>{people}</oai_doaj:authors>{listed}" if people else listed


def _ids(bib: Json, kind: str) -> list[str]:
    return [each["id"] for each in bib.get("identifier") or () if each.get("type") == kind and each.get("id")]


@lru_cache(maxsize=512)
def _three_letters(language: str) -> str | None:
    """Return ISO 639-3 for the code or name that a journal declares; None for what is none."""
    from iso639 import Lang
    from iso639.exceptions import InvalidLanguageValue

    for spelling in (language.lower(), language, language.title()):
        try:
            return str(Lang(spelling).pt3) or None
        except InvalidLanguageValue:
            continue
    return None


FORMATS: Mapping[str, Callable[[Json], str]] = {"oai_dc": _dublin_core, "oai_doaj": _doaj_article}
"""By metadataPrefix."""
