"""The way into DOAJ: the feed for a class, the article API for any other topic, or the dump."""

from collections.abc import Sequence
from pathlib import Path

from catalog.errors import UsageFault
from catalog.normalize.classes import find_class, narrower_codes, set_spec, suggestions
from catalog.record import Subject
from cli.harvesting.ask import Asked, name_of
from harvester.doaj.query import notes, rewrite, within

DOAJ = "https://doaj.org"


def ask_doaj(
    topic: str | None, *, subject: str | None, narrower: bool, dump: Path | None, base_url: str
) -> Asked:
    """Choose the way and say why.

    Raises UsageFault for a class that may be misspelt, QueryError for a topic that cannot be asked.
    """
    if dump is not None:
        if topic is not None or subject is not None:
            raise UsageFault("a dump is read whole", hint="harvest it all, then search for the topic")
        place = str(dump.absolute())
        return Asked("doaj-dump", "doaj", place, {"dump": place}, "the dump: a file was named")
    name = "doaj" if base_url == DOAJ else name_of(base_url)
    if subject is not None:
        classes = _classes(subject)
        if classes and topic is None:
            return _feed(name, base_url, classes, narrower=narrower)
        if classes and topic is not None:
            return _topic_in_class(name, base_url, topic, classes, narrower=narrower)
        if topic is not None:
            raise UsageFault(f"DOAJ has no class {subject!r}", hint="peerlit subjects lists them")
        topic = subject
    if topic is None or not topic.strip():
        raise UsageFault("nothing is asked of DOAJ", hint="name a TOPIC, a --subject or a --dump")
    if narrower:
        raise UsageFault("--narrower belongs to a class of DOAJ's", hint="--subject CLASS --narrower")
    return Asked("doaj-api", name, base_url, {"topic": topic, "query": rewrite(topic)}, _why_api(topic))


def _classes(subject: str) -> Sequence[Subject]:
    """Return what a class is: several where a caption is shared, none where it is like none."""
    found = find_class(subject)
    near = () if found else suggestions(subject)
    if near:
        names = ", ".join(f"{each.term} ({each.code})" for each in near)
        raise UsageFault(
            f"DOAJ has no class {subject!r}", hint=f"did you mean {names}? A topic needs no --subject"
        )
    return found


def _feed(name: str, base_url: str, classes: Sequence[Subject], *, narrower: bool) -> Asked:
    codes = [each.code or "" for each in classes]
    below = [code for each in codes for code in narrower_codes(each)]
    captions = [each.term or "" for each in classes]
    if narrower:
        captions += [found.term or "" for code in below for found in find_class(code)]
    request = {
        "subject": " ".join(codes),
        "narrower": "yes" if narrower else "",
        "sets": " ".join(dict.fromkeys(map(set_spec, captions))),
    }
    why = [f"the feed: {classes[0].term} ({', '.join(codes)}) is a class of DOAJ's"]
    if len(classes) > 1:
        why.append(f"{len(classes)} classes share the caption, and one set")
    if below and not narrower:
        some = "one narrower class" if len(below) == 1 else f"{len(below)} narrower classes"
        why.append(f"articles of its {some} are not in its set: --narrower takes them too")
    return Asked("doaj-feed", name, base_url, request, "; ".join(why))


def _topic_in_class(
    name: str, base_url: str, topic: str, classes: Sequence[Subject], *, narrower: bool
) -> Asked:
    codes = [each.code or "" for each in classes]
    exactly = " OR ".join(f'bibjson.subject.code.exact:"{code}"' for code in codes)
    query = within(rewrite(topic), *codes) if narrower else f"{rewrite(topic)} AND {rewrite(exactly)}"
    subject = " ".join(codes)
    request = {"topic": topic, "subject": subject, "narrower": "yes" if narrower else "", "query": query}
    why = f"the article API: it can be asked for a topic within {classes[0].term} ({', '.join(codes)})"
    return Asked("doaj-api", name, base_url, request, why)


def _why_api(topic: str) -> str:
    said = ["the article API: a topic is no set of the feed"]
    if find_class(topic):
        said = [f"the article API, for the words; {topic} is also a class: --subject takes all of it"]
    return "; ".join((*said, *notes(topic)))
