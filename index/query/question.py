"""A question in plain language, or a title as it was pasted: any of its words, best match first."""

import re
from collections.abc import Iterable, Iterator

from catalog.errors import QueryError
from index.analyzer import joined, words
from index.fields import DEFAULT_FIELDS
from index.folding import fold, written_out
from index.query import leaves
from index.query.ast import Match, Or, Query, Term
from index.query.leaves import Source
from index.query.lexer import as_typed
from index.query.parser import Reading

# Snowball's English list (snowballstem.org/algorithms/english/stop.txt), without what is commented out there.
# In abstracts `what` and `how` are rare enough to outweigh the words a question is about.
_SNOWBALL = """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves what which who whom this that these those am is
    are was were be been being have has had having do does did doing would should could ought i'm you're
    he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll
    he'll she'll we'll they'll isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't
    wouldn't shan't shouldn't can't cannot couldn't mustn't let's that's who's what's here's there's when's
    where's why's how's a an the and but if or because as until while of at by for with about against
    between into through during before after above below to from up down in out on off over under again
    further then once here there when where why how all any both each few more most other some such no nor
    not only own same so than too very
    """
_COMMON = frozenset(_SNOWBALL.split())
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_QUOTED = re.compile(r'(?<![^\s(])"([^"]+)"(?!\w)')
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_SIGN = re.compile(r"[\\*?~]")


def question(text: str, *, exact: bool = False) -> Reading:
    """Read a question: the stems of its words, as often as they are said, joined by OR; quotes make phrases.

    Whatever is a sign in a query is text here. A hyphenated word is its parts, a script without blanks its
    pairs of characters. English words that say nothing about a topic are left out, with a note, unless
    nothing else is there. With `exact` words stand for themselves, not for their stems.
    Raises QueryError when there is no word at all.
    """
    parts = list(_parts(leaves.held_as_text(as_typed(text)), "exact" if exact else "stem"))
    telling = [query for query, common in parts if not common]
    chosen = tuple(telling or (query for query, _ in parts))
    if not chosen:
        raise QueryError("there is no word in this question", text=text, position=0)
    left_out = dict.fromkeys(common for _, common in parts if common) if telling else ()
    notes = (f"common words left out: {', '.join(left_out)}",) if left_out else ()
    return Reading(chosen[0] if len(chosen) == 1 else Or(chosen), notes)


def _parts(text: str, match: Match) -> Iterator[tuple[Query, str]]:
    """Yield each word or phrase, and the common word that it is, if it is one."""
    at = 0
    for quoted in _QUOTED.finditer(text):
        yield from _unquoted(text[at : quoted.start()], match, shouted=text.isupper())
        if words(quoted[1]):
            # Signs of the query language are text here, those within words included.
            yield leaves.phrase(Source(text), DEFAULT_FIELDS, _SIGN.sub(r"\\\g<0>", quoted[1]), 0), ""
        at = quoted.end()
    yield from _unquoted(text[at:], match, shouted=text.isupper())


def _unquoted(text: str, match: Match, *, shouted: bool) -> Iterator[tuple[Query, str]]:
    for run in text.split():
        core = _AROUND.sub("", run)
        # WHO and IT are names, unless all of the text is in capitals.
        is_name = len(core) > 1 and core.isupper() and not shouted and core not in _OPERATORS
        whole = fold(core)
        for token in _tokens(run):
            common = next((word for word in (whole, token) if word in _COMMON), "")
            yield Term(DEFAULT_FIELDS, leaves.plain(token, match)), "" if is_name else common


def _tokens(run: str) -> Iterable[str]:
    """Return the words of one run without blanks, also with umlauts written out, each once.

    The joined form of a hyphenated word is among them where it stands in for a common word: `well-being`,
    `follow-up`. Elsewhere the parts say it all, and a record with the hyphen would count three times.
    """
    found: list[str] = []
    for spelling in (run, written_out(run)):
        if spelling:
            parts = words(spelling)
            found += parts
            if not _COMMON.isdisjoint(parts):
                found += filter(None, [joined(spelling)])
    return dict.fromkeys(found)
