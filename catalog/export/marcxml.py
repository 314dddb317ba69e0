"""MARCXML: https://www.loc.gov/standards/marcxml/."""

from collections.abc import Iterable, Iterator
from typing import Final

from catalog.crosswalk.marc.fields import MarcField
from catalog.export import Entry, Options
from catalog.export.marc import to_marc
from catalog.export.xml import escaped

_NAMESPACE: Final = "http://www.loc.gov/MARC21/slim"
_LOCATION: Final = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{_NAMESPACE} http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"'
)


def element(entry: Entry) -> str:
    """Return the record as the element `record` of MARCXML."""
    return f'<record xmlns="{_NAMESPACE}" {_LOCATION}{_content(entry)}'


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:  # noqa: ARG001  # nothing to choose
    """Yield a collection, a record a line."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{_NAMESPACE}" {_LOCATION}>\n'
    for entry in entries:
        yield f"<record{_content(entry)}\n"
    yield "</collection>\n"


def _content(entry: Entry) -> str:
    """Return the rest of the element, from the end of its opening tag."""
    marc = to_marc(entry)
    return f"><leader>{marc.leader}</leader>{''.join(map(_field, marc.fields))}</record>"


def _field(field: MarcField) -> str:
    if not field.subfields:
        return f'<controlfield tag="{field.tag}">{escaped(field.value)}</controlfield>'
    subfields = "".join(
        [f'<subfield code="{code}">{escaped(value)}</subfield>' for code, value in field.subfields]
    )
    return f'<datafield tag="{field.tag}" ind1="{field.ind1}" ind2="{field.ind2}">{subfields}</datafield>'
