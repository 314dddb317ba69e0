"""A request: its version, its operation, and its parameters, checked against those there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from web.sru import diagnostics
from web.sru.diagnostics import Diagnostic, Refused
from web.sru.versions import NEWEST, VERSIONS, Version

Operation = Literal["searchRetrieve", "scan", "explain"]

_EVERYWHERE: Final = frozenset({"operation", "version", "stylesheet"})
_SEARCH: Final = frozenset(
    {
        "query",
        "startRecord",
        "maximumRecords",
        "recordPacking",
        "recordSchema",
        "resultSetTTL",
        "sortKeys",  # 1.2 has it not, but clients of 1.1 that say 1.2
    }
)
_SCAN: Final = frozenset({"scanClause", "responsePosition", "maximumTerms"})
_NEW: Final = frozenset({"httpAccept", "responseType"})

PARAMETERS: Final[Mapping[Operation, Mapping[bool, frozenset[str]]]] = {
    "searchRetrieve": {
        False: _EVERYWHERE | _SEARCH | {"recordXPath"},
        True: _EVERYWHERE
        | _SEARCH
        | _NEW
        | {"queryType", "recordXMLEscaping", "renderedBy", "facetLimit", "facetStart", "facetSort"},
    },
    "scan": {False: _EVERYWHERE | _SCAN, True: _EVERYWHERE | _SCAN | _NEW},
    "explain": {
        False: _EVERYWHERE | {"recordPacking"},
        True: _EVERYWHERE | _NEW | {"recordPacking", "recordXMLEscaping"},
    },
}
"""The parameters of each operation before version 2.0, and from then on."""

_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; `fault` says why it cannot be answered, `notices` what is left out of the answer."""

    version: Version
    operation: Operation
    given: Mapping[str, str]
    fault: Diagnostic | None = None
    notices: list[Diagnostic] = field(default_factory=list)

    def complaints(self) -> list[Diagnostic]:
        """Return all that is to be told."""
        return [self.fault, *self.notices] if self.fault else self.notices

    def number(self, name: str, usual: int, *, least: int) -> int:
        """Return a number that is given, or the usual one. Raises Refused."""
        text = self.given.get(name, "").strip()
        if not text:
            return usual
        if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER and int(text) >= least):
            raise Refused(diagnostics.VALUE, name, f"{name}={text} is no number from {least} on")
        return int(text)

    def escaping(self) -> str:
        """Return `xml` or `string`: how a record stands in the answer. Raises Refused."""
        # 2.0 calls it recordXMLEscaping, and recordPacking something else.
        old = self.given.get("recordPacking", "")
        if self.version.is_2 and old not in ("", "packed", "unpacked", "xml", "string"):
            raise Refused(diagnostics.VALUE, "recordPacking", f"recordPacking={old} is not known")
        if self.version.is_2 and old in ("packed", "unpacked"):
            old = ""
        found = self.given.get("recordXMLEscaping", "") or old or "xml"
        if found not in ("xml", "string"):
            raise Refused(diagnostics.PACKING, found, "known are xml and string")
        return found


def read_request(parameters: Iterable[tuple[str, str]]) -> Request:
    """Read the parameters of a request; what is wrong with them is in it.

    Those that begin with `x-` are extensions, which a server that does not know them passes over.
    """
    given: dict[str, str] = {}
    repeated = ""
    for name, text in parameters:
        if name in given and not name.startswith("x-"):
            repeated = name
        given.setdefault(name, text)
    if not given.get("resultSetTTL", "0").isdecimal():
        given.pop("resultSetTTL")  # it asks for nothing that is done here
    version, fault = _version(given)
    operation, wrong = _operation(given, version)
    fault = fault or wrong
    if not fault and repeated:
        fault = Diagnostic(diagnostics.VALUE, repeated, f"{repeated} is given more than once")
    known = PARAMETERS[operation][version.is_2]
    notices = [
        Diagnostic(diagnostics.PARAMETER, name, f"{operation} of version {version.name} has no {name}")
        for name in given
        if name not in known and not name.startswith("x-")
    ]
    if given.get("stylesheet"):
        notices.append(Diagnostic(diagnostics.STYLESHEETS, given["stylesheet"]))
    return Request(version, operation, given, fault, notices)


def _version(given: Mapping[str, str]) -> tuple[Version, Diagnostic | None]:
    """Return the version to answer in: 2.0 is known by what it lacks (part 3, section 1.5)."""
    name = given.get("version", "").strip()
    if name in VERSIONS:
        return VERSIONS[name], None
    if name:
        message = f"known are {', '.join(VERSIONS)}"
        nearest = VERSIONS["1.2"] if name.startswith("1") else NEWEST
        return nearest, Diagnostic(diagnostics.VERSION, NEWEST.name, message)
    operation = given.get("operation", "")
    if not operation:
        return NEWEST, None
    # Whoever asks for an explanation may not know yet which versions there are.
    missing = Diagnostic(diagnostics.MISSING, "version", f"known are {', '.join(VERSIONS)}")
    return VERSIONS["1.2"], None if operation == "explain" else missing


def _operation(given: Mapping[str, str], version: Version) -> tuple[Operation, Diagnostic | None]:
    told = given.get("operation", "").strip()
    for operation in PARAMETERS:
        if told == operation:
            return operation, _incomplete(operation, given)
    meant: Operation = (
        "searchRetrieve" if "query" in given else "scan" if "scanClause" in given else "explain"
    )
    if told:
        return meant, Diagnostic(diagnostics.OPERATION, told, f"known are {', '.join(PARAMETERS)}")
    if meant != "explain" and not version.is_2:
        return meant, Diagnostic(diagnostics.MISSING, "operation", f"known are {', '.join(PARAMETERS)}")
    return meant, _incomplete(meant, given)


_MANDATORY: Final[Mapping[Operation, str]] = {"searchRetrieve": "query", "scan": "scanClause"}


def _incomplete(operation: Operation, given: Mapping[str, str]) -> Diagnostic | None:
    name = _MANDATORY.get(operation)
    if name is None or given.get(name, "").strip():
        return None
    return Diagnostic(diagnostics.MISSING, name)
