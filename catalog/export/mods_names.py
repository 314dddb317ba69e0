"""Names in MODS: https://www.loc.gov/standards/mods/userguide/name.html."""

from collections.abc import Iterator, Sequence
from typing import Final

from catalog.codes import table
from catalog.export.relators import relator_code
from catalog.export.xml import element, leaf
from catalog.record import Contributor

_TYPES: Final = {"person": "personal", "organization": "corporate", "meeting": "conference"}


def names(contributors: Sequence[Contributor]) -> Iterator[str]:
    """Yield a `name` each, and one more for a name in its own script, of the same altRepGroup."""
    for number, contributor in enumerate(contributors, start=1):
        kind = _TYPES[contributor.kind]
        group = f"name{number}" if contributor.vernacular else None
        yield element("name", _content(contributor), type=kind, altRepGroup=group)
        yield element("name", leaf("namePart", contributor.vernacular), type=kind, altRepGroup=group)


def _content(contributor: Contributor) -> str:
    orcid = contributor.orcid
    return "".join(
        (
            *_parts(contributor),
            leaf("displayForm", contributor.literal),
            _role(contributor.role),
            *(leaf("affiliation", place) for place in contributor.affiliations),
            leaf("nameIdentifier", orcid, type="orcid", typeURI="https://orcid.org") if orcid else "",
        )
    )


def _parts(contributor: Contributor) -> Iterator[str]:
    """Yield family and given name where the source parted them, else the name as printed."""
    if not contributor.family:
        yield leaf("namePart", contributor.literal)
        return
    yield leaf("namePart", contributor.family, type="family")
    yield leaf("namePart", contributor.given, type="given")
    yield leaf("namePart", contributor.suffix, type="termsOfAddress")


def _role(role: str) -> str:
    code = relator_code(role)
    term = table("relators")["codes"][code] if code else role
    authority = "marcrelator" if code else None
    return element(
        "role",
        leaf("roleTerm", term, type="text", authority=authority)
        + leaf("roleTerm", code, type="code", authority=authority),
    )
