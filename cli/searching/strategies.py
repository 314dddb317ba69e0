"""The report of a strategy: hits per line and per term, what changes nothing, which known items are lost."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cli.output import counted, printable
from cli.session import Session
from index.strategy.file import Strategy, StrategyLine
from index.strategy.known import Cause, Checked, check, known_items
from index.strategy.report import LineReport, PartReport, Report, report
from index.understanding import Asked, Understood


class Examined(NamedTuple):
    """What was found out about a search beside its hits."""

    report: Report | None = None
    known: tuple[Checked, ...] | None = None

    def lines(self) -> Iterator[str]:
        """Yield it for eyes."""
        if self.report is not None:
            yield from _report_lines(self.report)
        if self.known is not None:
            yield from _known_lines(self.known)

    def as_json(self) -> dict[str, object]:
        """Return it as what JSON can hold."""
        found: dict[str, object] = {}
        if self.report is not None:
            found["strategy"] = _report_json(self.report)
        if self.known is not None:
            found["known"] = _known_json(self.known)
        return found


def examined(asked: Asked, understood: Understood, known: str | None, session: Session) -> Examined:
    """Count the lines of a strategy, and look for the items that must be found, given as a file's text.

    A query that is no strategy is looked at as one of a single line when items are to be found.
    """
    strategy = understood.strategy
    if strategy is None:
        only = StrategyLine(1, 1, asked.text, asked.text, understood.query)
        return Examined(None, _checked(Strategy("query", (only,), 1), known, session))
    return Examined(report(strategy, session.engine), _checked(strategy, known, session))


def _checked(strategy: Strategy, known: str | None, session: Session) -> tuple[Checked, ...] | None:
    if known is None:
        return None

    def titles(keys: Sequence[str]) -> dict[str, str]:
        return {stored.key: stored.record.title or "" for stored in session.catalog.many(keys)}

    return tuple(check(strategy, known_items(known), session.engine, titles))


_STATUS = {"found": "found", "missed": "MISSED", "absent": "not in the catalogue"}
_CAUSES = {"part": "it lacks", "group": "it has none of", "excluded": "it is excluded by"}


def _report_lines(report: Report) -> Iterator[str]:
    """Yield the hits of each line with what it does to the result, and those of each of its parts below."""
    width = max(len(f"{part.hits:,}") for line in report.lines for part in line.parts)
    width = max(width, *(len(f"{line.hits:,}") for line in report.lines))
    for line in report.lines:
        yield printable(f"{line.hits:>{width},}  #{line.number} {line.typed}{_of_line(line)}")
        first = line.parts[0].level if line.parts else 0
        for part in line.parts[1:] if len(line.parts) > 1 else ():
            indent = "  " * (part.level - first)
            yield printable(f"{part.hits:>{width},}    {indent}{part.text}{_of_part(part)}")


def _of_line(line: LineReport) -> str:
    told = list(line.flags)
    if line.is_result:
        told.insert(0, "the result")
    elif line.effect:
        verb = "alone finds" if line.effect > 0 else "alone excludes"
        told.append(f"{verb} {counted(abs(line.effect), 'record')} of the result")
    return f"   ({'; '.join(told)})" if told else ""


def _of_part(part: PartReport) -> str:
    if part.flag:
        return f"   ({part.flag})"
    return f"   (+{part.effect:,})" if part.effect and part.role == "or" else ""


def _report_json(report: Report) -> dict[str, object]:
    """Return the report as what JSON can hold."""
    return {
        "result": report.result,
        "hits": report.hits,
        "lines": [
            {
                "number": line.number,
                "typed": line.typed,
                "understood": line.understood,
                "hits": line.hits,
                "effect": line.effect,
                "flags": line.flags,
                "parts": [
                    {"level": p.level, "text": p.text, "hits": p.hits, "effect": p.effect, "flag": p.flag}
                    for p in line.parts
                ],
            }
            for line in report.lines
        ],
    }


def _known_lines(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield what became of each known item: found, missed and where it was lost, or not held at all."""
    every = list(checked)
    for item in every:
        title = f"  {item.title}" if item.title else ""
        yield printable(f"{_STATUS[item.status]}: {item.item.written}{title}")
        for cause in item.causes:
            yield printable(f"    {_cause(cause)}")
    held = [item for item in every if item.status != "absent"]
    found = sum(item.status == "found" for item in held)
    absent = f"; {len(every) - len(held)} not in the catalogue" if len(held) < len(every) else ""
    yield f"{found} of {counted(len(held), 'known item')} found{absent}"


def _known_json(checked: Iterable[Checked]) -> list[dict[str, object]]:
    """Return what became of each known item as what JSON can hold."""
    return [
        {
            "item": item.item.written,
            "status": item.status,
            "keys": item.keys,
            "causes": [
                {"line": cause.line, "kind": cause.kind, "texts": cause.texts} for cause in item.causes
            ],
        }
        for item in checked
    ]


def _cause(cause: Cause) -> str:
    where = "" if cause.line is None else f"#{cause.line}: "
    return f"{where}{_CAUSES[cause.kind]} {', '.join(cause.texts)}"
