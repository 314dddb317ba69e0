"""How well questions are answered: judged collections, peerlit beside SQLite's FTS5.

    python benchmarks/relevance.py FOLDER… [--set title=2] [--k1 1.2] [--b 0.75] [--stream title+abstract …]

FOLDER: one judged collection each: documents, questions and judgements in files of SMART (Cranfield, CISI,
CACM, MED, NPL, TIME, LISA), TREC, BEIR or tables with tabs; what each file is, is told from what is in it.
Needs peerlit installed (`pip install -e .`).

- peerlit: the engine as shipped, each question asked as `peerlit search --any` does.
- FTS5: bm25() with the porter tokenizer, a column each for title, text, keywords and authors; an OR of all
  words of the question, as often as they are said or each once, or of those that peerlit looks for.
- setting: with any option, BM25F with that setting and the shipped one for the rest.

nDCG@10, mean average precision and recall@100 as trec_eval defines them, over the first 1,000. Beside the
means: how many questions peerlit answers better and worse than that row (by average precision), and how
likely so great a difference of the means is by chance alone (randomisation test).
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from judged.bm25f import Setting, Texts, rankings, shipped
from judged.collection import Collection
from judged.engines import Rankings, all_words, asked_words, documents, each_once, fts5, peerlit
from judged.measures import Scores, chance, means, scores
from judged.reading import read_collection
from report import table

_FTS5 = {
    "FTS5": (all_words, {}),
    "FTS5, title twice": (all_words, {"title": 2.0}),
    "FTS5, each word once": (each_once, {}),
    "FTS5, words peerlit looks for": (asked_words, {}),
    "FTS5, those words, title twice": (asked_words, {"title": 2.0}),
}
_HEAD = ("", "nDCG@10", "MAP", "recall@100", "better", "worse", "p")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=WEIGHT", help="weight of a field"
    )
    parser.add_argument("--k1", type=float, help="how soon repetition saturates")
    parser.add_argument("--b", type=float, help="how much length counts")
    parser.add_argument("--stream", action="append", metavar="FIELD+FIELD", help="fields with one length")
    parser.add_argument(
        "--all-words", action="store_true", help="keep common words in the setting's questions"
    )
    parser.add_argument("--no-stems", action="store_true", help="words as they are in the setting")
    parser.add_argument("--questions", action="store_true", help="print the questions that differ the most")
    options = parser.parse_args()
    setting = asked_setting(options)
    for folder in options.folders:
        collection = read_collection(folder)
        print(f"\n## {collection.name}\n")
        print("; ".join(collection.notes), "\n")
        found = list(documents(collection))
        runs: dict[str, Rankings] = {"peerlit": peerlit(collection, found)}
        if setting is not None:
            words = all_words if options.all_words else asked_words
            asked = {key: words(text) for key, text in collection.questions.items()}
            runs["setting"] = rankings(Texts(found, stems=setting.stems), asked, setting)
        for name, (words, weights) in _FTS5.items():
            runs[name] = fts5(collection, words, weights)
        each = {name: measured(collection, run) for name, run in runs.items()}
        print(table(_HEAD, rows(each)))
        if options.questions:
            print_differences(collection, each["peerlit"], each["FTS5"])


def asked_setting(options: argparse.Namespace) -> Setting | None:
    """Return the setting asked for, None when there is none."""
    if not (
        options.set or options.k1 or options.b or options.stream or options.all_words or options.no_stems
    ):
        return None
    weights = {field: float(weight) for field, _, weight in (pair.partition("=") for pair in options.set)}
    setting = shipped(**weights)
    if options.stream:
        joined = tuple(tuple(stream.split("+")) for stream in options.stream)
        alone = tuple((field,) for field in setting.weights if not any(field in stream for stream in joined))
        setting = setting._replace(streams=(*joined, *alone))
    return setting._replace(
        k1=options.k1 or setting.k1,
        b=setting.b if options.b is None else options.b,
        stems=not options.no_stems,
    )


def measured(collection: Collection, run: Mapping[str, Sequence[str]]) -> dict[str, Scores]:
    return {key: scores(run[key], collection.judgements[key]) for key in collection.questions}


def rows(each: Mapping[str, Mapping[str, Scores]]) -> list[tuple[str, ...]]:
    ours = [found.average_precision for found in each["peerlit"].values()]
    lines = []
    for name, found in each.items():
        theirs = [score.average_precision for score in found.values()]
        compared = ("", "", "")
        if name != "peerlit":
            better = sum(one > other for one, other in zip(ours, theirs, strict=True))
            worse = sum(one < other for one, other in zip(ours, theirs, strict=True))
            compared = (str(better), str(worse), f"{chance(ours, theirs):.3f}")
        lines.append((name, *(f"{value:.4f}" for value in means([*found.values()])), *compared))
    return lines


def print_differences(
    collection: Collection, ours: Mapping[str, Scores], theirs: Mapping[str, Scores], most: int = 5
) -> None:
    """Print the questions that lose and win the most."""
    gains = sorted((ours[key].average_precision - theirs[key].average_precision, key) for key in ours)
    for gain, key in [*gains[:most], *gains[-most:]]:
        print(f"\n{gain:+.3f} {key}: {collection.questions[key][:300]}")


if __name__ == "__main__":
    main()
