"""What a record that we wrote is part of: 490, 773, 776."""

from collections.abc import Iterator
from typing import Final, get_args

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.from_peerlit.profile import HOST_LANGUAGES, MEDIA, placed
from catalog.record import Container, Issn, IssnMedium, Series

_MEDIA: Final[dict[str | None, IssnMedium]] = {name: name for name in get_args(IssnMedium)}
_WORDED: Final[dict[str | None, IssnMedium | None]] = {
    words: _MEDIA.get(medium) for medium, words in MEDIA.items()
}


def container(marc: MarcRecord) -> Container | None:
    """Read 773, whose repetitions bring a further ISSN each; of a serial its own in 776."""
    hosts = list(marc.all("773"))
    if not hosts:
        own = tuple(
            Issn(value=value, medium=_WORDED.get(field.first("i")))
            for field in marc.all("776")
            if (value := field.first("x"))
        )
        return Container(issns=own) if own else None
    first = hosts[0]
    place = placed(first.all("g"))
    languages = (first.first("n") or "").removeprefix(HOST_LANGUAGES)
    return Container(
        title=first.first("t"),
        issns=tuple(issn for field in hosts if (issn := _issn(field))),
        isbns=first.all("z"),
        languages=tuple(languages.split(", ")) if languages else (),
        **place._asdict(),
    )


def _issn(field: MarcField) -> Issn | None:
    value = field.first("x")
    return Issn(value=value, medium=_MEDIA.get(field.first("h"))) if value else None


def series(marc: MarcRecord) -> Iterator[Series]:
    """Read 490."""
    for field in marc.all("490"):
        if title := field.first("a"):
            yield Series(title=title, volume=field.first("v"), issn=field.first("x"))
