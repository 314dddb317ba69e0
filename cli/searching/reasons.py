"""Why a record matches a query, or why not."""

from collections.abc import Iterable, Iterator

from cli.output import printable
from index.engine import Reason


def reason_lines(reasons: Iterable[Reason]) -> Iterator[str]:
    """Yield each part of the query: met or not, how many records meet it, where the words stand."""
    for reason in reasons:
        sign = "yes" if reason.met else "no "
        score = f"   (score {reason.score:.2f})" if reason.met and reason.score else ""
        yield printable(f"{sign} {reason.records:>9,}  {'  ' * reason.level}{reason.text}{score}")
        for field, words in reason.where.items():
            yield printable(f"{'':>13}  {'  ' * reason.level}{field}: {', '.join(words)}")
