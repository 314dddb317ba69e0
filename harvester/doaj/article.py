"""An article as DOAJ's API and dump write it, made into a raw record that meets the feed's copy of it."""

import json
import re

import msgspec

from catalog.record import RawRecord

FORMAT = "doaj+json"
NO_ARTICLE = "not an article of DOAJ: it has no id, or no bibjson"

_PREFIX = "oai:doaj.org/article:"  # portality/models/oaipmh.py of https://github.com/DOAJ/doaj
_STAMP = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z?")


class _Article(msgspec.Struct):
    id: str
    bibjson: msgspec.Raw
    last_updated: str | None = None


_DECODER = msgspec.json.Decoder(_Article)


def raw_article(payload: bytes) -> RawRecord | None:
    """Make the raw record of an article, its payload as sent; None when it is no article."""
    try:
        found = _article(payload)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    if not found.id.strip() or bytes(found.bibjson)[:1] != b"{":
        return None
    return RawRecord(
        identifier=_PREFIX + found.id.strip().removeprefix(_PREFIX),
        format=FORMAT,
        payload=payload,
        datestamp=stamp(found.last_updated),
    )


def _article(payload: bytes) -> _Article:
    """Read what names an article, also where its text holds half a surrogate pair, as Python writes it."""
    try:
        return _DECODER.decode(payload)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        lax = json.loads(payload, strict=False)
        if not isinstance(lax, dict) or not isinstance(lax.get("bibjson"), dict):
            raise
        return msgspec.convert({**lax, "bibjson": msgspec.Raw(b"{}")}, _Article)


def stamp(date: str | None) -> str | None:
    """Return a date of DOAJ's as OAI-PMH writes it, UTC to the second; None for what is none."""
    found = _STAMP.fullmatch(date.strip()) if date else None
    return f"{found[1]}Z" if found else None
