"""How the benchmarks write what they measured."""

from collections.abc import Iterable, Sequence
from statistics import median


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, the first column to the left and figures to the right."""
    lines = [list(head), ["---", *("--:" for _ in head[1:])], *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def middle(values: Sequence[float], form: str = ",.0f") -> str:
    """Return the median, and behind it the least and the greatest."""
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"
