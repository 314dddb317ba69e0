"""One engine in a process of its own: `worker.py ENGINE FOLDER FEED`, then a question a line.

`index` makes the index and ends; else each line of standard input is a question as JSON and is answered by a
line: milliseconds and total.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from engines.protocol import Engine

ENGINES = {
    "peerlit": ("ours", "Ours"),
    "whoosh": ("stock_whoosh", "StockWhoosh"),
    "whoosh-default": ("stock_whoosh", "DefaultWhoosh"),
    "fts5": ("fts5", "Fts5"),
    "tantivy": ("tantivy_index", "Tantivy"),
    "xapian": ("xapian_index", "Xapian"),
}


def main(name: str, folder: str, feed: str) -> None:
    module, kind = ENGINES[name]
    engine: Engine = getattr(import_module(f"engines.{module}"), kind)(Path(folder))
    if feed:
        started = time.perf_counter()
        engine.index(Path(feed))
        say(seconds=time.perf_counter() - started)
        return
    started = time.perf_counter()
    engine.open()
    say(seconds=time.perf_counter() - started)
    for line in sys.stdin:
        asked = json.loads(line)
        started = time.perf_counter()
        total = engine.search(
            asked["text"], asked["tree"], facets=asked["facets"], snippets=asked["snippets"]
        )
        say(ms=1000 * (time.perf_counter() - started), total=total)


def say(**values: float) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
