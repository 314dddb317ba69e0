"""What went wrong, by the numbers of SRU.

Source: https://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html, and annex C of part 3.
"""

from typing import Final, NamedTuple

from catalog.errors import CatalogueError, QueryTooCostly
from catalog.export.xml import escaped
from index.cql import errors as cql
from index.cql.errors import CqlError
from web.sru.versions import Version

UNAVAILABLE: Final = 2
OPERATION: Final = 4
VERSION: Final = 5
VALUE: Final = 6
MISSING: Final = 7
PARAMETER: Final = 8
COSTLY: Final = 47
POSITION: Final = 61
NO_RECORD: Final = 65
SCHEMA: Final = 66
NOT_IN_SCHEMA: Final = 67
PACKING: Final = 71
XPATH: Final = 72
SORTED_TWICE: Final = 94
STYLESHEETS: Final = 110
RESPONSE_POSITION: Final = 120

MEANINGS: Final = {
    UNAVAILABLE: "System temporarily unavailable",
    OPERATION: "Unsupported operation",
    VERSION: "Unsupported version",
    VALUE: "Unsupported parameter value",
    MISSING: "Mandatory parameter not supplied",
    PARAMETER: "Unsupported parameter",
    cql.SYNTAX: "Query syntax error",
    cql.BRACKETS: "Invalid or unsupported use of parentheses",
    cql.QUOTES: "Invalid or unsupported use of quotes",
    cql.CONTEXT_SET: "Unsupported context set",
    cql.INDEX: "Unsupported index",
    cql.INDEXES: "Unsupported combination of indexes",
    cql.RELATION: "Unsupported relation",
    cql.RELATION_MODIFIER: "Unsupported relation modifier",
    cql.RELATION_MODIFIERS: "Unsupported combination of relation modifiers",
    cql.RELATION_OF_INDEX: "Unsupported combination of relation and index",
    cql.EMPTY_TERM: "Empty term unsupported",
    cql.MASKING: "Masking character not supported",
    cql.MASKED_TOO_SHORT: "Masked words too short",
    cql.ANCHOR: "Anchoring character not supported",
    cql.ANCHOR_PLACE: "Anchoring character in unsupported position",
    cql.TERM: "Term in invalid format for index or relation",
    cql.BOOLEAN: "Unsupported boolean operator",
    cql.BOOLEANS: "Too many boolean operators in query",
    cql.PROXIMITY: "Proximity not supported",
    cql.PROXIMITY_RELATION: "Unsupported proximity relation",
    cql.PROXIMITY_DISTANCE: "Unsupported proximity distance",
    cql.PROXIMITY_UNIT: "Unsupported proximity unit",
    cql.BOOLEAN_MODIFIER: "Unsupported boolean modifier",
    COSTLY: "Cannot process query",
    cql.MASKING_PLACE: "Masking character in unsupported position",
    cql.RESULT_SETS: "Result sets not supported",
    POSITION: "First record position out of range",
    NO_RECORD: "Record does not exist",
    SCHEMA: "Unknown schema for retrieval",
    NOT_IN_SCHEMA: "Record not available in this schema",
    PACKING: "Unsupported record packing",
    XPATH: "XPath retrieval unsupported",
    cql.SORT_SEQUENCE: "Unsupported sort sequence",
    cql.SORT_KEYS: "Too many sort keys to sort",
    cql.SORT_SCHEMA: "Unsupported schema for sort",
    cql.SORT_PATH: "Unsupported path for sort",
    cql.SORT_DIRECTION: "Unsupported direction value",
    cql.SORT_CASE: "Unsupported case value",
    cql.SORT_MISSING: "Unsupported missing value action",
    SORTED_TWICE: "Sort spec included both in query and protocol: query prevails",
    STYLESHEETS: "Stylesheets not supported",
    RESPONSE_POSITION: "Response position out of range",
}
"""Every number that is told, with what the standard calls it."""


class Diagnostic(NamedTuple):
    """One complaint: its number in the standard's list, the details that belong to it, and what we say."""

    number: int
    details: str = ""
    message: str = ""

    def xml(self, version: Version) -> str:
        """Return it as an element in the namespace of the version."""
        meaning = MEANINGS[self.number]
        message = f"{meaning}: {self.message}" if self.message else meaning
        details = f"<details>{escaped(self.details)}</details>" if self.details else ""
        return (
            f'<diagnostic xmlns="{version.diagnostic_namespace}">'
            f"<uri>info:srw/diagnostic/1/{self.number}</uri>{details}"
            f"<message>{escaped(message)}</message></diagnostic>"
        )


class Refused(Exception):
    """A request cannot be answered; `diagnostic` says why."""

    def __init__(self, number: int, details: str = "", message: str = "") -> None:
        self.diagnostic = Diagnostic(number, details, message)
        super().__init__(self.diagnostic)


def diagnosed(error: CatalogueError) -> Diagnostic:
    """Return what to tell of an error of the catalogue, of its index or of a query."""
    message = f"{error.message}; {error.hint}" if error.hint else error.message
    match error:
        case CqlError(number=cql.SYNTAX | cql.BRACKETS | cql.QUOTES):
            return Diagnostic(error.number, str(error.position), f"at {error.position}: {message}")
        case CqlError():
            return Diagnostic(error.number, error.details, message)
        case QueryTooCostly():
            return Diagnostic(COSTLY, "", message)
        case _:
            return Diagnostic(UNAVAILABLE, "", message)
