"""What is asked: verb and arguments, and all that can be wrong with them (protocol, sections 3.6 and 4)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

SET_SPEC: Final = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*")
"""What the protocol's schema takes for a setSpec."""

_PREFIX: Final = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
_URI: Final = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LONGEST_TOLD: Final = 100


class Refusal(Exception):
    """An error of the protocol; `errors` are pairs of code and message."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


class Grammar(NamedTuple):
    """The arguments of a verb; one that is `resumable` takes instead of them a resumptionToken alone."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    resumable: bool = False


_LIST: Final = Grammar(("metadataPrefix",), ("from", "until", "set"), resumable=True)
VERBS: Final[Mapping[str, Grammar]] = {
    "Identify": Grammar(),
    "ListMetadataFormats": Grammar((), ("identifier",)),
    "ListSets": Grammar(resumable=True),
    "GetRecord": Grammar(("identifier", "metadataPrefix")),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}


class Asked(NamedTuple):
    """A request that follows the grammar; its arguments without the verb."""

    verb: str
    arguments: Mapping[str, str]

    def echo(self) -> dict[str, str]:
        """Return the attributes of `request`; none when the schema has no place for one of them."""
        told = {"verb": self.verb, **self.arguments}
        identifier, prefix = told.get("identifier", ":"), told.get("metadataPrefix", "-")
        return told if _URI.fullmatch(identifier) and _PREFIX.fullmatch(prefix) else {}


def read_request(pairs: Sequence[tuple[str, str]]) -> Asked:
    """Read a request. Raises Refusal: badVerb, or badArgument once for each that is."""
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        told = f"{_short(verbs[0])} is no verb" if len(verbs) == 1 else "one verb is needed"
        raise Refusal(("badVerb", f"{told}: there are {', '.join(VERBS)}"))
    grammar = VERBS[verbs[0]]
    given = [(name, value) for name, value in pairs if name != "verb"]
    faults = [*_misfits(verbs[0], grammar, given)]
    arguments = dict(given)
    faults += _bad_values(arguments)
    if faults:
        raise Refusal(*(("badArgument", fault) for fault in faults))
    return Asked(verbs[0], arguments)


def moment(text: str, *, end: bool = False) -> str:
    """Return a date of a request to the second; of a day the first, or with `end` the last."""
    return text if len(text) > len("YYYY-MM-DD") else f"{text}T{'23:59:59' if end else '00:00:00'}Z"


def _misfits(verb: str, grammar: Grammar, given: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what is wrong with the names of arguments."""
    counts = Counter(name for name, _ in given)
    yield from (f"{_short(name)} is given {count} times" for name, count in counts.items() if count > 1)
    known = (*grammar.required, *grammar.optional, *(("resumptionToken",) if grammar.resumable else ()))
    yield from (f"{verb} takes no argument {_short(name)}" for name in counts if name not in known)
    if "resumptionToken" in counts:
        if grammar.resumable and len(counts) > 1:
            yield "a resumptionToken stands for all other arguments, none may be beside it"
    else:
        yield from (f"{verb} needs the argument {name}" for name in grammar.required if name not in counts)


def _bad_values(arguments: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the values of arguments."""
    yield from (f"{_short(name)} is empty" for name, value in arguments.items() if not value)
    dates = {name: arguments[name] for name in ("from", "until") if arguments.get(name)}
    wrong = [name for name, value in dates.items() if not _is_date(value)]
    yield from (
        f"{name}={_short(dates[name])} is no date: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ" for name in wrong
    )
    if len(dates) == 2 and not wrong:
        if len(dates["from"]) != len(dates["until"]):
            yield "from and until must be written alike: both with the time, or both without"
        elif dates["from"] > dates["until"]:
            yield "from is later than until"
    spec = arguments.get("set")
    if spec and not SET_SPEC.fullmatch(spec):
        yield f"{_short(spec)} is no setSpec"


def _is_date(text: str) -> bool:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…")
