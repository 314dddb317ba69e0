"""What is wrong with a CQL query, by the numbers of SRU.

Source: https://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html, "Diagnostics relating to CQL".
"""

from catalog.errors import QueryError


class CqlError(QueryError):
    """A CQL query cannot be run as written; `number` and `details` are those of the standard's list."""

    def __init__(
        self,
        number: int,
        message: str,
        *,
        text: str,
        position: int,
        details: str = "",
        hint: str | None = None,
    ) -> None:
        super().__init__(message, text=text, position=position, hint=hint)
        self.number = number
        self.details = details


SYNTAX = 10
BRACKETS = 13
QUOTES = 14
CONTEXT_SET = 15
INDEX = 16
INDEXES = 18
RELATION = 19
RELATION_MODIFIER = 20
RELATION_MODIFIERS = 21
RELATION_OF_INDEX = 22
EMPTY_TERM = 27
MASKING = 28
MASKED_TOO_SHORT = 29
ANCHOR = 31
ANCHOR_PLACE = 32
TERM = 36
BOOLEAN = 37
BOOLEANS = 38
PROXIMITY = 39
PROXIMITY_RELATION = 40
PROXIMITY_DISTANCE = 41
PROXIMITY_UNIT = 42
BOOLEAN_MODIFIER = 46
MASKING_PLACE = 49
RESULT_SETS = 50
SORT_SEQUENCE = 82
SORT_KEYS = 84
SORT_SCHEMA = 87
SORT_PATH = 88
SORT_DIRECTION = 90
SORT_CASE = 91
SORT_MISSING = 92
