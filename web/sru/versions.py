"""The versions of SRU, and what they call things."""

from typing import Final, NamedTuple


class Version(NamedTuple):
    """A version: its namespaces, and the schema of a diagnostic that stands for a record."""

    name: str
    namespace: str
    scan_namespace: str
    diagnostic_namespace: str
    diagnostic_schema: str
    xcql_namespace: str

    @property
    def is_2(self) -> bool:
        """Whether this is 2.0, which has neither version nor operation in requests and answers."""
        return self.name == "2.0"


_LOC = (
    "http://www.loc.gov/zing/srw/",
    "http://www.loc.gov/zing/srw/",
    "http://www.loc.gov/zing/srw/diagnostic/",
    "info:srw/schema/1/diagnostics-v1.1",
    "http://www.loc.gov/zing/cql/xcql/",
)
_OASIS = "http://docs.oasis-open.org/ns/search-ws/"

VERSIONS: Final = {
    "1.1": Version("1.1", *_LOC),
    "1.2": Version("1.2", *_LOC),
    "2.0": Version(
        "2.0",
        f"{_OASIS}sruResponse",
        f"{_OASIS}scan",
        f"{_OASIS}diagnostic",
        f"{_OASIS}diagnostic",
        f"{_OASIS}xcql",
    ),
}
NEWEST: Final = VERSIONS["2.0"]
